"""Whether the check of an exercise tells wrong answers from right ones: those of its author, and automatic ones.

A case is one `assert` of the check at one of the times that it is reached. A wrong answer must fail at one; two that
fail at one and the same case, and at no other, show no more than one of them does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from lessonkit.lesson.cells import Code, Exercise, Lesson, Problem
from lessonkit.running.attempts import SOLUTION
from lessonkit.running.automatic import KINDS, fits
from lessonkit.running.outcome import Attempt

FEWEST_WRONG, FEWEST_RIGHT = {True: 3, False: 2}, {True: 1, False: 0}
"""How many other answers an exercise has, by whether it asks for a function."""
EXCEPTION = re.compile(r"(?P<label>[^:;]+): *(?P<reason>[^;]*\w[^;]*)")
FORM = 'accepts="argument x: why it is right all the same"'
Attempts = Mapping[str, Attempt]


def too_few(lesson: Lesson) -> Iterator[Problem]:
    """Exercises with fewer wrong or right answers than each must have."""
    for exercise in lesson.exercises.values():
        function = any(exercise.asks_for.values())
        for kind, found, fewest in (
            ("wrong", len(exercise.wrong), FEWEST_WRONG[function]),
            ("right", len(exercise.right), FEWEST_RIGHT[function]),
        ):
            if found < fewest:
                what = "a function" if function else "a value"
                count = f"{found or 'no'} {kind} answer{'s'[: found != 1]}"
                sentence = f"this exercise asks for {what} and has {count}, not {fewest}"
                hint = f'Write after its check: # %% {kind}="{exercise.cell.name}"'
                yield _at(lesson, exercise.cell.line, sentence, hint)


def check_wrong(lesson: Lesson, exercise: Exercise, cell: Code, attempts: Attempts) -> Problem | None:
    """What is wrong with a wrong answer: it is accepted, stops otherwise than at an assert, or is no answer at all."""
    found = attempts[exercise.label(cell)]
    if problem := _unfit(lesson, exercise, cell, attempts):
        return problem
    if not found.failed:
        sentence = "the check of this exercise accepts this wrong answer"
        hint = f'Strengthen check="{cell.name}" (line {exercise.check.line}): an assert that fails on it.'
        return _at(lesson, cell.line, sentence, hint)
    for other in exercise.wrong[: exercise.wrong.index(cell)]:
        same = attempts[exercise.label(other)].failed
        cases = {(line, time) for line, time, _ in (*found.failed, *same)}
        distinct = any(exercise.asks_for.values()) and attempts[SOLUTION].cases >= len(exercise.wrong)
        if len(cases) == 1 and distinct:
            line, time, _ = found.failed[0]
            sentence = (
                f"this wrong answer fails at the same case of the check as that of line {other.line}, and at no other"
            )
            return _at(
                lesson,
                cell.line,
                sentence,
                "Give the check another case, or take an answer that is wrong in another way.",
                (f"line {line}, reached for the {_ordinal(time)} time: {lesson.lines[line - 1].strip()}",),
            )
    return None


def check_right(lesson: Lesson, exercise: Exercise, cell: Code, attempts: Attempts) -> Problem | None:
    """What is wrong with another right answer: the check rejects it, or it is no answer at all."""
    found = attempts[exercise.label(cell)]
    if found.failed:
        line, time, message = found.failed[0]
        sentence = "the check of this exercise rejects this right answer"
        evidence = (f"line {line}, reached for the {_ordinal(time)} time: {lesson.lines[line - 1].strip()}", message)
        hint = "Correct the answer, or let the check accept every right one."
        return _at(lesson, cell.line, sentence, hint, tuple(filter(None, evidence)))
    return _unfit(lesson, exercise, cell, attempts)


def _unfit(lesson: Lesson, exercise: Exercise, cell: Code, attempts: Attempts) -> Problem | None:
    """An answer that raises an error, or whose values have another type or shape than those of the solution."""
    found, solution = attempts[exercise.label(cell)], attempts[SOLUTION]
    if found.raised:
        return _at(lesson, cell.line, "this answer raises an error", "An answer runs.", (found.raised,))
    for name, gave in found.gave.items():
        expected = solution.gave.get(name, [])
        gave = gave[:-1] if found.error and gave[-1] == "NoneType" else gave  # the call that raised the error
        for number, (right, given) in enumerate(zip(expected, gave, strict=False), 1):
            either = "NoneType" in (right, given) and any(fits(one, given) for one in expected)
            if not fits(right, given) and not either:
                which = f"call {number} of {name}" if exercise.asks_for.get(name.partition(".")[0]) else name
                sentence = "this answer is of another type or shape than the solution"
                hint = "An answer that anybody would believe gives what the exercise asks for, only not the right one."
                return _at(lesson, cell.line, sentence, hint, (f"{which}: {given}, not {right}",))
    if found.error and not found.failed:
        sentence = "with this answer the check stops at an error, and not at an assert of its own"
        return _at(lesson, cell.line, sentence, "Let an assert of the check reject it.", (found.error,))
    return None


def check_automatic(lesson: Lesson, exercise: Exercise, attempts: Attempts) -> Iterator[Problem]:
    """Automatic wrong answers that the check accepts, and exceptions that are none."""
    labels = [label for label in attempts if label.partition(" ")[0] in KINDS]
    accepted = [label for label in labels if _accepted(attempts[label])]
    excepted: list[str] = []
    for part in filter(None, map(str.strip, exercise.cell.accepts.split(";"))):
        known = EXCEPTION.fullmatch(part)
        if not known or known["label"].strip() not in labels:
            hint = f"Write {FORM}, with any of: {', '.join(labels) or 'none (it asks for no function)'}."
            sentence = "this exception names no automatic answer of the exercise, or no reason"
            yield _at(lesson, exercise.cell.line, sentence, hint, (part,))
            continue
        excepted.append(known["label"].strip())
        if excepted[-1] not in accepted:
            sentence = f"the check rejects the automatic answer {excepted[-1]}"
            yield _at(lesson, exercise.cell.line, sentence, "Remove the exception.", (part,))
    for label in accepted:
        if label not in excepted:
            kind, _, name = label.partition(" ")
            sentence = f"the check accepts an answer that is not right: {KINDS[kind]} {name}".rstrip()
            hint = (
                f'Let check="{exercise.cell.name}" (line {exercise.check.line}) ask for more; if the answer is right '
                f'all the same, say why in the marker of the exercise: accepts="{label}: ..."'
            )
            yield _at(lesson, exercise.cell.line, sentence, hint)


def _accepted(attempt: Attempt) -> bool:
    return not (attempt.failed or attempt.error or attempt.raised or attempt.no_such_answer)


def _ordinal(number: int) -> str:
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10 * (number % 100 not in (11, 12, 13)), 'th') }"


def _at(lesson: Lesson, line: int, sentence: str, hint: str, evidence: tuple[str, ...] = ()) -> Problem:
    return Problem(lesson.path, line, sentence, (lesson.lines[line - 1], *evidence), hint)
