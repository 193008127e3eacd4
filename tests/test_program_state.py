"""A program does what its cell does: planted losses that no printed line would tell are told by names and figures."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from program_state import check_state, compared

from lessonkit.lesson.parse import parse
from lessonkit.programs.standalone import Program, check_run, programs
from lessonkit.running.prefix_tree import run

pytestmark = pytest.mark.rest
CODE = """\
# %%
import random

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

# %%
_ = torch.manual_seed(0)
rng = np.random.default_rng(0)
random.seed(0)

# %%
weights = torch.randn(3)

# %%
weights[0] = 5.0
weights *= 2
noise = rng.normal()

# %%
model = nn.Sequential(nn.Linear(3, 2), nn.Dropout(0.5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
history = []


def step():
    optimizer.zero_grad()
    loss = model(weights).sum()
    loss.backward()
    optimizer.step()
    history.append(loss.item())


# %%
step()

# %%
for _ in range(2):
    step()

# %%
_ = model.eval()
outputs = model(weights)

# %%
torch.rand(3).sum()
total = 0

# %%
pick = random.random()
batch = rng.permutation(8)

# %% figure="history"
fig, ax = plt.subplots()
ax.plot(history, label="loss")

# %% exercise="halve"
### BEGIN SOLUTION
half = weights / 2
### END SOLUTION

# %% check="halve"
assert torch.equal(half, weights / 2)
checked = half.sum()
"""
PROSE = '# %% [markdown] lang="ko"\n# {text}\n\n# %% [markdown] lang="en"\n# {text}\n\n'
LOST = {
    "the seed of torch": ("weights = torch.randn(3)", "_ = torch.manual_seed(0)", "weights after it:"),
    "the seed of a model": ("model = nn.Sequential", "_ = torch.manual_seed(0)", "model after it:"),
    "a seed of which only the state tells": (
        "torch.rand(3)",
        "_ = torch.manual_seed(0)",
        "random state of torch after it:",
    ),
    "the seed of Python": ("pick = ", "random.seed(0)", "pick after it:"),
    "an assignment to an item": ("step()", "weights[0] = 5.0", "history after it:"),
    "an operator in place": ("step()", "weights *= 2", "history after it:"),
    "a draw of a generator": ("pick = ", "noise = rng.normal()", "batch after it:"),
    "a step of training": ("for _ in", "step()", "history after it:"),
    "training before the outputs": ("_ = model.eval()", "for _ in range(2):", "_ after it:"),
    "training before the figure": ("fig, ax", "for _ in range(2):", "history after it:"),
    "what the check of an exercise needs": ("### BEGIN", "weights *= 2", "checked after it:"),
}


def small(code: str) -> Program:
    """A lesson that begins with a pair of titles."""
    return parse(Path("small.py"), f"# %% [markdown]\n# # Small {{ #small }}\n\n{code}")


@pytest.fixture(scope="module")
def lesson():
    caption = PROSE.replace("[markdown]", "[markdown]").replace('"\n', '" caption="history"\n')
    caption = caption.replace("{text}", "The loss.\n#\n# One falling line.\n#\n# - loss: 손실")
    return small(CODE.replace('\n# %% exercise="halve"', f'\n{caption}\n# %% exercise="halve"'))


def found(lesson, begins: str) -> Program:
    """The program of the cell that begins so."""
    return next(p for p in programs(lesson) if not p.starter and p.cell.sources["en"].startswith(begins))


def without(program: Program, begins: str) -> Program:
    """The program with the last kept statement lost that begins so."""
    numbers = [n for n in program.kept if program.lesson.statements[n][1].source.startswith(begins)]
    assert numbers, f"{program.name} does not keep {begins}"
    return replace(program, kept=tuple(n for n in program.kept if n != numbers[-1]))


@pytest.fixture(scope="module")
def outcome(lesson, runner):
    done = runner.run(lesson, names=True)
    assert done.problems == ()
    return done


@pytest.fixture(scope="module")
def ran(lesson):
    """All programs and those with a loss, each with its run; in one process, which imports torch once."""
    lossy = [without(found(lesson, cell), lost) for cell, lost, _ in LOST.values()]
    both = [*programs(lesson), *lossy]
    return list(zip(both, run([program.text("en") for program in both], names=True), strict=True))


@pytest.fixture(scope="module")
def whole(ran):
    return ran[: -len(LOST)]


@pytest.fixture(scope="module")
def planted(ran):
    return dict(zip(LOST, ran[-len(LOST) :], strict=True))


@pytest.mark.rest
def test_whole_programs_do_what_their_cells_do(outcome, whole):
    for program, ran in whole:
        assert program.starter == ran.statement.startswith("assert "), ran
        assert check_state(program, outcome, ran) is None
    names = {program.cell.sources["en"].split("\n")[0]: compared(program, outcome, ran) for program, ran in whole}
    assert names["step()"] == ["history", "model", "optimizer", "step", "random state of torch"]
    assert names["weights[0] = 5.0"] == ["noise", "rng", "weights"]
    assert names["### BEGIN SOLUTION"] == ["checked", "half", "torch", "weights"]


@pytest.mark.parametrize("fault", LOST)
def test_a_planted_loss_is_reported_though_nothing_is_printed(outcome, planted, fault):
    program, ran = planted[fault]
    assert check_run(program, ran.output.splitlines(), ran.error) is None
    problem = check_state(program, outcome, ran)
    assert problem is not None
    assert problem.line == program.cell.line
    assert problem.evidence[0].startswith(LOST[fault][2])
    assert [line[:2] for line in problem.evidence[1:]] == ["- ", "+ ", "of"]


def test_what_a_figure_draws_is_compared(outcome, whole):
    program, ran = next((program, ran) for program, ran in whole if program.cell.kind == "figure")
    assert ran.figure["axes"][0]["lines"][0]["y"] == outcome.figures["history"][1]["axes"][0]["lines"][0]["y"]
    changed = replace(ran, figure={**ran.figure, "size": [1, 1]})
    assert check_state(program, outcome, changed).evidence[0] == "size[0]: recorded 6.4, drawn 1"
    assert check_state(program, outcome, replace(ran, figure=None)).evidence[0] == "it draws no figure"


def test_a_name_that_is_not_bound_is_reported(outcome, whole):
    program, ran = next((program, ran) for program, ran in whole if "weights" in ran.names)
    names = {name: text for name, text in ran.names.items() if name != "weights"}
    assert check_state(program, outcome, replace(ran, names=names)).evidence[2] == "+ unbound"


def test_what_differs_between_two_runs_of_the_lesson_is_left_out(runner):
    lesson = small("# %%\nimport time\n\n# %%\nstart = time.perf_counter()\n\n# %%\nx = [1]\n")
    first, second = (runner.run(lesson, names=True) for _ in range(2))
    program = programs(lesson)[1]
    (ran,) = run([program.text("en")], names=True)
    assert check_state(program, first, ran).evidence[0] == "start after it:"
    assert check_state(program, first, ran, second) is None


def test_a_name_of_a_program_that_stands_for_something_else_by_then_is_not_compared(runner):
    code = "# %%\nlog, same = [], []\n\n# %%\ndef note():\n    log.append(len(log))\n\n\n"
    lesson = small(code + "# %%\nsame = log\n\n# %%\nnote()\n")
    outcome, program = runner.run(lesson, names=True), programs(lesson)[-1]
    (ran,) = run([program.text("en")], names=True)
    assert (program.kept, ran.names["same"].said) == ((0, 1), "list()")
    assert check_state(program, outcome, ran) is None
    assert compared(program, outcome, ran) == ["log", "note"]


def test_a_name_that_only_a_branch_not_taken_binds_is_not_compared(runner):
    lesson = small("# %%\nlow = 1\nhigh = 2\n\n# %%\nif low > 5:\n    high = 3\n    print(high)\n")
    outcome, program = runner.run(lesson, names=True), programs(lesson)[-1]
    (ran,) = run([program.text("en")], names=True)
    assert (program.kept, "high" in ran.names) == ((0,), False)
    assert check_state(program, outcome, ran) is None


def test_a_function_that_nobody_calls_yet_has_what_it_mentions(runner):
    code = "# %%\nimport math\n\n# %%\nscale = 2\n\n# %%\ndef area(r):\n    return scale * math.pi * r * late\n\n\n"
    lesson = small(f"{code}# %%\nlate = 3\n")
    outcome, program = runner.run(lesson, names=True), programs(lesson)[2]
    whole, *lossy = [program, without(program, "import math"), without(program, "scale")]
    results = run([one.text("en") for one in (whole, *lossy)], names=True)
    reported = [check_state(one, outcome, ran) for one, ran in zip((whole, *lossy), results, strict=True)]
    assert reported[0] is None
    assert [problem.evidence[0] for problem in reported[1:]] == [
        f"{name}, which a function of it mentions, is not bound" for name in ("math", "scale")
    ]


def test_a_run_tells_names_only_if_asked(runner, lesson, outcome):
    assert runner.run(lesson).names == {}
    assert list(outcome.names) == [cell.line for cell in lesson.code]
    (ran,) = run(["x = 1"])
    assert (ran.names, ran.figure) == ({}, None)
