"""The faults that the benchmark plants, and that the checks of text see them."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from lessonkit.checks.check import check_text
from lessonkit.lesson.cells import LessonError
from lessonkit.lesson.parse import parse, read

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

from faults import KINDS, plant  # noqa: E402

LESSON = ROOT / "lessons" / "softmax.py"
TEXT = LESSON.read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_changes_one_place_and_is_the_same_for_a_seed(kind: str) -> None:
    fault = plant(kind, TEXT, random.Random(7))
    assert fault == plant(kind, TEXT, random.Random(7))
    old, new = fault.before.split("\n"), fault.after.split("\n") if fault.after else []
    lines, at = TEXT.split("\n"), fault.line - 1
    assert lines[at : at + len(old)] == old != new
    assert fault.text.split("\n") == lines[:at] + new + lines[at + len(old) :]


def test_faults_are_random() -> None:
    assert len({plant("number", TEXT, random.Random(seed)).text for seed in range(10)}) > 8


@pytest.mark.rest
@pytest.mark.parametrize("kind", ["caption", "number", "paragraph", "formula", "quiz"])
def test_faults_of_text_are_reported(kind: str) -> None:
    assert check_text(read(LESSON)) == []
    missed = []
    for seed in range(3):
        fault = plant(kind, TEXT, random.Random(seed))
        try:
            reported = check_text(parse(LESSON, fault.text))
        except LessonError as error:
            reported = list(error.problems)
        if not reported:
            missed.append((fault.line, fault.before, fault.after))
    assert missed == []
