"""The process that runs programs for pages: `python -P -m lessonkit.running.live_worker FD MODULES` (Linux).

FD is one end of a SOCK_SEQPACKET pair. A request is a message with a socket: {"run": its name, "program", "own",
"check", "seconds", "characters", "bytes", "processes"}. The program runs in a forked child with an empty folder of its
own; its events (see live_program.py) go to that socket as lines of JSON, text put together, and one {"end": how} is the
last: done, error, exit (with "code"), signal (with "signal"), time, output, memory, processes, stopped. When the socket
is closed at the other end, or on {"stop": name}, the run is ended. Nothing of a run stays: no process, no folder. The
same holds for all runs when the other end of FD, or the parent, is gone, whatever ended it.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from lessonkit.running.live_program import warm_up
from lessonkit.running.live_told import PREFIX
from lessonkit.running.provenance import Platform

if sys.platform != "win32":
    from lessonkit.running.descendants import adopt_orphans, end, private_bytes, processes
    from lessonkit.running.live_run import Place, Run

assert sys.platform != "win32"  # this part of live pages is for systems that can fork; mypy reads no further there

LOOK = 0.1
"""Seconds between two looks at the processes of a run."""


class Worker:
    """The process that forks."""

    def __init__(self, control: socket.socket):
        self.control, self.parent = control, os.getppid()
        self.folder = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-")
        self.selector = selectors.DefaultSelector()
        self.selector.register(control, selectors.EVENT_READ, self.hear)
        self.runs: dict[str, Run] = {}
        self.looked = 0.0
        self.place = Place(self.folder, self.selector, private_bytes([os.getpid()]), self.leave)

    def leave(self) -> None:
        """Closes, in a forked process, what belongs to this one."""
        self.selector.close()
        self.control.close()
        for run in self.runs.values():
            run.leave()

    def hear(self) -> None:
        """Takes a request. At the end of the socket the worker ends."""
        try:
            data, descriptors, _, _ = socket.recv_fds(self.control, 1 << 20, 1)
        except ConnectionError:  # it ended without having read everything
            data, descriptors = b"", []
        if not data:
            raise SystemExit
        request = json.loads(data)
        if "stop" in request:
            if run := self.runs.get(request["stop"]):
                run.finish({"end": "stopped"})
            return
        client = socket.socket(fileno=descriptors[0])
        try:
            self.runs[request["run"]] = Run(request, client, self.place)
        except OSError as error:  # no folder, no process
            with contextlib.suppress(OSError):
                client.sendall((json.dumps({"end": "failed", "message": str(error)}) + "\n").encode())
            client.close()

    def work(self) -> None:
        """Runs what is asked for until nobody can ask any more."""
        try:
            while os.getppid() == self.parent:
                for key, _ in self.selector.select(0.02 if self.runs else 1):
                    call: Callable[[], None] = key.data
                    call()
                ends = dict(_ends())
                for name, run in list(self.runs.items()):
                    run.look(time.monotonic(), ends.get(run.pid))
                    if run.over:
                        run.client.close()
                        del self.runs[name]
                if time.monotonic() - self.looked > LOOK:
                    self.look_around()
        finally:
            try:
                self.look_around()
                for run in self.runs.values():
                    run.finish({"end": "stopped"})
            finally:
                shutil.rmtree(self.folder, ignore_errors=True)

    def look_around(self) -> None:
        """Looks at all processes: those of runs, and strays, which lost their parents before anybody had seen them."""
        self.looked, all_of_them = time.monotonic(), processes()
        for run in self.runs.values():
            if not run.ended:
                run.look_at(all_of_them)
        known = {one.pid for run in self.runs.values() for one in run.known} | {run.pid for run in self.runs.values()}
        for one in all_of_them:
            if one.parent == os.getpid() and one.pid not in known:
                end(one.pid)


def _ends() -> list[tuple[int, int]]:
    """The children that have ended, orphans of runs too, each with its status."""
    found = []
    with contextlib.suppress(ChildProcessError):
        while (child := os.waitpid(-1, os.WNOHANG))[0]:
            found.append(child)
    return found


def remove_stale() -> None:
    """Removes the folders of workers that were killed."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        pid = path.name.removeprefix(PREFIX).partition("-")[0]
        with contextlib.suppress(OSError):
            if pid.isdecimal() and not Path(f"/proc/{pid}").exists() and path.stat().st_uid == os.getuid():
                shutil.rmtree(path, ignore_errors=True)


def main() -> None:
    """Warms up, says so, and works."""
    control = socket.socket(fileno=int(sys.argv[1]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    adopt_orphans()
    remove_stale()
    warm_up(list(filter(None, sys.argv[2].split(","))))
    control.send(json.dumps({"ready": Platform.here().as_dict()}).encode())
    Worker(control).work()


if __name__ == "__main__":
    main()
