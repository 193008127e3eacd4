"""Prose agrees with output: a decimal in running prose is the rounding of a number that the lesson shows."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, InvalidOperation

from lessonkit.cells import Lesson, Problem
from lessonkit.pairs import Section
from lessonkit.prose import decimals

NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def shown(lesson: Lesson) -> frozenset[Decimal]:
    """The numbers in the recorded outputs and in the code of a lesson."""
    texts = [line for cell in lesson.code for line in cell.recorded]
    numbers = {Decimal(found) for text in texts for found in NUMBER.findall(text)}
    return frozenset(numbers | set(_literals(lesson)))


def _literals(lesson: Lesson) -> Iterator[Decimal]:
    for cell in lesson.code:
        for token in tokenize.generate_tokens(io.StringIO(cell.sources["en"]).readline):
            if token.type == tokenize.NUMBER:
                try:
                    yield Decimal(token.string.replace("_", ""))
                except InvalidOperation:
                    continue


def agrees(said: str, numbers: frozenset[Decimal]) -> bool:
    """Whether a decimal of prose (`0.67`, `-1.5`, `90.8%`) is the rounding of one of the numbers, sign aside."""
    percent = said.endswith("%")
    value = Decimal(said.rstrip("% "))
    unit = Decimal(1).scaleb(value.as_tuple().exponent)
    scales = (Decimal(1), Decimal(100)) if percent else (Decimal(1),)
    return any(_rounds_to(number * scale, value, unit) for number in numbers for scale in scales)


def _rounds_to(number: Decimal, value: Decimal, unit: Decimal) -> bool:
    if abs(abs(number) - abs(value)) > unit:
        return False
    return any(abs(number).quantize(unit, rounding=way) == abs(value) for way in (ROUND_HALF_UP, ROUND_HALF_EVEN))


def check_section(lesson: Lesson, section: Section, numbers: frozenset[Decimal]) -> list[Problem]:
    """The decimals of a section that the lesson shows nowhere."""
    problems = []
    for cell in dict.fromkeys(cell for cells in section.cells.values() for cell in cells):
        for line, said in decimals(cell.markdown):
            if not agrees(said, numbers):
                evidence = (lesson.lines[cell.file_line(line) - 1].removeprefix("# ").strip(),)
                mend = "Print it, correct it, or cite it: *number*{ .cited } with its source linked."
                sentence = f"the number {said} is in no output and no code of the lesson"
                problems.append(Problem(lesson.path, cell.file_line(line), sentence, evidence, mend))
    return problems
