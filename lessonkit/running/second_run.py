"""A second run of a lesson, elsewhere: other hashes, another day and hour, another computer, folders in another order.

What a page shows may not depend on any of these; `nondeterminism.varying` compares the runs.
"""

from __future__ import annotations

import ast
import os
import platform
import socket
from collections.abc import Iterator
from typing import Any

from lessonkit.lesson.cells import Lesson

ORDERLESS = {"all", "any", "isinstance", "len", "max", "min", "sorted", "sum", "issubset", "issuperset", "isdisjoint"}
"""Functions and methods whose result does not know the order of a set."""
RUNS_WITH_SETS = 8
"""Runs elsewhere of a lesson that may show the order of a set: two strings have the same order in all once in 256."""


def environment(number: int, inherited: dict[str, str]) -> dict[str, str]:
    """What is different elsewhere; `number` counts the places from 1."""
    seed = str(number + (inherited.get("PYTHONHASHSEED") == str(number)) * RUNS_WITH_SETS)
    return {"PYTHONHASHSEED": seed, "TZ": "ELSEWHERE-24:59:59"}  # another day, hour, minute, second


def places(lesson: Lesson) -> range:
    """The places where a lesson runs again before it is recorded."""
    sets = any(_shows_a_set(ast.parse(statement.source)) for _, statement in lesson.statements)
    return range(1, (RUNS_WITH_SETS if sets else 1) + 1)


def _shows_a_set(tree: ast.AST) -> bool:
    """Whether code makes a set (or a hash) and may come to see its order."""
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    return any(_makes_a_set(node) and not _orderless(node, parents) for node in ast.walk(tree))


def _makes_a_set(node: ast.AST) -> bool:
    if isinstance(node, ast.Call):
        return getattr(node.func, "id", "") in ("set", "frozenset", "hash")
    on_keys = isinstance(node, ast.BinOp) and any(
        isinstance(side, ast.Call) and getattr(side.func, "attr", "") in ("keys", "items")
        for side in (node.left, node.right)
    )
    return on_keys or isinstance(node, ast.Set | ast.SetComp)


def _orderless(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a set goes straight into a comparison, or into what does not know its order."""
    parent = parents.get(node)
    while isinstance(parent, ast.BinOp | ast.UnaryOp | ast.BoolOp):
        parent = parents.get(parent)
    if isinstance(parent, ast.Call):
        name = getattr(parent.func, "id", None) or getattr(parent.func, "attr", "")
        return name in ORDERLESS
    return isinstance(parent, ast.Compare | ast.Assert)


def name_another_computer() -> None:
    """From now on this computer, its user and their folder have other names, and it has one more processor."""
    name, processors = "elsewhere", (os.cpu_count() or 0) + 1
    os.environ |= dict.fromkeys(("USER", "LOGNAME", "LNAME", "USERNAME", "HOSTNAME"), name)
    os.environ |= dict.fromkeys(("HOME", "USERPROFILE"), os.path.join(os.path.abspath(os.sep), "home", name))
    os.cpu_count = lambda: processors
    socket.gethostname = platform.node = lambda: name
    if hasattr(os, "uname"):
        here = os.uname()
        os.uname = lambda: os.uname_result((here.sysname, name, *here[2:]))


def list_folders_backwards() -> None:
    """From now on folders are listed in reverse: their order is that of the file system, another one on each."""
    listdir, scandir = os.listdir, os.scandir

    class Backwards:
        def __init__(self, path: Any = None):
            with scandir(path) as entries:
                self._entries = iter([*entries][::-1])

        def __iter__(self) -> Iterator[os.DirEntry[Any]]:
            return self._entries

        def __next__(self) -> os.DirEntry[Any]:
            return next(self._entries)

        def __enter__(self) -> Backwards:
            return self

        def __exit__(self, *_: object) -> None:
            self.close()

        def close(self) -> None:
            self._entries = iter(())

    def backwards(path: Any = None) -> list[Any]:
        return listdir(path)[::-1]

    os.listdir = backwards
    os.scandir = Backwards  # type: ignore[assignment]  # one class for all kinds of paths, which os tells apart
