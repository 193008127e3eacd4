"""A message leads to the heading that explains it, and nothing else does."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from lessonkit.lesson.cells import Code, Prose
from lessonkit.lesson.parse import read_unchanged
from lessonkit.lesson.prose import headings
from lessonkit.live.symptoms import explained

ROOT = Path(__file__).parent.parent
LESSONS = {path.stem.replace("_", "-"): read_unchanged(path) for path in sorted((ROOT / "lessons").glob("*.py"))}


def test_each_message_that_the_lesson_raises_leads_to_its_own_section() -> None:
    anchor, raised = "", {}
    for cell in LESSONS["symptoms"].cells:
        if isinstance(cell, Prose):
            anchor = next((heading.anchor or "" for heading in headings(cell.markdown)), anchor)
        elif isinstance(cell, Code) and "print(error)" in cell.sources["en"]:
            raised[anchor] = cell.recorded[-1]
    assert len(raised) >= 19
    assert {anchor: explained(LESSONS, message) for anchor, message in raised.items()} == {
        anchor: {"lesson": "symptoms", "anchor": anchor} for anchor in raised
    }


OTHER = [
    ("mat1 and mat2 shapes cannot be multiplied (64x784 and 512x10)", "mat1-mat2"),
    ("mat1 and mat2 must have the same dtype, but got Long and Float", "dtype"),
    ("expected target dtype to be Long or Byte, but got Int", "long-target"),
    ("Target 10 is out of bounds.", "out-of-bounds"),
    ("Dimension out of range (expected to be in range of [-3, 2], but got 3)", "wrong-dim"),
    ("Expected all tensors to be on the same device, but got mat1 is on cpu, different from others", "device"),
    ("a Tensor with 3 elements cannot be converted to Scalar", "scalar"),
]


@pytest.mark.parametrize(("message", "anchor"), OTHER)
def test_other_numbers_and_names_lead_there_too(message: str, anchor: str) -> None:
    assert explained(LESSONS, message) == {"lesson": "symptoms", "anchor": anchor}


@pytest.mark.parametrize(
    "message",
    [
        "",
        "name 'x' is not defined",
        "index 8 is out of bounds for dimension 0 with size 8",
        "unsupported operand type(s) for +: 'int' and 'str'",
        "shape '[-1, 3]' is invalid for input of size 40",
        "Tensors must have the same number of dimensions: got 1 and 2",
        "the same device",
    ],
)
def test_other_errors_lead_nowhere(message: str) -> None:
    assert explained(LESSONS, message) is None


def test_without_a_lesson_that_explains_nothing_does() -> None:
    assert explained({}, "mat1 and mat2 shapes cannot be multiplied (64x784 and 512x10)") is None


def test_what_readers_paste_into_the_search_leads_to_the_same_section() -> None:
    pasted = yaml.safe_load((ROOT / "tests" / "browser" / "queries.yml").read_text(encoding="utf-8"))["pasted"]
    found = {message: explained(LESSONS, message) for message in pasted}
    assert {where["anchor"] == pasted[message] for message, where in found.items() if where} == {True}
    assert sum(map(bool, found.values())) >= 20
