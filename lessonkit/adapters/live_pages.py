"""Puts the application of live pages around that of MkDocs's server."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from lessonkit.lesson.cells import Lesson
from lessonkit.live.application import Live, hosts
from lessonkit.running.live import LocalEngine
from lessonkit.running.live_spares import local_engine

ALLOWED = "LESSONS_LIVE_HOSTS"
"""The variable that names the hosts, beside this computer's own names, whose pages may run code."""


def let_run(server: LiveReloadServer, config: MkDocsConfig, lessons: Callable[[], Mapping[str, Lesson]]) -> LocalEngine:
    """Lets the pages of a server run their code; the engine, which whoever ends the server closes."""
    engine = local_engine()
    allowed = hosts(config.dev_addr.port, os.environ.get(ALLOWED, ""))
    server.set_app(Live(server.get_app() or server.serve_request, engine, lessons, allowed, server.mount_path))
    return engine
