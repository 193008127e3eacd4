"""Under `mkdocs serve` the page of a notebook is made when somebody asks for it, so that no save waits for it.

A build leaves a page that waits (`notebook_page.waiting`) with the key of its notebook. Who asks for it adds the key to
a file that the server watches; the build that this begins makes the page, and the request is answered with it.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import click
from mkdocs.livereload import LiveReloadServer

from lessonkit.notebooks.notebook_page import is_waiting

LONGEST = 30
"""Seconds that a request waits; then the page says that it is being made."""


def new_file(command: str) -> Path | None:
    """The file for a server that is about to start; None for a command that builds once, and so makes all pages."""
    context = click.get_current_context(silent=True)
    if command != "serve" or (context and not context.params.get("livereload", True)):
        return None
    handle, name = tempfile.mkstemp(prefix="lessons-asked-")
    os.close(handle)
    return Path(name)


def remove(file: Path | None) -> None:
    """Removes it, at the end."""
    if file:
        file.unlink(missing_ok=True)


def let_ask(server: LiveReloadServer, file: Path | None) -> None:
    """Lets a server make the pages that are asked for."""
    if not file:
        return
    server.watch(str(file))
    server.set_app(Asked(server.get_app() or server.serve_request, Path(server.root), server.mount_path, file))


class Asked:
    """The application around that of a server of pages."""

    def __init__(self, app: WSGIApplication, root: Path, mount: str, file: Path):
        self.app, self.root, self.mount, self.file = app, root.resolve(), mount, file

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answers a request."""
        path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "ignore")
        page = self.root / path.removeprefix(self.mount).lstrip("/")
        page = page if page.suffix == ".html" else page / "index.html"
        if key := self._waiting(page):
            if key not in self.file.read_text(encoding="utf-8").split():
                with self.file.open("a", encoding="utf-8") as file:
                    file.write(f"{key}\n")
            end = time.monotonic() + LONGEST
            while time.monotonic() < end and self._waiting(page):
                time.sleep(0.05)
        return self.app(environ, start)

    def _waiting(self, page: Path) -> str:
        """The key of the notebook whose page waits, if it is one."""
        try:
            return is_waiting(page.read_text(encoding="utf-8")) if page.resolve().is_relative_to(self.root) else ""
        except (OSError, ValueError):
            return ""
