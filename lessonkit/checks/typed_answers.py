"""What pages take for right answers that readers type: as recorded, held against what the checks accept."""

from __future__ import annotations

from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.running.accepted_values import TypedRule
from lessonkit.running.outcome import Outcome
from lessonkit.running.provenance import Record

FEWEST = 2
"""How many exercises of a lesson ask for something that readers without Python can type."""


def too_few(lesson: Lesson, record: Record | None) -> list[Problem]:
    """A lesson with fewer exercises whose answer can be typed than each must have, by its record."""
    typed = sorted(lesson.exercises.keys() & record.typed.keys()) if record else []
    if record is None or len(typed) >= FEWEST:
        return []
    sentence = f"readers can type the answers of {len(typed) or 'no'} exercise{'s'[: len(typed) != 1]}, not of {FEWEST}"
    hint = "Ask for numbers, too: an exercise whose solution is one assignment, and a check that accepts an interval."
    return [Problem(lesson.path, 1, sentence, tuple(typed), hint)]


def rules(record: Record | None, outcome: Outcome) -> dict[str, TypedRule]:
    """The rules by exercises: the recorded one where the check agrees with it, else the one measured, if it does."""
    kept = record.typed if record else {}
    found: dict[str, TypedRule] = {}
    for name, measured in outcome.typed.items():
        known = [kept[name]] if name in kept else []
        found.update((name, rule) for rule in [measured.rule, *known] if measured.against(rule) is None)
    return found


def check_typed(lesson: Lesson, record: Record | None, outcome: Outcome, name: str) -> Problem | None:
    """A rule for typed answers that the record lacks, or about which the check says otherwise."""
    if record is None:
        return None  # that nothing is recorded is reported by itself
    kept = record.typed.get(name)
    if kept == rules(record, outcome).get(name):
        return None
    measured = outcome.typed.get(name)
    at = measured.against(kept) if measured and kept else None
    cell = lesson.exercises[name].cell
    sentence = "what the page of this exercise takes for a right answer is not what its check accepts"
    evidence = (lesson.lines[cell.line - 1], *((f"at {', '.join(map(repr, at))}",) if at else ()))
    return Problem(lesson.path, cell.line, sentence, evidence, f"Run: {lesson.update_command}")
