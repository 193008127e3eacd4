"""The smallest programs that stand alone: what they keep, how they read, and how one that falls short is reported."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from program_state import check_state
from sampled import sampled

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import parse, read
from lessonkit.programs.dataflow import Flow
from lessonkit.programs.standalone import Program, check_run, is_known, programs
from lessonkit.running.prefix_tree import Ran, run
from lessonkit.running.run import Runner
from lessonkit.words import LANGUAGES

CASES = Path(__file__).parent / "cases" / "snippets"
UNSEEN = "unseen"
"""The lesson that changes a name behind everybody's back."""

NAMES = sorted(path.stem for path in CASES.glob("*.py"))
MARKED = [name for name in NAMES if name != "page"]
EVERY = 8
"""Of so many lessons one is run by everybody, the others with `--all`."""


def lesson(name: str) -> Lesson:
    """A lesson of tests/cases/snippets."""
    return read(CASES / f"{name}.py")


def expected(program: Program) -> tuple[str, ...]:
    """The lines that a program prints, as they are recorded."""
    return tuple(line for line, _ in program.expected_lines())


def named(name: str) -> dict[str, Program]:
    """The programs of a lesson by their names."""
    return {program.name: program for program in programs(lesson(name))}


def small(code: str) -> Lesson:
    """A lesson with this code."""
    return parse(Path("small.py"), f"# %% [markdown]\n# # Small {{ #small }}\n\n{code}")


def kept_lines(program: Program) -> list[str]:
    """The first lines of the statements before the cell that a program keeps."""
    return [program.lesson.statements[number][1].source.split("\n")[0] for number in program.kept]


@pytest.mark.parametrize("name", MARKED)
def test_the_last_cell_keeps_what_is_marked_and_nothing_else(name: str) -> None:
    program = programs(lesson(name))[-1]
    before = program.lesson.statements[: -len(program.cell.statements)]
    marked = [statement.source.split("\n")[0] for _, statement in before if "kept" in statement.source]
    assert kept_lines(program) == marked


@pytest.fixture(scope="module")
def ran(once: Callable[..., Path], pytestconfig: pytest.Config) -> dict[tuple[str, str], Ran]:
    """Every program of the lessons that are tested, run alone, by the names of both."""
    names = NAMES if pytestconfig.option.all else sorted({*NAMES[::EVERY], UNSEEN})
    found = {(name, program.name): program for name in names for program in programs(lesson(name))}

    def make(folder: Path) -> None:
        results = run([program.text("en") for program in found.values()], names=True)
        (folder / "ran.pickle").write_bytes(pickle.dumps(results))

    results = pickle.loads((once("snippets", make) / "ran.pickle").read_bytes())
    return dict(zip(found, results, strict=True))


@pytest.mark.rest
@pytest.mark.parametrize("name", sampled(NAMES, EVERY))
def test_every_program_prints_alone_what_the_lesson_prints(name: str, ran: dict[tuple[str, str], Ran]) -> None:
    for program in programs(lesson(name)):
        if (name, program.name) == (UNSEEN, "cell-10"):
            continue
        result = ran[name, program.name]
        assert check_run(program, result.output.splitlines(), result.error) is None, result


@pytest.mark.rest
@pytest.mark.parametrize("name", sampled(NAMES, EVERY))
def test_every_program_does_alone_what_the_lesson_does(
    name: str, ran: dict[tuple[str, str], Ran], runner: Runner
) -> None:
    outcome = runner.run(lesson(name), names=True)
    differ = [p.name for p in programs(lesson(name)) if check_state(p, outcome, ran[name, p.name])]
    assert differ == (["cell-10"] if name == UNSEEN else [])


