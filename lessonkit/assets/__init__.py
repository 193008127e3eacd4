"""What a site is made with beside the lessons: theme, styles, scripts, labs, the worker of the search."""

from pathlib import Path

FOLDER = Path(__file__).parent
SITE = FOLDER / "site"
"""Styles and scripts as pages ask for them, at `assets/`."""
LABS = FOLDER / "labs"
"""What a page asks for when a lab comes near the screen, at `assets/labs/`; lessonkit/pages/labs.py adds its words."""
LIVE = FOLDER / "live"
"""Script and style of pages that run their code: only `mkdocs serve` has them (lessonkit/live/application.py)."""
STYLES = ("site.css", "figures.css", "math.css", "reader.css", "letters.css")
"""For every page, in this order; `prune_assets` takes away what a page does not use."""
WORDS = "words.js"
"""The words of the scripts in a page's language, from lessonkit/words."""
SCRIPTS = (
    WORDS,
    "reader.js",  # the others use it
    "scheme.js",
    "copy.js",
    "code-blocks.js",
    "guess.js",
    "choices.js",
    "exercises.js",  # the next one tells it what is solved
    "typed.js",
    "language-switch.js",  # it scrolls to a place, so what changes heights comes before
    "anchors.js",
    "terms.js",
    "labs.js",
    "letters.js",
    "where.js",
    "progress.js",
    "shortcuts.js",
    "drawer.js",
    "print.js",
)
SEARCH = tuple(FOLDER / "search" / name for name in ("words.js", "rank.js", "worker.js"))
SEARCH_AT_FIRST_USE = FOLDER / "search" / "first-use.js"
"""The worker that loads the search; a page from file:// can load no second file into a worker, and has it at once."""
FRAME_WORKER = FOLDER / "frame-worker.js"
NOTEBOOK_STYLE = FOLDER / "notebook.css"
