"""axe-core finds nothing in what opens on a page, and finds what is planted. Every page: test_every_page.py."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from reading import LANGUAGES, add_style
from sound import SCHEMES, SIZES, THIN, found, set_scheme


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_in_what_opens(page: Page, address: str, lang: str, scheme: str) -> None:
    page.set_viewport_size(SIZES["desk"])
    page.goto(f"{address}{lang}softmax/")
    set_scheme(page, scheme)
    page.evaluate(THIN)
    page.locator(".copy-button").first.click()
    page.locator(".finish input").check()
    page.locator("h2 .headerlink").first.click()
    assert found(page) == []
    page.keyboard.press("?")
    page.get_by_role("dialog").and_(page.locator("dialog")).wait_for()
    assert found(page) == []
    page.goto(f"{address}{lang}errata/")
    set_scheme(page, scheme)
    page.locator(".md-search__input").fill("softmax")
    page.locator(".md-search-result__item").first.wait_for()
    assert found(page) == []
    page.goto(f"{address}{lang}")
    set_scheme(page, scheme)
    page.locator(".course-progress").wait_for()
    assert found(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_in_the_drawer_of_a_phone(page: Page, address: str, lang: str) -> None:
    page.set_viewport_size(SIZES["phone"])
    page.goto(f"{address}{lang}softmax/")
    set_scheme(page, "dark")
    page.evaluate(THIN)
    page.locator(".md-header__button[for=__drawer]").click()
    page.locator(".md-nav--primary").wait_for()
    assert found(page) == []


FAULTS = {
    "image-alt": "<img src='assets/logo.svg'>",
    "color-contrast": "<p class='pale'>pale</p>",
    "label": "<input type='text'>",
    "link-name": "<a href='#there'></a>",
}


@pytest.mark.parametrize("fault", FAULTS)
def test_axe_finds_a_planted_fault(page: Page, address: str, fault: str) -> None:
    page.goto(f"{address}404.html")
    assert found(page) == []
    add_style(page, ".md-typeset .pale { color: #aaa; background: #fff }")
    page.evaluate("(html) => document.querySelector('article').insertAdjacentHTML('beforeend', html)", FAULTS[fault])
    assert [message.split(":")[0] for message in found(page)] == [fault]


@pytest.mark.parametrize("whole", [True, False])
def test_what_colors_and_sizes_matter_to_is_always_found(page: Page, address: str, whole: bool) -> None:
    """Of many texts that look the same one is weighed."""
    page.goto(f"{address}404.html")
    add_style(page, ".md-typeset .plain a { text-decoration: none; color: #555 } .tiny { font-size: 8px }")
    page.evaluate("""() => document.querySelector("article").insertAdjacentHTML("beforeend",
        '<p class="plain">Text, <a href="#">link</a>.</p><p><button class="tiny">x</button><button class="tiny">y')""")
    rules = {message.split(":")[0] for message in found(page, whole=whole)}
    assert rules == {"link-in-text-block", "target-size"}


def test_a_pale_token_is_found_in_the_thinned_page(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    add_style(page, ".highlight .k { color: #bbb }")
    page.evaluate(THIN)
    assert "color-contrast" in " ".join(found(page))


def test_a_look_that_could_not_be_weighed_is_weighed_where_it_can_be(page: Page, address: str) -> None:
    page.goto(f"{address}404.html")
    add_style(page, ".covered { position: relative } .cover { position: absolute; inset: 0; background: #fff }")
    add_style(page, ".md-typeset .faint { color: #aaa; background: #fff }")
    page.evaluate("""() => document.querySelector("article").insertAdjacentHTML("beforeend",
        '<div class="covered"><p class="faint">faint</p><div class="cover"></div></div>')""")
    assert found(page) == []
    page.evaluate("document.querySelector('.cover').remove()")
    assert [message.split(":")[0] for message in found(page)] == ["color-contrast"]
