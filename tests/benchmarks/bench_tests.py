"""Where the time of the tests goes: python tests/benchmarks/bench_tests.py [arguments of pytest, --all for one]

Runs pytest in this project and prints, for all of it, each worker, each file, each lesson and the slowest tests, the
seconds by the clock and by the processors. On a busy machine only the latter tell something: half of them is what two
idle cores need. They count a test's processes and their children (Linux; elsewhere they are 0). Nothing is asserted.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOG = "BENCH_TESTS_LOG"
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
SLOWEST = 30


@dataclass(frozen=True)
class Phase:
    """The set-up, the call or the tear-down of a test on a worker; `cpu` are the seconds of all its processes."""

    test: str
    worker: str
    begin: float
    end: float
    cpu: float

    @property
    def file(self) -> str:
        return self.test.partition("::")[0]


def _read(path: str) -> str:
    """A file, whatever a test has put in the place of `open`."""
    with io.open(path, encoding="utf-8") as file:  # noqa: UP020
        return file.read()


def cpu(process: int | str = "self") -> float:
    """The seconds that a process, those it began and those that ended below it have used."""
    try:
        numbers = _read(f"/proc/{process}/stat").rpartition(")")[2].split()
        children = [
            child for task in os.scandir(f"/proc/{process}/task") for child in _read(f"{task.path}/children").split()
        ]
    except OSError:  # it has ended, or there is no /proc
        return 0.0
    return sum(map(int, numbers[11:15])) / TICKS + sum(map(cpu, children))


class Notes:
    """A plugin: workers add the seconds of the processors to each report; the process that hears all writes them."""

    def __init__(self) -> None:
        self.last = cpu()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Iterator[None]:
        report = yield
        now = cpu()
        report.cpu, self.last = max(now - self.last, 0.0), now  # less where a process left its parent behind
        return report

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if "PYTEST_XDIST_WORKER" not in os.environ and hasattr(report, "cpu"):
            worker = getattr(report, "worker_id", "") or "alone"
            with open(os.environ[LOG], "a", encoding="utf-8") as log:
                print(json.dumps([report.nodeid, worker, report.start, report.stop, report.cpu]), file=log)


def pytest_configure(config: pytest.Config) -> None:
    """This file is a plugin for the pytest that it runs."""
    config.pluginmanager.register(Notes(), "bench-notes")


def main() -> None:
    """Runs pytest, and prints."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        log.touch()
        path = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
        environment = {**os.environ, LOG: str(log), "PYTHONPATH": path}
        begin, before = time.time(), os.times()
        command = [sys.executable, "-m", "pytest", "-p", "bench_tests", *sys.argv[1:]]
        code = subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        end, after = time.time(), os.times()
        phases = [Phase(*json.loads(line)) for line in log.read_text(encoding="utf-8").splitlines()]
    waited = sum(after[2:4]) - sum(before[2:4])  # without those that a browser leaves behind when it is ended
    used = max(waited, sum(phase.cpu for phase in phases))
    print(f"\n{end - begin:7.1f} s  pytest {' '.join(sys.argv[1:])}; {used:.0f} s of the processors; exit code {code}")
    if phases:
        first = min(phase.begin for phase in phases)
        print(f"{first - begin:7.1f} s  until the first test begins")
        show_workers(phases, first)
        show("files", sums(phases, lambda phase: phase.file))
        show("lessons", sums((p for p in phases if p.file.startswith("lessons/")), lambda phase: phase.file))
        show(f"the {SLOWEST} slowest tests", sums(phases, lambda phase: phase.test)[:SLOWEST])


def sums(phases: Iterable[Phase], key: Callable[[Phase], str]) -> list[tuple[str, float, float, int]]:
    """For each key the seconds by the clock, by the processors, and the number of tests; those that take most first."""
    clock, processors, tests = defaultdict(float), defaultdict(float), defaultdict(set)
    for phase in phases:
        clock[key(phase)] += phase.end - phase.begin
        processors[key(phase)] += phase.cpu
        tests[key(phase)].add(phase.test)
    return sorted(((name, clock[name], processors[name], len(tests[name])) for name in clock), key=lambda row: -row[1])


def show(what: str, rows: list[tuple[str, float, float, int]]) -> None:
    """One table."""
    print(f"\n  clock  processors  tests  {what}: {sum(row[1] for row in rows):.1f} s")
    for name, clock, processors, tests in rows:
        print(f"{clock:7.1f} {processors:11.1f} {tests:6}  {name}")


def show_workers(phases: list[Phase], first: float) -> None:
    """When each worker had nothing to do, between the first test of all and the last."""
    last = max(phase.end for phase in phases)
    for worker in sorted({phase.worker for phase in phases}):
        own = [phase for phase in phases if phase.worker == worker]
        busy, ended = sum(phase.end - phase.begin for phase in own), max(phase.end for phase in own)
        print(
            f"{busy:7.1f} s  {worker} at work; idle {last - first - busy:.1f} s, {last - ended:.1f} s of it at the end"
        )


if __name__ == "__main__":
    main()
