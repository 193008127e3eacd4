"""In which lesson a reader first meets a term: found by reading the lessons, so nobody has to keep it true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from lessonkit.lesson.cells import Lesson
from lessonkit.pages.glossary import Glossary
from lessonkit.pages.tooltips import meanings
from lessonkit.pages.wording import running_prose


def first_lessons(glossary: Glossary, lessons: Sequence[Lesson], lang: str) -> Mapping[str, Lesson]:
    """The first of the lessons, which come in reading order, whose prose says each term; by the term's id.

    A term that none of them says is left out.
    """
    found: dict[str, Lesson] = {}
    for lesson in lessons:
        for ident in _said(lesson.path.stem, tuple(cell.markdown for cell in lesson.prose(lang)), glossary, lang):
            found.setdefault(ident, lesson)
    return found


@lru_cache(maxsize=64)
def _said(name: str, texts: tuple[str, ...], glossary: Glossary, lang: str) -> frozenset[str]:
    """The terms of a lesson's prose."""
    prose = (running_prose(text) for text in texts)
    return frozenset(term.id for text in prose for _, term in meanings(text, glossary, lang, name))
