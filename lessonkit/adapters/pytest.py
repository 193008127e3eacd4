"""pytest collects lessons: each output, section, figure and exercise of a lesson is a test of its own.

pytest lessons/softmax.py                    checks one lesson
pytest lessons/softmax.py --update-outputs   records its outputs
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from lessonkit.adapters import pytest_all, pytest_workers
from lessonkit.adapters.pytest_workers import is_lesson
from lessonkit.checks import check, pairs, unshown
from lessonkit.checks.check import Checked
from lessonkit.checks.course import check_course, left_records, nav_pages
from lessonkit.checks.habits import check_habits
from lessonkit.checks.lengths import long_cells
from lessonkit.checks.record import record
from lessonkit.checks.varying import varying
from lessonkit.lesson.cells import Lesson, LessonError, Problem, shown
from lessonkit.lesson.parse import read
from lessonkit.notebooks.agreement import disagreements
from lessonkit.pages.glossary import read_glossary_unchanged
from lessonkit.pages.wording import forbidden
from lessonkit.running.provenance import FOLDER
from lessonkit.running.run import Runner

RUNNER = pytest.StashKey[Runner]()
WRITTEN = pytest.StashKey[list[Path]]()


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
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Iterable[list[pytest.Collector]]:
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
def pytest_runtest_makereport(item: pytest.Item) -> Iterable[pytest.TestReport]:
    """What was not checked is one line of the summary for a lesson."""
    report = yield
    if report.skipped and isinstance(item, LessonItem):
        report.longrepr = (shown(item.path), None, report.longrepr[2])
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says what was recorded, and where a folder asked for holds no lesson."""
    for path in config.stash[WRITTEN]:
        terminalreporter.write_line(f"{'recorded' if path.exists() else 'removed'}: {shown(path)}")
    folder = config.rootpath / config.getini("lessons")
    asked = [(config.invocation_params.dir / str(argument).split("::")[0]).resolve() for argument in config.args]
    if any(map(folder.resolve().is_relative_to, asked)) and not list(folder.glob("*.py")):
        terminalreporter.write_line(f"no lesson found in {shown(folder)}/", red=True)


class NotChecked(Exception):
    """A test whose lesson does not run, which another test has told already."""


class LessonFile(pytest.File):
    """A lesson; it runs once, when the first of its tests asks for it."""

    def collect(self) -> Iterable[pytest.Item]:
        """The tests of the lesson, in its order."""
        self._checked: Checked | None = None
        self._failed: LessonError | None = None
        try:
            self.lesson = read(self.path)
        except (LessonError, OSError) as error:
            problems = [*_problems(self.path, error)]
            yield self._item(f"format:{problems[0].line}", lambda: problems)
            return
        if habits := check_habits(self.lesson):
            yield self._item(f"format:{habits[0].line}", lambda: habits)
            return
        yield self._item("runs", lambda: [self.checked() and None])
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
        if self.lesson.head.needs:
            yield self._item("needs", lambda: check.check_needs(self._current_lesson()))
        pages = nav_pages(self.config.rootpath / "mkdocs.yml")
        for problem in check_course(self.lesson, pages):
            yield self._item(f"course:{problem.line}", lambda found=problem: [found])
        glossary = self.config.rootpath / self.config.getini("glossary")
        if glossary.is_file():
            yield self._item("wording", lambda: forbidden(self.lesson, read_glossary_unchanged(glossary)))
        yield self._item("notebook", lambda: disagreements(self._current_lesson()))
        for problem in long_cells(self.lesson):
            yield self._item(f"length:{problem.line}", lambda found=problem: [found])
        for index, problem in enumerate(unshown.unshown(self.lesson)):
            yield self._item(f"unshown:{problem.line}", lambda i=index: [self._unshown()[i]])
        yield self._item("record", self._record)

    def _item(self, name: str, find: Callable[[], list[Problem | None]]) -> pytest.Item:
        return LessonItem.from_parent(self, name=name, find=find)

    def checked(self) -> Checked:
        """The lesson beside its run; with --update-outputs, after recording.

        Raises LessonError where it cannot run or be recorded, and NotChecked ever after.
        """
        if self._failed:
            raise NotChecked(f"not checked, because of {str(self._failed).splitlines()[0]}")
        if self._checked is None:
            try:
                self._checked = self._run()
            except (LessonError, OSError) as error:
                self._failed = LessonError(*_problems(self.path, error))
                raise self._failed from None
        return self._checked

    def _run(self) -> Checked:
        runner = self.config.stash.setdefault(RUNNER, Runner())
        checked = Checked(self.lesson, runner.run(self.lesson))
        if checked.outcome.problems:
            raise LessonError(*checked.outcome.problems)
        if self.config.option.update_outputs:
            for again in runner.run_again(self.lesson):
                if problems := varying(self.lesson, checked.outcome, again):
                    raise LessonError(*problems)
            lesson, written = record(checked)
            self.config.stash[WRITTEN] += written
            checked = Checked(lesson, checked.outcome)
        return checked

    def _current_lesson(self) -> Lesson:
        """Prose is checked even if the code fails; when recording, its numbers are held against the new outputs."""
        return self.checked().lesson if self.config.option.update_outputs else self.lesson

    def _record(self) -> list[Problem]:
        if self._failed:  # recording would be refused
            self.checked()
        return check.check_record(self._current_lesson())

    def _unshown(self) -> list[Problem]:
        return list(unshown.unshown(self.lesson if self._failed else self._current_lesson()))

    def _section(self, index: int) -> list[Problem]:
        lesson = self._current_lesson()
        return check.check_section(lesson, list(pairs.sections(lesson))[index])

    def _figure(self, name: str) -> list[Problem | None]:
        checked = self.checked()
        cell = next(cell for cell in checked.lesson.code if cell.kind == "figure" and cell.name == name)
        return [checked.figure(cell) or next(iter(check.check_caption(checked.lesson, cell)), None)]


class OrphanFile(pytest.File):
    """The first file of a record whose lesson is gone."""

    def collect(self) -> Iterable[pytest.Item]:
        """One test, which fails."""
        found = left_records(self.path.parent.parent.parent)
        here = [problem for problem in found if problem.path == self.path.parent]
        yield LessonItem.from_parent(self, name="orphan", find=lambda: here)


class LessonItem(pytest.Item):
    """One thing that must be true of a lesson; `find` tells what is not."""

    def __init__(self, *, find: Callable[[], list[Problem | None]], **kwargs: object):
        super().__init__(**kwargs)
        self.find = find

    def runtest(self) -> None:
        """Fails with the problems found."""
        try:
            problems = [problem for problem in self.find() if problem]
        except NotChecked as told:
            pytest.skip(str(told))
        if problems:
            raise LessonError(*problems)

    def repr_failure(self, excinfo: pytest.ExceptionInfo, style: str | None = None) -> object:
        """A problem speaks for itself; only an error of the engine shows a traceback."""
        if isinstance(excinfo.value, LessonError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands."""
        _, _, line = self.name.partition(":")
        return self.path, int(line) - 1 if line.isdigit() else None, self.name


def _problems(path: Path, error: LessonError | OSError) -> tuple[Problem, ...]:
    """What an error says about the lesson in a file."""
    if isinstance(error, LessonError):
        return error.problems
    return (Problem(path, 1, "the lesson cannot be read or recorded", (str(error),)),)
