"""Code as Python's parser reads it, once for all who ask."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from functools import lru_cache


@lru_cache(maxsize=2048)
def parsed(source: str) -> tuple[ast.stmt, ...]:
    """The statements of a source that is Python. Others look at the same ones: nobody changes them."""
    return tuple(ast.parse(source).body)


def first_line(node: ast.stmt, lines: Sequence[str]) -> int:
    """The line, from 1, on which a top-level statement begins: what a decorator is may stand below its `@`."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    while first < node.lineno and not lines[first - 1].startswith("@"):
        first -= 1
    return first
