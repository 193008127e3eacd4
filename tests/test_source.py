"""What is not Python is reported with its line, and never as a traceback."""

import ast
import warnings
from pathlib import Path

import pytest
from planting import planted, problems

from lessonkit.lesson.source import Source

FAULTS = {
    "a bracket": (
        "print(mean(numbers))",
        "print(mean(numbers)",
        "lesson.py:58: this is not valid Python: '(' was never closed\n  print(mean(numbers)\n"
        "Correct this line or the one above it.",
    ),
    "indentation": (
        "    return sum",
        "return sum",
        "lesson.py:55: this is not valid Python: expected an indented block after function definition on line 51\n"
        "  return sum(values) / len(values)\nIndent by four spaces a level, all lines of a block alike.",
    ),
    "return outside a function": (
        "print(mean(numbers))",
        "return 1",
        "lesson.py:58: this is not valid Python: 'return' outside function\n  return 1\n"
        "Correct this line or the one above it.",
    ),
    "prose without its mark": (
        "# The four numbers grow **evenly**.",
        "Let's see the four numbers.",
        "lesson.py:79: a line of a prose cell begins with `# `\n  Let's see the four numbers.\n"
        "Begin it with `# `, or begin a code cell above it: # %%",
    ),
    "prose without its mark that Python would read": (
        "# The four numbers grow **evenly**.",
        "grow",
        "lesson.py:79: a line of a prose cell begins with `# `\n  grow\n"
        "Begin it with `# `, or begin a code cell above it: # %%",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_not_python_is_reported_with_its_line(fault: str) -> None:
    old, new, message = FAULTS[fault]
    assert problems(planted(old, new)) == [message]


def test_a_null_byte_is_reported_with_its_line() -> None:
    (message,) = problems(planted("[1, 2, 3, 4]", "[1, 2, 3, \0]"))
    assert message.startswith("lesson.py:48: this is not valid Python: source code")


def test_a_bracket_that_nothing_closes_at_the_end_of_the_file() -> None:
    assert problems("# %%\nx = (") == [
        "lesson.py:2: this is not valid Python: '(' was never closed\n  x = (\nCorrect this line or the one above it."
    ]
    assert problems("# %%\nx = 1 +\n")[0].startswith("lesson.py:2: this is not valid Python: invalid syntax")
    assert problems("# %%\nif x:\n")[0].startswith("lesson.py:2: this is not valid Python: expected an indented block")


def test_code_nested_too_deep_for_python_is_a_problem_of_the_lesson() -> None:
    (message,) = problems("# %%\nx = " + "(" * 300 + ")" * 300)
    assert message.startswith("lesson.py:2: this is not valid Python: too many nested parentheses")
    (message,) = problems("# %%\nx = " + "-" * 100_000 + "1")
    assert message.startswith("lesson.py:1: this is not valid Python: ")


@pytest.mark.parametrize(("code", "warning"), [('x = "\\d+"', "invalid escape sequence"), ("x = 1 is 1", '"is" with')])
def test_what_python_warns_of_is_reported_with_its_line(code: str, warning: str) -> None:
    """Each version of Python warns of other things, aloud or not: a lesson is free of all of them."""
    (message,) = problems(planted("print(mean(numbers))", f"{code}\nprint(mean(numbers))"))
    assert message.startswith(f"lesson.py:58: Python warns of this: {warning}")
    assert code in message


def test_what_python_warns_of_meanwhile_is_not_blamed_on_the_lesson(monkeypatch):
    """A socket that nobody closed, say, and that goes while a lesson is read."""
    read = ast.parse

    def parse(*given, **named):
        warnings.warn("unclosed <socket.socket fd=35>", ResourceWarning, stacklevel=1)
        return read(*given, **named)

    monkeypatch.setattr(ast, "parse", parse)
    assert Source(Path("lesson.py"), "x = 1\n").problems == []
    (sentence,) = {problem.sentence for problem in Source(Path("lesson.py"), 'x = "\\d"\n').problems}
    assert "invalid escape sequence" in sentence
