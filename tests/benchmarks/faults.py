"""Random faults, as authors make them, in the text of a lesson. Knows nothing of the checks: it reads lines only."""

from __future__ import annotations

import ast
import io
import random
import re
import tokenize
from collections.abc import Callable, Iterator
from dataclasses import dataclass

KINDS = ("output", "code", "operator", "caption", "number", "paragraph", "formula", "quiz")
MARKER = re.compile(r"# %%(?P<rest>.*)")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
SPAN = re.compile(r"`[^`\n]+`")
INLINE = re.compile(r"(?<![\\$])\$(?![\s$])(?P<latex>[^$\n]+?)(?<!\s)\$(?!\$)")
NOT_PROSE = re.compile(r"`[^`]*`|\$[^$]*\$|\]\([^)]*\)|\{ ?[#.:][^}]*\}|https?://\S+")
OPERATORS = {"+": "-", "-": "+", "*": "/", "/": "*", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
SWAPS = [
    ("left", "right"), ("solid", "dashed"), ("dashed", "dotted"), ("dotted", "solid"), ("horizontal", "vertical"),
    ("Horizontal", "Vertical"), ("gray", "blue"), ("blue", "orange"), ("training", "validation"), ("test", "training"),
    ("왼쪽", "오른쪽"), ("오른쪽", "왼쪽"), ("실선", "파선"), ("파선", "점선"), ("점선", "실선"), ("가로축", "세로축"),
    ("세로축", "가로축"), ("회색", "파란"), ("파란", "주황"), ("훈련", "검증"), ("검증", "테스트"), ("테스트", "훈련"),
]  # fmt: skip
"""What somebody who describes a picture mixes up."""

LATEX_SWAPS = [(r"\log", r"\exp"), (r"\ln", r"\log"), (r"\lambda", r"\eta"), (r"\eta", r"\lambda"), (r"\mu", r"\sigma"),
               (r"\max", r"\min"), (r"\sum", r"\prod"), ("+", "-"), ("-", "+"), ("<", ">"), ("=", r"\ne")]  # fmt: skip
ANSWERS = [
    ("Yes", "No"), ("No", "Yes"), ("그렇습니다", "아닙니다"), ("아닙니다", "그렇습니다"), ("없습니다", "있습니다"),
    ("않습니다", "습니다"), ("안 됩니다", "됩니다"), ("다릅니다", "같습니다"),
]  # fmt: skip


@dataclass(frozen=True)
class Fault:
    """A fault: its kind, the line of the lesson (from 1), what stood there, what stands there now, the whole text."""

    kind: str
    line: int
    before: str
    after: str
    text: str


@dataclass(frozen=True)
class Cell:
    """The lines of a cell, numbered from 0 in the file; `first` follows the marker."""

    rest: str
    first: int
    end: int

    @property
    def prose(self) -> bool:
        return "[markdown]" in self.rest

    @property
    def caption(self) -> bool:
        return "caption=" in self.rest


def cells(lines: list[str]) -> list[Cell]:
    """The cells of a lesson, from its markers."""
    marks = [(number, found["rest"]) for number, line in enumerate(lines) if (found := MARKER.match(line))]
    ends = [*(number for number, _ in marks[1:]), len(lines)]
    return [Cell(rest, number + 1, end) for (number, rest), end in zip(marks, ends, strict=True)]


def plant(kind: str, text: str, rng: random.Random) -> Fault | None:
    """A random fault of a kind in a lesson; None where it has no place for one."""
    lines = text.split("\n")
    edits = list(PLACES[kind](lines, rng))
    for number, old, new in rng.sample(edits, min(len(edits), 40)):
        changed = lines[:number] + new + lines[number + len(old) :]
        result = "\n".join(changed)
        if kind in ("code", "operator") and not _runs(result):
            continue
        return Fault(kind, number + 1, "\n".join(old), "\n".join(new), result)
    return None


Edit = tuple[int, list[str], list[str]]


def _runs(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def _digits(number: str, rng: random.Random) -> str:
    """A number with one digit changed, or one more or less."""
    at = rng.choice([place for place, letter in enumerate(number) if letter.isdigit()])
    digit = str((int(number[at]) + rng.choice([1, 9, rng.randrange(1, 10)])) % 10)
    return number[:at] + digit + number[at + 1 :]


def _in_line(line: str, start: int, end: int, new: str) -> list[str]:
    return [line[:start] + new + line[end:]]


def outputs(lines: list[str], rng: random.Random) -> Iterator[Edit]:
    for number, line in enumerate(lines):
        if line.startswith("# > "):
            for found in re.finditer(r"\d", line):
                other = str((int(found.group()) + rng.randrange(1, 10)) % 10)
                yield number, [line], _in_line(line, *found.span(), other)


def _tokens(lines: list[str]) -> Iterator[tokenize.TokenInfo]:
    code = {n for cell in cells(lines) if not cell.prose for n in range(cell.first, cell.end)}
    for token in tokenize.generate_tokens(io.StringIO("\n".join(lines)).readline):
        if token.start[0] - 1 in code:
            yield token


def constants(lines: list[str], rng: random.Random) -> Iterator[Edit]:
    """A number of code one unit or one last digit away, with another sign, or another axis."""
    for token in _tokens(lines):
        if token.type == tokenize.NUMBER:
            number, (start, end) = token.start[0] - 1, (token.start[1], token.end[1])
            line, written = lines[number], token.string
            news = [f"-{written}", _digits(written, rng)] if re.fullmatch(r"[\d.]+(?:e-?\d+)?", written) else []
            if written.isdigit():
                news = [str(int(written) + 1), str(abs(int(written) - 1)), f"-{written}"]
            elif re.fullmatch(r"\d*\.\d+", written):
                news.append(written[:-1] + str((int(written[-1]) + 1) % 10))
            if re.search(r"(?:dim|axis)=-?$", line[:start]):
                news = ["1" if written == "0" else "0"]
            news = [new for new in news if new != written]
            if news:
                yield number, [line], _in_line(line, start, end, rng.choice(news))


def operators(lines: list[str], rng: random.Random) -> Iterator[Edit]:
    for token in _tokens(lines):
        if token.type == tokenize.OP and token.string in OPERATORS:
            number, line = token.start[0] - 1, lines[token.start[0] - 1]
            yield number, [line], _in_line(line, token.start[1], token.end[1], OPERATORS[token.string])


def _bare(line: str) -> str:
    """A line of the same length without code, formulas, addresses and attributes."""
    return NOT_PROSE.sub(lambda found: " " * len(found.group()), line)


def _numbers(lines: list[str], numbers: range | list[int], rng: random.Random) -> Iterator[Edit]:
    for number in numbers:
        for found in NUMBER.finditer(_bare(lines[number])):
            new = _digits(found.group(), rng)
            yield number, [lines[number]], _in_line(lines[number], *found.span(), new)


def captions(lines: list[str], rng: random.Random) -> Iterator[Edit]:
    """A number, a word that points at something, or a line of labels."""
    for cell in cells(lines):
        if not cell.caption:
            continue
        listed = [n for n in range(cell.first, cell.end) if lines[n].startswith("# - ")]
        reported = [n for n in range(cell.first, cell.end) if n not in listed]
        yield from _numbers(lines, reported, rng)
        yield from ((number, [lines[number]], []) for number in listed)
        for number in reported:
            for old, new in SWAPS:
                for found in re.finditer(rf"(?<![A-Za-z가-힣]){old}", lines[number]):
                    yield number, [lines[number]], _in_line(lines[number], *found.span(), new)


def _prose(lines: list[str]) -> Iterator[Cell]:
    return (cell for cell in cells(lines) if cell.prose and not cell.caption)


def numbers(lines: list[str], rng: random.Random) -> Iterator[Edit]:
    for cell in _prose(lines):
        yield from _numbers(lines, range(cell.first, cell.end), rng)


def paragraphs(lines: list[str], rng: random.Random) -> Iterator[Edit]:
    """What stands between two empty lines of prose, with one of them."""
    for cell in _prose(lines):
        start = cell.first
        for number in range(cell.first, cell.end + 1):
            text = lines[number] if number < cell.end else ""
            if text.strip(" #") or text.startswith("# #"):
                continue
            block = lines[start:number]
            if block and not block[0].startswith(("# #", "# ```")):
                yield start, lines[start : number + 1], []
            start = number + 1


def _latex(latex: str, letters: str, rng: random.Random) -> str | None:
    """A formula with one sign, letter, digit or function changed."""
    news = [latex.replace(old, new, 1) for old, new in LATEX_SWAPS if re.search(rf"{re.escape(old)}(?![a-z])", latex)]
    outside = re.sub(r"\\(?:text|mathrm)\{[^}]*\}|\\[a-zA-Z]+", lambda found: " " * len(found.group()), latex)
    for found in re.finditer(r"[A-Za-z]", outside):
        others = [letter for letter in letters if letter != found.group()]
        if others:
            news.append(latex[: found.start()] + rng.choice(others) + latex[found.end() :])
    news += [latex[: f.start()] + _digits(f.group(), rng) + latex[f.end() :] for f in re.finditer(r"\d+", outside)]
    return rng.choice(news) if news else None


def _formulas(lines: list[str], numbers: range | list[int], rng: random.Random) -> Iterator[Edit]:
    found = [(number, match) for number in numbers for match in INLINE.finditer(lines[number])]
    letters = "".join(sorted({c for _, m in found for c in re.sub(r"\\[a-zA-Z]+", "", m["latex"]) if c.isalpha()}))
    letters = re.sub("[^A-Za-z]", "", letters)
    for number, match in found:
        if (new := _latex(match["latex"], letters, rng)) and new != match["latex"]:
            yield number, [lines[number]], _in_line(lines[number], *match.span("latex"), new)


def formulas(lines: list[str], rng: random.Random) -> Iterator[Edit]:
    for cell in _prose(lines):
        yield from _formulas(lines, range(cell.first, cell.end), rng)


def quizzes(lines: list[str], rng: random.Random) -> Iterator[Edit]:
    """In the answer to a question: a number, a formula, a name in code, or its yes or no."""
    spans = sorted({found.group() for line in lines if line.startswith("#") for found in SPAN.finditer(line)})
    for number, line in enumerate(lines):
        if not re.match(r"#     \S", line) or not _in_question(lines, number):
            continue
        yield from _numbers(lines, [number], rng)
        yield from _formulas(lines, [number], rng)
        for found in SPAN.finditer(line):
            yield number, [line], _in_line(line, *found.span(), rng.choice([s for s in spans if s != found.group()]))
        if "??? question" in lines[number - 1]:
            for old, new in ANSWERS:
                if begins := re.match(rf"#     {old}\b" if old.isascii() else rf"#     [^.]*?{old}(?=\.)", line):
                    yield number, [line], _in_line(line, begins.end() - len(old), begins.end(), new)


def _in_question(lines: list[str], number: int) -> bool:
    while number > 0 and lines[number].startswith(("#     ", "#\n")) or lines[number] == "#":
        number -= 1
    return "??? question" in lines[number]


PLACES: dict[str, Callable[[list[str], random.Random], Iterator[Edit]]] = {
    "output": outputs,
    "code": constants,
    "operator": operators,
    "caption": captions,
    "number": numbers,
    "paragraph": paragraphs,
    "formula": formulas,
    "quiz": quizzes,
}
