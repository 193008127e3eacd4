"""Markdown that a page and a notebook read differently, or that comes from elsewhere, told with what to write instead.

What these rules do not know, `notebooks.same_outline` finds by rendering both; here the message can say what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from lessonkit.lesson.cells import Prose
from lessonkit.lesson.prose import (
    DISPLAY,
    HANGUL,
    INLINE,
    LINK,
    line_of,
    without_code,
    without_fences,
    without_math,
)

Fault = tuple[int, str, str]
"""The line in the Markdown (from 0), a sentence, and a hint."""

DOLLAR = re.compile(r"(?<!\\)\$")
NAMED = re.compile(r"\\(?:text|mathrm|mathbf|mathit|mathsf|textbf|textit|operatorname\*?|begin|end)\s*\{[^{}]*\}")
WORD = re.compile(r"(?<![\\A-Za-z])[a-z]{2,}(?![A-Za-z])")
ELSEWHERE = re.compile(r"!\[[^\]\n]*\]\(<?(?!data:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
POINTED = re.compile(r"<[^<>\n]*>|\{[^{}\n]*\}")

FOREIGN = [
    (re.compile(pattern, re.MULTILINE), sentence, hint)
    for pattern, sentence, hint in (
        (r"(?<![\w:]):[a-z][\w:.+-]*:`", "a role of reStructuredText stands here", "Write `name` or $formula$."),
        (
            r"^[ \t]*\.\.[ \t]+\S",
            "a directive of reStructuredText stands here",
            'Write an admonition, !!! note "Title", or Markdown\'s own form of a link.',
        ),
        (r"(?<!`)``(?!`)[^`\n]+``(?!`)", "a literal of reStructuredText stands here", "Write it between single `."),
        (r"[^\s`]`__?(?![\w`])", "a link of reStructuredText stands here", "Write [text](address)."),
        (r"(?<![\w\]])\[#?\w+\]_(?!\w)", "a citation of reStructuredText stands here", "Write [text](address)."),
        (r"^[^|\n$`]*\|[A-Za-z]\w+\|[^|\n]*$", "a name of reStructuredText stands here", "Write what it stands for."),
        (r"^:[a-z]+ \w+:[ \t]", "a field of reStructuredText stands here", "Write it as a sentence, or as a list."),
        (
            r"^[ \t]*\+(?:[-=]+\+)+[ \t]*$",
            "a table of reStructuredText stands here",
            "Write rows that begin with a bar.",
        ),
        (r"(?<!!)\[[ \t]*\]\(", "this link has no text to follow it by", "Write [text](address)."),
        (r"::[ \t]*$", "this line ends as in reStructuredText", "Write one colon, and fenced code below it: ```python"),
    )
]
"""What is looked for where code spans still stand; see UNLIKE for the rest."""

UNLIKE = [
    (re.compile(pattern, re.MULTILINE), sentence, hint)
    for pattern, sentence, hint in (
        (
            r"\\$",
            "a backslash at the end of a line is shown on the page, and breaks the line in a notebook",
            "Write <br> for a line break, or leave it out.",
        ),
        (r"\t", "a tab stands in this line, as wide as each reader likes", "Write four spaces for each tab."),
        (r"\\(?:eqref|ref|cite)\b", "a reference of LaTeX is text on the page", "Write it in words: [text](#anchor)."),
        (
            r"\\\\[(\[]|\\(?:begin|end)\b",
            "this begins a formula in a notebook, and is text on the page",
            "Write a formula as $…$, or between two lines $$.",
        ),
        (
            r"(?<!\\)\\\((?=.*?\\\))|^[ \t]*\\\[(?=[^\]]*\\\])",
            "this is a formula on the page, and text in a notebook",
            "Write a formula as $…$, or between two lines $$.",
        ),
        (
            r"\b(?:https?|ftp)://[^\s/]|\bwww\.\w|(?<![\w.+-])[\w.+-]+@[\w-]+\.\w",
            "an address without < > is a link in a notebook only",
            "Write <https://…>, [text](https://…), or `name@example.org`.",
        ),
    )
]


def _edge(cell: Prose) -> Iterator[Fault]:
    """What a cell begins with could belong to the list or the admonition above it."""
    first = next((line for line in cell.markdown.split("\n") if line.strip()), "")
    if first.startswith((" ", "\t")):
        hint = "Begin it at the left edge, or make one cell of it and the one above."
        yield cell.markdown.split("\n").index(first), "this cell begins with an indented line", hint


def _foreign(cell: Prose) -> Iterator[Fault]:
    text = without_fences(cell.markdown)
    for pattern, sentence, hint in FOREIGN:
        for found in pattern.finditer(text):
            yield line_of(text, found.start()), sentence, hint


def _unlike(cell: Prose) -> Iterator[Fault]:
    text = without_math(without_code(cell.markdown))
    for part in (LINK, POINTED):
        text = part.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), text)
    for pattern, sentence, hint in UNLIKE:
        for found in pattern.finditer(text):
            yield line_of(text, found.start()), sentence, hint


def _pictures(cell: Prose) -> Iterator[Fault]:
    """A picture from another host, which the policy of a page refuses, or one that was attached to a notebook."""
    text = without_math(without_code(cell.markdown))
    hint = 'Draw it: # %% figure="my_name", or link to it: [text](https://…).'
    for found in ELSEWHERE.finditer(text):
        yield line_of(text, found.start()), "this picture is not in the lesson, and a page shows no other", hint


def _dollars(cell: Prose) -> Iterator[Fault]:
    """A `$` that is not clearly a formula's: prices become formulas, and what is between them disappears."""
    text = DISPLAY.sub(lambda match: re.sub(r"[^\n]", " ", match.group()), without_code(cell.markdown))
    hint = "Write \\$ for a dollar sign; a formula stands between two, as in $x$, without a space inside."
    for found in INLINE.finditer(text):
        if doubt := _doubt(found["latex"], text[: found.start()][-1:], text[found.end() :][:1]):
            yield line_of(text, found.start()), f"this `$` is a price rather than a formula: {doubt}", hint
    rest = without_math(text)
    for found in DOLLAR.finditer(rest):
        if "$$" not in rest[max(found.start() - 1, 0) : found.end() + 1]:
            yield line_of(rest, found.start()), "this `$` neither begins nor ends a formula", hint


def _doubt(latex: str, before: str, after: str) -> str:
    """Why something between two dollar signs seems to be no formula; "" where it is one."""
    bare = NAMED.sub("", latex)
    if after.isdecimal():
        return "a number follows it"
    if before.isascii() and before.isalnum():
        return "a letter or number stands before it"
    if sum(map(bare.count, "([")) != sum(map(bare.count, ")]")):
        return "it holds half a pair of brackets"
    if HANGUL.search(bare):
        return "it holds Hangul outside \\text{…}"
    if latex[:1].isdecimal() and (word := WORD.search(re.sub(r"\\[A-Za-z]+", "", bare))):
        return f"it holds the word {word[0]}"
    return ""


RULES: tuple[Callable[[Prose], Iterator[Fault]], ...] = (_edge, _foreign, _unlike, _pictures, _dollars)
