"""The texts of the interface: every language has them all, with the same places to fill in."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest

import lessonkit
from lessonkit.lesson.cells import CODE_LANGUAGE
from lessonkit.words import LANGUAGES, WORDS, say

MODULES = sorted(Path(lessonkit.__file__).parent.rglob("*.py"))
OWNERS = {"CODE_LANGUAGE"}
OF_LANGUAGES = {"contrasts", "languages", "numerals"}
"""What is known of Korean and of English; another language is compared by what needs no such knowledge."""
TABLES = ("page", "notebook", "program", "scripts", "live", "names")

OF_TEACHERS = {"authoring", "cli"}
"""What writes lessons writes them in Korean and in English."""


def assigned(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """The top-level statements of a module with the name that each gives a value."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        yield getattr(targets[0], "id", ""), node


def texts(table: Mapping, above: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a table and of those within it, by their keys."""
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from texts(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text)} - {None}


@pytest.mark.parametrize("table", TABLES)
def test_every_language_has_every_text(table: str) -> None:
    first, *others = (dict(texts(words[table])) for words in WORDS.values())
    for one in others:
        assert one.keys() == first.keys()
        for key, text in one.items():
            assert isinstance(text, str)
            assert table == "names" or places(text) == places(first[key]), key
            assert table == "names" or text.strip()


def test_the_search_dialog_says_nothing_that_material_does_not_ask_for() -> None:
    assert all(key.startswith("search.result.") for words in WORDS.values() for key in words["search"])


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_only_tables_of_words_name_a_language(path: Path) -> None:
    for name, node in assigned(path):
        if name not in OWNERS and path.stem not in OF_LANGUAGES and not OF_TEACHERS & {path.stem, path.parent.name}:
            named = {item.value for item in ast.walk(node) if isinstance(item, ast.Constant)} & set(LANGUAGES)
            assert not named, f"{path.name}:{node.lineno} names {named}: take LANGUAGES or CODE_LANGUAGE"


@pytest.mark.parametrize(("lang", "text"), [("ko", "12분"), ("en", "12 min")])
def test_a_text_is_filled_in(lang: str, text: str) -> None:
    assert CODE_LANGUAGE in LANGUAGES
    assert say(lang, "minutes", minutes=12) == text
