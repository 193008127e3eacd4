"""What is wrong with a lesson: what can be seen without running it, and what its run shows."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass
from functools import cached_property

from lessonkit import numbers, pairs
from lessonkit.cells import LANGUAGES, Code, Lesson, Problem, Statement, shown
from lessonkit.compare import Rule
from lessonkit.figure_svg import FigureError, inline_svg
from lessonkit.figures import difference
from lessonkit.provenance import Record, folder, read_record, record_path
from lessonkit.prose import plain_text
from lessonkit.run import Outcome


def figure_caption(lesson: Lesson, name: str, lang: str) -> tuple[str, str, dict[str, str] | None]:
    """The caption (Markdown), the text alternative and the labels of a figure; labels are None in English."""
    blocks = lesson.caption(name, lang).markdown.split("\n\n")
    listed = [line[2:] for block in blocks for line in block.split("\n") if line.startswith("- ")]
    texts = [block for block in blocks if block.strip() and not block.startswith("- ")]
    labels = dict(entry.rsplit(": ", 1) for entry in listed if ": " in entry)
    return texts[0], plain_text(texts[1]) if len(texts) > 1 else "", labels if lang != "en" else None


def figure_html(lesson: Lesson, name: str, lang: str) -> str:
    """The recorded SVG of a figure, fit for the page of a language. Raises OSError and FigureError."""
    _, alternative, labels = figure_caption(lesson, name, lang)
    svg = (folder(lesson) / f"{name}.svg").read_text(encoding="utf-8")
    return inline_svg(svg, name=name, alt=alternative, labels=labels)


def check_section(lesson: Lesson, section: pairs.Section) -> list[Problem]:
    """What one language lacks in a section, and numbers that no output shows."""
    return [*pairs.check_section(lesson, section), *numbers.check_section(lesson, section, numbers.shown(lesson))]


def check_caption(lesson: Lesson, cell: Code) -> list[Problem]:
    """A figure that a page cannot show: not recorded, without text alternative, or with a label in one language only."""
    problems = []
    for lang in LANGUAGES:
        line = lesson.caption(cell.name, lang).line
        if not figure_caption(lesson, cell.name, lang)[1]:
            mend = "The first paragraph is the caption, the second tells the picture to whoever cannot see it."
            problems.append(Problem(lesson.path, line, f'the {lang} caption of "{cell.name}" has no text alternative', (), mend))
        try:
            figure_html(lesson, cell.name, lang)
        except FigureError as error:
            problems.append(Problem(lesson.path, line, f'the figure "{cell.name}" cannot be shown in {lang}', (str(error),)))
        except OSError:
            sentence = f'the figure "{cell.name}" is not recorded'
            return [Problem(lesson.path, cell.line, sentence, (), f"Run: {lesson.update_command}")]
    return problems


def check_record(lesson: Lesson) -> list[Problem]:
    """A lesson whose code or outputs are not those of its record."""
    record = read_record(lesson)
    if record and record.is_of(lesson):
        return []
    sentence = "the code or its outputs changed since they were recorded" if record else "the outputs were never recorded"
    mend = f"Run: {lesson.update_command}"
    return [Problem(lesson.path, 1, sentence, (f"record: {shown(record_path(lesson))}",), mend)]


def check_figures(lesson: Lesson) -> list[Problem]:
    """The figures that a page cannot show."""
    return [problem for cell in lesson.code if cell.kind == "figure" for problem in check_caption(lesson, cell)]


def check_text(lesson: Lesson) -> list[Problem]:
    """Everything that can be seen without running the lesson."""
    found = [problem for section in pairs.sections(lesson) for problem in check_section(lesson, section)]
    return [*found, *check_figures(lesson), *check_record(lesson)]


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
        evidence = (*statement.evidence, *_diff(statement, actual))
        return Problem(self.lesson.path, statement.line, sentence, evidence, self._mend)

    def unrecorded(self) -> list[Problem]:
        """Statements that print although nothing is recorded for them."""
        numbers_ = (n for n, (_, statement) in enumerate(self.lesson.statements) if not statement.recorded)
        return [problem for n in numbers_ if (problem := self.output(n))]

    def figure(self, cell: Code) -> Problem | None:
        """The difference between what a figure cell drew and the recorded figure."""
        path = folder(self.lesson) / f"{cell.name}.json"
        sentence = f'the figure "{cell.name}" differs from the recorded one'
        try:
            recorded = json.loads(path.read_text(encoding="utf-8"))
            found = difference(recorded, self.outcome.figures[cell.name][1], same_number=self.rule(cell).same_number)
        except (OSError, ValueError):
            sentence, found = f'the figure "{cell.name}" is not recorded', shown(path)
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
            sentence, evidence = "on the starter the check stops before an assert", (stopped,)
        else:
            return None
        mend = "The starter runs, and an assert of the check fails on it."
        return Problem(self.lesson.path, cell.line, sentence, evidence, mend)

    def outputs_differ(self) -> bool:
        """Whether any output or figure differs from the recorded one."""
        figures = (cell for cell in self.lesson.code if cell.kind == "figure")
        return any(map(self.output, range(len(self.lesson.statements)))) or any(map(self.figure, figures))


def _diff(statement: Statement, actual: tuple[str, ...]) -> list[str]:
    """The recorded and the actual lines that differ, as they would stand in the file."""
    lines = difflib.ndiff([_line(line) for line in statement.recorded], [_line(line) for line in actual])
    changed = [line for line in lines if line[0] in "-+"]
    return changed if len(changed) <= 20 else [*changed[:20], f"... and {len(changed) - 20} more lines"]


def _line(text: str) -> str:
    return f"# > {text}".rstrip()
