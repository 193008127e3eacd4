"""Starters made from solutions."""

import pytest

from lessonkit.lesson.exercises import solution, starter

BODY = "def f(x):\n    ### BEGIN SOLUTION\n{}    ### END SOLUTION\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (BODY.format("    y = 1\n    return y\n"), "def f(x):\n    ...\n"),
        (BODY.format("\n    # why\n\n    return x\n\n"), "def f(x):\n    ...\n"),
        (BODY.format("    # nothing to do\n"), "def f(x):\n    ...\n"),
        (BODY.format("    if x:\n        return 1\n    else:\n        return 2\n"), "def f(x):\n    ...\n"),
        (BODY.format('    return """\nat the border\n"""\n'), "def f(x):\n    ...\n"),
        (BODY.format("    y = 1\n") + "    return y", "def f(x):\n    y = ...\n    return y"),
        ("### BEGIN SOLUTION\nanswer = 0.25\n### END SOLUTION", "answer = ..."),
        ("### BEGIN SOLUTION\n# why\na = b = (\n    1\n)\n### END SOLUTION\nc = 2", "a = b = ...\nc = 2"),
        ('### BEGIN SOLUTION\nd["a"], x.y = 1, 2\n### END SOLUTION', 'd["a"], x.y = ...'),
        ("### BEGIN SOLUTION\nanswer: float = 0.25\n### END SOLUTION", "answer: float = ..."),
        (
            "for i in x:\n    if i:\n        ### BEGIN SOLUTION\n        break\n        ### END SOLUTION\n    i += 1",
            "for i in x:\n    if i:\n        ...\n    i += 1",
        ),
        (
            "class A:\n    ### BEGIN SOLUTION\n    a = 1\n    ### END SOLUTION\n\n"
            "    def f(self):\n        ### BEGIN SOLUTION\n        yield 1\n        ### END SOLUTION",
            "class A:\n    a = ...\n\n    def f(self):\n        ...",
        ),
    ],
)
def test_what_stands_between_the_marks_becomes_an_ellipsis(source: str, expected: str) -> None:
    assert starter(source) == expected


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("x = 1", "the exercise marks no solution"),
        ("### BEGIN SOLUTION\nx = 1", "the exercise has no ### END SOLUTION"),
        ("x = 1\n### END SOLUTION", "the solution marks are crossed"),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION", "the solution marks are crossed"),
        ("### BEGIN SOLUTION\n\n### END SOLUTION", "the solution marks hold nothing"),
        (
            "### BEGIN SOLUTION\nx = 1\ny = 2\n### END SOLUTION",
            "outside a function the marks hold exactly one assignment",
        ),
        ("### BEGIN SOLUTION\nprint(1)\n### END SOLUTION", "outside a function the marks hold exactly one assignment"),
        ("### BEGIN SOLUTION\nx += 1\n### END SOLUTION", "outside a function the marks hold exactly one assignment"),
        ("### BEGIN SOLUTION\n# x\n### END SOLUTION", "outside a function the marks hold exactly one assignment"),
        (
            "def f():\n    ### BEGIN SOLUTION\n    return 1\nx = 2\n### END SOLUTION",
            "the solution marks cross the border of a statement",
        ),
        (
            "def f(x):\n    if x:\n        ### BEGIN SOLUTION\n        return 1\n    else:\n        return 2\n"
            "        ### END SOLUTION",
            "the solution marks cross the border of a statement",
        ),
        (
            "if x:\n    ### BEGIN SOLUTION\n    y = 1\nelse:\n    ### END SOLUTION\n    y = 2",
            "the solution marks cross the border of a statement",
        ),
        (
            "x = (\n### BEGIN SOLUTION\n1\n### END SOLUTION\n)",
            "outside a function the marks hold exactly one assignment",
        ),
        (
            "def f():\n    ### BEGIN SOLUTION\n    x = 1\n    y = 2\n    ### END SOLUTION\n"
            "    def g():\n        nonlocal x\n",
            "the starter is not valid Python: no binding for nonlocal 'x' found",
        ),
    ],
)
def test_marks_that_make_no_starter(source: str, sentence: str) -> None:
    with pytest.raises(ValueError, match="^" + sentence.replace("#", "[#]").replace("(", "[(]") + "$"):
        starter(source)


def test_the_solution_is_shown_without_its_marks() -> None:
    assert solution(BODY.format("    return x\n")) == "def f(x):\n    return x\n"
