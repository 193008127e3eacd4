"""What a program of a page tells while it runs, within its limits; the same for both ways in which programs run."""

from __future__ import annotations

import contextlib
import json
import signal
import time
from typing import Any

PREFIX = "lessons-live-"
"""How the folders in which programs run begin; the number of the process whose end is theirs follows."""
GATHER = 0.03
"""Seconds for which text is gathered after some was sent."""
LARGEST_LINE, MOST_FIGURES = 4_000_000, 3_000_000
"""Bytes of one event that are waited for, and of all figures of a run."""
TEXT = ("out", "err")


class Told:
    """What a program tells: text is put together, and where it is too much the program is ended."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.partial, self.held = b"", []  # type: bytes, list[dict[str, str]]
        self.characters = self.figures = 0
        self.flushed = 0.0
        self.ended = False

    def send(self, event: dict[str, Any]) -> None:
        """Passes an event on."""
        raise NotImplementedError

    def finish(self, how: dict[str, Any]) -> None:
        """Ends the program, if it has not ended."""
        raise NotImplementedError

    def hear(self, data: bytes) -> None:
        """Takes what the program told; a line that is no event is what a dying process left of one."""
        *lines, self.partial = (self.partial + data).split(b"\n")
        for line in lines:
            with contextlib.suppress(ValueError):
                event = json.loads(line)
                if isinstance(event, dict) and all(isinstance(event.get(key, ""), str) for key in (*TEXT, "figure")):
                    self.take(event)
        if len(self.partial) > LARGEST_LINE:
            self.finish({"end": "output"})

    def take(self, event: dict[str, Any]) -> None:
        """Passes an event on, within the limits."""
        if self.ended:
            return
        if "end" in event:
            self.finish(event)
            return
        for key in TEXT:
            if key in event:
                left = self.most - self.characters
                self.characters += len(event[key])
                if self.held and key in self.held[-1]:
                    self.held[-1][key] += event[key][:left]
                else:
                    self.held.append({key: event[key][:left]})
                if time.monotonic() - self.flushed > GATHER:
                    self.flush()
                if self.characters > self.most:
                    self.finish({"end": "output"})
                return
        self.flush()
        self.figures += len(event.get("figure", ""))
        if self.figures > MOST_FIGURES:
            self.finish({"end": "output"})
        else:
            self.send(event)

    def flush(self) -> None:
        """Sends the text that was gathered."""
        held, self.held = self.held, []
        for event in held:
            self.send(event)
        self.flushed = time.monotonic()


def exited(code: int) -> dict[str, Any]:
    """How a process ended that did not say it, by its code: a signal is below zero, on Windows 2**31 and more."""
    if code >= 1 << 31:
        return {"end": "signal", "signal": f"0x{code:X}"}
    if code >= 0:
        return {"end": "exit", "code": code}
    with contextlib.suppress(ValueError):
        return {"end": "signal", "signal": signal.Signals(-code).name}
    return {"end": "signal", "signal": str(-code)}
