"""Programs of pages: what the local engine tells, its limits, and that nothing of a run stays."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sampled import sampled

from lessonkit.running.descendants import descendants
from lessonkit.running.live import Event, Limits, LocalEngine, Request
from lessonkit.running.live_spares import FORK, SpareEngine, local_engine
from lessonkit.running.live_told import PREFIX, exited
from lessonkit.running.run import end_tree

linux = pytest.mark.skipif(sys.platform != "linux", reason="what is left of a run is seen in /proc")
pytestmark = linux
LIMITS = Limits(seconds=20, characters=10_000, bytes=300 << 20, processes=20)


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalEngine]:
    """An engine that has imported nothing."""
    one = LocalEngine(LIMITS, modules=())
    yield one
    one.close()


@pytest.fixture(scope="module")
def spares() -> Iterator[SpareEngine]:
    """As `engine`, for systems that cannot fork."""
    one = SpareEngine(LIMITS, modules=())
    yield one
    one.close()


@pytest.fixture
def both(request: pytest.FixtureRequest) -> LocalEngine:
    """An engine of one of the two ways."""
    return request.getfixturevalue(request.param)


both_ways = pytest.mark.parametrize("both", sampled(["engine", "spares"], every=2), indirect=True)
both_ways_for_everybody = pytest.mark.parametrize("both", ["engine", "spares"], indirect=True)


def ran(engine: LocalEngine, program: str, own: int = 1) -> list[Event]:
    """The events of a program; nothing of it may be left when the last one is reported, its strays soon after."""
    events: list[Event] = []
    spare = waiting(engine) if isinstance(engine, SpareEngine) else 0
    engine.run(Request("run", program, own), events.append)
    assert ["end" in event for event in events] == [False] * (len(events) - 1) + [True]
    assert (left_of(spare) if spare else left(engine)) == ([], [])
    return events


def waiting(engine: SpareEngine) -> int:
    """The process that the next program runs in."""
    assert engine.status()["state"] != "stopped"
    return engine._spare.process.pid


def left(engine: LocalEngine) -> tuple[list[int], list[str]]:
    """The processes and the folders that the engine's worker has, when it had a moment to sweep."""
    worker = engine._worker.process.pid
    return soon(lambda: ([one.pid for one in descendants(worker) if one.pid != worker], folders(worker)), ([], []))


def left_of(spare: int) -> tuple[list[int], list[str]]:
    """What there is of a process that ran a program: itself and what it started, its folder."""
    found = Path(tempfile.gettempdir())
    look = lambda: ([one.pid for one in descendants(spare)], [*map(str, found.glob(f"{PREFIX}{spare}-*"))])  # noqa: E731
    return soon(look, ([], []))


def folders(worker: int) -> list[str]:
    """What lies in the folder of a worker."""
    found = Path(tempfile.gettempdir()).glob(f"{PREFIX}{worker}-*")
    return sorted(path.name for folder in found for path in folder.iterdir())


def soon(look: Callable[[], object], wanted: object) -> object:
    """What is seen, at the latest after some seconds, which count on no busy machine."""
    end = time.monotonic() + 10
    while (seen := look()) != wanted and time.monotonic() < end:
        time.sleep(0.02)
    return seen


def text(events: list[Event], key: str = "out") -> str:
    return "".join(event.get(key, "") for event in events)


@both_ways_for_everybody
def test_lines_are_reported_apart_from_those_of_earlier_code_and_in_order(both: LocalEngine) -> None:
    program = "import sys\nprint('before')\nprint(1)\nprint(2, file=sys.stderr)\nprint('3', end='')"
    *events, last = ran(both, program, own=3)
    assert events == [{"out": "before\n"}, {"own": True}, {"out": "1\n"}, {"err": "2\n"}, {"out": "3"}]
    assert last["end"] == "done"


@both_ways_for_everybody
def test_a_line_is_reported_while_the_program_runs_on(both: LocalEngine) -> None:
    events: list[Event] = []
    seen = threading.Event()

    def hear(event: Event) -> None:
        events.append(event)
        if "out" in event:
            seen.set()

    spare = waiting(both) if isinstance(both, SpareEngine) else 0
    running = threading.Thread(target=both.run, args=(Request("slow", "print('first')\nwhile True: pass"), hear))
    running.start()
    assert seen.wait(10)
    both.stop("slow")
    running.join(10)
    assert [event.get("end") for event in events] == [None, None, "stopped"]
    assert (left_of(spare) if spare else left(both)) == ([], [])


