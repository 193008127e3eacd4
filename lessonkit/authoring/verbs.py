"""The public verbs of the package, for programs that use lessons; `lessonkit/__init__.py` names them."""

from __future__ import annotations

from pathlib import Path

from lessonkit.authoring.all_checks import Whole
from lessonkit.authoring.project import find_project
from lessonkit.lesson.cells import Code, Lesson, LessonError, Problem
from lessonkit.lesson.parse import read as _read
from lessonkit.pages.render import to_markdown
from lessonkit.programs.standalone import programs
from lessonkit.running.outcome import Outcome
from lessonkit.running.run import Runner

__all__ = ["check", "read", "record", "run", "standalone", "to_markdown"]


def read(path: Path | str) -> Lesson:
    """The lesson in a file. Raises LessonError with every problem found, each with its line."""
    return _read(Path(path))


def run(lesson: Lesson) -> Outcome:
    """Runs a lesson in a fresh process, within its time limit; what went wrong stands in the outcome."""
    with Runner() as runner:
        return runner.run(lesson)


def check(lesson: Lesson) -> list[Problem]:
    """Runs a lesson; what is wrong with it as it stands in its file, [] where all is well."""
    with Runner() as runner:
        return _whole(lesson, runner).problems()


def record(lesson: Lesson) -> list[Path]:
    """Runs a lesson and records its outputs: the files written or removed. Raises LessonError where it is refused."""
    with Runner() as runner:
        whole = _whole(lesson, runner, update=True)
        whole.checked()
        return whole.written


def _whole(lesson: Lesson, runner: Runner, *, update: bool = False) -> Whole:
    try:
        project = find_project(lesson.path.resolve().parent)
    except LessonError:
        return Whole(lesson.path, lambda: runner, update=update)
    return Whole(lesson.path, lambda: runner, settings=project.settings, glossary=project.glossary, update=update)


def standalone(lesson: Lesson, cell: Code, lang: str = "en") -> str:
    """The smallest program that stands alone and prints what a cell prints; a check's is that of its exercise."""
    owner = lesson.exercises[cell.name].cell if cell.kind == "check" and cell.name else cell
    return next(one.text(lang) for one in programs(lesson) if one.cell is owner and not one.starter)
