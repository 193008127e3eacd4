"""Expressions that stand alone: a notebook shows the last one of a cell, a page shows only what is printed."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.lesson.syntax_tree import parsed

BLOCKS = (ast.If, ast.For, ast.While, ast.With, ast.Match)
EXPECTS_AN_ERROR = ("raises", "suppress")
"""Context managers in which an expression may stand for the error that it raises, as it may in `try`."""


def unshown(lesson: Lesson) -> Iterator[Problem]:
    """A problem for each expression that does nothing and is shown nowhere. Of calls the run tells (`Outcome`)."""
    for number, (_, statement) in enumerate(lesson.statements):
        body = list(parsed(statement.source))
        docstring = number == 0 and ast.get_docstring(ast.Module(body, [])) is not None
        for node in _alone(body[1:] if docstring else body):
            line = node.lineno + statement.line - 1
            yield _problem(lesson, line, "this expression is shown nowhere", "Print it, or remove it.")


def value(lesson: Lesson, number: int, line: int, kind: str) -> Problem:
    """A problem for a call, on a line (from 0) of a statement, whose value of this type is shown nowhere."""
    hint = "Print it; where the call is made for what it does, write `_ = ...`."
    return _problem(
        lesson,
        lesson.statements[number][1].line + line,
        f"the value of this call ({kind.rpartition('.')[2]}) is shown nowhere",
        hint,
    )


def _problem(lesson: Lesson, line: int, sentence: str, hint: str) -> Problem:
    return Problem(lesson.path, line, sentence, (f"  {lesson.lines[line - 1].strip()}",), hint)


def _alone(body: list[ast.stmt]) -> Iterator[ast.Expr]:
    """The expressions without effect that stand alone in a block and in those within it, functions left out."""
    for node in body:
        if isinstance(node, ast.Expr) and _idle(node.value):
            yield node
        elif isinstance(node, BLOCKS) and not _expects_an_error(node):
            for name in ("body", "orelse"):
                yield from _alone(getattr(node, name, []))
            for case in getattr(node, "cases", []):
                yield from _alone(case.body)


def _expects_an_error(node: ast.AST) -> bool:
    items = [ast.unparse(item.context_expr) for item in getattr(node, "items", [])]
    return any(name in item for item in items for name in EXPECTS_AN_ERROR)


def _idle(node: ast.expr) -> bool:
    """Whether an expression only has a value. `a or f()` and `[f(x) for x in y]` may be meant as statements."""
    match node:
        case ast.Call() | ast.Await() | ast.Yield() | ast.YieldFrom() | ast.NamedExpr():
            return False
        case ast.BoolOp(values=[*_, last]):
            return _idle(last)
        case ast.IfExp():
            return _idle(node.body) and _idle(node.orelse)
        case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
            return _idle(node.elt)
        case ast.Tuple(elts=[_, *_]) | ast.List(elts=[_, *_]):
            return any(map(_idle, node.elts))
    return True
