"""What a lesson prints belongs to the statement that printed it, and the lesson runs as `python lesson.py` runs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lessonkit.lesson.parse import read

CASES = Path(__file__).parent / "cases" / "run"
PLAIN = ["prints", "streams", "stdout_replaced", "program", "ends"]
"""Cases that need no torch."""


@pytest.mark.parametrize("name", [*PLAIN, "numbers", "torch_save_buffer", "figures", "exercises"])
def test_outputs_stand_under_the_statements_that_printed_them(case, name):
    checked = case(name)
    assert checked.outcome.problems == ()
    for number, (_, statement) in enumerate(checked.lesson.statements):
        assert checked.outcome.outputs.get(number, ()) == statement.recorded, statement.source


@pytest.mark.parametrize("name", PLAIN)
def test_python_prints_what_is_recorded(name):
    """At once (`-u`), as on a terminal: into a pipe, bytes would come before text that was written earlier."""
    path = CASES / f"{name}.py"
    shown = subprocess.run(
        [sys.executable, "-u", "-X", "utf8", path], capture_output=True, text=True, encoding="utf-8", timeout=60
    )
    printed = [line.rstrip() for line in shown.stdout.split("\n")[:-1]]
    assert printed == [line for cell in read(path).code for line in cell.recorded]


@pytest.mark.rest
def test_each_run_begins_anew(case):
    assert case("program").outcome == case("program").outcome
    assert case("figures").outcome == case("figures").outcome, "a figure is the same, byte for byte"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "cell_ends",
            "cell_ends.py:5: the last line that this cell prints has no end, so a program would go on in it\n"
            '    print("no end", end=" ")\n'
            "End it: leave out end=, or print() after it.",
        ),
        (
            "raises",
            "raises.py:6: the lesson raises ValueError: no 3\n"
            '    raise ValueError(f"no {x}\\nsecond line")\n'
            "  second line\n"
            "  called in line 10: return inner(x)\n"
            "  called in line 15: outer(3)",
        ),
        (
            "missing_module",
            "missing_module.py:5: the lesson raises ModuleNotFoundError: No module named 'no_such_module_here'\n"
            "    import no_such_module_here\n"
            "Run: pip install -r requirements.txt",
        ),
        ("exits", 'exits.py:7: the lesson exits here (enough)\n    sys.exit("enough")\nLet it run to its end.'),
        ("interrupts", "interrupts.py:5: the lesson raises KeyboardInterrupt\n    raise KeyboardInterrupt"),
        (
            "reads_input",
            'reads_input.py:5: the lesson raises EOFError: EOF when reading a line\n    name = input("name? ")\n'
            "Nobody types while a lesson runs: give the value in the code.",
        ),
        (
            "endless_print",
            "endless_print.py:6: the lesson raises TooMuchPrinted: this statement prints more than 1,000,000 bytes\n"
            '    print("x" * 100)',
        ),
        (
            "control",
            "control.py:5: this statement prints a control character\n"
            '    print("\\r50%\\x1b[0m done")\n'
            "  # > \\r50%\\x1b[0m done\n"
            "Print plain lines.",
        ),
        (
            "hangul",
            "hangul.py:5: this statement prints Hangul\n"
            "    print(chr(0xC548) + chr(0xB155))\n"
            "  # > 안녕\n"
            "Print English; the prose of each language may say it.",
        ),
    ],
)
def test_a_lesson_that_cannot_be_used_says_why(case, name, message):
    assert [str(problem) for problem in case(name).outcome.problems] == [message]


def test_an_address_is_not_recorded(case):
    (problem,) = case("address").outcome.problems
    assert problem.sentence == "this statement prints an address, another one in each run"
    assert problem.evidence[0] == "  print(object())"
    assert problem.evidence[1].startswith("# > <object object at 0x")


def test_a_definition_that_prints_is_refused(case):
    problems = case("definition_prints").outcome.problems
    assert [problem.line for problem in problems] == [10, 15, 19, 21]
    assert str(problems[1]) == (
        "definition_prints.py:15: this statement ends with a definition or an import, "
        "so `ruff format` would part its output from it\n"
        "    class A:\n"
        '        print("in a class")\n'
        "Print in a statement of its own."
    )


def test_a_cell_draws_the_figure_that_it_names(case):
    hint = 'A cell figure="NAME" draws exactly one, any other cell none; plt.show() is not needed.'
    assert [str(problem) for problem in case("figures_wrong").outcome.problems] == [
        f'figures_wrong.py:7: this cell draws no figure\n    # %% figure="none"\n{hint}',
        f'figures_wrong.py:22: this cell draws 2 figures\n    # %% figure="two"\n{hint}',
        'figures_wrong.py:38: this figure cannot be recorded\n    # %% figure="labelled"\n'
        "  the label '$x$ and more' holds mathtext; write plain text (α, x², −log p)",
        f"figures_wrong.py:54: this cell draws 1 figure\n    # %%\n{hint}",
    ]


def test_an_exercise_is_tried_without_its_solution(case):
    checked = case("exercises")
    assert checked.outcome.exercises == {"answer": ("", "assert"), "typed": ("", "assert")}
    assert [checked.exercise(cell) for cell in checked.lesson.code if cell.kind == "exercise"] == [None, None]


def test_an_exercise_that_teaches_nothing_says_why(case):
    checked = case("exercises_wrong")
    found = [checked.exercise(cell) for cell in checked.lesson.code if cell.kind == "exercise"]
    hint = "The starter runs, and an assert of the check fails on it."
    assert [problem and str(problem) for problem in found] == [
        f"exercises_wrong.py:8: the starter of this exercise passes its check\n{hint}",
        "exercises_wrong.py:18: the starter of this exercise does not run\n"
        f"  TypeError: unsupported operand type(s) for *: 'int' and 'ellipsis'\n{hint}",
        "exercises_wrong.py:28: on the starter the check stops before an assert\n"
        f"  first = early(1)[0]\n  TypeError: 'NoneType' object is not subscriptable\n{hint}",
        None,
    ]
