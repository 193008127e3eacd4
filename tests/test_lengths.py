"""Cells that are too long to be taken in at once."""

import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

from lessonkit.checks.check import check_text
from lessonkit.checks.lengths import long_cells
from lessonkit.lesson.cells import Code, Lesson
from lessonkit.lesson.parse import parse, read
from lessonkit.words import LANGUAGES

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
WIDEST = 76
"""Columns of code beside the outline of a page, and in lessons/ruff.toml; prose is a line a paragraph, so not E501."""


def wide_lines(lesson: Lesson) -> Iterator[str]:
    """Lines of code that a page would scroll, in either language; Hangul takes two columns."""
    for cell in lesson.cells:
        for lang in LANGUAGES if isinstance(cell, Code) else ():
            for line in cell.sources[lang].split("\n"):
                if sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in line) > WIDEST:
                    yield f"{lesson.path.name}:{cell.line}: {line}"


@pytest.mark.parametrize(
    ("line", "wide"),
    [
        ("x = " + "1" * 72, False),
        ("x = " + "1" * 73, True),
        ("# ko: " + "가" * 37 + "\n# en: so", False),
        ("# ko: " + "가" * 38 + "\n# en: so", True),
        ("# ko: 가\n# en: " + "so" * 38, True),
    ],
)
def test_a_line_that_a_page_would_scroll_is_reported(line: str, wide: bool) -> None:
    assert bool(list(wide_lines(parse(Path("lesson.py"), f"{TITLE}# %%\n{line}\nx = 1\n")))) == wide


def test_no_line_of_a_lesson_is_wider_than_its_page() -> None:
    assert [line for path in sorted(LESSONS.glob("*.py")) for line in wide_lines(read(path))] == []


def test_ruff_breaks_lines_where_a_page_would_scroll_them() -> None:
    assert f"line-length = {WIDEST}\n" in (LESSONS / "ruff.toml").read_text("utf-8")
