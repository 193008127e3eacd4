"""The programs that a page offers to copy, told by pieces of the code blocks it shows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from html.parser import HTMLParser

from lessonkit.lesson.cells import Lesson
from lessonkit.programs.pieces import Piece, join, split
from lessonkit.programs.snippet import Program, programs

ELEMENT = "lesson-programs"
"""The id of the element of a page that holds its programs as JSON: {number of the block: pieces}."""


@lru_cache(maxsize=256)
def programs_element(lesson: Lesson, lang: str) -> str:
    """The element that tells the programs of a page; a block that is its own program has none."""
    by_block = {(program.cell.line, program.starter): program for program in programs(lesson)}
    shown = lesson.blocks(lang)
    texts = [text for text, _, _ in shown]
    told: dict[int, list[Piece]] = {}
    for number, (text, cell, is_starter) in enumerate(shown):
        program = by_block.get((cell.line, is_starter))
        whole = program.text(lang) if program else text
        if whole != text:
            told[number] = split(whole, texts)
    return programs_json(told)


def programs_json(told: Mapping[int, list[Piece]] | Mapping[str, list[Piece]]) -> str:
    """The element for programs that are told already."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f'<script type="application/json" id="{ELEMENT}">{text}</script>'


def block_program(lesson: Lesson, number: int, lang: str) -> Program | None:
    """The program of a block of the page; checks and wrong answers have none of their own."""
    _, cell, is_starter = lesson.blocks(lang)[number]
    return next((p for p in programs(lesson) if (p.cell.line, p.starter) == (cell.line, is_starter)), None)


class _Page(HTMLParser):
    """Gathers the texts of `div.cell-code` blocks, and the programs."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.told = "{}"
        self.depth = 0
        self.inside = self.in_code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values: Mapping[str, str | None] = dict(attrs)
        if tag == "div" and self.depth:
            self.depth += 1
        elif tag == "div" and "cell-code" in (values.get("class") or "").split():
            self.depth = 1
            self.blocks.append("")
        self.in_code = self.in_code or (tag == "code" and self.depth > 0)
        self.inside = tag == "script" and values.get("id") == ELEMENT

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag == "div" and self.depth > 0
        self.in_code = self.in_code and tag != "code"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.told, self.inside = data, False
        elif self.in_code:
            self.blocks[-1] += data


def programs_of_page(html: str) -> dict[int, str]:
    """What a reader's clipboard gets from each code block of a page by its second copy action, or its only one."""
    page = _Page()
    page.feed(html)
    texts = [re.sub(r"\n\Z", "", text) for text in page.blocks]
    told = {int(number): pieces for number, pieces in json.loads(page.told).items()}
    return {number: join(told[number], texts) if number in told else text for number, text in enumerate(texts)}
