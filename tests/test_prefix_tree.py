"""Programs that share a beginning run it once."""

import ast

import pytest

from lessonkit.running.deferred import late
from lessonkit.running.prefix_tree import Ran, grow, run


def test_programs_part_where_they_differ():
    root = grow(["x = 1\nprint(x)", "x = 1\ny = 2", "z = 3"])
    assert list(root.following) == ["x = 1", "z = 3"]
    assert list(root.following["x = 1"].following) == ["print(x)", "y = 2"]
    assert sorted(root.programs()) == [0, 1, 2]


def test_programs_with_other_imports_share_what_comes_before_they_need_them():
    programs = ["import json\nimport math\nx = math.pi\nprint(x, json)", "import math\nx = math.pi\nprint(-x)"]
    shared = grow(programs).following["import math"].following["x = math.pi"]
    assert list(shared.following) == ["import json", "print(-x)"]


LATE = [
    ("import math\nx = 1\ny = math.pi", "x = 1\nimport math\ny = math.pi"),
    ("import numpy\nimport numpy.linalg\nx = 1\nnumpy.a", None),
    ("from math import pi as r\nx = 1\nfor r in (): pass", "x = 1\nfrom math import pi as r\nfor r in (): pass"),
    ("import json\nx = 1\ndef json(): ...", "x = 1\nimport json\ndef json(): ..."),
    ("import math\nx = 1\nprint(globals())\nmath.e", "x = 1\nimport math\nprint(globals())\nmath.e"),
    ("import math\nx = 1\ndel math", "x = 1\nimport math\ndel math"),
    ("import this_is_for_its_effect\nx = 1", None),
    ("from math import *\nx = pi", None),
    ("from __future__ import annotations\nx = 1\nannotations", None),
    ("print(math)\nimport math\nmath.pi", None),
    ("import math\ntry:\n    x = 1\nexcept ValueError as math:\n    ...", None),
    ("def f(): return math.pi\nimport math\nprint(f())\nmath.e", None),
    ("def f(): return 1\nx = 1\ny = f()", "x = 1\ndef f(): return 1\ny = f()"),
    ("def g(): ...\ndef f(): return g()\nx = 1\ny = f()", "x = 1\ndef g(): ...\ndef f(): return g()\ny = f()"),
    ("def f(): return g()\nfs = [f]\ndef g(): ...\nfs[0]()\ng()", None),
    ("a = 1\ndef f(x=a): return x\na = 2\nprint(f())", None),
    ("def f(x=a()): return x\ny = 1\nf()", None),
    ("@a\ndef f(): ...\ny = 1\nf()", None),
    (
        "def f(x):\n    y = x\n    return y\ny = 1\nx = [y for y in ()]\nf(x)",
        "y = 1\nx = [y for y in ()]\ndef f(x):\n    y = x\n    return y\nf(x)",
    ),
    ("LOSS, ACC = range(2)\nx = f()\nprint(ACC, x)", "x = f()\nLOSS, ACC = range(2)\nprint(ACC, x)"),
    ("lr = [-0.1, {'a': 1}]\nx = f()\nlr[0] = x", "x = f()\nlr = [-0.1, {'a': 1}]\nlr[0] = x"),
    ("lr = g()\nx = f()\nprint(lr)", None),
    ("x = 1\nsys.modules['__main__'].x = 3\nprint(x)", None),
    ("x = 1\nsys.modules[__name__].x = 3\nprint(x)", None),
    ("def x(): ...\nsys.modules['__main__'].x = print\nx()", None),
    ("c, a.b = range(2)\nx = f()\nprint(a, c)", None),
    ("lr = 1\nlr = 2\nx = f()\nprint(lr)", None),
    ("def f():\n    global x\n    x = 1\nx = 2\nf()", None),
    ("def f(): return lambda: [a for _ in x]\nx = 2\nf()", None),
    ("def x(): ...\nclass A:\n    x = x\ny = 1\nA()", "y = 1\ndef x(): ...\nclass A:\n    x = x\nA()"),
    (
        "class A(B):\n    x = 1\n    def f(self): ...\ny = 1\nA()",
        "y = 1\nclass A(B):\n    x = 1\n    def f(self): ...\nA()",
    ),
    ("class A:\n    x = f()\ny = 1\nA()", None),
    ("class A(metaclass=B): ...\ny = 1\nA()", None),
    (
        "import math\nfrom torch import nn\nclass A(nn.B): ...\nclass C(nn.B): ...\ndef f(): return A(math.pi), C",
        None,
    ),
    ("class A:\n    def __init_subclass__(cls): print(cls)\nclass B(A): ...\nprint(1)\nB()", None),
]
"""Programs, and how they run: None where everything stays."""


