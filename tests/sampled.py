"""Many cases of one kind: everybody's `pytest` runs some of them, and `pytest --all` the others too."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

TRAINING = {"mnist_capstone", "regularization_lab", "training_recipe", "learning_rate", "momentum_adam"}
TRAINING |= {"train_val_test", "standardization", "softmax_regression", "weight_decay"}
"""Lessons that train for long. Their programs and notebooks are compared with them, statement by statement; only of the
others they are run once more, for what a kernel or a program of its own does otherwise."""


def sampled(cases: Iterable[object], every: int) -> list[object]:
    """All cases for `parametrize`; the first of each `every` is for everybody, the others are marked `rest`."""
    return [case if number % every == 0 else _rest(case) for number, case in enumerate(cases)]


def _rest(case: object) -> object:
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.rest)
