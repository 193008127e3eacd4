"""Everything that must be true of one lesson: ONE list, for pytest and for `lessonkit check`.

Each thing has a name (`output:12`, `pair:quiz`) and a function that tells what is wrong with it. The lesson runs once,
when the first of them asks for its run; with `update`, its outputs are recorded then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from lessonkit.checks import answers, check, pairs, unshown
from lessonkit.checks.check import Checked
from lessonkit.checks.core_path import core_path
from lessonkit.checks.course import check_course, nav_pages
from lessonkit.checks.guidance import without_hint, without_message
from lessonkit.checks.habits import check_habits
from lessonkit.checks.lab_record import with_data
from lessonkit.checks.lengths import long_cells, wide_lines
from lessonkit.checks.nondeterminism import varying
from lessonkit.checks.record import moved, record
from lessonkit.lesson.cells import Code, Lesson, LessonError, Problem
from lessonkit.lesson.parse import read_unchanged
from lessonkit.notebooks.same_outline import disagreements
from lessonkit.pages.glossary import read_glossary_unchanged
from lessonkit.pages.lab_checks import check_labs
from lessonkit.pages.wording import forbidden
from lessonkit.running.run import Runner

Find = Callable[[], Sequence[Problem | None]]


class NotChecked(Exception):
    """What cannot be checked because the lesson does not run, which has been told already."""


class Whole:
    """The checks of the lesson in a file. `runner` gives what runs it; `settings` and `glossary` are those of its site.

    With `update` its run is recorded, and `written` gathers the files that changed.
    """

    def __init__(
        self,
        path: Path,
        runner: Callable[[], Runner],
        *,
        settings: Path | None = None,
        glossary: Path | None = None,
        update: bool = False,
        written: list[Path] | None = None,
    ):
        self.path, self.runner, self.update = path, runner, update
        self.settings, self.glossary = settings, glossary
        self.written: list[Path] = [] if written is None else written
        self.lesson: Lesson | None = None
        self._checked: Checked | None = None
        self._failed: LessonError | None = None

    def named(self) -> Iterator[tuple[str, Find]]:
        """The checks in the order of the lesson; of a file that is no lesson, one that tells why."""
        try:
            lesson = self.lesson = read_unchanged(self.path)
        except (LessonError, OSError) as error:
            problems = problems_of(self.path, error)
            yield f"format:{problems[0].line}", lambda: problems
            return
        if habits := check_habits(lesson):
            yield f"format:{habits[0].line}", lambda: habits
            return
        yield from self._of_run(lesson)
        if lesson.head.needs:
            yield "needs", lambda: check.check_needs(self.current())
        pages = nav_pages(self.settings) if self.settings else None
        for problem in check_course(lesson, pages):
            yield f"course:{problem.line}", _telling(problem)
        if (glossary := self.glossary) and glossary.is_file():
            yield "wording", lambda: forbidden(lesson, read_glossary_unchanged(glossary))
        yield "notebook", lambda: disagreements(self.current())
        for problem in check_labs(lesson):
            yield f"lab:{problem.line}", _telling(problem)
        for problem in core_path(lesson):
            yield f"path:{problem.sentence}", _telling(problem)
        for problem in (*long_cells(lesson), *wide_lines(lesson)):
            yield f"length:{problem.line}", _telling(problem)
        for problem in answers.too_few(lesson):
            yield f"answers:{problem.line}", _telling(problem)
        if f"{lesson.name}.md" in (pages or ()):  # what readers of a published lesson need
            for problem in (*without_hint(lesson), *without_message(lesson)):
                yield f"guidance:{problem.line}", _telling(problem)
        for index, problem in enumerate(unshown.unshown(lesson)):
            yield f"unshown:{problem.line}", partial(self._unshown, index)
        yield "record", self._record

    def _of_run(self, lesson: Lesson) -> Iterator[tuple[str, Find]]:
        """What is held against the run, and the pairs, whose numbers are held against the outputs."""
        yield "runs", self._runs
        for number, (_, statement) in enumerate(lesson.statements):
            if statement.recorded:
                yield f"output:{statement.line}", partial(self._output, number)
        yield "unrecorded", lambda: self.checked().unrecorded()
        for index, section in enumerate(pairs.sections(lesson)):
            yield f"pair:{section.anchor}", partial(self._section, index)
        for cell in lesson.code:
            if cell.kind == "figure":
                yield f"figure:{cell.name}", partial(self._figure, cell.name)
            if cell.kind == "exercise":
                yield f"exercise:{cell.name}", partial(self._exercise, cell)
                yield f"answers:{cell.name}", partial(self._answers, cell.name)
        for index, lab in enumerate(with_data(lesson)):
            yield f"data:{lab.name}", partial(self._data, index)

    def problems(self) -> list[Problem]:
        """What all checks find, each once; nothing of those that could not be made."""
        found: list[Problem] = []
        for _, find in self.named():
            try:
                found += filter(None, find())
            except LessonError as error:
                found += error.problems
            except NotChecked:
                continue
        return list(dict.fromkeys(found))

    @property
    def ran(self) -> bool:
        """Whether the lesson has run to its end."""
        return self._checked is not None

    def checked(self) -> Checked:
        """The lesson beside its run; with `update`, after recording.

        Raises LessonError where it cannot run or be recorded, and NotChecked ever after.
        """
        if self._failed:
            raise NotChecked(f"not checked, because of {str(self._failed).splitlines()[0]}")
        if self._checked is None:
            try:
                self._checked = self._run()
            except (LessonError, OSError) as error:
                self._failed = LessonError(*problems_of(self.path, error))
                raise self._failed from None
        return self._checked

    def _run(self) -> Checked:
        lesson = self._read()
        checked = Checked(lesson, self.runner().run(lesson))
        if checked.outcome.problems:
            raise LessonError(*checked.outcome.problems)
        if self.update:
            for again in self.runner().run_again(lesson):
                if problems := varying(lesson, checked.outcome, again):
                    raise LessonError(*problems)
            recorded, written = record(checked)
            self.written += written
            checked = Checked(recorded, moved(checked.outcome, lesson, recorded))
        return checked

    def _read(self) -> Lesson:
        if self.lesson is None:
            self.lesson = read_unchanged(self.path)
        return self.lesson

    def current(self) -> Lesson:
        """Prose is checked even if the code fails; when recording, its numbers are held against the new outputs."""
        return self.checked().lesson if self.update else self._read()

    def _record(self) -> list[Problem]:
        if self._failed:  # recording would be refused
            self.checked()
        return check.check_record(self.current())

    def _runs(self) -> list[Problem]:
        self.checked()
        return []

    def _output(self, number: int) -> list[Problem | None]:
        return [self.checked().output(number)]

    def _exercise(self, cell: Code) -> list[Problem | None]:
        return [self.checked().exercise(cell)]

    def _answers(self, name: str) -> list[Problem]:
        return self.checked().answers(name)

    def _unshown(self, index: int) -> list[Problem]:
        return [list(unshown.unshown(self._read() if self._failed else self.current()))[index]]

    def _section(self, index: int) -> list[Problem]:
        lesson = self.current()
        return check.check_section(lesson, list(pairs.sections(lesson))[index])

    def _data(self, index: int) -> list[Problem | None]:
        checked = self.checked()
        return [checked.data(with_data(checked.lesson)[index])]

    def _figure(self, name: str) -> list[Problem | None]:
        checked = self.checked()
        cell = next(cell for cell in checked.lesson.code if cell.kind == "figure" and cell.name == name)
        return [checked.figure(cell) or next(iter(check.check_caption(checked.lesson, cell)), None)]


def _telling(problem: Problem) -> Find:
    return lambda: [problem]


def problems_of(path: Path, error: LessonError | OSError) -> tuple[Problem, ...]:
    """What an error says about the lesson in a file."""
    if isinstance(error, LessonError):
        return error.problems
    return (Problem(path, 1, "the lesson cannot be read or recorded", (str(error),)),)


def readable(path: Path) -> Lesson | None:
    """The lesson in a file, if it can be read."""
    try:
        return read_unchanged(path)
    except (LessonError, OSError):
        return None
