"""Definitions where they are read: on hover, focus and tap; closed by Escape and a tap elsewhere; else plain links."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from reading import LANGUAGES
from sound import SCHEMES, THIN, found, set_scheme

MORE = {"": "용어집에서 더 보기", "en/": "More in the glossary"}
OPEN = ".term-meaning:popover-open"
INSIDE = """(box) => {
    const { left, right, top, bottom } = box.getBoundingClientRect();
    return left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight;
}"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A phone's tab."""
    context = browser.new_context(viewport={"width": 360, "height": 780}, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_tap_opens_the_meaning_and_stays_on_the_page(phone: Page, address: str, lang: str) -> None:
    phone.goto(f"{address}{lang}softmax/")
    term = phone.locator("a.term").nth(1)
    meaning = term.get_attribute("aria-description")
    term.tap()
    expect(phone.locator(OPEN)).to_contain_text(meaning)
    expect(phone).to_have_url(f"{address}{lang}softmax/")
    term.tap()
    expect(phone.locator(OPEN)).to_have_count(0)
    term.tap()
    phone.touchscreen.tap(180, 40)
    expect(phone.locator(OPEN)).to_have_count(0)
    expect(phone).to_have_url(f"{address}{lang}softmax/")
    term.tap()
    target = term.get_attribute("href").removeprefix("../")
    phone.locator(OPEN).get_by_role("link", name=MORE[lang]).tap()
    expect(phone).to_have_url(f"{address}{lang}{target}")


def test_every_meaning_is_within_the_screen(phone: Page, address: str) -> None:
    phone.goto(f"{address}softmax/")
    terms = phone.locator("a.term:visible")
    for number in range(terms.count()):
        terms.nth(number).scroll_into_view_if_needed()
        terms.nth(number).tap()
        assert phone.locator(OPEN).evaluate(INSIDE), terms.nth(number).text_content()
        phone.keyboard.press("Escape")
        expect(phone.locator(OPEN)).to_have_count(0)


def test_a_mouse_shows_the_meaning_and_follows_the_link(page: Page, address: str) -> None:
    page.goto(f"{address}en/softmax/")
    term = page.locator("a.term").first
    term.hover()
    expect(page.locator(OPEN)).to_contain_text("positive numbers that sum to 1")
    page.locator(OPEN).hover()
    page.wait_for_timeout(500)
    expect(page.locator(OPEN)).to_be_visible()
    page.mouse.move(2, 2)
    expect(page.locator(OPEN)).to_have_count(0)
    term.hover()
    expect(page.locator(OPEN)).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    term.click()
    expect(page).to_have_url(f"{address}en/glossary/#softmax")


def test_the_keyboard_shows_the_meaning_and_goes_on_into_it(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    page.locator(".guess-switch").focus()
    page.keyboard.press("Tab")
    expect(page.locator("a.term").first).to_be_focused()
    expect(page.locator(OPEN)).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(OPEN).get_by_role("link")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("a.term").nth(1)).to_be_focused()
    expect(page.locator("a.term:focus + .term-meaning:popover-open")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(OPEN)).to_have_count(0)
    expect(page.locator("a.term").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}glossary/#*")


def test_where_there_are_no_popovers_a_term_is_a_link_with_a_title(page: Page, address: str) -> None:
    page.add_init_script("delete HTMLElement.prototype.popover")
    page.goto(f"{address}softmax/")
    term = page.locator("a.term").first
    assert len(term.get_attribute("title")) > 20
    assert page.locator(".term-meaning, .where-button").count() == 0
    term.click()
    page.wait_for_url(f"{address}glossary/#softmax")


def test_a_meaning_is_in_the_language_of_its_term(page: Page, address: str) -> None:
    page.goto(f"{address}parallel/softmax/")
    page.locator(".parallel-row > [lang=en] a.term").first.hover()
    expect(page.locator(f"{OPEN} > span")).to_have_attribute("lang", "en")
    expect(page.locator(OPEN).get_by_role("link")).to_have_text(MORE[""])


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_in_a_meaning_and_in_the_list_of_sections(phone: Page, address: str, scheme: str) -> None:
    phone.goto(f"{address}softmax/")
    set_scheme(phone, scheme)
    phone.evaluate(THIN)
    phone.locator("a.term").first.tap()
    expect(phone.locator(OPEN)).to_be_visible()
    assert found(phone) == []
    phone.keyboard.press("Escape")
    phone.locator("#temperature").scroll_into_view_if_needed()
    phone.locator(".where-button").tap()
    expect(phone.locator(".where-sheet")).to_be_visible()
    assert found(phone) == []
