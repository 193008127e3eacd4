"""Where a name stands in a text: Korean words with their particles, English words with their endings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, TypeVar

from lessonkit.words import WORDS

Meaning = TypeVar("Meaning")

_NAMES = {lang: words["names"] for lang, words in WORDS.items()}
_AFTER = {
    lang: re.compile((f"(?:{names['particles']}){{0,3}}" if names["particles"] else "") + names["after"])
    for lang, names in _NAMES.items()
}
"""What must follow a name; compiled once, for the many particles take long."""


@lru_cache(maxsize=2048)
def pattern(name: str, lang: str) -> re.Pattern[str]:
    """What a name may look like; `라벨*` takes any ending, spaces may be line breaks.

    Capitals do not count, but those of an abbreviation do: MAP is no map.
    """
    stem = r"\s+".join(map(re.escape, name.removesuffix("*").split()))
    ending = "[가-힣A-Za-z]*" if name.endswith("*") else _NAMES[lang]["ending"]
    return re.compile(stem + ending, 0 if _is_abbreviation(name) else re.IGNORECASE)


def _is_abbreviation(name: str) -> bool:
    return name.isascii() and name.isalpha() and name.isupper()


class Finder(Generic[Meaning]):
    """Finds many names in one pass: at each word the longest name that stands there."""

    def __init__(self, names: Iterable[tuple[str, Meaning]], lang: str):
        self._lang = lang
        longest_first = sorted(
            ((_first_word(name), name, meaning) for name, meaning in names), key=lambda it: -len(it[1])
        )
        words = sorted({word for word, _, _ in longest_first}, key=lambda word: (-len(word), word))
        self._starts = re.compile(f"{_NAMES[lang]['before']}(?:{'|'.join(map(re.escape, words)) or '(?!)'})")
        self._candidates = {
            longest: [(name, meaning) for word, name, meaning in longest_first if longest.startswith(word)]
            for longest in words
        }

    def find(self, text: str) -> Iterator[tuple[re.Match[str], Meaning]]:
        """The names in a text with what they mean, in order, none within another."""
        end = 0
        for start in self._starts.finditer(text.replace("İ", "I").lower()):
            if start.start() < end:
                continue
            for name, meaning in self._candidates[start.group()]:
                found = pattern(name, self._lang).match(text, start.start())
                if found and (name.endswith("*") or _AFTER[self._lang].match(text, found.end())):
                    end = found.end()
                    yield found, meaning
                    break


def _first_word(name: str) -> str:
    return name.removesuffix("*").split()[0].lower()
