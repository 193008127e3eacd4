"""Many cases of one kind: everybody's `pytest` runs some of them, and `pytest --all` the others too."""

from __future__ import annotations

from collections.abc import Iterable

import pytest


def sampled(cases: Iterable[object], every: int) -> list[object]:
    """All cases for `parametrize`; the first of each `every` is for everybody, the others are marked `rest`."""
    return [case if number % every == 0 else _rest(case) for number, case in enumerate(cases)]


def _rest(case: object) -> object:
    return pytest.param(*(case if isinstance(case, tuple) else (case,)), marks=pytest.mark.rest)
