"""How long a lesson takes, by one formula, and its core path: what is left without the sections that go deeper.

A section goes deeper where its heading says so, `## Title { #anchor .deeper }`, with all sections below it; an exercise
where its cell does, `# %% exercise="name" path="deeper"`, with the text and code that lead to it. What a page folds
takes no time: solutions, wrong answers, answers of a quiz, folded code, code that draws. Starter and check belong to
the minutes of their exercise. Both languages take as long as the English text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lessonkit.lesson.captions import caption
from lessonkit.lesson.cells import ANSWER_KINDS, CODE_LANGUAGE, LAB, Code, Lesson, Prose
from lessonkit.lesson.prose import ADMONITION, HEADING, headings, plain_text, without_fences

UNREAD = ("figure", "check", LAB, *ANSWER_KINDS)
"""The kinds of code cells that a page folds or leaves out, or that count with their exercise."""

WORDS, LINES, EXERCISE, QUESTION = 200, 15, 3, 1
"""Words and lines of code in a minute, minutes for an exercise and for a question of a quiz."""


@dataclass(frozen=True)
class Pace:
    """What a way through a lesson holds."""

    words: int = 0
    lines: int = 0
    exercises: int = 0
    questions: int = 0

    def __add__(self, other: Pace) -> Pace:
        return Pace(
            self.words + other.words,
            self.lines + other.lines,
            self.exercises + other.exercises,
            self.questions + other.questions,
        )

    @property
    def minutes(self) -> int:
        """Whole minutes, at least one."""
        exact = self.words / WORDS + self.lines / LINES + self.exercises * EXERCISE + self.questions * QUESTION
        return max(1, round(exact))


@dataclass(frozen=True)
class Paces:
    """The two ways through a lesson."""

    core: Pace
    whole: Pace


@lru_cache(maxsize=64)
def paces(lesson: Lesson) -> Paces:
    """How long the core path and the whole lesson take."""
    core = whole = Pace()
    for deeper, pace in _parts(lesson):
        whole += pace
        core += Pace() if deeper else pace
    return Paces(core, whole)


def _parts(lesson: Lesson) -> Iterator[tuple[bool, Pace]]:
    """What each piece of a lesson takes, and whether it goes deeper."""
    below = 7  # the level of the heading whose section goes deeper; 7 where none does
    for number, cell in enumerate(lesson.cells):
        asks = _leads_deeper(lesson, number)
        if isinstance(cell, Code):
            yield below < 7 or asks, _of_code(cell)
        elif cell.lang not in (CODE_LANGUAGE, ""):
            continue
        elif cell.kind == "caption":
            yield below < 7, Pace(words=_words(caption(lesson, cell.name, CODE_LANGUAGE).text))
        elif cell.kind == "question":
            yield below < 7, Pace(questions=1)
        else:
            for line in _shown(without_fences(cell.markdown)):
                if heading := HEADING.match(line):
                    level = len(heading["marks"])
                    below = 7 if level <= below else below
                    below = level if below == 7 and ".deeper" in (heading["classes"] or "") else below
                questions = int(re.match(r"\?\?\? +question\b", line) is not None)
                yield below < 7 or asks, Pace(words=_words(line), questions=questions)


def _leads_deeper(lesson: Lesson, number: int) -> bool:
    """Whether a cell is an exercise that goes deeper, or leads to one; a heading begins something new."""
    for cell in lesson.cells[number:]:
        if isinstance(cell, Prose):
            if any(headings(cell.markdown)):
                return False
        elif cell.kind != "code":
            return cell.deeper
    return False


def _of_code(cell: Code) -> Pace:
    if cell.kind == "exercise":
        return Pace(exercises=1)
    if cell.folded or cell.kind in UNREAD:
        return Pace()
    return Pace(lines=sum(bool(line.strip()) for line in cell.sources[CODE_LANGUAGE].split("\n")))


def _shown(markdown: str) -> Iterator[str]:
    """The lines of a text that a page shows at once: of a folded box its title."""
    folded: str | None = None
    for line in markdown.split("\n"):
        indent = line[: len(line) - len(line.lstrip())]
        if folded is not None and (not line.strip() or len(indent) > len(folded)):
            continue
        box = ADMONITION.match(line)
        folded = box["indent"] if box and box["marks"] == "???" else None
        yield line


def _words(text: str) -> int:
    return sum(any(map(str.isalnum, word)) for word in plain_text(text).split())
