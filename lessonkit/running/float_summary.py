"""Floating-point numbers of an object, told so that rounding noise can be told from a difference.

On one machine results are the same to the last digit, but for solvers of MKL (`torch.linalg.lstsq`): these give other
last digits of float64, from one process to the next, where their memory lies otherwise.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

NOISE = 1e-9
"""Relative difference that counts as noise (measured: 1e-13); a float32 that differs at all differs by more."""
LEAST = 1e-12
"""Numbers this close to each other do not differ, whatever their size: what should be 0 is noise alone."""
MOST = 500
"""How many numbers or arrays have an entry of their own; later ones are added to those before."""
PERIOD = 4099
"""After how many numbers the weights of an array repeat."""

_MARKED = re.compile("\x00[^\x01]*\x01")


def marked(text: str) -> str:
    """The text of numbers, marked: no text of an object holds these characters otherwise."""
    return f"\x00{text}\x01"


def plain(text: str) -> str:
    """A text without marks."""
    return text.replace("\x00", "").replace("\x01", "")


def structure(text: str) -> str:
    """A text without its marked numbers."""
    return _MARKED.sub("#", text)


class Sketch:
    """The numbers of an object: of each number or array its norm, and a sum with random weights (always the same).

    Where one number of an array differs by d, the sum differs by d times its weight; noise is small beside the norm.
    """

    def __init__(self) -> None:
        self.entries: list[tuple[float, float]] = []
        self.count = 0

    def add(self, size: float, total: float) -> None:
        """Takes an entry."""
        weight = 1 + 1 / (1 + self.count)
        if self.count < MOST:
            self.entries.append((size, total))
        else:
            old = self.entries[self.count % MOST]
            self.entries[self.count % MOST] = (old[0] + size, old[1] + weight * total)
        self.count += 1

    def number(self, value: complex) -> str:
        """Takes a float or a complex number of Python; its text."""
        if isinstance(value, complex):
            return f"complex({self.number(value.real)}, {self.number(value.imag)})"
        if not math.isfinite(value):
            return repr(value)
        self.add(abs(value), value)
        return marked(repr(value))

    def array(self, values: Any, text: str) -> str:
        """Takes a flat array of NumPy; its text, where numbers that are not finite keep their places."""
        numpy = sys.modules["numpy"]
        if values.dtype.kind not in "fc":
            return text
        values = values.view(values.real.dtype) if values.dtype.kind == "c" else values
        size, total, odd = 0.0, 0.0, []
        for start in range(0, len(values), PERIOD):
            part = values[start : start + PERIOD].astype(numpy.float64)
            finite = numpy.isfinite(part)
            if not finite.all():
                odd.append((start, numpy.flatnonzero(~finite).tolist(), part[~finite].tolist()))
                part = numpy.where(finite, part, 0.0)
            size += float(part @ part)
            total += float(part @ _weights()[: len(part)])
        self.add(math.sqrt(size), total)
        return marked(text) + (repr(odd) if odd else "")


@cache
def _weights() -> Any:
    return sys.modules["numpy"].random.RandomState(0).randn(PERIOD)


def close(one: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> bool:
    """Whether two sketches differ by noise alone."""
    return len(one) == len(other) and all(map(_close, one, other))


def _close(one: Sequence[float], other: Sequence[float]) -> bool:
    allowed = NOISE * max(one[0], other[0]) + LEAST
    return all(abs(a - b) <= allowed for a, b in zip(one, other, strict=True))
