"""Builds beside each other, where processes can be forked; log and errors come out as if one followed the other."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from mkdocs.exceptions import BuildError

from lessonkit.adapters import garbage

Task = dict[str, Any]
"""What some work has to know: plain values, which go through a pipe."""
Work = Callable[[Task], None]
_TO_OTHERS: list[Connection] = []
"""In a process that builds for another one: where that one listens."""


def hand_over(name: str, make: Callable[[], object]) -> None:
    """Makes something for the process that waits for this one, before all is done; in any other nothing happens."""
    for other in _TO_OTHERS:
        other.send((name, make()))


class Kept(logging.Handler):
    """Keeps what is logged, as text, so that it can be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a record."""
        record.msg, record.args, record.exc_info = self.format(record), None, None
        self.records.append(record)


class Helper:
    """A process that does some work of MkDocs each time it is asked, and remembers what it did before."""

    _ours: Connection
    _process: BaseProcess

    def __init__(self, work: Work):
        self._busy = False
        if sys.platform == "win32":
            raise OSError("this system cannot fork")
        context = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(work, theirs, self._ours), daemon=True)
        self._process.start()
        theirs.close()
        self._made: dict[str, object] = {}
        self._ended: Ended = ([], None)

    def begin(self, task: Task) -> bool:
        """Lets it work; False where the process is gone. What nobody waited for, as a build ended early, ends first."""
        try:
            while self._busy:
                self._receive()
            self._made.clear()
            self._ours.send(task)
        except OSError:
            return False
        self._busy = True
        return True

    def _receive(self) -> None:
        """Waits for the next thing that it hands over, or for its end."""
        try:
            name, made = self._ours.recv()
        except (EOFError, OSError):
            name, made = END, ([], "the process that built another language ended before its work did")
        if name == END:
            self._busy, self._ended = False, made
        else:
            self._made[name] = made

    def made(self, name: str) -> object | None:
        """What it hands over under a name, as soon as it does; None where its work ends without that."""
        while self._busy and name not in self._made:
            self._receive()
        return self._made.get(name)

    def finish(self) -> None:
        """Waits for the end of its work, logs here what was logged there, and raises the error that ended it."""
        while self._busy:
            self._receive()
        records, error = self._ended
        for record in records:
            logging.getLogger(record.name).handle(record)
        if error is not None:
            raise BuildError(error)

    def end(self) -> None:
        """Lets the process end. It is told so: a process forked later has this end of the pipe too."""
        with suppress(OSError):  # it is gone
            self._ours.send(None)
        self._process.join()


END = ""
Ended = tuple[list[logging.LogRecord], str | None]
"""What was logged, and the error that ended the work."""

HELPERS: dict[str, Helper] = {}
"""Those that may be asked again while this process lives, by their names."""


@dataclass(frozen=True)
class Beside:
    """Some work in another process, or, where there is none, in this one at its end. To call it waits for its end."""

    finish: Callable[[], None]
    made: Callable[[str], Any] = lambda name: None
    """What it hands over under a name, as soon as it does; None where it does not."""

    def __call__(self) -> None:
        self.finish()


def beside(work: Work, task: Task, keep: str = "") -> Beside:
    """Starts some work in a process of its own.

    `keep` names a process to be asked again: it does the work that it was made for. Others end with their work. Without
    fork, or with one core, the work is done here when it is waited for.
    """
    if not sys.platform.startswith("linux") or (os.cpu_count() or 1) < 2:
        return Beside(partial(work, task))
    helper = HELPERS.get(keep)
    if helper is None or not helper.begin(task):
        helper = Helper(work)
        helper.begin(task)
    if keep:
        HELPERS[keep] = helper

    def finish() -> None:
        helper.finish()
        if not keep:
            helper.end()

    return Beside(finish, helper.made)


def _work(work: Work, theirs: Connection, ours: Connection) -> None:
    """In the forked process: works until nobody can ask any more; sends what was logged and the error that ended it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ours.close()
    _TO_OTHERS[:] = [theirs]
    with suppress(EOFError, OSError):
        while (task := theirs.recv()) is not None:
            kept, error = Kept(), None
            logging.getLogger("mkdocs").handlers[:] = [kept]
            try:
                work(task)
            except (Exception, SystemExit) as ended:
                error = str(ended)
                if not isinstance(ended, BuildError | SystemExit):
                    logging.getLogger("mkdocs").exception(error)
            theirs.send((END, (kept.records, error)))
            garbage.forget()
