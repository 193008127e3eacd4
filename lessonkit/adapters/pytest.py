"""pytest collects lessons: each output, section, figure and exercise of a lesson is a test of its own.

pytest lessons/softmax.py                    checks one lesson
pytest lessons/softmax.py --update-outputs   records its outputs
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from lessonkit.adapters import pytest_all, pytest_workers
from lessonkit.adapters.pytest_workers import is_lesson
from lessonkit.authoring.all_checks import Find, NotChecked, Whole
from lessonkit.checks.course import left_records
from lessonkit.lesson.cells import LessonError, shown
from lessonkit.running.provenance import FOLDER
from lessonkit.running.run import Runner

if TYPE_CHECKING:
    from _pytest._code.code import TerminalRepr, TracebackStyle

RUNNER = pytest.StashKey[Runner]()
WRITTEN = pytest.StashKey[list[Path]]()

Result = TypeVar("Result")
Wrapper = Generator[None, Result, Result]
"""A wrapper around a hook: it is given what the hook gave, and gives something of that kind itself."""


def pytest_addoption(parser: pytest.Parser, pluginmanager: pytest.PytestPluginManager) -> None:
    """The option that records, and the folder of the lessons; registers the plugins beside this one."""
    for beside in (pytest_all, pytest_workers):
        pluginmanager.register(beside)
    group = parser.getgroup("lessons")
    group.addoption("--update-outputs", action="store_true", help="record the outputs of the lessons")
    parser.addini("lessons", "folder of the lessons, from the root of the project", default="lessons")
    parser.addini("glossary", "the chosen words, from the root of the project", default="docs/shared/glossary.yml")


def pytest_configure(config: pytest.Config) -> None:
    """Recording happens in one process."""
    workers = getattr(config.option, "numprocesses", None) or getattr(config.option, "tx", None)
    if config.option.update_outputs and workers:
        raise pytest.UsageError("--update-outputs records in one process: leave out -n")
    config.stash[WRITTEN] = []
    folder = (config.rootpath / config.getini("lessons")).resolve()
    for argument in config.args:
        path = (config.invocation_params.dir / str(argument).split("::")[0]).resolve()
        if path.is_relative_to(folder) and (reason := _no_lesson(path, folder)):
            raise pytest.UsageError(f"{shown(path)}: {reason}")


def _no_lesson(path: Path, folder: Path) -> str:
    """Why a path in the folder of the lessons is not one of them; "" for a lesson, and for the folder itself."""
    if path.suffix == ".ipynb":
        return "a notebook is no lesson. A lesson is a Python module: CONTRIBUTING.md says how it is written."
    if path != folder and (path.parent != folder or path.is_dir()):
        return f"lessons lie in {shown(folder)}/ itself, not in a folder of their own. Move it there."
    return ""


def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends the warm process."""
    if RUNNER in config.stash:
        config.stash[RUNNER].close()


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Wrapper[list[pytest.Collector]]:
    """Lessons are collected here and by nobody else: they are programs, not test modules."""
    others = yield
    if is_lesson(file_path, parent.config):
        return [LessonFile.from_parent(parent, path=file_path)]
    folder = file_path.parent
    lessons = parent.config.rootpath / parent.config.getini("lessons")
    if (
        folder.parent != lessons / FOLDER
        or (lessons / f"{folder.name}.py").exists()
        or file_path != min(folder.glob("*"))
    ):
        return others
    return [*others, OrphanFile.from_parent(parent, path=file_path)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Wrapper[pytest.TestReport]:
    """What was not checked is one line of the summary for a lesson."""
    report = yield
    if report.skipped and isinstance(item, LessonItem) and isinstance(report.longrepr, tuple):
        report.longrepr = (shown(item.path), None, report.longrepr[2])  # type: ignore[assignment]  # no line: one for all
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says what was recorded, and where a folder asked for holds no lesson."""
    for path in config.stash[WRITTEN]:
        terminalreporter.write_line(f"{'recorded' if path.exists() else 'removed'}: {shown(path)}")
    folder = config.rootpath / config.getini("lessons")
    asked = [(config.invocation_params.dir / str(argument).split("::")[0]).resolve() for argument in config.args]
    if any(map(folder.resolve().is_relative_to, asked)) and not list(folder.glob("*.py")):
        terminalreporter.write_line(f"no lesson found in {shown(folder)}/", red=True)


class LessonFile(pytest.File):
    """A lesson; it runs once, when the first of its tests asks for it."""

    def collect(self) -> Iterable[pytest.Item]:
        """The tests of the lesson, in its order."""
        config = self.config
        whole = Whole(
            self.path,
            lambda: config.stash.setdefault(RUNNER, Runner()),
            settings=config.rootpath / "mkdocs.yml",
            glossary=config.rootpath / config.getini("glossary"),
            update=config.option.update_outputs,
            written=config.stash[WRITTEN],
        )
        for name, find in whole.named():
            self.lesson = whole.lesson
            yield LessonItem.from_parent(self, name=name, find=find)


class OrphanFile(pytest.File):
    """The first file of a record whose lesson is gone."""

    def collect(self) -> Iterable[pytest.Item]:
        """One test, which fails."""
        found = left_records(self.path.parent.parent.parent)
        here = [problem for problem in found if problem.path == self.path.parent]
        yield LessonItem.from_parent(self, name="orphan", find=lambda: here)


class LessonItem(pytest.Item):
    """One thing that must be true of a lesson; `find` tells what is not."""

    def __init__(self, *, find: Find, **kwargs: Any):
        super().__init__(**kwargs)
        self.find = find

    def runtest(self) -> None:
        """Fails with the problems found."""
        try:
            problems = [problem for problem in self.find() if problem]
        except NotChecked as reported:
            pytest.skip(str(reported))
        if problems:
            raise LessonError(*problems)

    def repr_failure(
        self, excinfo: pytest.ExceptionInfo[BaseException], style: TracebackStyle | None = None
    ) -> str | TerminalRepr:
        """A problem speaks for itself; only an error of the engine shows a traceback."""
        if isinstance(excinfo.value, LessonError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands."""
        _, _, line = self.name.partition(":")
        return self.path, int(line) - 1 if line.isdigit() else None, self.name
