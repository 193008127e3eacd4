"""What a reader's first visit of each page weighs: python tests/benchmarks/bench_weights.py [SITE]

SITE is a built site; without it the project is built for this. All sizes are kB (1000 bytes) as gzip -9 leaves them,
but for the first column. Nothing is asserted; what is over its budget is marked with `!`.
"""

from __future__ import annotations

import gzip
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lessonkit.formulas.mathfont import drawn_characters

ROOT = Path(__file__).parents[2]
FIGURE = re.compile(r"<figure\b.*?</figure>", re.DOTALL)
CSS_URL = re.compile(r"@font-face\s*\{[^}]*?url\((?P<font>[^)]+)\)|url\((?P<other>[^)]+)\)")
FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)
WORKER = re.compile(r'"search": "([^"]+)"')
FETCHED = {"link": ("href", ("stylesheet", "icon")), "script": ("src", None), "img": ("src", None)}

KINDS = {
    "lesson": {"gz without figures": 25, "first visit": 150},
    "notebook": {"html": 60, "gz without figures": 15, "first visit": 150},
    "other": {"gz without figures": 25, "first visit": 150},
}
"""The budgets of each kind of page; `html` counts without figures, as bytes."""


class Fetched(HTMLParser):
    """The addresses that a browser fetches for a page when it comes to it, without those of its styles.

    Pictures that it fetches when they come near the screen are not among them.
    """

    def __init__(self, html: str):
        super().__init__()
        self.addresses: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name, rels = FETCHED.get(tag, ("", None))
        values = dict(attrs)
        address = values.get(name)
        if values.get("loading") == "lazy":
            return
        if address and not address.startswith("data:") and (rels is None or values.get("rel") in rels):
            self.addresses.append(address)


@cache
def packed(path: Path) -> int:
    """The bytes of a file that go over the wire; pictures and fonts are packed already."""
    data = path.read_bytes()
    return len(data) if path.suffix in (".woff2", ".png", ".jpg", ".webp") else len(gzip.compress(data, 9))


@cache
def of_style(path: Path) -> tuple[Path, ...]:
    """The fonts that a style sheet asks for."""
    text = path.read_text(encoding="utf-8")
    found = (match["font"] for match in CSS_URL.finditer(text) if match["font"])
    return tuple(target(path, address.strip("\"'")) for address in found)


def target(page: Path, address: str) -> Path:
    """The file at an address that a page or a style names; SystemExit for one of somebody else."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        sys.exit(f"{page} asks somebody else: {address}")
    base = page.parent
    if parts.path.startswith("/"):  # only the page for lost readers is served from any folder
        base = next(folder for folder in page.parents if (folder / "404.html").exists() and folder.name != "en")
    return (base / unquote(parts.path).lstrip("/")).resolve()


def files(page: Path, html: str) -> Iterator[Path]:
    """The files of a first visit besides the page and the search index; the font of formulas where it is used."""
    drawn = drawn_characters("".join(FORMULA.findall(html)))
    addresses = [*Fetched(html).addresses, *WORKER.findall(html)]
    for path in {target(page, address) for address in addresses}:
        yield path
        if path.suffix == ".css":
            yield from (font for font in of_style(path) if drawn or not font.name.startswith("math."))


def kind(name: str, html: str) -> str:
    """Which budgets a page has."""
    if "notebooks/" in name:
        return "notebook"
    return "lesson" if 'id="lesson-programs"' in html else "other"


def row(site: Path, page: Path) -> tuple[str, str, dict[str, float], int]:
    """Name, kind, weights and requests of a page."""
    html = page.read_text(encoding="utf-8")
    bare = FIGURE.sub("", html)
    others = set(files(page, html))
    weights = {
        "html": len(bare.encode()) / 1000,
        "gz": packed(page) / 1000,
        "gz without figures": len(gzip.compress(bare.encode(), 9)) / 1000,
        "first visit": (packed(page) + sum(map(packed, others))) / 1000,
    }
    name = "/" + page.relative_to(site).as_posix().removesuffix("index.html")
    return name, kind(name, html), weights, 1 + len(others)


def table(site: Path) -> Iterator[str]:
    """The lines of the table."""
    site = site.resolve()
    yield f"{'page':44} {'kind':8} {'HTML*':>8} {'gz':>8} {'gz*':>8} {'visit':>8} {'files':>5}   * without figures"
    for page in sorted(site.rglob("*.html")):
        name, which, weights, requests = row(site, page)
        cells = []
        for what, weight in weights.items():
            over = "!" if weight > KINDS[which].get(what, weight) else " "
            cells.append(f"{weight:7.1f}{over}")
        yield f"{name:44} {which:8} {' '.join(cells)} {requests:5}"
    for which, budgets in KINDS.items():
        reported = ", ".join(f"{'HTML' if what == 'html' else what} {most} kB" for what, most in budgets.items())
        yield f"budgets of a {which} page: {reported}"
    for index in sorted(site.rglob("search_index.json")):
        yield f"{packed(index) / 1000:7.1f} kB gz  {index.relative_to(site).as_posix()} (budget 165 kB)"


def main() -> None:
    """Prints the table of a site."""
    if sys.argv[1:]:
        print(*table(Path(sys.argv[1])), sep="\n")
        return
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", folder]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}, check=True)
        print(*table(Path(folder)), sep="\n")


if __name__ == "__main__":
    main()
