"""What a piece of Markdown says: headings, formulas, links, names of functions, decimals.

Fenced code is blanked before anything is looked for, so that line numbers stay true. Lines count from 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

SAME_PARAGRAPH = r"(?!\n[ \t]*\n)"
ANCHOR = r"(?:\{[ \t]*#(?P<anchor>[A-Za-z][A-Za-z0-9_-]*)(?P<classes>(?:[ \t]+\.(?:numbered|deeper))*)[ \t]*\})?"
HEADING = re.compile(rf"^(?P<marks>#{{1,6}})[ \t]+(?P<title>.*?)[ \t]*{ANCHOR}[ \t]*$")
FENCE = re.compile(r"^[ \t]*(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<rest>.*)$")
DISPLAY = re.compile(r"^[ \t]*\$\$(?P<latex>(?:(?!\$\$).)*)\$\$[ \t]*$", re.DOTALL | re.MULTILINE)
INLINE = re.compile(rf"(?<![\\$])\$(?![\s$])(?P<latex>(?:\\.|{SAME_PARAGRAPH}[^\\$])+?)(?<!\s)\$(?!\$)")
SPAN = rf"(?<![`\\])(?P<ticks>`+)(?!`)(?P<code>(?:{SAME_PARAGRAPH}.)+?)(?<!`)(?P=ticks)(?!`)"
CODE_SPAN = re.compile(SPAN, re.DOTALL)
LINK = re.compile(r"!?\[(?P<text>[^\]]*)\]\((?P<target>(?:[^()\s]|\([^()\s]*\))+)[^)]*\)(?:\{[^}]*\})?")
URL = re.compile(r"<?\bhttps?://[^\s<>]+>?")
AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
ADMONITION = re.compile(r"^(?P<indent>[ \t]*)(?P<marks>!!!|\?\?\?\+?)[ \t]+(?P<type>[\w-]+)")
NUMERAL = r"[-−]?(?:\d{1,3}(?:,\d{3})+|\d+)\.\d+(?:[eE][-+]?\d+)?"
MULTIPLIED = r" (?:hundred|thousand|million|billion|trillion)"
DECIMAL = re.compile(rf"(?<![A-Za-z0-9_.]){NUMERAL}(?![0-9_]|\.\d|{MULTIPLIED})(?: ?%)?")
CITED = re.compile(r"(?P<mark>\*\*|\*|__|_)(?P<text>[^*_\n]+?)(?P=mark)\{[^}]*\.cited[^}]*\}")
API_NAME = re.compile(r"[A-Za-z_]\w*(?:(?:\.[A-Za-z_]\w*)+(?:\(.*\))?|\(.*\))", re.DOTALL)
EMPHASIS = re.compile(r"(?<!\\)(\*\*|\*|(?<!\w)__|(?<!\w)_)(?=\S)(?P<text>.+?)(?<=\S)\1(?!\*)", re.DOTALL)
NO_SENTENCE = re.compile(r"\$\$|[<|]|(?:[-*+]|\d+\.)[ \t]")
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|[A-Za-z]\w*);")
ATTRIBUTES = re.compile(r"\{:?[ \t]*[.#][^}\n]*\}")


@dataclass(frozen=True)
class Heading:
    """A heading: its line, level (1 to 6), title, explicit anchor (None if there is none), whether it goes deeper."""

    line: int
    level: int
    title: str
    anchor: str | None
    deeper: bool = False


@dataclass(frozen=True)
class Formula:
    """A formula in LaTeX, without its dollar signs."""

    line: int
    latex: str
    display: bool


def blank(match: re.Match[str]) -> str:
    """What was found as whitespace of the same length."""
    return "\n".join(" " * len(line) for line in match.group().split("\n"))


def line_of(text: str, position: int) -> int:
    """The line of a position in a text."""
    return text.count("\n", 0, position)


def paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """The paragraphs between blank lines, each with its position."""
    for found in re.finditer(r"(?:[ \t]*\S.*(?:\n|$))+", text):
        yield found.start(), found.group()


def _fenced(markdown: str) -> tuple[list[bool], int | None]:
    """For each line, whether it belongs to fenced code; and the line of a fence that is never closed."""
    inside: list[bool] = []
    opened, fence = None, ""
    for number, line in enumerate(markdown.split("\n")):
        found = FENCE.match(line)
        inside.append(opened is not None or found is not None)
        if opened is None and found:
            opened, fence = number, found["fence"]
        elif _closes(line, fence):
            opened = None
    return inside, opened


def _closes(line: str, fence: str) -> bool:
    found = FENCE.match(line)
    return bool(found and found["fence"] == fence and not found["rest"].strip())


def fences(markdown: str) -> Iterator[tuple[int, str, str]]:
    """The fenced code: its line, what stands behind the opening fence, and its text."""
    inside, _ = _fenced(markdown)
    lines = markdown.split("\n")
    at = 0
    while at < len(lines):
        found = FENCE.match(lines[at]) if inside[at] else None
        if not found:
            at += 1
            continue
        end = at + 1
        while end < len(lines) and inside[end] and not _closes(lines[end], found["fence"]):
            end += 1
        yield at, found["rest"].strip(), "\n".join(lines[at + 1 : end])
        at = end + 1


def open_fence(markdown: str) -> int | None:
    """The line of a fence that is never closed."""
    return _fenced(markdown)[1]


def end_of_box(lines: Sequence[str], at: int, indent: int) -> int:
    """The line after the last one of an admonition that begins at a line: what it holds is indented by four more."""
    end = at + 1
    for number, line in enumerate(lines[at + 1 :], at + 1):
        if line.strip():
            if len(line) - len(line.lstrip()) < indent + 4:
                break
            end = number + 1
    return end


@lru_cache(maxsize=1024)
def without_fences(markdown: str) -> str:
    """The Markdown with every line of fenced code made blank; every position stays."""
    if "```" not in markdown and "~~~" not in markdown:
        return markdown
    inside, _ = _fenced(markdown)
    return "\n".join(
        " " * len(line) if fenced else line for fenced, line in zip(inside, markdown.split("\n"), strict=True)
    )


@lru_cache(maxsize=1024)
def without_code(markdown: str) -> str:
    """The Markdown with fenced code and code spans made blank."""
    return CODE_SPAN.sub(blank, without_fences(markdown))


@lru_cache(maxsize=1024)
def without_math(markdown: str) -> str:
    """The Markdown with formulas made blank (code must be blank already)."""
    return INLINE.sub(blank, DISPLAY.sub(blank, markdown))


def headings(markdown: str) -> Iterator[Heading]:
    """The headings in order."""
    for number, line in enumerate(without_fences(markdown).split("\n")):
        if found := HEADING.match(line):
            deeper = ".deeper" in (found["classes"] or "")
            yield Heading(number, len(found["marks"]), found["title"], found["anchor"], deeper)


@lru_cache(maxsize=1024)
def formulas(markdown: str) -> tuple[Formula, ...]:
    """The display formulas, then the inline ones."""
    return tuple(_formulas(markdown))


def _formulas(markdown: str) -> Iterator[Formula]:
    text = without_code(markdown)
    for found in DISPLAY.finditer(text):
        latex = found["latex"].lstrip()
        yield Formula(line_of(text, found.end("latex") - len(latex)), latex.rstrip(), True)
    text = DISPLAY.sub(blank, text)
    for found in INLINE.finditer(text):
        yield Formula(line_of(text, found.start()), found["latex"], False)


def links(markdown: str) -> Iterator[tuple[int, str]]:
    """The targets of links with their lines."""
    text = without_code(markdown)
    for found in LINK.finditer(text):
        yield line_of(text, found.start()), found["target"]


def api_names(markdown: str) -> Iterator[tuple[int, str]]:
    """Names in inline code that are dotted or called, `F.softmax` or `backward()`, without their arguments."""
    text = without_fences(markdown)
    for found in CODE_SPAN.finditer(text):
        if API_NAME.fullmatch(found["code"].strip()):
            yield line_of(text, found.start()), found["code"].strip().split("(")[0]


def _running(markdown: str) -> str:
    """Running prose: what is left without code and math."""
    return without_math(without_code(markdown))


def decimals(markdown: str) -> Iterator[tuple[int, str]]:
    """The decimals of running prose (`0.67`, `90.8%`, `1,234.5`), outside links and not cited."""
    text = _running(markdown)
    for pattern in (LINK, URL, TAG, CITED):
        text = pattern.sub(blank, text)
    for found in DECIMAL.finditer(text):
        yield line_of(text, found.start()), found.group().replace("−", "-")


def uncited(markdown: str) -> Iterator[tuple[int, str]]:
    """The numbers marked `{ .cited }` whose paragraph links no source."""
    for start, paragraph in paragraphs(text := _running(markdown)):
        if not (LINK.search(paragraph) or URL.search(paragraph)):
            for found in CITED.finditer(paragraph):
                yield line_of(text, start + found.start()), found["text"]


def first_paragraph(markdown: str) -> str:
    """The first paragraph below the title."""
    for _, block in paragraphs(without_fences(markdown)):
        block = "\n".join(line for line in block.split("\n") if not HEADING.match(line)).strip()
        if block and not ADMONITION.match(block) and not NO_SENTENCE.match(block):
            return block
    return ""


def plain_text(markdown: str, code: str = "{}", formula: Callable[[str], str] = str) -> str:
    """Markdown without its marks: emphasis, code, formulas, links, tags, attribute lists, escapes, line breaks.

    `code` is how code stands in it, `formula` makes text of LaTeX.
    """
    kept: list[str] = []

    def keep(text: str) -> str:
        kept.append(text)
        return f"\0{len(kept) - 1}\0"

    text = CODE_SPAN.sub(lambda found: keep(code.format(found["code"].strip())), markdown)
    text = INLINE.sub(lambda found: keep(formula(found["latex"])), text)
    text = LINK.sub(lambda found: found["text"], ATTRIBUTES.sub("", TAG.sub("", AUTOLINK.sub(r"\1", text))))
    for _ in range(3):
        text = EMPHASIS.sub(lambda found: found["text"], text)
    text = ENTITY.sub(lambda found: unescape(found[0]), re.sub(r"\\([^\w\s]|_)", r"\1", text))
    text = re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], text)
    return " ".join(text.split())
