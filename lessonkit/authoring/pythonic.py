"""Code of a notebook as a lesson has it: what it shows is printed, its comments are pairs."""

from __future__ import annotations

import ast
import io
import re
import tokenize

from lessonkit.lesson.prose import HANGUL
from lessonkit.words import LANGUAGES

TODO = {"ko": "TODO: 한국어로 적습니다.", "en": "TODO: write it in English."}
SHOW = re.compile(r"^[ \t]*(?:plt|pyplot)\.show\([^)]*\);?[ \t]*\n?", re.MULTILINE)
DRAWS = re.compile(
    r"\b(?:plt|ax|axes\[.*?\]|axs?\[.*?\])\.(?:plot|bar|barh|scatter|imshow|hist|contourf?|matshow|pie)\("
)


def language(text: str) -> str:
    """The language of a text: Korean where it holds Hangul."""
    return "ko" if HANGUL.search(text) else "en"


def draws(source: str) -> bool:
    """Whether a piece of code seems to draw a figure."""
    return bool(DRAWS.search(source) or SHOW.search(source))


def printed(source: str) -> str:
    """The code with a last expression that a notebook would show inside `print(...)`, and without `plt.show()`."""
    source = SHOW.sub("", source).rstrip()
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError):
        return source
    last = body[-1] if body else None
    if not isinstance(last, ast.Expr) or _is_done(last.value, source):
        return source.rstrip().removesuffix(";") if last and source.endswith(";") else source
    lines = source.split("\n")
    start, end = last.lineno - 1, last.end_lineno or last.lineno
    whole = "\n".join(lines[start:end])
    expression = ast.get_source_segment(source, last.value) or ""
    return "\n".join([*lines[:start], whole.replace(expression, f"print({expression})", 1), *lines[end:]])


def _is_done(value: ast.expr, source: str) -> bool:
    """Whether an expression is there for what it does rather than for its value."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return True
    if not isinstance(value, ast.Call):
        return source.rstrip().endswith(";")
    name = ast.unparse(value.func)
    return (
        source.rstrip().endswith(";")
        or name.partition(".")[0] in ("plt", "ax", "axes", "fig", "print")
        or name.rpartition(".")[2] in ("backward", "step", "train", "eval", "manual_seed", "append", "fit", "zero_grad")
    )


def comments(source: str) -> list[tuple[int, int, str, bool]]:
    """The comments that say something in words: line (from 0), column, text, whether code stands before it."""
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source + "\n").readline):
            text = token.string.lstrip("# ").strip()
            if token.type == tokenize.COMMENT and (HANGUL.search(text) or len(re.findall(r"[A-Za-z]{2,}", text)) > 1):
                line, column = token.start
                found.append((line - 1, column, text, bool(token.line[:column].strip())))
    except (tokenize.TokenError, SyntaxError):
        return []
    return found


def paired(source: str, other: list[str] | None = None) -> str:
    """The code with each comment in words as a pair; `other` are those of the code in the other language, in order.

    A comment behind code moves above its line.
    """
    lines, said = source.split("\n"), comments(source)
    blocks: list[list[tuple[int, int, str, bool]]] = []
    for one in said:
        if blocks and not one[3] and not blocks[-1][-1][3] and one[0] == blocks[-1][-1][0] + 1:
            blocks[-1].append(one)
        else:
            blocks.append([one])
    for index, block in reversed(list(enumerate(blocks))):
        first, column, text, behind = block[0]
        texts = [one[2] for one in block]
        lang = language(" ".join(texts))
        others = [other[index]] if other is not None and len(other) == len(blocks) else None
        sides = {one: texts if one == lang else others or [TODO[one]] for one in LANGUAGES}
        code = lines[first][:column].rstrip() if behind else ""
        indent = lines[first][: len(lines[first]) - len(lines[first].lstrip(" \t"))]
        pair = [f"{indent}# {one}: {line}" for one in LANGUAGES for line in sides[one]]
        lines[first : first + len(block)] = [*pair, *([code] if behind else [])]
    return "\n".join(lines)


def comment_blocks(source: str) -> list[str]:
    """What the blocks of comments say, each on one line."""
    blocks: list[tuple[int, bool, str]] = []
    for line, _, text, behind in comments(source):
        if blocks and not behind and not blocks[-1][1] and line == blocks[-1][0] + 1:
            blocks[-1] = (line, False, f"{blocks[-1][2]} {text}")
        else:
            blocks.append((line, behind, text))
    return [text for _, _, text in blocks]


def same_code(source: str) -> str:
    """What two pieces of code have in common that differ in comments, layout and texts only."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return source.strip()
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)
