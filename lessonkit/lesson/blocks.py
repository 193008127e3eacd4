"""The blocks of a piece of Markdown: paragraphs, list items, rows of tables, questions, each with its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lessonkit.lesson.choices import MARK, parted
from lessonkit.lesson.prose import ADMONITION, HEADING, without_fences

ITEM = re.compile(r"^[ \t]*(?P<mark>[-*+]|\d+[.)])[ \t]+(?=\S)")
RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*$")
ATTRIBUTES = re.compile(r"^[ \t]*\{:?[ \t]*[.#][^}\n]*\}[ \t]*$")
TITLE = re.compile(r'[ \t]+"(?P<title>.*)"[ \t]*$')
CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Block:
    """A block: its `kind`, its first line (from 0), how far it is indented, and its text as it stands there.

    Kinds are `heading`, `paragraph`, `list item`, `table row`, `table cell`, `formula` (one on lines of its own),
    `question`, and for other admonitions their own word (`warning`); the text of those two is their title. An item of a
    question's choices is two blocks: the `choice` with its mark, `[x] They stay the same`, and its `explanation`.
    `number` is that of an item of an ordered list.
    """

    kind: str
    line: int
    indent: int
    text: str
    number: str = ""


@lru_cache(maxsize=4096)
def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks in order. Fenced code is none; a row of a table is followed by its cells."""
    return tuple(_blocks(markdown))


def _blocks(markdown: str) -> Iterator[Block]:
    gathered: list[str] = []
    kind, start = "", 0
    for number, line in enumerate([*without_fences(markdown).split("\n"), ""]):
        begins = _begins(line, kind)
        if begins is None and line.strip():
            gathered.append(line)
            continue
        if gathered:
            yield from _block(kind, start, gathered)
        gathered = []
        if begins in ("heading", "row", "admonition"):
            yield from _whole(begins, number, line)
        elif begins:
            kind, start, gathered = begins, number, [line]
            continue
        kind = ""


def _begins(line: str, open_kind: str) -> str | None:
    """What a line begins, `""` where it is none of a block; None where it belongs to the open one."""
    if not line.strip() or ATTRIBUTES.match(line):
        return ""
    if open_kind == "formula":
        return None
    for begun, found in (("heading", HEADING.match(line)), ("admonition", ADMONITION.match(line))):
        if found:
            return begun
    if line.lstrip().startswith("|"):
        return "" if RULE.match(line) else "row"
    if ITEM.match(line):
        return "list item"
    if line.lstrip().startswith("$$"):
        return "formula"
    return None if open_kind else "paragraph"


def _block(kind: str, start: int, lines: list[str]) -> Iterator[Block]:
    text = "\n".join(lines)
    indent = _indent(text)
    item = ITEM.match(text)
    number = item["mark"].strip("-*+.)") if item else ""
    text = text[item.end() :] if item else text
    if kind == "list item" and MARK.match(text):
        choice, why = parted(text)
        yield Block("choice", start, indent, choice)
        yield Block("explanation", start + text[: len(text) - len(why)].count("\n"), indent, why)
    else:
        yield Block(kind, start, indent, text, number)


def _whole(begins: str, number: int, line: str) -> Iterator[Block]:
    """The blocks of a line that is one by itself."""
    indent = _indent(line)
    if begins == "heading" and (found := HEADING.match(line)):
        yield Block("heading", number, indent, found["title"])
    elif begins == "admonition" and (found := ADMONITION.match(line)):
        title = TITLE.match(line[found.end() :])
        yield Block(found["type"], number, indent, title["title"] if title else "")
    else:
        cells = CELL.split(line.strip().removeprefix("|").removesuffix("|"))
        yield Block("table row", number, indent, "")
        yield from (Block("table cell", number, indent, cell.strip()) for cell in cells)


def _indent(line: str) -> int:
    return len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
