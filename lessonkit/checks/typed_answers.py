"""What pages take for right answers that readers type: as recorded, held against what the checks accept."""

from __future__ import annotations

from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.running.accepted_values import TypedRule
from lessonkit.running.outcome import Outcome
from lessonkit.running.provenance import Record


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
