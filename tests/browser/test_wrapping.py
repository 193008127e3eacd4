"""Long lines of code on a phone: wrapped, marked, indented, copied as they are; a switch that is remembered.

That no code scrolls on a phone is looked at on every page: sound.py.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect
from reading import add_style, unfold, until
from sound import BROKEN, REACHED, SCROLLING

PHONE = {"width": 360, "height": 780}
CODE = ".highlight:not(.cell-output) code"
ROWS = """() => [...document.querySelectorAll(".cell-code .code-line")].flatMap((line) => {
    const tops = new Map();
    const range = document.createRange();
    range.selectNodeContents(line);
    for (const { top, left, width } of range.getClientRects()) {
        const row = Math.round(top / 5);
        if (width) tops.set(row, Math.min(left, tops.get(row) ?? left));
    }
    const [first, ...rest] = [...tops].sort(([a], [b]) => a - b).map(([, left]) => left);
    const mark = getComputedStyle(line, "::after");
    const deeper = Math.min(...rest) - first;
    return rest.length ? [{ deeper, mark: mark.content, height: parseFloat(mark.height) }] : [];
})"""
"""Of each wrapped line: how much deeper its further rows begin than it, what marks them, and how high that is."""

ENDS = """(where) => [...document.querySelectorAll(where)].flatMap((block) => {
    const nodes = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const found = [];
    let row = "", bottom = Infinity;
    for (let node; (node = nodes.nextNode()); ) {
        if (node.parentElement.closest(".headerlink, math, svg")) continue;
        for (let at = 0; at < node.length; at++) {
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const place = [...range.getClientRects()].at(-1);
            if (place?.width && place.top > bottom - 3) {
                found.push(`${row.slice(-24)}|${node.data.slice(at, at + 12)}`);
                row = "";
            }
            if (place?.width) bottom = place.bottom;
            row += node.data[at];
        }
    }
    return found;
})"""
"""How the rows of blocks end, and how the next ones begin."""
BUSY = "requestIdleCallback = (work, { timeout } = {}) => timeout && setTimeout(work, timeout)"
"""A browser that is never idle."""
PARTICLE = re.compile(r"[^\s\\/·]\|[가-힣]|\d[eE]-\|\d|\d-\|N")


def measured(page: Page) -> int:
    """Waits until switches are where lines do not fit, and nowhere else; their number."""
    scrolling = len(page.evaluate(SCROLLING))
    expect(page.locator(".cell-code:has(code[tabindex]) .wrap-switch:visible")).to_have_count(scrolling)
    expect(page.locator(".wrap-switch:visible")).to_have_count(scrolling)
    return scrolling


def test_rows_of_code_end_at_words_and_numbers_are_whole(page: Page, address: str) -> None:
    """And no row is empty because the first word stands alone in the next."""
    page.set_viewport_size(PHONE)
    page.goto(f"{address}en/learning-rate/#exercises")
    until(page, "document.querySelectorAll('.code-line').length > 300")
    ends = page.evaluate(ENDS, ".cell-code .code-line")
    assert len(ends) > 100
    assert [end for end in ends if re.search(r"\w\|\w|\d[eE]-\|\d|^\s*\|", end)] == []
    add_style(page, ".code-line .glue, .code-line wbr { display: none }")
    assert len([end for end in page.evaluate(ENDS, ".cell-code .code-line") if re.search(r"\w\|\w|^\s*\|", end)]) > 3


@pytest.mark.parametrize("width", [360, 390])
def test_no_line_ends_before_a_particle_or_within_a_number(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    for slug in ("softmax/", "learning-rate/", "mnist-capstone/"):
        page.goto(address + slug)
        ends = page.evaluate(ENDS, "article :is(p, h1, h2, h3, td), article li:not(:has(p))")
        assert len(ends) > 100
        assert [end for end in ends if PARTICLE.search(end)] == []
    add_style(page, ".unbroken { white-space: normal } article code::after { content: none !important }")
    assert [end for end in page.evaluate(ENDS, "article :is(p, li)") if PARTICLE.search(end)] != []


def test_a_block_of_code_says_its_name_in_full(page: Page, address: str) -> None:
    """Where a strip has too little room, the words of its switch make some."""
    page.set_viewport_size(PHONE)
    page.goto(f"{address}en/learning-rate/#exercises")
    names = page.locator(".code-strip > .filename:text-is('Starter')").filter(visible=True)
    expect(names.first).to_be_visible()
    cut = "(all) => all.filter((one) => one.scrollWidth > one.clientWidth).length"
    assert names.evaluate_all(cut) == 0
    add_style(page, ".wrap-switch { flex-shrink: 0 !important }")
    assert names.evaluate_all(cut) > 0


def test_unwrapped_code_would_be_found(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}softmax/")
    add_style(page, "pre > code { white-space: pre !important }")
    assert len(page.evaluate(SCROLLING)) > 5


def test_a_broken_word_in_a_table_would_be_found(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}en/train-val-test/")
    assert page.evaluate(BROKEN) == []
    add_style(page, "article td { font-size: 3rem !important; overflow-wrap: anywhere !important }")
    assert "distributions" in page.evaluate(BROKEN)


def test_further_rows_are_indented_and_marked(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}en/softmax/")
    unfold(page)
    for code in page.locator(CODE).all():
        code.scroll_into_view_if_needed()
    until(page, f"({ROWS})().length > 20")
    rows = page.evaluate(ROWS)
    assert all(row["deeper"] > 10 and "↳" in row["mark"] and row["height"] > 10 for row in rows)
    add_style(page, ".code-line { text-indent: 0 !important; padding-left: 0 !important }")
    assert any(row["deeper"] < 10 for row in page.evaluate(ROWS))


def test_lines_are_split_when_they_come_near(page: Page, address: str) -> None:
    """Or at once, if the reader comes to the middle: nothing above may move later. What is folded waits."""
    page.set_viewport_size(PHONE)
    page.goto(f"{address}softmax/")
    whole = page.locator(CODE).filter(visible=True).filter(has_not=page.locator(".code-line"))
    expect(page.locator(CODE).first.locator(".code-line")).not_to_have_count(0)
    page.wait_for_timeout(500)
    assert whole.count() > 10
    expect(page.locator(".wrap-switch:not([hidden], [aria-pressed])")).to_have_count(0)
    last = page.locator(CODE).filter(visible=True).last
    assert last.locator(".code-line").count() == 0
    last.scroll_into_view_if_needed()
    expect(last.locator(".code-line")).not_to_have_count(0)
    assert whole.count() > 5
    fold = page.locator("article details", has=page.locator(CODE)).first
    assert fold.locator(".code-line").count() == 0
    fold.locator("summary").first.click()
    expect(fold.locator(CODE).first.locator(".code-line")).not_to_have_count(0)
    page.goto("about:blank")
    page.goto(f"{address}softmax/#exercises")
    expect(whole).to_have_count(0)


@pytest.mark.parametrize("path", ["softmax/", "en/softmax/", "notebooks/softmax/", "parallel/softmax/"])
def test_what_is_selected_is_copied_as_it_is(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    texts = page.locator("pre > code").all_text_contents()
    page.set_viewport_size(PHONE)
    page.reload()
    assert page.locator("pre > code").all_text_contents() == texts
    for code in page.locator(CODE).filter(visible=True).all()[:12]:
        code.evaluate("(code) => getSelection().selectAllChildren(code)")
        page.keyboard.press("Control+c")
        assert page.evaluate("navigator.clipboard.readText()").rstrip("\n") == code.text_content().rstrip("\n")


def test_lines_selected_with_the_mouse_are_copied_without_marks(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}en/softmax/")
    code = page.locator(".cell-code:has(.wrap-switch:not([hidden])) code").first
    code.scroll_into_view_if_needed()
    lines = code.locator(".code-line")
    first, last = lines.first.bounding_box(), lines.last.bounding_box()
    page.mouse.move(first["x"] + 1, first["y"] + 5)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] - 1, last["y"] + last["height"] - 5, steps=5)
    page.mouse.up()
    page.keyboard.press("Control+c")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.count("\n") >= lines.count() - 1
    assert copied in code.text_content()


@pytest.mark.parametrize(("lang", "words"), [("", "줄 바꿈"), ("en/", "Wrap lines")])
def test_the_switch_is_remembered_and_keeps_the_place(page: Page, address: str, lang: str, words: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}{lang}softmax/")
    switch = page.get_by_role("button", name=f"{words}: ").last
    switch.scroll_into_view_if_needed()
    expect(switch).to_have_attribute("aria-pressed", "true")
    top = switch.bounding_box()["y"]
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert abs(switch.bounding_box()["y"] - top) < 2
    for path in (f"{lang}softmax/", "en/learning-rate/"):
        page.goto(address + path)
        assert len(page.evaluate(SCROLLING)) > 5
        assert page.locator("pre > code").first.evaluate("(code) => getComputedStyle(code).whiteSpace") == "pre"
    measured(page)
    page.locator(".wrap-switch:visible").first.click()
    page.goto(f"{address}softmax/")
    assert page.evaluate(SCROLLING) == []


def test_a_wide_page_scrolls_as_ever_and_can_be_switched(page: Page, address: str) -> None:
    page.goto(f"{address}en/softmax/")
    unfold(page)
    assert page.evaluate(SCROLLING) == [], "76 columns fit where there is room"
    page.set_viewport_size({"width": 640, "height": 780})
    assert page.locator(".code-line").count() == 0
    assert measured(page) > 0
    page.locator(".wrap-switch:visible").first.click()
    assert page.evaluate(SCROLLING) == []
    page.reload()
    fold = page.locator("article details", has=page.locator(CODE)).first
    assert fold.locator(".code-line").count() == 0
    fold.locator("summary").first.click()
    expect(fold.locator(CODE).first.locator(".code-line")).not_to_have_count(0)


def test_where_there_is_never_time_lines_are_measured_all_the_same(page: Page, address: str) -> None:
    page.add_init_script(BUSY)
    page.set_viewport_size({"width": 640, "height": 780})
    page.goto(f"{address}en/softmax/")
    assert page.locator(".wrap-switch").count() > 10
    measured(page)


def test_what_is_too_wide_can_be_scrolled_by_keyboard_wherever_it_is(page: Page, address: str) -> None:
    for size in (PHONE, {"width": 640, "height": 780}):
        page.set_viewport_size(size)
        page.goto(f"{address}en/mnist-capstone/")
        page.wait_for_timeout(300)
        unfold(page)
        until(page, REACHED)


def test_a_phone_that_is_turned_follows_its_width(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}softmax/")
    page.set_viewport_size({"width": 780, "height": 360})
    expect(page.locator("html:not(.wraps)")).to_have_count(1)
    page.set_viewport_size(PHONE)
    expect(page.locator("html.wraps")).to_have_count(1)


@pytest.mark.parametrize("kept", ["{", "null", "7", '"true"', "[]"])
def test_whatever_is_kept_code_can_be_read(page: Page, address: str, kept: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.evaluate("(kept) => localStorage.setItem('/.wrap', kept)", kept)
    page.goto(f"{address}softmax/")
    assert page.evaluate(SCROLLING) == []


def test_without_scripts_styles_wrap(browser: Browser, address: str) -> None:
    for width, scrolls in ((360, False), (1280, False)):
        context = browser.new_context(viewport={"width": width, "height": 780}, java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}softmax/")
        assert bool(page.evaluate(SCROLLING)) is scrolls
        context.close()


@pytest.mark.parametrize("size", [PHONE, {"width": 1280, "height": 780}], ids=["phone", "desk"])
def test_columns_stay_columns_and_sentences_are_wrapped(page: Page, address: str, size: ViewportSize) -> None:
    page.set_viewport_size(size)
    page.goto(f"{address}softmax/")
    spaces = "(outputs) => outputs.map((code) => getComputedStyle(code).whiteSpace)"
    rows = page.locator(".cell-output code", has_text="[[0.2645, 0.1639")
    message = page.locator(".cell-output code", has_text="Implicit dimension choice")
    assert set(rows.evaluate_all(spaces)) == {"pre"}
    assert set(message.evaluate_all(spaces)) == {"pre-wrap"}
