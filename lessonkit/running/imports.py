"""Imports of a program put off until they are needed, so that programs with other imports share how they begin."""

from __future__ import annotations

import ast
from collections.abc import Sequence

LOOKS_ANYWHERE = {"dir", "eval", "exec", "globals", "locals", "vars"}
"""What a statement may use names through that it does not mention."""


def late_imports(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    """The statements of a program, each import right before the first later statement that mentions its name.

    An import whose name is not mentioned after it is there for what it does, and stays where it is.
    """
    mentioned = [_mentioned(statement) for statement in body]
    done: list[ast.stmt] = []
    waiting: list[tuple[ast.stmt, set[str]]] = []
    for place, statement in enumerate(body):
        calls_for = _bound(statement) | LOOKS_ANYWHERE
        if _may_wait(statement) and not all(calls_for.isdisjoint(names) for names in mentioned[place + 1 :]):
            waiting.append((statement, calls_for))
            continue
        done += [one for one, names in waiting if names & mentioned[place]]
        waiting = [(one, names) for one, names in waiting if names.isdisjoint(mentioned[place])]
        done.append(statement)
    return done + [one for one, _ in waiting]


def _may_wait(statement: ast.stmt) -> bool:
    """Whether it is an import, and neither a switch of the compiler nor one of names that are not told."""
    if isinstance(statement, ast.ImportFrom):
        return statement.module != "__future__" and all(one.name != "*" for one in statement.names)
    return isinstance(statement, ast.Import)


def _bound(node: ast.AST) -> set[str]:
    """The names that an import binds: `import a.b` binds a. Of anything else none."""
    aliases = node.names if isinstance(node, ast.Import | ast.ImportFrom) else []
    return {one.asname or one.name.partition(".")[0] for one in aliases}


def _mentioned(statement: ast.stmt) -> set[str]:
    """All names that a statement reads or binds, at any depth."""
    names: set[str] = set()
    for node in ast.walk(statement):
        told = (getattr(node, "id", None), getattr(node, "name", None), *getattr(node, "names", ()))
        names |= _bound(node) | {name for name in told if isinstance(name, str)}
    return names
