"""Every exercise of our lessons has a hint before its solution, and its check says which case failed."""

from __future__ import annotations

import ast
from pathlib import Path

from lessonkit.lesson.cells import CODE_LANGUAGE, Lesson, Prose
from lessonkit.lesson.parse import parse, read

LESSONS = sorted((Path(__file__).parents[1] / "lessons").glob("*.py"))
HINT = {"ko": '??? tip "힌트"', "en": '??? tip "Hint"'}


def without_hint(lesson: Lesson) -> list[str]:
    """The exercises whose task, which stands before them, has no folded hint, each with the language that lacks it."""
    found, task = [], {"ko": "", "en": ""}
    for cell in lesson.cells:
        if isinstance(cell, Prose):
            task |= {lang: task[lang] + cell.markdown for lang in task if cell.lang in (lang, "")}
        elif cell.kind == "exercise":
            found += [f"{cell.name} {lang}" for lang in task if HINT[lang] not in task[lang]]
            task = {"ko": "", "en": ""}
    return found


def without_message(lesson: Lesson) -> list[str]:
    """The asserts of checks that fail without a word, each with its exercise."""
    return [
        f"{name}: {ast.unparse(node)}"
        for name, exercise in lesson.exercises.items()
        for node in ast.walk(ast.parse(exercise.check.sources[CODE_LANGUAGE]))
        if isinstance(node, ast.Assert) and node.msg is None
    ]


def test_each_has_a_hint_and_says_which_case_failed() -> None:
    assert len(LESSONS) == 16
    assert {path.stem: found for path in LESSONS if (found := without_hint(read(path)))} == {}
    assert {path.stem: found for path in LESSONS if (found := without_message(read(path)))} == {}


def test_one_that_lacks_them_is_noticed() -> None:
    path = next(path for path in LESSONS if path.stem == "softmax")
    text = path.read_text(encoding="utf-8")
    at = text.rindex('??? tip "Hint"', 0, text.index('exercise="stable"'))
    assert without_hint(parse(path, text[:at] + "???" + text[at + 14 :])) == ["stable en"]
    check = text.index("\nassert ", text.index('check="stable"'))
    assert without_message(parse(path, f"{text[:check]}\nassert torch is not None{text[check:]}")) == [
        "stable: assert torch is not None"
    ]
