"""Runs lessons in fresh processes.

Where `fork` is safe (Linux) one warm worker that has imported torch forks a child per lesson; elsewhere each lesson
gets a new process. Threads and the CPU code path are pinned down before torch is imported (see worker.py).
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lessonkit.lesson.cells import Lesson
from lessonkit.running import second_run
from lessonkit.running.boundary import Event
from lessonkit.running.outcome import Outcome, Reply, outcome

ONE_THREAD = dict.fromkeys(["OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS"], "1")
AVX2 = {"ATEN_CPU_CAPABILITY": "avx2", "ONEDNN_MAX_CPU_ISA": "AVX2", "MKL_CBWR": "COMPATIBLE"}
"""The code paths of torch's own loops, of convolutions and of MKL's products. MKL takes another one on each vendor's
processors unless it is asked for the one that all of them have; then longer training prints the same on all of them."""
QUIET = {"CUDA_VISIBLE_DEVICES": "", "MPLBACKEND": "agg", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
HEARD = {"PYTHONWARNINGS": ""}
"""Warnings are those that Python shows by itself."""


ASKED_FOR = {"MNIST_DIR"}
"""Variables by which a reader gives lessons data of their own; what is recorded does not depend on them."""


def environment() -> dict[str, str]:
    """The environment of a process that runs lessons: that of this one, pinned down, without what lessons ask for."""
    inherited = {name: value for name, value in os.environ.items() if name not in ASKED_FOR}
    return {**inherited, **ONE_THREAD, **(AVX2 if has_avx2() else {}), **QUIET, **HEARD}


def has_avx2() -> bool:
    """Whether this computer is known to have AVX2: asked for a code path that it lacks, torch would crash.

    Where that is not known (on a Mac) torch takes its own path, and the record names it.
    """
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.IsProcessorFeaturePresent(40))  # PF_AVX2_INSTRUCTIONS_AVAILABLE
    try:
        return "avx2" in Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").split()
    except OSError:
        return False


class Runner:
    """Runs lessons. Use as a context manager, so that no process is left behind."""

    def __init__(self, *, fork: bool = sys.platform == "linux"):
        self.fork = fork
        self._workers: dict[int, _Worker] = {}

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the workers, and with them the lesson that one may be running."""
        while self._workers:
            self._workers.popitem()[1].end()

    def run_again(self, lesson: Lesson) -> Iterator[Outcome]:
        """Runs a lesson elsewhere (see second_run.py) as often as it takes to see that it does the same there."""
        for place in second_run.places(lesson):
            try:
                yield self.run(lesson, place=place)
            finally:
                if place > 1:
                    self._workers.pop(place).end()

    def run(self, lesson: Lesson, *, names: bool = False, place: int = 0) -> Outcome:
        """Runs a lesson from its text, within its time limit, in an empty folder; here, or in a place elsewhere.

        With `names` the outcome also tells what the names stand for after each cell. A run here tells what the checks
        of exercises say to other answers.
        """
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            request = {"path": os.path.abspath(lesson.path), "text": lesson.text, "folder": folder, "names": names}
            request["answers"] = place == 0
            reply = self._ask({**request, "time_limit": lesson.head.time_limit, "elsewhere": place > 0}, place)
            reply.left = tuple(sorted(os.listdir(folder)))
        return outcome(lesson, reply)

    def _ask(self, request: Event, place: int) -> Reply:
        worker = self._workers.get(place)
        if worker is None or worker.process.poll() is not None:
            if worker:
                worker.end()
            worker = self._workers[place] = _Worker([] if self.fork else ["--once"], place)
        try:
            return worker.ask(request)
        except BaseException:  # Ctrl-C, most likely
            self.close()
            raise


class _Worker:
    """A process of worker.py. It has a session of its own, so that Ctrl-C reaches it only through us."""

    def __init__(self, options: list[str], place: int):
        self.errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed by end()
        command = [sys.executable, "-P", "-m", "lessonkit.running.worker", *options]
        env = environment()
        env |= second_run.environment(place, env) if place else {}
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            env=env,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
        )

    def ask(self, request: Event) -> Reply:
        """Lets it run a lesson, until it says that the lesson is over or until it ends itself."""
        reply, requests, answers = Reply(), self.process.stdin, self.process.stdout
        assert requests
        assert answers  # both are pipes
        with contextlib.suppress(OSError):
            requests.write(json.dumps(request) + "\n")
            requests.flush()
            for line in answers:
                reply.add(line)
                if reply.exit_code is not None:
                    return reply
        reply.exit_code = self.process.wait()
        self.errors.seek(0)
        reply.errors = tuple(self.errors.read().decode("utf-8", errors="replace").splitlines()[-5:])
        return reply

    def end(self) -> None:
        """Ends it and its child at once."""
        end_group(self.process)
        with contextlib.suppress(OSError), self.process, self.errors:
            pass


def end_group(process: subprocess.Popen[Any]) -> None:
    """Ends a process that has a session of its own, and its children, at once."""
    end_tree(process.pid)
    with contextlib.suppress(OSError):
        process.kill()


def end_tree(pid: int) -> None:
    """Ends what descends from a process: on Windows its tree, elsewhere the group that it leads."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            subprocess.run(["taskkill", "/T", "/F", "/PID", str(pid)], capture_output=True)
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
