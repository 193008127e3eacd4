"""When is a printed output the recorded one?

On the platform that recorded, when the text is the same. Elsewhere words, shapes, counts and integers are the same, and a
number may differ by float32 noise, or by one unit of its last digit where it shows at least three significant digits.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Decimal

NOISE = 5e-6
"""Relative difference of float32 results between CPU code paths that counts as noise (measured: 1.03e-6 at most)."""

FLOAT = re.compile(r"(?<![\w.])[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w])|(?<![\w.])[-+]?\d+[eE][-+]?\d+(?![\w])")


@dataclass(frozen=True)
class Rule:
    """How close is close enough: `exact` asks for the same text; `tolerance` is a cell's own relative allowance."""

    exact: bool
    tolerance: float | None = None

    def same_text(self, recorded: str, actual: str) -> bool:
        """Whether two output lines agree."""
        if recorded == actual:
            return True
        if self.exact and self.tolerance is None:
            return False
        if _words(recorded) != _words(actual):
            return False
        pairs = zip(FLOAT.findall(recorded), FLOAT.findall(actual), strict=True)
        return all(self.same_number(Decimal(a), Decimal(b)) for a, b in pairs)

    def same_lines(self, recorded: tuple[str, ...], actual: tuple[str, ...]) -> bool:
        """Whether two outputs agree line by line."""
        return len(recorded) == len(actual) and all(map(self.same_text, recorded, actual))

    def same_number(self, recorded: float | Decimal, actual: float | Decimal) -> bool:
        """Whether two numbers agree; a Decimal brings the digits it was printed with."""
        if recorded == actual:
            return True
        if not (math.isfinite(recorded) and math.isfinite(actual)):
            return str(float(recorded)) == str(float(actual))
        if self.exact and self.tolerance is None:
            return False
        difference = abs(float(recorded) - float(actual))
        allowed = max(NOISE, self.tolerance or 0) * max(abs(float(recorded)), abs(float(actual)))
        return difference <= max(allowed, _last_digit(recorded) * 1.000001)


def _words(line: str) -> list[str]:
    """The line without its decimal numbers and without regard to the width of its blanks."""
    return FLOAT.sub(" # ", line).split()


def _last_digit(number: float | Decimal) -> float:
    """One unit of the last digit where at least three significant digits are shown, else 0."""
    if not isinstance(number, Decimal):
        return 0.0
    _, digits, exponent = number.as_tuple()
    return 10.0**exponent if len(digits) >= 3 and any(digits) else 0.0
