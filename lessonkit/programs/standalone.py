"""For each code cell of a lesson the smallest program that stands alone: what it needs from before, then the cell."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from lessonkit.checks.compare import Rule
from lessonkit.lesson.cells import CODE_LANGUAGE, Code, Lesson, Problem
from lessonkit.lesson.exercises import solution, starter
from lessonkit.lesson.global_names import global_names
from lessonkit.programs.dataflow import Flow
from lessonkit.programs.standalone_text import Piece, listing, pieces
from lessonkit.running.outcome import Outcome

ALL = 'needs="all"'
"""What an author adds to the marker of a cell to keep everything before it."""

Found = tuple[tuple[int, tuple[int, ...], str], ...]
"""Of each program: the place of its cell among those of code, the statements that it keeps, what shows its figure."""

_KNOWN: dict[bytes, Found] = {}

UNDEFINED = re.compile(r"name '(\w+)' is not defined")


@dataclass(frozen=True)
class Program:
    """A program that prints what its cell prints. An exercise has two, one with the starter and one with the solution.

    `kept` are the numbers, from 0 as in `lesson.statements`, of the statements before the cell that it keeps; `show` is
    the line that shows a figure to whoever runs it.
    """

    lesson: Lesson = field(repr=False)
    cell: Code = field(repr=False)
    kept: tuple[int, ...]
    starter: bool = False
    show: str = ""

    @property
    def name(self) -> str:
        """Its own name in the lesson: `cell-42` by the line, `figure-curve`, `exercise-halve`, `starter-halve`."""
        kind = "cell" if self.cell.kind == "code" else "starter" if self.starter else self.cell.kind
        return f"{kind}-{self.cell.name or self.cell.line}"

    @property
    def cells(self) -> tuple[Code, ...]:
        """The cells that it ends with: an exercise is followed by its check."""
        exercise = self.lesson.exercises.get(self.cell.name or "") if self.cell.kind == "exercise" else None
        return (self.cell, exercise.check) if exercise else (self.cell,)

    def expected_lines(self, run: Outcome | None = None) -> Iterator[tuple[str, Code]]:
        """The lines that it prints, each with its cell: those that are recorded, or those of a run of the lesson."""
        own = () if self.starter else self.cells
        for number, (cell, statement) in enumerate(self.lesson.statements):
            if number in self.kept or any(cell is one for one in own):
                lines = run.outputs.get(number, ()) if run else statement.recorded
                yield from ((line, cell) for line in lines)

    def text(self, lang: str) -> str:
        """The program, with the comments of a language."""
        own, *check = (cell.sources[lang] for cell in self.cells)
        return listing(self.before(lang), [(starter if self.starter else solution)(own), *check], self.show)

    def before(self, lang: str) -> list[list[Piece]]:
        """The statements before the cell that it keeps, cell by cell, with the comments of a language."""
        kept: list[list[Piece]] = []
        for cell, first in _cells(self.lesson):
            chosen = [number - first for number in self.kept if first <= number < first + len(cell.statements)]
            if chosen:
                found = pieces(solution(cell.sources[lang]))
                kept.append([found[index] for index in chosen])
        return kept

    def edited(self, text: str) -> Program:
        """The program whose cell holds another text; it keeps whatever that needs. Raises SyntaxError."""
        first = next(first for cell, first in _cells(self.lesson) if cell is self.cell)
        if self.cell.needs == "all":
            return replace(self, kept=tuple(range(first)))
        flow = Flow()
        for cell, number in _cells(self.lesson):
            if number >= first:
                break
            flow.state.cell()
            for statement in cell.statements:
                flow.statement(statement.source)
        for source in (text, *(cell.sources[CODE_LANGUAGE] for cell in self.cells[1:])):
            flow.state.cell()
            for piece in pieces(source):
                flow.statement(piece.text)
        show, shown_by = _show(flow) if self.cell.kind == "figure" else ("", frozenset())
        return replace(self, kept=tuple(_kept(flow, first, shown_by)), show=show)


@lru_cache(maxsize=64)
def programs(lesson: Lesson) -> tuple[Program, ...]:
    """The programs of a lesson, in its order; of an exercise first the starter's."""
    found: list[Program] = []
    for place, kept, show in found_in(lesson):
        program = Program(lesson, lesson.code[place], kept, show=show)
        found += [replace(program, starter=True), program] if program.cell.kind == "exercise" else [program]
    return tuple(found)


def found_in(lesson: Lesson) -> Found:
    """What the abstract run of a lesson finds; it depends on the code alone, so whoever found it may `remember` it."""
    code = _code(lesson)
    if code not in _KNOWN:
        _KNOWN[code] = tuple(_found(lesson))
    return _KNOWN[code]


def is_known(lesson: Lesson) -> bool:
    """Whether the abstract run of this code was made already."""
    return _code(lesson) in _KNOWN


