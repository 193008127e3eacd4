"""The texts of the interface: every language has them all, with the same places to fill in."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import lessonkit
from lessonkit.lesson.cells import CODE_LANGUAGE
from lessonkit.words import LANGUAGES, say

MODULES = sorted(Path(lessonkit.__file__).parent.rglob("*.py"))
OWNERS = {"WORDS", "LANGUAGES", "CODE_LANGUAGE", "SENTENCE_END", "BEFORE", "ENDING", "NO_MORE", "LOCALES", "SEARCH"}


def assigned(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """The top-level statements of a module with the name that each gives a value."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        yield getattr(targets[0], "id", ""), node


TABLES = [
    pytest.param(ast.literal_eval(node.value), id=path.stem)
    for path in MODULES
    for name, node in assigned(path)
    if name == "WORDS"
]


def places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text)} - {None}


@pytest.mark.parametrize("table", TABLES)
def test_every_language_has_every_text(table: dict[str, dict[str, str]]) -> None:
    assert tuple(table) == LANGUAGES
    first, *others = table.values()
    for words in others:
        assert words.keys() == first.keys()
        for key, text in words.items():
            assert places(text) == places(first[key]), key
            assert text.strip()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_only_tables_of_words_name_a_language(path: Path) -> None:
    for name, node in assigned(path):
        if name not in OWNERS:
            named = {item.value for item in ast.walk(node) if isinstance(item, ast.Constant)} & set(LANGUAGES)
            assert not named, f"{path.name}:{node.lineno} names {named}: take LANGUAGES or CODE_LANGUAGE"


@pytest.mark.parametrize(("lang", "text"), [("ko", "12분"), ("en", "12 min")])
def test_a_text_is_filled_in(lang: str, text: str) -> None:
    assert CODE_LANGUAGE in LANGUAGES
    assert say(lang, "minutes", minutes=12) == text
