"""Engines that run the programs of pages while somebody reads them, and the first of them: processes of this computer.

An engine tells what happens as events, dictionaries for JSON: {"out" or "err": text}, {"own": true} where the block's
own statements begin, {"cases": how many a check tried, "passed": of these}, {"figure": SVG, "data"}, {"undrawn"},
{"error", "message", "lines"}; the last one, of which there is exactly one, is {"end": how, "seconds"} (see
live_worker.py for how; `gone` where the worker itself died, `busy` where too many programs run, `failed` with a message
where the program could not be started).
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, Protocol

from lessonkit.running.run import ASKED_FOR, environment
from lessonkit.running.worker import WARM

Event = dict[str, Any]
State = Literal["starting", "missing", "stopped"]
SENT = 150_000
"""Bytes of a request that one message to the worker surely carries."""


@dataclass(frozen=True)
class Request:
    """A program, and the line (from 1) from which on its statements are the block's own. `run` names the run.

    From the line `check` on they are those of an exercise's check, whose cases are counted; 0 where there is none.
    """

    run: str
    program: str
    own: int = 1
    check: int = 0


@dataclass(frozen=True)
class Limits:
    """What a run may take: seconds, characters printed, bytes of memory, processes; and how many run at a time."""

    seconds: float = 60
    characters: int = 200_000
    bytes: int = 4 << 30
    processes: int = 64
    at_a_time: int = 2


class Engine(Protocol):
    """What runs programs."""

    def run(self, request: Request, on_event: Callable[[Event], None]) -> None:
        """Runs a program to its end; tells its events one after the other."""

    def stop(self, run: str) -> None:
        """Ends a run of this name, if there is one."""

    def status(self) -> dict[str, Any]:
        """{"state", ...}: starting; ready, with the platform; missing: torch is not installed."""


class LocalEngine:
    """Runs programs on this computer, forked from a process that has imported what lessons use (Linux).

    That process starts when the engine is first asked, and again when it has died. `close` ends it with all that runs.
    """

    def __init__(self, limits: Limits | None = None, *, modules: Sequence[str] = WARM):
        self.limits, self.modules = limits or Limits(), modules
        self._lock = threading.Lock()
        self._free = threading.BoundedSemaphore(self.limits.at_a_time)
        self._worker: _Worker | None = None
        self._state: State = "starting"
        if "torch" in modules and importlib.util.find_spec("torch") is None:
            self._state = "missing"

    def status(self) -> dict[str, Any]:
        """What it can do now; who asks will run something soon, so the process starts."""
        try:
            platform = self._alive().platform
        except OSError:
            return {"state": self._state}
        return {"state": "starting"} if platform is None else {"state": "ready", "platform": platform}

    def run(self, request: Request, on_event: Callable[[Event], None]) -> None:
        """Runs a program to its end."""
        if not self._free.acquire(blocking=False):
            on_event({"end": "busy"})
            return
        try:
            on_event(self._run(request, on_event))
        finally:
            self._free.release()

    def _run(self, request: Request, on_event: Callable[[Event], None]) -> Event:
        """Tells the events but the last, which it returns."""
        message = self._message(request)
        if len(message) > SENT:
            return {"end": "failed", "message": f"the program has more than {SENT:,} bytes"}
        if sys.platform == "win32":
            return {"end": "failed", "message": "this system cannot fork"}
        ours, theirs = socket.socketpair()
        with ours, theirs:
            try:
                worker = self._alive()
                socket.send_fds(worker.control, [message], [theirs.fileno()])
            except OSError as error:
                return {"end": "failed", "message": str(error)}
            theirs.close()
            with ours.makefile("rb") as lines, contextlib.suppress(OSError):
                for line in lines:
                    try:
                        event: Event = json.loads(line)
                    except ValueError:
                        continue
                    if "end" in event:
                        return event
                    on_event(event)
        with contextlib.suppress(subprocess.TimeoutExpired):
            worker.process.wait(2)  # it is dying; then the next run starts another
        return {"end": "gone"}

    def _message(self, request: Request, **more: str) -> bytes:
        """A request as processes take it."""
        limits = {key: value for key, value in asdict(self.limits).items() if key != "at_a_time"}
        return json.dumps({**asdict(request), **limits, **more}, ensure_ascii=False).encode(errors="replace")

    def _alive(self) -> _Worker:
        """The worker; another one where it has died. Raises OSError where none can be had."""
        with self._lock:
            if self._state != "starting":
                raise OSError(f"no program can run here: {self._state}")
            if self._worker and self._worker.process.poll() is not None:
                self._worker.close()
                self._worker = None
            self._worker = self._worker or _Worker(self.modules)
            return self._worker

    def stop(self, run: str) -> None:
        """Ends a run."""
        if self._worker:
            with contextlib.suppress(OSError):
                self._worker.control.send(json.dumps({"stop": run}).encode())

    def close(self) -> None:
        """Ends the worker and all that it runs."""
        with self._lock:
            self._state = "stopped"
            if self._worker:
                self._worker.close()


def surroundings() -> dict[str, str]:
    """The environment of programs."""
    return environment() | {name: os.environ[name] for name in ASKED_FOR if name in os.environ}


class _Worker:
    """A process of live_worker.py. It ends when the control socket does, and with it all that it runs."""

    control: socket.socket
    process: subprocess.Popen[bytes]

    def __init__(self, modules: Sequence[str]):
        if sys.platform == "win32":
            raise OSError("this system cannot fork")
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.platform: dict[str, str] | None = None
        number = theirs.fileno()
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-m", "lessonkit.running.live_worker", str(number), ",".join(modules)],
            pass_fds=[number],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=surroundings(),
            start_new_session=True,
        )
        theirs.close()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        """Hears when it is ready."""
        with contextlib.suppress(OSError, ValueError):
            if data := self.control.recv(10_000):
                self.platform = json.loads(data)["ready"]

    def close(self) -> None:
        """Ends it."""
        with contextlib.suppress(OSError):
            self.control.shutdown(socket.SHUT_RDWR)
        self.control.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
