"""The caption of a figure: a sentence below it, a text alternative, and its labels in the language of the caption."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from lessonkit.lesson.cells import CODE_LANGUAGE, LABELLED, Lesson, Prose
from lessonkit.lesson.prose import plain_text


@dataclass(frozen=True)
class Caption:
    """A caption: `text` in Markdown, `alternative` as plain text, `labels` as {in the code: in this language}."""

    text: str
    alternative: str
    labels: dict[str, str]


QUESTION = ("question of a lab", "answer")
"""What `read_caption` calls the cell of a lab and its second paragraph."""


@lru_cache(maxsize=1024)
def read_caption(markdown: str, what: str = "caption", second: str = "text alternative") -> Caption:
    """The caption in a cell; of the question of a lab `alternative` is the answer.

    Raises ValueError, with a sentence, where the cell holds more, or less, than a caption.
    """
    blocks = [block for block in re.split(r"\n{2,}", markdown) if block.strip()]
    texts = [block for block in blocks if not block.startswith("- ")]
    listed = [block for block in blocks if block.startswith("- ")]
    if len(texts) < 2:
        raise ValueError(f"this {what} has no {second}")
    if len(texts) > 2 or blocks != [*texts, *listed] or re.search(r"^- ", "\n".join(texts), re.MULTILINE):
        raise ValueError(f"this {what} is not two paragraphs and a list of labels")
    labels: dict[str, str] = {}
    for entry in "\n".join(listed).split("\n") if listed else []:
        parts = entry.removeprefix("- ").split(": ")
        half = len(parts) // 2
        label, form = ": ".join(parts[:half]), ": ".join(parts[half:])
        if not entry.startswith("- ") or len(parts) % 2 or not form.strip():
            raise ValueError(f"`{entry}` is not a label and its form with `: ` between them")
        if label in labels:
            raise ValueError(f"the label {label!r} is listed twice")
        labels[label] = form
    return Caption(texts[0], plain_text(texts[1]), labels)


@lru_cache(maxsize=1024)
def caption(lesson: Lesson, name: str, lang: str) -> Caption:
    """The caption of a figure in a language."""
    return read_caption(lesson.caption(name, lang).markdown)


def replaced_labels(found: Caption, lang: str) -> dict[str, str] | None:
    """The labels that a figure shows in a language; None where they stay as they stand in the code."""
    return found.labels if found.labels or lang != CODE_LANGUAGE else None


def said(cell: Prose) -> str:
    """What a cell says in sentences: its Markdown, of a caption without the list of labels (made blank)."""
    return re.sub(r"^- .*$", "", cell.markdown, flags=re.MULTILINE) if cell.kind in LABELLED else cell.markdown
