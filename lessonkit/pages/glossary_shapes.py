"""The shapes of the entries of a glossary's file: which keys each has, and what fits them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeGuard

from lessonkit.words import LANGUAGES, WORDS

Entry = dict[str, Any]
"""A term, homonym, word or exception as its file has it, before anybody has looked at its shape."""
Shape = Mapping[str, tuple[Callable[[object], bool], str, bool]]
"""The keys of an entry: what fits, what that is in words, and whether there must be one."""
ID = re.compile(r"[a-z][a-z0-9-]*")


def _text(value: object) -> TypeGuard[str]:
    """Whether this is a text on one line, with a letter or a digit at least."""
    return isinstance(value, str) and value == value.strip() and "\n" not in value and bool(re.search(r"\w", value))


def _texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_text, value))


def _id(value: object) -> bool:
    return _text(value) and bool(ID.fullmatch(value))


def _names(value: object) -> bool:
    return isinstance(value, dict) and value.keys() <= set(LANGUAGES) and all(map(_texts, value.values()))


def _sentences(value: object) -> bool:
    return isinstance(value, dict) and value.keys() == set(LANGUAGES) and all(map(_sentence, value, value.values()))


def _sentence(lang: str, value: object) -> bool:
    return _text(value) and value.endswith(WORDS[lang]["sentence_end"]) and not re.search(r"[.!?] ", value)


def _marks(value: object) -> bool:
    return isinstance(value, list) and all(item in LANGUAGES for item in value)


_NAME: Shape = dict.fromkeys(LANGUAGES, (_text, "a text on one line", True))
TERM: Shape = {
    "id": (_id, "an anchor of small letters, digits and -", True),
    **_NAME,
    "define": (_sentences, "one sentence in each language, with its full stop", True),
    "also": (_names, "a list of names for a language", False),
    "avoid": (_names, "a list of names for a language", False),
    "unlike": (_names, "a list of phrases for a language", False),
    "only": (_texts, "a list of lessons", False),
    "mark": (_marks, "a list of languages", False),
}
HOMONYM: Shape = {
    "id": (_id, "an anchor of small letters, digits and -", True),
    "terms": (_texts, "a list of ids of terms", True),
    **_NAME,
}
PLAIN: Shape = {
    "lang": (lambda value: value in LANGUAGES, "a language", True),
    "write": (_text, "a text on one line", True),
    "avoid": (_texts, "a list of words", True),
    "but": (_texts, "a list of words", False),
}
ALLOWED: Shape = dict.fromkeys(("text", "where", "reason"), (_text, "a text on one line", True))
