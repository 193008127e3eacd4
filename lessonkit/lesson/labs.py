"""The labs of a lesson: figures that answer when a reader moves their controls.

A lab stands right behind the captions of the figure whose place it takes: a cell `# %% lab="NAME"` with its reference,
a Python function NAME_lab of the lab's state, then a pair of cells `question="NAME"`. What it does in the page is
`lessonkit/assets/labs/NAME.js`; tests compare both. With `data="VARIABLE"` both take the value too that the variable
has when the lesson has run, as JSON, which the recorder keeps beside the lesson's figures (checks/lab_record.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from lessonkit.lesson.captions import QUESTION, Caption, read_caption
from lessonkit.lesson.cells import LAB, Code, Lesson, Prose
from lessonkit.words import LANGUAGES

KILOBYTES = 30
"""How much data a lab may come with, compressed, unless its cell says otherwise."""


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

    @property
    def arguments(self) -> list[str]:
        """What the reference takes, by name."""
        return ["state", "data"] if self.variable else ["state"]

    @property
    def variable(self) -> str:
        """The variable of the lesson whose value it comes with; "" where it needs none."""
        return self.cell.data.partition(",")[0]

    @property
    def most(self) -> int:
        """How many bytes its data may have, compressed."""
        return 1024 * int(self.cell.data.partition(", ")[2].removesuffix(" kB") or KILOBYTES)

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
