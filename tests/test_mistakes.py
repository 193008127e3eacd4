"""Mistakes that authors make, each with the first line of what they are told, and that a hint follows it."""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import TITLE

from lessonkit.checks.habits import check_habits
from lessonkit.lesson.cells import LessonError
from lessonkit.lesson.parse import parse
from lessonkit.running.outcome import Outcome
from lessonkit.running.run import Runner

PYTHON = "this is not valid Python: "
MARKER = "# %%\n"
IPYTHON = "this is a command of IPython, and a lesson is plain Python"
MISTAKES = {
    "for i in x:\n\ty = i": (9, "this line is indented by a tab"),
    "def f():\n    if x:\n\t    y = 1": (10, "this line is indented by a tab"),
    "x = 1\n  y = 2": (9, PYTHON + "unexpected indent"),
    "def f():\nreturn 1": (9, PYTHON + "expected an indented block after function definition on line 8"),
    "if x:\n        y = 1\n    z = 2": (10, PYTHON + "unindent does not match any outer indentation level"),
    "print(“a”)": (8, PYTHON + "invalid character '“' (U+201C)"),
    "x = （1）": (8, PYTHON + "invalid character '（' (U+FF08)"),
    "x = 1\u200b": (8, PYTHON + "invalid non-printable character U+200B"),
    "await f()": (8, PYTHON + "'await' outside function"),
    "async with f() as x:\n    pass": (8, PYTHON + "'async with' outside async function"),
    "x = 1\n%matplotlib inline": (9, IPYTHON),
    "!pip install torch": (8, IPYTHON),
    "len?": (8, IPYTHON),
    "files = !ls": (8, IPYTHON),
    ">>> x = 1": (8, PYTHON + "invalid syntax"),
    "print 1": (8, PYTHON + "Missing parentheses in call to 'print'. Did you mean print(...)?"),
    "x = 1\n<<<<<<< HEAD\ny = 1\n=======\ny = 2\n>>>>>>> other": (9, "a merge left its conflict here"),
    "# %% [markdown]\n<<<<<<< HEAD\n# a\n=======\n# b\n>>>>>>> o": (8, "a merge left its conflict here"),
    "# %%time\nx = 1": (8, "this line begins a cell, for it begins with %%"),
    "# %% figure=“bars”\nx = 1": (7, "this cell marker is not understood"),
    "x = input('a')": (8, "a lesson asks nobody anything: input() waits for a keyboard"),
    "breakpoint()": (8, "a lesson asks nobody anything: breakpoint() waits for a keyboard"),
    "from . import softmax": (8, "a lesson has no package, so nothing is imported from `.`"),
    "from .softmax import x": (8, "a lesson has no package, so nothing is imported from `.`"),
    "x = 1\nimport other": (9, "a lesson stands alone: it does not import the lesson other"),
    "from other import x as y": (8, "a lesson stands alone: it does not import the lesson other"),
    "from lessons.other import x": (8, "a lesson stands alone: it does not import the lesson other"),
    "def f():\n    import lessons.other\n": (9, "a lesson stands alone: it does not import the lesson other"),
    "y = DataLoader(x,\n    num_workers=2)": (9, "a lesson is one process, and num_workers starts others"),
    "from tqdm.auto import tqdm": (8, "tqdm shows something that changes while a cell runs, which no page can"),
    "display(1)": (8, "display() is known to IPython only"),
    "from pathlib import Path\nPath(__file__).parent": (9, "a notebook has no __file__"),
    "# %% [markdown]\n# a\n# $\\frca{1}{2}$": (9, "The formula `\\frca{1}{2}` cannot be shown: Unknown command"),
    "# %% [markdown]\n# a\n#\n# b $x": (10, "this `$` neither begins nor ends a formula"),
}
RUN = {
    "def f(x):\n    return 1 / x\n\n\nf(0)": (
        9,
        "the lesson raises ZeroDivisionError: division by zero\n    return 1 / x\n  called in line 12: f(0)",
    ),
    "open('data.csv')": (8, "the lesson raises FileNotFoundError: [Errno 2] No such file or directory: 'data.csv'"),
    "import os\nos.popen('ls')": (9, "a lesson may not do this: it starts a program (subprocess.Popen"),
}
HINTLESS = ("the lesson raises ZeroDivisionError",)


def reported(code: str, folder: Path, runner: Runner | None = None) -> list[str]:
    """What an author is told about a lesson with this code on line 8, `other.py` beside it."""
    (folder / "lessons").mkdir()
    (folder / "lessons" / "other.py").write_text("x = 1\n", encoding="utf-8")
    path = folder / "lessons" / "lesson.py"
    try:
        lesson = parse(path, f"{TITLE}{'' if code.startswith('# %% ') else MARKER}{code}\n")
    except LessonError as error:
        return [str(problem).removeprefix(f"{path}:") for problem in error.problems]
    found = check_habits(lesson)
    if runner:
        outcome: Outcome = runner.run(lesson)
        found = [*outcome.problems]
    return [str(problem).removeprefix(f"{path}:") for problem in found]


@pytest.mark.parametrize("code", MISTAKES)
def test_a_mistake_is_reported_with_its_line_and_a_hint(code: str, tmp_path: Path) -> None:
    line, sentence = MISTAKES[code]
    first, *rest = reported(code, tmp_path)[0].split("\n")
    assert first.startswith(f"{line}: {sentence}"), first
    assert len(rest) >= 2, "evidence and a hint"
    assert not rest[-1].startswith(" ")
    assert rest[-1].rstrip().endswith((".", "'", '"', ")"))


@pytest.mark.parametrize("code", RUN)
def test_a_mistake_of_a_run_is_reported_with_its_line(code: str, tmp_path: Path, runner: Runner) -> None:
    line, sentence = RUN[code]
    message = reported(code, tmp_path, runner)[0]
    assert message.startswith(f"{line}: {sentence}"), message
    assert message.startswith(f"{line}: {HINTLESS[0]}") or message.split("\n")[-1].startswith("A lesson ")


@pytest.mark.parametrize(
    "code",
    [
        "class A:\n    def input(self):\n        return self.input()",
        "def display(x):\n    return x\n\n\ndisplay(1)",
        "y = DataLoader(x, num_workers=0)",
        "import torch.utils.data\nfrom os import path",
        'x = """\n<<<<<<< a\n=======\n>>>>>>> b\n\tc\n"""',
        "x = 10 % 3  # %timeit",
        'print("len?", "!pip", "%time")',
    ],
)
def test_what_only_looks_like_a_mistake(code: str, tmp_path: Path) -> None:
    assert reported(code, tmp_path) == []


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("lesson 1", "lesson"),
        ("Logistic_X", "logistic_x"),
        ("로지스틱", "my_lesson"),
        ("logistic-reg", "logistic_reg"),
        ("1st", "st"),
        ("a.b", "a_b"),
    ],
)
def test_the_name_of_a_file(name: str, better: str) -> None:
    with pytest.raises(LessonError) as error:
        parse(Path(f"{name}.py"), TITLE)
    assert str(error.value) == (
        f"{name}.py:1: the file of a lesson is named with small letters, digits and _\n  {name}.py\n"
        f"Rename it, as in: git mv '{name}.py' {better}.py"
    )
