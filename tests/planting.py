"""Plants faults in a good lesson and tells what the engine says about them."""

from __future__ import annotations

from pathlib import Path

from lessonkit.lesson.cells import Lesson, LessonError
from lessonkit.lesson.parse import parse

CASES = Path(__file__).parent / "cases" / "text"
GOOD = (CASES / "good.py").read_text(encoding="utf-8")
TITLE = '# %% [markdown] lang="ko"\n# # 합 { #sum }\n\n# %% [markdown] lang="en"\n# # Sum { #sum }\n\n'
"""The cells with which the smallest lesson begins."""


def planted(old: str, new: str, text: str = GOOD) -> str:
    """The text with another piece in the place of one that stands there once."""
    assert text.count(old) == 1, f"{old!r} stands there {text.count(old)} times"
    return text.replace(old, new)


def lesson(text: str) -> Lesson:
    """The lesson in a text."""
    return parse(Path("lesson.py"), text)


def problems(text: str) -> list[str]:
    """What is wrong with a lesson."""
    try:
        lesson(text)
    except LessonError as error:
        return [str(problem) for problem in error.problems]
    return []
