"""The processes that descend from a run, also those that left its session or lost their parents: from /proc (Linux).

The worker that forks runs is told to be the parent of orphans (`adopt_orphans`), so none of them escapes to `init`.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import time
from collections.abc import Collection, Iterable
from typing import NamedTuple

assert sys.platform != "win32"  # this part of live pages is for systems that can fork; mypy reads no further there

_SET_PDEATHSIG, _SET_CHILD_SUBREAPER = 1, 36
"""Operations of prctl(2)."""
ROUNDS = 50
"""How often processes that go on making others are looked for, until none is left."""


class Process(NamedTuple):
    """A process: its number and when it started (a number is used again), its parent, and the session it belongs to."""

    pid: int
    started: int
    parent: int
    session: int


def adopt_orphans() -> None:
    """Makes this process the parent of whatever descends from it and loses its own."""
    _prctl(_SET_CHILD_SUBREAPER, 1)


def die_with_parent() -> None:
    """Lets this process be killed when its parent ends, whatever ended it."""
    _prctl(_SET_PDEATHSIG, signal.SIGKILL)


def processes() -> list[Process]:
    """All living processes; a zombie is none."""
    found = []
    for name in os.listdir("/proc"):
        if name.isdecimal():
            with contextlib.suppress(OSError, ValueError), open(f"/proc/{name}/stat", encoding="latin-1") as file:
                state, parent, _, session, *more = file.read().rpartition(")")[2].split()
                if state not in "ZX":
                    found.append(Process(int(name), int(more[15]), int(parent), int(session)))
    return found


def descendants(of: int, known: Collection[Process] = (), among: Collection[Process] = ()) -> set[Process]:
    """What lives and descends from a process: by parents, by its session, or `known` to have descended before.

    `among` are all processes, where somebody has just looked at them.
    """
    alive, before = among or processes(), {(one.pid, one.started) for one in known}
    found = {one for one in alive if of in (one.pid, one.session) or (one.pid, one.started) in before}
    more = found
    while more:
        pids = {one.pid for one in more}
        more = {one for one in alive if one.parent in pids} - found
        found |= more
    return found


def end(of: int, known: Collection[Process] = ()) -> None:
    """Ends a process and all that descends from it; first all of them are stopped, so that they make no others."""
    all_of_them = set(known)
    for sign in (signal.SIGSTOP, signal.SIGKILL):
        signalled: set[tuple[int, int]] = set()
        for _ in range(ROUNDS):
            found = descendants(of, all_of_them)
            todo = [one for one in found if (one.pid, one.started) not in signalled]
            if not todo:
                break
            for one in todo:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(one.pid, sign)
            signalled |= {(one.pid, one.started) for one in todo}
            all_of_them |= found
    deadline = time.monotonic() + 1
    while descendants(of, all_of_them) and time.monotonic() < deadline:
        time.sleep(0.002)


def private_bytes(pids: Iterable[int], *, each_had: int = 0) -> int:
    """The memory of some processes that they share with no file, in bytes, beyond what each had when it was forked."""
    found = 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError), open(f"/proc/{pid}/statm", encoding="ascii") as file:
            _, resident, shared, *_ = map(int, file.read().split())
            found += max((resident - shared) * os.sysconf("SC_PAGE_SIZE") - each_had, 0)
    return found


def _prctl(operation: int, argument: int) -> None:
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).prctl(operation, argument, 0, 0, 0)
