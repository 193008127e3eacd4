"""Keeps a lesson from writing files, using the network or starting programs, and says which it tried."""

from __future__ import annotations

import os
import sys

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FILES = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.truncate", "os.link", "os.symlink", "shutil.rmtree"}
NETWORK = {"socket.connect", "socket.getaddrinfo", "socket.bind", "urllib.Request", "ftplib.connect", "http.client.connect"}
PROGRAMS = {"subprocess.Popen", "os.system", "os.posix_spawn", "os.exec"}


class Refused(PermissionError):
    """Raised in a lesson at the moment it tries what lessons do not do."""


class Guard:
    """A context in which Python's audit events are watched. The hook itself stays, idle, until the process ends."""

    def __init__(self) -> None:
        self.active = False
        self.seen: list[str] = []

    def __enter__(self) -> Guard:
        sys.addaudithook(self._hook)
        self.active = True
        return self

    def __exit__(self, *_: object) -> None:
        self.active = False

    def take(self) -> list[str]:
        """What was refused since the last call, also where the lesson caught the error."""
        seen, self.seen = self.seen, []
        return seen

    def _hook(self, event: str, args: tuple) -> None:
        if self.active and (what := refusal(event, args)):
            self.seen.append(what)
            raise Refused(what)


def refusal(event: str, args: tuple) -> str | None:
    """Why an audit event is refused, or None."""
    if event == "open":
        path, _, flags = args
        writes = isinstance(flags, int) and flags & WRITES
        return f"writes the file {path!r}" if writes and path != os.devnull and not isinstance(path, int) else None
    if event in FILES:
        return f"changes files ({event} {args[0]!r})"
    if event in NETWORK:
        return f"uses the network ({event})"
    if event in PROGRAMS:
        return f"starts a program ({args[0]!r})"
    return None
