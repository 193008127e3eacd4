"""On a narrow page a line says the section and how far it is, and opens a list of all sections; it covers no anchor."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from reading import LANGUAGES, until

PHONE = {"width": 360, "height": 780}
SECTIONS = {
    "": ("7/15 · 온도", "이 페이지의 차례", "맨 위"),
    "en/": ("7/15 · Temperature", "Sections of this page", "Top"),
}
CLEAR = """() => {
    const bar = document.querySelector(".where").getBoundingClientRect();
    return document.querySelector(":target").getBoundingClientRect().top - bar.bottom;
}"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_line_says_where_and_its_list_leads_elsewhere(page: Page, address: str, lang: str) -> None:
    line, sections, top = SECTIONS[lang]
    page.set_viewport_size(PHONE)
    page.goto(f"{address}{lang}softmax/")
    button = page.locator(".where-button")
    expect(button).to_be_hidden()
    page.goto(f"{address}{lang}softmax/#temperature")
    expect(button).to_have_text(line)
    expect(page.get_by_role("button", name=f"{line}: {sections}")).to_be_visible()
    button.click()
    sheet = page.get_by_role("navigation", name=sections)
    expect(sheet).to_be_visible()
    current = sheet.locator("[aria-current=location]")
    expect(current).to_be_focused()
    assert current.text_content() == line.split(" · ")[1]
    assert sheet.get_by_role("listitem").count() == 15
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    expect(current).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(sheet).to_be_hidden()
    expect(button).to_contain_text("8/15")
    button.click()
    page.mouse.click(180, 120)
    expect(sheet).to_be_hidden()
    button.click()
    sheet.get_by_role("link", name=top, exact=True).click()
    expect(button).to_be_hidden()


@pytest.mark.parametrize("path", ["softmax/", "en/learning-rate/", "notebooks/softmax/"])
def test_the_line_covers_no_anchor(page: Page, address: str, path: str) -> None:
    """On a slow phone, too, where links follow each other before the page has come to rest."""
    page.set_viewport_size(PHONE)
    page.goto(address + path)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    ids = page.locator("article :is(h2, h3, figure)[id]").evaluate_all("(all) => all.map((one) => one.id)")
    for anchor in ids[1::4]:
        page.goto(f"{address}{path}#{anchor}")
        expect(page.locator(".where-button")).to_be_visible()
        until(page, f"Math.abs(({CLEAR})() - 100) <= 101")


def test_a_closed_menu_is_not_laid_out(page: Page, address: str) -> None:
    """Material lets the contents in it follow the page, smoothly, and Chromium then forgets where a link leads."""
    page.set_viewport_size(PHONE)
    page.goto(f"{address}softmax/")
    laid_out = "[...document.querySelectorAll('.md-sidebar--primary a')].filter((a) => a.offsetHeight).length"
    assert page.evaluate(laid_out) == 0
    page.locator(".md-header__button[for=__drawer]").click()
    assert page.evaluate(laid_out) > 20
    page.keyboard.press("Escape")
    until(page, f"{laid_out} === 0")


def test_only_where_the_contents_are_not_in_sight(page: Page, address: str) -> None:
    for path, width in (("softmax/", 1280), ("parallel/softmax/", 360), ("", 360)):
        page.set_viewport_size({"width": width, "height": 780})
        page.goto(f"{address}{path}")
        page.keyboard.press("End")
        page.wait_for_timeout(200)
        assert page.locator(".where-button:visible").count() == 0, path


def test_the_contents_of_a_wide_page_lead_back_to_the_top(page: Page, address: str) -> None:
    page.goto(f"{address}en/softmax/#temperature")
    page.locator(".md-sidebar--secondary").get_by_role("link", name="Top", exact=True).click()
    expect(page).to_have_url(f"{address}en/softmax/#softmax")
    until(page, "scrollY < 100")


def test_what_is_no_step_has_no_number(page: Page, address: str) -> None:
    for path in ("softmax/", "parallel/softmax/"):
        page.goto(address + path)
        numbers = page.locator("article h2[id]").evaluate_all(
            """(all) => all.filter((h2) => [h2, h2.querySelector("span")].some((one) =>
                one && getComputedStyle(one, "::before").content.includes("counter"))).map((h2) => h2.id)"""
        )
        assert "temperature" in numbers
        assert not {"exercises", "quiz", "summary", "references"} & set(numbers)


def test_on_touch_a_tap_shows_the_link_of_a_heading(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{address}en/softmax/#scores")
    link = page.locator("#definition .headerlink")
    assert link.evaluate("(link) => getComputedStyle(link).opacity") == "0"
    page.locator("#definition").scroll_into_view_if_needed()
    page.locator("#definition").tap(position={"x": 30, "y": 10})
    expect(link).to_have_css("opacity", "1")
    size = "(one) => parseFloat(getComputedStyle(one).fontSize)"
    assert link.evaluate(size) < page.locator("#definition").evaluate(size)
    link.tap()
    expect(page.get_by_role("status")).to_have_text("Link copied")
    context.close()
