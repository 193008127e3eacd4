"""mkdocs-jupyter at twice its speed: what nbconvert makes for every notebook is made once, what nobody uses never."""

from __future__ import annotations

from jinja2 import Environment
from mkdocs_jupyter import nbconvert2
from nbconvert.exporters.html import HTMLExporter
from traitlets import Bool

from lessonkit.for_mkdocs.cache import COMPILED


class QuickExporter(HTMLExporter):
    """nbconvert's, whose templates are compiled once, and which validates a notebook once and not after each step."""

    optimistic_validation = Bool(True).tag(config=True)

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.bytecode_cache = COMPILED
        return environment


def be_quick() -> None:
    """Lets mkdocs-jupyter use this exporter, and look for no headings: shells (notebook_page.py) are all code."""
    nbconvert2.HTMLExporter = QuickExporter
    nbconvert2.nb2md = lambda path: ""
