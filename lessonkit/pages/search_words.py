"""What the search knows of words: which mean the same, which say nothing, and what may follow a Korean one.

The glossary gives the names of its terms, right and wrong, for a reader may type any of them; docs/shared/search.yml
gives more. All of it goes into the search index, where the worker in docs/shared/search finds it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from lessonkit.lesson.cells import LANGUAGES
from lessonkit.pages.glossary import Glossary, Term
from lessonkit.pages.term_names import PARTICLES

VERBS = (
    "하다|하는|하면|하고|하지|하기|하여|하며|하게|하나|하려면|하려고|하도록|합니다|합니까|한다|한|할|해|해서|해요|했다|하나요|"
    "되다|되는|되면|되고|되지|되나|된다|됩니다|된|될|돼|돼요|되나요|인가요|이란|란"
)
"""What makes a verb of a Korean noun (`발산하면`, `과적합되는`)."""


@dataclass(frozen=True)
class SearchWords:
    """What search.yml says: further names of terms by their ids, everyday words that mean the same, words to ignore."""

    typed: Mapping[str, tuple[str, ...]]
    same: tuple[tuple[str, ...], ...]
    ignore: tuple[str, ...]


def read_search_words(path: Path) -> SearchWords:
    """The data in a file."""
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return SearchWords(
        {term: tuple(names) for term, names in data["typed"].items()},
        tuple(map(tuple, data["same"])),
        tuple(word for words in data["ignore"].values() for word in words),
    )


def index_words(glossary: Glossary, words: SearchWords) -> dict[str, object]:
    """What the search needs to know of words, as it stands in the index."""
    terms = [list(dict.fromkeys((*_names(term), *words.typed.get(term.id, ())))) for term in glossary.terms]
    return {
        "same": [*terms, *map(list, words.same)],
        "ignore": list(words.ignore),
        "particle": PARTICLES,
        "verb": VERBS,
    }


def _names(term: Term) -> list[str]:
    return [name.rstrip("*") for lang in LANGUAGES for name in (*term.names(lang), *term.avoid.get(lang, ()))]
