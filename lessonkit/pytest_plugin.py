"""pytest collects lessons: each output, section, figure and exercise of a lesson is a test of its own.

    pytest lessons/softmax.py                    checks one lesson
    pytest lessons/softmax.py --update-outputs   records its outputs
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from lessonkit import check, pairs
from lessonkit.cells import Lesson, LessonError, Problem, shown
from lessonkit.check import Checked
from lessonkit.parse import read
from lessonkit.record import record
from lessonkit.run import Runner

RUNNER = pytest.StashKey[Runner]()
WRITTEN = pytest.StashKey[list[Path]]()
FOUND = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that records, and the folder of the lessons."""
    group = parser.getgroup("lessons")
    group.addoption("--update-outputs", action="store_true", help="record the outputs of the lessons")
    parser.addini("lessons", "folder of the lessons, from the root of the project", default="lessons")


def pytest_configure(config: pytest.Config) -> None:
    """Recording happens in one process; under xdist the tests of a lesson stay together."""
    workers = getattr(config.option, "numprocesses", None) or getattr(config.option, "tx", None)
    if config.option.update_outputs and workers:
        raise pytest.UsageError("--update-outputs records in one process: leave out -n")
    if workers and config.option.dist == "load":
        config.option.dist = "loadgroup"
    config.stash[WRITTEN], config.stash[FOUND] = [], 0
    if not config.pluginmanager.hasplugin("xdist"):
        config.addinivalue_line("markers", "xdist_group(name): tests that run in one process")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Ends the warm process."""
    if RUNNER in config.stash:
        config.stash[RUNNER].close()


def _is_lesson(path: Path, config: pytest.Config) -> bool:
    return path.suffix == ".py" and path.parent == config.rootpath / config.getini("lessons")


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Iterable[list[pytest.Collector]]:
    """Lessons are collected here and by nobody else: they are programs, not test modules."""
    others = yield
    if not _is_lesson(file_path, parent.config):
        return others
    parent.config.stash[FOUND] += 1
    return [LessonFile.from_parent(parent, path=file_path)]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says what was recorded, and where a folder asked for holds no lesson."""
    for path in config.stash[WRITTEN]:
        terminalreporter.write_line(f"recorded: {shown(path)}")
    folder = config.rootpath / config.getini("lessons")
    asked = [(config.invocation_params.dir / str(argument).split("::")[0]).resolve() for argument in config.args]
    if folder.resolve() in asked and not list(folder.glob("*.py")):
        terminalreporter.write_line(f"no lesson found in {shown(folder)}/", red=True)


class LessonFile(pytest.File):
    """A lesson; it runs once, when the first of its tests asks for it."""

    def collect(self) -> Iterable[pytest.Item]:
        """The tests of the lesson, in its order."""
        self._checked: Checked | None = None
        self.failed: LessonError | None = None
        try:
            self.lesson = read(self.path)
        except LessonError as error:
            problems = error.problems
            yield self._item(f"format:{problems[0].line}", lambda: list(problems))
            return
        yield self._item("runs", self._run_problems)
        for number, (_, statement) in enumerate(self.lesson.statements):
            if statement.recorded:
                yield self._item(f"output:{statement.line}", lambda n=number: [self.checked().output(n)])
        yield self._item("unrecorded", lambda: self.checked().unrecorded())
        for index, section in enumerate(pairs.sections(self.lesson)):
            yield self._item(f"pair:{section.anchor}", lambda i=index: self._section(i))
        for cell in self.lesson.code:
            if cell.kind == "figure":
                yield self._item(f"figure:{cell.name}", lambda name=cell.name: self._figure(name))
            if cell.kind == "exercise":
                yield self._item(f"exercise:{cell.name}", lambda c=cell: [self.checked().exercise(c)])
        yield self._item("record", lambda: check.check_record(self.checked().lesson))

    def _item(self, name: str, find: Callable[[], list[Problem | None]]) -> pytest.Item:
        item = LessonItem.from_parent(self, name=name, find=find)
        item.add_marker(pytest.mark.xdist_group(self.nodeid))
        return item

    def checked(self) -> Checked:
        """The lesson beside its run; with --update-outputs, after recording. Raises LessonError where it cannot run."""
        if self.failed:
            raise self.failed
        if self._checked is None:
            try:
                self._checked = self._run()
            except LessonError as error:
                self.failed = error
                raise
        return self._checked

    def _run(self) -> Checked:
        runner = self.config.stash.setdefault(RUNNER, Runner())
        checked = Checked(self.lesson, runner.run(self.lesson))
        if checked.outcome.problems:
            raise LessonError(*checked.outcome.problems)
        if self.config.option.update_outputs:
            lesson, written = record(checked)
            self.config.stash[WRITTEN] += written
            checked = Checked(lesson, checked.outcome)
        return checked

    def _run_problems(self) -> list[Problem]:
        try:
            self.checked()
        except LessonError as error:
            return list(error.problems)
        return []

    def _lesson_for_text(self) -> Lesson:
        """Prose can be checked although the code fails; when recording, its numbers are held against the new outputs."""
        return self.checked().lesson if self.config.option.update_outputs else self.lesson

    def _section(self, index: int) -> list[Problem]:
        lesson = self._lesson_for_text()
        return check.check_section(lesson, list(pairs.sections(lesson))[index])

    def _figure(self, name: str) -> list[Problem | None]:
        checked = self.checked()
        cell = next(cell for cell in checked.lesson.code if cell.kind == "figure" and cell.name == name)
        return [checked.figure(cell) or next(iter(check.check_caption(checked.lesson, cell)), None)]


class LessonItem(pytest.Item):
    """One thing that must be true of a lesson; `find` tells what is not."""

    def __init__(self, *, find: Callable[[], list[Problem | None]], **kwargs: object):
        super().__init__(**kwargs)
        self.find = find

    def runtest(self) -> None:
        """Fails with the problems found."""
        if problems := [problem for problem in self.find() if problem]:
            raise LessonError(*problems)

    def repr_failure(self, excinfo: pytest.ExceptionInfo, style: str | None = None) -> object:
        """A problem speaks for itself; only an error of the engine shows a traceback."""
        if isinstance(excinfo.value, LessonError):
            message = str(excinfo.value)
            failed_to_run = excinfo.value is self.parent.failed and self.name != "runs"
            return f"not checked, the lesson does not run: {message.splitlines()[0]}" if failed_to_run else message
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands."""
        _, _, line = self.name.partition(":")
        return self.path, int(line) - 1 if line.isdigit() else None, self.name
