"""What the pages look like with fewer styles: whatever class a reader's actions bring up has the rules it had."""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest
from playwright.sync_api import Page

TEXT = re.compile(r""" "(?:\\.|[^"\\])*" | '(?:\\.|[^'\\])*' """, re.VERBOSE)
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
ALL = "[...new Set([...document.querySelectorAll('*')].flatMap(one => [...one.classList]))]"


def selectors(css: str) -> set[frozenset[str]]:
    """The classes that each selector of a style sheet needs, but for pages written from right to left."""
    lists = re.findall(r"([^{};]+)\{", TEXT.sub("", css))
    return {frozenset(CLASS.findall(one)) for names in lists for one in names.split(",") if "rtl" not in one}


@pytest.mark.parametrize("path", ["", "softmax/", "en/notebooks/softmax/", "parallel/softmax/", "404.html"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_class_that_comes_up_has_its_rules(page: Page, address: str, site: Path, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + path)
    seen = set(page.evaluate(ALL))
    page.locator(".shortcuts-button").focus()
    for key in ("Enter", "Escape"):
        page.keyboard.press(key)
        seen |= set(page.evaluate(ALL))
    page.locator("dialog[open]").wait_for(state="detached")
    page.locator(".md-search__input").focus()
    page.keyboard.type("softmax")
    page.locator(".md-search-result__link").first.wait_for()
    seen |= set(page.evaluate(ALL))
    page.keyboard.press("Escape")
    page.mouse.wheel(0, 3000)
    page.wait_for_timeout(300)
    seen |= set(page.evaluate(ALL))
    sheets = Path(material.__file__).parent.joinpath("templates/assets/stylesheets").glob("*.css")
    before = set().union(*(selectors(sheet.read_text(encoding="utf-8")) for sheet in sheets))
    after = set().union(*(selectors(sheet.read_text(encoding="utf-8")) for sheet in site.glob("assets/material.*.css")))
    assert {"md-search-result__link"} in after
    lost = {needed for needed in before - after if needed <= seen}
    assert not lost
