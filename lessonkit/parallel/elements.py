"""The elements that stand side by side in a piece of HTML, with their source as it is.

For HTML that Markdown and the site wrote: every element but a void one is closed, and scripts, code, figures and
formulas do not nest; these are passed over, because nearly all tags of a page are in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from html import unescape

TAG = re.compile(
    r"<!--.*?-->|<(?P<raw>script|style|pre|svg|math)\b[^>]*>.*?</(?P=raw)>"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][\w-]*)(?:\"[^\"]*\"|[^\">])*?(?P<closed>/?)>",
    re.DOTALL,
)
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ATTRIBUTE = re.compile(r'\s([\w:-]+)(?:="([^"]*)")?')


@dataclass(frozen=True)
class Element:
    """An element: its name, its source, how much of that is its start tag, and where its end tag begins."""

    name: str
    html: str
    start: int
    end: int

    @property
    def tag(self) -> str:
        """The start tag, `<p class="x">`."""
        return self.html[: self.start]

    @property
    def inner(self) -> str:
        """What stands between the tags."""
        return self.html[self.start : self.end]

    @cached_property
    def attributes(self) -> dict[str, str]:
        """The attributes with their values."""
        return {name: unescape(value or "") for name, value in ATTRIBUTE.findall(self.tag)}

    @cached_property
    def classes(self) -> frozenset[str]:
        """The names of its classes."""
        return frozenset(self.attributes.get("class", "").split())

    def with_attribute(self, name: str, value: str) -> str:
        """Its source with one more attribute."""
        at = len(self.name) + 1
        return f'{self.html[:at]} {name}="{value}"{self.html[at:]}'


def elements(html: str) -> Iterator[Element]:
    """The elements at the top of a piece of HTML. Text and comments between them are left out."""
    depth, begin, opened = 0, 0, 0
    for found in TAG.finditer(html):
        if found["raw"] and not depth:
            inside = html.index(">", found.start()) + 1
            yield Element(found["raw"], found[0], inside - found.start(), found[0].rindex("</"))
        elif not found["name"]:
            continue
        elif found["end"]:
            depth -= 1
            if depth == 0:
                yield Element(found["name"], html[begin : found.end()], opened - begin, found.start() - begin)
        else:
            alone = bool(found["closed"]) or found["name"] in VOID
            if depth == 0:
                begin, opened = found.start(), found.end()
                if alone:
                    yield Element(found["name"], found[0], len(found[0]), len(found[0]))
            depth += not alone
