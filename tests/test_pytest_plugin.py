"""pytest checks and records lessons: what is collected, what is reported, and what is left alone."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

import pytest

from lessonkit.adapters.pytest_workers import pytest_xdist_make_scheduler
from lessonkit.lesson.parse import read
from lessonkit.running.provenance import read_record

GOOD = "print(1)\n# > 1\nx = 2\nprint(x)\n# > 2\n"
PROSE = '\n# %% [markdown] lang="ko"\n# 글.\n\n# %% [markdown] lang="en"\n# Prose.\n'
EXERCISE = """
# %% exercise="double"
def double(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %% check="double"
assert double(2) == 4
assert double(5) == 10
assert double(-1.5) == -3


# %% wrong="double"
# ko: 제곱입니다.
# en: It squares.
def double(x):
    return x**2


# %% wrong="double"
# ko: 둘을 더합니다.
# en: It adds two.
def double(x):
    return x + 2


# %% wrong="double"
# ko: 부호를 버립니다.
# en: It drops the sign.
def double(x):
    return abs(2 * x)


# %% right="double"
def double(x):
    return x + x
"""


def lines(result: pytest.RunResult, pattern: str) -> list[str]:
    """The lines of a report in which a pattern is found."""
    return [line for line in result.outlines if re.search(pattern, line)]


def ids(result: pytest.RunResult) -> list[str]:
    """What was collected."""
    return [line for line in result.outlines if "::" in line]


def contents(project) -> dict[Path, tuple[bytes, int]]:
    """Every file of the lessons, with its time."""
    files = (path for path in (project.path / "lessons").rglob("*") if path.is_file())
    return {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def test_each_thing_that_must_be_true_is_a_test(project):
    project.write("good", GOOD + EXERCISE + PROSE)
    project.record("good")
    result = project.pytest("--collect-only", "-q")
    assert ids(result) == [
        f"lessons/good.py::{name}"
        for name in [
            "runs",
            "output:5",
            "output:8",
            "unrecorded",
            "pair:case",
            "exercise:double",
            "answers:double",
            "notebook",
            "record",
        ]
    ]
    assert project.borrowed.ran == ["good"], "only the recorder ran it"
    project.pytest("-q").assert_outcomes(passed=9)
    assert project.borrowed.ran == ["good", "good"], "one run for all tests"


def test_one_output_can_be_asked_for(project):
    project.write("good", GOOD)
    project.record("good")
    result = project.pytest("-v", "lessons/good.py::output:8", "lessons/good.py::output:5")
    result.assert_outcomes(passed=2)
    assert [re.sub(" +.*", "", line) for line in lines(result, "PASSED")] == [
        "lessons/good.py::output:8",
        "lessons/good.py::output:5",
    ]
    assert project.borrowed.ran == ["good", "good"], "the recorder's run, and one more"
    project.pytest("-k", "output:5").assert_outcomes(passed=1, deselected=6)


def test_a_wrong_output_is_reported_as_the_design_says(project):
    path = project.write("good", GOOD)
    project.record("good")
    path.write_text(path.read_text(encoding="utf-8").replace("# > 2", "# > 3"), encoding="utf-8")
    result = project.pytest("lessons/good.py")
    result.assert_outcomes(passed=5, failed=2)
    text = "\n".join(result.outlines)
    assert (
        "lessons/good.py:8: output differs from the recorded one\n"
        "    print(x)\n"
        "  - # > 3\n"
        "  + # > 2\n"
        "Change intended? Run: pytest lessons/good.py --update-outputs\n" in text
    )
    assert (
        "lessons/good.py:1: the code or its outputs changed since they were recorded\n"
        "  record: lessons/records/good/record.json\n"
        "Run: pytest lessons/good.py --update-outputs\n" in text
    )
    assert "Traceback" not in text


def test_an_unrecorded_output_is_reported(project):
    project.write("new", "print(1)\nx = 2\nprint(x)\n")
    result = project.pytest("lessons/new.py")
    result.assert_outcomes(passed=3, failed=2)
    assert len(lines(result, "this statement prints, and nothing is recorded for it$")) == 2
    assert lines(result, "lessons/new.py:1: the outputs were never recorded$")


def test_without_the_option_nothing_is_written(project):
    project.write("new", GOOD.replace("# > 1", "# > 7") + EXERCISE + PROSE)
    before = contents(project)
    assert project.pytest().ret == 1
    assert contents(project) == before


def test_recording(project):
    path = project.write("new", "print(1)\nprint(2)\n" + PROSE)
    other = project.write("other", GOOD)
    result = project.pytest("lessons/new.py", "--update-outputs")
    assert result.ret == 0
    assert lines(result, "^recorded: ") == ["recorded: lessons/new.py", "recorded: lessons/records/new/record.json"]
    assert "print(1)\n# > 1\nprint(2)\n# > 2\n" in path.read_text(encoding="utf-8")
    assert not (other.parent / "records" / "other").exists()
    before = contents(project)
    result = project.pytest("lessons/new.py", "--update-outputs")
    assert result.ret == 0
    assert lines(result, "^recorded: ") == []
    assert contents(project) == before
    project.pytest("lessons/new.py").assert_outcomes(passed=7)


@pytest.mark.rest
@pytest.mark.parametrize("selection", [["lessons/new.py::output:5"], ["-k", "pair"], ["-k", "runs"]])
def test_a_part_of_a_lesson_records_the_whole(project, selection):
    path = project.write("new", "print(1)\n# > 7\nprint(2)\n" + PROSE)
    result = project.pytest("--update-outputs", *selection)
    assert result.parseoutcomes()["passed"] == 1
    assert "print(1)\n# > 1\nprint(2)\n# > 2\n" in path.read_text(encoding="utf-8")
    assert read_record(read(path)).is_of(read(path))


@pytest.mark.rest
def test_prose_is_held_against_the_new_outputs(project):
    """When recording, the numbers of the prose are compared with what is recorded then, not with those of before."""
    path = project.write("new", "x = 4\nprint(1 / x)\n" + PROSE.replace("글.", "값은 0.25입니다."))
    assert project.pytest("--update-outputs").ret == 1, "a decimal that the English cell lacks"
    path.write_text(path.read_text(encoding="utf-8").replace("Prose.", "It is 0.25."), encoding="utf-8")
    assert project.pytest().ret == 0
    path.write_text(
        path.read_text(encoding="utf-8").replace("x = 4", "x = 2").replace("0.25입", "0.5입"), encoding="utf-8"
    )
    path.write_text(path.read_text(encoding="utf-8").replace("It is 0.25", "It is 0.5"), encoding="utf-8")
    assert lines(project.pytest(), "the number 0.5 is in no output")
    assert project.pytest("--update-outputs").ret == 0


def test_a_lesson_needs_lessons_that_exist(project):
    project.write("second", GOOD, head="# ---\n# needs: [first]\n# ---\n\n")
    project.record("second")
    result = project.pytest("lessons/second.py")
    result.assert_outcomes(passed=7, failed=1)
    assert lines(result, "^lessons/second.py:2: there is no lesson first to read first$")


def test_a_lesson_that_fails_records_nothing(project):
    project.write("bad", "print(1)\n# > 7\nraise ValueError('no')\n")
    before = contents(project)
    result = project.pytest("--update-outputs")
    assert result.ret == 1
    assert contents(project) == before
    assert not lines(result, "^recorded: ")


@pytest.mark.parametrize("selection", [[], ["-k", "output or record or unrecorded"]])
def test_a_lesson_that_does_not_run_is_reported_once_in_full(project, selection):
    project.write("bad", GOOD + "raise ValueError('no')\n")
    result = project.pytest("-rs", *selection)
    text = "\n".join(result.outlines)
    assert text.count("lessons/bad.py:10: the lesson raises ValueError: no\n    raise ValueError('no')\n") == 1
    short = "lessons/bad.py: not checked, because of lessons/bad.py:10: the lesson raises ValueError: no"
    assert len(lines(result, f"SKIPPED .{3 if selection else 4}. {short}$")) == 1, "all in one line"
    assert result.parseoutcomes()["failed"] == 1
    assert "update-outputs" not in text, "which would be refused"
    assert project.borrowed.ran == ["bad"]
    assert "Traceback" not in text


def test_a_lesson_that_cannot_be_read_is_one_failing_test(project):
    project.write("bad", "x = (\n")
    project.write("good", GOOD)
    project.record("good")
    result = project.pytest("-v")
    result.assert_outcomes(passed=7, failed=1)
    assert lines(result, "^lessons/bad.py::format:5 FAILED")
    assert lines(result, "^lessons/bad.py:5: this is not valid Python: '\\(' was never closed$")
    assert "Traceback" not in "\n".join(result.outlines)


def test_a_file_that_cannot_be_read_is_reported(project, monkeypatch):
    project.write("secret", GOOD)

    def refused(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("lessonkit.authoring.all_checks.read_unchanged", refused)
    result = project.pytest()
    result.assert_outcomes(failed=1)
    assert lines(result, "^lessons/secret.py:1: the lesson cannot be read or recorded$")
    assert not lines(result, "Traceback")


def test_an_update_that_cannot_be_written_is_reported(project, monkeypatch):
    project.write("new", "print(1)\n")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    result = project.pytest("--update-outputs")
    monkeypatch.undo()
    assert lines(result, "^lessons/new.py:1: the lesson cannot be read or recorded$")
    assert lines(result, r"^  \[Errno 28\] No space left on device$")
    assert not lines(result, "Traceback")


def test_a_bad_exercise_is_reported(project):
    project.write("easy", "x = 1\n" + re.sub("assert double.*", "assert True", EXERCISE))
    result = project.pytest("-k", "exercise")
    assert lines(result, "^lessons/easy.py:7: the starter of this exercise passes its check$")


@pytest.mark.rest
def test_where_recording_moves_lines_answers_are_reported_where_they_stand_then(project):
    weak = EXERCISE.replace("assert double(-1.5) == -3\n", "").replace("return x + x", "return torch.no_such(x)")
    path = project.write("moved", "import torch\n\nfor x in range(3):\n    print(x)\n" + weak)
    result = project.pytest("--update-outputs")
    text = path.read_text(encoding="utf-8").split("\n")
    accepted = max(number for number, line in enumerate(text, 1) if line == '# %% wrong="double"')
    assert lines(result, f"^lessons/moved.py:{accepted}: the check of this exercise accepts this wrong answer$")
    right = text.index('# %% right="double"') + 1
    assert lines(result, f"^lessons/moved.py:{right}: this answer raises an error$") == []
    raised = text.index("    return torch.no_such(x)") + 1
    assert lines(result, f"^lessons/moved.py:{right}: with this answer the check stops at an error")
    assert lines(result, f"no attribute 'no_such' \\(line {raised}\\)$")


def test_what_varies_is_not_recorded(project):
    path = project.write("dice", "import os\n\nprint(os.getpid())\n" + EXERCISE)
    before = contents(project)
    result = project.pytest("--update-outputs")
    assert result.ret == 1
    assert contents(project) == before
    text = "\n".join(result.outlines)
    assert "lessons/dice.py:7: this differs from run to run: seed this\n    print(os.getpid())\n  - # > " in text
    assert not lines(result, "^recorded: ")
    path.write_text(path.read_text(encoding="utf-8").replace("os.getpid()", "os.getpid() > 0"), encoding="utf-8")
    assert project.pytest("--update-outputs").ret == 0


def test_checking_runs_a_lesson_once(project, monkeypatch):
    project.write("good", GOOD)
    project.record("good")
    monkeypatch.setattr(project.borrowed, "run_again", None)
    assert project.pytest().ret == 0


def test_an_expression_that_is_shown_nowhere_is_reported(project):
    project.write("habit", "x = 2\nx\nround(2.5)\nx\n")
    project.record("habit")
    result = project.pytest()
    result.assert_outcomes(passed=4, failed=3)
    assert len(lines(result, "^lessons/habit.py:[68]: this expression is shown nowhere$")) == 2
    assert lines(result, r"^lessons/habit.py:7: the value of this call \(int\) is shown nowhere$")
    path = project.write("again", "print(1)\nx = 2\nx\nround(2.5)\n")
    result = project.pytest("--update-outputs", "lessons/again.py")
    assert "# > 1" in path.read_text(encoding="utf-8")
    assert lines(result, "^lessons/again.py:8: this expression"), "on the lines of the file as it is then"
    assert lines(result, "^lessons/again.py:9: the value of this call")


def test_records_without_a_lesson_are_reported_and_stay(project):
    path = project.write("good", GOOD)
    project.record("good")
    path.rename(path.with_name("renamed.py"))
    for options in ((), ("--update-outputs",)):
        result = project.pytest(*options)
        assert lines(result, "^lessons/records/good:1: these records belong to no lesson$")
        assert (path.parent / "records" / "good" / "record.json").exists()


def test_a_file_that_is_no_record_is_reported_and_stays(project):
    path = project.write("good", GOOD)
    project.record("good")
    mine = path.parent / "records" / "good" / "mine.svg"
    mine.write_text("<svg/>", encoding="utf-8")
    assert project.record("good") == []
    assert lines(project.pytest(), "^lessons/records/good/mine.svg:1: this file is no record of the lesson$")
    assert mine.read_text(encoding="utf-8") == "<svg/>"


TEST = 'def test_nobody_calls_this(model):\n    """>>> 1\n    2\n    """\n    raise AssertionError\n'


@pytest.mark.parametrize("cwd", [".", "lessons"])
@pytest.mark.parametrize("named", [[], ["lessons"], ["lessons/test_named.py"]])
@pytest.mark.parametrize("options", [[], ["--doctest-modules"], ["--import-mode=importlib"]])
def test_nobody_else_collects_lessons(project, monkeypatch, cwd, named, options):
    project.write("test_named", TEST + "\n\nraise SystemExit('imported')\n")
    monkeypatch.chdir(project.path / cwd)
    result = project.pytest("--collect-only", "-q", *options, *(os.path.relpath(project.path / name) for name in named))
    assert [line.split("::")[1] for line in ids(result)] == ["runs", "unrecorded", "pair:case", "notebook", "record"]


def test_a_lesson_is_known_from_a_folder_below_it(project, monkeypatch):
    path = project.write("good", GOOD)
    (path.parent / "deeper").mkdir()
    monkeypatch.chdir(path.parent / "deeper")
    assert project.pytest("../good.py", "--update-outputs").ret == 0
    assert read_record(read(path)).is_of(read(path))


def test_what_is_no_lesson_is_collected_as_ever(project):
    (project.path / "test_other.py").write_text("def test_one():\n    assert True\n", encoding="utf-8")
    project.pytest("test_other.py").assert_outcomes(passed=1)


@pytest.mark.parametrize("arguments", [[], ["lessons"], ["."]])
def test_no_lesson_at_all_is_reported(project, arguments):
    assert lines(project.pytest(*arguments), "^no lesson found in lessons/$")
    project.write("one", GOOD)
    assert not lines(project.pytest(*arguments), "^no lesson found")


def test_updating_in_several_processes_is_refused(project):
    path = project.write("new", "print(1)\n")
    for parallel in (["-n", "2"], ["--tx", "2*popen", "--dist", "load"]):
        result = project.pytest("--update-outputs", *parallel)
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        assert "ERROR: --update-outputs records in one process: leave out -n" in result.errlines
    assert "# >" not in path.read_text(encoding="utf-8")
    assert project.pytest("--update-outputs", "-n", "0").ret == 0


@pytest.mark.rest
def test_a_lesson_stays_on_one_worker(project, light):
    for name in ("one", "two"):
        project.write(name, "".join(f"print({n})\n# > {n}\n" for n in range(15)))
        project.record(name)
    result = project.command("-v", "-n", "2", "--dist", "load")
    assert result.returncode == 0, result.stdout
    tests = re.findall(r"^\[(gw\d)\].*PASSED lessons/(\w+)\.py::(\S+)", result.stdout, re.MULTILINE)
    assert len(tests) == 2 * 20
    assert not any("@" in name for _, _, name in tests), "ids stay as they are"
    assert sorted({(worker, lesson) for worker, lesson, _ in tests}) in (
        [("gw0", "one"), ("gw1", "two")],
        [("gw0", "two"), ("gw1", "one")],
    )


@pytest.mark.parametrize("dist", ["load", "loadgroup", "worksteal"])
def test_other_tests_are_shared_out_as_ever(project, dist):
    config = project.pytester.parseconfig("--tx", "2*popen", "--dist", dist)
    scheduler = pytest_xdist_make_scheduler(config, None)
    assert scheduler._split_scope("lessons/softmax.py::output:42") == "lessons/softmax.py"
    assert scheduler._split_scope("tests/test_one.py::test_one") == "tests/test_one.py::test_one"
    assert scheduler._split_scope("tests/test_one.py::test_one@group") == "group"


def test_a_file_that_the_project_names_stays_on_one_worker(project):
    project.pytester.makepyprojecttoml('[tool.pytest.ini_options]\ntogether = ["tests/test_one.py"]\n')
    scheduler = pytest_xdist_make_scheduler(project.pytester.parseconfig("--tx", "2*popen", "--dist", "load"), None)
    assert scheduler._split_scope("tests/test_one.py::test_one") == "tests/test_one.py"
    assert scheduler._split_scope("tests/test_two.py::test_one") == "tests/test_two.py::test_one"


def test_the_files_that_stay_together_are_there():
    root = Path(__file__).parent.parent
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    assert [name for name in settings["together"] if not (root / name).is_file()] == []


@pytest.mark.parametrize("dist", ["no", "each", "loadfile", "loadscope"])
def test_other_ways_to_share_out_keep_files_together_themselves(project, dist):
    config = project.pytester.parseconfig("--tx", "2*popen", "--dist", dist)
    assert pytest_xdist_make_scheduler(config, None) is None


@pytest.mark.rest
def test_in_a_terminal_without_utf8(project, light):
    """Files are UTF-8 with \\n on every system and in every locale."""
    path = project.write("emoji", 'print("\\U0001f600 é")\n' + PROSE)
    old = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii:backslashreplace"}
    result = project.command("--update-outputs", **old)
    assert result.returncode == 0, result.stdout
    assert "# > 😀 é\n".encode() in path.read_bytes()
    assert b"\r" not in path.read_bytes() + (path.parent / "records" / "emoji" / "record.json").read_bytes()
    path.write_bytes(path.read_bytes().replace("😀 é".encode(), "😀 è".encode()))
    project.write("hangul", "print(chr(0xC548))\n")
    result = project.command(**old)
    assert result.returncode == 1
    assert "  - # > \\U0001f600 \\xe8\n  + # > \\U0001f600 \\xe9\n" in result.stdout
    assert "lessons/hangul.py:5: this statement prints Hangul\n" in result.stdout
    assert "Traceback" not in result.stdout + result.stderr
