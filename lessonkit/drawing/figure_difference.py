"""Where two drawings of a figure differ."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from lessonkit.drawing.figure_values import Data

SameNumber = Callable[[Any, Any], bool]

_DECIMAL = re.compile(r"(?<![\w.])[-+−]?(?:\d+\.\d*|\.\d+)(?:[eE][-+−]?\d+)?")
_SINGULAR = {"axes": "axes", "patches": "patch"}
_SEEN_ALONG = {"x": "x", "xlim": "x", "width": "x", "y": "y", "ylim": "y", "height": "y"}
_SEEN_ALONG |= dict.fromkeys(("at", "extent", "from", "length", "offsets", "path", "paths", "to", "xy1", "xy2"), "xy")
"""The numbers that lie on the axes, and on which; all others are measured by themselves."""
_OWN_MEASURE = {"values", "clim", "levels", "shapes", "u", "v", "zlim"}
_LAID_OUT = {"anchor", "box", "place"}
_LAYOUT = 0.005
"""By how much of a figure's size things may lie elsewhere where numbers may differ: other machines measure texts so."""


def difference(recorded: Data, actual: Data, *, same_number: SameNumber) -> str | None:
    """The first difference between two drawings as a line: `axes 0, line 1, y[3]: recorded 0.2447, drawn 0.2557`.

    `same_number(recorded, actual)` says whether two numbers agree. On linear axes it is also asked about them as seen
    from the end of the axis (`same_number(end, end + actual - recorded)`), for noise around 0 is not seen there. It
    gets a decimal within a text as a Decimal, which still knows the digits it was shown with.
    """
    return _Comparison(same_number, {}).dicts("", recorded, actual)


class _Comparison:
    """Walks through two drawings at once. `ends`: how far from 0 the axes x and y go, 0 for one that is not linear."""

    def __init__(self, same_number: SameNumber, ends: Mapping[str, float]):
        self.same_number = same_number
        self.ends = ends

    def first(self, where: str, old: Any, new: Any, end: float) -> str | None:
        """The first difference at or below a place whose numbers are seen on a scale that goes to `end`."""
        if isinstance(old, dict) and isinstance(new, dict):
            walk = self.summaries if "digest" in old and "digest" in new else self.dicts
            return walk(where, old, new)
        if isinstance(old, list) and isinstance(new, list):
            if where.rpartition(", ")[2] in _LAID_OUT and self._same_place(old, new):
                return None
            return self.lists(where, old, new, end)
        same = old == new or self.same_values(old, new, end)
        return None if same else f"{where}: recorded {_shown(old)}, drawn {_shown(new)}"

    def dicts(self, where: str, old: Data, new: Data) -> str | None:
        """The first difference between two things with names; axes set the ends for what is in them."""
        inner = _Comparison(self.same_number, _ends(old)) if "xscale" in old else self
        for key in {**old, **new}:
            place = where if key == "texts" else f"{where}, {key}".removeprefix(", ")
            empty: Data | None = {} if key == "texts" else None
            found = inner.first(place, old.get(key, empty), new.get(key, empty), inner.end(key, old.get(key)))
            if found:
                return found
        return None

    def lists(self, where: str, old: list[Any], new: list[Any], end: float) -> str | None:
        """The first difference between two lists: `line 1` of `lines`, `y[3]` of `y`."""
        if len(old) != len(new):
            return f"{where}: {len(old)} recorded, {len(new)} drawn"
        before, _, last = where.rpartition(", ")
        one = f"{before}, {_SINGULAR.get(last, last.removesuffix('s'))}".removeprefix(", ")
        for number, (a, b) in enumerate(zip(old, new, strict=True)):
            found = self.first(f"{one} {number}" if isinstance(a, dict) else f"{where}[{number}]", a, b, end)
            if found:
                return found
        return None

    def summaries(self, where: str, old: Data, new: Data) -> str | None:
        """The first difference between two large arrays.

        Different digests alone say that some number differs in its sixth digit: it matters if 1 and 1.000001 differ.
        """
        if old["digest"] == new["digest"] and old["shape"] == new["shape"]:
            return None
        end = _greatest([old["min"], old["max"]])
        for key in ("shape", "min", "max", "mean", "parts"):
            found = self.first(f"{where}, {key}", old[key], new[key], end if key != "shape" else 0)
            if found:
                return found
        if self.same_number(1.0, 1.000001):
            return None
        return f"{where}: some of {' x '.join(map(str, old['shape']))} numbers differ (least, greatest and mean do not)"

    def same_values(self, old: Any, new: Any, end: float) -> bool:
        """Whether two texts or numbers agree."""
        if isinstance(old, str) and isinstance(new, str):
            pairs = zip(_decimals(old), _decimals(new), strict=False)
            return _DECIMAL.sub("#", old) == _DECIMAL.sub("#", new) and all(self.same_number(a, b) for a, b in pairs)
        if not (isinstance(old, (int, float)) and isinstance(new, (int, float))):
            return False
        return self.same_number(old, new) or (end > 0 and self.same_number(end, end + new - old))

    def _same_place(self, old: list[Any], new: list[Any]) -> bool:
        near = (abs(a - b) <= _LAYOUT for a, b in zip(old, new, strict=False))
        return len(old) == len(new) and self.same_number(1.0, 1.000001) and all(near)

    def end(self, key: str, values: Any) -> float:
        """How far from 0 the scale goes on which the numbers under a key are seen."""
        if key in _OWN_MEASURE:
            return _greatest(values)
        return min((self.ends.get(axis, 0.0) for axis in _SEEN_ALONG.get(key, "")), default=0.0)


def _ends(axes: Data) -> dict[str, float]:
    return {axis: _greatest(axes[f"{axis}lim"]) if axes[f"{axis}scale"] == "linear" else 0.0 for axis in "xy"}


def _greatest(values: Any) -> float:
    """The greatest distance from 0 in nested lists of numbers."""
    if isinstance(values, list):
        return max(map(_greatest, values), default=0.0)
    return abs(values) if isinstance(values, (int, float)) else 0.0


def _decimals(text: str) -> list[Decimal]:
    return [Decimal(number.replace("−", "-")) for number in _DECIMAL.findall(text)]


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    text = f"{value:g}" if isinstance(value, (int, float)) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:59] + "…"
