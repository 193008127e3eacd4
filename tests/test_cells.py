"""Problems as their readers see them, and the small things every module relies on."""

import re
import textwrap
from pathlib import Path

import pytest
from planting import GOOD, lesson

from lessonkit.lesson.cells import LessonError, Problem, Statement, shown, split_lines
from lessonkit.lesson.parse import read
from lessonkit.pages.render import to_markdown
from lessonkit.words import LANGUAGES

ROOT = Path(__file__).parent


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_any_of_three_ways(end: str) -> None:
    assert split_lines(f"a{end}b\x0cc\u2028d{end}") == ["a", "b\x0cc\u2028d", ""]


def test_a_path_is_shown_from_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(tmp_path / "lessons" / "a.py") == "lessons/a.py"
    assert shown("lessons/a.py") == "lessons/a.py"
    assert shown(tmp_path.parent / "a.py") == (tmp_path.parent / "a.py").as_posix()


def test_a_problem_tells_place_evidence_and_hint() -> None:
    problem = Problem("a.py", 3, "this is wrong", ("x = 1", ""), "Correct it.")
    assert str(problem) == "a.py:3: this is wrong\n  x = 1\n\nCorrect it."
    assert str(Problem("a.py", 3, "this is wrong")) == "a.py:3: this is wrong"
    assert str(LessonError(problem, problem)) == f"{problem}\n\n{problem}"


def test_a_long_statement_is_cut_in_evidence() -> None:
    assert Statement(1, 4, "a\nb\nc\nd").evidence == ("  a", "  b", "  c", "  d")
    assert Statement(1, 5, "a\nb\nc\nd\ne").evidence == ("  a", "  b", "  c", "  ...")


def test_a_lesson_knows_its_cells() -> None:
    good = lesson(GOOD)
    assert (good.name, good.slug) == ("lesson", "lesson")
    assert [cell.kind for cell in good.code] == ["code", "code", "figure", "exercise", "check"]
    assert [cell.lang for cell in good.prose("en")] == ["en", "en", "en", "", "en"]
    assert good.caption("numbers", "ko").markdown.startswith("수 네 개")
    with pytest.raises(StopIteration):
        good.caption("other", "ko")
    assert good.code[1].recorded == ("2.5", "1", "2")
    assert good.update_command == "pytest lesson.py --update-outputs"


def test_blocks_have_one_order_which_pages_show() -> None:
    """The page's code is fenced as `Lesson.blocks` says: programs and live runs know a block by its number there."""
    for path in sorted((ROOT.parent / "lessons").glob("*.py"))[:4]:
        lesson = read(path)
        for lang in LANGUAGES:
            found = re.findall(
                r"^ *(`{3,})\{ \.python \.cell-code[^\n]*\}\n(.*?)^ *\1$",
                to_markdown(lesson, lang),
                re.DOTALL | re.MULTILINE,
            )
            shown = [textwrap.dedent(text).rstrip("\n") for _, text in found]
            assert shown == [textwrap.dedent(block.text).rstrip("\n") for block in lesson.blocks(lang)]


def test_an_exercise_stands_as_starter_check_solution_and_wrong_answers() -> None:
    lesson = read(ROOT / "cases" / "run" / "answers.py")
    (exercise, *_) = lesson.exercises.values()
    starter, check, solution, *wrong = lesson.blocks_of(exercise.cell, "en")
    assert (starter.text, starter.is_starter) == (exercise.starter("en"), True)
    assert (check.cell, solution.text) == (exercise.check, exercise.solution("en"))
    assert [one.cell for one in wrong] == list(exercise.wrong)
    assert lesson.blocks_of(exercise.check, "en") == ()
