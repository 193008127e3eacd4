"""Work in a process of its own says and raises here what it said and raised there."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort, BuildError, PluginError

from lessonkit.for_mkdocs import beside as mkdocs_beside
from lessonkit.for_mkdocs.beside import beside

LOG = logging.getLogger("mkdocs.plugins.trial")
forks = pytest.mark.skipif(not sys.platform.startswith("linux") or os.cpu_count() == 1, reason="nothing is forked here")


@forks
def test_it_runs_elsewhere_and_logs_here(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def work() -> None:
        (tmp_path / "process").write_text(str(os.getpid()), encoding="utf-8")
        LOG.warning("half a %s is missing", "pair")

    finish = beside(work)
    assert not caplog.records
    finish()
    assert int((tmp_path / "process").read_text(encoding="utf-8")) != os.getpid()
    assert [(record.levelname, record.getMessage()) for record in caplog.records] == [
        ("WARNING", "half a pair is missing")
    ]


@pytest.mark.parametrize("error", [Abort("Aborted with 1 warnings in strict mode!"), PluginError("lessons/a.py:3: no")])
def test_an_error_that_ends_it_ends_the_build_here(error: Exception) -> None:
    def work() -> None:
        raise error

    with pytest.raises((BuildError, Abort), match=str(error)[:12]):
        beside(work)()


@forks
def test_a_fault_comes_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(BuildError):
        beside(lambda: {}["missing"])()
    assert "Traceback" in caplog.text
    assert "missing" in caplog.text


@forks
def test_a_process_that_dies_is_an_error() -> None:
    with pytest.raises(BuildError, match="ended before"):
        beside(lambda: os._exit(3))()


def test_with_one_core_it_runs_here_when_it_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mkdocs_beside.os, "cpu_count", lambda: 1)
    done: list[int] = []
    finish = beside(lambda: done.append(os.getpid()))
    assert done == []
    finish()
    assert done == [os.getpid()]
