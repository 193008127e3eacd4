"""Where lessons explain an error: their headings hold messages as code, and a message leads to the nearest heading.

Nothing else has to be said of a message: a code span of at least four words in a heading is one. What a message holds
beside its words (numbers, shapes, names in quotes) does not count, nor does a word here and there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from lessonkit.lesson.cells import CODE_LANGUAGE, Lesson
from lessonkit.lesson.prose import CODE_SPAN, headings

WORD = re.compile(r"[A-Za-z]\w*")
FEWEST = 4
"""Words of a message."""
ENOUGH = 0.8
"""The share of a heading's pairs of words that a message has next to each other."""


def explained(lessons: Mapping[str, Lesson], message: str) -> dict[str, str] | None:
    """The `lesson` (by its name in `lessons`) and the `anchor` of the heading that explains an error; None if none."""
    said = _pairs(message)
    found = [
        (len(pairs & said) / len(pairs), len(pairs), name, anchor)
        for name, lesson in lessons.items()
        for pairs, anchor in _messages(lesson)
    ]
    share, _, name, anchor = max(found, default=(0.0, 0, "", ""))
    return {"lesson": name, "anchor": anchor} if share >= ENOUGH else None


@lru_cache(maxsize=64)
def _messages(lesson: Lesson) -> tuple[tuple[frozenset[tuple[str, str]], str], ...]:
    """The pairs of words of each message in a lesson's headings, with the anchor."""
    return tuple(_read(lesson))


def _read(lesson: Lesson) -> Iterator[tuple[frozenset[tuple[str, str]], str]]:
    for cell in lesson.prose(CODE_LANGUAGE):
        for heading in headings(cell.markdown):
            for span in CODE_SPAN.finditer(heading.title):
                pairs = _pairs(span["code"])
                if len(pairs) >= FEWEST - 1 and heading.anchor:
                    yield pairs, heading.anchor


def _pairs(text: str) -> frozenset[tuple[str, str]]:
    words = [word.lower() for word in WORD.findall(text)]
    return frozenset(zip(words, words[1:], strict=False))
