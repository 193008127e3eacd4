"""The engine of the site: lessons become pages (MkDocs) and tests (pytest).

The packages; each imports only from lines above its own (tests/test_layers.py). ARCHITECTURE.md tells a lesson's way.

    words                    what the interface says in each language, as data
    assets                   theme, styles, scripts, labs: data of the package
    formulas, drawing        math and figures: how they are made, recorded and shown
    lesson                   what a lesson is, and reading one from its file
    running                  a lesson in a fresh process, and what its run gave
    checks                   what must be true of a lesson, and the recorder
    programs, pages          code that runs alone; pages in every language
    parallel                 a lesson's pages in two languages become one with both
    notebooks                the same lessons as notebooks and as plain programs
    html                     what happens to the HTML of a page, in its order
    live                     pages that run their code while they are served
    authoring                a teacher's verbs: the whole check, a new lesson, one brought from elsewhere
    adapters                 thin: MkDocs's plugin and pytest's; only these know them
    cli                      the command `lessonkit`
    __main__                 the same as `python -m lessonkit`

The public verbs, each imported when it is first used:

    lesson = lessonkit.read("lessons/softmax.py")
    lessonkit.check(lesson)                 problems, of all that must be true of it
    lessonkit.run(lesson)                   the Outcome of a run in a fresh process
    lessonkit.record(lesson)                records its outputs; the files that changed
    lessonkit.standalone(lesson, cell)      the smallest program that prints what a cell prints
    lessonkit.to_markdown(lesson, "en")     its page
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lessonkit.authoring.verbs import check, read, record, run, standalone, to_markdown

__all__ = ["check", "read", "record", "run", "standalone", "to_markdown"]


def __getattr__(name: str) -> object:
    """A public verb."""
    if name in __all__:
        return getattr(import_module("lessonkit.authoring.verbs"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
