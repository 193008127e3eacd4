"""The numbers of a figure's paths, with no more digits than the eye can see."""

from __future__ import annotations

import re
from operator import sub

LONG_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_LINES = re.compile(r"(?:M[\d .-]+z?)+")
_NUMBER = re.compile(r"-?\d*\.?\d+")
_LONG_PATH = 80
"""From how many characters on a path of straight lines is rounded; ticks, axes and markers are shorter."""


def short(numbers: str) -> str:
    """Numbers to two decimals: 0.01 is an eightieth of a pixel."""
    return LONG_NUMBER.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), numbers)


def path(data: str) -> str:
    """Path data without needless spaces and repeated letters, and as steps where it has many points."""
    data = re.sub(r"\s+", " ", short(data))
    data = re.sub(r" ?([A-Za-z]) ?", r"\1", data).strip()
    pieces = re.findall(r"[A-Za-z][^A-Za-z]*", data)
    out, last = [], ""
    for piece in pieces:
        repeated = piece[0] == "L" and last in ("L", "M")
        out.append(" " + piece[1:] if repeated else piece)
        last = piece[0]
    data = "".join(out)
    return _steps(data) if len(data) > _LONG_PATH and _LINES.fullmatch(data) else data


def _steps(data: str) -> str:
    """Lines through many points as steps from one to the next, in tenths: a twentieth of a pixel off, half the size."""
    return "".join(f"M{_steps_of(line)}" for line in data.split("M")[1:])


def _steps_of(line: str) -> str:
    """What follows the `M` of one line; it is summed up from rounded points, so that it ends where it did."""
    tenths = [round(10 * float(each)) for each in _NUMBER.findall(line)]
    x, y = tenths[:2]
    steps = list(zip(map(sub, tenths[2::2], tenths[0:-2:2]), map(sub, tenths[3::2], tenths[1:-2:2]), strict=True))
    seen = [step for step in steps if any(step)] or steps[:1]  # one point alone may be a dot
    text = " ".join(_tenths(each) for step in seen for each in step).replace(" -", "-")
    return f"{_tenths(x)} {_tenths(y)}{text and 'l' + text}{'z' * line.endswith('z')}"


def _tenths(number: int) -> str:
    """13 is `1.3`, -5 is `-.5`."""
    return re.sub(r"^(-?)0\.", r"\1.", f"{number / 10:.1f}".removesuffix(".0"))
