"""From the lines of a code cell to its statements, each with its recorded output, and what is wrong with the cell."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lessonkit.lesson.cells import ANSWER_KINDS, CODE_KINDS, LAB, Code, Prose, Statement
from lessonkit.lesson.comments import IN_PAIRS, check_comments, is_recorded, leading, texts
from lessonkit.lesson.exercises import BEGIN, END, starter
from lessonkit.lesson.prose_rules import faults
from lessonkit.lesson.source import UNDECLARED, Source
from lessonkit.lesson.text_file import UNSEEN
from lessonkit.lesson.tokens import declared

INDENTED = re.compile(r" *\t\s*\S")
FOLDED = ("optional", "drawing", "tests")
"""Why a plain code cell is folded: readers may skip it, a figure needs it, or it only tests what stands above."""
RECORD = "record"
"""The one name that figures and labs with data leave free: their files lie beside the record of the lesson."""
DATA = re.compile(r"[A-Za-z_]\w*(, [1-9]\d{0,2} kB)?")
"""What a lab comes with: a variable of the lesson and, where it needs other than 30, how many kB at most."""


def read_code(source: Source, start: int, end: int, options: dict[str, str]) -> Code | None:
    """The cell whose marker is on line `start` and whose last line is `end`."""
    kinds = [kind for kind in (*CODE_KINDS, *ANSWER_KINDS, LAB) if kind in options]
    if len(kinds) > 1:
        source.problem(start, f"a cell is only one of {' and '.join(kinds)}", hint="Make a cell of each.")
        return None
    kind = kinds[0] if kinds else "code"
    if options.get("figure", options.get(LAB)) == RECORD:
        sentence = f'a {kind} cannot be called "{RECORD}": so is the record of the lesson'
        source.problem(start, sentence, hint="Give it another name.")
    statements = tuple(_statements(source, start, end))
    last_reason, reasons = leading(source, start + 1, end) if kind in ANSWER_KINDS else (start, {})
    sources = texts(source, last_reason + 1, end)
    check_comments(source, start + 1, end)
    _check_characters(source, start + 1, end)
    _check_tabs(source, start + 1, end)
    _check_declarations(source, last_reason + 1, end)
    if not statements:
        source.problem(start, "this code cell is empty", hint="Write it or remove it.")
    needs = options.get("needs", "")
    if needs not in ("", "all"):
        source.problem(start, f'a cell cannot need "{needs}"', hint='needs="all" takes everything before it along.')
    folded = options.get("folded", "")
    if folded not in ("", *FOLDED) or (folded and kind != "code"):
        hint = f"It is one of {', '.join(FOLDED)}: code to skip, for a figure, or that tests what stands above."
        source.problem(start, "only a plain cell is folded", hint=hint)
    path = options.get("path", "")
    if path not in ("", "deeper") or (path and kind != "exercise"):
        hint = (
            'path="deeper" leaves an exercise out of the core path; a section says so in its heading: { #it .deeper }'
        )
        source.problem(start, "only an exercise has a path", hint=hint)
    anchor = options.get("anchor", "")
    if anchor and kind != "code":
        hint = "Links lead to a figure by #figure-its-name, and to an exercise by its section."
        source.problem(start, "only a plain cell has an anchor", hint=hint)
    data = options.get("data", "")
    if data and kind != LAB:
        source.problem(start, "only a lab comes with data", hint='Write it in the marker of the lab: lab="NAME"')
    elif "data" in options and not DATA.fullmatch(data):
        hint = 'data="curves" takes a variable of the lesson, data="curves, 60 kB" allows it more than 30 kB.'
        source.problem(start, "the data of this lab are not understood", hint=hint)
    tolerance = _tolerance(source, start, options)
    ulp = _ulp(source, start, kind, options)
    accepts = options.get("accepts", "")
    if accepts and kind != "exercise":
        source.problem(start, "only an exercise accepts an answer", hint="Say it in the marker of the exercise.")
    name, deeper = options.get(kind, ""), bool(path)
    last = accepts, deeper, anchor, data, ulp
    cell = Code(start, kind, name, tolerance, sources, statements, needs, folded, reasons, *last)
    if kind in ANSWER_KINDS:
        _check_answer(source, cell)
    if statements:
        _check_solution(source, cell, end)
    return cell


def _check_characters(source: Source, first: int, last: int) -> None:
    """What nobody sees, as characters that turn the direction of what follows: readers see other code than Python."""
    for number in range(first, last + 1):
        if found := UNSEEN.search(source.line(number)):
            sentence = f"a character that nobody sees (U+{ord(found[0]):04X}) stands in this line"
            escape = ascii(found[0])[1:-1]
            evidence = (source.line(number).replace(found[0], escape),)
            hint = f"Remove it, or write it as an escape in a string: '{escape}'"
            source.problem(number, sentence, evidence, hint)


def _check_tabs(source: Source, first: int, last: int) -> None:
    """Notes the first line that a tab indents."""
    strings = source.tokens.begin_in_string
    lines = (number for number in range(first, last + 1) if number not in strings)
    if tab := next((number for number in lines if INDENTED.match(source.line(number))), None):
        hint = "Indent by four spaces a level; `ruff format` does it for the whole file."
        source.problem(tab, "this line is indented by a tab", hint=hint)


def _check_declarations(source: Source, first: int, last: int) -> None:
    """A program that a reader copies may begin with any comment, and to Python some declare the encoding of a file."""
    for number in range(first, last + 1):
        column, text = source.comments.get(number, (1, ""))
        if not column and (encoding := declared(text)):
            sentence = f"a program that begins with this comment does not run: it declares the encoding {encoding!r}"
            source.problem(number, sentence, hint=UNDECLARED)


def _tolerance(source: Source, start: int, options: dict[str, str]) -> float | None:
    if "tolerance" not in options:
        return None
    try:
        tolerance = float(options["tolerance"])
    except ValueError:
        tolerance = 0.0
    if 0 < tolerance < 1:
        return tolerance
    source.problem(start, "the tolerance is not a number between 0 and 1", hint='tolerance="0.02" allows 2 %.')
    return None


def _ulp(source: Source, start: int, kind: str, options: dict[str, str]) -> int:
    ulp = options.get("ulp", "0")
    if "ulp" not in options or (kind == LAB and "tolerance" not in options and re.fullmatch("[1-9]", ulp)):
        return int(ulp)
    hint = 'lab="NAME" ulp="2" allows two units in the last place of a float32, in place of a tolerance.'
    source.problem(start, "only the numbers of a lab differ by ulps, 1 to 9 of them", hint=hint)
    return 0


def last_line(node: ast.stmt | ast.expr) -> int:
    """The line on which a node ends; the parser knows it of each."""
    return node.end_lineno or node.lineno


def _statements(source: Source, start: int, end: int) -> Iterator[Statement]:
    """The statements of a cell (those that share a line are one), each with the recorded output below it."""
    spans: list[tuple[int, int]] = []
    for first, last in source.spans:
        if start < first <= end:
            if spans and first <= spans[-1][1]:
                first, _ = spans.pop()
            spans.append((first, last))
    stray = {line for line in range(start, end + 1) if is_recorded(source, line)}
    for (first, last), following in zip(spans, [*(first for first, _ in spans[1:]), end + 1], strict=False):
        indented = (line for line in range(last + 1, following) if source.comments.get(line, (0,))[0] > 0)
        under = max(indented, default=last)
        recorded: list[str] = []
        while is_recorded(source, line := under + 1 + len(recorded)):
            recorded.append(source.line(line)[4:].rstrip())
            stray.discard(line)
        yield Statement(first, under, "\n".join(source.lines[first - 1 : last]), tuple(recorded))
    for line in sorted(line for line in stray if line - 1 not in stray):
        hint = "Remove it, then record again with --update-outputs. A comment of yours begins otherwise: `#  >`."
        source.problem(line, "a recorded output stands right under the statement that printed it", hint=hint)


def _check_answer(source: Source, cell: Code) -> None:
    """A wrong answer says why it is wrong; no answer has recorded outputs."""
    if cell.kind == "wrong" and not any(cell.reasons.values()):
        hint = f"Begin it with the reason in one sentence: {IN_PAIRS}."
        source.problem(cell.line, "this wrong answer does not say why it is wrong", hint=hint)
    for lang, reason in cell.reasons.items():
        for _, sentence, hint in faults(Prose(cell.line, "prose", lang, "", reason)) if reason else ():
            source.problem(cell.line + 1, sentence, (reason,), hint)
    for statement in cell.statements:
        if statement.recorded:
            sentence = "an answer prints nothing: it is no part of what is recorded"
            source.problem(statement.end_line + 1, sentence, hint="Remove this line.")


def _check_solution(source: Source, cell: Code, end: int) -> None:
    """An exercise has a solution between its marks, other cells have none."""
    hint = f"Put {BEGIN} and {END} around lines of a function body or around one assignment."
    if cell.kind == "exercise":
        for line in range(cell.line + 1, end + 1):
            if source.line(line).startswith("%%"):
                sentence = "this line would begin a cell where the program to download tells the solution"
                source.problem(line, sentence, hint="Write the string on one line, with \\n in it.")
        try:
            for text in cell.sources.values():
                starter(text)
        except ValueError as error:
            source.problem(cell.line, str(error), hint=hint)
        return
    for line in range(cell.line + 1, end + 1):
        if line in source.comments and source.comments[line][1] in (BEGIN, END):
            source.problem(line, "only an exercise holds a solution", hint='Begin its cell with: # %% exercise="NAME"')
