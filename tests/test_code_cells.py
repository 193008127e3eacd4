"""Statements and what they printed; exercises, tolerances and what a code cell may not hold."""

import pytest
from planting import CASES, GOOD, TITLE, lesson, planted, problems

from lessonkit.lesson.cells import Code
from lessonkit.lesson.parse import read

MARKS = "Put ### BEGIN SOLUTION and ### END SOLUTION around lines of a function body or around one assignment."
AWAY = "a recorded output stands right under the statement that printed it"
AGAIN = "Remove it, then record again with --update-outputs. A comment of yours begins otherwise: `#  >`."
SOLUTION = "    ### BEGIN SOLUTION\n    return 2 * value\n    ### END SOLUTION\n"


def code(source: str) -> Code:
    """The code cell with this source."""
    return lesson(f"{TITLE}# %%\n{source}").code[0]


def test_outputs_belong_to_the_statements_above_them() -> None:
    good = read(CASES / "statements.py")
    assert [(one.line, one.end_line, one.recorded) for _, one in good.statements] == [
        (6, 7, ()),
        (10, 14, ()),
        (17, 17, ()),
        (18, 18, ("loud", "one")),
        (21, 23, ("a", "", "  b")),
        (28, 31, ("0", "1")),
        (34, 36, ("# > no output",)),
        (40, 41, ("2",)),
    ]
    sources = [one.source for _, one in good.statements]
    assert sources[1].startswith("@same\n@(\n")
    assert sources[3] == 'shout(); print("one")  # fmt: skip # noqa: E702'
    assert sources[5] == "for index in range(2):\n    print(index)"


def test_the_outputs_of_the_case_are_true(capsys: pytest.CaptureFixture[str]) -> None:
    exec((CASES / "statements.py").read_text(encoding="utf-8"), {})
    recorded = [line for cell in read(CASES / "statements.py").code for line in cell.recorded]
    assert capsys.readouterr().out.splitlines() == recorded


def test_the_text_of_a_cell_has_no_outputs_and_keeps_the_authors_comments() -> None:
    source = code("# n = 4\nprint(4)  # 2 * 2\n# > 4\n#  > not recorded\n#> neither\n\n# >neither").sources["ko"]
    assert source == "# n = 4\nprint(4)  # 2 * 2\n#  > not recorded\n#> neither\n\n# >neither"


def test_an_output_line_may_be_empty_and_may_begin_with_blanks() -> None:
    assert code("print(1)\n# >\n# >   a  \n# > > b").recorded == ("", "  a", "> b")


def test_a_string_is_neither_output_nor_comment() -> None:
    cell = code('x = """\n# > 1\n# ko: a\n# %%\n"""\nprint(x)')
    assert cell.recorded == ()
    assert cell.sources["en"] == 'x = """\n# > 1\n# ko: a\n# %%\n"""\nprint(x)'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# > 2.5\n", "\n# > 2.5\n", f"60: {AWAY}\n  # > 2.5\n{AGAIN}"),
        ("# > 2.5\n", "# n\n# > 2.5\n# > 3\n", f"60: {AWAY}\n  # > 2.5\n{AGAIN}"),
        ("# > 2.5\n", "# > 2.5\n\n# > 3\n", f"61: {AWAY}\n  # > 3\n{AGAIN}"),
        ("[1, 2, 3, 4]", "[\n    1,\n# > 1\n]", f"50: {AWAY}\n  # > 1\n{AGAIN}"),
        ("for number in", "# > 0\nif numbers:\n    print(1)\n# > 1\nelse:\n    print(2)\nfor number in", None),
        ("    # the last comment\n# > 1\n", "# > 1\n    # the last comment\n", f"62: {AWAY}\n  # > 1\n{AGAIN}"),
        ("import matplotlib.pyplot as plt\n", "", "23: this code cell is empty\n  # %%\nWrite it or remove it."),
        ("import matplotlib.pyplot as plt\n", "# n\n", "23: this code cell is empty\n  # %%\nWrite it or remove it."),
        (
            '# %% figure="numbers"',
            '# %% figure="numbers" check="numbers"',
            '66: a cell is only one of figure and check\n  # %% figure="numbers" check="numbers"\nMake a cell of each.',
        ),
        (
            "# %%\nimport",
            "# %%\n### BEGIN SOLUTION\nimport",
            '24: only an exercise holds a solution\n  ### BEGIN SOLUTION\nBegin its cell with: # %% exercise="NAME"',
        ),
    ],
)
def test_what_a_code_cell_may_not_hold(old: str, new: str, message: str | None) -> None:
    if message is None:
        assert [reported.split(":")[1] for reported in problems(planted(old, new))] == ["63"]
    else:
        assert problems(planted(old, new)) == [f"lesson.py:{message}"]


def test_a_figure_leaves_the_name_of_the_record_free() -> None:
    assert problems(GOOD.replace('"numbers"', '"record"')) == [
        'lesson.py:66: a figure cannot be called "record": so is the record of the lesson\n'
        '  # %% figure="record"\nGive it another name.'
    ]


def test_a_tolerance_is_a_fraction() -> None:
    assert lesson(planted("# %%\nimport", '# %% tolerance="0.02"\nimport')).code[0].tolerance == 0.02


@pytest.mark.parametrize("tolerance", ["small", "", "-0.1", "0", "nan", "inf", "2", "2%"])
def test_any_other_tolerance_is_refused(tolerance: str) -> None:
    assert problems(planted("# %%\nimport", f'# %% tolerance="{tolerance}"\nimport')) == [
        "lesson.py:23: the tolerance is not a number between 0 and 1\n"
        f'  # %% tolerance="{tolerance}"\ntolerance="0.02" allows 2 %.'
    ]


@pytest.mark.parametrize(
    ("new", "sentence"),
    [
        ("    return 2 * value\n", "the exercise marks no solution"),
        ("    ### END SOLUTION\n    return 2\n    ### BEGIN SOLUTION\n", "the solution marks are crossed"),
        ("    ### BEGIN SOLUTION\n    return 2\n", "the exercise has no ### END SOLUTION"),
        ("    return 2\n    ### BEGIN SOLUTION\n\n    ### END SOLUTION\n", "the solution marks hold nothing"),
        (
            "    ### BEGIN SOLUTION\n    x = 1\n    y = 2\n    ### END SOLUTION\n    def f():\n        nonlocal x\n",
            "the starter is not valid Python: no binding for nonlocal 'x' found",
        ),
    ],
)
def test_an_exercise_that_gives_no_starter(new: str, sentence: str) -> None:
    assert problems(planted(SOLUTION, new)) == [f'lesson.py:89: {sentence}\n  # %% exercise="double"\n{MARKS}']
