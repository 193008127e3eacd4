"""What a piece of Markdown says: headings, formulas, links, names of functions, decimals.

Fenced code is blanked before anything is looked for, so that line numbers stay true. Lines count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t]+(?P<title>.*?)[ \t]*(?:\{[ \t]*#(?P<anchor>[\w-]+)[ \t]*\})?[ \t]*$")
FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}|~{3,})")
DISPLAY = re.compile(r"^[ \t]*\$\$(?P<latex>.*?)\$\$[ \t]*$", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"(?<![\\$])\$(?![\s$])(?P<latex>(?:\\.|[^\\$\n])+?)(?<!\s)\$(?!\$)")
CODE_SPAN = re.compile(r"(?<!`)(?P<ticks>`+)(?P<code>.+?)(?P=ticks)(?!`)", re.DOTALL)
LINK = re.compile(r"!?\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)[^)]*\)(?:\{[^}]*\})?")
ADMONITION = re.compile(r"^(?P<indent>[ \t]*)(?P<marks>!!!|\?\?\?\+?)[ \t]+(?P<type>[\w-]+)")
DECIMAL = re.compile(r"(?<![A-Za-z0-9_.])[-−]?\d+\.\d+(?:e[-+]?\d+)?(?![A-Za-z0-9_]|\.\d)(?: ?%)?")
CITED = re.compile(r"(?P<mark>\*\*|\*|__|_)(?P<text>[^*_\n]+?)(?P=mark)\{[^}]*\.cited[^}]*\}")
API_NAME = re.compile(r"^[A-Za-z_][\w]*(?:\.[A-Za-z_]\w*)+(?:\(.*\))?$|^[A-Za-z_]\w*\(.*\)$", re.DOTALL)


@dataclass(frozen=True)
class Heading:
    """A heading: its line, level (1 to 6), title and explicit anchor (None where there is none)."""

    line: int
    level: int
    title: str
    anchor: str | None


@dataclass(frozen=True)
class Formula:
    """A formula in LaTeX, without its dollar signs."""

    line: int
    latex: str
    display: bool


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def without_fences(markdown: str) -> str:
    """The Markdown with every line of fenced code made empty."""
    lines, fence = [], None
    for line in markdown.split("\n"):
        found = FENCE.match(line)
        if fence is None and found:
            fence = found["fence"]
            lines.append("")
        elif fence is not None:
            if found and found["fence"].startswith(fence):
                fence = None
            lines.append("")
        else:
            lines.append(line)
    return "\n".join(lines)


def without_code(markdown: str) -> str:
    """The Markdown with fenced code and code spans made blank."""
    return CODE_SPAN.sub(_blank, without_fences(markdown))


def _line_of(text: str, position: int) -> int:
    return text.count("\n", 0, position)


def headings(markdown: str) -> Iterator[Heading]:
    """The headings in order."""
    for number, line in enumerate(without_fences(markdown).split("\n")):
        if found := HEADING.match(line):
            yield Heading(number, len(found["marks"]), found["title"], found["anchor"])


def formulas(markdown: str) -> Iterator[Formula]:
    """The display formulas, then the inline ones."""
    text = without_code(markdown)
    for found in DISPLAY.finditer(text):
        yield Formula(_line_of(text, found.start("latex")), found["latex"].strip(), True)
    text = DISPLAY.sub(_blank, text)
    for found in INLINE.finditer(text):
        yield Formula(_line_of(text, found.start()), found["latex"], False)


def without_math(markdown: str) -> str:
    """The Markdown with formulas made blank (code must be blank already)."""
    return INLINE.sub(_blank, DISPLAY.sub(_blank, markdown))


def links(markdown: str) -> Iterator[tuple[int, str]]:
    """The targets of links with their lines."""
    text = without_code(markdown)
    for found in LINK.finditer(text):
        yield _line_of(text, found.start()), found["target"]


def api_names(markdown: str) -> Iterator[tuple[int, str]]:
    """Names in inline code that are dotted or called, `F.softmax` or `backward()`, without their arguments."""
    text = without_fences(markdown)
    for found in CODE_SPAN.finditer(text):
        if API_NAME.match(found["code"].strip()):
            yield _line_of(text, found.start()), found["code"].strip().split("(")[0]


def admonitions(markdown: str) -> Iterator[tuple[int, str]]:
    """The types of the admonitions with their lines."""
    for number, line in enumerate(without_fences(markdown).split("\n")):
        if found := ADMONITION.match(line):
            yield number, found["type"]


def without_answers(markdown: str) -> str:
    """The Markdown with the folded bodies of `??? question` made blank."""
    lines, indent = [], None
    for line in markdown.split("\n"):
        found = ADMONITION.match(line)
        if indent is not None and line.strip() and len(line) - len(line.lstrip()) <= indent:
            indent = None
        lines.append(line if indent is None else "")
        if indent is None and found and found["marks"] != "!!!" and found["type"] == "question":
            indent = len(found["indent"])
    return "\n".join(lines)


def decimals(markdown: str) -> Iterator[tuple[int, str]]:
    """The decimals of running prose (`0.67`, `90.8%`): outside code, math, links, quiz answers and cited numbers."""
    text = without_math(without_code(without_answers(markdown)))
    text = CITED.sub(_blank, LINK.sub(_blank, text))
    for found in DECIMAL.finditer(text):
        yield _line_of(text, found.start()), found.group().replace("−", "-")


def first_paragraph(markdown: str) -> str:
    """The first paragraph below the title as plain text, for descriptions."""
    for block in re.split(r"\n[ \t]*\n", without_fences(markdown)):
        block = "\n".join(line for line in block.split("\n") if not HEADING.match(line)).strip()
        if block and not ADMONITION.match(block) and not block.startswith(("$$", "<", "|", "-")):
            return plain_text(block)
    return ""


def plain_text(markdown: str) -> str:
    """Markdown without its marks: emphasis, code, links, attribute lists, line breaks."""
    text = LINK.sub(lambda found: found["text"], markdown)
    text = re.sub(r"\{[^}]*\}", "", text)
    text = re.sub(r"(\*\*|\*|`)", "", text)
    return " ".join(text.split())
