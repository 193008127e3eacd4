"""Definitions move down as far as nothing that stands in between can see them, and no program does anything else."""

from __future__ import annotations

import ast

import pytest

from lessonkit.running import definitions
from lessonkit.running.definitions import imported, moved_down
from lessonkit.running.forest import grow, run

F, G = "def f():\n    return 1", "def g():\n    return f() + 1"


def moved(program: str) -> str:
    return "\n".join(ast.unparse(statement) for statement in moved_down(ast.parse(program).body))


@pytest.mark.parametrize(
    ("program", "order"),
    [
        (f"{F}\nx = 1\nprint(f())", f"x = 1\n{F}\nprint(f())"),
        (f"{F}\n{G}\nx = 1\nprint(g())\ny = 2", f"x = 1\n{F}\n{G}\nprint(g())\ny = 2"),
        (f"{F}\n{G}\nx = 1\nprint(f())", f"x = 1\n{F}\nprint(f())\n{G}"),
        ("import json\nx = 1\njson", "x = 1\nimport json\njson"),
        ("import json as j\nx = 1\nj", "x = 1\nimport json as j\nj"),
        ("from json import dumps, loads\nx = 1\nloads", "x = 1\nfrom json import dumps, loads\nloads"),
        ("class A:\n    n = -1\n\n    def f(self, y=3):\n        pass\nx = 1", None),
        ("import ast as nn\nclass A(nn.Module):\n    pass\nx = 1\nA", None),
        ("@torch.no_grad()\ndef f(x):\n    return x\ny = 1", None),
    ],
)
def test_a_definition_moves_to_what_needs_it(program: str, order: str | None) -> None:
    assert moved(program) == order if order else moved(program).split("\n")[0] in ("x = 1", "y = 1")
    assert moved(moved(program)) == moved(program)


STAYS = {
    "a name in a statement": f"{F}\nx = f()",
    "a name in a string": f"{F}\nx = 'f'",
    "an attribute of that name": f"{F}\nimport json\nx = json.f",
    "a name that is bound again": f"{F}\nf = 2",
    "a name that is deleted": f"{F}\ndel f",
    "a name that a called function reads": f"{G}\n{F}\nx = g()",
    "a name behind two functions": f"{F}\n{G}\ndef h():\n    return g()\nx = h()",
    "a name behind an object": f"{F}\ncalls = [lambda: f()]\nx = calls[0]()",
    "eval": f"{F}\nx = eval('f')",
    "globals": f"{F}\nx = len(globals())",
    "vars of a module": f"{F}\nimport sys\nx = len(vars(sys.modules['__main__']))",
    "dir": f"{F}\nx = dir()",
    "dir behind a function": f"{F}\ndef names():\n    return dir()\nx = names()",
    "a default that is made": "def f(x=[]):\n    return x\nx = 1",
    "a default that is read": "n = 1\ndef f(x=n):\n    return x\nx = 1",
    "a decorator": "import functools\n@functools.cache\ndef f():\n    pass\nx = 1",
    "an annotation": "n = 1\ndef f(x: n):\n    return x\nx = 1",
    "a class that calls": "class A:\n    x = print(1)\nx = 1",
    "a class of a class": "class A:\n    def __init_subclass__(cls):\n        print(1)\nclass B(A):\n    pass\nx = 1",
    "a module that is not there": "import no_such_module\nx = 1",
    "a name that a module lacks": "from json import no_such_name\nx = 1",
    "the future": "from __future__ import annotations\nx = 1",
    "all names of a module": "from json import *\nx = 1",
    "a coroutine": "async def f():\n    pass\nx = 1",
}
"""Programs with a definition that may not move below what follows it."""


@pytest.mark.parametrize("reason", STAYS)
def test_a_definition_stays_above_what_may_see_it(reason: str) -> None:
    kept = [line for line in moved(STAYS[reason]).split("\n") if line]
    assert kept[-1].split(" ")[0] in ("x", "f", "del")
    assert sorted(kept) == sorted(line for line in STAYS[reason].split("\n") if line)


def test_a_class_is_made_of_what_its_base_was_above() -> None:
    program = "import types as nn\nclass A(nn.Module):\n    pass\nnn = 3\nprint(A)"
    assert moved(program) == program.replace("\n    pass", "\n    pass")


def test_two_definitions_of_a_name_keep_their_order() -> None:
    again = F.replace("1", "2")
    assert moved(f"{F}\nx = 1\n{again}\nprint(f())") == f"x = 1\n{F}\n{again}\nprint(f())"
    between = f"{F}\nx = f()\n{again}\nprint(x)\nprint(f())"
    assert moved(between) == between


HOSTILE = [
    f"{F}\nprint('f' in dir())\nprint(f())",
    f"{F}\nprint(sorted(n for n in globals() if len(n) == 1))",
    "import json\nprint(1)\njson.loads('{')",
    f"print(1)\ntry:\n    f()\nexcept NameError as error:\n    print(error)\n{F}\nprint(f())",
    f"{F}\nimport sys\nprint(hasattr(sys.modules['__main__'], 'f'))",
    f"import inspect\n{F}\nprint(1)\nprint(inspect.getsource(f))",
    "import no_such_module\nprint(1)",
    "import this\nprint(1)",
    f"{F}\nx = 1\ndel f\nprint('f' in globals())",
    "class A:\n    pass\n\nprint(1)\nprint(A.__qualname__, A.__module__)",
]


@pytest.mark.parametrize(
    "programs", [HOSTILE, pytest.param([*STAYS.values()], marks=pytest.mark.rest)], ids=["hostile", "stays"]
)
def test_programs_together_do_what_each_does_alone(programs: list[str]) -> None:
    others = [program.replace("print(1)", "print(2)") for program in programs]
    assert run([*programs, *others])[: len(programs)] == run(programs, fork=False)


def test_training_below_different_definitions_runs_once() -> None:
    programs = [f"{F}\nx = sum([1])\nprint(x, f())", "import json\nx = sum([1])\nprint(x, json)", "x = sum([1])"]
    assert list(grow(programs).following) == ["x = sum([1])"]


def test_a_rule_that_were_forgotten_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(definitions, "_LOOKS", set())
    assert moved(STAYS["dir"]) != STAYS["dir"]
    monkeypatch.setattr(definitions, "_seen", lambda one, before: [one])
    assert moved(STAYS["a name that a called function reads"]) != STAYS["a name that a called function reads"]


def test_the_modules_of_programs_are_known() -> None:
    programs = [
        "import json.decoder as d, os\nfrom re import sub\nfrom . import x",
        "import this\nimport no_such_module",
    ]
    assert imported(programs) == {"json.decoder", "os", "re", "no_such_module"}
