"""What the interface says, in each language: one file of words a language, beside this module."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import yaml

FOLDER = Path(os.environ.get("LESSONKIT_WORDS", Path(__file__).parent))
"""Another folder may be given, for a site in other languages."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _read() -> dict[str, Mapping]:
    files = {path.stem: yaml.load(path.read_text(encoding="utf-8"), _LOADER) for path in FOLDER.glob("*.yml")}
    return dict(sorted(files.items(), key=lambda item: item[1]["order"]))


WORDS: Mapping[str, Mapping] = _read()
"""For each language its `locale`, `sentence_end`, and tables: `page`, `notebook`, `program`, `search`, `scripts`."""

LANGUAGES = tuple(WORDS)
"""The languages of every lesson, in the order in which the cells of a pair stand."""


def say(lang: str, key: str, table: str = "page", **values: object) -> str:
    """A text of the interface, filled in."""
    return WORDS[lang][table][key].format(**values)
