"""What is wrong with a lesson: what can be seen without running it, and what its run shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from lessonkit.checks import agreement, answers, numbers, pairs, unshown
from lessonkit.checks.compare import Rule, changed_lines
from lessonkit.checks.core_path import core_path
from lessonkit.checks.figure_record import check_drawn, check_recorded, drawn_on, figure_files, recorded_drawing
from lessonkit.checks.habits import check_habits
from lessonkit.checks.lab_record import check_data, check_kept, data_file, made_by, with_data
from lessonkit.checks.lengths import long_cells, wide_lines
from lessonkit.checks.typed_answers import check_typed
from lessonkit.drawing.figure_svg import FigureError, inline_svg
from lessonkit.drawing.figures import difference
from lessonkit.drawing.svg_document import DamagedFigure
from lessonkit.lesson.captions import caption, replaced_labels
from lessonkit.lesson.cells import Code, Lesson, Problem, shown
from lessonkit.lesson.labs import Lab
from lessonkit.running.outcome import Outcome
from lessonkit.running.provenance import Record, folder, read_record, record_path
from lessonkit.words import LANGUAGES


def figure_html(lesson: Lesson, name: str, lang: str, *, showing: int = 1) -> str:
    """The recorded SVG of a figure, fit for the page of a language. Raises OSError and FigureError.

    Its ids begin with lesson and figure, and, from the second time on that one page shows it, with `showing`.
    """
    said = caption(lesson, name, lang)
    labels = replaced_labels(said, lang)
    svg = (folder(lesson) / f"{name}.svg").read_bytes()
    ids = f"{lesson.name}.{name}" + (f"-{showing}" if showing > 1 else "")
    ids = re.sub(r"[^\w.-]", "_", ids)
    return _inline(svg, ids, said.alternative, None if labels is None else tuple(labels.items()))


@lru_cache(maxsize=512)
def _inline(svg: bytes, name: str, alternative: str, labels: tuple[tuple[str, str], ...] | None) -> str:
    try:
        return inline_svg(svg.decode(), name=name, alt=alternative, labels=None if labels is None else dict(labels))
    except (DamagedFigure, UnicodeDecodeError) as error:
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
            hint = "List each label that the figure draws once, in a line of its own: - label: its form"
            problems.append(Problem(lesson.path, line, sentence, (str(error),), hint))
        except OSError as error:
            sentence = f'the figure "{cell.name}" is not recorded, or its file is damaged'
            evidence = (f"{shown(figure_files(lesson, cell)[0])}: {error.strerror or error}",)
            return [Problem(lesson.path, cell.line, sentence, evidence, f"Run: {lesson.update_command}")]
    return problems


def check_record(lesson: Lesson) -> list[Problem]:
    """A lesson whose code, outputs or figures are not those of its record, and files beside it that nobody reads."""
    record = read_record(lesson)
    if record and record.is_of(lesson):
        hint = "Move it elsewhere: this folder is the recorder's."
        strange = [path for path in not_recorded(lesson) if not path.name.startswith(".")]
        figures = [cell for cell in lesson.code if cell.kind == "figure" and not check_caption(lesson, cell)]
        stale = [found for cell in figures if (found := check_recorded(lesson, cell) or check_drawn(lesson, cell))]
        stale += check_kept(lesson, record)
        return [*stale, *(Problem(path, 1, "this file is no record of the lesson", (), hint) for path in strange)]
    damaged = "the record of the outputs is damaged"
    none = damaged if record_path(lesson).exists() else "the outputs were never recorded"
    sentence = "the code or its outputs changed since they were recorded" if record else none
    hint = f"Run: {lesson.update_command}"
    return [Problem(lesson.path, 1, sentence, (f"record: {shown(record_path(lesson))}",), hint)]


def not_recorded(lesson: Lesson) -> list[Path]:
    """The files beside the record of a lesson that are neither it nor of one of its figures or labs."""
    figures = {f"{cell.name}{kind}" for cell in lesson.code if cell.kind == "figure" for kind in (".svg", ".json")}
    kept = figures | {record_path(lesson).name, *(data_file(lesson, lab.name).name for lab in with_data(lesson))}
    return sorted(path for path in folder(lesson).glob("*") if path.name not in kept)


def check_needs(lesson: Lesson) -> list[Problem]:
    """Lessons to read first that do not exist."""
    line = next((number for number, text in enumerate(lesson.lines, 1) if text.startswith("# needs:")), 1)
    missing = [name for name in lesson.head.needs if not lesson.path.with_name(f"{name}.py").exists()]
    evidence, hint = (lesson.lines[line - 1],), "Correct the name, or remove it."
    return [Problem(lesson.path, line, f"there is no lesson {name} to read first", evidence, hint) for name in missing]


def check_figures(lesson: Lesson) -> list[Problem]:
    """The figures that a page cannot show."""
    return [problem for cell in lesson.code if cell.kind == "figure" for problem in check_caption(lesson, cell)]


def check_text(lesson: Lesson) -> list[Problem]:
    """Everything that can be seen without running the lesson, and without reading others."""
    sections = (problem for section in pairs.sections(lesson) for problem in check_section(lesson, section))
    alone = (check_habits, core_path, check_needs, check_figures, check_record)
    cells = (long_cells, wide_lines, answers.too_few, unshown.unshown)
    return [*sections, *(problem for check in (*alone, *cells) for problem in check(lesson))]


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
    def _hint(self) -> str:
        command = self.lesson.update_command
        if self.record and self.record.is_of(self.lesson) and self.record.platform == self.outcome.platform:
            return (
                "Nothing changed since this was recorded, so it varies from run to run. "
                f"Find out what: {command} runs the lesson twice and names it."
            )
        return f"Change intended? Run: {command}"

    def rule(self, cell: Code) -> Rule:
        """How closely the outputs of a cell must agree: to the letter on the platform that recorded them."""
        exact = self.record is None or self.record.platform == self.outcome.platform
        return Rule(exact, cell.tolerance)

    def figure_rule(self, cell: Code) -> Rule:
        """How closely what a figure draws must agree: as outputs do, on the platform that drew it."""
        platform = drawn_on(self.lesson, cell)
        return Rule(platform in (None, self.outcome.platform.as_dict()), cell.tolerance)

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
        evidence = (*statement.evidence, *changed_lines(statement.recorded, actual, self.rule(cell)))
        return Problem(self.lesson.path, statement.line, sentence, evidence, self._hint)

    def unrecorded(self) -> list[Problem]:
        """Statements that print although nothing is recorded for them, and calls whose value is shown nowhere."""
        silent = (number for number, (_, statement) in enumerate(self.lesson.statements) if not statement.recorded)
        printing = [problem for number in silent if (problem := self.output(number))]
        return [*printing, *(unshown.value(self.lesson, *found) for found in self.outcome.unshown)]

    def figure(self, cell: Code) -> Problem | None:
        """The difference between what a figure cell drew and the recorded figure."""
        if missing := check_recorded(self.lesson, cell):
            return missing
        recorded = recorded_drawing(self.lesson, cell)
        sentence = f'the figure "{cell.name}" differs from the recorded one'
        try:
            found = difference(
                recorded, self.outcome.figures[cell.name][1], same_number=self.figure_rule(cell).same_number
            )
        except (ValueError, TypeError, AttributeError, LookupError):
            found = f"its record is damaged: {shown(figure_files(self.lesson, cell)[1])}"
        if not found:
            return check_drawn(self.lesson, cell)
        return Problem(self.lesson.path, cell.line, sentence, (found,), self._hint)

    def data(self, lab: Lab) -> Problem | None:
        """The difference between what a lab comes with and what is recorded for it."""
        return check_data(self.lesson, lab, self.outcome, self.rule(made_by(self.lesson, lab)), self._hint)

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
        hint = "The starter runs, and an assert of the check fails on it."
        return Problem(self.lesson.path, cell.line, sentence, evidence, hint)

    def answers(self, name: str) -> list[Problem]:
        """Wrong answers to an exercise that its check accepts, right ones that it rejects, and what is no answer."""
        exercise, tried = self.lesson.exercises[name], self.outcome.attempts[name]
        found = [answers.check_wrong(self.lesson, exercise, cell, tried) for cell in exercise.wrong]
        found += [answers.check_right(self.lesson, exercise, cell, tried) for cell in exercise.right]
        found.append(check_typed(self.lesson, self.record, self.outcome, name))
        return [*filter(None, found), *answers.check_automatic(self.lesson, exercise, tried)]

    def outputs_differ(self) -> bool:
        """Whether any output differs from the recorded one."""
        return any(map(self.output, range(len(self.lesson.statements))))
