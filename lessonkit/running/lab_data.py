"""What the labs of a lesson come with: values that it has made when it has run, as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from decimal import Decimal

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.labs import labs
from lessonkit.running.boundary import Event

DIGITS = 6
"""Significant digits that a number may have: a lesson rounds what it hands out, and no machine writes other ones."""


def reported(lesson: Lesson, names: Mapping[str, object]) -> Iterator[Event]:
    """The events: {"lab": name, "value"} with what each comes with, {"unfit": line, "why"} where that is no JSON."""
    for lab in labs(lesson):
        if not lab.variable:
            continue
        try:
            if lab.variable not in names:
                raise ValueError(f"the lesson makes no {lab.variable}")
            yield {"lab": lab.name, "value": _plain(names[lab.variable], lab.variable)}
        except ValueError as error:
            yield {"unfit": lab.cell.line, "why": str(error)}


def _plain(value: object, at: str) -> object:
    """The value as JSON has it. Raises ValueError, which names the place, for what JSON lacks or nobody rounded."""
    if value is None or isinstance(value, str | bool) or type(value) is int:
        return value
    if isinstance(value, list | tuple):
        return [_plain(one, f"{at}[{place}]") for place, one in enumerate(value)]
    if isinstance(value, dict):
        if odd := [key for key in value if not isinstance(key, str)]:
            raise ValueError(f"{at} has a key that is no string: {odd[0]!r}")
        return {key: _plain(one, f"{at}[{key!r}]") for key, one in value.items()}
    if type(value) is not float or not math.isfinite(value):
        raise ValueError(f"{at} is {value!r}"[:200])
    if len(Decimal(repr(value)).normalize().as_tuple().digits) > DIGITS:
        raise ValueError(f"{at} is {value!r}, of more than {DIGITS} digits")
    return value
