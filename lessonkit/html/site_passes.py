"""What happens to the pages of a site once all languages are written: ONE list, `PASSES`, in its order.

A pass takes the HTML of all pages, by their paths, and returns it; what else it does to the files of the site it says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from os.path import relpath
from pathlib import Path
from shutil import rmtree

from lessonkit.checks.record import write_changed
from lessonkit.drawing.figure_file import colors
from lessonkit.formulas.mathfont import CHARACTERS, drawn_characters, subset_of
from lessonkit.lesson.cells import Lesson
from lessonkit.pages.bundle import KINDS, hashed, joined, slim
from lessonkit.pages.policy import with_policy
from lessonkit.pages.prune_assets import without_unused
from lessonkit.pages.prune_styles import one_sheet, with_one_sheet, words_of, words_of_theme
from lessonkit.pages.render import CELL, end
from lessonkit.parallel.links import relinked
from lessonkit.parallel.merge import OPEN, parallel
from lessonkit.parallel.pictures import figures_apart
from lessonkit.words import say

FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
MARKS = re.compile(CELL.format(r"\d+") + "\n")
SHEETS, SCRIPTS = "stylesheets", "javascripts"
"""Where Material has its own, below the assets of a language."""
NOT_FOR_FILES = ("404.html", "_headers", "search/search_index.json", "assets/javascripts/lunr", "**/*.map")
"""What no page asks for when there is no server: of a language's build."""

Pages = dict[Path, str]


@dataclass(frozen=True)
class Written:
    """A site on disk. `assets` are the folders of its languages, the last one's those of all pages in no other's.

    `languages` are the two that stand side by side, each with where it is served, and `lessons` those that do, by the
    files of their pages, which below `parallel` have both. `serving`: for `mkdocs serve`, where live reloading would
    break a policy, and which need not wait for less CSS; `offline`: to be opened as files.
    """

    site: Path
    roots: tuple[Path, ...]
    languages: Mapping[str, str]
    lessons: Mapping[str, Lesson]
    parallel: str
    serving: bool
    offline: bool

    @property
    def assets(self) -> tuple[Path, ...]:
        """Where each language has its styles and scripts."""
        return tuple(root / "assets" for root in self.roots)

    def assets_of(self, path: Path) -> Path:
        """The assets of a page's language."""
        return next(folder for folder in self.assets if path.is_relative_to(folder.parent))


def side_by_side(pages: Pages, written: Written) -> Pages:
    """Fills the pages in both languages, which are open so far; then no page needs the marks of its cells."""
    langs, folder = tuple(written.languages), written.parallel
    names = tuple(say(lang, "contents") for lang in langs)
    places = tuple(written.languages.values())
    moves = tuple((at + _address(file), folder + _address(file)) for at in places for file in written.lessons)
    for file, lesson in written.lessons.items():
        sides = []
        for at in places:
            page, shown, _ = pages[written.site / at / file].partition(end(lesson))
            sides.append(_relinked(page[page.find("<h1") :], at + file, folder + file, moves) if shown else "")
        path = written.site / folder / file
        pages[path] = pages[path].replace(OPEN, _parallel(lesson, tuple(sides), langs, names))
    return {path: MARKS.sub("", html) for path, html in pages.items()}


def _address(path: str) -> str:
    """How links name a page: `softmax/` for `softmax/index.html`."""
    return path.removesuffix("index.html")


def pictures(pages: Pages, written: Written) -> Pages:
    """Figures of the pages in both languages are fetched when they come near; writes their files."""
    if written.serving or written.offline:
        return pages
    for path in (written.site / written.parallel / file for file in written.lessons):
        assets = written.assets_of(path)
        folder = assets / "figures"
        style = slim("figures.css", colors((assets / "figures.css").read_text(encoding="utf-8")))
        pages[path], files = figures_apart(pages[path], style, Path(relpath(folder, path.parent)).as_posix())
        for name, text in files.items():
            write_changed(folder / name, text.encode())
    return pages


_FOLD = re.compile(r"<details\b.*?</details>", re.DOTALL)
_MATH_SHEET = re.compile(r'<link rel="stylesheet" href="((?:[^"]*/)?assets/)math\.css">')


