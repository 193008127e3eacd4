"""One block of code for two languages: lines that both have once, comments in one language and then in the other.

Copied programs are pieces of blocks (programs/program_pieces.py); where a block has more lines, the pieces move along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from lessonkit.programs.program_pieces import Piece

Places = list[int]
"""For each line of the first language's block the line of both at which it begins, and how many lines both have."""
BOTH = 2
_SPAN = re.compile(r"<span[^>]*>|</span>")


def both_codes(texts: tuple[str, str], codes: tuple[str, str], langs: tuple[str, str]) -> tuple[str, Places]:
    """A block that reads `texts` in two languages, made of both as they were highlighted, line by line, in `codes`.

    What only one language says is marked with that language.
    """
    marked, parts = [code.split("\n") for code in codes], []
    order = list(_order(*(text.split("\n") for text in texts)))
    for of, run in groupby(order, key=lambda line: line[0]):
        numbers = [number for _, number in run]
        part = _part(marked[of % BOTH], numbers[0], numbers[-1] + 1)
        parts.append(part if of == BOTH else f'<span lang="{langs[of]}">{part}</span>')
    return "\n".join(parts), [*(at for at, (of, _) in enumerate(order) if of != 1), len(order)]


def _order(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The lines of a block, as 0, 1 or BOTH and the number of a line; they differ in comments of one language alone."""
    at, beside = 0, 0
    while at < len(left) or beside < len(right):
        end = next((line for line in range(at, len(left)) if left[line] in right[beside:]), len(left))
        other = right.index(left[end], beside) if end < len(left) else len(right)
        yield from ((0, line) for line in range(at, end))
        yield from ((1, line) for line in range(beside, other))
        if end < len(left):
            yield BOTH, end
        at, beside = end + 1, other + 1


def _part(lines: Sequence[str], start: int, end: int) -> str:
    """Some lines of highlighted code, with a span of their own where one reaches over their border."""
    part = _open("\n".join(lines[:start])) + "\n".join(lines[start:end])
    return part + ("</span>" if _open(part) else "")


def _open(code: str) -> str:
    """The span that is open at the end of highlighted code, in which none stands in another."""
    last = (_SPAN.findall(code) or ["</span>"])[-1]
    return "" if last == "</span>" else last


def moved(pieces: Sequence[Piece], places: Sequence[Places]) -> list[Piece]:
    """The pieces of a program of the first language's page, as pieces of the blocks of both."""
    return [
        piece if isinstance(piece, str) else [piece[0], places[piece[0]][piece[1]], places[piece[0]][piece[2] + 1] - 1]
        for piece in pieces
    ]