@pytest.mark.parametrize(("program", "order"), LATE, ids=[program for program, _ in LATE])
def test_what_only_binds_a_name_waits_for_what_needs_it_and_no_longer(program, order):
    ran = [ast.unparse(statement) for statement in late(ast.parse(program).body)]
    assert ran == [ast.unparse(statement) for statement in ast.parse(order or program).body]


STATEMENTS = [
    ("a = 1; b = 2; print(a, b); c = 3", "1 2\n"),
    ("a = 1\na += 1; a += 1\nprint(a)", "3\n"),
    ('text = """\na\n"""; text += \'b\'; print(len(text))\nprint(text)', "4\n\na\nb\n"),
    ("for i in range(2): print(i); print(-i)\nprint(i); print(i)", "0\n0\n1\n-1\n1\n1\n"),
    ("if True: print(1); print(2)\nelse: print(3)", "1\n2\n"),
    ("n = []; \\\nn.append(1); print(n)", "[1]\n"),
    ("marks = []\n@(\n    marks.append\n)\ndef f(): ...\nprint(len(marks))", "1\n"),
    ("marks = []; keep = marks.append\n@keep\n@(lambda f:\n  f)\nclass C: x = 1; y = 2\nprint(len(marks))", "1\n"),
    ("print([\n    1,\n    2]); print(3)", "[1, 2]\n3\n"),
    ("from __future__ import annotations\ndef f(x: nothing): ...\nprint(f.__annotations__)", "{'x': 'nothing'}\n"),
    ("import sys\nout = sys.stdout\nprint(1, file=out)\nsys.stdout.buffer.write(b'2\\n'); out.flush()", "1\n2\n"),
    (
        "import inspect\ndef f():  # two\n    return 2\nprint(inspect.getsource(f))",
        "def f():  # two\n    return 2\n\n",
    ),
]
"""Programs whose statements are not simply their lines, with what they print."""


def test_each_statement_runs_once_as_in_a_file():
    programs = [program for program, _ in STATEMENTS]
    assert run(programs) == [Ran(output) for _, output in STATEMENTS]
    assert run(programs[:1], fork=False) == [Ran(STATEMENTS[0][1])]


def test_programs_that_share_a_part_of_a_line_part_there():
    programs = ["a = 1; print(a); a = 2\nprint(a)", "a = 1; print(a)\nprint(-a)"]
    assert run(programs) == run(programs, fork=False) == [Ran("1\n2\n"), Ran("1\n-1\n")]


@pytest.mark.rest
@pytest.mark.parametrize("fork", [True, False])
def test_each_program_gets_its_own_output_and_its_own_world(fork):
    programs = [
        "items = []\nprint('start')\nitems.append(1)\nprint(items)",
        "items = []\nprint('start')\nitems.append(2)\nprint(items)",
        "items = []\nprint('start')",
        "print('items' in globals())",
        "items = []\nprint('start')\n\nassert items, 'empty'\nprint('never')",
    ]
    results = run(programs, fork=fork)
    assert results == [
        Ran("start\n[1]\n"),
        Ran("start\n[2]\n"),
        Ran("start\n"),
        Ran("False\n"),
        Ran("start\n", "AssertionError: empty", "assert items, 'empty'"),
    ]


@pytest.mark.rest
@pytest.mark.parametrize(
    ("shared", "draw"),
    [
        ("import torch\n_ = torch.manual_seed(1)", "torch.rand(2)"),
        ("import numpy as np\nnp.random.seed(1)", "np.random.rand()"),
        ("import random\nrandom.seed(1)", "random.random()"),
    ],
)
def test_random_numbers_after_the_parting_are_those_of_a_program_alone(shared, draw):
    programs = [f"{shared}\n{line}" for line in (f"print({draw})", f"a = {draw}\nprint({draw})", "x = 1")]
    together, alone = (run(programs, fork=fork, names=True) for fork in (True, False))
    for one, other in zip(together, alone, strict=True):
        assert (one.output, one.error) == (other.output, other.error)
        assert {name: reported.said for name, reported in one.names.items()} == {
            name: reported.said for name, reported in other.names.items()
        }


def test_a_program_that_dies_says_so_and_the_others_go_on():
    results = run(["x = 1\nimport os\nos._exit(3)", "x = 1\nprint(x)"])
    assert results[0].error == "the process died"
    assert results[1] == Ran("1\n")
