"""What the names of a program stand for, in lines that a run of the lesson and one of the program alone must share."""

from __future__ import annotations

import random
import re
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lessonkit.running.boundary import imported
from lessonkit.running.description import Description, digest
from lessonkit.running.float_summary import close, plain, structure

LONGEST = 160
"""A longer description ends with the digest of the whole."""

TORCH, NUMPY, PYTHON = "random state of torch", "random state of numpy", "random state of Python"
"""The hidden states, beside the names; no name has a space in it."""


_WORD = re.compile(r"[^\W\d]\w*")
START = 86_028_121
"""With what random numbers begin where names are compared; a lesson that seeds nothing gives others in each process."""


class Fingerprint(NamedTuple):
    """What a value is: `said` to the last digit, a digest of all but floating-point numbers, and those (see Sketch)."""

    said: str
    structure: str
    sketch: Sequence[Sequence[float]]

    def agrees(self, other: Fingerprint | None) -> bool:
        """Whether two values are the same up to rounding noise."""
        if other is None or self.said == other.said:
            return other is not None
        return self.structure == other.structure and close(self.sketch, other.sketch)


def mentioned(source: str, namespace: Mapping[str, object]) -> dict[str, object]:
    """The part of a namespace that a text mentions, itself or by the functions and classes of the program in it."""
    found: dict[str, object] = {}
    todo = set(_WORD.findall(source))
    while todo:
        name = todo.pop()
        if name in namespace and name not in found:
            found[name] = namespace[name]
            todo |= set(_names_in(namespace[name]))
    return found


def _names_in(value: object) -> Iterator[str]:
    """The names that the code of a function, a class or the class of an object reads; of wrapped functions too."""
    own = value if isinstance(value, type) else type(value)
    if isinstance(value, types.CodeType):
        yield from value.co_names
        parts: Iterable[object] = [part for part in value.co_consts if isinstance(part, types.CodeType)]
    elif isinstance(value, types.FunctionType):
        cells = [cell.cell_contents for cell in value.__closure__ or () if cell != types.CellType()]
        parts = [value.__code__, *(held for held in cells if isinstance(held, types.FunctionType))]
    elif getattr(own, "__module__", None) == "__main__":
        members = [getattr(one, "__func__", getattr(one, "fget", one)) for one in vars(own).values()]
        parts = [*(one for one in members if isinstance(one, types.FunctionType)), *own.__bases__]
    else:
        return
    for part in parts:
        yield from _names_in(part)


def fingerprints(namespace: Mapping[str, object]) -> dict[str, Fingerprint]:
    """What each name of a program stands for, and the random states of Python, NumPy and torch."""
    names = {name: value for name, value in namespace.items() if not (name.startswith("__") and name.endswith("__"))}
    names[PYTHON] = random.getstate()
    if numpy := imported("numpy.random"):
        names[NUMPY] = numpy.get_state()
    if hasattr(torch := imported("torch"), "get_rng_state"):
        names[TORCH] = torch.get_rng_state()
    return {name: fingerprint(value) for name, value in names.items()}


def fingerprint(value: object) -> Fingerprint:
    """The fingerprint of a value; `said` is one line of at most LONGEST characters."""
    walk = Description()
    text = walk.of(value)
    said, kept = plain(text), structure(text)
    if len(said) > LONGEST:
        said = f"{said[: LONGEST - 18]}… {digest(said.encode(errors='surrogatepass'))}"
    return Fingerprint(said, digest(kept.encode(errors="surrogatepass")), walk.sketch.entries)


def begin() -> None:
    """Lets the random numbers of the process begin as they do in every other one."""
    random.seed(START)
    if numpy := imported("numpy.random"):
        numpy.seed(START)
    if hasattr(torch := imported("torch"), "manual_seed"):
        torch.manual_seed(START)
