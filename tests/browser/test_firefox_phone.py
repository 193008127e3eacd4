"""Firefox in the hand, in the dark and on paper.

What BiDi cannot do in Firefox ESR 153, and what stands in its place:

- `emulate_media`: "Protocol error (emulation.setMediaFeaturesOverride): unknown command". So `firefox_esr.js` lets it
  do nothing. A scheme is that of the browser's preferences, or of the page's own switch; paper is a printed PDF, whose
  measures Playwright gives in inches and Firefox takes for centimetres.
- `tap` and `touchscreen.tap` return without an error, and no event reaches the page; `navigator.maxTouchPoints` is 0.
  So the events of a finger are dispatched by the page. That nothing hovers (`hover: none`) is true without our doing.
"""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import FIREFOX, PREFERENCES
from playwright.sync_api import Browser, Page, Playwright, expect
from reading import LANGUAGES, watch
from sound import TOO_WIDE

PHONE = {"width": 360, "height": 740}
DARK = {"layout.css.prefers-color-scheme.content-override": 0}
GROUND = "getComputedStyle(document.body).backgroundColor"
TAP = """(link) => {
    const finger = { bubbles: true, cancelable: true, pointerType: "touch", detail: 1 };
    for (const name of ["pointerdown", "pointerup", "click"]) link.dispatchEvent(new PointerEvent(name, finger));
}"""
A4 = {"width": f"{21 * 2.54}cm", "height": f"{29.7 * 2.54}cm"}


@pytest.fixture
def page(firefox: Browser) -> Iterator[Page]:
    """A narrow tab of somebody who came for the first time."""
    context = firefox.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_tap_explains_a_term_and_stays(page: Page, address: str, lang: str) -> None:
    wrong = watch(page)
    page.goto(f"{address}{lang}softmax/")
    assert page.evaluate("matchMedia('(hover: none)').matches")
    assert not page.evaluate(TOO_WIDE)
    term = page.locator("a.term").first
    term.evaluate(TAP)
    expect(page.locator(".term-meaning")).to_be_visible()
    expect(page).to_have_url(f"{address}{lang}softmax/")
    term.evaluate(TAP)
    expect(page.locator(".term-meaning")).to_be_hidden()
    assert wrong == []


def test_the_glossary_is_a_list_of_names(page: Page, address: str) -> None:
    page.goto(f"{address}glossary/")
    assert page.evaluate("document.documentElement.scrollHeight / innerHeight") < 12
    name, meaning = page.locator("h3#softmax > button"), page.locator("h3#softmax ~ p").first
    expect(meaning).to_be_hidden()
    name.evaluate(TAP)
    expect(meaning).to_be_visible()
    page.goto(f"{address}softmax/")
    page.goto(f"{address}glossary/#sigmoid")
    expect(page.locator("h3#sigmoid ~ p").first).to_be_visible()


def test_the_switch_makes_pages_dark_and_they_remember(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 740})
    page.goto(f"{address}softmax/")
    light = page.evaluate(GROUND)
    page.locator(".scheme-switch").click()
    assert page.evaluate(GROUND) != light
    page.goto(f"{address}en/glossary/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_who_has_a_dark_system_gets_dark_pages(playwright: Playwright, address: str) -> None:
    settings = {**PREFERENCES, **DARK}
    browser = playwright.firefox.launch(channel="moz-firefox", executable_path=FIREFOX, firefox_user_prefs=settings)
    page = browser.new_page(viewport=PHONE)
    page.goto(f"{address}softmax/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert not page.evaluate(TOO_WIDE)
    browser.close()


@pytest.mark.parametrize("way", ["without", "with"])
def test_a_lesson_is_printed(page: Page, address: str, tmp_path: Path, way: str) -> None:
    """All of its sections, answers only if they were asked for, no sheet of another size, none empty."""
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext on this machine (apt-get install poppler-utils)")
    page.goto(f"{address}en/softmax/")
    headings = page.locator("article h2").evaluate_all("(all) => all.map((one) => one.firstChild.textContent.trim())")
    page.evaluate("window.print = () => {}")
    page.locator(f".print-{way}").evaluate("(button) => button.click()")
    pdf = tmp_path / "lesson.pdf"
    page.pdf(path=pdf, **A4)
    text = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True).stdout.decode()
    *sheets, _ = text.split("\f")
    assert 10 < len(sheets) < 40
    assert all(sheet.strip() for sheet in sheets)
    words = " ".join(unicodedata.normalize("NFKC", text).split())  # "fi" is one letter on paper
    assert [one for one in headings if " ".join(one.split()) not in words] == []
    assert ("Common wrong answers" in words) == (way == "with")
    assert "Copy whole program" not in words
