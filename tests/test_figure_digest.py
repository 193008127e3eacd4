"""A digest of code: comments and layout do not count, everything else does, the same in every version of Python."""

from __future__ import annotations

import ast

import pytest
from planting import TITLE, lesson

from lessonkit.lesson.figure_digest import figure_code, tree_text

CAPTIONS = "".join(f'# %% [markdown] lang="{lang}" caption="one"\n# A.\n#\n# B.\n\n' for lang in ("ko", "en"))
BEFORE = "def helper(x):\n    return inner(x)\n\n\ninner = lambda x: x + 1\ndata = [1, 2]\n\n\ndef other():\n    pass\n"
CELL = "y = helper(data)\n"


def digest(before: str = BEFORE, cell: str = CELL) -> str:
    text = f'{TITLE}# %%\n{before}\n# %% figure="one"\n{cell}\n{CAPTIONS}'
    found = lesson(text)
    (figure,) = (one for one in found.code if one.kind == "figure")
    return figure_code(found, figure)


@pytest.mark.parametrize(
    ("before", "cell"),
    [
        (BEFORE, "y = helper(  data )  # neutral\n"),
        (BEFORE, "# ko: 하나\n# en: one\ny = (helper(\n    data,\n))\n"),
        (BEFORE.replace("def other():\n    pass", "def other():\n    return 1"), CELL),
        (BEFORE.replace("[1, 2]", "[1, 3]"), CELL),
    ],
)
def test_the_same_code(before: str, cell: str) -> None:
    assert digest(before, cell) == digest()


@pytest.mark.parametrize(
    ("before", "cell"),
    [
        (BEFORE, "y = helper(data, 1)\n"),
        (BEFORE, "z = helper(data)\n"),
        (BEFORE, "y = helper(data)\ny = y\n"),
        (BEFORE.replace("return inner(x)", "return inner(x) + 1"), CELL),
        (BEFORE.replace("x + 1", "x + 2"), CELL),
    ],
)
def test_other_code(before: str, cell: str) -> None:
    assert digest(before, cell) != digest()


def test_the_text_of_a_tree_holds_no_version_of_python() -> None:
    """What newer versions add to a tree is empty where old code has nothing of it."""
    code = 'def f(a, *, b=1.0) -> int:\n    return f"{a!r:>{b}} é" "x"\n'
    assert tree_text(ast.parse(code).body[0]) == (
        "FunctionDef(name='f', args=arguments(args=[arg(arg='a')], kwonlyargs=[arg(arg='b')], "
        "kw_defaults=[Constant(value=1.0)]), body=[Return(value=JoinedStr(values=[FormattedValue("
        "value=Name(id='a'), conversion=114, format_spec=JoinedStr(values=[Constant(value='>'), "
        "FormattedValue(value=Name(id='b'), conversion=-1)])), Constant(value=' \\xe9x')]))], returns=Name(id='int'))"
    )