@both_ways
def test_many_short_lines_are_few_events(both: LocalEngine) -> None:
    events = ran(both, "for i in range(2000): print(i)")
    assert text(events) == "".join(f"{i}\n" for i in range(2000))
    assert len(events) < 200


@both_ways
def test_each_run_starts_with_nothing_done_in_an_empty_folder(both: LocalEngine) -> None:
    program = "import os, random\nprint(os.listdir('.'), 'x' in globals())\nopen('file', 'w').write('x')\nx = 1"
    assert text(ran(both, program)) == text(ran(both, program)) == "[] False\n"
    numbers = {text(ran(both, "import random\nprint(random.random())")) for _ in range(2)}
    assert len(numbers) == 2


ERRORS = {
    "x = 1\ndef f():\n    return 1 / 0\nf()": ("ZeroDivisionError", "division by zero", [4, 3]),
    "x = 1\ny = (": ("SyntaxError", "'(' was never closed", [2]),
    "input()": ("EOFError", "EOF when reading a line", [1]),
    "\nraise ValueError": ("ValueError", "", [2]),
    "class E(Exception):\n    def __str__(self): 1 / 0\nraise E": ("E", "", [3]),
    "e = ValueError('a'); e.add_note('b')\nraise e": ("ValueError", "a\nb", [2]),
    "from __future__ import braces": ("SyntaxError", "not a chance", [1]),
}


@pytest.mark.parametrize("program", ERRORS)
def test_an_error_is_reported_with_its_lines(engine: LocalEngine, program: str) -> None:
    errors(engine, program)


@pytest.mark.rest
@pytest.mark.parametrize("program", list(ERRORS)[:3])
def test_an_error_is_reported_with_its_lines_where_nothing_forks(spares: SpareEngine, program: str) -> None:
    errors(spares, program)


def errors(engine: LocalEngine, program: str) -> None:
    """What a program raises is reported."""
    *_, error, last = ran(engine, program)
    assert (error["error"], error["message"], error["lines"]) == ERRORS[program]
    assert last["end"] == "error"


LEAVE = "import os, time\nif not os.fork():\n    os.setsid()\n    if not os.fork(): time.sleep(60)\n    os._exit(0)\n"
FORKS_FOR_EVER = "import os\nwhile True: os.fork()"
"""Whoever counts processes five times a second only lets a small computer have too many."""
MANY = "for _ in range(100):\n    if not os.fork(): time.sleep(60)\ntime.sleep(60)"
ENDS = {
    "done": ["pass", "import sys; sys.exit()", f"{LEAVE}os.wait()", "import os; os.system('sleep 60 &')"],
    "exit": ["import os; os._exit(3)", "import sys; sys.exit('no')", f"{LEAVE}os._exit(1)"],
    "signal": ["import ctypes; ctypes.string_at(0)", "import os; os.kill(os.getpid(), 15)"],
    "output": [
        "while True: print('x')",
        "print('x' * 10**7)",
        "import os\nwhile True: os.write(1, b'x' * 1000)",
        "import sys\nwhile True: sys.stderr.write('x')",
        "import os, time\nfor i in range(3):\n    if os.fork(): break\nwhile True: print('x')",
    ],
    "processes": [
        "import os, time\nfor _ in range(100):\n    if not os.fork(): os.setsid(); time.sleep(60)\ntime.sleep(60)",
        FORKS_FOR_EVER,
    ],
    "memory": ["x = bytearray(10**13)", "x = []\nwhile True: x.append(b'x' * 10**7)"],
}


@pytest.mark.parametrize(
    ("end", "program"), sampled([(end, program) for end in ENDS for program in ENDS[end]], every=4)
)
def test_every_end_is_reported_once_and_nothing_stays(engine: LocalEngine, end: str, program: str) -> None:
    ends(engine, end, program)


IN_A_GROUP = [
    (end, program) for end in ENDS for program in ENDS[end] if "setsid" not in program and program != FORKS_FOR_EVER
]


@pytest.mark.rest
@pytest.mark.parametrize(("end", "program"), [*IN_A_GROUP, ("processes", "import os, time\n" + MANY)])
def test_every_end_is_reported_once_where_nothing_forks(spares: SpareEngine, end: str, program: str) -> None:
    ends(spares, end, program)


