"""Where types end: what another process tells as JSON, modules that only a lesson imports, what not each system has."""

from __future__ import annotations

import os
import sys
from typing import Any

Event = dict[str, Any]
"""An event of a lesson's process, a request to it, or the names of its program: whatever JSON or a lesson holds."""


def imported(name: str) -> Any:
    """A module if this process has imported it, else None. Never imports it, as that may change what a lesson does."""
    return sys.modules.get(name)


def fork() -> int:
    """As `os.fork`, on systems that have it. Raises OSError on Windows, where nobody asks for it."""
    if sys.platform == "win32":
        raise OSError("this system cannot fork")
    return os.fork()
