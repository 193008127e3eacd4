"""What a run shows against what is recorded: the messages, and how closely they must agree on which platform."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from lessonkit.checks.check import Checked
from lessonkit.lesson.parse import parse
from lessonkit.running.outcome import Outcome
from lessonkit.running.provenance import Platform, Record, record_path

HERE = Platform("2.13.0", "Linux", "x86_64", "GenuineIntel", "avx2")
ELSEWHERE = replace(HERE, system="Darwin")
TEXT = """# %% [markdown]
# # Case { #case }

# %%
x = 1
print(softmax(logits))
# > tensor([0.0900, 0.2447, 0.6652])
for y in loop:
    print(y)
# > 0.5000
# > two
# > 0.2447

# %% tolerance="0.1"
print(trained)
# > 0.90
"""
SILENT, SOFTMAX, LOOP, TRAINED = range(4)
OUTPUTS = {1: ("tensor([0.0900, 0.2447, 0.6652])",), 2: ("0.5000", "two", "0.2447"), 3: ("0.90",)}


@pytest.fixture
def checked(tmp_path, monkeypatch):
    """The lesson above, recorded on HERE, beside a run with other outputs or on another platform."""
    monkeypatch.chdir(tmp_path)
    lesson = parse(tmp_path / "lessons" / "softmax.py", TEXT)
    record_path(lesson).parent.mkdir(parents=True)
    record_path(lesson).write_text(Record.of(lesson, HERE).to_json(), encoding="utf-8")

    def against(outputs: Mapping[int, tuple[str, ...]], platform: Platform = HERE) -> Checked:
        return Checked(lesson, Outcome(platform, {**OUTPUTS, **outputs}, {}, {}, ()))

    return against


COMMAND = "pytest lessons/softmax.py --update-outputs"
HINT = (
    "Nothing changed since this was recorded, so it varies from run to run. "
    f"Find out what: {COMMAND} runs the lesson twice and names it."
)


def test_what_is_recorded_is_no_problem(checked):
    assert not checked({}).outputs_differ()
    assert checked({}).unrecorded() == []


def test_a_wrong_digit(checked):
    problem = checked({SOFTMAX: ("tensor([0.0900, 0.2447, 0.7652])",)}).output(SOFTMAX)
    assert str(problem) == (
        "lessons/softmax.py:6: output differs from the recorded one\n"
        "    print(softmax(logits))\n"
        "  - # > tensor([0.0900, 0.2447, 0.6652])\n"
        "  + # > tensor([0.0900, 0.2447, 0.7652])\n"
        f"{HINT}"
    )


def test_a_missing_output(checked):
    assert str(checked({SOFTMAX: ()}).output(SOFTMAX)) == (
        "lessons/softmax.py:6: this statement prints nothing, and an output is recorded for it\n"
        "    print(softmax(logits))\n"
        "  - # > tensor([0.0900, 0.2447, 0.6652])\n"
        f"{HINT}"
    )


def test_what_was_changed_by_its_author_is_recorded_again(checked):
    """Elsewhere, or where code or outputs are not those of the record, a difference need not vary from run to run."""
    wrong = {SOFTMAX: ("tensor([0.0900, 0.2447, 0.7652])",)}
    assert checked(wrong, ELSEWHERE).output(SOFTMAX).hint == f"Change intended? Run: {COMMAND}"
    record = record_path(checked({}).lesson)
    record.write_text(record.read_text(encoding="utf-8").replace('"code": "', '"code": "0'), encoding="utf-8")
    assert checked(wrong).output(SOFTMAX).hint == f"Change intended? Run: {COMMAND}"


def test_an_output_too_many(checked):
    (problem,) = checked({SILENT: ("surprise", "")}).unrecorded()
    assert str(problem) == (
        "lessons/softmax.py:5: this statement prints, and nothing is recorded for it\n"
        "    x = 1\n"
        "  + # > surprise\n"
        "  + # >\n"
        f"{HINT}"
    )


@pytest.mark.parametrize(
    ("printed", "shown"),
    [
        (("0.5000", "three", "0.2447"), ["- # > two", "+ # > three"]),
        (("0.5000", "0.2447"), ["- # > two"]),
        (("0.5000", "two", "0.2447", ""), ["+ # >"]),
        (("0.4000", "three", "0.2447"), ["- # > 0.5000", "+ # > 0.4000", "- # > two", "+ # > three"]),
    ],
)
def test_only_the_lines_that_differ_are_shown(checked, printed, shown):
    problem = checked({LOOP: printed}).output(LOOP)
    assert problem.evidence == ("  for y in loop:", "      print(y)", *shown)


def test_a_long_difference_is_cut(checked):
    evidence = checked({LOOP: tuple(map(str, range(50)))}).output(LOOP).evidence
    assert len(evidence) == 2 + 20 + 1
    assert evidence[-1] == "... and 33 more lines"


def test_elsewhere_noise_is_no_problem_and_not_shown_as_one(checked):
    noise = {SOFTMAX: ("tensor([0.0900, 0.2448, 0.6652])",), LOOP: ("0.5001", "two", "0.2446")}
    assert checked(noise).output(SOFTMAX)
    assert checked(noise).output(LOOP)
    assert not checked(noise, ELSEWHERE).outputs_differ()
    problem = checked({LOOP: ("0.5001", "three", "0.2446")}, ELSEWHERE).output(LOOP)
    assert problem.evidence[2:] == ("- # > two", "+ # > three")


@pytest.mark.parametrize("field", ["torch", "system", "machine", "cpu", "capability"])
def test_another_platform_is_one_that_differs_in_anything(checked, field):
    noise = {SOFTMAX: ("tensor([0.0900, 0.2448, 0.6652])",)}
    assert not checked(noise, replace(HERE, **{field: "other"})).outputs_differ()


def test_a_cell_with_a_tolerance_has_it_everywhere(checked):
    for platform in (HERE, ELSEWHERE):
        assert checked({TRAINED: ("0.98",)}, platform).output(TRAINED) is None
        assert checked({TRAINED: ("1.10",)}, platform).output(TRAINED)


def test_without_a_record_every_digit_counts(checked):
    found = checked({SOFTMAX: ("tensor([0.0900, 0.2448, 0.6652])",)}, ELSEWHERE)
    Path("lessons/records/softmax/record.json").unlink()
    assert found.output(SOFTMAX)


FIGURE = """# %% figure="one"
import matplotlib.pyplot as plt

