"""The blocks of a piece of Markdown."""

import pytest

from lessonkit.lesson.blocks import blocks


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("a\nb\n\nc", [("paragraph", 0, "a\nb"), ("paragraph", 3, "c")]),
        ("## A { #a }\nb", [("heading", 0, "A"), ("paragraph", 1, "b")]),
        ("- a\n  b\n- c\n\n1. d", [("list item", 0, "a\n  b"), ("list item", 2, "c"), ("list item", 4, "d")]),
        ("| a | b |\n|---|:-:|\n| c | d |", [("table row", 0, ""), ("table cell", 0, "a"), ("table cell", 0, "b")]),
        ('??? question "1. a"\n    b\n\n    c', [("question", 0, "1. a"), ("paragraph", 1, "    b")]),
        ("!!! note\n    $$\n    x\n    $$", [("note", 0, ""), ("formula", 1, "    $$\n    x\n    $$")]),
        ("```\na\n\n- b\n```\n\nc\n{ .lead }", [("paragraph", 6, "c")]),
        ("", []),
    ],
)
def test_blocks(markdown: str, found: list[tuple[str, int, str]]) -> None:
    assert [(block.kind, block.line, block.text) for block in blocks(markdown)][: len(found)] == found


def test_blocks_know_how_far_they_are_indented() -> None:
    assert [block.indent for block in blocks("!!! note\n    a\n\n    - b\n\nc")] == [0, 4, 4, 0]
