"""What readers copy from a page: its code blocks, and the programs that are made of pieces of them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser

from lessonkit.programs.page_programs import ELEMENT
from lessonkit.programs.program_pieces import Piece


class _Page(HTMLParser):
    """Gathers the texts of `div.cell-code` blocks, and the programs."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self.reported = "{}"
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
            self.reported, self.inside = data, False
        elif self.in_code:
            self.blocks[-1] += data


def programs_of_page(html: str) -> dict[int, str]:
    """What a reader's clipboard gets from each code block of a page by its second copy action, or its only one."""
    page = _Page()
    page.feed(html)
    texts = [re.sub(r"\n\Z", "", text) for text in page.blocks]
    reported = {int(number): pieces for number, pieces in json.loads(page.reported).items()}
    return {number: join(reported[number], texts) if number in reported else text for number, text in enumerate(texts)}


def join(pieces: Sequence[Piece], blocks: Sequence[str]) -> str:
    """The program that the pieces tell, put together as copy.js does."""
    sources = [block.split("\n") for block in blocks]
    lines: list[str] = []
    for piece in pieces:
        lines += [piece] if isinstance(piece, str) else sources[piece[0]][piece[1] : piece[2] + 1]
    return "\n".join(lines)