def ends(engine: LocalEngine, end: str, program: str) -> None:
    """It ends so, and the next program runs."""
    events = ran(engine, program)
    assert events[-1]["end"] == end
    assert len(text(events) + text(events, "err")) <= LIMITS.characters
    assert ran(engine, "print(1)")[-2:-1] == [{"out": "1\n"}]


@both_ways
def test_how_it_exited_is_reported(both: LocalEngine) -> None:
    assert ran(both, "import os; os._exit(3)")[-1]["code"] == 3
    assert ran(both, "import ctypes; ctypes.string_at(0)")[-1]["signal"] == "SIGSEGV"
    events = ran(both, "import sys; sys.exit('no')")
    assert (text(events, "err"), events[-1]["code"]) == ("no\n", 1)


@both_ways
def test_memory_is_counted_over_all_processes_of_a_run(both: LocalEngine) -> None:
    program = "import os, time\nfor _ in range(3): os.fork()\nx = b'x' * (100 << 20)\ntime.sleep(60)"
    assert ran(both, program)[-1]["end"] == "memory"


@pytest.mark.parametrize("way", sampled([LocalEngine, SpareEngine], every=2))
def test_an_endless_program_ends_in_time(way: type[LocalEngine]) -> None:
    engine = way(Limits(seconds=0.3), modules=())
    for program in ("while True: pass", "import time; time.sleep(60)", "import signal\nsignal.pause()"):
        assert ran(engine, program)[-1]["end"] == "time"
    engine.close()


@both_ways
def test_what_native_code_and_other_programs_write_is_reported(both: LocalEngine) -> None:
    events = ran(both, "import os\nos.write(1, b'raw')\nos.system('echo other >&2')")
    assert text(events, "err") == "rawother\n"


def test_bytes_are_text_too(engine: LocalEngine) -> None:
    program = "import sys\nsys.stdout.buffer.write('가'.encode()[:2])\nsys.stdout.buffer.write('가'.encode()[2:])"
    assert text(ran(engine, program)) == "가"


@both_ways
def test_what_a_program_writes_into_the_pipe_of_events_harms_nobody(both: LocalEngine) -> None:
    lines = r"""b'{\n[1]\n{"out": 1}\n\xff\n\n'"""
    junk = f"import os\nfor fd in range(3, 20):\n    try: os.write(fd, {lines})\n    except OSError: pass"
    assert ran(both, f"{junk}\nprint('on')")[-2:-1] == [{"out": "on\n"}]


@both_ways
def test_a_third_program_at_a_time_is_reported_to_wait(both: LocalEngine) -> None:
    ends: list[str] = []
    started = threading.Barrier(3, timeout=20)

    def run(name: str) -> None:
        def hear(event: Event) -> None:
            if "out" in event:
                started.wait()
            if "end" in event:
                ends.append(event["end"])

        both.run(Request(name, "print(1)\nwhile True: pass"), hear)

    threads = [threading.Thread(target=run, args=[name]) for name in "ab"]
    for thread in threads:
        thread.start()
    started.wait()
    assert ran_while_busy(both) == [{"end": "busy"}]
    for name in "ab":
        both.stop(name)
    for thread in threads:
        thread.join(10)
    assert ends == ["stopped", "stopped"]
    assert ran(both, "pass")[-1]["end"] == "done"


def ran_while_busy(engine: LocalEngine) -> list[Event]:
    events: list[Event] = []
    engine.run(Request("c", "print(1)"), events.append)
    return events


def test_a_worker_that_dies_is_replaced(engine: LocalEngine) -> None:
    ran(engine, "pass")
    os.kill(engine._worker.process.pid, signal.SIGKILL)
    engine._worker.process.wait()
    assert text(ran(engine, "print(1)")) == "1\n"


@pytest.mark.rest
def test_a_spare_process_that_dies_is_replaced_and_closing_leaves_none() -> None:
    engine = SpareEngine(LIMITS, modules=())
    os.kill(waiting(engine), signal.SIGKILL)
    engine._spare.process.wait()
    assert text(ran(engine, "print(1)")) == "1\n"
    events: list[Event] = []
    seen, first = threading.Event(), waiting(engine)

    def hear(event: Event) -> None:
        events.append(event)
        if "out" in event:
            seen.set()

    running = threading.Thread(target=engine.run, args=(Request("a", "print(1)\nwhile True: pass"), hear))
    running.start()
    assert seen.wait(20)
    second = waiting(engine)
    engine.close()
    running.join(10)
    assert [event for event in events if "end" in event][0]["end"] == "stopped"
    assert (left_of(first), left_of(second)) == (([], []), ([], []))
    assert engine.status() == {"state": "stopped"}
    assert [event["end"] for event in ran_while_busy(engine)] == ["failed"]


