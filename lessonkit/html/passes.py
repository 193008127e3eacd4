"""What happens to a page between Markdown and disk: ONE list, `PASSES`, in the order in which it happens.

A pass of the stages "content" and "page" takes the HTML and what is known of the page, and returns HTML; a LessonError
stops the build with its `path:line`. A new pass is a function here or elsewhere and a line in the list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from lessonkit.checks.check import check_figures
from lessonkit.formulas.math import MathError, replace_math
from lessonkit.html.spoken_headings import spoken_headings
from lessonkit.html.unbroken import unbroken
from lessonkit.lesson.cells import Lesson, LessonError, Problem
from lessonkit.lesson.text_file import line_of_text
from lessonkit.notebooks import notebook_page
from lessonkit.pages.glossary import Glossary
from lessonkit.pages.labs import lend_labs, with_labs
from lessonkit.pages.minify import minify_code, slim_blanks
from lessonkit.pages.render import FigureNotLent, keep_code, lend_figures, not_lent, put_figures
from lessonkit.pages.sharing import Preview, head
from lessonkit.pages.tooltips import tooltips
from lessonkit.programs.page_programs import programs_element, reported
from lessonkit.words import say

Kind = Literal["lesson", "notebook", "parallel", "written"]
"""What a page shows: a lesson, its notebook, a lesson in both languages, or a text of its own."""


@dataclass(frozen=True)
class Shown:
    """A page as the passes know it. `path` is the file that it is made from.

    `glossary_at` is the relative address of the glossary's page (None where terms are not linked), `ways` are those
    between a lesson and its notebook, `links` and `style_at` belong to the page of a notebook: where the addresses in
    it lead on the site, and its style sheet. `preview` is what the page says of itself where it is shared.
    """

    kind: Kind
    lang: str
    path: Path
    lesson: Lesson | None = None
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    glossary: Glossary | None = None
    glossary_at: str | None = None
    ways: notebook_page.Ways | None = None
    links: tuple[tuple[str, str], ...] = ()
    style_at: str = ""
    preview: Preview | None = None


_TABLE = re.compile(r"<table>(?:(?!<table\b).)*?</table>", re.DOTALL)
"""A table with none inside."""
Stage = Literal["content", "page"]
Pass = Callable[[str, Shown], str]


def notebook(html: str, shown: Shown) -> str:
    """The cells of a notebook as mkdocs-jupyter rendered them, in the look of the site."""
    if shown.kind != "notebook" or not shown.lesson or notebook_page.is_waiting(html):
        return html
    return _notebook(html, shown.lesson, shown.lang, shown.links, shown.style_at)


def terms(html: str, shown: Shown) -> str:
    """Links the first use of each term to the glossary, before formulas and figures are in the page."""
    if shown.glossary is None or shown.glossary_at is None:
        return html
    lesson = shown.lesson.name if shown.lesson else ""
    return tooltips(html, shown.glossary, shown.lang, shown.glossary_at, lesson)


def formulas(html: str, shown: Shown) -> str:
    """MathML for the formulas that Markdown has marked."""
    try:
        return _formulas(html, say(shown.lang, "formula"))
    except MathError as error:
        line = line_of_text(shown.path, error.latex.strip().split("\n")[0].strip()) + error.line
        raise LessonError(Problem(shown.path, line, str(error), (), error.hint)) from None


def headings(html: str, shown: Shown) -> str:
    """Boxes, exercises and quiz questions are found by who jumps from heading to heading."""
    return spoken_headings(html)


def words(html: str, shown: Shown) -> str:
    """No line ends before a particle or within a number."""
    return _words(html)


def code(html: str, shown: Shown) -> str:
    """Code with few spans, which a browser's translator leaves alone."""
    return _code(html)


def tables(html: str, shown: Shown) -> str:
    """Each table in a frame that scrolls, as Material would put it, so that it stays a table to all readers."""
    return _TABLE.sub(r'<div class="md-typeset__scrollwrap"><div class="md-typeset__table">\g<0></div></div>', html)


def programs(html: str, shown: Shown) -> str:
    """Tells the programs that can be copied."""
    of_lesson = shown.kind == "lesson" and shown.lesson
    return html + programs_element(reported(of_lesson, shown.lang)) if of_lesson else html


def ways(html: str, shown: Shown) -> str:
    """Below the title the ways to the notebook or back."""
    return notebook_page.with_ways(html, shown.lesson, shown.lang, shown.ways) if shown.ways and shown.lesson else html


def labs(html: str, shown: Shown) -> str:
    """Figures say which lab takes their place."""
    if shown.lesson:
        return with_labs(html, shown.lesson, shown.lang) if shown.kind == "lesson" else html
    return lend_labs(html, shown.lessons, shown.lang)


def figures(html: str, shown: Shown) -> str:
    """Figures in their places."""
    if shown.lesson:
        try:
            return put_figures(html, shown.lesson, shown.lang)
        except (OSError, ValueError):
            raise LessonError(*check_figures(shown.lesson)) from None
    try:
        return lend_figures(html, shown.lessons, shown.lang)
    except FigureNotLent as error:
        raise not_lent(shown.path, error) from None


def preview(html: str, shown: Shown) -> str:
    """What the page says of itself to search engines and where it is shared."""
    return html.replace("</head>", f"{head(shown.preview)}</head>", 1) if shown.preview else html


def whitespace(html: str, shown: Shown) -> str:
    """The page without the spaces of the templates."""
    return _whitespace(html)


PASSES: tuple[tuple[Stage, Pass], ...] = (
    # Markdown has become HTML.
    ("content", notebook),
    ("content", terms),
    ("content", formulas),
    ("content", code),
    ("content", tables),
    ("content", programs),
    ("content", ways),
    ("content", labs),
    ("content", figures),
    ("content", headings),
    ("content", words),
    # The theme's templates stand around it.
    ("page", whitespace),
    ("page", preview),
)
"""In order. After them, when all languages are written, come those of `lessonkit/html/site_passes.py`."""


def run(stage: Stage, html: str, shown: Shown) -> str:
    """The HTML after all passes of a stage. Raises LessonError."""
    for when, one in PASSES:
        if when == stage:
            html = one(html, shown)
    return html


@lru_cache(maxsize=256)
def _formulas(html: str, label: str) -> str:
    return replace_math(html, label=label)


@lru_cache(maxsize=256)
def _code(html: str) -> str:
    return keep_code(minify_code(html))


_words = lru_cache(maxsize=256)(unbroken)
_notebook = lru_cache(maxsize=64)(notebook_page.page_html)
_whitespace = lru_cache(maxsize=256)(slim_blanks)
