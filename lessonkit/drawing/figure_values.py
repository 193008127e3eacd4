"""Values of Matplotlib (numbers, colours, styles, norms) as JSON holds them."""

from __future__ import annotations

import contextlib
import enum
import hashlib
import json
import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lessonkit.drawing.figure_svg import HOUSE

if TYPE_CHECKING:
    from numpy.typing import NDArray

Data = dict[str, Any]
"""A thing as JSON holds it: under each name numbers, texts, lists of them and more such things."""

MANY = 2000
"""An array of more numbers than this is kept as a digest with its least, greatest and mean value and means of parts."""
PARTS = 32
"""Of how many parts of a large array the means are kept: a change that the mean of all hides shows in one of them."""


def some(things: Mapping[str, Any]) -> Data:
    """The entries that hold something."""
    return {key: value for key, value in things.items() if not _nothing(value)}


def _nothing(value: Any) -> bool:
    return value is None or (isinstance(value, (str, list, dict)) and not value)


def value(thing: Any, *, is_colour: bool = False) -> Any:
    """Something as JSON holds it; NotImplemented for what it cannot hold."""
    import numpy as np

    if isinstance(thing, enum.Enum):
        return str(thing.value)
    if is_colour and thing is not None and not isinstance(thing, str):
        return _colours(thing)
    if isinstance(thing, str):
        return colour(thing) if is_colour else thing
    if thing is None or isinstance(thing, (bool, np.bool_)):
        return None if thing is None else bool(thing)
    if isinstance(thing, (int, float, np.number)):
        return numbers(thing)
    if isinstance(thing, np.ndarray) and thing.dtype.kind in "fiu":
        flat = np.unique(thing)
        return numbers(flat[0] if flat.size == 1 else thing)
    if isinstance(thing, dict):
        found = {str(key): value(one, is_colour="color" in str(key)) for key, one in thing.items()}
        return {key: one for key, one in found.items() if one is not NotImplemented}
    if isinstance(thing, (list, tuple)):
        parts = [value(part, is_colour=is_colour) for part in thing]
        return NotImplemented if NotImplemented in parts else parts[0] if len(parts) == 1 else parts
    return _thing(thing)


def _colours(thing: Any) -> Any:
    """One colour, or the colours of many, where they are equal only one."""
    import numpy as np

    array = np.asarray(thing, dtype=float)
    names = [colour(one) for one in array.reshape(-1, array.shape[-1])] if array.size else []
    return names[0] if len(set(names)) == 1 else names


def _thing(thing: Any) -> Any:
    """A style, norm, transform or effect by its class and by its own numbers and words."""
    if not type(thing).__module__.startswith("matplotlib") or hasattr(thing, "get_zorder"):
        return NotImplemented
    own = _own_values(thing)
    with contextlib.suppress(Exception):  # where one can be made without arguments, what it has by itself says nothing
        usual = _own_values(type(thing)())
        own = {key: one for key, one in own.items() if key not in usual or usual[key] != one}
    return {"kind": type(thing).__name__} | own


def _own_values(thing: Any) -> Data:
    own = {key.lstrip("_"): value(one) for key, one in sorted(vars(thing).items()) if _own(key, one)}
    return {key: one for key, one in own.items() if one is not NotImplemented}


def _own(key: str, one: Any) -> bool:
    """Whether an attribute is a value of its own, not one of the things that Matplotlib keeps beside it."""
    import numpy as np

    simple = isinstance(one, (bool, int, float, str, tuple, list, dict, np.ndarray))
    return simple and key not in ("_id", "callbacks", "_invalid", "_is_stale", "_parents")


def colour(shade: Any) -> str:
    """A colour's name in the house style (`c0`), else its hexadecimal form."""
    from matplotlib.colors import to_hex

    if isinstance(shade, str) and shade in ("none", "face", "auto"):
        return shade
    code = to_hex(shade, keep_alpha=True)
    names = {code: name for name, code in HOUSE.items()}
    solid, alpha = code[:7], code[7:]
    if alpha == "00":
        return "none"
    return names.get(solid, solid) + ("" if alpha == "ff" else f" {int(alpha, 16) / 255:.2f}")


def numbers(values: Any) -> Any:
    """Numbers to six significant digits as nested lists, or the summary of a large array."""
    import numpy as np

    if isinstance(values, (int, float)):
        return _rounded(float(values))
    array: NDArray[np.float64] = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)
    if array.size <= MANY:
        return _rounded(array.tolist())
    flat = array.ravel() + 0.0  # no -0.0
    finite = flat[np.isfinite(flat)]
    code = hashlib.sha256(",".join(f"{value:.6g}" for value in flat).encode()).hexdigest()[:16]
    parts = [part[np.isfinite(part)].sum() / part.size for part in np.array_split(flat, PARTS)]
    summary = {"min": finite.min(initial=np.inf), "max": finite.max(initial=-np.inf), "mean": finite.sum() / flat.size}
    reported = {key: _rounded(float(value)) for key, value in summary.items()}
    return {"shape": list(array.shape), "digest": code, **reported, "parts": _rounded(list(map(float, parts)))}


def digest(path: Any) -> str:
    """What tells one shape of a marker from another."""
    return hashlib.sha256(json.dumps(numbers(path.vertices.round(4) + 0.0)).encode()).hexdigest()[:8]


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    if not math.isfinite(value):
        return str(value)
    number = float(f"{value:.6g}")
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
