"""Where a name stands in a text: Korean words with their particles, English words with their endings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

PARTICLES = (
    "이라고도|라고도|이라고|라고|이라는|라는|이라면|라면|이라도|라도|이라서|라서|이란|란|"
    "이라|라|입니다|입니까|이었습니다|였습니다|이어야|여야|이므로|므로|이지만|지만|이면서|"
    "면서|이며|며|이면|면|이고|고|이지|지|이자|자|인지|인데|인가|일까요|인|일|이다|"
    "다|에서부터|에서는|에서도|에서의|에서|에게서|에게|에는|에도|에만|에야|에|까지|부터|"
    "마다|보다|처럼|만큼|대로|조차|마저|밖에|뿐|으로부터|로부터|으로써|로써|으로서|로서|"
    "으로는|로는|으로도|로도|으로만|로만|으로|로|끼리|하고|이나|나|이든|든|이랑|랑|과|"
    "와|은|는|을|를|의|이|가|도|만|들|씩|째|값|식"
)
"""What may follow a Korean noun without a space; `값` and `식` (`손실값`) follow like particles."""

BEFORE = {"ko": "(?<![가-힣A-Za-z0-9_])", "en": "(?<![가-힣A-Za-z0-9_-])"}
ENDING = {"ko": "", "en": "(?:e?s|['’]s)?"}
NO_MORE = {
    "ko": re.compile(rf"(?:{PARTICLES}){{0,3}}(?![가-힣A-Za-z0-9_])"),
    "en": re.compile("(?![A-Za-z0-9_]|-[A-Za-z])"),
}
"""What must follow a name; compiled once, for the many particles take long."""


@lru_cache(maxsize=2048)
def pattern(name: str, lang: str) -> re.Pattern[str]:
    """What a name may look like, whatever its capitals; `라벨*` takes any ending, spaces may be line breaks."""
    stem = r"\s+".join(map(re.escape, name.removesuffix("*").split()))
    return re.compile(stem + ("[가-힣A-Za-z]*" if name.endswith("*") else ENDING[lang]), re.IGNORECASE)


class Finder:
    """Finds many names in one pass: at each word the longest name that stands there."""

    def __init__(self, names: Iterable[tuple[str, object]], lang: str):
        self._lang = lang
        longest_first = sorted(
            ((_first_word(name), name, meaning) for name, meaning in names), key=lambda it: -len(it[1])
        )
        words = sorted({word for word, _, _ in longest_first}, key=lambda word: (-len(word), word))
        self._starts = re.compile(f"{BEFORE[lang]}(?:{'|'.join(map(re.escape, words)) or '(?!)'})")
        self._candidates = {
            longest: [(name, meaning) for word, name, meaning in longest_first if longest.startswith(word)]
            for longest in words
        }

    def find(self, text: str) -> Iterator[tuple[re.Match[str], object]]:
        """The names in a text with what they mean, in order, none within another."""
        end = 0
        for start in self._starts.finditer(text.replace("İ", "I").lower()):
            if start.start() < end:
                continue
            for name, meaning in self._candidates[start.group()]:
                found = pattern(name, self._lang).match(text, start.start())
                if found and (name.endswith("*") or NO_MORE[self._lang].match(text, found.end())):
                    end = found.end()
                    yield found, meaning
                    break


def _first_word(name: str) -> str:
    return name.removesuffix("*").split()[0].lower()
