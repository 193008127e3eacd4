"""From a lesson to the Markdown of its page in one language, and what that Markdown leaves for later as placeholders.

The Markdown is Material's: fenced code with attributes, admonitions, `md_in_html`. Figures are put in after Markdown
has been turned into HTML (`put_figures`), because an SVG of some kilobytes has no business in a Markdown parser.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from pathlib import Path

from lessonkit.checks.check import figure_html
from lessonkit.lesson.captions import caption
from lessonkit.lesson.cells import Code, Lesson, LessonError, Problem, Prose
from lessonkit.lesson.exercises import solution, starter
from lessonkit.lesson.prose import first_paragraph, headings, plain_text
from lessonkit.lesson.text_file import line_of_text
from lessonkit.running.provenance import Record, read_record
from lessonkit.words import say

FIGURE = re.compile(r'<div data-figure="(?P<name>[^"/]+)"></div>')
LENT = re.compile(r"<div\b[^>]*\bdata-figure=([\"'])(?P<asked>.*?)\1[^>]*>\s*</div>")
_FRAMED = re.compile(r"<figure\b[^>]*\blesson-figure\b(?:(?!</figure).)*\Z", re.DOTALL)
"""What comes before something that stands in a figure of the site's look."""

COLUMNS = re.compile(r"\n *\[|\S {2,}\S(.*\n)+.*\S {2,}\S")
"""Rows of a tensor, or two lines with wide blanks inside: an output whose lines are better scrolled than wrapped."""


def title(lesson: Lesson, lang: str) -> str:
    """The title of the page."""
    return next(headings(lesson.prose(lang)[0].markdown)).title


def description(lesson: Lesson, lang: str) -> str:
    """The first paragraph of the page as plain text."""
    return plain_text(summary(lesson, lang))


def summary(lesson: Lesson, lang: str) -> str:
    """The first paragraph of the page in Markdown."""
    return first_paragraph(lesson.prose(lang)[0].markdown)


def to_markdown(lesson: Lesson, lang: str) -> str:
    """The page of a lesson."""
    parts: list[str] = []
    for cell in lesson.cells:
        parts += _prose(lesson, cell, lang, first=not parts) if isinstance(cell, Prose) else _code(lesson, cell, lang)
    parts.append(f'<div class="lesson-end" data-lesson="{lesson.slug}"></div>')
    return "\n\n".join(filter(None, parts)) + "\n"


def put_figures(html: str, lesson: Lesson, lang: str) -> str:
    """The page with its figures in their places."""
    return FIGURE.sub(lambda found: figure_html(lesson, found["name"], lang), html)


class FigureNotLent(Exception):
    """A figure that a hand-written page asks for and cannot have; `name` as it stands there, LESSON/FIGURE."""

    def __init__(self, name: str, sentence: str):
        super().__init__(sentence)
        self.name = name


def not_lent(path: Path, error: FigureNotLent) -> LessonError:
    """The problem of a hand-written page that asks for such a figure."""
    hint = "Write: LESSON/FIGURE, as the lesson names them."
    return LessonError(Problem(path, line_of_text(path, error.name), str(error), (), hint))


def lend_figures(html: str, lessons: Mapping[str, Lesson], lang: str) -> str:
    """A hand-written page with the figures it borrows from lessons. Raises FigureNotLent for one that no lesson has.

    A figure may be borrowed more than once, and without a `<figure>` around it.
    """
    showings: Counter[str] = Counter()

    def lent(found: re.Match[str]) -> str:
        of, _, name = found["asked"].partition("/")
        lesson = lessons.get(f"{of}.md")
        if not lesson or name not in {cell.name for cell in lesson.code if cell.kind == "figure"}:
            raise FigureNotLent(found["asked"], f"no lesson {of} has a figure {name}")
        showings[found["asked"]] += 1
        try:
            svg = figure_html(lesson, name, lang, showing=showings[found["asked"]])
        except (OSError, ValueError) as error:
            raise FigureNotLent(found["asked"], f"the figure {name} of {of} cannot be shown: {error}") from None
        return svg if _FRAMED.search(html[: found.start()]) else f'<div class="lesson-figure">{svg}</div>'

    return LENT.sub(lent, html)


def keep_code(html: str) -> str:
    """The page with code that a browser's page translator leaves alone."""
    return re.sub(r"<code(?=[ >])", '<code translate="no"', html)


