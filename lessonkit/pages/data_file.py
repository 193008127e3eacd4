"""A YAML file that the course keeps data in: read with the lines of its entries, and wrong YAML said with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from lessonkit.lesson.cells import LessonError, Problem
from lessonkit.lesson.text_file import read_text


def read_yaml(path: Path) -> tuple[yaml.Node | None, object]:
    """What a file holds: as a node, which knows its lines, and as a value. Raises LessonError."""
    if not path.is_file():
        raise LessonError(Problem(path, 1, "there is no such file", (), "mkdocs.yml or pyproject.toml names it."))
    text = read_text(path)
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        value = loader.construct_document(node) if node else None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        line = mark.line + 1 if mark else 1
        evidence, hint = tuple(text.split("\n")[line - 1 : line]), "Correct this line or the one above it."
        raise LessonError(Problem(path, line, f"this is not valid YAML: {reason}", evidence, hint)) from None
    if problems := [_twice(path, *keys) for keys in _repeated(node)]:
        raise LessonError(*problems)
    return node, value


def _twice(path: Path, first: yaml.Node, second: yaml.Node) -> Problem:
    hint = f"Make one of it and of line {first.start_mark.line + 1}."
    return Problem(path, second.start_mark.line + 1, f"the key '{second.value}' stands here twice", (), hint)


def _repeated(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """The keys that a mapping has twice, of which YAML would keep the last."""
    inside = node.value if isinstance(node, yaml.CollectionNode) else []
    seen: dict[str, yaml.Node] = {}
    for one in inside:
        key, value = one if isinstance(one, tuple) else (None, one)
        if isinstance(key, yaml.ScalarNode) and seen.setdefault(key.value, key) is not key:
            yield seen[key.value], key
        yield from _repeated(value)
