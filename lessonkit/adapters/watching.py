"""`mkdocs serve` looks for a saved file at once where the system tells of it.

MkDocs compares its files twice a second, which finds a change on every file system, after a quarter of a second more.
Where Linux tells of a change, the same look is taken then, by the same observer, so nothing is seen twice; what nobody
tells of (a network's folder, that of a container) is found as ever. Elsewhere that is how everything is found.
"""

from __future__ import annotations

import sys
import threading
from contextlib import suppress

from mkdocs.livereload import LiveReloadServer
from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

CHANGES: list[type[FileSystemEvent]] = [FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileDeletedEvent]
"""Not that a file was opened or read, as each build does."""


class _Saved(FileSystemEventHandler):
    """Says that something has changed."""

    def __init__(self) -> None:
        self.changed = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        self.changed.set()


def look_when_told(server: LiveReloadServer) -> None:
    """Lets a server, whose paths to watch are known, look at them as soon as the system tells of a change."""
    if sys.platform != "linux":
        return
    told, saved = Observer(), _Saved()

    def look() -> None:
        while saved.changed.wait():
            saved.changed.clear()
            for emitter in list(server.observer.emitters):
                if emitter.is_alive():
                    emitter.queue_events(0)

    with suppress(OSError):  # the system tells nobody more
        for emitter in server.observer.emitters:
            path, recursive = emitter.watch.path, emitter.watch.is_recursive
            told.schedule(saved, path, recursive=recursive, event_filter=CHANGES)
        told.start()
        threading.Thread(target=look, daemon=True).start()
