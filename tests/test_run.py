"""A lesson runs in a process of its own: it ends in time, dies alone, and leaves nothing behind."""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from sampled import sampled

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import parse, read
from lessonkit.running import run
from lessonkit.running.outcome import Outcome
from lessonkit.running.run import Runner, environment, has_avx2

CASES = Path(__file__).parent / "cases" / "run"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="needs fork and /proc")
NOT_IN_TIME = "Make it shorter, or give the head of the lesson a time_limit (in seconds)."


def lesson(code: str, head: str = "") -> Lesson:
    """A lesson of one code cell, which begins on its line 5 (without a head)."""
    return parse(Path("lesson.py").absolute(), f"{head}# %% [markdown]\n# # Case {{ #case }}\n\n# %%\n{code}\n")


@pytest.mark.parametrize(
    ("name", "message"),
    sampled(
        [
            ("endless", "endless.py:14: the lesson did not end within 2 s\n    time.sleep(1)"),
            (
                "endless_starter",
                "endless_starter.py:22: the starter of this exercise, with its check, did not end within 2 s\n"
                "    assert stop(3) == 0",
            ),
        ],
        every=2,
    ),
)
def test_a_lesson_that_does_not_end_is_ended(case, name, message):
    assert [str(problem) for problem in case(name).outcome.problems] == [f"{message}\n{NOT_IN_TIME}"]


def test_a_thread_that_does_not_end_is_ended(case):
    (problem,) = case("endless_thread").outcome.problems
    assert problem.sentence == "the lesson did not end within 0.5 s"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("dies", "dies.py:8: the lesson ended its process here (exit code 3)\n    os._exit(3)"),
        ("aborts", "aborts.py:7: the lesson ended its process here (Aborted)\n    os.abort()"),
    ],
)
def test_a_lesson_that_dies_says_where(case, name, message):
    assert [str(problem) for problem in case(name).outcome.problems] == [f"{message}\nLet it run to its end."]
    assert case("prints").outcome.problems == (), "the next lesson runs"


def test_a_lesson_runs_in_an_empty_folder_that_is_gone_afterwards(runner):
    found = runner.run(lesson("import os\n\nprint(os.getcwd(), os.listdir())\nos.chdir('/')"))
    folder, listing = found.outputs[1][0].split(" ", 1)
    assert listing == "[]"
    assert not Path(folder).exists()
    assert Path(folder) != Path.cwd()


def test_the_platform_is_reported(runner):
    here = runner.run(lesson("x = 1")).platform
    assert (here.system, here.machine) == (platform.system(), platform.machine())
    assert here.torch
    assert here.capability == ("avx2" if has_avx2() else here.capability)


def test_randomness_is_not_shared_by_accident(runner):
    """What one lesson seeds is unseeded in the next."""
    seeded = runner.run(lesson("import torch\n\ntorch.manual_seed(0)\nprint(torch.rand(1).item())"))
    fresh = runner.run(lesson("import torch\n\nprint(torch.initial_seed() == 0)"))
    assert seeded.problems == ()
    assert fresh.outputs[1] == ("False",)


def outcomes(runner: Runner) -> dict[str, Outcome]:
    """What becomes of lessons of all kinds."""
    names = ["ends", "raises", "endless_thread", "dies"]
    return {name: runner.run(read(CASES / f"{name}.py")) for name in names}


@pytest.mark.rest
@LINUX
def test_without_fork_everything_is_the_same(light):
    with Runner(fork=False) as single, Runner() as forking:
        alone, forked = outcomes(single), outcomes(forking)
    assert {**alone, "endless_thread": None} == {**forked, "endless_thread": None}
    said = {name: [problem.sentence for problem in outcome.problems] for name, outcome in alone.items()}
    assert said == {
        "ends": [],
        "raises": ["the lesson raises ValueError: no 3"],
        "endless_thread": ["the lesson did not end within 0.5 s"],
        "dies": ["the lesson ended its process here (exit code 3)"],
    }


@pytest.mark.rest
@pytest.mark.parametrize("fork", [pytest.param(True, marks=LINUX), False])
def test_imports_do_not_count_for_the_time_limit(light, fork):
    (light / "__init__.py").write_text(
        (light / "__init__.py").read_text() + "\nimport time\ntime.sleep(1.2)\n", encoding="utf-8"
    )
    with Runner(fork=fork) as slow:
        assert slow.run(lesson("import torch\n\nx = 1", "# ---\n# time_limit: 1\n# ---\n\n")).problems == ()


@pytest.mark.rest
@LINUX
def test_what_some_lessons_use_is_imported_before_the_first_of_them(light):
    fake = light.parent / "sklearn"
    fake.mkdir()
    for name in ("__init__", "datasets"):
        (fake / f"{name}.py").write_text("", encoding="utf-8")
    asks = lesson("import sys\n\nprint('sk' + 'learn.datasets' in sys.modules)")
    uses = lesson("import sys\n\nprint('sklearn.datasets' in sys.modules)")
    with Runner() as fresh:
        assert [fresh.run(one).outputs[1] for one in (asks, uses, asks)] == [("False",), ("True",), ("True",)]


