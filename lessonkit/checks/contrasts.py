"""Words with one counterpart each: what a caption points at, and the yes or no with which a quiz answer begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lessonkit.lesson.blocks import Block
from lessonkit.lesson.cells import Prose

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
"""What a caption names or leaves out: languages that both name an axis do so equally often."""

ANSWERS = {
    "ko": {
        "yes": re.compile(r"(?:네|예|그렇습니다|맞습니다)(?!\w)"),
        "no": re.compile(
            r"[^.?!]*?(?:아니요|아닙니다|않습니다|없습니다|안 됩니다|못합니다|다릅니다|모릅니다|틀렸습니다)"
        ),
        "plain no": re.compile(r"(?:아니요|아닙니다)(?!\w)"),
    },
    "en": {
        "yes": re.compile(r"Yes\b"),
        "no": re.compile(r"(?:No|Not|Never|Neither)\b"),
        "plain no": re.compile(r"No\b(?! \w)"),
    },
}
"""How an answer begins that says yes, or no; a plain no has a no for its counterpart."""


def contrasts(pair: tuple[Prose, Prose], found: Sequence[Sequence[Block]]) -> Iterator[Contrast]:
    """The words of a pair whose counterpart is missing; `found` are the blocks of its two cells, equally many."""
    for number, two in enumerate(zip(*found, strict=True)):
        if pair[0].kind == "caption":
            yield from _pointers(pair, two)
        if number and found[0][number - 1].kind == "question":
            yield from _answers(pair, two)


def _pointers(pair: tuple[Prose, Prose], two: tuple[Block, Block]) -> Iterator[Contrast]:
    for name, words in {**COUNTED, **AXES}.items():
        if not all(cell.lang in words for cell in pair):
            continue
        found = [re.findall(words[cell.lang], block.text, re.IGNORECASE) for cell, block in zip(pair, two, strict=True)]
        if len(found[0]) != len(found[1]) and (name not in AXES or all(found)):
            counts = ", ".join(f"{len(said)} times in {cell.lang}" for cell, said in zip(pair, found, strict=True))
            sentence = f'this caption says "{name}" {counts}'
            yield pair[0].file_line(two[0].line), sentence, tuple(block.text.strip() for block in two)


def _answers(pair: tuple[Prose, Prose], two: tuple[Block, Block]) -> Iterator[Contrast]:
    begins = [
        {name for name, start in ANSWERS.get(cell.lang, {}).items() if start.match(block.text.strip())}
        for cell, block in zip(pair, two, strict=True)
    ]
    opposite = any({"plain no"} <= one and "no" not in other for one, other in (begins, begins[::-1]))
    if opposite or len([said for said in begins if "yes" in said]) == 1:
        evidence = tuple(
            f"{cell.lang} {cell.file_line(block.line)}: {block.text.strip()[:60]}"
            for cell, block in zip(pair, two, strict=True)
        )
        sentence = "one language begins this answer with yes or no, and the other does not"
        yield pair[0].file_line(two[0].line), sentence, evidence
