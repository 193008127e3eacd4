"""The search index as it is published: Material's, with less text and with what the search knows of words.

lessonkit/assets/search reads it in the browser: `config.words`, and of each section its `location`, `title`, `text`
(a paragraph a line), `asked` (how readers ask for it, a phrase a line) and `boost`, by which its worth is multiplied.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lessonkit.pages.search_text import section_text
from lessonkit.pages.search_words import section_address

LESS = dict.fromkeys(("exercises", "quiz", "summary"), 0.4)
"""Sections that a lesson ends with repeat what others say first."""
LEFT_OUT = {"references", "symptom-index", "lessons"}
"""Sections that only lead on."""
ASKING, QUESTION = ("exercises", "quiz"), re.compile(r"\d+\. ")
"""Of what a reader is asked the questions stay: a hint or an answer would be given away by a hit."""
MARKS = r"\s+"
"""Between the words that Material marks on the page that a hit leads to."""


def search_index(
    docs: Iterable[Mapping[str, str]], words: Mapping[str, object], asked: Mapping[str, Sequence[str]]
) -> str:
    """The file, from the sections that Material's search plugin found; `asked` has phrases for some addresses."""
    data = {"config": {"separator": MARKS, "words": words}, "docs": list(_sections(docs, asked))}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _sections(docs: Iterable[Mapping[str, str]], asked: Mapping[str, Sequence[str]]) -> Iterator[dict[str, object]]:
    """The sections that somebody may look for. A heading with nothing under it is none; a page always is."""
    reported: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for doc in docs:
        page, _, anchor = doc["location"].partition("#")
        text = section_text(doc["text"], reported[page])
        if anchor in ASKING:
            text = "\n".join(filter(QUESTION.match, text.split("\n")))
        if anchor in LEFT_OUT or (anchor and not text):
            continue
        section: dict[str, object] = {"location": doc["location"], "title": doc["title"], "text": _ticked(text)}
        if phrases := asked.get(section_address(doc["location"])):
            section["asked"] = "\n".join(phrases)
        yield section | ({"boost": LESS[anchor]} if anchor in LESS else {})


def _ticked(text: str) -> str:
    """Code between backticks, which are shorter than its tags; the worker puts the tags back."""
    return text if "`" in text else text.replace("<code>", "`").replace("</code>", "`")
