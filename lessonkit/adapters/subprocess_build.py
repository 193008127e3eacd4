"""Builds beside each other, where processes can be forked; log and errors come out as if one followed the other."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

from mkdocs.exceptions import BuildError

from lessonkit.adapters import garbage

Task = dict[str, Any]
"""What some work has to know: plain values, which go through a pipe."""
Work = Callable[[Task], None]


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

    def begin(self, task: Task) -> bool:
        """Lets it work; False where the process is gone. What nobody waited for, as a build ended early, ends first."""
        try:
            if self._busy:
                self._ours.recv()
            self._ours.send(task)
        except (EOFError, OSError):
            return False
        self._busy = True
        return True

    def finish(self) -> None:
        """Waits for the end of its work, logs here what was logged there, and raises the error that ended it."""
        try:
            records, error = self._ours.recv()
        except (EOFError, OSError):
            records, error = [], "the process that built another language ended before its work did"
        self._busy = False
        for record in records:
            logging.getLogger(record.name).handle(record)
        if error is not None:
            raise BuildError(error)

    def end(self) -> None:
        """Lets the process end. It is told so: a process forked later has this end of the pipe too."""
        with suppress(OSError):  # it is gone
            self._ours.send(None)
        self._process.join()


HELPERS: dict[str, Helper] = {}
"""Those that may be asked again while this process lives, by their names."""


def beside(work: Work, task: Task, keep: str = "") -> Callable[[], None]:
    """Starts some work in a process of its own; what is returned waits for its end.

    `keep` names a process to be asked again: it does the work that it was made for. Others end with their work. Without
    fork, or with one core, the work is done here when it is waited for.
    """
    if not sys.platform.startswith("linux") or (os.cpu_count() or 1) < 2:
        return partial(work, task)
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

    return finish


def _work(work: Work, theirs: Connection, ours: Connection) -> None:
    """In the forked process: works until nobody can ask any more; sends what was logged and the error that ended it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    ours.close()
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
            theirs.send((kept.records, error))
            garbage.forget()
