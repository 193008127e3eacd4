"""Cells that are too long to be taken in at once."""

from pathlib import Path

from lessonkit.checks.check import check_text
from lessonkit.checks.lengths import long_cells
from lessonkit.lesson.parse import parse

TITLE = "# %% [markdown]\n# # Case { #case }\n\n"
SHORT = TITLE + "# %%\n# a comment\n" + "print()\n# >\n\n" * 24
MEND = "Split it: a cell holds one idea in at most 24 lines."


def problems(text: str) -> list[str]:
    return [str(problem) for problem in long_cells(parse(Path("lesson.py"), text))]


def test_a_cell_is_short() -> None:
    assert problems(SHORT) == []
    assert problems(SHORT + "print()\n# >\n") == [f"lesson.py:4: this cell has 25 lines of code\n{MEND}"]


def test_the_build_warns_of_it(tmp_path: Path) -> None:
    long = parse(tmp_path / "lesson.py", SHORT + "print()\n# >\n")
    assert [problem.sentence for problem in check_text(long) if "lines of code" in problem.sentence]


def test_pytest_tells_it(project) -> None:
    project.write("long", "".join(f"x{n} = {n}\n" for n in range(25)))
    result = project.pytest()
    result.stdout.fnmatch_lines(["lessons/long.py:4: this cell has 25 lines of code", MEND])
