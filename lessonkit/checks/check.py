"""What is wrong with a lesson: what can be seen without running it, and what its run shows."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from xml.etree.ElementTree import ParseError

from lessonkit.checks import agreement, numbers, pairs
from lessonkit.checks.compare import Rule
from lessonkit.checks.lengths import long_cells
from lessonkit.drawing.figure_svg import FigureError, inline_svg
from lessonkit.drawing.figures import difference
from lessonkit.lesson.captions import caption, replaced_labels
from lessonkit.lesson.cells import LANGUAGES, Code, Lesson, Problem, shown
from lessonkit.running.outcome import Outcome
from lessonkit.running.provenance import Record, folder, read_record, record_path


def figure_html(lesson: Lesson, name: str, lang: str) -> str:
    """The recorded SVG of a figure, fit for the page of a language. Raises OSError and FigureError."""
    said = caption(lesson, name, lang)
    labels = replaced_labels(said, lang)
    svg = (folder(lesson) / f"{name}.svg").read_bytes()
    return _inline(svg, name, said.alternative, None if labels is None else tuple(labels.items()))


@lru_cache(maxsize=512)
def _inline(svg: bytes, name: str, alternative: str, labels: tuple[tuple[str, str], ...] | None) -> str:
    try:
        return inline_svg(svg.decode(), name=name, alt=alternative, labels=None if labels is None else dict(labels))
    except (ParseError, UnicodeDecodeError) as error:
        raise OSError(f"the figure is damaged: {error}") from None


def check_section(lesson: Lesson, section: pairs.Section) -> list[Problem]:
    """Where the languages differ in a section, and, once outputs are recorded, numbers that none of them shows."""
    problems = [*pairs.check_section(lesson, section), *agreement.check_section(lesson, section)]
    return [*problems, *numbers.check_section(lesson, section)] if read_record(lesson) else problems


def check_caption(lesson: Lesson, cell: Code) -> list[Problem]:
    """A figure that a page cannot show: not recorded, or with a label that has no form in a language."""
    problems = []
    for lang in LANGUAGES:
        line = lesson.caption(cell.name, lang).line
        try:
            figure_html(lesson, cell.name, lang)
        except FigureError as error:
            sentence = f'the figure "{cell.name}" cannot be shown in {lang}'
            problems.append(Problem(lesson.path, line, sentence, (str(error),)))
        except OSError:
            sentence = f'the figure "{cell.name}" is not recorded, or its file is damaged'
            return [Problem(lesson.path, cell.line, sentence, (), f"Run: {lesson.update_command}")]
    return problems


def check_record(lesson: Lesson) -> list[Problem]:
    """A lesson whose code or outputs are not those of its record."""
    record = read_record(lesson)
    if record and record.is_of(lesson):
        return []
    sentence = (
        "the code or its outputs changed since they were recorded" if record else "the outputs were never recorded"
    )
    mend = f"Run: {lesson.update_command}"
    return [Problem(lesson.path, 1, sentence, (f"record: {shown(record_path(lesson))}",), mend)]


def check_needs(lesson: Lesson) -> list[Problem]:
    """Lessons to read first that do not exist."""
    line = next((number for number, text in enumerate(lesson.lines, 1) if text.startswith("# needs:")), 1)
    missing = [name for name in lesson.head.needs if not lesson.path.with_name(f"{name}.py").exists()]
    evidence, mend = (lesson.lines[line - 1],), "Correct the name, or remove it."
    return [Problem(lesson.path, line, f"there is no lesson {name} to read first", evidence, mend) for name in missing]


def check_figures(lesson: Lesson) -> list[Problem]:
    """The figures that a page cannot show."""
    return [problem for cell in lesson.code if cell.kind == "figure" for problem in check_caption(lesson, cell)]


def check_text(lesson: Lesson) -> list[Problem]:
    """Everything that can be seen without running the lesson."""
    found = _check_sections(lesson, recorded=read_record(lesson) is not None)
    return [*found, *check_needs(lesson), *check_figures(lesson), *check_record(lesson), *long_cells(lesson)]


@lru_cache(maxsize=64)
def _check_sections(lesson: Lesson, *, recorded: bool) -> tuple[Problem, ...]:
    """What the sections lack; kept, as `mkdocs serve` asks for it at each change of any lesson."""
    return tuple(problem for section in pairs.sections(lesson) for problem in check_section(lesson, section))


@dataclass(frozen=True)
class Checked:
    """A lesson beside the outcome of its run."""

    lesson: Lesson
    outcome: Outcome

    @cached_property
    def record(self) -> Record | None:
        """The record that the lesson came with."""
        return read_record(self.lesson)

    @property
    def _mend(self) -> str:
        return f"Change intended? Run: {self.lesson.update_command}"

    def rule(self, cell: Code) -> Rule:
        """How closely the outputs of a cell must agree: to the letter on the platform that recorded them."""
        exact = self.record is None or self.record.platform == self.outcome.platform
        return Rule(exact, cell.tolerance)

    def output(self, number: int) -> Problem | None:
        """The difference between what a statement printed and what is recorded for it."""
        cell, statement = self.lesson.statements[number]
        actual = self.outcome.outputs.get(number, ())
        if self.rule(cell).same_lines(statement.recorded, actual):
            return None
        sentence = "output differs from the recorded one"
        if not statement.recorded:
            sentence = "this statement prints, and nothing is recorded for it"
        elif not actual:
            sentence = "this statement prints nothing, and an output is recorded for it"
        evidence = (*statement.evidence, *self._diff(cell, statement.recorded, actual))
        return Problem(self.lesson.path, statement.line, sentence, evidence, self._mend)

    def unrecorded(self) -> list[Problem]:
        """Statements that print although nothing is recorded for them."""
        silent = (number for number, (_, statement) in enumerate(self.lesson.statements) if not statement.recorded)
        return [problem for number in silent if (problem := self.output(number))]

    def figure(self, cell: Code) -> Problem | None:
        """The difference between what a figure cell drew and the recorded figure."""
        svg, data = (folder(self.lesson) / f"{cell.name}.{kind}" for kind in ("svg", "json"))
        sentence = f'the figure "{cell.name}" differs from the recorded one'
        try:
            recorded = json.loads(data.read_text(encoding="utf-8"))
            found = difference(recorded, self.outcome.figures[cell.name][1], same_number=self.rule(cell).same_number)
            missing = None if svg.exists() else svg
        except (OSError, ValueError, TypeError, AttributeError, LookupError):
            missing = data
        if missing:
            sentence = f'the figure "{cell.name}" is not recorded'
            evidence = (f"this file is missing or damaged: {shown(missing)}",)
            return Problem(self.lesson.path, cell.line, sentence, evidence, f"Run: {self.lesson.update_command}")
        return Problem(self.lesson.path, cell.line, sentence, (found,), self._mend) if found else None

    def exercise(self, cell: Code) -> Problem | None:
        """An exercise whose starter does not run, or whose check is content with the starter."""
        error, stopped = self.outcome.exercises[cell.name]
        evidence: tuple[str, ...] = ()
        if error:
            sentence, evidence = "the starter of this exercise does not run", (error,)
        elif stopped == "passed":
            sentence = "the starter of this exercise passes its check"
        elif stopped != "assert":
            sentence, evidence = "on the starter the check stops before an assert", tuple(stopped.splitlines())
        else:
            return None
        mend = "The starter runs, and an assert of the check fails on it."
        return Problem(self.lesson.path, cell.line, sentence, evidence, mend)

    def outputs_differ(self) -> bool:
        """Whether any output or figure differs from the recorded one."""
        figures = (cell for cell in self.lesson.code if cell.kind == "figure")
        return any(map(self.output, range(len(self.lesson.statements)))) or any(map(self.figure, figures))

    def _diff(self, cell: Code, recorded: tuple[str, ...], actual: tuple[str, ...]) -> list[str]:
        """The lines that do not agree, as they would stand in the file."""
        old, new = ([f"# > {line}".rstrip() for line in lines] for lines in (recorded, actual))
        if len(old) == len(new):
            agree = map(self.rule(cell).same_text, recorded, actual)
            differing = [(a, b) for a, b, same in zip(old, new, agree, strict=True) if not same]
            changed = [line for a, b in differing for line in (f"- {a}", f"+ {b}")]
        else:
            lines = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
            changed = [f"{line[0]} {line[1:]}" for line in lines if line[0] in "-+"]
        return changed if len(changed) <= 20 else [*changed[:20], f"... and {len(changed) - 20} more lines"]
