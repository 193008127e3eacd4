"""What varies from run to run is found when a lesson is recorded: the second run is elsewhere."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sampled import sampled

from lessonkit.checks.nondeterminism import varying
from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.lesson.parse import parse
from lessonkit.running.run import Runner
from lessonkit.running.second_run import list_folders_backwards, places

SEED = "this differs from run to run: seed this"


def lesson(code: str, marker: str = "# %%") -> Lesson:
    """A lesson of one code cell, which begins on its line 5."""
    return parse(Path("lesson.py").absolute(), f"# %% [markdown]\n# # Case {{ #case }}\n\n{marker}\n{code}\n")


def test_folders_backwards_are_listed_as_os_lists_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("listdir", "scandir"):
        monkeypatch.setattr(os, name, getattr(os, name))  # the originals come back with the end of the test
    for name in "abc":
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)
    usual = os.listdir()
    list_folders_backwards()
    assert [os.listdir(), os.listdir("."), os.listdir(path=tmp_path)] == [usual[::-1]] * 3
    for entries in (os.scandir(), os.scandir("."), os.scandir(path=tmp_path)):
        with entries:
            assert [entry.name for entry in entries] == usual[::-1]


def found(runner: Runner, one: Lesson) -> list[Problem]:
    """What varies in a lesson, as the recorder asks."""
    first = runner.run(one)
    assert first.problems == ()
    return next((problems for again in runner.run_again(one) if (problems := varying(one, first, again))), [])


@pytest.mark.parametrize(
    "code",
    sampled(
        [
            "import torch\nprint(torch.randn(2))",
            "import torch\nprint(torch.nn.Linear(1, 1).weight.item())",
            "import random\nprint(random.random())",
            "import numpy as np\nprint(np.random.rand())",
            "import numpy as np\nprint(np.random.default_rng().random())",
            "import time\nprint(time.time())",
            "import datetime\nprint(datetime.date.today())",
            "import time\nprint(time.strftime('%H:%M'))",
            "import datetime\nprint(datetime.datetime.now().hour)",
            "from pathlib import Path\nprint(Path.home())",
            "import getpass\nprint(getpass.getuser())",
            "import os\nprint(os.cpu_count())",
            "import platform\nprint(platform.node())",
            "import socket\nprint(socket.gethostname())",
            "print(id(print))",
            "print(hash('a'))",
            "import os\nprint(os.getcwd())",
            "import os\nprint([name for name in os.listdir(os.path.dirname(os.__file__))][:3])",
            "from pathlib import Path\nprint(next(Path(Path.__module__ and '/').iterdir()))",
            "import os\nprint(next(os.walk('/'))[1][:3])",
            "import uuid\nprint(uuid.uuid4())",
        ],
        every=4,
    ),
)
def test_it_is_refused(runner, code):
    (problem,) = found(runner, lesson(code))
    assert (problem.line, problem.sentence) == (5 + code.count("\n"), SEED)
    assert [line[:6] for line in problem.evidence[1:]] == ["- # > ", "+ # > "]
    assert problem.hint.startswith("Seed what is random (`torch.manual_seed(0)`), sort what comes from a set")


@pytest.mark.rest
def test_the_order_of_a_set_is_refused(runner, light):
    """Under several hashes, for two words have either order half of the time."""
    with Runner() as runner:
        for code in (
            'print({"rock", "paper", "scissors"})',
            'print(*set("ab"))',
            'x = dict.fromkeys({"yes", "no"})\nprint(x)',
            'x, y = {"a": 1, "b": 2}, {"b": 3, "a": 4}\nprint(*(x.keys() & y.keys()))',
        ):
            (problem,) = found(runner, lesson(code))
            assert problem.sentence == SEED


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("print(sorted({'a', 'b'}))", 1),
        ("assert {'a'} <= set(x)\nassert len(set(x)) == 2\nassert not set(x) & set(y)", 1),
        ("for name in {'a', 'b'}:\n    print(name)", 8),
        ("x = frozenset('ab')", 8),
        ("x = {n for n in y}", 8),
        ("x = {'a': 1}", 1),
    ],
)
def test_where_the_order_of_a_set_may_show_runs_are_many(code, number):
    assert len(places(lesson(code))) == number


@pytest.mark.parametrize(
    "code",
    [
        "import torch\n_ = torch.manual_seed(0)\nprint(torch.randn(2))",
        "import random\nrandom.seed(0)\nprint(random.random())",
        "import os\nprint(sorted(os.listdir('/')) == sorted(os.listdir('/')), os.listdir())",
        "import glob\nwith __import__('os').scandir('/') as entries:\n    print(len(list(entries)) > 0)",
    ],
)
def test_what_is_the_same_everywhere_is_recorded(runner, code):
    assert found(runner, lesson(code)) == []


def test_a_cell_varies_within_its_tolerance(runner):
    code = "import os\nprint(f'loss {1 + 1e-9 * os.getpid():.9f}')"
    assert [problem.sentence for problem in found(runner, lesson(code))] == [SEED]
    assert found(runner, lesson(code, '# %% tolerance="0.1"')) == []


def test_only_the_first_of_what_varies_is_reported_in_full(runner):
    (problem,) = found(runner, lesson("import os\nx = os.getpid()\nprint(x)\nprint(x + 1)\nprint(x + 2)"))
    assert problem.line == 7
    assert problem.evidence[-1] == "and 2 more after it, which may follow from this"


def test_a_second_run_that_fails_is_reported(runner):
    (problem,) = found(runner, lesson("import os\nassert not os.environ.get('TZ', '').startswith('ELSE')"))
    assert (problem.line, problem.sentence) == (6, "the lesson raises AssertionError, in a second run only")


def test_a_figure_that_varies_is_refused(runner):
    caption = '\n\n# %% [markdown] lang="{}" caption="one"\n# A.\n#\n# B.'
    code = "import os\nimport matplotlib.pyplot as plt\n\nfig, ax = plt.subplots()\n_ = ax.plot([0, os.getpid()])"
    text = code + caption.format("ko") + caption.format("en")
    (problem,) = found(runner, lesson(text, '# %% figure="one"'))
    assert (problem.line, problem.sentence) == (4, 'the figure "one" differs from run to run')
    assert "first" in problem.evidence[0]
