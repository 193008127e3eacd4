"""On the site, a notebook's page has the ways back in place of the navigation tree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PRIMARY = re.compile(r'<nav class="md-nav md-nav--primary".*?</nav>', re.DOTALL)


@pytest.mark.rest
@pytest.mark.parametrize(("at", "way"), [("", "레슨으로 돌아가기"), ("en/", "Back to the lesson")])
def test_a_notebook_leads_back_and_nowhere_else(site: Path, at: str, way: str) -> None:
    html = (site / at / "notebooks" / "cross-entropy" / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="([^"]*)" class="md-nav__link">([^<]*)</a>', PRIMARY.search(html)[0])
    assert links[0] == ("../../cross-entropy/", way)
    assert [address for address, _ in links[1:]] == ["../.."]
    assert 'class="md-nav md-nav--secondary"' in html


@pytest.mark.rest
def test_a_lesson_has_the_whole_tree(site: Path) -> None:
    html = (site / "cross-entropy" / "index.html").read_text(encoding="utf-8")
    assert html.count('class="md-nav__item') > 20
