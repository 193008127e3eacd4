"""The first use of a term on a page leads to its meaning: a link with the definition as its title.

A link works with a keyboard, by touch and without JavaScript, and prints as plain text; the title is what Material
(`content.tooltips`) and browsers show on hover and focus and what screen readers tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from itertools import accumulate

from lessonkit.pages.glossary import Glossary, Term
from lessonkit.pages.term_names import Finder

SKIPPED = re.compile(
    "a|abbr|button|code|figure|h[1-6]|kbd|label|math|option|pre|samp|script|select|style|summary|svg"
    "|template|textarea|title|var"
)
SKIPPED_CLASSES = {"arithmatex", "highlight", "admonition-title", "md-button", "course-map", "headerlink"}
VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr")
LARGE = re.compile(r"<(pre|svg|math|script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)


@lru_cache(maxsize=256)
def tooltips(html: str, glossary: Glossary, lang: str, page: str, lesson: str = "") -> str:
    """The HTML of a page's content in which each term's first use links to the glossary's `page` (a relative address).

    `lesson` is the name of the lesson that the page shows, if it shows one. Nothing but these links is changed.
    Headings, links, code, formulas and figures stay as they are.
    """
    parser = _Text(html)
    edits, seen = [], set()
    for start, text in parser.texts:
        for match, term in meanings(text, glossary, lang, lesson):
            if lang in term.mark and term.id not in seen:
                seen.add(term.id)
                title = escape(term.define[lang])
                link = f'<a class="term" href="{escape(page)}#{term.id}" title="{title}">{match.group()}</a>'
                edits.append((start + match.start(), start + match.end(), link))
    parts, done = [], 0
    for start, end, link in edits:
        parts += [html[done:start], link]
        done = end
    return "".join([*parts, html[done:]])


def _filled(match: re.Match[str]) -> str:
    """As many characters that are no words, so that positions stay and no name reaches over them."""
    return re.sub("[^\n]+", lambda line: "\ufffc" * len(line.group()), match.group())


def meanings(text: str, glossary: Glossary, lang: str, lesson: str = "") -> Iterator[tuple[re.Match[str], Term]]:
    """Where a text of a lesson (or of another page, "") says a term: not where its name is another word."""
    for match, term in _finder(glossary, lang).find(text):
        if term and (not lesson or not term.only or lesson in term.only):
            yield match, term


@lru_cache(maxsize=8)
def _finder(glossary: Glossary, lang: str) -> Finder[Term | None]:
    """Finds the terms' names, and the phrases in which these are other words: they mean nothing here."""
    names = [(name, term) for term in glossary.terms for name in term.names(lang)]
    return Finder([*names, *((name, None) for term in glossary.terms for name in term.unlike.get(lang, ()))], lang)


class _Text(HTMLParser):
    """The pieces of running text of a page with their positions in its HTML."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=False)
        self.texts: list[tuple[int, str]] = []
        self._open: list[str] = []
        self._skipping: int | None = None
        self._starts = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]
        self.feed(LARGE.sub(_filled, html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if VOID.fullmatch(tag):
            return
        if self._skipping is None:
            classes = set((dict(attrs).get("class") or "").split())
            if SKIPPED.fullmatch(tag) or classes & SKIPPED_CLASSES:
                self._skipping = len(self._open)
        self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<br />` opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        if self._skipping is not None and len(self._open) <= self._skipping:
            self._skipping = None

    def handle_data(self, data: str) -> None:
        if self._skipping is None and not data.isspace():
            line, column = self.getpos()
            self.texts.append((self._starts[line - 1] + column, data))
