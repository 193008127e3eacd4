"""The streams of a lesson: what it prints, and what reaches the file descriptors past `sys.stdout`."""

from __future__ import annotations

import contextlib
import ctypes
import io
import os
import sys
import tempfile
from collections.abc import Iterator

MOST = 1_000_000
"""Bytes that one statement may print."""
STANDARD = {1: "standard output", 2: "standard error"}
"""File descriptors, by name."""


class TooMuchPrinted(BaseException):
    """Raised in a lesson that prints without end; no `except Exception` of its own keeps it from ending."""


class _Kept(io.BytesIO):
    """Bytes that stay readable: closing is noticed, and nothing is lost by it."""

    was_closed = False

    def close(self) -> None:
        """Notices that the lesson closed the stream."""
        self.was_closed = True


class Printed(io.TextIOWrapper):
    """What a lesson prints: UTF-8 on every system, not without end, and never closed."""

    def __init__(self) -> None:
        self.kept = _Kept()
        super().__init__(self.kept, encoding="utf-8", newline="\n", write_through=True)

    def write(self, text: str) -> int:
        """Like any stream; a single statement prints less than a million bytes."""
        if self.kept.tell() > MOST:
            raise TooMuchPrinted(f"this statement prints more than {MOST:,} bytes")
        return super().write(text)

    def close(self) -> None:
        """Notices that the lesson closed the stream."""
        self.kept.close()

    def detach(self) -> io.BytesIO:
        """Gives the bytes to another wrapper, and keeps them as well."""
        return self.kept

    def take(self) -> str:
        """What was printed since the last call."""
        text = self.kept.getvalue().decode("utf-8", errors="replace")
        self.kept.seek(0)
        self.kept.truncate()
        return text


class Descriptors:
    """Takes the place of the process's standard output and standard error, and tells what is written to them.

    That is everything for standard error (warnings, logging, `file=sys.stderr`), and of standard output what goes past
    `sys.stdout`: `os.write(1, ...)`, a stream that a library kept, native code.
    """

    def __init__(self) -> None:
        self._streams = [sys.__stdout__, sys.__stderr__]
        self._files = {}
        self._read = dict.fromkeys(STANDARD, 0)
        with contextlib.suppress(ImportError, ValueError, OSError):  # already limited further
            if sys.platform != "win32":
                import resource

                resource.setrlimit(resource.RLIMIT_FSIZE, (MOST, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
        for descriptor in STANDARD:
            self._files[descriptor] = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - open to the end
            os.dup2(self._files[descriptor].fileno(), descriptor)
        self._library: ctypes.CDLL | None = None
        with contextlib.suppress(OSError, TypeError):  # Windows, where no name stands for the process itself
            self._library = ctypes.CDLL(None)

    def take(self) -> Iterator[tuple[int, str]]:
        """What was written since the last call, by descriptor: nothing, mostly."""
        for stream in (*self._streams, sys.stderr):
            with contextlib.suppress(Exception):  # closed, or whatever a lesson has put there
                if stream is not None:
                    stream.flush()
        if self._library:
            self._library.fflush(None)
        for descriptor, file in self._files.items():
            if (size := os.fstat(file.fileno()).st_size) > self._read[descriptor]:
                file.seek(self._read[descriptor])
                yield descriptor, file.read().decode("utf-8", errors="replace")
                file.seek(0, os.SEEK_END)
                self._read[descriptor] = size
