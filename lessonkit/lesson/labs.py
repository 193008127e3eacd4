"""The labs of a lesson: figures that answer when a reader moves their controls.

A lab stands right behind the captions of the figure whose place it takes: a cell `# %% lab="NAME"` with its reference,
a Python function NAME_lab of the lab's state, then a pair of cells `question="NAME"`. What it does in the page is
`lessonkit/assets/labs/NAME.js`; tests compare both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lessonkit.lesson.captions import QUESTION, Caption, read_caption
from lessonkit.lesson.cells import LAB, Code, Lesson, Prose
from lessonkit.words import LANGUAGES


@dataclass(frozen=True)
class Lab:
    """A lab: the cell of its reference, the figure whose place it takes, and what is asked in each language."""

    name: str
    cell: Code
    figure: str
    questions: Mapping[str, Prose]

    @property
    def function(self) -> str:
        """The name of the reference: it takes a state {control: value} and returns {name: numbers}."""
        return f"{self.name}_{LAB}"

    def asks(self, lang: str) -> Caption:
        """The question (`text`), its answer (`alternative`), and the texts of the lab in a language (`labels`)."""
        return read_caption(self.questions[lang].markdown, *QUESTION)


@lru_cache(maxsize=64)
def labs(lesson: Lesson) -> tuple[Lab, ...]:
    """The labs in order."""
    found, figure = [], ""
    for cell in lesson.cells:
        if isinstance(cell, Prose):
            figure = cell.name if cell.kind == "caption" else figure
        elif cell.kind == LAB:
            asked = {lang: _question(lesson, cell.name, lang) for lang in LANGUAGES}
            found.append(Lab(cell.name, cell, figure, asked))
    return tuple(found)


def _question(lesson: Lesson, name: str, lang: str) -> Prose:
    return next(cell for cell in lesson.prose(lang) if cell.kind == "question" and cell.name == name)
