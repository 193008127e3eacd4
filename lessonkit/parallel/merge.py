"""Two languages of a lesson side by side: paragraph beside paragraph, and once what needs no language.

Made of the two pages as they are published, so nothing is rendered a second time and all views agree. What stands
beside what the lesson says: its cells come in pairs, whose texts agree block by block (checks/counterparts.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import chain, takewhile

from lessonkit.lesson.cells import Lesson, Prose
from lessonkit.pages.render import CELL, end
from lessonkit.parallel.code import Places, both_codes, moved
from lessonkit.parallel.elements import Element, elements
from lessonkit.programs.page_programs import programs_element, reported

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
ROW = "parallel-row"
OPEN = "<!-- both languages -->"
"""What stands on a page in both languages until its content is made."""
_MARK = re.compile(CELL.format(r"(\d+)"))
_TAG = re.compile("<[^>]+>")
_ID = re.compile(r'\sid="([^"]+)"')
_HEADERLINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_CODE = re.compile(r'(?<=<code translate="no">).*(?=\n</code></pre>)', re.DOTALL)
_NAME = re.compile(r'(?<=<span class="filename">)[^<]*')
_WORDS = re.compile(rf' aria-label="[^"]*"|{_NAME.pattern}')
"""What a formula and an output are called."""

Both = tuple[str, str]
Run = tuple[list[Element], list[Element]]
"""Paragraphs as long as nothing else comes, and what then comes, if anything."""


def parallel(lesson: Lesson, pages: Both, langs: Both, contents: Both) -> str:
    """The content of a lesson's page in two languages.

    `pages` are those of the two from their title to before their end, cells marked; "" is one that could not be shown.
    `contents` is what the table of contents is called.
    """
    if not all(pages):
        return ""
    merged = _Merged(lesson, pages, langs)
    title, *rows = merged.cells(pages)
    told = {number: moved(pieces, merged.places) for number, pieces in reported(lesson, langs[0]).items()}
    return "\n".join([title, merged.contents(contents), *rows, end(lesson), programs_element(told)])


class _Merged:
    """The page being put together: what it has said so far of its headings and blocks of code."""

    def __init__(self, lesson: Lesson, pages: Both, langs: Both):
        self.lesson = lesson
        self.langs = langs
        self.ids = set(_ID.findall(pages[0]))
        self.headings: list[tuple[str, str]] = []
        self.blocks = zip(*(lesson.blocks(lang) for lang in langs), strict=True)
        self.places: list[Places] = []

    def cells(self, pages: Both) -> Iterator[str]:
        """The title, then the rows of each cell; a text that serves every language stands once."""
        (title, *left), (other, *right) = (_MARK.split(page) for page in pages)
        yield self._heading(next(elements(title)), next(elements(other)))
        for number, *sides in zip(left[::2], left[1::2], right[1::2], strict=True):
            cell, (ones, others) = self.lesson.cells[int(number)], (list(elements(html)) for html in sides)
            if isinstance(cell, Prose) and not cell.lang:
                yield from (self._heading(one, one) if one.name in HEADINGS else one.html for one in ones)
            else:
                yield from self.rows(ones, others)

    def rows(self, left: Sequence[Element], right: Sequence[Element]) -> Iterator[str]:
        """What stands beside what of a pair, by its place.

        Where an author lets their numbers differ, all paragraphs of a run stand beside all of the other's; where other
        things differ, all from there on.
        """
        sides = _runs(left), _runs(right)
        same = list(takewhile(_alike, zip(*sides, strict=False)))
        for (one, last), (other, too) in same:
            yield from map(self._pair, one, other) if len(one) == len(other) else [self._row(one, other)]
            yield from map(self._pair, last, too)
        rest = [list(chain(*chain(*side[len(same) :]))) for side in sides]
        if any(rest):
            yield self._row(*rest)

    def contents(self, names: Both) -> str:
        """The sections of the page with links to them."""
        links = "\n".join(f'<li><a href="#{anchor}">{text}</a></li>' for anchor, text in self.headings)
        summary = f"<summary>{self._spans(*names)}</summary>"
        return f'<details class="parallel-contents">\n{summary}\n<ol>\n{links}\n</ol>\n</details>'

    def _pair(self, left: Element, right: Element) -> str:
        if left.name in HEADINGS:
            return self._heading(left, right)
        if left.name == "details" or "admonition" in left.classes:
            return self._box(left, right)
        if "lesson-figure" in left.classes:
            return self._figure(left, right)
        if "cell-code" in left.classes:
            return self._block(left, right)
        if left.name == "div" and _WORDS.sub("", left.html) == _WORDS.sub("", right.html):
            return self._named(left.html, right.html)
        return self._row([left], [right])

    def _row(self, left: Sequence[Element], right: Sequence[Element]) -> str:
        if len(left) == len(right) == 1 and not any("lang" in one.attributes for one in (*left, *right)):
            cells = [one.with_attribute("lang", lang) for (one,), lang in zip((left, right), self.langs, strict=True)]
        else:
            texts = ("\n".join(one.html for one in side) for side in (left, right))
            cells = [f'<div lang="{lang}">{text}</div>' for text, lang in zip(texts, self.langs, strict=True)]
        items = {sum(item.name == "li" for item in elements(one.inner)) for side in (left, right) for one in side}
        shape = f' style="--items: {items.pop()}"' if len(items) == 1 and 0 not in items else ""
        other = _ID.sub(lambda found: "" if found[1] in self.ids else found[0], cells[1])
        return f'<div class="{ROW}"{shape}>\n{cells[0]}\n{other}\n</div>'

    def _spans(self, left: str, right: str) -> str:
        return " ".join(
            f'<span lang="{lang}">{text}</span>' for lang, text in zip(self.langs, (left, right), strict=True)
        )

    def _heading(self, left: Element, right: Element) -> str:
        texts = [_HEADERLINK.sub("", one.inner) for one in (left, right)]
        link = _HEADERLINK.search(left.inner)
        if left.name == "h2":
            self.headings.append((left.attributes.get("id", ""), self._spans(*(_TAG.sub("", text) for text in texts))))
        return f"{left.tag}{self._spans(texts[0], texts[1] + (link.group() if link else ''))}</{left.name}>"

    def _block(self, left: Element, right: Element) -> str:
        """The next block of the lesson, with the comments of both languages."""
        one, other = (block.text for block in next(self.blocks))
        codes = [code for side in (left, right) for code in _CODE.findall(side.html)]
        code, places = both_codes((one, other), (codes[0], codes[1]), self.langs)
        self.places.append(places)
        return self._named(_CODE.sub(lambda _: code, left.html), right.html)

    def _named(self, left: str, right: str) -> str:
        """Code or an output with its name in both languages."""
        for names in zip(_NAME.findall(left), _NAME.findall(right), strict=True):
            left = left.replace(f">{names[0]}<", f">{self._spans(*names)}<", 1)
        return left

    def _figure(self, left: Element, right: Element) -> str:
        """The figure of the second language, whose labels are those in the code, with both captions."""
        one, other = ({part.name: part for part in elements(side.inner)} for side in (left, right))
        alternative = escape(one["svg"].attributes.get("aria-label", ""))
        said = f'<p class="parallel-unseen" lang="{self.langs[0]}">{alternative}</p>'
        picture = other["svg"].with_attribute("lang", self.langs[1])
        spans = self._spans(*(side["figcaption"].inner.strip() for side in (one, other)))
        caption = f'<figcaption class="{ROW}">{spans}</figcaption>'
        return f"{left.tag}\n{picture}\n{said}\n{caption}\n</figure>"

    def _box(self, left: Element, right: Element) -> str:
        """A box with both titles, and its own rows."""
        (title, *ones), (other, *others) = (list(elements(side.inner)) for side in (left, right))
        head = f"{title.tag}{self._spans(title.inner, other.inner)}</{title.name}>"
        return "\n".join([left.tag, head, *self.rows(ones, others), f"</{left.name}>"])


def _runs(side: Iterable[Element]) -> list[Run]:
    runs: list[Run] = [([], [])]
    for one in side:
        runs[-1][one.name != "p"].append(one)
        if one.name != "p":
            runs.append(([], []))
    return runs


def _alike(runs: tuple[Run, Run]) -> bool:
    one, other = ([(last.name, last.classes) for last in run[1]] for run in runs)
    return one == other