@pytest.mark.parametrize("fork", [pytest.param(True, marks=LINUX), False])
def test_a_worker_that_cannot_start_says_why(light, monkeypatch, tmp_path, fork):
    monkeypatch.chdir(tmp_path)
    (light / "__init__.py").write_text("raise OSError('libtorch_cpu.so: no such file')\n", encoding="utf-8")
    with Runner(fork=fork) as broken:
        (problem,) = broken.run(lesson("x = 1")).problems
        assert str(problem).startswith("lesson.py:1: the process that runs lessons died (exit code 1)\n")
        assert problem.evidence[-1] == "OSError: libtorch_cpu.so: no such file"
        assert problem.hint == 'Does this work? python -c "import torch, matplotlib.pyplot"'


@pytest.mark.rest
@LINUX
def test_a_worker_that_dies_is_replaced(light):
    with Runner() as mortal:
        mortal.run(lesson("import os, signal\n\nos.kill(os.getppid(), signal.SIGKILL)"))
        assert mortal.run(lesson("print(1)")).outputs == {0: ("1",)}
        os.kill(mortal._workers[0].process.pid, signal.SIGKILL)
        mortal._workers[0].process.wait()
        assert mortal.run(lesson("print(2)")).outputs == {0: ("2",)}


@pytest.mark.rest
def test_an_error_of_the_engine_is_reported_as_such(light):
    with Runner() as failing:
        (problem,) = failing.run(
            lesson("import sys\n\nsys.modules['lessonkit.running.execute'].LessonRun._figures = None")
        ).problems
    assert problem.sentence == "the engine failed while the lesson ran"
    assert problem.evidence[-1] == "TypeError: 'NoneType' object is not callable"


def test_the_environment_is_pinned_down(monkeypatch):
    monkeypatch.setattr(run, "has_avx2", lambda: True)
    monkeypatch.setenv("PYTHONWARNINGS", "ignore")
    pinned = environment()
    assert {pinned[name] for name in run.ONE_THREAD} == {"1"}
    assert pinned["ATEN_CPU_CAPABILITY"] == "avx2"
    assert pinned["PYTHONWARNINGS"] == ""
    assert (pinned["MPLBACKEND"], pinned["CUDA_VISIBLE_DEVICES"], pinned["PYTHONUTF8"]) == ("agg", "", "1")
    monkeypatch.setattr(run, "has_avx2", lambda: False)
    monkeypatch.delenv("ATEN_CPU_CAPABILITY", raising=False)
    assert "ATEN_CPU_CAPABILITY" not in environment()


@pytest.mark.parametrize(
    ("cpuinfo", "known"),
    [
        ("flags\t\t: fpu sse2 avx avx2 bmi2\n", True),
        ("flags\t\t: fpu sse2 avx\n", False),
        ("Features\t: fp asimd evtstrm\nCPU implementer\t: 0x41\n", False),
        (None, False),
    ],
)
def test_avx2_is_asked_for_only_where_it_is_known(monkeypatch, cpuinfo, known):
    def read_text(path: Path, **_: object) -> str:
        if cpuinfo is None:
            raise FileNotFoundError(path)
        return cpuinfo

    monkeypatch.setattr(sys, "platform", "darwin" if cpuinfo is None else "linux")
    monkeypatch.setattr(Path, "read_text", read_text)
    assert has_avx2() is known


@pytest.mark.parametrize("present", [0, 1])
def test_avx2_on_windows(monkeypatch, present):
    kernel32 = SimpleNamespace(IsProcessorFeaturePresent=lambda feature: present if feature == 40 else None)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel32), raising=False)
    assert has_avx2() is bool(present)


PYTEST = """
import signal, pytest
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background jobs ignore
raise SystemExit(pytest.console_main())
"""


def processes(mark: str) -> list[int]:
    """The processes that have a mark in their environment."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and mark.encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except OSError:
            continue
    return found


def wait_until(true: object, seconds: float = 30) -> bool:
    """Waits for something to become true."""
    deadline = time.monotonic() + seconds
    while not (done := true()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return done


@pytest.mark.rest
@LINUX
@pytest.mark.parametrize(("sent", "limit"), [(signal.SIGINT, 60), (signal.SIGKILL, 2)])
def test_a_pytest_that_is_stopped_leaves_no_process_behind(project, light, sent, limit):
    project.write("endless", "while True:\n    pass\n", head=f"# ---\n# time_limit: {limit}\n# ---\n\n")
    mark = f"LESSONKIT_TEST_{os.getpid()}_{sent}"
    command = [sys.executable, "-c", PYTEST, "-p", "no:cacheprovider", "lessons/endless.py"]
    pytest_ = subprocess.Popen(command, env={**os.environ, mark: "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        assert wait_until(lambda: len(processes(mark)) == 3), "pytest, the worker, the lesson"
        pytest_.send_signal(sent)
        said, _ = pytest_.communicate(timeout=30)
        assert wait_until(lambda: processes(mark) == [])
        assert b"lessonkit" not in said or b"KeyboardInterrupt" in said
    finally:
        for pid in processes(mark):
            os.kill(pid, signal.SIGKILL)
