"""Words with one counterpart each: what a caption points at, and the yes or no with which a quiz answer begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lessonkit.lesson.blocks import Block
from lessonkit.lesson.cells import Prose

Contrast = tuple[int, str, tuple[str, ...]]
"""A line of the file, a sentence, and its evidence."""

POINTERS = {
    "left": {"ko": ("왼쪽", "왼"), "en": (r"\bleft(?:most)?\b(?! out| over)", "left")},
    "right": {"ko": ("오른쪽", "오른"), "en": (r"\b(?:on|to|at) the right\b(?! \w)|\brightmost\b", "right")},
    "solid": {"ko": ("실선", "실선"), "en": (r"\bsolid\b", "solid")},
    "dashed": {"ko": ("파선", "파선"), "en": (r"\bdashed\b", "dashed")},
    "dotted": {"ko": ("점선", "점선"), "en": (r"(?<!-)\bdotted\b", "dotted")},
    "dash-dotted": {"ko": ("쇄선", "쇄선"), "en": (r"\bdash-dotted\b", "dash-dotted")},
    "hatched": {"ko": ("빗금", "빗금"), "en": (r"\bhatch", "hatch")},
    "gray": {"ko": ("회색", "회색"), "en": (r"\bgr[ae]y\b", "gr[ae]y")},
    "blue": {"ko": ("파란|파랑", "파란|파랑"), "en": (r"\bblue\b", "blue")},
    "orange": {"ko": ("주황", "주황"), "en": (r"\borange\b", "orange")},
    "green": {"ko": ("초록|녹색", "초록|녹색"), "en": (r"\bgreen\b", "green")},
    "red": {"ko": ("빨간|빨강", "빨간|빨강|붉은"), "en": (r"\bred\b", r"\bred")},
    "horizontal": {"ko": ("가로축", "가로"), "en": (r"\bhorizontal", "horizontal|across|sideways")},
    "vertical": {"ko": ("세로축", "세로"), "en": (r"\bvertical", r"vertical|\bup\b")},
    "training": {"ko": ("훈련", "훈련|학습"), "en": (r"\btraining (?:set|data|loss|error|accuracy|part)\b", "train")},
    "validation": {"ko": ("검증", "검증"), "en": (r"\bvalidation\b", "validat")},
    "test": {"ko": ("테스트", "테스트|시험"), "en": (r"\btest (?:set|data|loss|error|accuracy|part)\b", "test")},
}
"""What a caption points at. For each language what says it for certain, and what its counterpart has to hold then."""

AXES = {"horizontal": "vertical", "vertical": "horizontal"}
"""A caption need not name its axes; one that names an axis names the other one, too."""

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
    for name, words in POINTERS.items():
        for here, there in ((0, 1), (1, 0)):
            mine, theirs = words.get(pair[here].lang), words.get(pair[there].lang)
            said = mine and theirs and _found(mine[0], two[here])
            if not said or _found(theirs[1], two[there]):
                continue
            if name in AXES and not _found(POINTERS[AXES[name]][pair[there].lang][0], two[there]):
                continue
            line = two[here].line + two[here].text.count("\n", 0, said.start())
            sentence = f'"{said.group()}" ({name}) has no counterpart in the {pair[there].lang} caption'
            yield pair[here].file_line(line), sentence, (two[there].text.strip(),)


def _found(pattern: str, block: Block) -> re.Match[str] | None:
    return re.search(pattern, block.text, re.IGNORECASE)


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
