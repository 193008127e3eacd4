"""What the search knows of words: which mean the same, which say nothing, and what may follow a Korean one.

The glossary gives the names of its terms, right and wrong, for a reader may type any of them; docs/shared/search.yml
gives more. All of it goes into the search index, where the worker in lessonkit/assets/search finds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from lessonkit.lesson.cells import LessonError, Problem
from lessonkit.pages.data_file import read_yaml
from lessonkit.pages.glossary import Glossary, Term
from lessonkit.words import LANGUAGES, WORDS, say


@dataclass(frozen=True)
class SearchWords:
    """What search.yml says: further names of terms by their ids, everyday words that mean the same, words to ignore."""

    typed: Mapping[str, tuple[str, ...]]
    same: tuple[tuple[str, ...], ...]
    ignore: tuple[str, ...]


KEYS = {
    "typed": "maps ids of terms of the glossary to lists of words",
    "same": "is a list of lists of words",
    "ignore": "maps languages to lists of words",
}


def read_search_words(path: Path) -> SearchWords:
    """The data in a file; LessonError tells what is wrong with it."""
    node, data = read_yaml(path)
    if node is None or not isinstance(data, dict) or data.keys() != KEYS.keys():
        raise LessonError(Problem(path, 1, f"what the search knows of words is a mapping with {', '.join(KEYS)}"))
    lines = {key.value: key.start_mark.line + 1 for key, _ in node.value}
    fits = {"typed": _named_words(data["typed"]), "same": _lists(data["same"]), "ignore": _named_words(data["ignore"])}
    problems = [Problem(path, lines[key], f"`{key}` {KEYS[key]}") for key, good in fits.items() if not good]
    if problems:
        raise LessonError(*problems)
    return SearchWords(
        {term: tuple(names) for term, names in data["typed"].items()},
        tuple(map(tuple, data["same"])),
        tuple(word for words in data["ignore"].values() for word in words),
    )


def _lists(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(words, list) and all(isinstance(word, str) for word in words) for words in value
    )


def _named_words(value: object) -> bool:
    return isinstance(value, dict) and _lists(list(value.values()))


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
    return [name.rstrip("*") for lang in LANGUAGES for name in (*term.names(lang), *term.avoid.get(lang, ()))]
