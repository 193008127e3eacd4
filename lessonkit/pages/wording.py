"""The check of words: prose that uses a word where the glossary has another for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.lesson.prose import ADMONITION, ATTRIBUTES, LINK, TAG, URL, blank, line_of, without_code, without_math
from lessonkit.pages.glossary import Allowed, Glossary
from lessonkit.pages.term_names import Finder
from lessonkit.words import LANGUAGES

COMMENT = re.compile(rf"\s*# (?P<lang>{'|'.join(LANGUAGES)}): (?P<text>.*)")
QUOTED = re.compile(r'"(?:(?!\n[ \t]*\n)[^"])*"|“(?:(?!\n[ \t]*\n)[^”])*”')
OUTSIDE = re.compile(r"[A-Za-z]+:")


@dataclass(frozen=True)
class Found:
    """A name to avoid in a text: its line (from 0), what stands there, the entry of the file, the right name."""

    line: int
    text: str
    name: str
    right: str


def forbidden(lesson: Lesson, glossary: Glossary) -> list[Problem]:
    """The names to avoid that a lesson writes in prose, captions or comments, and exceptions that it does not need."""
    found: list[tuple[int, Found]] = []
    for lang in LANGUAGES:
        for cell in lesson.prose(lang):
            found += [(cell.file_line(item.line), item) for item in names_to_avoid(cell.markdown, glossary, lang)]
        for number, line in enumerate(lesson.lines, 1):
            comment = COMMENT.fullmatch(line)
            if comment and comment["lang"] == lang:
                found += [(number, item) for item in names_to_avoid(comment["text"], glossary, lang)]
    return _judge(found, glossary, lesson.path, lesson.lines)


def forbidden_in_page(markdown: str, glossary: Glossary, lang: str, path: Path) -> list[Problem]:
    """The names to avoid that a hand-written page writes."""
    found = [(item.line + 1, item) for item in names_to_avoid(markdown, glossary, lang)]
    return _judge(found, glossary, path, markdown.split("\n"), lang)


def _judge(
    found: list[tuple[int, Found]], glossary: Glossary, path: Path, lines: list[str], lang: str | None = None
) -> list[Problem]:
    """Problems of what was found, without what the glossary allows here, with the exceptions that nothing needs."""
    allowed = {entry.text: entry for entry in glossary.allowed if entry.where == path.stem}
    problems, used = [], set()
    for line, item in dict.fromkeys(found):
        if item.name in allowed:
            used.add(item.name)
            continue
        sentence = f"the glossary has another name for {item.text!r}: {item.right}"
        evidence = (lines[line - 1].removeprefix("# ").strip(),)
        hint = f"Write it, or allow this one with a reason in {glossary.path.name}."
        problems.append(Problem(path, line, sentence, evidence, hint))
    needless = (entry for name, entry in allowed.items() if name not in used and _concerns(entry, glossary, lang))
    for entry in needless:
        sentence = f"{entry.where} no longer writes {entry.text!r}, so it needs no exception"
        problems.append(Problem(glossary.path, entry.line, sentence, (), "Remove it."))
    return sorted(problems, key=lambda problem: (str(problem.path), problem.line))


def _concerns(entry: Allowed, glossary: Glossary, lang: str | None) -> bool:
    """Whether an exception is about a language (None: any)."""
    return lang is None or any(entry.text == name for name, _ in glossary.avoided(lang))


def names_to_avoid(markdown: str, glossary: Glossary, lang: str) -> Iterator[Found]:
    """The names to avoid in running prose: not in code, math, quotations, targets or titles of links to elsewhere."""
    text = running_prose(markdown)
    for match, (name, right) in _finder(glossary, lang).find(text):
        if name:
            yield Found(line_of(text, match.start()), " ".join(match.group().split()), name, right)


@lru_cache(maxsize=8)
def _finder(glossary: Glossary, lang: str) -> Finder[tuple[str, str]]:
    """Finds the names to avoid; the chosen names are in it too, for what stands inside a right name is right."""
    wrong = {name.removesuffix("*").casefold(): (name, (name, right)) for name, right in glossary.avoided(lang)}
    others = (name for word in glossary.plain if word.lang == lang for name in word.but)
    right = ((name, ("", "")) for name in (*(term.name[lang] for term in glossary.terms), *others))
    return Finder([*wrong.values(), *right], lang)


def running_prose(markdown: str) -> str:
    """The Markdown with all that is no prose of ours made blank, line by line as it stands."""
    text = without_math(without_code(markdown))
    titles = {number for number, line in enumerate(text.split("\n")) if ADMONITION.match(line)}
    text = LINK.sub(_link, text)
    for part in (URL, TAG, ATTRIBUTES):
        text = part.sub(blank, text)
    lines = text.split("\n")
    quoted = "\n".join("" if number in titles else line for number, line in enumerate(lines))
    kept = QUOTED.sub(blank, quoted).split("\n")
    return "\n".join(line if number in titles else kept[number] for number, line in enumerate(lines))


def _link(match: re.Match[str]) -> str:
    """A link within the course keeps its words; the title of something elsewhere is quoted."""
    if OUTSIDE.match(match["target"]):
        return blank(match)
    start, end = match.start("text") - match.start(), match.end("text") - match.start()
    whole = match.group()
    return re.sub(r"[^\n]", " ", whole[:start]) + whole[start:end] + re.sub(r"[^\n]", " ", whole[end:])
