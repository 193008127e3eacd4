"""Material's style sheets without the rules that can match nothing on the site: 25 kB of each first visit become 12.

A rule is left out when its selector names a class, an id or a value that stands in no page and no script, or when it is
for a page written from right to left. Then so are the variables (among them icons) that nobody reads any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

import tinycss2
from tinycss2.ast import Node, QualifiedRule

OFF = re.compile(
    r"(?:md-(?:annotation|banner|code__|consent|feedback|source|social|status|tabs|tag|tooltip|version)|mermaid|tabbed|linenos)"
)
"""What Material's script names for features that mkdocs.yml does not switch on. Where a page has one, it counts."""

_WORD = re.compile(r"(?:--)?[A-Za-z_][\w-]*")
_READ = re.compile(r"var\(\s*(--[\w-]+)")
_NESTED = ("media", "supports")


def words_of(texts: Iterable[str]) -> set[str]:
    """Everything in pages, scripts or styles that may be the name of a class, an id, a value or a variable."""
    return {word for text in texts for word in _WORD.findall(text)}


def words_of_theme(scripts: Iterable[str]) -> set[str]:
    """The same of Material's own scripts, without what is for features that are off."""
    return {word for word in words_of(scripts) if not OFF.match(word)}


def needed(css: str, words: Set[str]) -> str:
    """The rules of a style sheet that may match, with the variables that these or any of the `words` read."""
    css = "".join(_rules(_parsed(css), words))
    while (read := {*_READ.findall(css), *words}) and (less := "".join(_without_unread(_parsed(css), read))) != css:
        css = less
    return css


def without_comments(css: str) -> str:
    """The rules of a style sheet, one after the other."""
    return "".join(rule.serialize() for rule in _parsed(css))


def _parsed(css: str | list[Node]) -> list[Node]:
    return tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True)


def _rules(rules: list[Node], words: Set[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            selectors = [one for one in _selectors(rule.prelude) if _may_match(one, words)]
            if selectors:
                names = ",".join(tinycss2.serialize(one).strip() for one in selectors)
                yield f"{names}{{{tinycss2.serialize(rule.content)}}}"
        elif getattr(rule, "lower_at_keyword", "") in _NESTED:
            if inner := "".join(_rules(_parsed(rule.content), words)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: list[Node]) -> Iterator[list[Node]]:
    """The selectors of a list, which commas part."""
    one: list[Node] = []
    for token in prelude:
        if token == ",":
            yield one
            one = []
        else:
            one.append(token)
    yield one


def _may_match(selector: list[Node], words: Set[str]) -> bool:
    """Whether a selector names only what there is; what `:not()` and the like hold is not looked at."""
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "hash" or (token.type == "ident" and before == "."):
            if token.value not in words:
                return False
        elif token.type == "[] block":
            name, *values = [part.value for part in token.content if part.type in ("ident", "string")]
            if (name, *values) == ("dir", "rtl") or not words.issuperset(words_of(values)):
                return False
    return True


def _without_unread(rules: list[Node], read: Set[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            parts = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            kept = [part for part in parts if not getattr(part, "name", "").startswith("--") or part.name in read]
            if kept:
                body = rule.content if len(kept) == len(parts) else None
                text = tinycss2.serialize(body) if body else ";".join(part.serialize() for part in kept)
                yield f"{tinycss2.serialize(rule.prelude)}{{{text}}}"
        elif getattr(rule, "lower_at_keyword", "") in _NESTED:
            if inner := "".join(_without_unread(_parsed(rule.content), read)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()
