"""Work in a process of its own says and raises here what it said and raised there."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort, BuildError, PluginError

from lessonkit.adapters import subprocess_build as mkdocs_beside
from lessonkit.adapters.subprocess_build import HELPERS, beside, hand_over

LOG = logging.getLogger("mkdocs.plugins.trial")
forks = pytest.mark.skipif(not sys.platform.startswith("linux") or os.cpu_count() == 1, reason="nothing is forked here")
SEEN: list[int] = []


@pytest.fixture(autouse=True)
def nobody_kept() -> Iterator[None]:
    yield
    for helper in HELPERS.values():
        helper.end()
    HELPERS.clear()


def write(task: dict) -> None:
    """Writes which process works, and how often it did."""
    SEEN.append(1)
    Path(task["to"]).write_text(f"{os.getpid()} {len(SEEN)}", encoding="utf-8")
    if task.get("say"):
        LOG.warning("half a %s is missing", task["say"])
    if task.get("raise"):
        raise PluginError(task["raise"])


def read(path: Path) -> tuple[int, int]:
    process, times = path.read_text(encoding="utf-8").split()
    return int(process), int(times)


@forks
def test_it_runs_elsewhere_and_logs_here(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    finish = beside(write, {"to": tmp_path / "process", "say": "pair"})
    assert not caplog.records
    finish()
    assert read(tmp_path / "process")[0] != os.getpid()
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "half a pair is missing")
    ]


@forks
def test_what_it_hands_over_is_there_before_its_end(tmp_path: Path) -> None:
    def work(task: dict) -> None:
        for name in ("first", "second"):
            hand_over(name, lambda name=name: [name, os.getpid()])
        while not (tmp_path / "end").exists():
            time.sleep(0.01)
        raise PluginError("it ended")

    there = beside(work, {})
    name, process = there.made("second")
    assert name == "second"
    assert process != os.getpid()
    (tmp_path / "end").touch()
    assert there.made("third") is None, "it ended without that"
    assert there.made("first") == ["first", process]
    with pytest.raises(BuildError, match="it ended"):
        there()


@forks
def test_what_nobody_took_is_not_that_of_the_next_work(tmp_path: Path) -> None:
    def work(task: dict) -> None:
        if task["hands"]:
            hand_over("number", lambda: task["hands"])

    beside(work, {"hands": 1}, keep="en")
    assert beside(work, {"hands": 2}, keep="en").made("number") == 2
    assert beside(work, {"hands": 0}, keep="en").made("number") is None


def test_nothing_is_made_for_nobody() -> None:
    hand_over("name", lambda: pytest.fail("this process has nobody to hand it to"))


@pytest.mark.parametrize("error", [Abort("Aborted with 1 warnings in strict mode!"), PluginError("lessons/a.py:3: no")])
def test_an_error_that_ends_it_ends_the_build_here(error: Exception) -> None:
    def work(task: dict) -> None:
        raise error

    with pytest.raises((BuildError, Abort), match=str(error)[:12]):
        beside(work, {})()


@forks
def test_a_fault_comes_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(BuildError):
        beside(lambda task: task["missing"], {})()
    assert "Traceback" in caplog.text
    assert "missing" in caplog.text


@forks
def test_a_process_that_dies_is_an_error_and_the_next_build_has_another(tmp_path: Path) -> None:
    def work(task: dict) -> None:
        if task.get("die"):
            os._exit(3)
        write(task)

    with pytest.raises(BuildError, match="ended before"):
        beside(work, {"die": True}, keep="en")()
    beside(work, {"to": tmp_path / "process"}, keep="en")()
    assert read(tmp_path / "process")[1] == 1


@forks
def test_a_process_that_was_killed_while_nobody_waited_is_replaced(tmp_path: Path) -> None:
    for unwaited in (False, True):
        finish = beside(write, {"to": tmp_path / "first"}, keep="en")
        if not unwaited:
            finish()
        os.kill(HELPERS["en"]._process.pid, 9)
        HELPERS["en"]._process.join()
        beside(write, {"to": tmp_path / "second"}, keep="en")()
        assert read(tmp_path / "second")[1] == 1


@forks
def test_a_process_that_is_kept_is_asked_again_and_remembers(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    for name in ("first", "second"):
        beside(write, {"to": tmp_path / name, "say": name}, keep="en")()
    process, times = read(tmp_path / "second")
    assert (process, times) == (read(tmp_path / "first")[0], 2)
    assert caplog.messages == ["half a first is missing", "half a second is missing"]
    beside(write, {"to": tmp_path / "third"}, keep="fr")()
    assert read(tmp_path / "third")[0] != process


@forks
def test_it_goes_on_after_an_error_there_and_after_one_here(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no such"):
        beside(write, {"to": tmp_path / "first", "raise": "no such lesson"}, keep="en")()
    beside(write, {"to": tmp_path / "second", "raise": "nobody waits for this"}, keep="en")
    beside(write, {"to": tmp_path / "third"}, keep="en")()
    assert read(tmp_path / "third") == (read(tmp_path / "first")[0], 3)


@forks
def test_it_ends_when_what_asked_it_is_killed(tmp_path: Path) -> None:
    program = (
        "import os\nfrom lessonkit.adapters.subprocess_build import beside\n"
        f"def work(task): open({str(tmp_path / 'process')!r}, 'w').write(str(os.getpid()))\n"
        "beside(work, {}, keep='en')()\nos.kill(os.getpid(), 9)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    process = Path("/proc", (tmp_path / "process").read_text(encoding="utf-8"))
    deadline = time.monotonic() + 30
    while process.exists() and "Z" not in (process / "stat").read_text(encoding="utf-8").split()[2]:
        assert time.monotonic() < deadline, "it goes on for nobody"
        time.sleep(0.05)


def test_with_one_core_it_runs_here_when_it_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mkdocs_beside.os, "cpu_count", lambda: 1)
    finish = beside(write, {"to": tmp_path / "process"})
    assert not (tmp_path / "process").exists()
    finish()
    assert read(tmp_path / "process")[0] == os.getpid()
