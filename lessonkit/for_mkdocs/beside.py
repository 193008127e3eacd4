"""Builds beside each other, where processes can be forked; log and errors come out as if one followed the other."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection

from mkdocs.exceptions import BuildError


class Kept(logging.Handler):
    """Keeps what is logged, as text, so that it can be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a record."""
        record.msg, record.args, record.exc_info = self.format(record), None, None
        self.records.append(record)


def beside(work: Callable[[], None]) -> Callable[[], None]:
    """Starts some work of MkDocs in a process of its own; what is returned waits for its end.

    It then logs here what was logged there, and raises the error that ended it. Without fork, or with one core, the
    work is done there and then. A process that nobody waits for ends with this one.
    """
    if not sys.platform.startswith("linux") or (os.cpu_count() or 1) < 2:
        return work
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(work, sending), daemon=True)
    process.start()
    sending.close()

    def finish() -> None:
        try:
            records, error = receiving.recv()
        except EOFError:
            records, error = [], "the process that built another language ended before its work did"
        process.join()
        for record in records:
            logging.getLogger(record.name).handle(record)
        if error is not None:
            raise BuildError(error)

    return finish


def _work(work: Callable[[], None], sending: Connection) -> None:
    """In the forked process: does the work, and sends what was logged and the error that ended it."""
    kept, error = Kept(), None
    logging.getLogger("mkdocs").handlers[:] = [kept]
    try:
        work()
    except (Exception, SystemExit) as ended:
        error = str(ended)
        if not isinstance(ended, BuildError | SystemExit):
            logging.getLogger("mkdocs").exception(error)
    sending.send((kept.records, error))
