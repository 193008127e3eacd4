"""What the interface says, in each language: one file of words a language, beside this module."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypedDict

import yaml

FOLDER = Path(os.environ.get("LESSONKIT_WORDS", Path(__file__).parent))
"""Another folder may be given, for a site in other languages."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Table = Literal["page", "notebook", "program", "search", "live"]
"""The tables of single texts."""


class Words(TypedDict):
    """The words of a language: what is said where, what scripts take as it is, how names are found in its texts."""

    order: int
    locale: str
    sentence_end: str
    page: Mapping[str, str]
    notebook: Mapping[str, str]
    program: Mapping[str, str]
    search: Mapping[str, str]
    scripts: Mapping[str, Any]
    live: Mapping[str, str]
    names: Mapping[str, str]


def _read() -> dict[str, Words]:
    files: dict[str, Words] = {
        path.stem: yaml.load(path.read_text(encoding="utf-8"), _LOADER) for path in FOLDER.glob("*.yml")
    }
    return dict(sorted(files.items(), key=lambda item: item[1]["order"]))


WORDS: Mapping[str, Words] = _read()
"""The words of each language."""

LANGUAGES = tuple(WORDS)
"""The languages of every lesson, in the order in which the cells of a pair stand."""


def say(lang: str, key: str, table: Table = "page", **values: object) -> str:
    """A text of the interface, filled in."""
    return WORDS[lang][table][key].format(**values)
