"""A site whose addresses are names of files (`use_directory_urls: false`): what holds of the usual one holds of it."""

from __future__ import annotations

import functools
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from edition import dangling
from test_notebook_site import ROOT, build, new_project

SITE = "https://example.org/s/"
WAYS = {"setting": "use_directory_urls: false\n", "option": ""}


Once = Callable[[str, Callable[[Path], object]], Path]


def made(folder: Path, way: str, **environment: str) -> None:
    """A site with lessons, notebooks, parallel pages and all that is published, by the setting or by the option."""
    project = new_project(folder / "project")
    shutil.copytree(ROOT / "docs" / "shared" / "assets", project / "docs" / "shared" / "assets", dirs_exist_ok=True)
    config = project / "mkdocs.yml"
    text = config.read_text(encoding="utf-8").replace("at: en/,", "at: en/, for_others: true,")
    text = text.replace("notebooks: true", "notebooks: true\n      parallel: true")
    config.write_text(f"{WAYS[way]}{text}", encoding="utf-8")
    options = ["--no-directory-urls"] if way == "option" else []
    built = build(project, "--strict", *options, **environment)
    assert built.returncode == 0, built.stderr


@pytest.fixture(scope="module", params=WAYS)
def local(request: pytest.FixtureRequest, once: Once) -> Path:
    """The site without an address."""
    make = functools.partial(made, way=request.param, SITE_URL="")
    return once(f"files-local-{request.param}", make) / "project" / "site"


@pytest.fixture(scope="module")
def published(once: Once) -> Path:
    """The site for an address."""
    make = functools.partial(made, way="setting", SITE_URL=SITE)
    return once("files-published", make) / "project" / "site"


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def file_of(site: Path, address: str) -> Path:
    """The file that a host serves at an address of the site."""
    path = site / address.removeprefix(SITE).split("#")[0]
    return path / "index.html" if path.is_dir() else path


@pytest.mark.rest
def test_every_page_carries_its_policy(local: Path) -> None:
    pages = list(local.rglob("*.html"))
    assert {"small.html", "404.html"} <= {page.name for page in pages}
    for page in pages:
        assert text(page).count('<meta http-equiv="Content-Security-Policy"') == 1, page


@pytest.mark.rest
def test_every_reference_leads_to_a_file(local: Path) -> None:
    assert [reported for reported in dangling(local) if not reported.startswith("404.html")] == []


@pytest.mark.rest
def test_languages_lead_to_each_other_and_side_by_side(local: Path) -> None:
    for page, hrefs in {
        "small.html": ["en/small.html", "parallel/small.html"],
        "en/small.html": ["../small.html", "../parallel/small.html"],
        "index.html": ["en/index.html"],
        "notebooks/small.html": ["../en/notebooks/small.html"],
        "parallel/small.html": ["../small.html", "../en/small.html"],
    }.items():
        switches = re.findall(r'<a class="language-switch[^"]*" href="([^"]+)"', text(local / page))
        assert [href.removeprefix("./") for href in switches] == hrefs, page


@pytest.mark.rest
def test_parallel_pages_are_filled_and_lead_to_parallel_pages(local: Path) -> None:
    page = text(local / "parallel" / "small.html")
    assert page.count("<article") == text(local / "small.html").count("<article")
    assert "<!-- both languages -->" not in page
    assert 'lang="en"' in page
    small, english = text(local / "small.html"), text(local / "en" / "small.html")
    for title in (re.search(r"<h1[^>]*>([^<]+)", html)[1] for html in (small, english)):
        assert title in page


@pytest.mark.rest
def test_programs_and_notebooks_are_there_to_take(local: Path) -> None:
    for at in ("", "en/"):
        assert json.loads(re.search(r'id="lesson-programs"[^>]*>(.*?)</script>', text(local / at / "small.html"))[1])
        for ending in ("ipynb", "py"):
            href = f'href="notebooks/small.{ending}"'
            assert href in text(local / at / "small.html").replace('href="./', 'href="')
            assert (local / at / "notebooks" / f"small.{ending}").is_file()


@pytest.mark.rest
def test_the_search_leads_to_files(local: Path) -> None:
    for at in ("", "en/"):
        docs = json.loads(text(local / at / "search" / "search_index.json"))["docs"]
        assert docs
        for doc in docs:
            assert (local / at / (doc["location"].split("#")[0] or "index.html")).is_file(), doc["location"]


@pytest.mark.rest
def test_search_engines_are_led_to_files(published: Path) -> None:
    sitemap = text(published / "sitemap.xml")
    addresses = re.findall(r'<loc>([^<]+)</loc>|href="([^"]+)"', sitemap)
    named = {one or other for one, other in addresses}
    for page in published.rglob("*.html"):
        named |= set(re.findall(r'rel="(?:canonical|alternate )" href="([^"]+)"', text(page)))
    assert {f"{SITE}small.html", f"{SITE}en/small.html"} <= named
    assert [address for address in sorted(named) if not file_of(published, address).is_file()] == []


@pytest.mark.rest
@pytest.mark.parametrize("name", ["small.ipynb", "small.py"])
def test_what_is_taken_away_leads_back_to_files(published: Path, name: str) -> None:
    for at in ("", "en/"):
        links = re.findall(rf"{re.escape(SITE)}[^\s)\"\\>]*", text(published / at / "notebooks" / name))
        assert f"{SITE}{at}small.html" in [link.rstrip(".") for link in links]
        assert [link for link in links if not file_of(published, link.rstrip(".")).is_file()] == []
