"""How a program is written down: statements are moved and left out as such, and no string loses anything."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from lessonkit.lesson.parse import parse
from lessonkit.programs.standalone import programs
from lessonkit.programs.standalone_text import listing, pieces

BEFORE = "x = 1\n"
"""What a program keeps, so that imports of its own cell move above it."""


def strings(source: str) -> list[str]:
    """Every string of a program."""
    found = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return sorted(value for value in found if isinstance(value, str))


def imported(source: str) -> list[str]:
    """Every name that a program imports at its top level, in the order of the alphabet."""
    found = (node for node in ast.parse(source).body if isinstance(node, ast.Import | ast.ImportFrom))
    return sorted(ast.dump(alias) for node in found for alias in node.names)


def written(own: str) -> str:
    """The program of a cell behind a statement that it keeps."""
    return listing([pieces(BEFORE)], [own])


@pytest.mark.parametrize(
    "own",
    [
        'import math\n\ntext = """\nimport math\n"""\ny = math.pi + x',
        'text = """\nimport math\n"""\n\nimport math\n\ny = math.pi + x',
        "text = '''\n\nimport math\n\n'''\nimport math\ny = math.pi + x",
        'import math\n\n\ndef f():\n    """\nimport math\n"""\n    return math.pi\n\n\ny, text = f(), f.__doc__',
        'import math\n\nname = "a"\ntext = f"""{name}\nimport math\n{x}"""\ny = math.pi',
        'import math\n\ntext = "a \\\nimport math\\\n"\ny = math.pi + x',
        'import math\n\ntext = r"""\nimport math\n""" + """\nimport math\n"""\ny = math.pi + x',
        'import math\n\ntext = b"""\nimport math\n""".decode()\ny = math.pi + x',
        'import math, cmath\n\ntext = """\nimport math, cmath\n"""\ny = math.pi + cmath.pi + x',
        'from math import (\n    e,\n    pi,\n)\n\ntext = """\nfrom math import (\n    e,\n    pi,\n)\n"""\ny = pi + e',
        'from math import \\\n    pi\n\ntext = """\nfrom math import \\\n    pi\n"""\ny = pi + x',
        'import math; import cmath\n\ntext = """\nimport math; import cmath\n"""\ny = math.pi + cmath.pi + x',
        'text = """\nimport math\n"""; import math\ny = math.pi + x',
        'import math; text = """\nimport math\n"""\ny = math.pi + x',
        'import math  # why\n\ntext = """\nimport math  # why\n"""\ny = math.pi + x',
        '# why\nimport math\n\ntext = """\n# why\nimport math\n"""\ny = math.pi + x',
        'import math\n\n\ndef f():\n    import math\n\n    return math.pi\n\n\ntext = """\nimport math\n"""\ny = f()',
        'if x:\n    import math\nelse:\n    import cmath as math\ntext = """\nimport math\n"""\ny = math.pi',
        'import math\nimport math\n\ntext = """\nimport math\n"""\ny = math.pi + x',
        'import math\nimport cmath\n\ntext = """\n\n\nimport math\nimport cmath\n\n\n"""\ny = math.pi + cmath.pi + x',
        'import math\n\ntext = """   \nimport math   \n   \n"""\ny = math.pi + x',
        'import math\n\ntext = """\n# ko: import math\n# en: import math\n# > 3\n"""\ny = math.pi + x',
        'import math\n\ntext = """\n    ### BEGIN SOLUTION\n    ### END SOLUTION\n"""\ny = math.pi + x',
    ],
)
def test_imports_move_as_statements_and_strings_stay_as_they_are(own: str) -> None:
    program = written(own)
    assert strings(program) == strings(BEFORE + own)
    assert set(imported(program)) == set(imported(own))
    alone: dict[str, object] = {}
    lesson: dict[str, object] = {}
    exec(program, alone)
    exec(BEFORE + own, lesson)
    assert (alone["y"], alone["text"]) == (lesson["y"], lesson["text"])


def test_an_import_without_a_comment_leaves_its_place_once() -> None:
    own = 'text = """\nimport math\n"""\n\nimport math\n\n\ndef f():\n    return math.pi + x'
    assert written(own) == (
        'import math\n\nx = 1\n\ntext = """\nimport math\n"""\n\n\ndef f():\n    return math.pi + x'
    )


@pytest.mark.parametrize(
    "decorated",
    [
        "@mark\ndef f(): ...",
        "@(\n    mark\n)\ndef f(): ...",
        "@mark\n@(\n    mark  # twice\n)\nclass C: ...",
        "@mark\n# between\n@mark\nasync def f(): ...",
    ],
)
def test_a_statement_begins_with_its_first_decorator(decorated: str) -> None:
    assert [piece.text for piece in pieces(f"mark = str\n{decorated}\ny = 2")] == ["mark = str", decorated, "y = 2"]


def test_a_program_of_a_lesson_keeps_the_line_of_a_string() -> None:
    code = '# %%\nx = 1\n\n# %%\nimport math\n\ntext = """\nimport math\n"""\nprint(len(text), math.floor(x))\n'
    lesson = parse(Path("small.py"), f"# %% [markdown]\n# # Small {{ #small }}\n\n{code}")
    for lang in ("ko", "en"):
        assert programs(lesson)[-1].text(lang) == (
            'import math\n\nx = 1\n\ntext = """\nimport math\n"""\nprint(len(text), math.floor(x))'
        )
