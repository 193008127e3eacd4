"""What nbconvert does again for each notebook is done once: its templates are compiled, its code is marked sparingly.

mkdocs-jupyter makes exporters of its own for each notebook; nbconvert lets a preprocessor, which its settings name, see
the exporter that it works for. Without this, reading each mark of Pygments (8,000 a notebook) as HTML again and again
takes two thirds of the time.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from nbconvert.exporters import TemplateExporter
from nbconvert.preprocessors import Preprocessor
from traitlets import Bool

from lessonkit.adapters.cache import COMPILED
from lessonkit.checks.record import write_changed
from lessonkit.pages.minify import merge_spans

SETTINGS = f"""\
c.Exporter.default_preprocessors.append("{__name__}.Sparing")
c.Exporter.optimistic_validation = True  # the notebook is valid once, not after each of 14 preprocessors
"""
FILTERS = {"highlight_code", "markdown2html"}
"""Those that write marks of code."""


def use(folder: Path) -> None:
    """Writes nbconvert's settings into a folder and has it read them there, rather than those of somebody's home."""
    write_changed(folder / "jupyter_nbconvert_config.py", SETTINGS.encode())
    os.environ["JUPYTER_CONFIG_DIR"] = str(folder.resolve())


class Sparing(Preprocessor):
    """Leaves a notebook as it is, and its exporter with compiled templates and fewer marks in code."""

    enabled = Bool(True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Called once the exporter has its filters, before it loads its template."""
        exporter = self.parent
        assert isinstance(exporter, TemplateExporter)
        exporter.environment.bytecode_cache = COMPILED
        for name in FILTERS & exporter.environment.filters.keys():
            exporter.environment.filters[name] = _sparing(exporter.environment.filters[name])
        return nb, resources


def _sparing(theirs: Callable[..., str]) -> Callable[..., str]:
    """A filter that writes code with as few marks as its colours need."""

    @wraps(theirs)
    def ours(*values: Any, **options: Any) -> str:
        return merge_spans(theirs(*values, **options))

    return ours
