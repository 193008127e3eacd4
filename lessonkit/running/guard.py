"""Keeps a lesson from writing files, using the network or starting programs, and says what it tried and where."""

from __future__ import annotations

import functools
import os
import sys
import traceback
from typing import Any

from lessonkit.running.boundary import imported

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
FILES = {
    *("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink"),
    *("os.truncate", "os.utime", "shutil.make_archive", "shutil.move", "shutil.rmtree", "shutil.unpack_archive"),
}
NETWORK = {"urllib.Request", "ftplib.connect", "http.client.connect"}
NO_NETWORK = {"socket.__new__", "socket.gethostname"}
"""Of the events named `socket.…`, those that reach nobody."""
PROGRAMS = {
    *("os.exec", "os.fork", "os.forkpty", "os.posix_spawn", "os.spawn", "os.startfile", "os.system"),
    *("pty.spawn", "subprocess.Popen", "webbrowser.open"),
}


class Refused(PermissionError):
    """Raised in a lesson at the moment it tries what lessons do not do."""


class Guard:
    """A context in which Python's audit events are watched. The hook itself stays, idle, until the process ends.

    `path` is the lesson's file, so that what is refused can be told with its line.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.active = False
        self.seen: list[tuple[int | None, str]] = []

    def __enter__(self) -> Guard:
        _announce_torch_save()
        sys.addaudithook(self._hook)
        self.active = True
        return self

    def __exit__(self, *_: object) -> None:
        self.active = False

    def take(self) -> list[tuple[int | None, str]]:
        """What was refused since the last call, and on which line, also where the lesson caught the error."""
        seen, self.seen = self.seen, []
        return seen

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if self.active and (what := refusal(event, args)):
            stack = traceback.walk_stack(sys._getframe())
            line = next((line for frame, line in stack if frame.f_code.co_filename == self.path), None)
            self.seen.append((line, what))
            raise Refused(what)


def refusal(event: str, args: tuple[Any, ...]) -> str | None:
    """Why an audit event is refused, or None."""
    if event == "open":
        path, _, flags = args
        if isinstance(path, int) or not isinstance(flags, int) or not flags & WRITES:
            return None
        name = os.fsdecode(path)
        return None if name == os.devnull else f"writes the file {name!r}"
    if event in FILES:
        return f"changes files ({event} {args[0]!r})"
    if event in NETWORK or (event.startswith("socket.") and event not in NO_NETWORK):
        return f"uses the network ({event})"
    if event in PROGRAMS:
        return f"starts a program ({event}{f' {args[0]!r}' if args else ''})"
    return None


def _announce_torch_save() -> None:
    """Lets torch.save raise the event of `open`: it writes from C++, where Python sees nothing."""
    torch = imported("torch")
    if torch is None:
        return
    save = torch.save

    @functools.wraps(save)
    def announced(obj: object, f: object, *args: object, **kwargs: object) -> object:
        if isinstance(f, (str, os.PathLike)):
            sys.audit("open", f, "wb", WRITES)
        return save(obj, f, *args, **kwargs)

    torch.save = announced
