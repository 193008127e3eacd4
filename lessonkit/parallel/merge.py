"""Two languages of a page side by side: paragraph beside paragraph, and once what needs no language.

Made of the two pages as they are published, so nothing is rendered a second time and all views agree. Headings, code,
figures, formulas and boxes are the same in both languages, in the same order; between them paragraphs stand in rows.
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from lessonkit.parallel.code import Places, both_codes, moved
from lessonkit.parallel.elements import Element, elements
from lessonkit.programs.page_programs import ELEMENT, programs_json

HEADING = re.compile("h[1-6]")
ONCE = {"div", "figure", "details", "section"}
LEFT_OUT = {"script", "style", "form", "aside", "nav", "button"}
ROW = "parallel-row"
OPEN = "<!-- both languages -->"
"""What stands on a page in both languages until its content is made."""
_TAG = re.compile("<[^>]+>")
_ID = re.compile(r'\sid="([^"]+)"')
_HEADERLINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_CODE = re.compile(r'(?:(?<=<code>)|(?<=<code translate="no">)).*(?=</code></pre>)', re.DOTALL)
_BLOCK = re.compile(r'<div (?:id="[^"]*" )?class="[^"]*\bcell-code\b')
_WORDS_OF_A_FORMULA = re.compile(r' aria-label="[^"]*"')

Both = tuple[str, str]
Gap = tuple[Sequence[Element], Sequence[Element]]


def parallel(articles: Both, langs: Both, contents: Both) -> str:
    """The content of a parallel page, from the articles of two; `contents` is what its table of contents is called."""
    merged = _Merged(articles, langs)
    title, *rest = merged.rows(*(list(elements(html)) for html in articles))
    return "\n".join([title, merged.contents(contents), *rest, *merged.programs(articles[0])])


def rows(left: Sequence[Element], right: Sequence[Element]) -> Iterator[tuple[Element, Element] | Gap]:
    """What stands beside what: elements that both have as a pair of them; between these, pairs of lists.

    Lists have one element each where there are as many on both sides, and else hold all of them.
    """
    keys = [[(number, key) for number, one in enumerate(side) if (key := _key(one))] for side in (left, right)]
    ones, others = ([key for _, key in side] for side in keys)
    at = [0, 0]
    for first, second, size in SequenceMatcher(None, ones, others, autojunk=False).get_matching_blocks():
        for n in range(size):
            here = keys[0][first + n][0], keys[1][second + n][0]
            yield from _gap(left[at[0] : here[0]], right[at[1] : here[1]])
            yield left[here[0]], right[here[1]]
            at = [here[0] + 1, here[1] + 1]
    yield from _gap(left[at[0] :], right[at[1] :])


def _gap(left: Sequence[Element], right: Sequence[Element]) -> Iterator[Gap]:
    if len(left) == len(right):
        yield from (([one], [other]) for one, other in zip(left, right, strict=True))
    elif left or right:
        yield left, right


def _key(element: Element) -> tuple[Hashable, ...] | None:
    """By what an element is known in both languages; None for what each says in its own words."""
    classes = tuple(sorted(element.classes))
    if HEADING.fullmatch(element.name):
        return element.name, element.attributes.get("id")
    if "highlight" in classes:
        lines = _TAG.sub("", _code(element)).split("\n")
        return classes, "\n".join(line for line in lines if line and not line.lstrip().startswith("#"))
    if "math" in classes:
        return classes, _WORDS_OF_A_FORMULA.sub("", element.html)
    return (element.name, classes, element.attributes.get("id")) if element.name in ONCE else None


def _code(block: Element) -> str:
    found = _CODE.search(block.html)
    return found.group() if found else ""


class _Merged:
    """The page being put together: what it has said so far of its headings and blocks of code."""

    def __init__(self, articles: Both, langs: Both):
        self.langs = langs
        self.ids = set(_ID.findall(articles[0]))
        self.headings: list[tuple[str, str]] = []
        self.places: list[Places] = []

    def rows(self, left: Sequence[Element], right: Sequence[Element]) -> Iterator[str]:
        """The rows of two lists of elements."""
        for one, other in rows(*([element for element in side if not _left_out(element)] for side in (left, right))):
            if isinstance(one, Element) and isinstance(other, Element):
                yield self._once(one, other)
            elif isinstance(one, Sequence) and isinstance(other, Sequence):
                yield self._beside(one, other)

    def contents(self, names: Both) -> str:
        """The sections of the page with links to them."""
        links = "\n".join(f'<li><a href="#{anchor}">{text}</a></li>' for anchor, text in self.headings)
        summary = f"<summary>{self._spans(*names)}</summary>"
        return f'<details class="parallel-contents">\n{summary}\n<ol>\n{links}\n</ol>\n</details>'

    def programs(self, page: str) -> Iterator[str]:
        """The programs of the first page, told by the blocks of this one; none if a block could not be matched."""
        script = next((one for one in elements(page) if one.attributes.get("id") == ELEMENT), None)
        if script and len(self.places) == len(_BLOCK.findall(page)):
            reported = json.loads(script.inner)
            yield programs_json({number: moved(pieces, self.places) for number, pieces in reported.items()})

    def _once(self, left: Element, right: Element) -> str:
        if HEADING.fullmatch(left.name):
            return self._heading(left, right)
        if "highlight" in left.classes:
            return self._block(left, right)
        if left.name == "figure":
            return self._figure(left, right)
        if left.name == "details" or "admonition" in left.classes:
            return self._box(left, right)
        return left.html

    def _beside(self, left: Sequence[Element], right: Sequence[Element]) -> str:
        if len(left) == len(right) == 1 and not any("lang" in one.attributes for one in (*left, *right)):
            cells = [one.with_attribute("lang", lang) for (one,), lang in zip((left, right), self.langs, strict=True)]
        else:
            texts = ("\n".join(one.html for one in side) for side in (left, right))
            cells = [f'<div lang="{lang}">{text}</div>' for text, lang in zip(texts, self.langs, strict=True)]
        items = {sum(item.name == "li" for item in elements(one.inner)) for side in (left, right) for one in side}
        shape = f' style="--items: {items.pop()}"' if len(items) == 1 and 0 not in items else ""
        return f'<div class="{ROW}"{shape}>\n{cells[0]}\n{self._without_ids(cells[1])}\n</div>'

    def _without_ids(self, html: str) -> str:
        """The second language without ids that the first has."""
        return _ID.sub(lambda found: "" if found[1] in self.ids else found.group(), html)

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
        """Code with the comments of both languages; what it is called in both."""
        code, places = both_codes(_code(left), _code(right), self.langs)
        if "cell-code" in left.classes:
            self.places.append(places)
        names = [
            next((one.inner for one in elements(side.inner) if "filename" in one.classes), "") for side in (left, right)
        ]
        html = _CODE.sub(lambda _: code, left.html)
        return html.replace(f">{names[0]}<", f">{self._spans(*names)}<", 1) if all(names) else html

    def _figure(self, left: Element, right: Element) -> str:
        """The figure of the second language, whose labels are those in the code, with both captions."""
        one, other = ({part.name: part for part in elements(side.inner)} for side in (left, right))
        if not {"svg", "figcaption"} <= one.keys() & other.keys():
            return left.html
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


def _left_out(element: Element) -> bool:
    return element.name in LEFT_OUT or "lesson-stamp" in element.classes
