"""The glossary's strip of letters and its filter."""

import pytest
from playwright.sync_api import Browser, Page, expect


def test_without_scripts_the_strip_is_plain_links(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}glossary/")
    expect(page.locator(".letters a").first).to_have_text("ㄱ")
    expect(page.locator(".letters input")).to_have_count(0)
    page.locator(".letters a", has_text="ㅅ").click()
    expect(page.locator("h2", has_text="ㅅ")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_strip_stays_and_a_letter_is_seen_below_it(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}en/glossary/")
    page.locator(".letters a", has_text="S").focus()
    page.keyboard.press("Enter")
    heading = page.locator("h2#letter-s")
    expect(heading).to_be_in_viewport()
    strip = page.locator(".letters")
    expect(strip).to_be_in_viewport()
    expect(page.locator(".where")).to_have_count(0)
    boxes = [box.bounding_box() for box in (strip, heading)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]


@pytest.mark.parametrize(
    ("lang", "typed", "term"),
    [
        ("", "교차 엔", "cross-entropy"),
        ("", "소ㅍ", "softmax"),
        ("", "솦", "softmax"),
        ("", "SOFT", "softmax"),
        ("en/", "cross ent", "cross-entropy"),
    ],
)
def test_the_filter_hides_the_other_terms(page: Page, address: str, lang: str, typed: str, term: str) -> None:
    page.goto(f"{address}{lang}glossary/")
    box = page.locator(".letters input")
    box.fill(typed)
    expect(page.locator(f"h3#{term}")).to_be_visible()
    expect(page.locator("h3#dropout")).to_be_hidden()
    expect(page.locator(".letters output")).not_to_be_empty()
    assert page.locator(".letters a:visible").count() == page.locator("h2[id^=letter]:visible").count() > 0
    box.press("Escape")
    expect(page.locator("h3#dropout")).to_be_visible()
    expect(page.locator(".letters output")).to_be_empty()
