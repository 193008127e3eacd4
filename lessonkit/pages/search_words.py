"""What the search knows of words: which mean the same, which say nothing, and what may follow a Korean one.

The glossary gives the names of its terms, right and wrong, for a reader may type any of them; docs/shared/search.yml
gives more. All of it goes into the search index, where the worker in lessonkit/assets/search finds it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from lessonkit.lesson.cells import LessonError, Problem
from lessonkit.pages.data_file import read_yaml
from lessonkit.pages.glossary import Glossary, Term
from lessonkit.words import LANGUAGES, WORDS, say


@dataclass(frozen=True)
class SearchWords:
    """What search.yml says: further names of terms by their ids, everyday words that mean the same, words to ignore.

    `asked` tells in which words readers ask for a section: address (`softmax/#overflow`), language, phrases.
    """

    typed: Mapping[str, tuple[str, ...]]
    same: tuple[tuple[str, ...], ...]
    ignore: tuple[str, ...]
    asked: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    path: Path = Path()

    def asked_in(self, lang: str) -> dict[str, tuple[str, ...]]:
        """What a language asks, by the addresses of sections."""
        return {at: phrases[lang] for at, phrases in self.asked.items() if lang in phrases}

    def astray(self, locations: Iterable[str]) -> Iterator[Problem]:
        """The addresses of `asked` that no section of the site has."""
        known = set(map(section_address, locations))
        lines = self.path.read_text(encoding="utf-8").split("\n") if self.asked.keys() - known else []
        for at in sorted(self.asked.keys() - known):
            line = next((number for number, text in enumerate(lines, 1) if text.strip().startswith(f"{at}:")), 1)
            sentence, hint = f"no section of the site has the address {at}", "Correct it, or take the entry out."
            yield Problem(self.path, line, sentence, (lines[line - 1],), hint)


def section_address(location: str) -> str:
    """Where a section is, `softmax/#overflow`, also where pages are files: `softmax.html#overflow`."""
    page, sign, anchor = location.partition("#")
    return f"{page.removesuffix('.html')}/{sign}{anchor}" if page.endswith(".html") else location


KEYS = {
    "typed": "maps ids of terms of the glossary to lists of words",
    "same": "is a list of lists of words",
    "ignore": "maps languages to lists of words",
    "asked": "maps addresses of sections to what each language asks: `softmax/#overflow: {ko: [...], en: [...]}`",
}


def read_search_words(path: Path) -> SearchWords:
    """The data in a file; LessonError tells what is wrong with it."""
    node, data = read_yaml(path)
    if node is None or not isinstance(data, dict) or data.keys() != KEYS.keys():
        raise LessonError(Problem(path, 1, f"what the search knows of words is a mapping with {', '.join(KEYS)}"))
    problems = [
        Problem(path, entry.start_mark.line + 1, f"`{key.value}` {KEYS[key.value]}")
        for key, section in node.value
        for entry, fits in _entries(key, section, data[key.value])
        if not fits
    ]
    if problems:
        raise LessonError(*problems)
    return SearchWords(
        {term: tuple(names) for term, names in data["typed"].items()},
        tuple(map(tuple, data["same"])),
        tuple(word for words in data["ignore"].values() for word in words),
        {at: {lang: tuple(phrases) for lang, phrases in of.items()} for at, of in data["asked"].items()},
        path,
    )


def _entries(key: yaml.Node, section: yaml.Node, data: object) -> Iterator[tuple[yaml.Node, bool]]:
    """The entries of a section, each with whether it is what such a section holds."""
    if not isinstance(data, list if key.value == "same" else dict) or len(data) != len(section.value):
        yield key, False
    elif isinstance(data, list):
        yield from zip(section.value, map(_words, data), strict=True)
    elif isinstance(data, dict):
        fits = _asked if key.value == "asked" else _words
        for (name, _), (address, value) in zip(section.value, data.items(), strict=True):
            yield name, isinstance(address, str) and fits(value)


def _words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _asked(phrases: object) -> bool:
    """Whether these are phrases of languages that there are."""
    return isinstance(phrases, dict) and phrases.keys() <= set(LANGUAGES) and all(map(_words, phrases.values()))


def index_words(glossary: Glossary, words: SearchWords, lang: str) -> dict[str, object]:
    """What the search of a language needs to know of words, as it stands in the index."""
    terms = [list(dict.fromkeys((*_names(term), *words.typed.get(term.id, ())))) for term in glossary.terms]
    return {
        "same": [*terms, *map(list, words.same)],
        "ignore": list(words.ignore),
        "particle": _of_all("particles"),
        "verb": _of_all("verbs"),
        "meant": say(lang, "meant", word="{}"),
    }


def _of_all(key: str) -> str:
    """What follows nouns in the languages that have such a thing, as one regular expression."""
    return "|".join(filter(None, (words["names"][key] for words in WORDS.values())))


def _names(term: Term) -> list[str]:
    return [name for lang in LANGUAGES for name in (*term.names(lang), *term.avoided(lang))]
