"""axe-core finds nothing on any page, in both schemes, on a phone and on a desk.

Code and formulas repeat the same few colours thousands of times, which would take axe minutes: of each kind of token in
each kind of panel, and of each kind of place of a formula, one is left for it.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Page
from reading import LANGUAGES, add_style, pages, unfold

AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """axe.run(document, {resultTypes: ["violations"]}).then(({violations}) => violations.flatMap(({id, nodes}) =>
    nodes.slice(0, 5).map((node) => `${id}: ${node.target} ${node.html.slice(0, 100)}`)))"""
REACHED = """() => [...document.querySelectorAll("pre > code")].every(
    (code) => code.scrollWidth <= code.clientWidth || code.tabIndex === 0)"""
"""code-blocks.js lets wide code be scrolled by keyboard, a moment after the page has got another width."""
THIN = """() => {
    const seen = new Set();
    const again = (...key) => seen.size === seen.add(key.map((part) => part?.className ?? part).join("|")).size;
    for (const span of [...document.querySelectorAll("pre code span")].reverse())
        if (again(span, span.children.length, span.closest("pre").parentElement, span.closest("details")))
            span.replaceWith(...span.childNodes);
    for (const math of document.querySelectorAll("math"))
        if (again("math", math, math.parentElement.tagName, math.parentElement, math.closest("details")))
            math.replaceChildren();
}"""
SIZES = {"phone": {"width": 360, "height": 780}, "desk": {"width": 1280, "height": 900}}
SCHEMES = ("light", "dark")


def found(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    return page.evaluate(RUN)


def set_scheme(page: Page, scheme: str) -> None:
    """Shows the page in a scheme, at once and without fading."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(
        "(name) => (document.body.dataset.mdColorScheme = name)", {"light": "default", "dark": "slate"}[scheme]
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_on_any_page(
    page: Page, site: Path, address: str, lang: str, subtests: pytest.Subtests
) -> None:
    for path in pages(site, lang):
        set_up = False
        for scheme in SCHEMES:
            for name, size in SIZES.items():
                with subtests.test(path, scheme=scheme, size=name):
                    if not set_up:
                        page.goto(address + path)
                        unfold(page)
                        page.evaluate(THIN)
                        set_up = True
                    page.set_viewport_size(size)
                    set_scheme(page, scheme)
                    page.wait_for_function(REACHED)
                    assert found(page) == []


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


def test_a_pale_token_is_found_in_the_thinned_page(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    add_style(page, ".highlight .k { color: #bbb }")
    page.evaluate(THIN)
    assert "color-contrast" in " ".join(found(page))
