"""The core path of a lesson: short, enough to do, and the same in every language."""

from __future__ import annotations

from collections.abc import Iterator

from lessonkit.lesson.cells import Lesson, Problem, Prose
from lessonkit.lesson.pace import paces
from lessonkit.lesson.prose import headings
from lessonkit.words import LANGUAGES

MOST_MINUTES = 30
"""What a core path may take."""


def core_path(lesson: Lesson) -> Iterator[Problem]:
    """A core path that is too long or has too few of the exercises; a section that goes deeper in one language only."""
    core, whole = paces(lesson).core, paces(lesson).whole
    if core.minutes > MOST_MINUTES:
        sentence = f"the core path takes {core.minutes} minutes, more than {MOST_MINUTES}"
        hint = 'Let a section go deeper, { #anchor .deeper }, or an exercise, path="deeper", or fold code.'
        yield Problem(lesson.path, 1, sentence, (), hint)
    if core.exercises * 2 < whole.exercises:
        sentence = f"the core path has {core.exercises} of {whole.exercises} exercises, less than half"
        yield Problem(lesson.path, 1, sentence, (), "Leave more of them in it.")
    first, *others = (_deeper(lesson, lang) for lang in LANGUAGES)
    for lang, other in zip(LANGUAGES[1:], others, strict=True):
        for anchor in sorted(first.keys() ^ other.keys()):
            line = {**other, **first}[anchor]
            sentence = f"the section #{anchor} goes deeper in one language and not in the other"
            yield Problem(lesson.path, line, sentence, (), f"Mark it in {LANGUAGES[0]} and in {lang}, or in none.")


def _deeper(lesson: Lesson, lang: str) -> dict[str, int]:
    """The anchors of the sections that go deeper, with their lines in the file."""
    return {
        heading.anchor: cell.file_line(heading.line)
        for cell in lesson.cells
        if isinstance(cell, Prose) and cell.lang in (lang, "")
        for heading in headings(cell.markdown)
        if heading.deeper and heading.anchor
    }
