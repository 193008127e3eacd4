"""Material's style sheets without the rules that can match nothing on the site: 25 kB of each first visit become 12.

A rule is left out when its selector names a class, an id or a value that stands in no page and no script, or when it is
for a page written from right to left. Then so are the variables (among them icons) that nobody reads any more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set

import tinycss2
from tinycss2.ast import (
    AtRule,
    Declaration,
    HashToken,
    IdentToken,
    LiteralToken,
    Node,
    QualifiedRule,
    SquareBracketsBlock,
    StringToken,
)

from lessonkit.pages.bundle import hashed

OFF = re.compile(
    r"(?:md-(?:annotation|banner|code__|consent|feedback|source|social|status|tabs|tag|tooltip|version|mermaid)|mermaid|tabbed|linenos)"
)
"""What Material's script names for features that mkdocs.yml does not switch on. Where a page has one, it counts."""

_WORD = re.compile(r"(?:--)?[A-Za-z_][\w-]*")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_NESTED = ("media", "supports")
_SHEET = re.compile(r'<link rel="stylesheet" href="(?P<folder>[^"]*assets/)stylesheets/[^"]*">\s*')


def words_of(texts: Iterable[str]) -> set[str]:
    """Everything in pages, scripts or styles that may be the name of a class, an id, a value or a variable."""
    return set().union(*map(_WORD.findall, texts))


def words_of_theme(scripts: Iterable[str]) -> set[str]:
    """The same of Material's own scripts, without what is for features that are off."""
    return {word for word in words_of(scripts) if not OFF.match(word.removeprefix("--"))}


def one_sheet(css: str, words: Set[str]) -> tuple[str, str]:
    """Material's sheets as one, without what matches none of the words: its name, with a hash, and its text."""
    css = needed(css, words)
    return hashed("material.css", css.encode()), css


def with_one_sheet(html: str, name: str) -> str:
    """The page with the one sheet where Material's stood."""
    link = _SHEET.search(html)
    if not link:
        return html
    one = f'<link rel="stylesheet" href="{link["folder"]}{name}">\n'
    return html[: link.start()] + one + _SHEET.sub("", html[link.end() :])


def needed(css: str, words: Set[str]) -> str:
    """The rules of a style sheet that may match, with the variables that these or any of the `words` read."""
    css = _rewritten(css, lambda rule: _matching(rule, words))
    while (less := _without_unread(css, {*_READ.findall(css), *words})) != css:
        css = less
    return css


def _without_unread(css: str, read: Set[str]) -> str:
    return _rewritten(css, lambda rule: _reading(rule, read))


def _parsed(css: str | list[Node]) -> list[Node]:
    return [*tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True)]


def _rewritten(css: str | list[Node], rewrite: Callable[[QualifiedRule], str]) -> str:
    """The style sheet with each rule as `rewrite` wants it, within `@media` and the like too; empty ones go."""
    texts = []
    for rule in _parsed(css):
        if isinstance(rule, QualifiedRule):
            texts.append(rewrite(rule))
        elif not isinstance(rule, AtRule) or rule.lower_at_keyword not in _NESTED:
            texts.append(rule.serialize())
        elif inner := _rewritten(rule.content or [], rewrite):
            texts.append(f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}")
    return "".join(texts)


def _matching(rule: QualifiedRule, words: Set[str]) -> str:
    """The rule for those of its selectors that may match."""
    selectors = [one for one in _selectors(rule.prelude) if _may_match(one, words)]
    names = ",".join(tinycss2.serialize(one).strip() for one in selectors)
    return f"{names}{{{tinycss2.serialize(rule.content)}}}" if selectors else ""


def _reading(rule: QualifiedRule, read: Set[str]) -> str:
    """The rule without variables that nobody reads."""
    parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
    kept = [part for part in parts if not isinstance(part, Declaration) or part.name[:2] != "--" or part.name in read]
    if len(kept) == len(parts):
        return rule.serialize()
    return f"{tinycss2.serialize(rule.prelude)}{{{';'.join(part.serialize() for part in kept)}}}" if kept else ""


def _selectors(prelude: list[Node]) -> Iterator[list[Node]]:
    """The selectors of a list, which commas part."""
    one: list[Node] = []
    for token in prelude:
        if _is(token, ","):
            yield one
            one = []
        else:
            one.append(token)
    yield one


def _may_match(selector: list[Node], words: Set[str]) -> bool:
    """Whether a selector names only what there is; what `:not()` and the like hold is not looked at."""
    for before, token in zip([None, *selector], selector, strict=False):
        if isinstance(token, HashToken) or (isinstance(token, IdentToken) and _is(before, ".")):
            if token.value not in words:
                return False
        elif isinstance(token, SquareBracketsBlock):
            name, *values = [part.value for part in token.content if isinstance(part, IdentToken | StringToken)]
            if (name, *values) == ("dir", "rtl") or not words_of(values) <= words:
                return False
    return True


def _is(token: Node | None, sign: str) -> bool:
    return isinstance(token, LiteralToken) and token.value == sign
