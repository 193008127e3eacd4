"""Every exercise has a hint before its solution, and its check says which case failed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from lessonkit.checks.guidance import without_hint, without_message
from lessonkit.lesson.parse import parse, read_unchanged

LESSONS = Path(__file__).parents[1] / "lessons"
SOFTMAX = (LESSONS / "softmax.py").read_text(encoding="utf-8")


def found(text: str) -> list[str]:
    lesson = parse(LESSONS / "softmax.py", text)
    return [problem.sentence for check in (without_hint, without_message) for problem in check(lesson)]


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.py")), ids=lambda path: path.stem)
def test_ours_have_both(path: Path) -> None:
    lesson = read_unchanged(path)
    assert [*without_hint(lesson), *without_message(lesson)] == []


def hides_the_type(node: ast.Assert) -> bool:
    """Whether a message about the type of a number writes its value alone: a tensor is then "0.25 is not a number"."""
    match node.test:
        case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), kinds]):
            numbers = {one.id for one in ast.walk(kinds) if isinstance(one, ast.Name)} <= {"int", "float"}
            values = [one for one in ast.walk(node) if isinstance(one, ast.FormattedValue)]
            return numbers and any(ast.unparse(one.value) == name and one.conversion != ord("r") for one in values)
    return False


@pytest.mark.parametrize("path", sorted(LESSONS.glob("*.py")), ids=lambda path: path.stem)
def test_who_answers_with_a_tensor_is_told_so(path: Path) -> None:
    asserts = [one for one in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(one, ast.Assert)]
    assert [one.lineno for one in asserts if hides_the_type(one)] == []


def test_a_hint_that_is_missing_is_told() -> None:
    at = SOFTMAX.rindex('??? tip "Hint"', 0, SOFTMAX.index('exercise="stable"'))
    assert found(f"{SOFTMAX[:at]}???{SOFTMAX[at + 14 :]}") == ["the task of this exercise has no hint in en"]


def test_a_hint_of_another_section_is_none() -> None:
    lang, start = "en", SOFTMAX.index('# %% exercise="stable"')
    headings = "".join(f'# %% [markdown] lang="{one}"\n# ## A {{ #a-new-section }}\n\n' for one in ("ko", lang))
    text = SOFTMAX[:start] + headings + SOFTMAX[start:]
    assert found(text) == ["the task of this exercise has no hint in ko and en"]


def test_an_assert_without_a_word_is_told_with_its_line() -> None:
    start = SOFTMAX.index("\nassert ", SOFTMAX.index('check="stable"'))
    lesson = parse(LESSONS / "softmax.py", f"{SOFTMAX[:start]}\nassert torch is not None{SOFTMAX[start:]}")
    (problem,) = without_message(lesson)
    assert lesson.lines[problem.line - 1] == "assert torch is not None"
    assert problem.evidence == ("assert torch is not None",)


EXERCISE = """# %% exercise="one"
### BEGIN SOLUTION
one = 1
### END SOLUTION

# %% check="one"
assert one == 1
"""


def test_pytest_tells_both(project) -> None:
    project.write("asks", EXERCISE)
    (project.path / "mkdocs.yml").write_text("nav: [asks.md]\n", encoding="utf-8")
    lines = ["lessons/asks.py:4: the task of this exercise has no hint in ko and en"]
    project.pytest().stdout.fnmatch_lines([*lines, "lessons/asks.py:10: this assert of a check fails without a word"])
