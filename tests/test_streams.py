"""Nothing that a lesson writes or works out is lost without a word, and no odd output is recorded."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lessonkit.checks.unshown import unshown
from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import parse
from lessonkit.running.run import Runner

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs a C library of the process")
ERRORS = "this statement writes to standard error, which no page shows"
PAST = "this statement writes to standard output past `sys.stdout`, which no page shows"
NOISE = "this statement prints rounding noise, a number below 1e-12"
ZERO = "this statement prints a negative zero"
UNSEEN = "this statement prints a character that nobody sees"


def lesson(code: str, marker: str = "# %%") -> Lesson:
    """A lesson of one code cell, which begins on its line 5."""
    return parse(Path("lesson.py").absolute(), f"# %% [markdown]\n# # Case {{ #case }}\n\n{marker}\n{code}\n")


def reported(runner: Runner, code: str) -> list[tuple[int, str]]:
    """The lines and sentences of what is wrong with a lesson's run."""
    return [(problem.line, problem.sentence) for problem in runner.run(lesson(code)).problems]


def test_what_is_written_past_print_is_reported(case):
    outcome = case("errors_written").outcome
    lines = range(10, 15)
    assert [(one.line, one.sentence) for one in outcome.problems] == [
        (line, PAST if line == 14 else ERRORS) for line in lines
    ]
    assert [problem.evidence[1] for problem in outcome.problems] == [
        "errors_written.py:10: UserWarning: careful",
        "to the error stream",
        "WARNING:root:a log line",
        "by number",
        "past print",
    ]
    assert outcome.outputs == {9: ("seen",)}


def test_threads_the_exit_and_what_goes_last_are_heard(case):
    checked = case("errors_late")
    said = {problem.line: problem.evidence[-1] for problem in checked.outcome.problems}
    assert said.pop(23) == "ValueError: in a thread"
    assert "deprecated" in checked.outcome.problems[1].evidence[1], "a warning from C++"
    assert list(said) == [25, 27]
    assert checked.outcome.outputs[len(checked.lesson.statements) - 1] == ("let go",)


@LINUX
def test_native_code_is_heard(case):
    (problem,) = case("native_prints").outcome.problems
    assert (problem.line, problem.sentence, problem.evidence[-1]) == (7, PAST, "from C")


def test_a_stream_that_is_not_put_back_is_reported(case):
    checked = case("stdout_not_back")
    assert [(problem.line, problem.sentence) for problem in checked.outcome.problems] == [
        (11, "sys.stdout is replaced here and never put back, so no page shows what follows")
    ]
    assert checked.outcome.outputs == {3: ("seen",)}


@pytest.mark.parametrize("code", ["sys.stdout.close()", "sys.stdout.buffer.close()", "with sys.stdout:\n    pass"])
def test_closing_standard_output_loses_nothing(runner, code):
    found = runner.run(lesson(f"import sys\n\nprint(1)\n{code}\nprint(2)"))
    assert [(one.line, one.sentence) for one in found.problems] == [(8, "a lesson may not close standard output")]
    assert (*found.outputs[1], *found.outputs[3]) == ("1", "2")


def test_endless_errors_do_not_fill_the_disk(runner):
    found = reported(runner, "import sys\n\nwhile True:\n    print('x' * 1000, file=sys.stderr)")
    assert found[-1] == (7, ERRORS)


