"""What a lesson is: cells of prose and of code, and the problems that can be reported about them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from lessonkit.lesson.exercises import asked, solution, starter

CODE_LANGUAGE = "en"
"""The language of names, printed text and figure labels in code, one of LANGUAGES."""
CODE_KINDS = ("code", "figure", "exercise", "check")
"""The kinds of code cells that run as the lesson, and stand in its record."""
ANSWER_KINDS = ("wrong", "right")
"""The kinds of code cells that answer an exercise in another way than its solution; only its check runs with them."""
LAB = "lab"
"""The kind of code cell that says in Python what a lab computes; tests and notebooks run it (lesson/labs.py)."""
LABELLED = ("caption", "question")
"""The kinds of prose cells of two paragraphs and a list of labels: of a figure, of a lab."""


def split_lines(text: str) -> list[str]:
    """The lines of a text without their ends, whichever it has; as in Python, form feeds do not end them."""
    return re.split(r"\r\n|\r|\n", text)


def shown(path: Path | str) -> str:
    """A path as the reader of a message can use it: from the current folder where it lies below it."""
    path = Path(path)
    return (path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path).as_posix()


@dataclass(frozen=True)
class Problem:
    """Something that is wrong at a place, said so that its reader can correct it."""

    path: Path | str
    line: int
    sentence: str
    evidence: tuple[str, ...] = ()
    hint: str = ""

    def __str__(self) -> str:
        parts = [f"{shown(self.path)}:{self.line}: {self.sentence}", *(f"  {line}".rstrip() for line in self.evidence)]
        return "\n".join([*parts, self.hint] if self.hint else parts)


class LessonError(Exception):
    """A lesson that cannot be used as it stands; `problems` says why, one or more."""

    def __init__(self, *problems: Problem):
        super().__init__("\n\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Statement:
    """One top-level statement of a code cell (or several that share a line) with its recorded output.

    Lines count from 1; `end_line`, which recorded lines follow, is the last of the statement and of comments under it.
    """

    line: int
    end_line: int
    source: str
    recorded: tuple[str, ...] = ()

    @property
    def evidence(self) -> tuple[str, ...]:
        """The statement as a message shows it: a long one is cut."""
        lines = tuple(f"  {line}" for line in self.source.split("\n"))
        return lines if len(lines) <= 4 else (*lines[:3], "  ...")


@dataclass(frozen=True)
class Prose:
    """A Markdown cell. `lang` is empty where one text serves every language; `name` is the figure of a caption.

    `differs` is what its author excepts from the agreement of the two languages, with the reason.
    """

    line: int
    kind: str
    lang: str
    name: str
    markdown: str
    differs: str = ""

    def file_line(self, line: int) -> int:
        """The line in the file of line `line` (from 0) of the Markdown."""
        return self.line + 1 + line


@dataclass(frozen=True)
class Code:
    """A code cell. `sources` holds its text without recorded outputs, once for each language's comments.

    `name` is empty for plain code. `needs` is "all" where its program takes everything before it; `folded` says why its
    page folds it (code_cells.FOLDED), `reasons` why an answer is wrong (first comments, which `sources` leaves out),
    `accepts` which automatic answers an exercise accepts, and why. `deeper` is true of an exercise off the core path;
    `anchor` names a plain cell that links lead to; of a lab `data` says what comes along, `ulp` how exact it is.
    """

    line: int
    kind: str
    name: str
    tolerance: float | None
    sources: dict[str, str]
    statements: tuple[Statement, ...]
    needs: str = ""
    folded: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    accepts: str = ""
    deeper: bool = False
    anchor: str = ""
    data: str = ""
    ulp: int = 0

    @property
    def id(self) -> str:
        """The id of its block on the page; "" where nothing leads to it."""
        return f"cell-{self.anchor.replace('_', '-')}" if self.anchor else ""

    @property
    def recorded(self) -> tuple[str, ...]:
        """The recorded output of the whole cell."""
        return tuple(line for statement in self.statements for line in statement.recorded)


@dataclass(frozen=True)
class Exercise:
    """An exercise with what belongs to it: the cell that asks (and holds the solution), its check, other answers."""

    cell: Code
    check: Code
    wrong: tuple[Code, ...] = ()
    right: tuple[Code, ...] = ()

    def label(self, answer: Code) -> str:
        """What one of its other answers is told by: its kind and number, which stay when a record moves its lines."""
        return f"{answer.kind} {(self.wrong if answer.kind == 'wrong' else self.right).index(answer)}"

    def starter(self, lang: str) -> str:
        """What readers begin with."""
        return starter(self.cell.sources[lang])

    def solution(self, lang: str) -> str:
        """The solution without its marks."""
        return solution(self.cell.sources[lang])

    @property
    def asks_for(self) -> dict[str, bool]:
        """The names that an answer binds, and whether each is a function or a class."""
        return asked(self.cell.sources[CODE_LANGUAGE])


class Block(NamedTuple):
    """A block of code on a page: what it shows, the cell that it comes from, and whether an exercise begins with it."""

    text: str
    cell: Code
    is_starter: bool = False


@dataclass(frozen=True)
class Head:
    """What stands in the YAML head of a lesson: `needs` (lesson names), `time_limit` in seconds."""

    needs: tuple[str, ...] = ()
    time_limit: float = 60.0


@dataclass(frozen=True, eq=False)
class Lesson:
    """A parsed lesson; `text` is the file's text exactly as read, with its line ends. It equals only itself."""

    path: Path
    text: str
    head: Head
    cells: tuple[Prose | Code, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """The module's name, `cross_entropy`."""
        return self.path.stem

    @property
    def slug(self) -> str:
        """The name in addresses, `cross-entropy`."""
        return self.name.replace("_", "-")

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the text without their ends."""
        return split_lines(self.text)

    @cached_property
    def code(self) -> tuple[Code, ...]:
        """The code cells that run, in order."""
        return tuple(cell for cell in self.cells if isinstance(cell, Code) and cell.kind in CODE_KINDS)

    @cached_property
    def cell_ids(self) -> frozenset[str]:
        """The ids of the blocks that links may lead to."""
        return frozenset(cell.id for cell in self.code if cell.id)

    @cached_property
    def exercises(self) -> dict[str, Exercise]:
        """The exercises by their names, in order."""
        found: dict[str, dict[str, list[Code]]] = {}
        for cell in self.cells:
            if isinstance(cell, Code) and cell.name and cell.kind in ("exercise", "check", *ANSWER_KINDS):
                found.setdefault(cell.name, {}).setdefault(cell.kind, []).append(cell)
        return {
            name: Exercise(of["exercise"][0], of["check"][0], tuple(of.get("wrong", ())), tuple(of.get("right", ())))
            for name, of in found.items()
        }

    def blocks_of(self, cell: Code, lang: str) -> tuple[Block, ...]:
        """The blocks that the page shows for a cell, in order; the check stands with its exercise."""
        if cell.kind != "exercise":
            return () if cell.kind == "check" else (Block(cell.sources[lang], cell),)
        of = self.exercises[cell.name]
        check, *wrong = (Block(one.sources[lang], one) for one in (of.check, *of.wrong))
        return Block(of.starter(lang), cell, is_starter=True), check, Block(of.solution(lang), cell), *wrong

    def blocks(self, lang: str) -> tuple[Block, ...]:
        """The blocks of the page, in the ONE order: pages show them so, and programs are known by their numbers."""
        return tuple(block for cell in self.code for block in self.blocks_of(cell, lang))

    @cached_property
    def statements(self) -> tuple[tuple[Code, Statement], ...]:
        """Every top-level statement with its cell, in order."""
        return tuple((cell, statement) for cell in self.code for statement in cell.statements)

    def prose(self, lang: str) -> tuple[Prose, ...]:
        """The prose cells that the page of a language shows, captions included."""
        return tuple(cell for cell in self.cells if isinstance(cell, Prose) and cell.lang in (lang, ""))

    def caption(self, name: str, lang: str) -> Prose:
        """The caption of a figure in a language; each figure has one (structure.py). Raises StopIteration."""
        return next(cell for cell in self.prose(lang) if cell.kind == "caption" and cell.name == name)

    @property
    def update_command(self) -> str:
        """The command that records the outputs of this lesson."""
        return f"pytest {shown(self.path)} --update-outputs"
