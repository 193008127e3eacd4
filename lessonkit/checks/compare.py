"""When is a printed output the recorded one?

On the platform that recorded, when the text is the same. Elsewhere words, shapes, counts and integers are the same, and
a number may differ by float32 noise, or by one unit of its last digit where it shows three significant digits or more.
"""

from __future__ import annotations

import difflib
import math
import re
from dataclasses import dataclass
from decimal import Decimal

NOISE = 5e-6
"""Relative difference of float32 results between CPU code paths that counts as noise (measured: 1.03e-6 at most)."""

FLOAT = re.compile(
    r"(?<![\w.])[-+]?(?:\d+\.\d*|\.\d+)(?:[eE][-+]?\d{1,3})?(?!\d|\.\d)"  # 0.5 and -1.5e-03 and 1., not version 2.13.0
    r"|(?<![\w.])[-+]?\d+[eE][-+]?\d{1,3}(?!\w)"  # 1e-05
)


@dataclass(frozen=True)
class Rule:
    """How close is close enough: `exact` asks for the same text; `tolerance` is a cell's own relative allowance."""

    exact: bool
    tolerance: float | None = None

    @property
    def to_the_letter(self) -> bool:
        """Whether nothing may differ."""
        return self.exact and self.tolerance is None

    def same_text(self, recorded: str, actual: str) -> bool:
        """Whether two output lines agree."""
        if recorded == actual or self.to_the_letter:
            return recorded == actual
        numbers = map(self.same_number, _numbers(recorded), _numbers(actual))
        return _words(recorded) == _words(actual) and all(numbers)

    def same_lines(self, recorded: tuple[str, ...], actual: tuple[str, ...]) -> bool:
        """Whether two outputs agree line by line."""
        return len(recorded) == len(actual) and all(map(self.same_text, recorded, actual))

    def same_number(self, recorded: float | Decimal, actual: float | Decimal) -> bool:
        """Whether two numbers agree; a Decimal brings the digits it was printed with."""
        if recorded == actual:
            return True
        if not (math.isfinite(recorded) and math.isfinite(actual)):
            return str(float(recorded)) == str(float(actual))
        if self.to_the_letter:
            return False
        old, new = Decimal(recorded), Decimal(actual)
        allowed = Decimal(max(NOISE, self.tolerance or 0)) * max(abs(old), abs(new))
        return abs(old - new) <= max(allowed, _last_digit(recorded))


def changed_lines(recorded: tuple[str, ...], actual: tuple[str, ...], rule: Rule) -> list[str]:
    """The lines of two outputs that do not agree, as they would stand in the file."""
    old, new = ([f"# > {line}".rstrip() for line in lines] for lines in (recorded, actual))
    if len(old) == len(new):
        agree = map(rule.same_text, recorded, actual)
        differing = [(a, b) for a, b, same in zip(old, new, agree, strict=True) if not same]
        changed = [line for a, b in differing for line in (f"- {a}", f"+ {b}")]
    else:
        lines = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
        changed = [f"{line[0]} {line[1:]}" for line in lines if line[0] in "-+"]
    return changed if len(changed) <= 20 else [*changed[:20], f"... and {len(changed) - 20} more lines"]


def _words(line: str) -> list[list[str]]:
    """What stands between the decimal numbers of a line, without regard to the width of its spaces."""
    return [between.split() for between in FLOAT.split(line)]


def _numbers(line: str) -> list[float | Decimal]:
    """The decimal numbers of a line. One without decimals (`3.`, a whole float) has no last digit that may differ."""
    return [float(text) if text.endswith(".") else Decimal(text) for text in FLOAT.findall(line)]


def _last_digit(number: float | Decimal) -> Decimal:
    """One unit of the last digit where at least three significant digits are shown, else 0."""
    if not isinstance(number, Decimal):
        return Decimal(0)
    _, digits, exponent = number.as_tuple()
    return Decimal(1).scaleb(int(exponent)) if len(digits) >= 3 else Decimal(0)
