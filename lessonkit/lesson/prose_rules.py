"""What is wrong with one prose cell: headings, formulas, quotes, fences, captions that pages cannot show as meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile

from lessonkit.formulas.math import MathError, to_mathml
from lessonkit.lesson import choices, dialect
from lessonkit.lesson.captions import QUESTION, read_caption
from lessonkit.lesson.cells import LABELLED, Prose
from lessonkit.lesson.prose import (
    ADMONITION,
    HEADING,
    LINK,
    TAG,
    URL,
    formulas,
    headings,
    line_of,
    open_fence,
    paragraphs,
    without_code,
    without_fences,
    without_math,
)
from lessonkit.lesson.text_file import UNSEEN

Fault = tuple[int, str, str]
"""The line in the Markdown (from 0), a sentence, and what corrects it."""

NEARLY_HEADING = re.compile(r"[ \t]*#{1,6}[ \t]*[^#\s]")
UNDERLINE = re.compile(r"[ \t]*(=+|-+)[ \t]*")
DISPLAY = re.compile(r"\s*\$\$(?:(?!\$\$).)+\$\$\s*", re.DOTALL)
HYPHEN_FOR_MINUS = re.compile(r"(?<![\w-])-(?=\.?\d)")
BELOW_HEAD = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
QUOTE = re.compile(r"[ \t]*(?:[-*+][ \t]+|\d+\.[ \t]+)*>")


def faults(cell: Prose) -> Iterator[Fault]:
    """What is wrong with a cell."""
    for rule in RULES:
        yield from rule(cell)


def _empty(cell: Prose) -> Iterator[Fault]:
    if not cell.markdown.strip():
        yield -1, "this prose cell is empty", "Write it or remove it."


def _unseen(cell: Prose) -> Iterator[Fault]:
    """A form feed, say: what is left of `\\frac` where something read `\\f` as an escape."""
    for number, line in enumerate(cell.markdown.split("\n")):
        if found := re.search(rf"[\v\f\u2028\u2029]|{UNSEEN.pattern}", line):
            sentence = f"a character that nobody sees (U+{ord(found[0]):04X}) stands in this line"
            yield number, sentence, "Remove it, or write what was meant."


def _headings(cell: Prose) -> Iterator[Fault]:
    form = "`## Title { #anchor }`"
    for heading in headings(cell.markdown):
        if heading.anchor is None:
            hint = "Add one, the same in each language: { #to-probabilities }"
            yield heading.line, "a heading needs an explicit anchor", hint
        if "$" in without_code(heading.title):
            yield heading.line, "a heading holds no math", "Say it in words or in `code`."
    lines = without_math(without_fences(cell.markdown)).split("\n")
    for number, line in enumerate(lines):
        if not HEADING.match(line) and NEARLY_HEADING.match(line):
            yield number, f"a heading begins its line and is written {form}", "If it is none, write \\#."
        if UNDERLINE.fullmatch(line) and number and lines[number - 1].strip():
            yield number, "this line makes a heading of the one above", f"Write {form}, or a blank line between them."


def _display_math(cell: Prose) -> Iterator[Fault]:
    """Markdown takes `$$` for a formula only where a paragraph is nothing but the formula."""
    text = without_code(cell.markdown)
    for start, paragraph in paragraphs(text):
        formula = "\n".join(line for line in paragraph.split("\n") if not ADMONITION.match(line))
        if "$$" in formula and not DISPLAY.fullmatch(formula):
            hint = "Write $$, the formula and $$ on lines of their own, with blank lines before and after, none within."
            line = line_of(text, text.index("$$", start))
            yield line, "this $$ does not stand around a paragraph of its own", hint


def _formulas(cell: Prose) -> Iterator[Fault]:
    for formula in formulas(cell.markdown):
        try:
            to_mathml(formula.latex, display=formula.display)
        except MathError as error:
            yield (
                formula.line + error.line,
                str(error),
                error.hint or "Write LaTeX as amsmath has it; words stand in \\text{…}.",
            )


def _quotes(cell: Prose) -> Iterator[Fault]:
    for number, line in enumerate(without_math(without_code(cell.markdown)).split("\n")):
        if QUOTE.match(line):
            yield number, "block quotes are not used in prose cells", "Use `!!! note` instead."


def _minus_signs(cell: Prose) -> Iterator[Fault]:
    """A hyphen is read as a dash or not at all, and lines break after it; labels are as the figure writes them."""
    text = without_math(without_code(cell.markdown))
    for part in (LINK, URL, TAG):
        text = part.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    for number, line in enumerate(text.split("\n")):
        if HYPHEN_FOR_MINUS.search(line) and not (cell.kind in LABELLED and line.startswith("- ")):
            yield number, "a hyphen stands for a minus sign", "Write − (U+2212) in prose; code keeps its hyphen."


def _tables(cell: Prose) -> Iterator[Fault]:
    """Rows that begin with no bar, which Markdown allows and which hide among paragraphs."""
    lines = without_fences(cell.markdown).split("\n")
    for number, line in enumerate(lines):
        if not (number and "|" in line and BELOW_HEAD.fullmatch(line) and lines[number - 1].strip()):
            continue
        rows = takewhile(str.strip, lines[number + 1 :])
        for at, row in enumerate((lines[number - 1], line, *rows), number - 1):
            if not row.lstrip().startswith("|"):
                yield at, "a row of a table begins with no bar", "Write each row as: | one | two |"
                break


def _fences(cell: Prose) -> Iterator[Fault]:
    if (line := open_fence(cell.markdown)) is not None:
        yield line, "this fenced code has no end", "Close it with a line of as many ` or ~ as it begins with."


def _admonitions(cell: Prose) -> Iterator[Fault]:
    """An admonition that holds nothing: a question without its answer, or a text that is not indented."""
    lines = cell.markdown.split("\n")
    for number, line in enumerate(without_fences(cell.markdown).split("\n")):
        if not (found := ADMONITION.match(line)):
            continue
        below = next((one for one in lines[number + 1 :] if one.strip()), "")
        if len(below) - len(below.lstrip()) < len(found["indent"]) + 4:
            what = "this question has no answer" if found["type"] == "question" else "this admonition holds nothing"
            yield number, what, "Write it below, indented by four spaces."


def _choices(cell: Prose) -> Iterator[Fault]:
    """What is wrong with the choices of a quiz."""
    yield from choices.faults(cell.markdown)


def _caption(cell: Prose) -> Iterator[Fault]:
    if cell.kind not in LABELLED or not cell.markdown.strip():
        return
    try:
        read_caption(cell.markdown, *(QUESTION if cell.kind == "question" else ()))
    except ValueError as error:
        first, second = ("question", "answers it") if cell.kind == "question" else ("caption", "tells the picture")
        hint = f"Write the {first}, then a paragraph that {second}, then a line a label: - loss: its form"
        yield -1, str(error), hint


RULES: tuple[Callable[[Prose], Iterator[Fault]], ...] = (
    *dialect.RULES,
    _empty,
    _unseen,
    _headings,
    _display_math,
    _formulas,
    _quotes,
    _minus_signs,
    _tables,
    _fences,
    _admonitions,
    _choices,
    _caption,
)
