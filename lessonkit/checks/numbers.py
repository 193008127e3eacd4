"""Prose agrees with output: a decimal in running prose is the rounding of a number that the lesson shows."""

from __future__ import annotations

import ast
import contextlib
import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import lru_cache

from lessonkit.checks.pairs import Section
from lessonkit.lesson.captions import said
from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.lesson.prose import decimals, uncited
from lessonkit.lesson.syntax_tree import parsed

NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
FARTHEST = 10_000
"""More digits than this before or behind the point are no number that a lesson shows."""

THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


@lru_cache(maxsize=1)
def shown(lesson: Lesson) -> list[Decimal]:
    """The numbers in the recorded outputs and in the code of a lesson, without their signs, in ascending order."""
    texts = [line for cell in lesson.code for line in cell.recorded]
    texts += [THOUSANDS.sub("", text) for text in texts if THOUSANDS.search(text)]
    numbers = set(_sizes(found for text in texts for found in NUMBER.findall(text)))
    return sorted(numbers | set(_literals(lesson)))


def _sizes(written: Iterable[str]) -> Iterator[Decimal]:
    """The numbers in these texts without their signs; an exponent that no computer reaches leads to none."""
    for text in written:
        with contextlib.suppress(ArithmeticError):
            if abs((value := abs(Decimal(text))).adjusted()) < FARTHEST:
                yield value


def _literals(lesson: Lesson) -> Iterator[Decimal]:
    for _, statement in lesson.statements:
        for node in (inner for top in parsed(statement.source) for inner in ast.walk(top)):
            value = getattr(node, "value", None) if isinstance(node, ast.Constant) else None
            if type(value) is int or (type(value) is float and math.isfinite(value)):
                yield Decimal(value if type(value) is int else repr(value))


def agrees(written: str, numbers: Sequence[Decimal]) -> bool:
    """Whether a decimal of prose (`0.67`, `-1.5`, `90.8%`) is the rounding of one of the numbers, sign aside."""
    value = next(_sizes([written.rstrip("% ").replace(",", "")]), None)
    if value is None:
        return False
    half = Decimal(5).scaleb(int(value.as_tuple().exponent) - 1)
    scales = (1, 100) if written.endswith("%") else (1,)
    return any(_holds(numbers, (value - half) / scale, (value + half) / scale) for scale in scales)


def _holds(numbers: Sequence[Decimal], low: Decimal, high: Decimal) -> bool:
    index = bisect_left(numbers, low)
    return index < len(numbers) and numbers[index] <= high


def check_section(lesson: Lesson, section: Section) -> list[Problem]:
    """The decimals of a section that the lesson shows nowhere, and cited ones without a source."""
    problems = []

    def problem(line: int, sentence: str, hint: str) -> None:
        evidence = (lesson.lines[line - 1].removeprefix("# ").strip(),)
        problems.append(Problem(lesson.path, line, sentence, evidence, hint))

    for cell in dict.fromkeys(cell for cells in section.cells.values() for cell in cells):
        for line, number in decimals(said(cell)):
            if not agrees(number, shown(lesson)):
                hint = f"Print it, correct it, or cite it: *{number}*{{ .cited }} with its source linked beside it."
                problem(cell.file_line(line), f"the number {number} is in no output and no code of the lesson", hint)
        for line, number in uncited(said(cell)):
            hint = "Link the source: [who says so](https://...)"
            problem(cell.file_line(line), f"the number {number} is cited, and its paragraph links no source", hint)
    return list(dict.fromkeys(problems))
