"""The numbers of a sentence: those written with digits, and those that a language spells out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from lessonkit.lesson.prose import ATTRIBUTES, LINK, TAG, URL, blank, line_of, without_code, without_math

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)*(?:[eE][-+]?\d+)?"
PLAIN = re.compile(r"\d{1,30}(?:\.\d{1,30})?")
ONE_OF_MANY = re.compile(r"(?<=분의)[ \t\n]*1(?!\d|[.][\d]|[천백억조]|만(?!큼))")
"""The 1 of `10분의 1`: English says "a tenth"."""

GREAT = {
    "ko": {"백": 100, "천": 1000, "만": 10**4, "백만": 10**6, "천만": 10**7, "억": 10**8, "조": 10**12},
    "en": {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12},
}
"""Words that multiply the number before them (`28만`, `2 million`); by themselves they are numbers, too."""

CLEAR = {
    "ko": {
        "1": "하나", "2": "둘", "3": "셋", "4": "넷", "5": "다섯", "6": "여섯", "7": "일곱", "8": "여덟", "9": "아홉",
        "11": "열한", "12": "열두", "20": "스물 스무", "30": "서른",
    },
    "en": {
        "0": "zero", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight",
        "9": "nine", "10": "ten", "11": "eleven", "12": "twelve", "13": "thirteen", "14": "fourteen", "15": "fifteen",
        "16": "sixteen", "17": "seventeen", "18": "eighteen", "19": "nineteen", "20": "twenty", "30": "thirty",
        "40": "forty", "50": "fifty", "60": "sixty", "70": "seventy", "80": "eighty", "90": "ninety",
    },
}  # fmt: skip
"""Words that are numbers wherever they stand."""

VAGUE = {
    "ko": {
        "0": "영 없", "0.5": "절반 반", "1": "한 첫 혼자", "2": "두 양쪽 이중 쌍 절반 반", "3": "세 석 삼",
        "4": "네 넉 사", "5": "오",
        "6": "육", "7": "칠", "8": "팔", "9": "구", "10": "열 십", "20": "이십", "50": "절반 반",
    },
    "en": {
        "0": "none nothing nonzero nonnegative", "0.5": "half", "1": "one once single",
        "2": "twice second both double doubled half halve halved", "3": "third thrice triple", "4": "quarter",
        "5": "fifth", "8": "eighth", "9": "ninth", "12": "dozen twelfth", "20": "twentieth", "50": "half",
    },
}  # fmt: skip
"""Words that may stand for a number, and often do not; Korean ones are found within words, too."""

_GREAT = {lang: "|".join(sorted(words, key=len, reverse=True)) for lang, words in GREAT.items()}
_BEGIN = r"(?<![\d.])(?:(?<![\w)])−)?"
_NUMBER = {
    "ko": re.compile(rf"{_BEGIN}{DIGITS}(?:(?:{_GREAT['ko']})(?!큼)(?: {DIGITS}(?:{_GREAT['ko']}))*)?"),
    "en": re.compile(rf"{_BEGIN}{DIGITS}(?:[ -](?:{_GREAT['en']})\b)?"),
}
_PART = {lang: re.compile(rf"(?P<digits>{DIGITS})[ -]?(?P<great>{words})?") for lang, words in _GREAT.items()}
_ENDINGS = ("", "s", "th", "ths", "fold")


@dataclass(frozen=True)
class Number:
    """A number written with digits: its line, as it is written, and the values it may have, the likeliest first."""

    line: int
    written: str
    values: tuple[str, ...]


@lru_cache(maxsize=8192)
def running_text(markdown: str) -> str:
    """Markdown of the same length without code, formulas, tags and the targets of links; what links say stays."""
    text = LINK.sub(_only_text, without_math(without_code(markdown)))
    for pattern in (URL, TAG, ATTRIBUTES):
        text = pattern.sub(blank, text)
    return text


def _only_text(link: re.Match[str]) -> str:
    start, end = (position - link.start() for position in link.span("text"))
    return " " * start + link["text"] + " " * (len(link.group()) - end)


def numbers(text: str, lang: str) -> Iterator[Number]:
    """The numbers of a running text that are written with digits; `12만 7천` is one of them."""
    if lang == "ko":
        text = ONE_OF_MANY.sub(blank, text)
    for found in _NUMBER.get(lang, _NUMBER["en"]).finditer(text):
        written = found.group()
        sign, parts = "−" * written.startswith("−"), list(_PART.get(lang, _PART["en"]).finditer(written))
        bare = [part["digits"].replace(",", "") for part in parts]
        values = bare
        if parts[0]["great"] and all(PLAIN.fullmatch(digits) for digits in bare):
            factors = [_factor(part, lang) for part in parts]
            total = sum((Decimal(digits) * factor for digits, factor in zip(bare, factors, strict=True)), Decimal(0))
            values = [_key(total), *(bare if len(bare) == 1 else [])]
        yield Number(line_of(text, found.start()), written, tuple(sign + value for value in values))


def _factor(part: re.Match[str], lang: str) -> int:
    return GREAT.get(lang, GREAT["en"])[part["great"]] if part["great"] else 1


def _key(value: Decimal) -> str:
    return str(int(value)) if value == int(value) else str(value.normalize())


def spelled(text: str, lang: str) -> tuple[Counter[str], Counter[str]]:
    """The numbers that a running text spells out, with how often it does: clear ones, and vague ones."""
    return _korean(text) if lang == "ko" else _english(text)


def _korean(text: str) -> tuple[Counter[str], Counter[str]]:
    clear, vague = (
        Counter({value: sum(text.count(word) for word in words.split()) for value, words in table.items()})
        for table in (CLEAR["ko"], VAGUE["ko"])
    )
    return clear, vague + Counter({str(value): text.count(word) for word, value in GREAT["ko"].items()})


def _english(text: str) -> tuple[Counter[str], Counter[str]]:
    clear: Counter[str] = Counter()
    vague: Counter[str] = Counter()
    words = re.findall(r"[a-z]+|-", text.lower())
    for word, joint, after in zip(words, [*words[1:], "", ""], [*words[2:], "", ""], strict=False):
        hyphen = joint == "-"
        after = after if hyphen else joint
        value, great = _clear_words().get(word), _great_words().get(after)
        if great and (value or word in GREAT["en"]):  # two million, ten-thousandth, hundred-millionth
            vague[_key(Decimal(value or GREAT["en"][word]) * great)] += 1
        if great and (hyphen or not after.rstrip("s").endswith("th")):
            continue
        ones = int(_clear_words().get(after, after == "one"))
        if value and hyphen and int(value) >= 20 and 0 < ones < 10:  # twenty-five
            clear[str(int(value) + ones)] += 1
        elif value:
            clear[value] += 1
        for value in _vague_words().get(word, ()):
            vague[value] += 1
        if word in _great_words():
            vague[str(_great_words()[word])] += 1
    return clear, vague


@lru_cache
def _clear_words() -> dict[str, str]:
    return {
        word + ending: value for value, words in CLEAR["en"].items() for word in words.split() for ending in ("", "s")
    }


@lru_cache
def _great_words() -> dict[str, int]:
    return {word + ending: value for word, value in GREAT["en"].items() for ending in _ENDINGS}


@lru_cache
def _vague_words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for table, endings in ((VAGUE["en"], ("", "s")), (CLEAR["en"], ("th", "ths", "fold"))):
        for value, words in table.items():
            for word in words.split():
                for ending in endings:
                    found.setdefault(word + ending, []).append(value)
    return found
