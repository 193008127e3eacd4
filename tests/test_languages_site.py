"""What search engines and hosts find: languages, counterparts, one sitemap, one 404; and pages in both languages."""

from __future__ import annotations

import functools
import re
import shutil
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from small_site import mkdocs

from lessonkit.pages.render import CELL

pytestmark = pytest.mark.rest

ROOT = Path(__file__).parent.parent
GOOD = ROOT / "tests" / "cases" / "site" / "good.py"
SITE = "https://example.org/s/"
MKDOCS = """
site_name: 시험
site_url: !ENV [SITE_URL, ""]
docs_dir: docs/ko
nav: [index.md, good.md, other.md]
theme:
  name: lessons
  palette:
    - {scheme: default, toggle: {icon: material/weather-night, name: 어둡게 / Dark}}
  features: [navigation.footer]
markdown_extensions:
  [admonition, attr_list, md_in_html, pymdownx.details, pymdownx.superfences, {pymdownx.arithmatex: {generic: true}}]
plugins:
  - material/search
  - lessons:
      parallel: true
      languages:
        ko: {name: 한국어, docs_dir: docs/ko}
        en: {name: English, docs_dir: docs/en, at: en/, site_name: Trial, for_others: true}
"""


def build(folder: Path, **environment: str) -> Path:
    """A site with a home page and two lessons."""
    for lang in ("ko", "en"):
        (folder / "docs" / lang).mkdir(parents=True)
        (folder / "docs" / lang / "index.md").write_text("# 집\n" if lang == "ko" else "# Home\n", encoding="utf-8")
    (folder / "docs" / "shared" / "assets").mkdir(parents=True)
    (folder / "lessons").mkdir()
    for name in ("good", "other"):
        text = GOOD.read_text(encoding="utf-8")
        text = (
            text
            if name == "good"
            else text.replace("# # 합과 평균", "# # 평균").replace("# # Sum and mean", "# # Mean")
        )
        (folder / "lessons" / f"{name}.py").write_text(text, encoding="utf-8", newline="\n")
        shutil.copytree(GOOD.parent / "records" / "good", folder / "lessons" / "records" / name)
    (folder / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    result = mkdocs(folder, "build", "--strict", **{"SITE_URL": "", **environment})
    assert result.returncode == 0, result.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def published(once: Callable[..., Path]) -> Path:
    """The site for an address below the root of a host, as on GitHub Pages."""
    return once("published", functools.partial(build, SITE_URL=SITE)) / "site"


@pytest.fixture(scope="module")
def local(once: Callable[..., Path]) -> Path:
    """The site without an address."""
    return once("local", build) / "site"


def text(site: Path, name: str) -> str:
    return (site / name / "index.html" if not name.endswith(".html") else site / name).read_text(encoding="utf-8")


def alternates(html: str) -> dict[str, str]:
    found = re.findall(r'<link rel="alternate ?" href="([^"]+)" hreflang="([^"]+)">', html)
    assert len(found) == len({lang for _, lang in found})
    return {lang: address for address, lang in found}


@pytest.mark.rest
@pytest.mark.parametrize("page", ["", "good/"])
def test_each_page_says_its_language_and_its_counterparts(published: Path, local: Path, page: str) -> None:
    for at, lang in (("", "ko"), ("en/", "en")):
        html = text(published, at + page)
        assert f'<html lang="{lang}"' in html
        assert f'<link rel="canonical" href="{SITE}{at}{page}">' in html
        english = f"{SITE}en/{page}"
        assert alternates(html) == {"ko": f"{SITE}{page}", "en": english, "x-default": english}
        html = text(local, at + page)
        assert 'rel="canonical"' not in html
        here = local / at / page
        for other, address in alternates(html).items():
            target = (here / address).resolve()
            assert target == (local / ("" if other == "ko" else "en") / page).resolve()


def test_one_sitemap_names_the_pages_of_all_languages_with_their_counterparts(published: Path) -> None:
    assert [path.relative_to(published).as_posix() for path in published.rglob("sitemap.xml")] == ["sitemap.xml"]
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    urls = ET.parse(published / "sitemap.xml").getroot().findall("s:url", space)
    named = {url.findtext("s:loc", namespaces=space): url for url in urls}
    pages = ("", "good/", "other/")
    assert sorted(named) == sorted(f"{SITE}{at}{page}" for at in ("", "en/") for page in pages)
    for address, url in named.items():
        counterparts = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", space)}
        html = text(published, address.removeprefix(SITE))
        assert counterparts == alternates(html)


def test_robots_are_led_to_the_sitemap(published: Path) -> None:
    assert f"Sitemap: {SITE}sitemap.xml\n" in (published / "robots.txt").read_text(encoding="utf-8")


def test_without_an_address_there_is_neither_sitemap_nor_robots(local: Path) -> None:
    assert not [*local.rglob("sitemap.xml*"), *local.rglob("robots.txt")]


@pytest.mark.parametrize(("fixture", "root"), [("published", "/s/"), ("local", "/")])
def test_one_404_speaks_both_languages(request: pytest.FixtureRequest, fixture: str, root: str) -> None:
    site = request.getfixturevalue(fixture)
    assert [path.relative_to(site).as_posix() for path in site.rglob("404.html")] == ["404.html"]
    html = text(site, "404.html")
    assert '<section lang="ko">' in html
    assert '<section lang="en">' in html
    assert f'class="md-button md-button--primary" href="{root}"' in html
    assert f'class="md-button md-button--primary" href="{root}en/" hreflang="en"' in html
    assert 'rel="canonical"' not in html
    assert not alternates(html)
    assert not re.search(r'(?:href|src)="(?!/|#|https?:)', html)


def test_a_lesson_leads_to_both_languages_and_back(published: Path) -> None:
    for at, name, back in (("", "나란히 보기", ""), ("en/", "Side by side", "../")):
        link = re.search(r'<a class="language-switch language-switch--both"[^>]*>', text(published, f"{at}good/"))[0]
        assert f'href=".././{back}parallel/good/"' in link or f'href="../{back}parallel/good/"' in link
        assert f'title="{name}"' in link
        assert "language-switch--both" not in text(published, at)
    html = text(published, "parallel/good/")
    for lang, address in (("ko", "good/"), ("en", "en/good/")):
        assert re.search(rf'class="language-switch" href="\.\./\.\./{address}" hreflang="{lang}"', html)
    assert not (published / "en" / "parallel").exists()


def test_a_page_in_both_languages(published: Path) -> None:
    html = text(published, "parallel/good/")
    assert '<html lang="ko"' in html
    assert "<title>합과 평균 / Sum and mean" in html
    assert "noindex" not in html
    assert f'<link rel="canonical" href="{SITE}good/">' in html
    assert "parallel" not in (published / "sitemap.xml").read_text(encoding="utf-8")
    assert not alternates(html)
    assert '<a href="../other/" class="md-footer__link md-footer__link--next"' in html
    assert 'rel="next"' not in html, "Firefox would fetch it"
    assert "<!-- both" not in html
    assert not [path for path in published.rglob("*.html") if CELL[:9] in path.read_text(encoding="utf-8")]
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    ko, en = text(published, "good/"), text(published, "en/good/")
    for part in (
        "cell-code",
        "cell-output",
        "lesson-figure",
        "<details",
    ):  # of these its contents are one, a stamp another
        assert html.count(part) == ko.count(part) == en.count(part)
    for lang in ("ko", "en"):
        assert re.search(rf'<p lang="{lang}">', html)
    index = (published / "search" / "search_index.json").read_text(encoding="utf-8")
    assert "parallel/" not in index
