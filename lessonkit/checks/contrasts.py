"""Words with one counterpart each: what a caption points at, and the yes or no of a quiz answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lessonkit.lesson.blocks import Block
from lessonkit.lesson.cells import Prose
from lessonkit.lesson.choices import MARK

Contrast = tuple[int, str, tuple[str, ...]]
"""A line of the file, a sentence, and its evidence."""

COUNTED = {
    "left": {"ko": "왼쪽|왼편", "en": r"\bleft(?:most)?\b(?! out| over)"},
    "solid": {"ko": "실선", "en": r"\bsolid\b"},
    "dashed": {"ko": "파선", "en": r"\bdashed\b"},
    "dotted": {"ko": "점선", "en": r"(?<!-)\bdotted\b"},
    "dash-dotted": {"ko": "쇄선", "en": r"\bdash-dotted\b"},
    "gray": {"ko": "회색", "en": r"\bgr[ae]y\b"},
    "blue": {"ko": "파란|파랑", "en": r"\bblue\b"},
    "orange": {"ko": "주황", "en": r"\borange\b"},
    "green": {"ko": "초록|녹색", "en": r"\bgreen\b"},
    "red": {"ko": "빨간|빨강", "en": r"\bred\b"},
    "training": {"ko": "훈련", "en": r"\btraining\b"},
    "validation": {"ko": "검증", "en": r"\bvalidation\b"},
    "test": {"ko": "테스트", "en": r"\btest\b"},
}
"""What a caption points at: both languages do so equally often."""

AXES = {
    "horizontal axis": {"ko": "가로축", "en": r"\bhorizontal ax[ie]s"},
    "vertical axis": {"ko": "세로축", "en": r"\bvertical ax[ie]s"},
}
"""What a caption names or leaves out: languages that both name axes do so equally often."""

YES = {"ko": r"(?:네|예)(?=[,.!]|$)|(?:그렇습니다|맞습니다)(?!\w)", "en": r"Yes\b"}
"""How an answer begins that says yes; in Korean, "four times" begins with the same syllable."""

NO = {
    "ko": r"^아니요\b|(?:아니요|아닙니다|않습니다|없습니다|안 됩니다|못합니다|다릅니다|모릅니다|틀렸습니다)[.?!]?$",
    "en": r"\b(?:no|not|cannot|neither|nor)\b|n't\b",
}
"""What makes a sentence negative for certain."""

PERHAPS_NO = {
    "ko": r"아니|아닙|아닐|않|없|안 |못|모르|모릅|다르|다릅|틀",
    "en": r"\b(?:no|not|never|cannot|without|nothing|neither|nor|none|wrong|different|differs?|few)\b|n't\b",
}
"""What a negative sentence has for a counterpart."""

SENTENCE_END = {"ko": r"(?<=[.?!])\s", "en": r"(?<=[.?!:])\s"}
CLAUSE_END = {"ko": r"(?<=[.?!])\s|(?<=지만,)\s", "en": r"(?<=[.?!])\s|\s(?=but\b)"}
"""Where a sentence ends, or turns round."""

VERDICT_END = {
    "ko": r"(?<=^네,)\s|(?<=^예,)\s|(?<=^아니요,)\s|(?<=[.?!])\s",
    "en": r"(?<=^Yes,)\s|(?<=^No,)\s|(?<=[.?!:])\s",
}
"""Where the verdict ends with which an answer begins."""


def contrasts(pair: tuple[Prose, Prose], found: Sequence[Sequence[Block]]) -> Iterator[Contrast]:
    """The words of a pair whose counterpart is missing; `found` are the blocks of its two cells, equally many."""
    for number, two in enumerate(zip(*found, strict=True)):
        if pair[0].kind == "caption":
            yield from _pointers(pair, two)
        if two[0].kind in ("choice", "explanation") or (number and found[0][number - 1].kind == "question"):
            yield from _answers(pair, two)


def _pointers(pair: tuple[Prose, Prose], two: tuple[Block, Block]) -> Iterator[Contrast]:
    for name, words in {**COUNTED, **AXES}.items():
        if not all(cell.lang in words for cell in pair):
            continue
        found = [re.findall(words[cell.lang], block.text, re.IGNORECASE) for cell, block in zip(pair, two, strict=True)]
        if len(found[0]) != len(found[1]) and (name not in AXES or all(map(_names_axis, pair, two))):
            counts = ", ".join(f"{len(said)} times in {cell.lang}" for cell, said in zip(pair, found, strict=True))
            sentence = f'this caption says "{name}" {counts}'
            yield pair[0].file_line(two[0].line), sentence, tuple(block.text.strip() for block in two)


def _names_axis(cell: Prose, block: Block) -> bool:
    return any(re.search(words[cell.lang], block.text, re.IGNORECASE) for words in AXES.values())


def _answers(pair: tuple[Prose, Prose], two: tuple[Block, Block]) -> Iterator[Contrast]:
    """Each part of an answer says yes in both languages, or no in both, or neither."""
    langs = [cell.lang for cell in pair]
    if not all(lang in YES for lang in langs):
        return
    for sides in _parts(two[0].kind, langs, [MARK.sub("", block.text.strip(), count=1) for block in two]):
        said = list(zip(langs, sides, strict=True))
        yes = [bool(re.match(YES[lang], side)) for lang, side in said]
        no = [bool(re.search(NO[lang], side, re.IGNORECASE | re.MULTILINE)) for lang, side in said]
        perhaps = [bool(re.search(PERHAPS_NO[lang], side, re.IGNORECASE)) for lang, side in said]
        if yes[0] != yes[1] or (no[0] and not perhaps[1]) or (no[1] and not perhaps[0]):
            lines = [cell.file_line(block.line) for cell, block in zip(pair, two, strict=True)]
            evidence = tuple(f"{lang} {line}: {side}" for line, (lang, side) in zip(lines, said, strict=True))
            yield lines[0], "this answer says a yes or no that the other language does not say", evidence


def _parts(kind: str, langs: Sequence[str], texts: Sequence[str]) -> list[tuple[str, ...]]:
    """An explanation in its clauses; a choice, or the first sentence of another answer, in its verdict and the rest.

    What has more parts in one language is taken in larger ones, or whole.
    """
    if kind not in ("choice", "explanation"):
        texts = [re.split(SENTENCE_END[lang], text)[0] for lang, text in zip(langs, texts, strict=True)]
    for ends in [CLAUSE_END, SENTENCE_END] if kind == "explanation" else [VERDICT_END]:
        parts = [re.split(ends[lang], text) for lang, text in zip(langs, texts, strict=True)]
        if len(parts[0]) == len(parts[1]):
            return list(zip(*parts, strict=True))
    return [tuple("\n".join(sentences) for sentences in parts)]
