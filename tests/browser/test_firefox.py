"""The site in Firefox: a page of each kind is sound, and what readers do most works there.

Playwright drives the Firefox that is installed by WebDriver BiDi (`firefox_esr.js`), so the helpers are those of the
tests in Chromium. Left to Chromium is what BiDi cannot do in Firefox ESR 153: media queries of paper (a real PDF can
be had, test_firefox_phone.py), fingers, input methods.
A click of Playwright's may scroll the page before; where places matter, the mouse itself is moved and pressed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from copied import programs_of_page
from playwright.sync_api import Browser, Page, Route, expect
from reading import LANGUAGES, VIEW, unfold, until, watch
from sound import CUT_OFF, TOO_WIDE, assert_sound
from test_copy import LABELS, button
from test_languages import NEAREST, SAME, TO_THE_OTHER, TOP, read_at
from test_moving_labs import CASES, STATE, open_lab
from test_search import QUERIES, ROOTS, missed

KINDS = ("", "softmax/", "glossary/", "notebooks/softmax/", "parallel/mnist-capstone/")
"""A page of each kind; the last one is in both languages."""
ADDRESSES = sorted({path if "parallel" in path else f"{lang}{path}" for path in KINDS for lang in LANGUAGES})
WRONG_FORMULAS = r"""() => {
    const box = (one) => one.getBoundingClientRect();
    const flat = (one) => /[\p{L}\p{N}=+\u2212<>]/u.test(one.textContent) && one.parentElement.tagName !== "mover"
        && (box(one).height < 4 || box(one).width < 2);
    const lying = ({ children: [over, under] }) => box(over).bottom > box(under).top + 1;
    const wrong = (one) => one.matches("mfrac") ? lying(one) : flat(one);
    return [...document.querySelectorAll("math :is(mi, mn, mo, mfrac)")]
        .filter((one) => one.checkVisibility() && wrong(one)).map((one) => one.closest("math").textContent);
}"""
"""Formulas with a letter, a digit or a sign that has no room, or with a fraction that does not stand above its line."""

LOADED = "[...document.fonts].some(({ family, status }) => family.includes('Lesson Math') && status === 'loaded')"


@pytest.fixture
def page(firefox: Browser) -> Iterator[Page]:
    """A tab of somebody who came for the first time, with the browser's own rules for the clipboard."""
    context = firefox.new_context(viewport=VIEW)
    yield context.new_page()
    context.close()


def pasted(page: Page) -> str:
    """What the clipboard has, pasted with the keys, for a script may not read it."""
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' }))")
    page.locator("#pasted").focus()
    page.keyboard.press("Control+v")
    text = page.locator("#pasted").input_value()
    page.evaluate("document.getElementById('pasted').remove()")
    return text


@pytest.mark.parametrize("path", ADDRESSES)
def test_a_page_of_each_kind_is_sound(page: Page, address: str, path: str) -> None:
    """A clean console, nothing sideways or cut off at any width, formulas in their own font and in shape."""
    assert_sound(page, address + path)
    assert page.evaluate(WRONG_FORMULAS) == []
    if "softmax" in path:
        assert page.locator("math").count() > 10
        until(page, LOADED)


def test_what_is_wrong_is_found(page: Page, address: str) -> None:
    """A script that throws, a page that is fetched before it is asked for, what is too wide, formulas out of shape."""
    planted = '<script src="/thrown.js"></script><link rel="next" href="../cross-entropy/">'

    def with_faults(route: Route) -> None:
        html = route.fetch().text().replace("</article>", f"{planted}</article>")
        route.fulfill(body=html, content_type="text/html")

    page.route(f"{address}softmax/", with_faults)
    page.route("**/thrown.js", lambda route: route.fulfill(body="throw Error('planted')"))
    wrong = watch(page)
    page.goto(f"{address}softmax/")
    for _ in range(50):
        if len(wrong) == 2:
            break
        page.wait_for_timeout(100)
    assert ["default-src" in one for one in sorted(wrong, key=len)] == [False, True], wrong
    assert "planted" in min(wrong, key=len)
    assert not page.evaluate(TOO_WIDE)
    assert page.evaluate(CUT_OFF) == []
    page.evaluate("document.querySelector('article').style.width = '2000px'")
    assert page.evaluate(TOO_WIDE)
    assert page.evaluate(CUT_OFF)
    page.evaluate("document.querySelector('mfrac').lastElementChild.style.transform = 'translateY(-3em)'")
    page.evaluate("document.querySelector('math mi').style.fontSize = 0")
    assert len(page.evaluate(WRONG_FORMULAS)) == 2


