"""Exercises: the starter that readers get, made from the solution."""

from __future__ import annotations

import ast
import textwrap

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


def starter(source: str) -> str:
    """The solution with what stands between each pair of marks made `...`.

    One assignment keeps its target (`answer = ...`). Raises ValueError, with a sentence, where the marks are missing
    or crossed, or where the rest would not compile.
    """
    result: list[str] = []
    held: list[str] | None = None
    for line in source.split("\n"):
        if line.strip() == BEGIN and held is None:
            held = []
        elif line.strip() == END and held:
            result.append(_blank(held))
            held = None
        elif line.strip() in (BEGIN, END):
            raise ValueError("the solution marks are crossed or hold nothing")
        elif held is not None:
            held.append(line)
        else:
            result.append(line)
    if held is not None or result == source.split("\n"):
        raise ValueError("the exercise has no solution between its marks")
    text = "\n".join(result)
    try:
        ast.parse(text)
    except SyntaxError as error:
        raise ValueError(f"the starter is not valid Python: {error.msg}") from None
    return text


def _blank(lines: list[str]) -> str:
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    try:
        body = ast.parse(textwrap.dedent("\n".join(lines))).body
    except SyntaxError:
        body = []
    if len(body) == 1 and isinstance(body[0], ast.Assign):
        return f"{indent}{' = '.join(ast.unparse(target) for target in body[0].targets)} = ..."
    if len(body) == 1 and isinstance(body[0], ast.AnnAssign):
        return f"{indent}{ast.unparse(body[0].target)}: {ast.unparse(body[0].annotation)} = ..."
    if not indent:
        raise ValueError("at the top level the marks hold exactly one assignment")
    return f"{indent}..."


def solution(source: str) -> str:
    """The solution without its marks."""
    return "\n".join(line for line in source.split("\n") if line.strip() not in (BEGIN, END))
