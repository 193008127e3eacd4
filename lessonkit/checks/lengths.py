"""Code that is too long: cells that hold more than one idea, and lines that a page would scroll sideways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

from lessonkit.lesson.cells import CODE_LANGUAGE, Code, Lesson, Problem, shown
from lessonkit.words import LANGUAGES

MOST_LINES = 24
"""What a cell may hold. Comments, blank lines and outputs do not count."""
WIDEST = 76
"""Columns of code beside the outline of a page; prose is a line a paragraph."""
TAG = re.compile(rf"^([ \t]*)#[ \t]*(?:{'|'.join(LANGUAGES)}):[ \t]?")


def long_cells(lesson: Lesson) -> Iterator[Problem]:
    """A problem for each code cell that is too long to be taken in at once."""
    for cell in lesson.code:
        lines = [line.strip() for line in cell.sources[CODE_LANGUAGE].split("\n")]
        count = sum(bool(line) and not line.startswith("#") for line in lines)
        if count > MOST_LINES:
            hint = f"Split it: a cell holds one idea in at most {MOST_LINES} lines."
            yield Problem(lesson.path, cell.line, f"this cell has {count} lines of code", (), hint)


def wide_lines(lesson: Lesson) -> Iterator[Problem]:
    """A problem for each line of code that a page would scroll, in the language that shows it."""
    hint = f"Run: ruff format {shown(lesson.path)}; give a long expression a name, and a long comment two lines."
    ends = [*(cell.line - 1 for cell in lesson.cells[1:]), len(lesson.lines)]
    for cell, end in zip(lesson.cells, ends, strict=True):
        sources = cell.sources.values() if isinstance(cell, Code) else ()
        wide = {line for text in sources for line in text.split("\n") if _columns(line) > WIDEST}
        for number in range(cell.line + 1, end + 1) if wide else ():
            line = lesson.lines[number - 1]
            if (given := TAG.sub(r"\1# ", line).rstrip()) in wide or line in wide:
                sentence = f"this line has {_columns(given)} columns, and a page shows {WIDEST} without scrolling"
                yield Problem(lesson.path, number, sentence, (line,), hint)


def _columns(line: str) -> int:
    """How wide a line is; a Hangul letter takes two columns."""
    return sum(1 + (east_asian_width(one) in "WF") for one in line)
