"""Wrong answers that anybody may try, made of the solution of an exercise that asks for a function."""

from __future__ import annotations

import copy
import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any

Function = Callable[..., Any]
CONSTANT, ZEROS, COPIED, ARGUMENT = "constant", "zeros", "copied", "argument"
TENSOR = ("shape", "dtype", "sum", "clone")
"""What tensors have and other things have not."""
KINDS = {
    CONSTANT: "it gives its first result again at every call",
    ZEROS: "it gives zeros, or equal probabilities",
    COPIED: "it gives back its first argument",
    ARGUMENT: "it knows only the first value of its argument",
}
"""What each of them does; an `argument` has the name of one behind it."""


class NoSuchAnswer(Exception):
    """A function that gives a text, say, has no answer of zeros."""


def labels(arguments: Sequence[str]) -> list[str]:
    """The automatic answers for a function with these arguments: `constant`, `zeros`, `copied`, `argument x`."""
    return [CONSTANT, ZEROS, *([COPIED] if arguments else []), *(f"{ARGUMENT} {name}" for name in arguments)]


def answer(label: str, function: Function) -> Function:
    """The automatic answer of this label."""
    kind, _, name = label.partition(" ")
    makers: dict[str, Callable[[Function], Function]] = {CONSTANT: _constant, ZEROS: _zeros, COPIED: _copied}
    make = makers.get(kind, functools.partial(_frozen, name=name))
    return functools.wraps(function)(make(function))


def _constant(function: Function) -> Function:
    kept: list[Any] = []

    def constant(*args: Any, **kwargs: Any) -> Any:
        if not kept:
            kept.append(function(*args, **kwargs))
        return _copy(kept[0])

    return constant


def _zeros(function: Function) -> Function:
    def zeros(*args: Any, **kwargs: Any) -> Any:
        result = function(*args, **kwargs)
        if not (result is None or _numeric(result)):
            raise NoSuchAnswer
        return _zero(result)

    return zeros


def _copied(_: Function) -> Function:
    return lambda *args, **kwargs: next(iter((*args, *kwargs.values())), None)


def _frozen(function: Function, name: str) -> Function:
    signature = inspect.signature(function)
    kept: list[Any] = []

    def frozen(*args: Any, **kwargs: Any) -> Any:
        given = signature.bind(*args, **kwargs)
        given.apply_defaults()
        if not kept:
            kept.append(_copy(given.arguments[name]))
        given.arguments[name] = _copy(kept[0])
        return function(*given.args, **given.kwargs)

    return frozen


def _copy(value: Any) -> Any:
    try:
        return copy.deepcopy(value)
    except Exception:  # a generator, a tensor within a graph: then the thing itself
        return value


def _numeric(value: Any) -> bool:
    """Whether a value is a number or a tensor, or holds one."""
    if isinstance(value, tuple | list | dict):
        return any(map(_numeric, value.values() if isinstance(value, dict) else value))
    return isinstance(value, bool | int | float) or all(hasattr(value, name) for name in TENSOR)


def _zero(value: Any) -> Any:
    """A value of the same type and shape that is zero throughout; where it is probabilities, uniform."""
    if isinstance(value, bool | int | float):
        return type(value)(0)
    if type(value) in (tuple, list, dict):
        zeros = map(_zero, value.values() if isinstance(value, dict) else value)
        return dict(zip(value, zeros, strict=True)) if isinstance(value, dict) else type(value)(zeros)
    if not _numeric(value):
        return value
    size = value.shape[-1] if value.shape else 0
    if size > 1 and value.is_floating_point():
        sums = value.sum(-1)
        if bool(((sums - 1).abs() < 1e-3).all()) and bool((value >= 0).all()):
            return value * 0 + 1 / size
    return value.detach() * 0 if value.isfinite().all() else value.detach().clone().zero_()


def describe(value: Any) -> str:
    """Type and shape of a value: `float`, `Tensor (2, 3)`, `tuple (int, Tensor (3,))`; of a dictionary its type."""
    kind = type(value).__name__
    if hasattr(value, "shape") and hasattr(value, "dtype"):
        return f"{kind} {tuple(value.shape)}"
    if isinstance(value, tuple | list) and len(value) <= 20:
        return f"{kind} ({', '.join(map(describe, value))})"
    return f"{kind} of {len(value)}" if isinstance(value, tuple | list | set) else kind


def fits(expected: str, found: str) -> bool:
    """Whether a description says the same as the expected one; an int may stand for a float."""
    one, two = (text.split() for text in (expected.replace("(", "( "), found.replace("(", "( ")))
    same = zip(one, two, strict=False)
    return len(one) == len(two) and all(a == b or (a.strip(",)"), b.strip(",)")) == ("float", "int") for a, b in same)
