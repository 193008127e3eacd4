"""A build's garbage is left where it lies: looking for it took a sixth of the time, and the process ends soon."""

from __future__ import annotations

import gc


def leave() -> None:
    """Looks for none from now on."""
    gc.disable()


def forget() -> None:
    """Looks for it again, but not in what is there now: not at the end of the process either."""
    gc.freeze()
    gc.enable()
