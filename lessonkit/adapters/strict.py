"""`--strict` holds with `--quiet` too: a warning that ends the build is counted and shown."""

from __future__ import annotations

import logging


def show_warnings() -> None:
    """Lets warnings through. `--quiet` drops them before MkDocs counts them, so that a strict build would pass."""
    log = logging.getLogger("mkdocs")
    log.setLevel(min(log.level, logging.WARNING))
