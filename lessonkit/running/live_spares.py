"""The second engine of this computer, for systems where no warm process can be forked (Windows, macOS).

One process of live_spare.py has imported what programs use, and waits. It runs one program and ends; when it is taken
the next one starts, and a second program at the same time waits until that is warm.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from typing import IO, Any

from lessonkit.running.live import Event, Limits, LocalEngine, Request, surroundings
from lessonkit.running.live_told import GATHER, PREFIX, Told, exited
from lessonkit.running.run import end_group
from lessonkit.running.worker import WARM

FORK = "LESSONS_LIVE_FORK"
"""The variable that, set to 0, lets programs run on Linux as they do elsewhere."""
LOOK = 0.2
"""Seconds between two looks at the processes of a program."""
DRAIN = 1
"""Seconds for which what is left in the pipes of a program that has ended is read."""
_FLAGS = 0
if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW  # and no Ctrl-C from the window of the server


def local_engine(limits: Limits | None = None, *, modules: Sequence[str] = WARM) -> LocalEngine:
    """What runs programs on this computer."""
    forks = sys.platform == "linux" and os.environ.get(FORK) != "0"
    return (LocalEngine if forks else SpareEngine)(limits, modules=modules)


class SpareEngine(LocalEngine):
    """Runs each program in a process that was started, not forked, before it was asked for."""

    def __init__(self, limits: Limits | None = None, *, modules: Sequence[str] = WARM):
        super().__init__(limits, modules=modules)
        self._platform: dict[str, str] = {}
        self._spare: _Spare | None = None
        self._runs: dict[str, _Spare] = {}

    def status(self) -> dict[str, Any]:
        """What it can do now; who asks will run something soon, so a process starts."""
        with self._lock, contextlib.suppress(OSError):
            self._waiting()
            return {"state": "ready", "platform": self._platform} if self._platform else {"state": "starting"}
        return {"state": self._state}

    def _run(self, request: Request, on_event: Callable[[Event], None]) -> Event:
        """Tells the events but the last, which it returns."""
        try:
            spare = self._take(request.run)
            try:
                prefix = f"{PREFIX}{spare.process.pid}-"
                with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as folder:
                    return spare.run(self._message(request, folder=folder) + b"\n", self.limits, on_event)
            finally:
                spare.end()
                del self._runs[request.run]
        except OSError as error:  # no process, no folder
            return {"end": "failed", "message": str(error)}

    def _take(self, run: str) -> _Spare:
        """The process that waited; another one starts. Raises OSError where there is none."""
        with self._lock:
            spare = self._runs[run] = self._waiting()
            self._spare = None
            with contextlib.suppress(OSError):
                self._waiting()
            return spare

    def _waiting(self) -> _Spare:
        """The process that waits; another one where it has died. Raises OSError where none can be had."""
        if self._state != "starting":
            raise OSError(f"no program can run here: {self._state}")
        if self._spare and self._spare.process.poll() is not None:
            self._spare.end()
            self._spare = None
        self._spare = self._spare or _Spare(self.modules, self._platform.update)
        return self._spare

    def stop(self, run: str) -> None:
        """Ends a run."""
        if spare := self._runs.get(run):
            spare.stop()

    def close(self) -> None:
        """Ends all processes."""
        with self._lock:
            self._state = "stopped"
            for spare in list(self._runs.values()):
                spare.stop()
                spare.end()
            if self._spare:
                self._spare.end()


class _Spare(Told):
    """A process of live_spare.py, and the program that it runs. Two threads read what it tells, one at a time."""

    def __init__(self, modules: Sequence[str], on_ready: Callable[[dict[str, str]], None]):
        super().__init__(most=0)
        self.on_ready = on_ready
        self.on_event: Callable[[Event], None] | None = None
        self.how: Event = {}
        self.ready, self.over, self.lock = threading.Event(), threading.Event(), threading.RLock()
        self.had = 0
        command = [sys.executable, "-P", "-m", "lessonkit.running.live_spare", ",".join(modules)]
        self.process = subprocess.Popen(
            command,
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=surroundings(),
            start_new_session=True,
            creationflags=_FLAGS,
        )
        pipes = ((self.process.stdout, self.hear), (self.process.stderr, self.hear_past))
        self.readers = [threading.Thread(target=self._read, args=pair, daemon=True) for pair in pipes]
        for reader in self.readers:
            reader.start()

    def _read(self, pipe: IO[bytes], hear: Callable[[bytes], None]) -> None:
        with contextlib.suppress(OSError), pipe:
            while not self.ended and (data := pipe.read(1 << 16)):
                with self.lock:
                    hear(data)

    def hear_past(self, data: bytes) -> None:
        """Takes what reached the standard descriptors past `sys.stdout`; before there is a program the server tells."""
        text = data.decode(errors="replace")
        if self.on_event:
            self.take({"err": text})
        else:
            sys.stderr.write(text)

    def take(self, event: dict[str, Any]) -> None:
        """Passes an event on, within the limits."""
        if self.ready.is_set():
            super().take(event)
        elif "ready" in event:
            self.had = max(_sizes(self.process.pid), default=0)
            self.on_ready(event["ready"])
            self.ready.set()

    def run(self, message: bytes, limits: Limits, on_event: Callable[[Event], None]) -> Event:
        """Runs a program, as soon as it is warm; how it ended."""
        with self.lock:
            self.most, self.on_event = limits.characters, on_event
        assert self.process.stdin  # a pipe
        with contextlib.suppress(OSError):
            while message:
                message = message[self.process.stdin.write(message) :]
        while not self.ready.wait(GATHER) and not self.over.is_set() and self.process.poll() is None:
            pass
        began = looked = time.monotonic()
        while not self.over.wait(GATHER) and self.process.poll() is None:
            now = time.monotonic()
            with self.lock:
                if self.held and now - self.flushed > GATHER:
                    self.flush()
            if now - began > limits.seconds:
                self.finish({"end": "time"})
            elif now - looked > LOOK:
                looked = now
                self._look(limits)
        end_group(self.process)
        for reader in self.readers:  # which tell what it told last
            reader.join(DRAIN)
        with self.lock:
            self.flush()
            self.ended = True
            code = self.process.wait()
            how = self.how or (exited(code) if self.ready.is_set() else {"end": "gone"})
            return {**how, "seconds": round(time.monotonic() - began, 3)}

    def _look(self, limits: Limits) -> None:
        """Ends the program where it has too many processes or too much memory."""
        sizes = _sizes(self.process.pid)
        if len(sizes) > limits.processes:
            self.finish({"end": "processes"})
        elif sum(max(size - self.had, 0) for size in sizes) > limits.bytes:
            self.finish({"end": "memory"})

    def send(self, event: dict[str, Any]) -> None:
        """Passes an event on."""
        if self.on_event:
            self.on_event(event)

    def finish(self, how: dict[str, Any]) -> None:
        """Ends the program, if it has not ended; what it told before is heard unless nobody wants it."""
        with self.lock:
            if not self.how:
                self.how = how
                if how["end"] in ("output", "stopped"):
                    self.flush()
                    self.ended = True
                self.over.set()
        end_group(self.process)

    def stop(self) -> None:
        """Ends the program because somebody asks for it."""
        self.finish({"end": "stopped"})

    def end(self) -> None:
        """Ends the process."""
        end_group(self.process)
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            if self.process.stdin:
                self.process.stdin.close()
            self.process.wait(5)


def _sizes(group: int) -> list[int]:
    """The memory of each process of a group, in bytes; nothing where the system does not tell."""
    if sys.platform == "win32":
        return []
    command = ["ps", "-A", "-o", "pgid=", "-o", "rss="]
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        lines = subprocess.run(command, capture_output=True, text=True, timeout=5).stdout.splitlines()
        pairs = [line.split() for line in lines]
        return [int(size) * 1024 for number, size in pairs if number == str(group)]
    return []
