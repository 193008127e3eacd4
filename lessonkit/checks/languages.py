"""Each cell is written in its own language: told by its script, by what is left to do, and by how much it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lessonkit.checks.counterparts import Difference
from lessonkit.lesson.blocks import blocks
from lessonkit.lesson.captions import read_caption, said
from lessonkit.lesson.cells import LABELLED, Code, Lesson, Prose
from lessonkit.lesson.comments import TAGGED
from lessonkit.lesson.numerals import running_text
from lessonkit.lesson.prose import HANGUL, blank

ENGLISH = re.compile(r"[A-Za-z][A-Za-z’'-]*")
GLOSS = re.compile(r"\([^()\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]*\)|\"[^\s\"]+\"")
CITATION = re.compile(r"!?\[[^\]]*\]\((?:[a-z]+:|//)[^)]*\)")
CODE_LIKE = re.compile(r"\w[_.=(\[*/]\w|\w\(\)|\d")
UNFINISHED = re.compile(
    r"\b(?:TODO|TBD|FIXME|XXX|WIP)\b|\blorem ipsum\b|\b(?:not yet |un|needs? )translat\w+"
    r"|\btranslat(?:e|ion) (?:me|here|this|needed|pending|missing|to ?do|follows)\b"
    r"|번역 ?(?:필요|예정|요망|대기|중입니다|하기|할 것|해야|누락|안 됨)|미번역"
    r"|작성 ?(?:예정|중입니다)|내용 ?추가 ?예정",
    re.IGNORECASE,
)
LEFT_OPEN = re.compile(r"[\W_]*(?:\.{2,}|…|\?{2,}|번역|translation|translate|placeholder|text here)[\W_]*", re.I)
LONGEST = 200
"""No placeholder is longer."""

FEW = 3
"""So many words (a name, a title) may stand in a cell that serves every language."""

SYLLABLE = 2.5
"""About so many Latin letters say what a Hangul syllable says."""


@dataclass(frozen=True)
class Said:
    """What one place of a cell says: its line in the file, the kind of place, and its Markdown."""

    line: int
    kind: str
    text: str


def places(cell: Prose) -> Iterator[Said]:
    """What a cell says, place by place; of a caption the forms of its labels, too."""
    for block in blocks(said(cell)):
        if block.kind not in ("formula", "table row"):
            yield Said(cell.file_line(block.line), block.kind, block.text)
    if cell.kind in LABELLED:
        for number, line in enumerate(cell.markdown.split("\n")):
            if line.startswith("- "):
                yield Said(cell.file_line(number), "label", _form(line))


def _form(line: str) -> str:
    try:
        return next(iter(read_caption(f"a\n\nb\n\n{line}").labels.values()))
    except ValueError:
        return line


def comments(lesson: Lesson, cell: Code) -> Iterator[tuple[str, Said]]:
    """The comments of a code cell that only one language shows: (language, what it says), a block as one."""
    following = (other.line for other in lesson.cells if other.line > cell.line)
    gathered: dict[str, list[tuple[int, str]]] = {}
    for number in range(cell.line + 1, next(following, len(lesson.lines) + 1) + 1):
        found = TAGGED.fullmatch(lesson.lines[number - 1].strip()) if number <= len(lesson.lines) else None
        if found:
            gathered.setdefault(found["lang"], []).append((number, found["text"]))
        else:
            for lang, lines in gathered.items():
                yield lang, Said(lines[0][0], "comment", "\n".join(text for _, text in lines))
            gathered = {}


def foreign(lang: str, place: Said, known: frozenset[str]) -> Iterator[Difference]:
    """What is wrong with the language of a place; `known` are the Latin words that Korean text may use alone."""
    text = running_text(CITATION.sub(blank, place.text))
    if UNFINISHED.search(text) or LEFT_OPEN.fullmatch(place.text.strip()[:LONGEST]):
        yield Difference("unfinished", lang, place.line, f"this {lang} text is not finished", (place.text.strip(),))
    elif lang == "ko" and _not_korean(text, known):
        yield Difference("language", lang, place.line, "this ko text is in English", (place.text.strip(),))
    elif lang == "en" and _not_english(text):
        yield Difference("language", lang, place.line, "this en text is in Korean", (place.text.strip(),))


@lru_cache(maxsize=4)
def names(cells: tuple[Prose, ...]) -> frozenset[str]:
    """The Latin words that the Korean sentences of some cells use as they are: `Adam`, `float32`."""
    found: set[str] = set()
    for cell in cells:
        for place in places(cell):
            text = running_text(CITATION.sub(blank, place.text))
            if not _not_korean(text, frozenset()):
                found.update(ENGLISH.findall(_sentence(text)))
    return frozenset(found)


@lru_cache(maxsize=8192)
def _sentence(text: str) -> str:
    """A Korean text without what may stand there in Latin letters: glosses, quoted words, code."""
    return re.sub(r"\S+", lambda word: blank(word) if CODE_LIKE.search(word[0]) else word[0], GLOSS.sub(blank, text))


def _not_korean(text: str, known: frozenset[str]) -> bool:
    """Whether a Korean text is English: without Hangul, mostly Latin, or with a run of English in it."""
    text = _sentence(text)
    syllables, words = len(HANGUL.findall(text)), ENGLISH.findall(text)
    small = [word for word in words if word[0].islower() and len(word) > 1]
    if not syllables:
        return not known.issuperset(words)
    letters = sum(map(len, small))
    mostly = len(small) > 3 and letters > SYLLABLE * syllables
    return mostly or (len(small) > 4 and _longest_run(text) > 4)


def _longest_run(text: str) -> int:
    """How many English words in small letters follow each other without Hangul between them."""
    longest = current = 0
    for word in re.findall(rf"{ENGLISH.pattern}|{HANGUL.pattern}", text):
        current = 0 if HANGUL.match(word) else current + (word[0].islower() and len(word) > 1)
        longest = max(longest, current)
    return longest


def _not_english(text: str) -> bool:
    """Whether an English text holds more Hangul than a quoted word: over a tenth of what it says."""
    letters = len(re.findall(r"[A-Za-z]", text))
    return SYLLABLE * len(HANGUL.findall(text)) > 0.1 * (letters + SYLLABLE * len(HANGUL.findall(text)))


def uneven(one: str, lang: str, two: str, other: str) -> str | None:
    """The language that says far less than the other one says in the same block."""
    size = {of: _weight(text) for of, text in ((lang, one), (other, two))}
    short = min(size, key=lambda of: size[of])
    return short if max(size.values()) >= 80 and size[short] < 0.3 * max(size.values()) else None


def _weight(text: str) -> float:
    text = running_text(text)
    syllables = len(HANGUL.findall(text))
    return len("".join(text.split())) + (SYLLABLE - 1) * syllables


def words(markdown: str) -> list[str]:
    """The words of either language in a piece of Markdown."""
    return re.findall(rf"{ENGLISH.pattern}|(?:{HANGUL.pattern})+", running_text(markdown))
