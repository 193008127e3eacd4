"""Data of labs: recorded as outputs are, held against each run, and loaded by the page as a script."""

from __future__ import annotations

import json
import random

import pytest
from planting import problems
from test_labs import CELL, MODULE, QUESTION
from test_record import FIGURE, change, state

from lessonkit.assets import LABS
from lessonkit.checks.check import check_record
from lessonkit.checks.compare import Rule
from lessonkit.checks.lab_record import data_file, data_json, difference, with_data
from lessonkit.checks.nondeterminism import varying
from lessonkit.lesson.parse import read
from lessonkit.notebooks.notebook import parts
from lessonkit.pages import lab_checks, labs

CURVES = '{"loss": [0.5, None, 2], "name": "sgd"}'
REFERENCE = 'def sum_lab(state, data):\n    return {"sum": state["a"] + data["loss"][0]}\n\n\n'
FILE = '{\n"loss":[0.5,null,2],\n"name":"sgd"\n}\n'
UPDATE = "Run: pytest lessons/moved.py --update-outputs"


def write(project, value: str = CURVES, marker: str = 'data="curves"', reference: str = REFERENCE, cell: str = ""):
    """A lesson whose lab comes with a value."""
    lab = f'# %% lab="sum" {marker}\n{reference}'
    text = f"# %%{cell}\ncurves = {value}\n\n{FIGURE.replace('NAME', 'one')}\n{lab}{QUESTION['ko']}{QUESTION['en']}"
    return project.write("moved", text)


def reported(project, path) -> str:
    """What a run says of the data."""
    checked = project.check("moved")
    return str(checked.data(with_data(read(path))[0]) or "")


def refusal(project, value: str) -> str:
    """Why a value cannot be recorded."""
    write(project, value)
    (problem,) = project.check("moved").outcome.problems
    assert (problem.line - value.count("\n"), problem.sentence) == (22, "what this lab comes with cannot be recorded")
    return problem.evidence[-1]


def test_data_are_recorded_compactly_and_once(project):
    path = write(project)
    assert "records/moved/sum.json" in project.record("moved")
    assert data_file(read(path), "sum").read_text() == FILE
    before = state(project)
    assert project.record("moved") == []
    assert state(project) == before
    assert reported(project, path) == ""
    assert check_record(read(path)) == []


@pytest.mark.rest
def test_other_data_are_reported_with_their_place_and_recorded_again(project):
    path = write(project)
    project.record("moved")
    change(path, "0.5", "0.25")
    assert reported(project, path) == (
        'lessons/moved.py:22: the data of the lab "sum" differ from the recorded ones\n'
        "  lessons/records/moved/sum.json\n  curves['loss'][0]: recorded 0.5, now 0.25\n"
        f"Change intended? {UPDATE}"
    )
    assert project.record("moved") == ["records/moved/sum.json", "records/moved/record.json"]
    assert reported(project, path) == ""


@pytest.mark.rest
def test_pytest_checks_them_and_updates_them(project):
    path = write(project)
    project.pytest("--update-outputs", "lessons/moved.py", "-k", "runs")
    assert data_file(read(path), "sum").read_text() == FILE
    change(path, "0.5", "0.25")
    result = project.pytest("lessons/moved.py", "-k", "data")
    result.stdout.fnmatch_lines(["*moved.py:22: the data of the lab*", "*recorded 0.5, now 0.25*", f"*{UPDATE}*"])


@pytest.mark.rest
def test_a_file_that_is_missing_or_was_edited_is_reported_without_a_run(project):
    path = write(project)
    project.record("moved")
    file = data_file(read(path), "sum")
    file.write_text(FILE.replace("0.5", "0.75"))
    (problem,) = check_record(read(path))
    assert str(problem) == (
        'lessons/moved.py:22: the data of the lab "sum" were changed by hand\n'
        f"  their file: lessons/records/moved/sum.json\n{UPDATE}"
    )
    assert "recorded 0.75, now 0.5" in reported(project, path)
    for damage in ("{", ""):
        file.write_text(damage)
        assert "or their file is damaged" in reported(project, path)
    file.unlink()
    assert 'the data of the lab "sum" are not recorded' in str(check_record(read(path))[0])
    project.record("moved")
    assert file.read_text() == FILE


@pytest.mark.rest
def test_they_go_with_their_lab(project):
    path = write(project)
    project.record("moved")
    change(path, ' data="curves"', "")
    change(path, "state, data", "state")
    assert project.record("moved") == ["records/moved/record.json", "records/moved/sum.json"]
    assert sorted(file.name for file in (path.parent / "records" / "moved").iterdir()) == [
        "one.json",
        "one.svg",
        "record.json",
    ]


REFUSED = {
    '{"loss": [float("nan")]}': "curves['loss'][0] is nan",
    "[1 / 3]": "curves[0] is 0.3333333333333333, of more than 6 digits",
    "{1: 2}": "curves has a key that is no string: 1",
    "[{1, 2}]": "curves[0] is {1, 2}",
    "0": "the lesson makes no curves",
}


