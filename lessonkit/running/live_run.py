"""One program that a page runs, seen from the process that forked it: its events, its limits, its end."""

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
from dataclasses import dataclass
from typing import Any

from lessonkit.running import live_program
from lessonkit.running.live_told import GATHER, Told, exited

if sys.platform != "win32":
    from lessonkit.running.descendants import Process, descendants, die_with_parent, end, private_bytes

assert sys.platform != "win32"  # this part of live pages is for systems that can fork; mypy reads no further there


@dataclass(frozen=True)
class Place:
    """Where runs are: the folder of their folders, who waits for what they tell, and the memory that each begins with.

    `leave` closes, in a forked process, what is the worker's.
    """

    folder: str
    selector: selectors.BaseSelector
    had: int
    leave: Callable[[], None]


class Run(Told):
    """A program that runs."""

    def __init__(self, request: dict[str, Any], client: socket.socket, place: Place):
        super().__init__(request["characters"])
        self.request, self.client, self.place = request, client, place
        self.began = time.monotonic()
        self.known: set[Process] = set()
        self.sent, self.gone = b"", False
        client.setblocking(False)
        self.folder = tempfile.mkdtemp(dir=place.folder)
        (self.events, theirs), (self.past, past) = os.pipe(), os.pipe()
        self.pid = os.fork()
        if not self.pid:
            try:
                self.leave()
                place.leave()
                _become(request, self.folder, theirs, past)
            finally:
                os._exit(70)
        os.close(theirs)
        os.close(past)
        for pipe in (self.events, self.past):
            os.set_blocking(pipe, False)
        place.selector.register(self.events, selectors.EVENT_READ, self.read_events)
        place.selector.register(self.past, selectors.EVENT_READ, self.read_past)
        place.selector.register(client, selectors.EVENT_READ, self.hear_client)

    def read_events(self) -> None:
        """Reads what the program told."""
        self.hear(self._read(self.events))

    def read_past(self) -> None:
        """Reads what reached the standard descriptors past `sys.stdout`: native code, other programs."""
        if data := self._read(self.past):
            self.take({"err": data.decode(errors="replace")})

    def _read(self, pipe: int) -> bytes:
        """What a pipe holds; one at its end is not looked at again."""
        if self.ended:
            return b""
        try:
            data = os.read(pipe, 1 << 16)
        except BlockingIOError:
            return b""
        if not data:
            with contextlib.suppress(KeyError):
                self.place.selector.unregister(pipe)
        return data

    def hear_client(self) -> None:
        """The client says nothing; it closes its end when nobody wants to know any more."""
        self.finish({"end": "stopped"})

    def send(self, event: dict[str, Any] | None = None) -> None:
        """Sends an event, or as much as the socket takes of what it did not take before."""
        self.sent += (json.dumps(event, ensure_ascii=False) + "\n").encode(errors="replace") if event else b""
        try:
            while self.sent:
                self.sent = self.sent[self.client.send(self.sent) :]
        except BlockingIOError:
            pass
        except OSError:  # nobody listens any more; the next look ends the run
            self.sent = b""
            self.gone = True

    def look(self, now: float, status: int | None) -> None:
        """Ends the run at its time limit, or tells how its process ended (`status` of waitpid) where it did not say."""
        self.send()
        if self.held and now - self.flushed > GATHER:
            self.flush()
        if self.ended:
            return
        if self.gone:
            self.finish({"end": "stopped"})
        elif status is not None:
            self.read_events()  # it may have told its end just now
            self.finish(exited(os.waitstatus_to_exitcode(status)))
        elif now - self.began > self.request["seconds"]:
            self.finish({"end": "time"})

    def look_at(self, processes: list[Process]) -> None:
        """Ends the run where it has too many processes or too much memory."""
        self.known = descendants(self.pid, self.known, processes)
        if len(self.known) > self.request["processes"]:
            self.finish({"end": "processes"})
        elif private_bytes((one.pid for one in self.known), each_had=self.place.had) > self.request["bytes"]:
            self.finish({"end": "memory"})

    def finish(self, how: dict[str, Any]) -> None:
        """Ends what is left of the run, and tells how it ended, once."""
        if self.ended:
            return
        end(self.pid, self.known)
        if how["end"] not in ("output", "stopped"):
            self.read_events()
            self.read_past()
        if self.ended:  # by what it told last
            return
        self.flush()
        self.ended = True
        for pipe in (self.events, self.past):
            with contextlib.suppress(KeyError):
                self.place.selector.unregister(pipe)
            os.close(pipe)
        with contextlib.suppress(KeyError):
            self.place.selector.unregister(self.client)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.send({**how, "seconds": round(time.monotonic() - self.began, 3)})

    def leave(self) -> None:
        """Closes, in a forked process, what the worker has of this run."""
        self.client.close()
        for pipe in () if self.ended else (self.events, self.past):
            os.close(pipe)

    @property
    def over(self) -> bool:
        """Whether it is ended and told."""
        return self.ended and not self.sent


def _become(request: dict[str, Any], folder: str, events: int, past: int) -> None:
    """Turns a forked process into that of a program: a session of its own, limits, nothing to read."""
    os.setsid()
    die_with_parent()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, signal.default_int_handler if sign == signal.SIGINT else signal.SIG_DFL)
    null = os.open(os.devnull, os.O_RDONLY)
    for number, descriptor in enumerate((null, past, past)):
        os.dup2(descriptor, number)
    os.close(null)
    os.close(past)
    live_program.limit(request["bytes"])
    lines = request["own"], request["check"]
    live_program.run(request["program"], lines, folder, request["characters"], events)
