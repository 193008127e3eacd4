"""Puts the page of a lesson into the nav of mkdocs.yml: one line of its text, and every other character stays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

from lessonkit.lesson.cells import LessonError, Problem

HINT = "Write nav as in: nav: [index.md, ...], or one page a line: - my_lesson.md"


def with_page(path: Path, text: str, page: str, lessons: set[str], after: str = "") -> str:
    """The text of mkdocs.yml with a page after another one, or after the last page that is a lesson's.

    Pages are told as in nav, `softmax.md`. Raises LessonError, with the line, where there is no place for it.
    """
    nav = _nav(path, text)
    pages = list(_scalars(nav))
    before = [node for node in pages if (node.value == after if after else node.value in lessons)] or (
        [] if after else pages
    )
    if not before:
        line = nav.start_mark.line + 1
        hint = "Name one that is in nav, or add the page there yourself."
        raise LessonError(Problem(path, line, f"nav has no page {after or 'yet'}", (), hint if after else HINT))
    node = before[-1]
    end, lines = node.end_mark, text.splitlines(keepends=True)
    line = lines[end.line]
    block = re.match(r"(?P<start>[ \t]*(?:- +)+)", line)
    item = block is not None and not re.search(r"[\[{]", line[: node.start_mark.column])
    if not item or block is None:
        return text[: end.index] + f", {page}" + text[end.index :]
    break_ = line[len(line.rstrip("\r\n")) :] or "\n"
    dash = line.rindex("- ", 0, node.start_mark.column)
    if not line.endswith(("\r", "\n")):
        lines[end.line] = line + break_
    lines.insert(end.line + 1, f"{' ' * dash}- {page}{break_}")
    return "".join(lines)


def _nav(path: Path, text: str) -> yaml.Node:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise LessonError(Problem(path, line, f"this is not valid YAML: {getattr(error, 'problem', error)}")) from None
    for key, value in root.value if isinstance(root, yaml.MappingNode) else ():
        if key.value == "nav" and isinstance(value, yaml.SequenceNode):
            return value
    raise LessonError(Problem(path, 1, "there is no nav here to add the lesson to", (), HINT))


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """The pages of a nav."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _scalars(item)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _scalars(value)
