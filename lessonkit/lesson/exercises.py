"""Exercises: the starter that readers get, made from the solution."""

from __future__ import annotations

import ast
from functools import lru_cache

from lessonkit.lesson.tokens import scan

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


def starter(source: str) -> str:
    """The solution with what stands between each pair of marks made `...`.

    One assignment keeps its target (`answer = ...`). Raises ValueError, with a sentence, where the marks are missing
    or crossed, or where the rest would not compile.
    """
    result: list[str] = []
    held: list[str] | None = None
    marks = _marks(source)
    for number, line in enumerate(source.split("\n"), 1):
        mark = marks.get(number)
        if mark == BEGIN and held is None:
            held = []
        elif mark == END and held is not None:
            result.append(_blank(held))
            held = None
        elif mark:
            raise ValueError("the solution marks are crossed")
        elif held is not None:
            held.append(line)
        else:
            result.append(line)
    if held is not None:
        raise ValueError(f"the exercise has no {END}")
    if result == source.split("\n"):
        raise ValueError("the exercise marks no solution")
    text = "\n".join(result)
    try:
        compile(text, "starter", "exec", dont_inherit=True)
    except SyntaxError as error:
        raise ValueError(f"the starter is not valid Python: {error.msg}") from None
    return text


def _marks(source: str) -> dict[int, str]:
    """The marks of a solution by their lines; the same text in a string is no mark."""
    if BEGIN not in source and END not in source:
        return {}
    comments = scan(source).comments
    return {line: text for line, (_, text) in comments.items() if text in (BEGIN, END)}


def _blank(lines: list[str]) -> str:
    """What the starter shows instead of these lines."""
    first = next((line for line in lines if line.strip()), None)
    if first is None:
        raise ValueError("the solution marks hold nothing")
    indent = first[: len(first) - len(first.lstrip())]
    statements, text = _statements(lines, indent)
    if len(statements) == 1 and isinstance(statements[0], ast.Assign | ast.AnnAssign):
        return f"{indent}{_target(statements[0], text)} = ..."
    if not indent:
        raise ValueError("outside a function the marks hold exactly one assignment")
    return f"{indent}..."


def _statements(lines: list[str], indent: str) -> tuple[list[ast.stmt], str]:
    """The statements in these lines, and the text that their positions belong to."""
    above = ["def _():"] if indent else []
    text = "\n".join([*above, *lines, f"{indent}pass"])
    try:
        body = ast.parse(text).body
    except SyntaxError:
        body = []
    if indent:
        body = body[0].body if len(body) == 1 and isinstance(body[0], ast.FunctionDef) else []
    if not body:
        raise ValueError("the solution marks cross the border of a statement")
    return body[:-1], text


def _target(node: ast.Assign | ast.AnnAssign, text: str) -> str:
    """An assignment up to its last `=`, as it was written."""
    if isinstance(node, ast.Assign):
        return " = ".join(f"{ast.get_source_segment(text, target)}" for target in node.targets)
    return f"{ast.get_source_segment(text, node.target)}: {ast.get_source_segment(text, node.annotation)}"


def asked(source: str) -> dict[str, bool]:
    """The names that the solution binds at top level, and whether each is a function or a class."""
    lines = set(_marks(source))
    found: dict[str, bool] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            if not lines.isdisjoint(range(node.lineno, (node.end_lineno or node.lineno) + 2)):
                found[node.name] = True
        elif lines and min(lines) < node.lineno < max(lines):
            found |= dict.fromkeys(bound(node), False)
    return found


def bound(node: ast.AST) -> list[str]:
    """The names that a statement binds, or changes a part of, outside the functions in it."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    names = [name for child in ast.iter_child_nodes(node) for name in bound(child)]
    if isinstance(node, ast.Subscript | ast.Attribute) and isinstance(node.ctx, ast.Store):
        return [one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)][:1]
    return [node.id] if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else names


@lru_cache(maxsize=4096)
def solution(source: str) -> str:
    """The solution without its marks."""
    marks = _marks(source)
    return "\n".join(line for number, line in enumerate(source.split("\n"), 1) if number not in marks)
