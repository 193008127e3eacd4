"""The program that a block of a page runs: what it needs from before, then the text of the block as it stands there.

Unlike a program for copying (`Program.text`) it leaves the block's own imports in their places, so that the block is
one run of lines, and a line of the program is a line of the block or stands before it or behind it.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.exercises import solution, starter
from lessonkit.programs.page_programs import block_program
from lessonkit.programs.standalone import Program, programs


@dataclass(frozen=True)
class BlockProgram:
    """A program, the line (from 1) where its block begins, and how many lines the block has.

    `edited` is whether the text is another one than the lesson's; what follows the block of a starter is its check.
    """

    of: Program
    text: str
    first: int
    lines: int
    edited: bool

    @property
    def check(self) -> int:
        """The line (from 1) where the check of an exercise's answer begins; 0 where the program has none."""
        return self.first + self.lines if self.of.starter else 0

    def line(self, line: int) -> int | None:
        """The line of the block (from 1) that is a line of the program."""
        return line - self.first + 1 if self.first <= line < self.first + self.lines else None


@lru_cache(maxsize=256)
def digest(lesson: Lesson) -> str:
    """A short digest of a lesson, by which a page that shows an older one is known."""
    return hashlib.sha256(lesson.text.encode()).hexdigest()[:16]


@lru_cache(maxsize=256)
def names(lesson: Lesson, lang: str) -> tuple[str | None, ...]:
    """The names of the programs of a page's blocks, in order; None for a block without one of its own (a check)."""
    found = (block_program(lesson, number, lang) for number in range(len(lesson.blocks(lang))))
    return tuple(program.name if program else None for program in found)


def block(lesson: Lesson, name: str, lang: str, text: str | None = None) -> BlockProgram:
    """The program of a block, with its own text or an edited one. Raises KeyError for a name that no block has."""
    program = {one.name: one for one in programs(lesson)}[name]
    own, *after = (cell.sources[lang] for cell in program.cells)
    own = (starter if program.starter else solution)(own)
    edited = text is not None and text.rstrip() != own.rstrip()
    if text is not None and edited:
        own = text
        try:
            compile(text, "block", "exec", dont_inherit=True)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return BlockProgram(program, own, 1, _count(own), True)  # Python says best what it cannot read
        with contextlib.suppress(Exception):  # the flow analysis knows lessons; any text may come from a reader
            program = program.edited(text)
    before = "\n\n".join("\n".join(piece.text for piece in pieces) for pieces in program.before(lang))
    whole = "\n\n".join(filter(None, (before, own, *after, program.show)))
    return BlockProgram(program, whole, _count(before) + 2 if before else 1, _count(own), edited)


def _count(text: str) -> int:
    return text.count("\n") + 1


def recorded(program: Program) -> Sequence[str]:
    """The lines that the program's own statements print."""
    return [line for cell in program.cells for line in cell.recorded]
