"""Both languages say the same thing: what each section of the pages must share, compared as sets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from lessonkit.lesson.captions import said
from lessonkit.lesson.cells import Code, Lesson, Problem, Prose
from lessonkit.lesson.prose import api_names, headings, links
from lessonkit.words import LANGUAGES

Facts = Iterable[tuple[int, str]]
EXTERNAL = re.compile(r"[A-Za-z]+:|//")


def _anchors(markdown: str) -> Facts:
    return ((heading.line, f"{'#' * heading.level} #{heading.anchor}") for heading in headings(markdown))


def _internal_links(markdown: str) -> Facts:
    return ((line, target) for line, target in links(markdown) if not EXTERNAL.match(target))


SHARED: dict[str, Callable[[str], Facts]] = {
    "heading": _anchors,
    "internal link": _internal_links,
    "API name": api_names,
}
"""What both languages share in each section as sets; what they share in each pair, see counterparts.py."""


@dataclass(frozen=True)
class Section:
    """The cells from one heading cell to the next, prose for each language; `line` is the first one's marker."""

    anchor: str
    line: int
    cells: dict[str, list[Prose]]
    code: list[Code] = field(default_factory=list)

    @property
    def pairs(self) -> Iterator[tuple[Prose, Prose]]:
        """The cell of the first language with its counterpart in each other one."""
        first, *others = ([cell for cell in self.cells[lang] if cell.lang] for lang in LANGUAGES)
        return ((one, two) for other in others for one, two in zip(first, other, strict=True))

    def facts(self, lang: str, find: Callable[[str], Facts]) -> dict[str, int]:
        """What a language says here, with the first line in the file where it does."""
        found: dict[str, int] = {}
        for cell in self.cells[lang]:
            for line, fact in find(said(cell)):
                found.setdefault(fact, cell.file_line(line))
        return found


def sections(lesson: Lesson) -> Iterator[Section]:
    """The sections of a lesson, split where a cell of the first language holds a heading."""
    current: Section | None = None
    for cell in lesson.cells:
        if not isinstance(cell, Prose):
            if current:
                current.code.append(cell)
            continue
        heading = next(headings(cell.markdown), None)
        if current is None or (heading and cell.lang in (LANGUAGES[0], "")):
            if current:
                yield current
            current = Section((heading and heading.anchor) or "top", cell.line, {lang: [] for lang in LANGUAGES})
        for lang in LANGUAGES:
            if cell.lang in (lang, ""):
                current.cells[lang].append(cell)
    if current:
        yield current


def check_section(lesson: Lesson, section: Section) -> list[Problem]:
    """What one language has and another lacks in a section."""
    problems = []
    for kind, find in SHARED.items():
        facts = {lang: section.facts(lang, find) for lang in LANGUAGES}
        for fact in dict.fromkeys(fact for found in facts.values() for fact in found):
            having = [lang for lang in LANGUAGES if fact in facts[lang]]
            lacking = [lang for lang in LANGUAGES if fact not in facts[lang]]
            if lacking:
                with_it, without = ", ".join(having), ", ".join(lacking)
                sentence = f"{without} lacks this {kind}, which {with_it} has in section #{section.anchor}"
                hint = f"Say it in {without} too, or remove it from {with_it}."
                problems.append(Problem(lesson.path, facts[having[0]][fact], sentence, (fact,), hint))
    return problems
