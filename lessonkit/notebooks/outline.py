"""What a reader is told by HTML, whichever program made it: blocks, emphasis, links, code, formulas, text.

Two renderings with one outline say the same. Classes, ids, and whether the items of a list hold paragraphs are not part
of it; an admonition of the site and a quote of a notebook are both a "box".
"""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "wbr"}
BLOCKS = {
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "pre", "table", "thead", "tbody", "tr", "th", "td"),
    *("hr", "blockquote", "details", "summary", "div"),
}
HOLD_BLOCKS = {"", "li", "blockquote", "details", "div"}
"""Elements whose bare text is a paragraph; "" is the document."""

SAME = {"b": "strong", "i": "em", "del": "s", "strike": "s"}
REPORTED = {"a": ("href",), "img": ("src", "alt"), "ol": ("start",)}
"""Attributes that readers notice."""

SPACE = re.compile(r"\s+")


@dataclass
class _Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[_Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def has_class(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


class _Tree(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [_Node("")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(SAME.get(tag, tag), {key: value or "" for key, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        tags = [node.tag for node in self.open]
        if (name := SAME.get(tag, tag)) in tags[1:]:
            del self.open[len(tags) - 1 - tags[::-1].index(name) :]

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def outline(html: str) -> list[str]:
    """The outline of HTML: tags as `<li>` and `</li>`, text between them with single spaces."""
    tree = _Tree()
    tree.feed(html)
    tree.close()
    events: list[str] = []
    for event in _events(tree.open[0]):
        if events and not _is_tag(event) and not _is_tag(events[-1]):
            events[-1] += event
        else:
            events.append(event)
    return list(_trimmed(events))


def _is_tag(event: str) -> bool:
    return event.startswith("\0")


def _trimmed(events: list[str]) -> Iterator[str]:
    """The events with single spaces, none at the edges of blocks, and without empty texts."""
    borders = {f"\0<{slash}{tag}>" for tag in (*BLOCKS, "box", "title", "br") for slash in ("", "/")}

    def border(event: str) -> bool:
        return event in borders or event.startswith(("\0<ol", "\0<t", "\0<pre", "\0<math display"))

    for number, event in enumerate(events):
        if _is_tag(event):
            yield event[1:]
            continue
        text = SPACE.sub(" ", event)
        if number == 0 or border(events[number - 1]):
            text = text.lstrip()
        if number == len(events) - 1 or border(events[number + 1]):
            text = text.rstrip()
        if text:
            yield text


def _events(node: _Node) -> Iterator[str]:
    for child in _paragraphs(node) if node.tag in HOLD_BLOCKS else node.children:
        if isinstance(child, str):
            yield child
        else:
            yield from _element(child)


def _paragraphs(node: _Node) -> Iterator[_Node | str]:
    """The children of an element with each run of bare text and the like made a paragraph."""
    run: list[_Node | str] = []
    for child in [*node.children, _Node("end")]:
        if isinstance(child, str) or child.tag not in (*BLOCKS, "end"):
            run.append(child)
            continue
        if any(not isinstance(one, str) or one.strip() for one in run):
            yield _Node("p", {}, run)
        run = []
        if child.tag != "end":
            yield child


def _element(node: _Node) -> Iterator[str]:
    tag = node.tag
    strong = node.children[0] if tag == "em" and len(node.children) == 1 else ""
    if isinstance(strong, _Node) and strong.tag == "strong":  # bold and slanted, whichever stands outside
        yield from _element(_Node("strong", {}, [_Node("em", {}, strong.children)]))
    elif node.has_class("arithmatex") or tag == "math":
        yield _formula(node)
    elif node.has_class("headerlink"):
        return
    elif tag == "pre":
        yield f"\0<pre>{node.text.rstrip(chr(10))}"
    elif tag == "code":
        yield f"\0<code>{SPACE.sub(' ', node.text).strip()}"
    elif tag == "span" or (tag == "a" and "href" not in node.attributes):
        yield from _events(node)
    elif tag == "p" and not _is_reported(node):
        return
    elif (
        tag == "p"
        and (shown := [one for one in node.children if not isinstance(one, str) or one.strip()])
        and (len(shown) == 1 and not isinstance(shown[0], str) and "display" in _formula_kind(shown[0]))
    ):
        yield from _element(shown[0])
    elif tag == "div" and not node.has_class("admonition"):
        yield from _events(node)
    elif tag in ("div", "blockquote"):
        yield from _around("box", list(_box(node)))
    elif tag == "summary":
        yield from _around("title", list(_events(node)))
    else:
        yield from _around(tag, list(_events(node)), _attributes(node))


def _around(tag: str, inside: list[str], attributes: str = "") -> Iterator[str]:
    yield f"\0<{tag}{attributes}>"
    if tag not in VOID:
        yield from inside
        yield f"\0</{tag}>"


def _attributes(node: _Node) -> str:
    reported = {name: node.attributes[name] for name in REPORTED.get(node.tag, ()) if name in node.attributes}
    reported |= {name: urllib.parse.unquote(reported[name]) for name in ("href", "src") if name in reported}
    if node.tag == "ol" and reported.get("start") == "1":
        reported = {}
    if node.tag in ("th", "td") and (align := re.search(r"text-align:\s*(\w+)", node.attributes.get("style", ""))):
        reported["align"] = align[1]
    return "".join(f' {name}="{value}"' for name, value in reported.items())


def _box(node: _Node) -> Iterator[str]:
    """An admonition, or a quote whose first paragraph is bold: its title, then its contents."""
    blocks = [one for one in _paragraphs(node) if not isinstance(one, str)]
    title = blocks[0] if blocks else _Node("p")
    if node.tag == "blockquote":
        bold = [one for one in title.children if not isinstance(one, str) or one.strip()]
        title = bold[0] if len(bold) == 1 and isinstance(bold[0], _Node) else title
    yield from _around("title", [event for child in [title] for event in _events(child)])
    for block in blocks[1:]:
        yield from _element(block)


def _formula_kind(node: _Node) -> str:
    if node.tag == "math":
        return node.attributes.get("kind", "")
    return ("display" if node.tag == "div" else "inline") if node.has_class("arithmatex") else ""


def _formula(node: _Node) -> str:
    """A formula of either side: `\\(…\\)` and `\\[…\\]` of the site, `<math kind>` of `agreement`."""
    latex = re.sub(r"^\\[(\[]|\\[)\]]$", "", node.text.strip()).replace(r"\lt ", "<")
    return f"\0<math {_formula_kind(node)}>{SPACE.sub(' ', latex).strip()}"


def _is_reported(node: _Node) -> bool:
    """Whether a paragraph holds anything to see."""
    return bool(node.text.strip()) or any(isinstance(one, _Node) and one.tag in VOID for one in _all(node))


def _all(node: _Node) -> Iterator[_Node | str]:
    for child in node.children:
        yield child
        if isinstance(child, _Node):
            yield from _all(child)
