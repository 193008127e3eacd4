"""The programs that a page offers to copy, made of pieces of the code blocks it shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache

from lessonkit.lesson.cells import Lesson
from lessonkit.programs.program_pieces import Piece, split
from lessonkit.programs.standalone import Program, programs

ELEMENT = "lesson-programs"
"""The id of the element of a page that holds its programs as JSON: {number of the block: pieces}."""


@lru_cache(maxsize=256)
def reported(lesson: Lesson, lang: str) -> Mapping[int, list[Piece]]:
    """The programs by the numbers of their blocks; a block that is its own program has none."""
    by_block = {(program.cell.line, program.starter): program for program in programs(lesson)}
    shown = lesson.blocks(lang)
    texts = [text for text, _, _ in shown]
    found: dict[int, list[Piece]] = {}
    for number, (text, cell, is_starter) in enumerate(shown):
        program = by_block.get((cell.line, is_starter))
        whole = program.text(lang) if program else text
        if whole != text:
            found[number] = split(whole, texts)
    return found


def programs_element(told: Mapping[int, list[Piece]]) -> str:
    """The element of a page that tells its programs."""
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f'<script type="application/json" id="{ELEMENT}">{text}</script>'


def block_program(lesson: Lesson, number: int, lang: str) -> Program | None:
    """The program of a block of the page; checks and wrong answers have none of their own."""
    _, cell, is_starter = lesson.blocks(lang)[number]
    return next((p for p in programs(lesson) if (p.cell.line, p.starter) == (cell.line, is_starter)), None)