def test_a_font_that_lacks_a_letter_is_reported(runner):
    """Matplotlib warns of it when it draws, after the last statement."""
    caption = '\n\n# %% [markdown] lang="{}" caption="one"\n# A.\n#\n# B.\n#\n# - \U0001f9ff: x'
    code = "import matplotlib.pyplot as plt\n\nfig, ax = plt.subplots()\n_ = ax.set_xlabel('\U0001f9ff')"
    text = lesson(
        code + caption.format("ko") + caption.format("en").replace("\n#\n# - \U0001f9ff: x", ""), '# %% figure="one"'
    )
    assert ERRORS in [problem.sentence for problem in runner.run(text).problems]


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("print(0.1 + 0.2 - 0.3)", NOISE),
        ("print(f'{0.1 + 0.2 - 0.3:.2e}')", NOISE),
        ("print(f'{0.1 + 0.2 - 0.3:.20f}')", NOISE),
        ("print([1.0, -2.0**-53])", NOISE),
        ("print(complex(1, 2**-53))", NOISE),
        ("print(f'noise {2**-53}.')", NOISE),
        ("print((0.1 + 0.2 - 0.3) ** 2)", NOISE),
        ("print(5.55e-17)", None),
        ("print(2.0**-53)\n# > 1.1102230246251565e-16\nassert abs(2.0**-53 - 1.11e-16) < 1e-18", None),
        ("# 2**-53 = 1.11e-16\nprint(2.0**-53)", None),
        ("# 2**-52 = 2.22e-16\nprint(2.0**-53)", NOISE),
        ("import sys\nprint(sys.float_info.epsilon)", None),
        ("print(1e-05, 3e-11, 0.0, 1.4e-45, '1e-5x')", None),
        ("print(round(-0.01, 1))", ZERO),
        ("print(f'{-0.0001:.4f}'[:-2])", ZERO),
        ("print(f'{-0.0001:.1%}')", ZERO),
        ("print(f'{-0.4:.0f}')", ZERO),
        ("print(f'{-0.4:.0f}.')", ZERO),
        ("print(f'{-1e-9:.2f} s')", ZERO),
        ("print(f'{-1e-9:.2f}s')", ZERO),
        ("print(f'{0.0 * -1:.1e}')", ZERO),
        ("print(0.0 * -1, 'a')", ZERO),
        ("print(-0.0)", None),
        ("print(-0.03, '-0.07', 'layer-0', '2-0', -0.5, '1e-0', 10 - 0.5, '-0x1f')", None),
        *((f"print('a' + chr({number}) + 'b')", UNSEEN) for number in (0x202E, 0x2066, 0x200B, 0x200D, 0xFEFF, 0xAD)),
        *((f"print('a' + chr({number}) + 'b')", UNSEEN) for number in (0xE000, 0xA0, 0x3000, 0x2009, 0x2800, 0xE0041)),
        ("print('a' + chr(0xA0))", UNSEEN),
        ("print('a' + chr(0x1F))", "this statement prints a control character"),
        ("print('wide: é 😀 ∑ − α ❤️', 'tab\\tbed')", None),
        ("print('x' * 201)", "this statement prints a line of more than 200 characters"),
        ("print('in words: ' * 40)", None),
        ("print('in words: ' * 41)", "this statement prints a line of more than 200 characters"),
        ("print('in 12 ' * 40)", "this statement prints a line of more than 200 characters"),
        ("for i in range(41):\n    print(i)", "this cell prints 41 lines, and a page shows at most 40"),
        ("for i in range(5000):\n    print(i)", "this cell prints 5,000 lines, and a page shows at most 40"),
        ("for i in range(40):\n    print(i)", None),
    ],
)
def test_outputs_that_say_nothing_or_too_much(runner, code, sentence):
    assert [what for _, what in reported(runner, code)] == ([sentence] if sentence else [])


def test_what_is_odd_is_spelled_out(runner):
    (problem,) = runner.run(lesson("print('a' + chr(0x202E) + 'b')")).problems
    assert str(problem).endswith("  # > a\\u202eb\nPrint plain text.")


def test_values_that_nobody_sees(case):
    """A notebook shows the last value of a cell; what is called for what it does is no such thing."""
    checked = case("values_unshown")
    assert checked.outcome.problems == ()
    found = [problem for problem in checked.unrecorded() if "call" in problem.sentence]
    assert [(problem.line, checked.lesson.lines[problem.line - 1]) for problem in found] == [
        (13, "F.softmax(logits, dim=0)"),
        (40, "double(3)"),
        (49, "F.softmax("),
    ]
    assert str(found[0]) == (
        "values_unshown.py:13: the value of this call (Tensor) is shown nowhere\n    F.softmax(logits, dim=0)\n"
        "Print it; where the call is made for what it does, write `_ = ...`."
    )


@pytest.mark.parametrize(
    "code",
    [
        "x",
        "x.shape",
        "x[0]",
        "x + 1",
        "x == 1",
        "-x",
        "'text'",
        "f'{x}'",
        "1",
        "x, y",
        "[x]",
        "{}",
        "lambda: x",
        "not x",
    ]
    + [
        "x if y else z",
        "f() or x",
        "[n for n in x]",
        "if x:\n    x.y",
        "for n in x:\n    n * 2",
        "with x:\n    x",
        "x; y = 1",
    ],
)
def test_an_expression_alone_is_shown_nowhere(code):
    (problem,) = unshown(lesson(f"import a\n{code}\nz = 1"))
    assert problem.sentence == "this expression is shown nowhere"
    assert problem.line == (6 if ":\n" not in code else 7)


@pytest.mark.parametrize(
    "code",
    [
        "f(x)",
        "x.sort()",
        "print(x) if x else None or print(y)",
        "[print(n) for n in x]",
        "x and f(x)",
        "(x := 1)",
        "f(x), g(x)",
    ]
    + [
        "try:\n    x[9]\nexcept IndexError:\n    print(1)",
        "with suppress(TypeError):\n    x + 'a'",
        "def f():\n    'doc'",
    ],
)
def test_what_is_done_for_its_effect_may_stand_alone(code):
    assert list(unshown(lesson(f"'''A docstring.'''\n{code}"))) == []
