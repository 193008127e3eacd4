"""Guess first: a switch covers all outputs of a lesson, each is shown when asked for, and the browser remembers.

Without scripts all is shown, and no button is there: test_pages.py.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from reading import LANGUAGES
from sound import assert_accessible

WORDS = {"": ("예상 먼저", "예상해 본 뒤 출력 보기"), "en/": ("Guess first", "Guess, then show the output")}
SHOWN = "article .cell-output pre"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_outputs_are_covered_until_one_asks(page: Page, address: str, lang: str) -> None:
    switch, show = WORDS[lang]
    page.goto(f"{address}{lang}softmax/")
    outputs = page.locator(SHOWN)
    first = outputs.first
    expect(first).to_be_visible()
    button = page.get_by_role("button", name=switch, exact=True)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(outputs.filter(visible=True)).to_have_count(0)
    asks = page.get_by_role("button", name=show)
    expect(asks.first).to_be_visible()
    expect(asks.first).to_have_accessible_name(
        f"{show}: " + page.locator(".code-strip").nth(1).get_attribute("aria-label")
    )
    asks.first.focus()
    page.keyboard.press("Enter")
    expect(first).to_be_visible()
    expect(outputs.filter(visible=True)).to_have_count(1)
    expect(page.locator(".cell-output").first).to_be_focused()
    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(outputs.filter(visible=True)).to_have_count(0)
    assert_accessible(page, ("light", "phone"), ("dark", "desk"), everywhere=True)
    page.emulate_media(media="print")
    expect(first).to_be_visible()
    page.emulate_media(media="screen")
    button.click()
    expect(first).to_be_visible()
    expect(asks.filter(visible=True)).to_have_count(0)


def test_a_page_without_a_lesson_has_no_switch_and_shows_its_outputs(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    page.get_by_role("button", name="예상 먼저", exact=True).click()
    page.goto(address)
    expect(page.locator("article code").first).to_be_visible()
    expect(page.get_by_role("button", name="예상 먼저")).to_have_count(0)