def remember(lesson: Lesson, found: Found) -> None:
    """Spares this process the abstract run of a lesson that another one has made."""
    _KNOWN[_code(lesson)] = found


@lru_cache(maxsize=64)
def _code(lesson: Lesson) -> bytes:
    """A digest of all that the abstract run looks at."""
    code = [(cell.kind, cell.name, cell.needs, [one.source for one in cell.statements]) for cell in lesson.code]
    return hashlib.sha256(repr(code).encode(errors="surrogatepass")).digest()


def _found(lesson: Lesson) -> Iterator[tuple[int, tuple[int, ...], str]]:
    flow = Flow()
    for place, (cell, first) in enumerate(_cells(lesson)):
        flow.state.cell()
        for statement in cell.statements:
            flow.statement(statement.source)
        if cell.kind == "exercise":
            continue
        owner = cell
        if cell.kind == "check":
            owner = lesson.exercises[cell.name].cell
            place, first = next(
                (number, start) for number, (other, start) in enumerate(_cells(lesson)) if other is owner
            )
        show, shown_by = _show(flow) if owner.kind == "figure" else ("", frozenset())
        kept = range(first) if owner.needs == "all" else _kept(flow, first, shown_by)
        yield place, tuple(kept), show


def _cells(lesson: Lesson) -> Iterator[tuple[Code, int]]:
    """The code cells, each with the number of its first statement."""
    number = 0
    for cell in lesson.code:
        yield cell, number
        number += len(cell.statements)


def _show(flow: Flow) -> tuple[str, frozenset[int]]:
    """What shows a figure, by the name that the lesson has for pyplot, and the statements that bound this name."""
    for (scope, name), binding in flow.state.names.items():
        if scope is flow.state.lesson and any(thing.path == "matplotlib.pyplot" for thing in binding.value):
            return f"{name}.show()", binding.by
    return "", frozenset()


def _kept(flow: Flow, first: int, more: frozenset[int]) -> list[int]:
    """The statements before number `first` that those from there on need, and what the functions among them mention."""
    kept: set[int] = set()
    todo = {*range(first, len(flow.state.needs)), *more}
    while todo:
        while todo:
            number = todo.pop()
            kept.add(number)
            todo |= flow.state.needs[number] - kept
        bound = {name for number in kept for name in flow.state.binds[number]}
        todo = {
            by for number in kept for name, all_by in flow.later[number].items() if name not in bound for by in all_by
        }
    return sorted(number for number in kept if number < first)


def check_run(program: Program, lines: Iterable[str], error: str = "", *, run: Outcome | None = None) -> Problem | None:
    """What is wrong with what a program printed when it ran alone; `error` is the last line of its traceback.

    It should print what is recorded, or what a run of the lesson on the same machine printed.
    """
    actual, expected = [line.rstrip() for line in lines], list(program.expected_lines(run))
    same = (
        Rule(True, cell.tolerance).same_text(line, found) for (line, cell), found in zip(expected, actual, strict=False)
    )
    at = next((number for number, agrees in enumerate(same) if not agrees), min(len(actual), len(expected)))
    stopped = error and not error.startswith(("NameError", "ImportError", "ModuleNotFoundError", "SyntaxError"))
    ended = stopped if program.starter else not error and len(actual) == at
    if at == len(expected) and ended:
        return None
    evidence = []
    if at < max(len(actual), len(expected)) and not (program.starter and at == len(expected)):
        evidence.append(f"line {at + 1} of its output")
        evidence += [f"- {line}" for line, _ in expected[at : at + 1]] + [f"+ {line}" for line in actual[at : at + 1]]
    evidence += [error] if error else ["it does not stop at an assert"] if at == len(expected) else []
    return problem_of(program, [*evidence, *_binder(program, error)])


def problem_of(program: Program, evidence: Iterable[str]) -> Problem:
    """The problem of a program that does not do what its cell does."""
    lesson, marker = program.lesson, program.lesson.lines[program.cell.line - 1].rstrip()
    sentence = f"the program of this {program.cell.kind} cell does not run alone as it does in the lesson"
    kept = ", ".join(str(lesson.statements[number][1].line) for number in program.kept)
    evidence = (*evidence, f"of the lines before it, it keeps: {kept or 'none'}")
    hint = f"If something before it is missing, let the cell take everything: {marker} {ALL}"
    return Problem(lesson.path, program.cell.line, sentence, evidence, hint)


def _binder(program: Program, error: str) -> list[str]:
    """The statement that binds the name that an error misses."""
    found = UNDEFINED.search(error)
    first = next(first for cell, first in _cells(program.lesson) if cell is program.cell)
    for _, statement in reversed(program.lesson.statements[:first]):
        if found and found[1] in global_names(statement.source).binds:
            return [f"line {statement.line} binds {found[1]}: {statement.source.splitlines()[0]}"]
    return []
