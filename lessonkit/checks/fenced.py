"""The fenced code of a pair: the same in both cells, but for its comments; a fenced text says the same numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from lessonkit.lesson.cells import Prose
from lessonkit.lesson.numerals import numbers
from lessonkit.lesson.prose import fences

Found = tuple[str, int, str, tuple[str, ...]]
"""The language and the line in the file, a sentence, and the evidence."""

COMMENT = re.compile(r"(?:^|(?<=\s))#.*")
TEXTS = ("", "text", "txt")
"""What stands behind the opening of a fence that holds no code."""


def fenced(pair: tuple[Prose, Prose]) -> Iterator[Found]:
    """Where the fenced code of two cells differs."""
    found = [list(fences(cell.markdown)) for cell in pair]
    if len(found[0]) != len(found[1]):
        more, less = (0, 1) if len(found[0]) > len(found[1]) else (1, 0)
        counts = ", ".join(f"{cell.lang} has {len(side)}" for cell, side in zip(pair, found, strict=True))
        line = pair[more].file_line(found[more][len(found[less])][0])
        evidence = tuple(f"{cell.lang}: the cell at line {cell.line}" for cell in pair)
        yield pair[more].lang, line, f"the pieces of fenced code in this pair differ: {counts}", evidence
        return
    for two in zip(*found, strict=True):
        said = [_compared(info, text, cell.lang) for cell, (_, info, text) in zip(pair, two, strict=True)]
        if parting := next((sides for sides in zip_longest(*said, fillvalue="") if sides[0] != sides[1]), None):
            lines = [cell.file_line(line) for cell, (line, *_) in zip(pair, two, strict=True)]
            evidence = tuple(f"{c.lang} {n}: {one}" for c, n, one in zip(pair, lines, parting, strict=True))
            yield pair[0].lang, lines[0], "the fenced code of this pair differs", evidence


def _compared(info: str, text: str, lang: str) -> list[str]:
    if info in TEXTS:
        return [number.values[0] for number in numbers(text, lang)]
    lines = (COMMENT.sub("", line).rstrip() for line in text.split("\n"))
    return [line for line in lines if line]
