"""Code as Python's parser reads it, once for all who ask."""

from __future__ import annotations

import ast
from functools import lru_cache


@lru_cache(maxsize=2048)
def parsed(source: str) -> tuple[ast.stmt, ...]:
    """The statements of a source that is Python. Others look at the same ones: nobody changes them."""
    return tuple(ast.parse(source).body)