plt.plot([0, 1], [0.0, 0.25])

# %% [markdown] lang="ko" caption="one"
# 그림.
#
# 설명.

# %% [markdown] lang="en" caption="one"
# The figure.
#
# The alternative.
"""


def figure(project) -> str | None:
    checked = project.check("drawn")
    problem = checked.figure(checked.lesson.code[0])
    return problem and str(problem)


@pytest.mark.rest
def test_a_figure_is_compared_by_what_it_draws(project):
    path = project.write("drawn", FIGURE)
    hint = "Run: pytest lessons/drawn.py --update-outputs"
    missing = 'lessons/drawn.py:4: the figure "one" is not recorded\n  this file is missing or damaged: '
    assert figure(project) == f"{missing}lessons/records/drawn/one.json\n{hint}"
    project.record("drawn")
    assert figure(project) is None
    path.write_text(path.read_text(encoding="utf-8").replace("0.25", "0.24"), encoding="utf-8")
    differs = 'lessons/drawn.py:4: the figure "one" differs from the recorded one'
    assert figure(project) == f"{differs}\n  axes 0, line 0, y[1]: recorded 0.25, drawn 0.24\nChange intended? {hint}"
    svg, data = (path.parent / "records" / "drawn" / f"one.{kind}" for kind in ("svg", "json"))
    svg.unlink()
    assert figure(project) == f"{missing}lessons/records/drawn/one.svg\n{hint}"
    for damaged in ("", "[]", '{"axes": 3, "size": [1, 2]}', "<<<<<<< HEAD"):
        data.write_text(damaged, encoding="utf-8")
        assert figure(project) is not None
