"""Answers that readers type into a page: which numbers the check of an exercise accepts, as one interval for each.

A page without Python knows a rule (`TypedRule`): the right numbers, and how far each may lie off. It is measured from
the check itself, and held against it on `TRIED` values around the right ones, the edges left out by 1 %: there float32
decides, and differs between machines.
"""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType
from typing import Any

from lessonkit.lesson.cells import Exercise
from lessonkit.lesson.syntax_tree import parsed

TRIED = 1000
MOST_NUMBERS = 6
"""How many numbers an answer may be made of: nobody types more."""
FARTHEST = 1e12
EDGE = 0.01
Numbers = tuple[float, ...]
OPERATORS: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
FUNCTIONS = {"exp": math.exp, "log": math.log, "sqrt": math.sqrt}
"""Of `math`, in the wrong answers that are read."""


@dataclass(frozen=True)
class TypedRule:
    """What a page accepts: `right` numbers, each at most `below` under and `above` over it (None: without limit).

    `integer`: whole numbers only.
    """

    right: Numbers
    below: tuple[float | None, ...]
    above: tuple[float | None, ...]
    integer: bool = False

    def accepts(self, numbers: Sequence[float]) -> bool:
        """Whether a page takes these numbers for right; `assets/site/typed.js` does the same."""
        sides = zip(numbers, self.right, self.below, self.above, strict=True)
        return len(numbers) == len(self.right) and all(
            (not self.integer or number == int(number))
            and (below is None or right - number <= below)
            and (above is None or number - right <= above)
            for number, right, below, above in sides
        )

    @classmethod
    def of(cls, values: Any) -> TypedRule:
        """The rule in a record. Raises KeyError, TypeError or ValueError where it is none."""
        below, above = (tuple(None if one is None else float(one) for one in values[k]) for k in ("below", "above"))
        rule = cls(tuple(map(float, values["right"])), below, above, bool(values["integer"]))
        if not len(rule.right) == len(below) == len(above) > 0:
            raise ValueError("a rule has as many limits as numbers")
        return rule


@dataclass(frozen=True)
class Measured:
    """The rule of an exercise as its check has it now, and what the check said to each of the values tried."""

    rule: TypedRule
    tried: tuple[Numbers, ...]
    accepted: tuple[bool, ...]

    def against(self, rule: TypedRule) -> Numbers | None:
        """The first value about which a rule and the check disagree."""
        if len(rule.right) != len(self.rule.right):
            return self.rule.right
        pairs = zip(self.tried, self.accepted, strict=True)
        return next((numbers for numbers, accepted in pairs if rule.accepts(numbers) != accepted), None)


def name_asked(exercise: Exercise) -> str:
    """The name of the one value that an exercise asks for; "" where it asks for anything else."""
    names = list(exercise.asks_for)
    return names[0] if len(names) == 1 and not exercise.asks_for[names[0]] else ""


def numbers_of(value: Any) -> Numbers | None:
    """The numbers that an answer is made of; None where nobody could type it as such."""
    several = list(value) if type(value) in (list, tuple) else [value]
    good = all(type(one) in (int, float) and math.isfinite(one) and abs(one) < FARTHEST for one in several)
    return tuple(map(float, several)) if good and 1 <= len(several) <= MOST_NUMBERS else None


def numbers_written(answer: str, name: str) -> Numbers | None:
    """The numbers that an answer gives to `name`, where it is one assignment of numbers and sums of them.

    It is read and not run: whatever needs a name of the lesson is None.
    """
    match parsed(answer):
        case [ast.Assign(targets=[ast.Name(id=given)], value=value)] if given == name:
            several = value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
            try:
                return numbers_of([_number(one) for one in several])
            except (ArithmeticError, TypeError, ValueError):
                return None
    return None


def known_wrong(exercise: Exercise, answer: str, lang: str) -> int | None:
    """Which of the wrong answers that a lesson knows this one is: the same statements, or the same numbers.

    Raises SyntaxError for what is no Python.
    """
    name, text = name_asked(exercise), ast.dump(ast.parse(answer))
    numbers = numbers_written(answer, name)
    for at, one in enumerate(one.sources[lang] for one in exercise.wrong):
        if ast.dump(ast.parse(one)) == text or (numbers is not None and numbers_written(one, name) == numbers):
            return at
    return None


