"""One block of code for two languages: lines that both have once, comments in one language and then in the other.

Copied programs are pieces of blocks (programs/program_pieces.py); where a block has more lines, the pieces move along.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from lessonkit.programs.program_pieces import Piece

Places = list[tuple[int, int]]
"""For each line of the first language's block, the first and the last line that stand for it."""


def both_codes(left: str, right: str, langs: tuple[str, str]) -> tuple[str, Places]:
    """The code of both, highlighted as it came; what only one language says is marked with that language."""
    sides = left.split("\n"), right.split("\n")
    lines: list[str] = []
    places: Places = []
    for kind, start, end, *others in SequenceMatcher(None, *sides, autojunk=False).get_opcodes():
        places += [(len(lines) + n, len(lines) + n) for n in range(end - start)]
        lines += sides[0][start:end] if kind == "equal" else _said(sides[0][start:end], langs[0])
        if kind != "equal":
            lines += _said(sides[1][slice(*others)], langs[1])
            if end > start:
                places[-1] = (places[-1][0], len(lines) - 1)
    return "\n".join(lines), places


def _said(lines: Sequence[str], lang: str) -> list[str]:
    return [f'<span lang="{lang}">{line}</span>' if line.strip() else line for line in lines]


def moved(pieces: Sequence[Piece], places: Sequence[Places]) -> list[Piece]:
    """The pieces of a program of the first language's page, as pieces of the blocks of both."""
    return [
        piece if isinstance(piece, str) else [piece[0], places[piece[0]][piece[1]][0], places[piece[0]][piece[2]][1]]
        for piece in pieces
    ]
