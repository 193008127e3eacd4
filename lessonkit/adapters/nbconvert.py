"""mkdocs-jupyter at four times its speed: what every notebook needs is made once, what nobody uses never."""

from __future__ import annotations

import logging
from typing import Any

from jinja2 import Environment
from mkdocs_jupyter import convert, nbconvert2
from nbconvert.exporters.html import HTMLExporter
from nbconvert.exporters.templateexporter import TemplateExporter
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat import NotebookNode
from traitlets import Bool

from lessonkit.adapters.cache import COMPILED


class QuickExporter(HTMLExporter):
    """nbconvert's, whose templates are compiled once, and which validates a notebook once and not after each step."""

    optimistic_validation = Bool(True).tag(config=True)

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """The page as the templates write it. HTMLExporter parses it again, for pictures, which shells do not have."""
        resources = self._init_resources(resources)
        data_type = WidgetsDataTypeFilter(notebook_metadata=self._nb_metadata, parent=self, resources=resources)
        self.register_filter("filter_data_type", data_type)
        return TemplateExporter.from_notebook_node(self, nb, resources, **kw)

    def _create_environment(self) -> Environment:
        environment = super()._create_environment()
        environment.bytecode_cache = COMPILED
        return environment


def be_quiet() -> None:
    """mkdocs-jupyter tells of each notebook that it knew it already: thirty lines at each save, for --verbose."""
    for name in ("mkdocs.plugins.mkdocs_jupyter", "mkdocs.mkdocs-jupyter"):
        logger = logging.getLogger(name)
        if not any(isinstance(one, _Details) for one in logger.filters):
            logger.addFilter(_Details())


class _Details(logging.Filter):
    """Takes what a plugin is informed of for details."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets warnings pass, and information where details are asked for."""
        return record.levelno > logging.INFO or logging.getLogger("mkdocs").isEnabledFor(logging.DEBUG)


def be_quick() -> None:
    """Lets mkdocs-jupyter use this exporter, and look for no headings: shells (notebook_page.py) are all code."""
    nbconvert2.HTMLExporter = QuickExporter
    convert.nb2md = lambda path: ""
