"""Every link of every page leads somewhere: between languages, to notebook pages, to downloads, to its anchor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote, urlsplit

import pytest

ADDRESSES = {"href", "src", "srcset", "poster", "data"}


class Reading(HTMLParser):
    """The ids and the addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            elif name in ADDRESSES and tag != "base":
                self.links.add(value or "")


def read(files: Mapping[str, str]) -> dict[str, Reading]:
    """The pages of a site, by the path of their file."""
    return {path: Reading(html) for path, html in files.items()}


def broken(read: Mapping[str, Reading], files: set[str]) -> Iterator[str]:
    """The links that lead nowhere. `files` are the paths of all files of the site."""
    for path, page in sorted(read.items()):
        for link in sorted(page.links):
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = _file(path, unquote(parts.path))
            if parts.path.startswith("/") and not path.endswith("404.html"):
                yield f"{path}: {link} starts at the host's root"
            elif target not in files:
                yield f"{path}: {link} leads nowhere"
            elif parts.fragment and target in read and unquote(parts.fragment) not in read[target].ids:
                yield f"{path}: {link} has no such anchor"


def _file(here: str, path: str) -> str:
    """The file that an address stands for, as hosts serve it: a folder is its index.html."""
    if not path:
        return here
    target = normpath(join("/", here, "..", path)).lstrip("/")
    return f"{target}/index.html".lstrip("/") if path.endswith(("/", ".")) else target


@pytest.mark.rest
def test_every_link_leads_somewhere(site: Path) -> None:
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    pages = read({name: path.read_text(encoding="utf-8") for name, path in files.items() if name.endswith(".html")})
    assert len(pages) > 60
    assert sum(len(page.links) for page in pages.values()) > 2000
    assert list(broken(pages, set(files))) == []


@pytest.mark.parametrize(
    ("link", "reported"),
    [
        ("../nowhere/", ["a/index.html: ../nowhere/ leads nowhere"]),
        ("../b/#nowhere", ["a/index.html: ../b/#nowhere has no such anchor"]),
        ("#nowhere", ["a/index.html: #nowhere has no such anchor"]),
        ("/b/", ["a/index.html: /b/ starts at the host's root"]),
        ("../../b/", []),
        ("../b/#there", []),
        ("../en/b/../../b/#%74here", []),
        ("#here", []),
        ("..", []),
        ("../x.ipynb", []),
        ("https://example.org/nowhere", []),
    ],
)
def test_a_link_that_leads_nowhere_is_reported(link: str, reported: list[str]) -> None:
    pages = read(
        {"index.html": "", "a/index.html": f'<p id="here"><a href="{link}">x</a>', "b/index.html": '<b id="there">'}
    )
    assert list(broken(pages, {*pages, "x.ipynb"})) == reported