@pytest.mark.rest
def test_a_program_that_is_stopped_before_its_process_is_warm_ends() -> None:
    engine, events = SpareEngine(LIMITS, modules=["time", "torch"]), []  # type: SpareEngine, list[Event]
    spare = waiting(engine)
    running = threading.Thread(target=engine.run, args=(Request("a", "print(1)"), events.append))
    running.start()
    soon(lambda: "a" in engine._runs, True)
    engine.stop("a")
    running.join(10)
    assert [event["end"] for event in events] == ["stopped"]
    assert left_of(spare) == ([], [])
    engine.close()


def test_what_windows_tells_of_a_process_that_died_is_no_exit_code() -> None:
    assert exited(0xC0000005) == {"end": "signal", "signal": "0xC0000005"}
    assert exited(3) == {"end": "exit", "code": 3}


def test_on_windows_a_tree_of_processes_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(subprocess, "run", lambda command, **_: asked.append(command))
    end_tree(7)
    assert asked == [["taskkill", "/T", "/F", "/PID", "7"]]


def test_a_worker_that_is_killed_by_a_program_takes_everything_with_it() -> None:
    engine = LocalEngine(LIMITS, modules=())
    events: list[Event] = []
    engine.run(Request("run", "import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(60)"), events.append)
    assert events[-1] == {"end": "gone"}
    assert text(ran(engine, "print(1)")) == "1\n"  # the new worker has removed the folder of the old one
    engine.close()
    assert engine.status() == {"state": "stopped"}
    assert not list(Path(tempfile.gettempdir()).glob(f"{PREFIX}{engine._worker.process.pid}-*"))


def test_it_says_when_it_is_ready_and_what_is_missing(monkeypatch: pytest.MonkeyPatch, engine: LocalEngine) -> None:
    ran(engine, "pass")
    assert soon(lambda: engine.status()["state"], "ready") == "ready"
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert LocalEngine().status() == {"state": "missing"}
    assert type(local_engine()) is LocalEngine
    monkeypatch.setenv(FORK, "0")
    assert type(local_engine()) is SpareEngine
    monkeypatch.delenv(FORK)
    for platform in ("win32", "darwin"):
        monkeypatch.setattr(sys, "platform", platform)
        assert type(local_engine()) is SpareEngine


SERVER = """
import sys
from lessonkit.running.live import LocalEngine, Request
engine = LocalEngine(modules=())
def hear(event):
    if "out" in event:
        print(engine._worker.process.pid, event["out"], flush=True)
program = "import os\\nos.fork()\\nif not os.fork(): os.setsid()\\nfor i in range(9000): print(i)\\nwhile True: pass"
engine.run(Request("run", program), hear)
"""


@pytest.mark.parametrize("sign", sampled([signal.SIGTERM, signal.SIGKILL, signal.SIGINT], every=3))
def test_nothing_outlives_the_server_whatever_ended_it(sign: signal.Signals) -> None:
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    worker = int(server.stdout.readline().split()[0])
    assert descendants(worker)
    server.send_signal(sign)
    server.wait(10)
    assert soon(lambda: [one.pid for one in descendants(worker)], []) == []
    assert not list(Path(tempfile.gettempdir()).glob(f"{PREFIX}{worker}-*"))
    with contextlib.suppress(OSError):
        server.stdout.close()


ALONE = """
import sys, tempfile
from lessonkit.running.live import Request
from lessonkit.running.live_spares import SpareEngine
engine = SpareEngine(modules=())
def hear(event):
    if "out" in event:
        print(event["out"], engine._spare.process.pid, flush=True)
engine.run(Request("run", "import os\\nprint(os.getpid())\\nos.fork()\\nos.fork()\\nwhile True: pass"), hear)
"""