def _number(node: ast.expr) -> float:
    """Raises ValueError for what is no sum of numbers, ArithmeticError or TypeError for one without a real result."""
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=of):
            return -_number(of)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_number(left), _number(right))
        case ast.Call(func=ast.Attribute(value=ast.Name(id="math"), attr=name), args=[of], keywords=[]):
            if name in FUNCTIONS:
                return FUNCTIONS[name](_number(of))
    raise ValueError("it is not written in numbers")


def measured(
    exercise: Exercise, solution: Sequence[CodeType], check: Sequence[CodeType], names: Mapping[str, Any]
) -> Measured | None:
    """Measures what a check accepts around what the solution gives; None where a page could not ask for it."""
    asked, solved = name_asked(exercise), dict(names)
    if not asked:
        return None
    for code in solution:
        exec(code, solved)
    value = solved.get(asked)
    if (right := numbers_of(value)) is None:
        return None
    whole = all(type(one) is int for one in (value if isinstance(value, list | tuple) else [value]))

    def ask(numbers: Numbers, *, integer: bool) -> bool:
        given: list[float] = [int(one) if integer else one for one in numbers]
        tried = {**names, asked: type(value)(given) if isinstance(value, list | tuple) else given[0]}
        try:
            for code in check:
                exec(code, tried)
        except BaseException:  # noqa: B036 - whatever a check raises, it does not accept
            return False
        return True

    integer = whole and not ask(right, integer=False)
    return _measured(lambda numbers: ask(numbers, integer=integer), right, integer=integer)


def _measured(accepts: Callable[[Numbers], bool], right: Numbers, *, integer: bool) -> Measured | None:
    if not accepts(right):
        return None

    def at(place: int, distance: float) -> Numbers:
        return (*right[:place], right[place] + distance, *right[place + 1 :])

    limits: list[list[float | None]] = []
    for sign in (-1, 1):
        reach = [lambda far, n=n, s=sign: accepts(at(n, s * far)) for n in range(len(right))]
        limits.append([_limit(one, abs(number), integer=integer) for one, number in zip(reach, right, strict=True)])
    rule = TypedRule(right, tuple(limits[0]), tuple(limits[1]), integer)
    tried = tuple(
        at(place, distance)
        for place in range(len(right))
        for sign, side in ((-1, rule.below), (1, rule.above))
        for distance in (sign * far for far in _around(side[place], abs(right[place]), len(right), integer=integer))
    )[:TRIED]
    return Measured(rule, tried, tuple(map(accepts, tried)))


def _limit(accepts: Callable[[float], bool], size: float, *, integer: bool) -> float | None:
    """How far off a number is still accepted, to four digits and rather less; None where that has no end."""
    good, far = 0.0, 1.0 if integer else max(size, 1.0) * 2.0**-50
    while accepts(far):
        good, far = far, 2 * far
        if far > FARTHEST * max(size, 1.0):
            return None
    while far - good > (1 if integer else 1e-5 * far):
        middle = (far + good) // 2 if integer else (far + good) / 2
        good, far = (middle, far) if accepts(middle) else (good, middle)
    if integer or not good:
        return good
    digits = 3 - math.floor(math.log10(good))
    return round(math.floor(good * 10.0**digits + 0.1) / 10.0**digits, max(digits, 0))


def _around(limit: float | None, size: float, several: int, *, integer: bool) -> Iterator[float]:
    """Distances to try on one side of a number: half within the limit, half beyond it, near it and far."""
    count = math.ceil(TRIED / (2 * several))
    if integer:
        yield from (float(one) for one in range(1, count + 1))
        return
    half = count // 2
    if limit is None:
        yield from (max(size, 1.0) * 10 ** (9 * (n / count) - 6) for n in range(count))
        return
    inside = [(1 - EDGE) * limit * n / half for n in range(half)]
    start = limit * (1 + EDGE) if limit else max(size, 1.0) * 1e-9
    beyond = [start * 10 ** (6 * n / half) for n in range(count - half)]
    yield from (*inside, *beyond)
