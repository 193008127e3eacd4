"""What differs from run to run, told to whoever records: it would be red the next time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lessonkit.checks.compare import Rule, changed_lines
from lessonkit.checks.lab_record import difference as difference_of_data
from lessonkit.checks.lab_record import made_by, with_data
from lessonkit.drawing.figures import difference
from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.running.outcome import Outcome

HINT = (
    "Seed what is random (`torch.manual_seed(0)`), sort what comes from a set or a folder, and print no time, "
    "no id() or address, nothing of this computer; then record again."
)
SENTENCE = "this differs from run to run: seed this"


def varying(lesson: Lesson, first: Outcome, second: Outcome) -> list[Problem]:
    """What two runs of a lesson do not share, beyond the tolerance of its cell: the first such thing, the most telling.

    What follows from it is only counted. A problem of the second run alone is reported as such.
    """
    if second.problems:
        return [
            replace(problem, sentence=f"{problem.sentence}, in a second run only", hint=HINT)
            for problem in second.problems[:1]
        ]
    found = sorted(_varying(lesson, first, second), key=lambda problem: problem.line)
    if not found:
        return []
    more = (f"and {len(found) - 1} more after it, which may follow from this",) if len(found) > 1 else ()
    return [replace(found[0], evidence=(*found[0].evidence, *more))]


def _varying(lesson: Lesson, first: Outcome, second: Outcome) -> Iterator[Problem]:
    for number, (cell, statement) in enumerate(lesson.statements):
        one, other = (outcome.outputs.get(number, ()) for outcome in (first, second))
        rule = Rule(True, cell.tolerance)
        if not rule.same_lines(one, other):
            evidence = (*statement.evidence, *changed_lines(one, other, rule))
            yield Problem(lesson.path, statement.line, SENTENCE, evidence, HINT)
    for lab in with_data(lesson):
        rule = Rule(True, made_by(lesson, lab).tolerance)
        if differs := difference_of_data(first.data[lab.name], second.data[lab.name], rule, lab.variable):
            evidence = (differs.replace("recorded", "first").replace("now", "then"),)
            sentence = f'the data of the lab "{lab.name}" differ from run to run'
            yield Problem(lesson.path, lab.cell.line, sentence, evidence, HINT)
    for cell in lesson.code:
        if cell.kind == "figure" and (found := _figure(first, second, cell.name, Rule(True, cell.tolerance))):
            yield Problem(lesson.path, cell.line, f'the figure "{cell.name}" differs from run to run', (found,), HINT)
        if cell.kind == "exercise" and first.exercises[cell.name] != second.exercises[cell.name]:
            said = (" / ".join(filter(None, outcome.exercises[cell.name])) for outcome in (first, second))
            sentence = "what the starter of this exercise gives differs from run to run"
            yield Problem(lesson.path, cell.line, sentence, tuple(said), HINT)


def _figure(first: Outcome, second: Outcome, name: str, rule: Rule) -> str | None:
    """The first difference between two drawings of a figure; where only their files differ, that."""
    (one, one_data), (other, other_data) = first.figures[name], second.figures[name]
    if found := difference(one_data, other_data, same_number=rule.same_number):
        return found.replace("recorded", "first").replace("drawn", "then")
    if one == other or not rule.to_the_letter:
        return None
    pairs = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((f"first {a.strip()[:80]}, then {b.strip()[:80]}" for a, b in pairs if a != b), "their files differ")