@pytest.mark.parametrize("lang", ROOTS)
def test_a_query_leads_to_its_section(page: Page, address: str, lang: str) -> None:
    home = address + ROOTS[lang]
    page.goto(f"{home}softmax/")
    page.keyboard.press("/")
    page.keyboard.type("AdamW", delay=30)
    page.locator(".md-search-result__link[href*='weight-decay/']").first.wait_for()
    assert missed(page, home, dict(list(QUERIES[lang].items())[::6])) == {}


@pytest.mark.parametrize("name", CASES)
def test_a_lab_answers_to_the_keyboard(page: Page, address: str, name: str) -> None:
    """Any lab; in one language or the other, taking turns."""
    wrong = watch(page)
    lang = LANGUAGES[list(CASES).index(name) % 2]
    box = open_lab(page, address, lang, CASES[name])
    seen = (".lab-now", ".lab-pictures")
    before = page.evaluate(STATE, name), [box.locator(part).inner_html() for part in seen]
    dial = box.locator("input[type=range]").first
    dial.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):  # to the end and back, if it stands there
        page.keyboard.press(key)
    page.keyboard.press("PageDown" if page.evaluate(STATE, name) == before[0] else "Shift")
    assert page.evaluate(STATE, name) != before[0]
    assert [box.locator(part).inner_html() for part in seen] != before[1]
    assert dial.get_attribute("aria-valuetext")
    assert wrong == []


@pytest.mark.parametrize("root", LABELS)
def test_buttons_copy_what_they_say(page: Page, address: str, site: Path, root: str) -> None:
    page.goto(f"{address}{root}softmax/")
    programs = list(programs_of_page((site / root / "softmax" / "index.html").read_text(encoding="utf-8")).values())
    unfold(page)
    blocks = page.locator("div.cell-code")
    assert blocks.count() == len(programs)
    for number in range(0, len(programs), 9):
        block = blocks.nth(number)
        button(block, LABELS[root][0]).click()
        expect(page.get_by_role("status").first).to_have_text(LABELS[root][2])
        assert pasted(page) == block.locator("code").first.text_content().rstrip("\n") + "\n"
        *_, last = block.locator(".copy-button").all()
        last.focus()
        page.keyboard.press("Enter")
        expect(last).to_have_class(re.compile("copied"))
        assert pasted(page) == programs[number] + "\n"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_other_language_opens_at_the_same_place(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(f"{address}softmax/")
    read_at(page, "#temperature ~ .highlight", -40)
    before = page.evaluate(NEAREST, SAME)
    for pressed in [".menu-button"] * (width == 360) + [TO_THE_OTHER]:
        at = page.locator(pressed).bounding_box()
        page.mouse.click(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2)
    page.wait_for_url("**/en/softmax/**")
    until(page, "document.readyState === 'complete' && !document.documentElement.classList.contains('arriving')")
    page.wait_for_timeout(200)
    assert abs(page.evaluate(TOP, [SAME, before["number"]]) - before["top"]) < 30


def test_keys_lead_to_the_pages_before_and_after(page: Page, address: str) -> None:
    for key, path in {"n": "cross-entropy-in-pytorch/", ",": "softmax/"}.items():
        page.goto(f"{address}cross-entropy/")
        page.keyboard.press(key)
        page.wait_for_url(f"{address}{path}")


def test_what_an_address_leads_to_is_unfolded(page: Page, address: str) -> None:
    page.goto(f"{address}regularization-lab/#cell-faster")
    expect(page.locator("#cell-faster")).to_be_in_viewport()
