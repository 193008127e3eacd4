"""A served file that was saved is looked for at once, where the system tells of it, and never seen twice."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from mkdocs.livereload import LiveReloadServer

from lessonkit.adapters import watching

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere MkDocs' own look is the only one")
NEVER = 600
"""Seconds between two looks of MkDocs: longer than a test."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveReloadServer]:
    """A server that would not look for itself, of a folder that it has looked at once."""
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "page.md").write_text("old", encoding="utf-8")
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, str(tmp_path), polling_interval=NEVER)
    server.watch(str(tmp_path))
    yield server
    server.observer.stop()


def start(server: LiveReloadServer) -> None:
    server.observer.start()
    assert until(lambda: all(emitter._snapshot.paths for emitter in server.observer.emitters))


def until(holds: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    return holds()


def test_a_saved_file_is_seen_at_once_and_once(server: LiveReloadServer, tmp_path: Path) -> None:
    watching.look_when_told(server)
    start(server)
    page = tmp_path / "below" / "page.md"
    page.write_text("new and longer", encoding="utf-8")
    assert until(lambda: server._want_rebuild)
    time.sleep(0.3)  # to open a file for writing empties it, which may be told and seen by itself
    server._want_rebuild = False
    for emitter in server.observer.emitters:
        emitter.queue_events(0)  # as at MkDocs' next look
    page.read_text(encoding="utf-8")  # as the build does
    assert not until(lambda: server._want_rebuild, 0.5)
    (tmp_path / "new.md").touch()
    assert until(lambda: server._want_rebuild)


def test_without_it_a_saved_file_waits_for_the_next_look(server: LiveReloadServer, tmp_path: Path) -> None:
    start(server)
    (tmp_path / "below" / "page.md").write_text("new and longer", encoding="utf-8")
    assert not until(lambda: server._want_rebuild, 0.5)


def test_a_system_that_tells_nobody_more_is_no_error(
    server: LiveReloadServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **options: object) -> None:
        raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watching.Observer, "schedule", full)
    watching.look_when_told(server)
    start(server)
    (tmp_path / "new.md").touch()
    for emitter in server.observer.emitters:
        emitter.queue_events(0)
    assert until(lambda: server._want_rebuild)
