"""What the search index holds of a page, section by section: its prose, and the code that somebody may look for.

Of a lesson all of that is read from its cells. Most of its code is noise to a search: the same names again and again,
drawing, numbers that were printed. A line of code stays where it takes something from a library that is new in its
section, in the first sections of a page that take it; a line of output where it says something in words, for readers
paste the messages that PyTorch prints. Exercises and quizzes are found by what they ask, never by an answer or a hint.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from math import inf

from lessonkit.formulas.linear import linear
from lessonkit.formulas.math import to_mathml
from lessonkit.lesson.blocks import blocks
from lessonkit.lesson.captions import caption
from lessonkit.lesson.cells import ANSWER_KINDS, LAB, LABELLED, Code, Lesson, Prose
from lessonkit.lesson.prose import Heading, headings, plain_text

ASKING, QUESTION = ("exercises", "quiz"), re.compile(r"\d+\. ")
"""Sections that ask, and what each of their questions begins with."""
ANSWERS = ("exercise", "check", *ANSWER_KINDS, LAB)
"""The kinds of cells whose code and outputs would give an exercise away, or that the page does not show."""
PARTS = ("paragraph", "list item", "formula", "table row", "table cell")
"""The kinds of blocks that are text; those that are neither these nor headings are boxes with a title."""
LONG_FORMULA = 48
CODE = "\1{}\2"
"""Code in a text until it is finished."""
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
NAMES = re.compile(r"(?<![\w.])(?:torch|nn|F|optim|math|np)(?:\.\w+)+|\.[a-z]\w*_(?=\()")
"""What code is looked for by: what it takes from libraries, methods that change a tensor."""
COMMON = {"math.log", "math.exp", "np.array"}
COMMON |= {f"torch.{name}" for name in ("tensor", "Tensor", "float32", "float64", "Generator", "manual_seed", "arange")}
COMMON |= {
    f"torch.{name}" for name in ("cat", "full", "linspace", "meshgrid", "ones", "rand", "randint", "stack", "zeros")
}
"""The tools of every cell: nobody looks for a section by them."""
SECTIONS = 2
"""Sections of a page that keep the code with a name: who looks for it wants the first ones, not the last."""
NOISE = re.compile(r"\s*(?:print|assert|import|from|ax\w*|axes|fig|plt|for)\b|.*\b(?:plt|ax)\.")
SENTENCE = re.compile(r"(?:[A-Za-z]{2,}[ ,:]+){3}[A-Za-z]{2,}")


@dataclass
class _Open:
    """A section while it is read: its heading, its lines, and what its code takes from libraries."""

    heading: Heading
    lines: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


def lesson_sections(lesson: Lesson, lang: str, url: str) -> list[dict[str, str]]:
    """The sections of a lesson whose page has this address: `location`, and as HTML `title` and `text`.

    The text is a paragraph, or a line of code, a line; of tags there is only `code`.
    """
    found: list[_Open] = []
    for cell in lesson.cells:
        if isinstance(cell, Prose):
            if cell.lang in (lang, "") and cell.kind not in LABELLED:
                _read_prose(found, cell.markdown)
        elif cell.kind not in ANSWERS and found[-1].heading.anchor not in ASKING:
            found[-1].lines += (CODE.format(" ".join(line.split())) for line in _code(found, cell, lang))
            if cell.kind == "figure":
                found[-1].lines.append(_text(caption(lesson, cell.name, lang).text))
    return [
        {
            "location": url if one.heading.level == 1 else f"{url}#{one.heading.anchor}",
            "title": _html(_text(one.heading.title)),
            "text": _html("\n".join(filter(None, one.lines))),
        }
        for one in found
    ]


def _read_prose(found: list[_Open], markdown: str) -> None:
    """Adds the sections that a cell begins, and its text to the last one; not what a question or a hint holds."""
    begun = {heading.line: heading for heading in headings(markdown)}
    deepest: float = inf
    for block in blocks(markdown):
        if block.indent > deepest:
            continue
        deepest = inf
        if block.kind == "heading":
            found.append(_Open(begun[block.line]))
            continue
        asking, lines = found[-1].heading.anchor in ASKING, found[-1].lines
        if block.kind not in PARTS and (asking or block.kind == "question"):
            deepest = block.indent
        text = _formula(block.text.replace("$$", ""), display=True) if block.kind == "formula" else _text(block.text)
        if block.kind == "table cell" and not asking:
            lines[-1] = f"{lines[-1]} {text}".strip()
        elif not asking or QUESTION.match(text):
            lines.append(text)


def _text(markdown: str) -> str:
    """What a piece of Markdown says in one line, its formulas too."""
    return plain_text(markdown, CODE, _formula)


def _formula(latex: str, *, display: bool = False) -> str:
    return short_formula(to_mathml(latex.strip(), display=display))


def short_formula(mathml: str) -> str:
    """The text of a formula; "" for one that is too long for a hit."""
    text = linear(mathml)
    return text if len(text) <= LONG_FORMULA else ""


def _code(found: list[_Open], cell: Code, lang: str) -> Iterator[str]:
    """The lines of a plain cell or a figure, and of what it prints, that somebody may look for."""
    names = found[-1].names
    often = Counter(name for one in found for name in one.names)
    known = COMMON | names | {name for name, times in often.items() if times >= SECTIONS}
    for line in "" if cell.kind == "figure" or cell.folded else cell.sources[lang].split("\n"):
        code = line.partition("#")[0]
        new = set(NAMES.findall(QUOTED.sub("", code))) - known
        if new and not NOISE.match(code):
            known |= new
            names |= new
            yield code.strip().rstrip(",")
    yield from filter(SENTENCE.search, cell.recorded)


def _html(text: str) -> str:
    """A text as Material writes it into its index."""
    start, end = CODE.split("{}")
    return escape(text, quote=False).replace(start, "<code>").replace(end, "</code>")
