"""A program made of pieces of the code blocks that a page shows anyway, so that the page does not hold its code twice.

A piece is `[block, first, last]`, lines of a block counted from 0 with both ends in it, or a line of text of its own.
`lessonkit/assets/site/copy.js` puts the same pieces together in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

Piece = list[int] | str


def split(program: str, blocks: Sequence[str]) -> list[Piece]:
    """The pieces of a program: at each line the longest run that some block has, the earliest of equals."""
    lines = program.split("\n")
    sources, places = _lines_of(tuple(blocks))
    pieces: list[Piece] = []
    at = 0
    while at < len(lines):
        starts = places.get(lines[at], ()) if lines[at] else ()
        found = [(_shared(lines, at, sources[block], start), block, start) for block, start in starts]
        length, block, start = max(found, key=lambda place: place[0], default=(0, 0, 0))
        pieces.append([block, start, start + length - 1] if length else lines[at])
        at += max(length, 1)
    return pieces


@lru_cache(maxsize=4)
def _lines_of(blocks: tuple[str, ...]) -> tuple[list[list[str]], Mapping[str, list[tuple[int, int]]]]:
    """The lines of the blocks of a page, which all its programs are looked up in, and where each of them stands."""
    sources = [block.split("\n") for block in blocks]
    places: dict[str, list[tuple[int, int]]] = {}
    for number, source in enumerate(sources):
        for start, line in enumerate(source):
            places.setdefault(line, []).append((number, start))
    return sources, places


def _shared(lines: Sequence[str], at: int, source: Sequence[str], start: int) -> int:
    """How many lines from `at` are the lines of the source from `start`."""
    count = 0
    while at + count < len(lines) and start + count < len(source) and lines[at + count] == source[start + count]:
        count += 1
    return count
