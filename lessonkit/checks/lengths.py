"""Cells that hold more than one idea."""

from __future__ import annotations

from collections.abc import Iterator

from lessonkit.lesson.cells import CODE_LANGUAGE, Lesson, Problem

MOST_LINES = 24
"""What a cell may hold. Comments, blank lines and outputs do not count."""


def long_cells(lesson: Lesson) -> Iterator[Problem]:
    """A problem for each code cell that is too long to be taken in at once."""
    for cell in lesson.code:
        lines = [line.strip() for line in cell.sources[CODE_LANGUAGE].split("\n")]
        count = sum(bool(line) and not line.startswith("#") for line in lines)
        if count > MOST_LINES:
            hint = f"Split it: a cell holds one idea in at most {MOST_LINES} lines."
            yield Problem(lesson.path, cell.line, f"this cell has {count} lines of code", (), hint)