def _prose(lesson: Lesson, cell: Prose, lang: str, *, first: bool) -> Iterator[str]:
    if cell.lang not in (lang, "") or cell.kind == "caption":
        return
    heading, _, text = cell.markdown.strip("\n").partition("\n")
    yield from (heading, stamp(lesson, read_record(lesson), lang), text.strip("\n")) if first else (cell.markdown,)


def stamp(lesson: Lesson, record: Record | None, lang: str) -> str:
    """The line below the title: minutes to read, and that outputs were verified; where and when is folded behind it."""
    minutes = ""
    if lesson.head.minutes:
        minutes = f'<span class="lesson-minutes">{say(lang, "minutes", minutes=lesson.head.minutes)}</span>'
    if not record:
        return f'<p class="lesson-stamp">{minutes}</p>' if minutes else ""
    key = "verified" if record.platform.torch else "verified_plain"
    text = say(lang, key, torch=record.platform.torch)
    detail = escape(say(lang, "platform", "page", date=record.date, **record.platform.as_dict()).rstrip(" ·"))
    return (
        f'<div class="lesson-stamp">{minutes} <details><summary class="lesson-verified">{text}</summary>'
        f'<p><time datetime="{record.date}">{detail}</time></p></details></div>'
    )


def _code(lesson: Lesson, cell: Code, lang: str) -> Iterable[str]:
    return RENDERERS[cell.kind](lesson, cell, lang)


def _plain(lesson: Lesson, cell: Code, lang: str) -> Iterator[str]:
    parts = [fence(cell.sources[lang], "python", "cell-code"), *_output(lesson, cell, lang)]
    yield from [_folded(say(lang, cell.folded), parts)] if cell.folded else parts


def _output(lesson: Lesson, cell: Code, lang: str) -> Iterator[str]:
    """What a cell prints. That of a check stands below its exercise: it is the solution that makes it."""
    if cell.recorded:
        prose = () if COLUMNS.search("\n".join(cell.recorded)) else ("cell-prose",)
        yield fence("\n".join(cell.recorded), "text", "no-copy", "cell-output", *prose, title=say(lang, "output"))
    if cell.tolerance:
        yield f'<p class="cell-tolerance">{say(lang, "tolerance", percent=cell.tolerance * 100)}</p>'


def _figure(lesson: Lesson, cell: Code, lang: str) -> Iterator[str]:
    yield from _plain(lesson, cell, lang)
    place, text = f'<div data-figure="{cell.name}"></div>', caption(lesson, cell.name, lang).text
    yield (
        f'<figure class="lesson-figure" id="figure-{cell.name.replace("_", "-")}" markdown="1">\n{place}\n'
        f'<figcaption markdown="span">\n{text}\n</figcaption>\n</figure>'
    )


def _exercise(lesson: Lesson, cell: Code, lang: str) -> Iterator[str]:
    check = next(other for other in lesson.code if other.kind == "check" and other.name == cell.name)
    yield fence(starter(cell.sources[lang]), "python", "cell-code", "cell-starter", title=say(lang, "starter"))
    yield fence(check.sources[lang], "python", "cell-code", "cell-check", title=say(lang, "check"))
    answer = [fence(solution(cell.sources[lang]), "python", "cell-code"), *_output(lesson, cell, lang)]
    yield _folded(say(lang, "solution"), answer)


RENDERERS: dict[str, Callable[[Lesson, Code, str], Iterable[str]]] = {
    "code": _plain,
    "figure": _figure,
    "exercise": _exercise,
    "check": _output,
}
"""How each kind of code cell looks. A new kind is a name in cells.CODE_KINDS, one in parse.OPTIONS, and a line here."""


def fence(text: str, language: str, *classes: str, title: str = "") -> str:
    """Fenced code whose fence is longer than any in the text."""
    longest = max((len(ticks) for ticks in re.findall(r"`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    attributes = " ".join([f".{language}", *(f".{name}" for name in classes), *([f'title="{title}"'] if title else [])])
    return f"{ticks}{{ {attributes} }}\n{text}\n{ticks}"


def _folded(label: str, parts: Iterable[str]) -> str:
    return f'??? success "{label}"\n' + _indent("\n\n".join(parts))


def _indent(text: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in text.split("\n"))