@pytest.mark.rest
def test_what_the_analysis_cannot_see_is_caught_by_running(
    ran: dict[tuple[str, str], Ran], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(CASES)
    program = named(UNSEEN)["cell-10"]
    result = ran[UNSEEN, "cell-10"]
    assert str(check_run(program, result.output.splitlines(), result.error)) == (
        "unseen.py:10: the program of this code cell does not run alone as it does in the lesson\n"
        "  line 1 of its output\n"
        "  - 3\n"
        "  + 1\n"
        "  of the lines before it, it keeps: 7\n"
        'If something before it is missing, let the cell take everything: # %% needs="all"'
    )


def test_a_marked_cell_takes_everything() -> None:
    source = lesson(UNSEEN)
    program = programs(parse(source.path, source.text.replace("# %%\nprint", '# %% needs="all"\nprint')))[-1]
    assert program.kept == (0, 1, 2)
    result = run([program.text("en")])[0]
    assert check_run(program, result.output.splitlines(), result.error) is None


def test_programs_of_code_that_is_known_are_those_of_the_lesson_that_asks() -> None:
    """The abstract run is remembered by the code: other prose needs no other one, other code or another marker does."""
    source = lesson(UNSEEN)
    before = programs(source)
    longer = parse(source.path, source.text.replace("# %% [markdown]", "# %% [markdown]\n#", 1))
    assert is_known(longer)
    assert [program.kept for program in programs(longer)] == [program.kept for program in before]
    assert all(program.lesson is longer and program.cell in longer.code for program in programs(longer))
    assert not is_known(parse(source.path, source.text + "\n# %%\nunheard_of = 1\n"))
    other = parse(source.path, source.text.replace("# %%\nprint", '# %% needs="all"\nprint'))
    assert programs(other)[-1].kept != before[-1].kept


FIGURE = """\
import warnings

import matplotlib.pyplot as plt
import torch
import torch.nn.functional as F

# Hide warnings.
warnings.filterwarnings("ignore")

# logits
logits = torch.tensor([1.0, 2.0, 3.0])

probs = F.softmax(logits, dim=0)

fig, ax = plt.subplots()
ax.bar(range(3), probs)
plt.show()"""

ENTROPY = """\
import math
import warnings

import torch
import torch.nn.functional as F

# 경고를 숨깁니다.
warnings.filterwarnings("ignore")

# 로짓
logits = torch.tensor([1.0, 2.0, 3.0])

probs = F.softmax(logits, dim=0)


def entropy(p):
    # 자연로그를 씁니다.
    return -(p * p.log()).sum()


eps = 0.1

print(f"{entropy(probs) / math.log(2) + eps:.4f}")"""

IMPORTS = """\
import warnings
from collections import Counter

import torch
from torch import Tensor, nn

# Hide warnings.
warnings.filterwarnings("ignore")

# logits
logits = torch.tensor([1.0, 2.0, 3.0])

layer: nn.Module = nn.Identity()
print(layer(logits), Counter("aab")["a"], isinstance(logits, Tensor))"""

STARTER = """\
import warnings

import torch

# Hide warnings.
warnings.filterwarnings("ignore")

# logits
logits = torch.tensor([1.0, 2.0, 3.0])

eps = 0.1


# Find the half.
def halve(x):
    ...


print(halve(eps))

assert torch.equal(halve(logits), logits / 2)
print("fine")"""

AFTER = """\
# 절반을 구해 보세요.
def halve(x):
    # 나눕니다.
    return x / 2


print(halve(1.0))"""


@pytest.mark.parametrize(
    ("name", "lang", "text"),
    [
        ("figure-bars", "en", FIGURE),
        ("cell-41", "ko", ENTROPY),
        ("cell-45", "en", IMPORTS),
        ("starter-halve", "en", STARTER),
        ("exercise-halve", "en", STARTER.replace("    ...", "    # Divide.\n    return x / 2")),
        ("cell-93", "ko", AFTER),
    ],
)
def test_a_program_reads_well(name: str, lang: str, text: str) -> None:
    assert named("page")[name].text(lang) == text


def test_each_code_cell_figure_and_exercise_has_programs_with_names_of_their_own() -> None:
    assert list(named("page")) == [
        *("cell-7", "cell-19", "cell-30", "cell-41", "cell-45", "cell-54"),
        *("figure-bars", "starter-halve", "exercise-halve", "cell-93"),
    ]


def test_a_program_expects_the_records_of_what_it_keeps_and_then_those_of_its_cell() -> None:
    assert expected(programs(lesson("unfinished_line"))[-1]) == ("0 and more", "1")
    assert expected(named("page")["exercise-halve"]) == ("0.05", "fine")
    assert expected(named("page")["starter-halve"]) == ()


def test_a_cell_is_alone_if_it_needs_nothing_before_it() -> None:
    assert [program.kept for program in programs(lesson("without_a_need"))] == [(), ()]
    assert programs(lesson("draw_in_between"))[-1].kept


def test_an_import_stays_in_its_place_where_its_name_means_something_else_too() -> None:
    source = small("# %%\nfrom math import e\nx = e\n\n# %%\ne = 2 * x\nfrom math import pi\nprint(e, pi)\n")
    assert programs(source)[-1].text("en") == (
        "from math import pi\n\nfrom math import e\nx = e\n\ne = 2 * x\nprint(e, pi)"
    )
    source = small("# %%\nfrom math import log\nx = log(1)\n\n# %%\nfrom cmath import log\nprint(x, log(1))\n")
    assert (
        programs(source)[-1].text("en") == "from math import log\nx = log(1)\n\nfrom cmath import log\nprint(x, log(1))"
    )


def test_programs_are_as_ruff_would_leave_them(tmp_path: Path) -> None:
    for name in NAMES:
        for program in programs(lesson(name)):
            if not program.starter:
                path = tmp_path / f"{name}_{program.name}.py".replace("-", "_")
                path.write_text(f"{program.text('en')}\n", encoding="utf-8")
    for command in (["format", "--check"], ["check", "--select", "I"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--isolated", "--line-length", "120", "--no-cache", "."]
        result = subprocess.run(ruff, cwd=tmp_path, capture_output=True, text=True)
        assert result.returncode == 0, result.stdout


@pytest.mark.rest
def test_every_run_of_the_analysis_gives_the_same_programs() -> None:
    script = "import sys; from pathlib import Path; from lessonkit.lesson.parse import read\n"
    script += "from lessonkit.programs.standalone import programs\n"
    script += f"for path in sorted(Path({str(CASES)!r}).glob('*.py')):\n"
    script += "    for program in programs(read(path)): print(*[program.text(lang) for lang in ('ko', 'en')])\n"
    texts = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(texts) == 1


def test_a_missing_name_is_reported_with_the_line_that_binds_it() -> None:
    source = small("# %%\nvalue = 1\n\n# %%\nprint(2)\n# > 2\n")
    problem = check_run(programs(source)[-1], [], "NameError: name 'value' is not defined")
    assert problem.evidence == (
        "line 1 of its output",
        "- 2",
        "NameError: name 'value' is not defined",
        "line 5 binds value: value = 1",
        "of the lines before it, it keeps: none",
    )


def test_a_line_too_many_is_reported() -> None:
    program = programs(small("# %%\nprint(1)\n# > 1\n"))[-1]
    assert check_run(program, ["1  "]) is None
    assert check_run(program, ["1", "2"]).evidence[:2] == ("line 2 of its output", "+ 2")


def test_lines_agree_as_closely_as_their_own_cells_ask() -> None:
    code = '# %% tolerance="0.1"\nx = [print(0.5)]\n# > 0.50\n\n# %%\nprint(x, 1.25)\n# > [None] 1.25\n'
    program = programs(small(code))[-1]
    object.__setattr__(program, "kept", (0,))
    assert check_run(program, ["0.52", "[None] 1.25"]) is None
    assert check_run(program, ["0.52", "[None] 1.26"]).evidence[0] == "line 2 of its output"


def test_a_starter_stops_at_an_assert() -> None:
    program = named("page")["starter-halve"]
    assert check_run(program, ["None"], "AssertionError") is None
    assert check_run(program, ["None"], "TypeError: allclose(): argument 'input' must be Tensor") is None
    assert check_run(program, ["None"]).evidence[0] == "it does not stop at an assert"
    assert check_run(program, [], "NameError: name 'eps' is not defined").evidence[1].startswith("line 37 binds eps")


@pytest.mark.parametrize(
    "code",
    [
        "def walk(n):\n    return [walk(n - 1) for _ in range(n)]",
        "grow = lambda n: grow(n - 1) + grow(n - 2)\nsize = grow",
        "class Node:\n    def __init__(self, n=2):\n        self.parts = [Node(n - 1) for _ in range(n)]",
        "x = " + "[" * 60 + "]" * 60,
        "".join(f"def f{n}(x):\n    return f{n - 1}(x) + f{n - 1}(x)\n" for n in range(1, 40)),
    ],
)
def test_code_that_leads_far_ends_the_analysis_and_not_the_build(code: str) -> None:
    flow = Flow()
    for statement in ("f0 = abs", code, "y = [f0(3)] + [1]", "z = y"):
        flow.statement(statement)
    assert flow.state.needs[3] >= {2}


def test_a_class_may_annotate_more_than_its_names() -> None:
    flow = Flow()
    for statement in (
        "key = 'x'",
        "class Table:\n    size: int = 0\n    cells = {}\n    cells[key]: int = 1",
        "Table(2)",
    ):
        flow.statement(statement)
    assert flow.state.needs == [set(), {0}, {1}]


def test_a_function_may_import_for_the_whole_lesson() -> None:
    flow = Flow()
    for statement in (
        "def load():\n    global np\n    import numpy.linalg\n    import numpy as np",
        "load()",
        "np.ones(2)",
    ):
        flow.statement(statement)
    assert flow.state.needs == [set(), {0}, {1}]


def test_both_languages_are_the_same_program() -> None:
    for name in NAMES:
        for program in programs(lesson(name)):
            ko, en = (program.text(lang) for lang in LANGUAGES)
            assert [line for line in ko.split("\n") if "#" not in line] == [
                line for line in en.split("\n") if "#" not in line
            ]
