"""All cores where much is asked for and the project wants it; one process otherwise. Long lessons first."""

from __future__ import annotations

import re

import pytest

from lessonkit.adapters import pytest_workers

SETTINGS = '[tool.pytest.ini_options]\ntestpaths = ["lessons"]\nall_cores = true\n'
CORES = pytest_workers.cores()
GOOD = "print(1)\n# > 1\n"


@pytest.fixture
def cores(project, light, monkeypatch):
    """A project that wants all cores, on a machine that has three."""
    monkeypatch.setattr(pytest_workers, "cores", lambda: 3)
    project.pytester.makepyprojecttoml(SETTINGS)
    for name in ("one", "two"):
        project.write(name, GOOD)
    return project


@pytest.fixture
def recorded(cores):
    """The same project, whose tests pass."""
    for name in ("one", "two"):
        cores.record(name)
    return cores


def workers(project, *arguments: str) -> int | None:
    """The processes that a command line gets; None where pytest-xdist is not there."""
    config = project.pytester.parseconfigure(*arguments)
    pytest_workers.choose_workers(config)
    return getattr(config.option, "numprocesses", None)


@pytest.mark.rest
@pytest.mark.parametrize("asked", [[], ["lessons"], ["lessons/one.py", "lessons/two.py"], ["-q", "--all", "."]])
def test_all_cores_where_much_is_asked_for(cores, asked):
    assert workers(cores, *asked) == 3


@pytest.mark.rest
@pytest.mark.parametrize(
    "asked",
    [
        ["lessons/one.py"],
        ["lessons/one.py::runs", "lessons/one.py::record"],
        ["--update-outputs"],
        ["--collect-only"],
        ["--pdb"],
        ["--trace"],
        ["-s"],
        ["--setup-plan"],
        ["--stepwise"],
    ],
)
def test_one_process_where_more_would_be_in_the_way(cores, asked):
    assert workers(cores, *asked) is None


@pytest.mark.rest
def test_who_says_how_many_gets_them(cores):
    assert workers(cores, "-n", "0") == 0
    assert workers(cores, "-n", "5") == 5
    assert workers(cores, "--dist", "loadfile", "--tx", "2*popen") is None


def test_a_project_that_does_not_ask_is_left_alone(cores):
    cores.pytester.makepyprojecttoml(SETTINGS.replace("all_cores = true", ""))
    assert workers(cores) is None


def test_without_xdist_all_runs_in_one_process(recorded):
    result = recorded.pytest("-p", "no:xdist")
    assert result.ret == 0
    assert "worker" not in result.stdout.str()


def test_a_machine_with_many_cores_is_not_filled(cores, monkeypatch):
    monkeypatch.setattr(pytest_workers, "cores", lambda: 64)
    assert workers(cores) == 8


@pytest.mark.rest
def test_the_longest_lesson_is_first_and_every_file_is_named(recorded):
    recorded.write("zebra", GOOD, head="# ---\n# time_limit: 90\n# ---\n\n")
    recorded.record("zebra")
    marked = "import pytest\n@pytest.mark.rest({})\ndef test_one(): pass\n"
    (recorded.path / "test_before.py").write_text("def test_one(): pass\n", encoding="utf-8")
    (recorded.path / "test_long.py").write_text(marked.format(70), encoding="utf-8")
    (recorded.path / "test_short.py").write_text(marked.format(5), encoding="utf-8")
    result = recorded.command(".", "-n", "1", "--all")
    assert result.returncode == 0, result.stdout + result.stderr
    named = re.findall(r"^\[ *(\d+)%\] (\S+)$", result.stdout, re.MULTILINE)
    assert [path for _, path in named] == [
        "lessons/zebra.py",
        "test_long.py",
        "lessons/one.py",
        "lessons/two.py",
        "test_short.py",
        "test_before.py",
    ]
    shares = [int(share) for share, _ in named]
    assert shares[0] == 0
    assert shares == sorted(shares)
    assert shares[-1] >= 90


@pytest.mark.rest
def test_workers_do_not_start_workers_of_their_own(recorded):
    result = recorded.command()
    assert result.returncode == 0, result.stdout + result.stderr
    started = re.findall(r"^(\d+) workers? \[\d+ items\]", result.stdout, re.MULTILINE)
    assert len(started) == (CORES > 1), "one line of one pytest"


@pytest.mark.rest
def test_what_needs_the_run_of_a_lesson_is_where_it_ran(recorded):
    for name in ("three", "four", "five"):
        recorded.write(name, GOOD)
        recorded.record(name)
    names = ["one", "two", "three", "four", "five"]
    test = f"import pytest\n@pytest.mark.parametrize('name', {names})\ndef test_it(name): pass\n"
    (recorded.path / "test_beside.py").write_text(test, encoding="utf-8")
    recorded.pytester.makepyprojecttoml(SETTINGS + 'with_lessons = ["test_beside.py"]\n')
    result = recorded.command(".", "-n", "2", "-v")
    assert result.returncode == 0, result.stdout + result.stderr
    ran = re.findall(r"^\[(gw\d)\].* PASSED (\S+)::(\S+)", result.stdout, re.MULTILINE)
    for name in names:
        on = {worker for worker, path, test in ran if f"{name}.py" in path or f"[{name}]" in test}
        assert len(on) == 1, name
    assert len({worker for worker, _, _ in ran}) == 2
