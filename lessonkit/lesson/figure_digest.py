"""Which code a figure is drawn by, as a digest of its syntax tree: comments and layout do not count."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from lessonkit.lesson.cells import CODE_LANGUAGE, Code, Lesson
from lessonkit.lesson.syntax_tree import parsed

_NO_CODE = {"ctx", "kind", "type_comment"}
"""Fields of a tree that say nothing about what it does, or follow from the rest."""
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def figure_code(lesson: Lesson, cell: Code) -> str:
    """16 hexadecimal digits that change with the code of a figure's cell, and with the functions and classes of the
    lesson that it uses, directly or through others. What it takes from earlier cells else shows in what it draws.
    """
    return _digests(lesson)[cell.line]


@lru_cache(maxsize=64)
def _digests(lesson: Lesson) -> dict[int, str]:
    defined: dict[str, ast.AST] = {}
    found = {}
    for cell in lesson.code:
        body = parsed(cell.sources[CODE_LANGUAGE])
        if cell.kind == "figure":
            trees = [*body, *_used(body, defined)]
            found[cell.line] = hashlib.sha256("\n".join(map(tree_text, trees)).encode()).hexdigest()[:16]
        defined |= {name: node for node in body for name in _defines(node)}
    return found


def _defines(node: ast.stmt) -> list[str]:
    """The names of what a statement defines: a function, a class, a lambda."""
    if isinstance(node, _DEFINITIONS):
        return [node.name]
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Lambda):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    return []


def _used(body: Sequence[ast.stmt], defined: dict[str, ast.AST]) -> Iterator[ast.AST]:
    """The definitions from before that code uses, each once, in the order of their names."""
    wanted: dict[str, ast.AST] = {}
    waiting: list[ast.AST] = [*body]
    while waiting:
        for node in ast.walk(waiting.pop()):
            if isinstance(node, ast.Name) and node.id in defined and node.id not in wanted:
                wanted[node.id] = defined[node.id]
                waiting.append(defined[node.id])
    return (wanted[name] for name in sorted(wanted))


def tree_text(node: Any) -> str:
    """A syntax tree as text, the same in every version of Python: fields that hold nothing are left out."""
    if isinstance(node, ast.AST):
        fields = ((name, one) for name, one in ast.iter_fields(node) if name not in _NO_CODE and one not in (None, []))
        return f"{type(node).__name__}({', '.join(f'{name}={tree_text(one)}' for name, one in fields)})"
    if isinstance(node, list):
        return f"[{', '.join(map(tree_text, node))}]"
    return ascii(node)
