"""Cells that are too long to be taken in at once, and lines that a page would scroll."""

from pathlib import Path

import pytest

from lessonkit.checks.check import check_text
from lessonkit.checks.lengths import WIDEST, long_cells, wide_lines
from lessonkit.lesson.parse import parse, read

TITLE = "# %% [markdown]\n# # Case { #case }\n\n"
SHORT = TITLE + "# %%\n# a comment\n" + "print()\n# >\n\n" * 24
HINT = "Split it: a cell holds one idea in at most 24 lines."


def problems(text: str) -> list[str]:
    return [str(problem) for problem in long_cells(parse(Path("lesson.py"), text))]


def test_a_cell_is_short() -> None:
    assert problems(SHORT) == []
    assert problems(SHORT + "print()\n# >\n") == [f"lesson.py:4: this cell has 25 lines of code\n{HINT}"]


def test_the_build_warns_of_it(tmp_path: Path) -> None:
    long = parse(tmp_path / "lesson.py", SHORT + "print()\n# >\n")
    assert [problem.sentence for problem in check_text(long) if "lines of code" in problem.sentence]


def test_pytest_tells_it(project) -> None:
    project.write("long", "".join(f"x{n} = {n}\n" for n in range(25)))
    result = project.pytest()
    result.stdout.fnmatch_lines(["lessons/long.py:4: this cell has 25 lines of code", HINT])


LESSONS = Path(__file__).parents[1] / "lessons"


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ("x = " + "1" * 72, {}),
        ("x = " + "1" * 73, {8: 77}),
        ("# ko: " + "가" * 37 + "\n# en: so", {}),
        ("# ko: " + "가" * 38 + "\n# en: so", {8: 78}),
        ("# ko: 가\n# en: " + "so" * 38, {9: 78}),
        ("if True:\n    # ko: 가\n    # en: " + "so" * 36, {10: 78}),
        ("print()\n# > " + "1" * 90, {}),
    ],
)
def test_a_line_that_a_page_would_scroll_is_reported(line: str, columns: dict[int, int]) -> None:
    lesson = parse(Path("lesson.py"), f"{TITLE}\n\n\n# %%\n{line}\n{' ' * 4 * line.startswith('if')}x = 1\n")
    assert {one.line: int(one.sentence.split()[3]) for one in wide_lines(lesson)} == columns


def test_no_line_of_a_lesson_is_wider_than_its_page() -> None:
    assert [line for path in sorted(LESSONS.glob("*.py")) for line in wide_lines(read(path))] == []


def test_ruff_breaks_lines_where_a_page_would_scroll_them() -> None:
    assert f"line-length = {WIDEST}\n" in (LESSONS / "ruff.toml").read_text("utf-8")


def test_the_build_and_pytest_tell_a_wide_line(project) -> None:
    assert [
        one for one in check_text(parse(Path("lesson.py"), f"{TITLE}# %%\nx = {'1' * 80}\n")) if "columns" in str(one)
    ]
    project.write("wide", f"x = {'1' * 80}\n")
    hint = "Run: ruff format lessons/wide.py; give a long expression a name, and a long comment two lines."
    project.pytest().stdout.fnmatch_lines(["lessons/wide.py:5: this line has 84 columns, *", hint])
