"""Code of a notebook as a lesson has it: what it shows is printed, its comments are pairs."""

from __future__ import annotations

import ast
import io
import re
import tokenize

from lessonkit.lesson.cells import CODE_LANGUAGE
from lessonkit.lesson.prose import HANGUL
from lessonkit.words import LANGUAGES

TODO = {"ko": "TODO: 한국어로 적습니다.", "en": "TODO: write it in English."}
SHOW = re.compile(r"^[ \t]*(?:plt|pyplot)\.show\([^)]*\);?[ \t]*\n?", re.MULTILINE)
DRAWS = re.compile(r"\b(?:plt|ax\d*|axe?s?\[.*?\])\.(?:plot|bar|barh|scatter|imshow|hist|contourf?|matshow|pie)\(")


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
        or bool(re.match(r"(?:plt|axe?s?\d*|fig\d*|print|display|help)\b", name))
        or name.rpartition(".")[2] in ("backward", "step", "train", "eval", "manual_seed", "append", "fit", "zero_grad")
    )


Comment = tuple[int, int, str, bool, int]
"""A comment: its line (from 0), its column, its text, whether code stands before it, the pieces of code before it."""
LAYOUT = (tokenize.NL, tokenize.INDENT, tokenize.DEDENT)


def comment_blocks(source: str) -> list[list[Comment]]:
    """The comments of a piece of code; those that stand right below each other are one block."""
    blocks: list[list[Comment]] = []
    place = 0
    try:
        tokens = [*tokenize.generate_tokens(io.StringIO(source + "\n").readline)]
    except (tokenize.TokenError, SyntaxError):
        return []
    for token in tokens:
        if token.type != tokenize.COMMENT:
            place += token.type not in LAYOUT
            continue
        line, column = token.start
        one = (line - 1, column, token.string.lstrip("# ").strip(), bool(token.line[:column].strip()), place)
        if blocks and not one[3] and not blocks[-1][-1][3] and one[0] == blocks[-1][-1][0] + 1:
            blocks[-1].append(one)
        else:
            blocks.append([one])
    return blocks


def in_words(text: str) -> bool:
    """Whether a comment says something in a language; a shape or a name does not."""
    return bool(HANGUL.search(text) or len(re.findall(r"[A-Za-z]{2,}", text)) > 1)


def counterparts(blocks: list[list[Comment]], others: list[list[Comment]]) -> list[list[str]]:
    """For each block of comments what stands at its place in the same code, [] where nothing does."""
    texts = [[one[2] for one in block] for block in others]
    if len(blocks) == len(others):
        return texts
    at = {block[0][4]: text for block, text in zip(others, texts, strict=True)}
    return [at.get(block[0][4], []) for block in blocks]


def unpaired(source: str, other: str) -> list[str]:
    """The comments of `other` in words that are the other half of none in the same code."""
    blocks, others = comment_blocks(printed(source)), comment_blocks(printed(other))
    found = counterparts(others, blocks)
    return [one[2] for block, half in zip(others, found, strict=True) if not half for one in block if in_words(one[2])]


def paired(source: str, other: str | None = None) -> str:
    """The code with each comment in words as a pair, of which `other`, the same code, may know the other half.

    A comment behind code moves above its line; one below the other in another language is its other half.
    """
    lines, blocks = source.split("\n"), comment_blocks(source)
    halves = counterparts(blocks, comment_blocks(printed(other)) if other is not None else [])
    for block, half in reversed(list(zip(blocks, halves, strict=True))):
        texts = [one[2] for one in block]
        if not any(map(in_words, [*texts, *half])):
            continue
        sides: dict[str, list[str]] = {}
        for text in texts:
            sides.setdefault(language(text), []).append(text)
        if half and texts != half:
            (main,) = sides if len(sides) == 1 else (CODE_LANGUAGE,)
            sides = {main: texts, next(lang for lang in LANGUAGES if lang != main): half}
        first, column, _, behind, _ = block[0]
        code = lines[first][:column].rstrip() if behind else ""
        indent = lines[first][: len(lines[first]) - len(lines[first].lstrip(" \t"))]
        pair = [f"{indent}# {one}: {line}" for one in LANGUAGES for line in sides.get(one) or [TODO[one]]]
        lines[first : first + len(block)] = [*pair, *([code] if behind else [])]
    return "\n".join(lines)


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
