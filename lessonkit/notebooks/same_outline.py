"""Whether the page of a lesson and its notebook say the same: both are rendered, and their outlines compared.

Python-Markdown renders the page, a CommonMark parser with tables what JupyterLab, Colab and VS Code show. The two
disagree about lists without a blank line before them, indentation, line breaks, and much that nobody has met yet. The
rules of `lesson.prose_rules` say better what is wrong with what they know; this finds the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt

from lessonkit.lesson.cells import Lesson, LessonError, Problem
from lessonkit.lesson.choices import as_shown
from lessonkit.lesson.prose import FENCE, INLINE, without_code
from lessonkit.notebooks.notebook import Part, material, parts, translated
from lessonkit.notebooks.outline import outline
from lessonkit.pages.markdown import to_html
from lessonkit.words import LANGUAGES

FORMULA = re.compile(rf"\$\$(?P<display>.+?)\$\$|{INLINE.pattern}", re.DOTALL)
HINTS = (
    (r"^\s*\|", "In a table, write \\| for a bar in text and \\vert in a formula, and as many cells as its head has."),
    (
        r"^\s*(?:[-*+]|\d+[.)])[ \t]",
        "A list has a blank line before it and begins with - or 1.; what belongs to an item is indented by four spaces;"
        " between two lists stands a sentence.",
    ),
    (r"^#", "Write signs of Markdown in a heading with a backslash, or the name as `code`."),
    (r"[<>&]", "Write &lt; for <, &amp; for &, or the name as `code`."),
    (r"[*_]", "Put emphasis around whole words, or write \\* and \\_ for the signs."),
)
DIFFERENT = "the page and the notebook would show this differently"
OTHERWISE = "Say it with what CONTRIBUTING.md lists; what is meant as a name stands in `code`."


def notebook_html(markdown: str) -> str:
    """What a notebook shows for its Markdown; a formula, which Jupyter takes out first, is a `<math kind>`."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kind = "display" if found["display"] else "inline"
        kept.append(f'<math kind="{kind}">{escape(found["display"] or found["latex"])}</math>')
        return f"@@{len(kept) - 1}@@"

    blanked, pieces, end = without_code(markdown), [], 0
    for found in FORMULA.finditer(blanked):
        pieces += [markdown[end : found.start()], keep(found)]
        end = found.end()
    html = _commonmark().render("".join([*pieces, markdown[end:]]))
    return re.sub(r"@@(\d+)@@", lambda found: kept[int(found[1])] if int(found[1]) < len(kept) else found[0], html)


@lru_cache(maxsize=1)
def _commonmark() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def disagreements(lesson: Lesson, languages: Iterable[str] = tuple(LANGUAGES)) -> list[Problem]:
    """The first place in each language that page and notebook show differently, and what a notebook cannot show."""
    found: list[Problem] = []
    for lang in languages:
        try:
            found += _disagreements(lesson, lang)
        except LessonError as error:
            found += error.problems
    return list(dict.fromkeys(found))


def _disagreements(lesson: Lesson, lang: str) -> Iterator[Problem]:
    cells = list(parts(lesson, lang, ""))
    texts = [material(part, lang) for part in cells]

    def differ(number: int, lines: int | None = None) -> tuple[list[str], list[str]] | None:
        """The outlines from where they part, of the parts up to one, of which only so many lines count."""
        pages: list[str] = []
        book: list[str] = []
        for index, (part, text) in enumerate(zip(cells[: number + 1], texts, strict=False)):
            shown = text if index < number or lines is None else "\n".join(text.split("\n")[:lines])
            pages.append("<hr>" if part.is_code else shown)
            book += ["<hr>"] if part.is_code else _outline(_translated(lesson, lang, part, shown))
        return _parted(_page_outline("\n\n".join(pages), lang), book)

    if not differ(len(cells) - 1):
        return
    number = _first(len(cells), lambda index: differ(index) is not None)
    ends = _ends(texts[number])
    end = ends[_first(len(ends), lambda index: differ(number, ends[index]) is not None)]
    start = max((one for one in ends if one < end), default=0)
    block = [line for line in texts[number].split("\n")[start:end] if line.strip()]
    line = start + next((at for at, one in enumerate(texts[number].split("\n")[start:end]) if one.strip()), 0)
    page, book = differ(number, end) or differ(number) or ([], [])
    evidence = (block[0] if block else "", f"page: {_excerpt(page)}", f"notebook: {_excerpt(book)}")
    yield Problem(lesson.path, cells[number].line + line, DIFFERENT, evidence, _hint("\n".join(block)))


def _translated(lesson: Lesson, lang: str, part: Part, text: str) -> str:
    return translated(lesson, lang, text, part.line, lambda target: target)


@lru_cache(maxsize=64)
def _page_outline(markdown: str, lang: str) -> list[str]:
    return outline(to_html(as_shown(markdown, lang)))


@lru_cache(maxsize=4096)
def _outline(notebook: str) -> tuple[str, ...]:
    return tuple(outline(notebook_html(notebook)))


def check_rendered(lesson: Lesson, lang: str, prose: Mapping[int, str]) -> list[Problem]:
    """As `disagreements` in one language, where somebody has rendered the prose already: HTML by numbers of parts."""
    cells = list(parts(lesson, lang, ""))
    for number, html in prose.items():
        part = cells[number]
        if number and not _same(html, _translated(lesson, lang, part, material(part, lang))):
            found = list(_disagreements(lesson, lang))
            return found or [Problem(lesson.path, part.line, DIFFERENT, (part.text.split("\n")[0],), OTHERWISE)]
    return []


@lru_cache(maxsize=4096)
def _same(html: str, notebook: str) -> bool:
    """Whether both say the same; a notebook that knows no address of the site has not all links."""
    return _without_links(outline(html)) == _without_links(_outline(notebook))


def _without_links(events: Iterable[str]) -> str:
    return "".join(event for event in events if not event.startswith(("<a ", "</a>")))


def _first(count: int, fails: Callable[[int], bool]) -> int:
    """The first of `count` numbers for which a test fails, which then fails for those behind it too."""
    low, high = 0, count - 1
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if fails(middle) else (middle + 1, high)
    return low


def _ends(text: str) -> list[int]:
    """The numbers of lines after which a text can be cut: where a block at its left edge follows, and its end."""
    lines, ends, fence = text.split("\n"), [], ""
    for number, line in enumerate(lines):
        found = FENCE.match(line)
        if fence:
            fence = "" if found and found["fence"].startswith(fence) and not found["rest"].strip() else fence
            continue
        if number and not lines[number - 1].strip() and line.strip() and not line.startswith((" ", "\t")):
            ends.append(number)
        fence = found["fence"] if found else ""
    return [*ends, len(lines)]


def _parted(page: list[str], book: list[str]) -> tuple[list[str], list[str]] | None:
    if page == book:
        return None
    pairs = enumerate(zip(page, book, strict=False))
    at = next((number for number, (one, other) in pairs if one != other), min(len(page), len(book)))
    return page[at:], book[at:]


def _excerpt(events: list[str]) -> str:
    text = " ".join(event.replace("\n", "⏎") for event in events[:6])
    return text if len(text) <= 90 else f"{text[:90]}…"


def _hint(block: str) -> str:
    return next((hint for pattern, hint in HINTS if re.search(pattern, block, re.MULTILINE)), OTHERWISE)
