"""The search index as it is published: the sections of lessons and of hand-written pages, and what it knows of words.

lessonkit/assets/search reads it in the browser: `config.words`, and of each section its `location`, `title`, `text`
(a paragraph a line), `asked` (how readers ask for it, a phrase a line) and `boost`, by which its worth is multiplied.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from lessonkit.pages.search_text import short_formula
from lessonkit.pages.search_words import section_address

LESS = dict.fromkeys(("exercises", "quiz", "summary"), 0.4)
"""Sections that a lesson ends with repeat what others say first."""
LEFT_OUT = {"references", "symptom-index", "lessons"}
"""Sections that only lead on."""
MARKS = r"\s+"
"""Between the words that Material marks on the page that a hit leads to."""
BLOCK = re.compile(r"(?:</?(?:p|ul|ol|li|pre)>\s*)+")
DRAWN = re.compile(r"<(?P<tag>math|svg)\b.*?</(?P=tag)>", re.DOTALL)


def readable(html: str) -> str:
    """A hand-written page as Material's search should read it: a formula is its text, a figure nothing."""
    return DRAWN.sub(lambda drawn: escape(short_formula(drawn[0]), quote=False) if drawn["tag"] == "math" else "", html)


def paragraphs(text: str) -> str:
    """What Material's search has found in a section of such a page, a paragraph a line; of tags only `code` stays."""
    return "\n".join(filter(None, (" ".join(paragraph.split()) for paragraph in BLOCK.split(text))))


def search_index(
    sections: Iterable[Mapping[str, str]], words: Mapping[str, object], asked: Mapping[str, Sequence[str]]
) -> str:
    """The file, from all sections that somebody may look for; `asked` has phrases for some addresses."""
    docs: list[dict[str, object]] = []
    for one in sections:
        _, _, anchor = one["location"].partition("#")
        if anchor in LEFT_OUT or (anchor and not one["text"]):
            continue  # a heading with nothing under it is no section; a page always is
        docs.append({**one, "text": _ticked(one["text"])})
        if phrases := asked.get(section_address(one["location"])):
            docs[-1]["asked"] = "\n".join(phrases)
        if anchor in LESS:
            docs[-1]["boost"] = LESS[anchor]
    data = {"config": {"separator": MARKS, "words": words}, "docs": docs}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _ticked(text: str) -> str:
    """Code between backticks, which are shorter than its tags; the worker puts the tags back."""
    return text if "`" in text else text.replace("<code>", "`").replace("</code>", "`")
