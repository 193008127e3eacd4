"""Where types end: what another process tells as JSON, modules that only a lesson imports, what not each system has."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

Event = dict[str, Any]
"""An event of a lesson's process, a request to it, or the names of its program: whatever JSON or a lesson holds."""
Emit = Callable[[Event], None]


def write_event(out: int, event: Event) -> None:
    """Writes an event as a line of JSON; a pipe may take a part of it at a time."""
    data = (json.dumps(event) + "\n").encode()
    while data:
        data = data[os.write(out, data) :]


def imported(name: str) -> Any:
    """A module if this process has imported it, else None. Never imports it, as that may change what a lesson does."""
    return sys.modules.get(name)


def fork() -> int:
    """As `os.fork`, on systems that have it. Raises OSError on Windows, where nobody asks for it."""
    if sys.platform == "win32":
        raise OSError("this system cannot fork")
    return os.fork()