@pytest.mark.rest
@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_nothing_outlives_the_server_where_nothing_forks(sign: signal.Signals) -> None:
    server = subprocess.Popen([sys.executable, "-c", ALONE], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    with server.stdout:
        runs, waits = (int(server.stdout.readline()) for _ in range(2))
        assert soon(lambda: len(descendants(runs)), 4) == 4
        assert descendants(waits)
        server.send_signal(sign)
        server.wait(10)
    assert (left_of(runs), left_of(waits)) == (([], []), ([], []))


@pytest.mark.rest
@pytest.mark.parametrize("way", [LocalEngine, SpareEngine])
def test_torch_and_figures_in_a_warm_process(way: type[LocalEngine]) -> None:
    engine = way()
    assert text(ran(engine, "import torch\nprint(torch.ones(2))")) == "tensor([1., 1.])\n"
    assert engine.status()["platform"]["torch"]
    assert ran(engine, "import torch\ntorch.ones(10**12)")[-1]["end"] == "memory"
    program = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nprint('a')\nplt.show()\nprint('b')\nplt.plot([2])"
    keys = [next(iter(event)) for event in ran(engine, program)]
    assert keys == ["own", "out", "figure", "out", "figure", "end"]
    free = "import matplotlib.pyplot as plt\nplt.rcParams['font.size'] = 5\nplt.title('$x$ is', color='#ff00ff')"
    _, figure, _ = ran(engine, free)
    assert "#ff00ff" in figure["figure"]
    assert figure["data"] is None
    large = "import matplotlib.pyplot as plt, random\nplt.plot([random.random() for _ in range(90_000)], 'o')"
    assert "undrawn" in ran(engine, large)[1]
    engine.close()


def test_a_client_who_goes_away_while_text_waits_ends_the_run_and_not_the_worker(engine: LocalEngine) -> None:
    """Text that was gathered when nobody listened any more once let the worker call itself without end."""
    worker = engine._alive()
    for text in ("while True: print(1)", "print(1)\nwhile True: pass", "print('x' * 9_000)\nprint(1)"):
        ours, theirs = socket.socketpair()
        request = {
            "run": "gone",
            "program": text,
            "own": 1,
            "check": 0,
            "seconds": 20,
            "characters": 10**9,
            "bytes": 1 << 30,
        }
        message = json.dumps(request | {"processes": 20}).encode()
        socket.send_fds(worker.control, [message], [theirs.fileno()])
        theirs.close()
        ours.recv(1)
        ours.close()
        assert left(engine) == ([], [])
    assert worker.process.poll() is None


FULL = """
import json, os, sys, tempfile
from lessonkit.running.live import LocalEngine, Request
tempfile.tempdir = os.environ["TMPDIR"]
engine = LocalEngine(modules=())
def ran(program):
    events = []
    engine.run(Request("run", program), events.append)
    messages = [event["message"] for event in events if "message" in event]
    print(json.dumps([events[-1]["end"], "".join(event.get("out", "") for event in events), messages]))
ran("f = open('big', 'wb')\\nwhile True: f.write(b'x' * 4096), f.flush()")
ran("print(1)")
kept = []
try:
    while True:
        kept.append(tempfile.mkdtemp())
except OSError:
    ran("print(2)")
for folder in kept:
    os.rmdir(folder)
ran("print(3)")
engine.close()
print(json.dumps(os.listdir(tempfile.tempdir)))
"""
MOUNT = 'mount -t tmpfs -o size=64k,nr_inodes=40 none "$TMPDIR" && exec "$0" -c "$1"'


@pytest.mark.rest
def test_a_full_temporary_disk_ends_a_run_and_nothing_else(tmp_path: Path) -> None:
    if subprocess.run(["unshare", "-m", "true"], capture_output=True).returncode:
        pytest.skip("nobody may mount a small disk here")
    command = ["unshare", "-m", "sh", "-c", MOUNT, sys.executable, FULL]
    environ = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    filled, after, full, freed, stayed = map(json.loads, done.stdout.splitlines())
    assert (filled[0], "No space left" in filled[2][0]) == ("error", True)
    assert after == ["done", "1\n", []]
    assert (full[0], "No space left" in full[2][0]) == ("failed", True)
    assert freed == ["done", "3\n", []]
    assert stayed == []


@pytest.mark.rest
def test_four_gigabytes_of_real_memory_are_too_much() -> None:
    available = re.search(r"MemAvailable:\s+(\d+)", Path("/proc/meminfo").read_text(encoding="ascii"))
    if int(available[1]) < 8 << 20:
        pytest.skip("this machine has no 8 GB to spare")
    engine = LocalEngine(modules=())
    assert ran(engine, "x = []\nwhile True: x.append(b'x' * (256 << 20))")[-1]["end"] == "memory"
    assert text(ran(engine, "print(1)")) == "1\n"
    engine.close()