@pytest.mark.parametrize("value", REFUSED)
def test_what_json_lacks_or_nobody_rounded_is_reported(project, value):
    assert refusal(project, value if value != "0" else "0\ndel curves") in (REFUSED[value],)


@pytest.mark.rest
def test_a_number_may_vary_by_the_tolerance_of_the_cell_that_makes_it(project):
    path = write(project, cell=' tolerance="0.1"')
    project.record("moved")
    for value, accepted in (("0.52", True), ("0.6", False)):
        change(path, "0.5,", f"{value},")
        assert (reported(project, path) == "") == accepted
        change(path, f"{value},", "0.5,")


def test_two_runs_that_differ_are_reported(project):
    path = write(project)
    first = project.check("moved").outcome
    change(path, "0.5", "0.25")
    second = project.check("moved").outcome
    (problem,) = varying(read(path), first, second)
    assert problem.sentence == 'the data of the lab "sum" differ from run to run'
    assert problem.evidence == ("curves['loss'][0]: first 0.5, then 0.25",)


@pytest.mark.parametrize(
    ("one", "other"),
    [({"a": 1}, {"b": 1}), ([1], [1, 2]), ([1], {"a": 1}), (None, 0), (True, 1), ("1", 1), ([0.5], ["x"]), (1, 2)],
)
def test_every_other_value_differs(one, other):
    assert difference(one, other, Rule(False), "it").startswith("it")
    assert difference(other, one, Rule(False), "it").startswith("it")
    assert difference(one, json.loads(data_json(one)), Rule(True), "it") == ""


def test_elsewhere_a_number_may_have_its_noise():
    assert difference([0.1234], [0.1235], Rule(False), "it") == ""
    assert difference([0.1234], [0.1235], Rule(True), "it") == "it[0]: recorded 0.1234, now 0.1235"


MARKERS = {
    'lab="sum" data=""': "the data of this lab are not understood",
    'lab="sum" data="a.b"': "the data of this lab are not understood",
    'lab="sum" data="curves, 60"': "the data of this lab are not understood",
    'anchor="sum" data="curves"': "only a lab comes with data",
    'lab="record" data="curves"': 'a lab cannot be called "record": so is the record of the lesson',
    'lab="one" data="curves"': 'the name lab="one" is taken by line 7',
}


@pytest.mark.parametrize("marker", MARKERS)
def test_a_marker_that_says_something_else_is_reported(project, marker):
    path = write(project)
    text = path.read_text().replace('lab="sum" data="curves"', marker)
    text = text.replace('question="sum"', 'question="one"') if 'lab="one"' in marker else text
    assert any(MARKERS[marker] in problem.split("\n")[0] for problem in problems(text))


def test_a_reference_takes_them(project, monkeypatch, tmp_path):
    monkeypatch.setattr(labs, "LABS", tmp_path)
    (tmp_path / "sum.js").write_text(MODULE)
    path = write(project, reference=CELL.partition("\n")[2])
    (problem,) = lab_checks.check_labs(read(path))
    assert problem.sentence == 'the reference of the lab "sum" is not one function of its state and data'
    assert problem.hint == "Write: def sum_lab(state, data):"


def test_their_weight_is_reported_and_may_be_allowed(project, monkeypatch, tmp_path):
    monkeypatch.setattr(labs, "LABS", tmp_path)
    (tmp_path / "sum.js").write_text(MODULE)
    noise = "".join(random.Random(0).choices("abcdefghijklmnopqrstuvwxyz0123456789+/", k=60_000))
    path = write(project, repr(noise))
    project.record("moved")
    (problem,) = lab_checks.check_labs(read(path))
    assert str(problem).startswith('lessons/moved.py:22: the data of the lab "sum" weigh ')
    assert problem.sentence.endswith("bytes, compressed, of at most 30,720")
    change(path, 'data="curves"', 'data="curves, 60 kB"')
    assert list(lab_checks.check_labs(read(path))) == []


def test_a_page_loads_them_as_a_script_and_a_notebook_has_the_reference(project, monkeypatch, tmp_path):
    monkeypatch.setattr(labs, "LABS", tmp_path)
    (tmp_path / "sum.js").write_text(MODULE)
    for name in labs.KIT:
        (tmp_path / name).write_bytes((LABS / name).read_bytes())
    path = write(project)
    figure = '<figure class="lesson-figure" id="figure-one">'
    assert labs.with_labs(figure, read(path), "ko") == figure, "nothing is recorded yet"
    project.record("moved")
    found = labs.files(iter([read(path)]), "ko")
    *_, module, script = found
    assert (module.split(".")[0], script.split(".")[:2]) == ("sum", ["sum", "data"])
    assert found[script] == "labs.sum.data=" + FILE.strip() + ";\n"
    assert labs.with_labs(figure, read(path), "ko") == figure.replace(">", f' data-lab="{" ".join(found)}">')
    assert [part.text for part in parts(read(path), "en", "") if part.kind == "lab"] == [REFERENCE.strip()]
