"""The hand-written pages of the languages agree, each in its own language; so do the sentences of the glossary."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from lessonkit.checks import languages
from lessonkit.checks.agreement import in_their_languages
from lessonkit.checks.counterparts import differences
from lessonkit.lesson.cells import Problem, Prose, shown
from lessonkit.lesson.prose import headings
from lessonkit.lesson.text_file import read_text
from lessonkit.pages.glossary import Glossary
from lessonkit.words import LANGUAGES

FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def check_pages(folders: Mapping[str, Path]) -> list[Problem]:
    """What differs between the pages of the languages; `folders` says where those of each language lie."""
    (first, folder), *others = folders.items()
    return [
        problem
        for lang, other in others
        for path in sorted(folder.rglob("*.md"))
        if (counterpart := other / path.relative_to(folder)).is_file()  # that one is missing is told by its build
        for problem in _pair((_page(path, first), path), (_page(counterpart, lang), counterpart))
    ]


def _page(path: Path, lang: str) -> Prose:
    """A page as a cell whose lines are those of the file, its front matter made blank."""
    text = read_text(path)
    return Prose(0, "prose", lang, "", FRONT_MATTER.sub(lambda found: "\n" * found.group().count("\n"), text))


@lru_cache(maxsize=64)
def _pair(one: tuple[Prose, Path], two: tuple[Prose, Path]) -> list[Problem]:
    problems: list[Problem] = []
    pair, paths = (one[0], two[0]), {one[0].lang: one[1], two[0].lang: two[1]}
    pages = {f"{lang}: the cell at line 0": f"{lang}: {shown(path)}" for lang, path in paths.items()}
    levels = [Counter(heading.level for heading in headings(cell.markdown)) for cell in pair]
    if levels[0] != levels[1]:
        counts = ", ".join(f"{cell.lang} has {sum(of.values())}" for cell, of in zip(pair, levels, strict=True))
        problems.append(
            Problem(one[1], 1, f"the headings of this page differ: {counts}", (str(two[1]),), "Write it in both.")
        )
    for found in [*differences(pair), *in_their_languages(pair, languages.names(pair[:1]))]:
        hint = "Say it in both languages, each in its own."
        evidence = tuple(pages.get(line, line) for line in found.evidence)
        problems.append(Problem(paths[found.lang], found.line, found.sentence, evidence, hint))
    return problems


def check_glossary(glossary: Glossary) -> list[Problem]:
    """The sentences of a glossary that are not in their language, or not finished."""
    said = [(entry.line, entry.define) for entry in glossary.terms]
    said += [(entry.line, entry.text) for entry in glossary.homonyms]
    known = languages.names(tuple(Prose(line, "prose", LANGUAGES[0], "", texts[LANGUAGES[0]]) for line, texts in said))
    return [
        Problem(glossary.path, line, found.sentence, found.evidence, f"Write the sentence under `{lang}` in it.")
        for line, texts in said
        for lang, text in texts.items()
        for found in languages.foreign(lang, languages.Said(line, "paragraph", text), known)
    ]