def math_font(pages: Pages, written: Written) -> Pages:
    """The font of formulas, with the characters that the pages draw."""
    if written.serving:
        return pages
    drawn = drawn_characters("".join(formula for html in pages.values() for formula in FORMULA.findall(html)))
    if not drawn:
        return pages
    font = subset_of(frozenset(drawn & CHARACTERS))
    name = hashed("math.woff2", font)  # a reader may have kept one of other characters
    for folder in written.assets:
        sheet = folder / "math.css"
        write_changed(folder / name, font)
        write_changed(sheet, sheet.read_bytes().replace(b"math.woff2", name.encode()))
    return pages if written.offline else {path: _with_font_early(html, name) for path, html in pages.items()}


def _with_font_early(html: str, font: str) -> str:
    """Asks for the font with the styles, where a formula is to be seen at once: text around it would move later."""
    if "<math" not in _FOLD.sub("", html):
        return html
    early = rf'<link rel="preload" href="\g<1>{font}" as="font" type="font/woff2" crossorigin>'
    return _MATH_SHEET.sub(rf"{early}\n\g<0>", html, count=1)


def prune_assets(pages: Pages, written: Written) -> Pages:
    """Styles and scripts only on pages that use them."""
    return {path: _pruned(html) for path, html in pages.items()}


def small_files(pages: Pages, written: Written) -> Pages:
    """Styles and scripts of ours without what only their authors read."""
    for path in () if written.serving else _ours(written):
        write_changed(path, slim(path.name, path.read_text(encoding="utf-8")).encode())
    return pages


def bundle(pages: Pages, written: Written) -> Pages:
    """One file of each kind where a page had several of ours; writes these files."""

    @cache
    def read(folder: Path, name: str) -> str:
        return (folder / name).read_text(encoding="utf-8")

    for path, html in pages.items():
        folder = written.assets_of(path)
        pages[path], files = joined(html, partial(read, folder))
        for name, text in files.items():
            write_changed(folder / name, text.encode())
    return pages


def one_style_sheet(pages: Pages, written: Written) -> Pages:
    """Material's style sheets become one, without what no page needs; it takes about half a second."""
    if written.serving:
        return pages
    ours = (path.read_text(encoding="utf-8") for path in _ours(written))
    words = words_of([*pages.values(), *ours])
    words |= words_of_theme(path.read_text(encoding="utf-8") for path in _files(written, f"{SCRIPTS}/*.js"))
    names = {}
    for folder in written.assets:
        sheets = sorted((folder / SHEETS).glob("*.css"))  # main before palette, as pages name them
        name, css = one_sheet("\n".join(path.read_text(encoding="utf-8") for path in sheets), words)
        rmtree(folder / SHEETS)
        write_changed(folder / name, css.encode())
        names[folder] = name
    return {path: with_one_sheet(html, names[written.assets_of(path)]) for path, html in pages.items()}


def _ours(written: Written) -> list[Path]:
    return [path for kind in KINDS for path in _files(written, f"*.{kind}")]


def _files(written: Written, names: str) -> list[Path]:
    return [path for folder in written.assets for path in sorted(folder.glob(names))]


def policy(pages: Pages, written: Written) -> Pages:
    """Each page carries its Content-Security-Policy, made of its final text: so it comes last."""
    if written.serving or written.offline:
        return pages
    return {path: with_policy(html) for path, html in pages.items()}


PASSES: tuple[Callable[[Pages, Written], Pages], ...] = (
    side_by_side,
    pictures,
    math_font,
    prune_assets,
    small_files,
    bundle,
    one_style_sheet,
    policy,
)


def run(written: Written) -> None:
    """Rewrites the pages of a site."""
    if written.offline:
        for pattern in NOT_FOR_FILES:
            for path in {found for root in written.roots for found in root.glob(pattern)}:
                rmtree(path) if path.is_dir() else path.unlink()
    pages = {path: path.read_text(encoding="utf-8") for path in written.site.rglob("*.html")}
    for one in PASSES:
        pages = one(pages, written)
    for path, html in pages.items():
        path.write_text(html, encoding="utf-8")


_parallel = lru_cache(maxsize=64)(parallel)
_relinked = lru_cache(maxsize=64)(relinked)
_pruned = lru_cache(maxsize=256)(without_unused)
