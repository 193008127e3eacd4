"""Habits of notebooks and scripts: what Python would run, and no page can show or no reader repeat."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.lesson.syntax_tree import parsed

Fault = tuple[str, str]
"""A sentence and a hint."""


def check_habits(lesson: Lesson) -> list[Problem]:
    """What the code does that a lesson does not. Looks whether an imported module is a lesson beside it."""
    problems = []
    trees = [
        (statement, [inner for top in parsed(statement.source) for inner in ast.walk(top)])
        for _, statement in lesson.statements
    ]
    own = {node.name for _, nodes in trees for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for statement, nodes in trees:
        for node in nodes:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in own:
                continue
            if not isinstance(node, ast.stmt | ast.expr | ast.keyword):  # what stands on no line
                continue
            for sentence, hint in _faults(lesson, node):
                line = statement.line + node.lineno - 1
                problems.append(Problem(lesson.path, line, sentence, (lesson.lines[line - 1].strip(),), hint))
    return problems


def _faults(lesson: Lesson, node: ast.AST) -> Iterator[Fault]:
    match node:
        case ast.ImportFrom(level=level) if level:
            yield "a lesson has no package, so nothing is imported from `.`", "Write what it needs into the lesson."
        case ast.Import() | ast.ImportFrom():
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            for name in names:
                yield from _imported(lesson, name)
        case ast.Call(func=ast.Name(id="input" | "breakpoint" as name)):
            yield f"a lesson asks nobody anything: {name}() waits for a keyboard", "Give the value in the code."
        case ast.Call(func=ast.Name(id="display" | "get_ipython" as name)):
            yield f"{name}() is known to IPython only", "Print the value, or draw a figure."
        case ast.Name(id="__file__"):
            yield "a notebook has no __file__", "Keep data in the code, or take what a package brings along."
        case ast.keyword(arg="num_workers", value=ast.Constant(value=int(number))) if number:
            yield (
                "a lesson is one process, and num_workers starts others",
                "Leave it out: data is loaded in the lesson.",
            )


def _imported(lesson: Lesson, name: str) -> Iterator[Fault]:
    top, _, inside = name.partition(".")
    beside = lesson.path.with_name(f"{top}.py")
    if (inside and top == lesson.path.parent.name) or (top != lesson.name and beside.exists()):
        other = (inside or top).partition(".")[0]
        hint = f"Write what it needs again, and link to the other one: [text]({other}.md)."
        yield f"a lesson stands alone: it does not import the lesson {other}", hint
    if name.startswith("google.colab"):
        yield (
            "google.colab is there on Colab only",
            "Leave it out: a lesson keeps its data in the code or in a package.",
        )
    if top in ("tqdm", "IPython", "ipywidgets"):
        hint = "Leave it out, and print what matters at the end."
        yield f"{top} shows something that changes while a cell runs, which no page can", hint
