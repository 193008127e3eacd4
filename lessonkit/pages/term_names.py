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

AFTER = {
    "ko": rf"(?=(?:{PARTICLES}){{0,3}}(?![가-힣A-Za-z0-9_]))",
    "en": r"(?:e?s|['’]s)?(?![A-Za-z0-9_]|-[A-Za-z])",
}
BEFORE = {"ko": "(?<![가-힣A-Za-z0-9_])", "en": "(?<![A-Za-z0-9_-])"}
WORD_START = re.compile(r"(?<![가-힣A-Za-z0-9_])[가-힣A-Za-z0-9]")


@lru_cache(maxsize=2048)
def pattern(name: str, lang: str) -> re.Pattern[str]:
    """What finds a name in a language, whatever its capitals; `라벨*` takes any ending, spaces may be line breaks."""
    stem = r"\s+".join(map(re.escape, name.removesuffix("*").split()))
    after = "[가-힣A-Za-z]*" if name.endswith("*") else AFTER[lang]
    return re.compile(BEFORE[lang] + stem + after, re.IGNORECASE)


class Finder:
    """Finds many names in one pass: at each word the longest name that stands there."""

    def __init__(self, names: Iterable[tuple[str, object]], lang: str):
        self._lang = lang
        self._candidates: dict[str, list[tuple[str, str, object]]] = {}
        for name, meaning in sorted(names, key=lambda item: -len(item[0])):
            word = name.removesuffix("*").split()[0].lower()
            self._candidates.setdefault(word[0], []).append((word, name, meaning))

    def find(self, text: str) -> Iterator[tuple[re.Match[str], object]]:
        """The names in a text with what they mean, in order, none within another."""
        end = 0
        for start in WORD_START.finditer(text):
            if start.start() < end:
                continue
            for word, name, meaning in self._candidates.get(start.group().lower(), ()):
                if text[start.start() : start.start() + len(word)].lower() != word:
                    continue  # a pattern takes long to compile, and most names to avoid never occur
                if found := pattern(name, self._lang).match(text, start.start()):
                    end = found.end()
                    yield found, meaning
                    break
