"""All lessons judge "A is better than B" by one rule, the same text in each, and by the interval as it was computed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

LESSONS = {path.stem: path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].glob("lessons/*.py")}
JUDGES = {
    "train_val_test",
    "learning_rate",
    "standardization",
    "momentum_adam",
    "regularization_lab",
    "training_recipe",
    "mnist_capstone",
}


def definition(text: str, name: str) -> str:
    """The text of a function or class of a lesson with the comments right above it; empty where there is none."""
    lines = text.splitlines()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            first = node.lineno - 1
            while lines[first - 1].startswith("# ") and not lines[first - 1].startswith("# %%"):
                first -= 1
            return "\n".join(lines[first : node.end_lineno])
    return ""


def definitions(name: str, lessons: dict[str, str]) -> dict[str, str]:
    return {lesson: found for lesson, text in lessons.items() if (found := definition(text, name))}


def judged_rounded(text: str) -> list[int]:
    """The lines of statements that round what `paired_difference` gives before anything is done with it."""
    simple = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Assign | ast.Expr | ast.Assert))
    names = ((node.lineno, {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}) for node in simple)
    return [line for line, found in names if found >= {"paired_difference", "round"}]


def test_the_rule_is_the_same_text_in_every_lesson_that_judges() -> None:
    found = definitions("paired_difference", LESSONS)
    assert set(found) >= JUDGES
    assert len(set(found.values())) == 1
    assert next(iter(found.values())).startswith("# ko: 시드마다")


@pytest.mark.parametrize(
    ("name", "lessons"),
    [
        ("wilson", {"train_val_test", "training_recipe", "mnist_capstone"}),
        ("sign_test", {"train_val_test", "mnist_capstone"}),
        ("Linears", {"regularization_lab", "training_recipe"}),
        ("BatchNorms", {"regularization_lab", "training_recipe"}),
    ],
)
def test_what_several_lessons_define_is_the_same_text_in_each(name: str, lessons: set[str]) -> None:
    found = definitions(name, LESSONS)
    assert set(found) >= lessons
    assert len(set(found.values())) == 1


@pytest.mark.rest
@pytest.mark.parametrize(
    "change", [("2.262 * d.std()", "1.96 * d.std()"), ("# en: the mean of", "# en: the median of")]
)
def test_a_rule_of_its_own_is_seen(change: tuple[str, str]) -> None:
    other = {**LESSONS, "training_recipe": LESSONS["training_recipe"].replace(*change)}
    assert len(set(definitions("paired_difference", other).values())) == 2


def test_verdicts_are_by_the_interval_as_it_was_computed() -> None:
    assert {lesson: lines for lesson, text in LESSONS.items() if (lines := judged_rounded(text))} == {}


def test_a_verdict_by_a_rounded_interval_is_seen() -> None:
    assert judged_rounded("low = 1\npoints = [round(100 * v, 1) for v in paired_difference(a, b)]\n") == [2]
