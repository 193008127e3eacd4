"""The files of a site once all pages are written: pages load what they use, in few files, and carry their policy."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from shutil import rmtree

from lessonkit.checks.record import write_changed
from lessonkit.pages.joined import hashed, joined
from lessonkit.pages.policy import with_policy
from lessonkit.pages.styles import needed, without_comments, words_of, words_of_theme
from lessonkit.pages.used import without_unused

SHEETS, SCRIPTS = "stylesheets", "javascripts"
"""Where Material has its own, below the assets of a language."""
_SHEET = re.compile(r'<link rel="stylesheet" href="(?P<folder>[^"]*assets/)stylesheets/[^"]*">\s*')
_used = lru_cache(maxsize=256)(without_unused)


def finish(site: Path, folders: Sequence[Path], *, purged: bool, guarded: bool) -> None:
    """Rewrites the pages of a site. `folders` are the assets of its languages, the last one's those of all other pages.

    `purged`: Material's style sheets become one, without what no page needs; it takes about half a second. `guarded`:
    pages get their policy, which must be last.
    """
    pages = dict(_joined(site, folders))
    if purged:
        words = words_of([*pages.values(), *_texts(folders, "*.js"), *_texts(folders, "*.css")])
        words |= words_of_theme(_texts(folders, f"{SCRIPTS}/*.js"))
        sheets = {folder: _purge(folder, words) for folder in folders}
        pages = {path: _with_sheet(html, sheets[_of(path, folders)]) for path, html in pages.items()}
    for path, html in pages.items():
        path.write_text(with_policy(html) if guarded else html, encoding="utf-8")


def _of(path: Path, folders: Sequence[Path]) -> Path:
    """The assets of a page's language."""
    return next(folder for folder in folders if path.is_relative_to(folder.parent))


def _joined(site: Path, folders: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """The pages, with one file of each kind where they had several of ours; writes these files."""
    read = cache(_text)
    for path in site.rglob("*.html"):
        folder = _of(path, folders)
        html, files = joined(_used(path.read_text(encoding="utf-8")), lambda name, folder=folder: read(folder / name))
        for name, text in files.items():
            write_changed(folder / name, text.encode())
        yield path, html


def _text(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    return without_comments(text) if path.suffix == ".css" else text


def _texts(folders: Sequence[Path], names: str) -> Iterator[str]:
    return (path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob(names)))


def _purge(folder: Path, words: set[str]) -> str:
    """Puts one sheet in the place of Material's; its name."""
    sheets = sorted((folder / SHEETS).glob("*.css"))  # main before palette, as pages name them
    css = needed("\n".join(path.read_text(encoding="utf-8") for path in sheets), words)
    rmtree(folder / SHEETS)
    name = hashed("material.css", css.encode())
    write_changed(folder / name, css.encode())
    return name


def _with_sheet(html: str, name: str) -> str:
    """The page with the one sheet where Material's stood."""
    link = _SHEET.search(html)
    if not link:
        return html
    one = f'<link rel="stylesheet" href="{link["folder"]}{name}">\n'
    return html[: link.start()] + one + _SHEET.sub("", html[link.end() :])
