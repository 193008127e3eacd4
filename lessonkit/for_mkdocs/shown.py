"""Which lesson a page of MkDocs shows."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from mkdocs.structure.pages import Page

from lessonkit.lesson.cells import Lesson, LessonError
from lessonkit.lesson.parse import read_unchanged


def lesson_path(page: Page) -> Path | None:
    """The lesson that a page is made of."""
    path = Path(page.file.abs_src_path or "")
    return path if path.suffix == ".py" else None


def lesson_of(page: Page) -> Lesson | None:
    """The lesson of a page; None for other pages and for a lesson that is broken."""
    path = lesson_path(page)
    with suppress(LessonError):
        return read_unchanged(path) if path else None
    return None
