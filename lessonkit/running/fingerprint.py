"""What the names of a program stand for, in lines that a run of the lesson and one of the program alone must share."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from lessonkit.running.description import Description, digest

LONGEST = 160
"""A longer description ends with the digest of the whole."""

TORCH, NUMPY, PYTHON = "random state of torch", "random state of numpy", "random state of Python"
"""The hidden states, beside the names; no name has a blank in it."""


def fingerprints(namespace: Mapping[str, object]) -> dict[str, str]:
    """What each name of a program stands for, and the random states of Python, NumPy and torch."""
    names = {name: value for name, value in namespace.items() if not (name.startswith("__") and name.endswith("__"))}
    found = {name: fingerprint(value) for name, value in names.items()}
    found[PYTHON] = fingerprint(sys.modules["random"].getstate())
    if numpy := sys.modules.get("numpy.random"):
        found[NUMPY] = fingerprint(numpy.get_state())
    if hasattr(torch := sys.modules.get("torch"), "get_rng_state"):
        found[TORCH] = fingerprint(torch.get_rng_state())
    return found


def fingerprint(value: object) -> str:
    """The description of a value in one line of at most about LONGEST characters."""
    text = Description().of(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 18]}… {digest(text.encode(errors='surrogatepass'))}"
