"""From one language to the other and to both: page, section and place in it stay; both stand side by side."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from reading import add_style
from sound import set_scheme

SAME = "article > :is(.highlight, .lesson-figure, .math, h2, h3)"
"""What both languages have: the n-th in one is the n-th in the other."""
NEAREST = """(same) => {
  const tops = [...document.querySelectorAll(same)].map((block) => block.getBoundingClientRect().top);
  const number = tops.findIndex((top) => top > 60);
  return { number, top: tops[number], all: tops.length };
}"""
TOP = "([same, number]) => document.querySelectorAll(same)[number].getBoundingClientRect().top"
TO_THE_OTHER, TO_BOTH = ".md-header .language-switch:not(.language-switch--both)", ".md-header .language-switch--both"
KO, EN = '.parallel-ways [hreflang="ko"]', '.parallel-ways [hreflang="en"]'


def read_at(page: Page, selector: str, below: int) -> None:
    """Scrolls so that what is read is `below` pixels under the beginning of an element."""
    page.evaluate(
        "([selector, below]) => scrollTo({ top: scrollY - 100 + below + document.querySelector(selector)"
        ".getBoundingClientRect().top, behavior: 'instant' })",
        [selector, below],
    )
    page.wait_for_timeout(100)


def follow(page: Page, link: str) -> None:
    if not page.locator(link).is_visible():
        page.locator(".menu-button").click()
    with page.expect_navigation(wait_until="load"):
        page.locator(link).click()
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(100)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(("start", "back"), [("", "en/"), ("en/", "")])
def test_code_that_is_read_stays_where_it_is(page: Page, address: str, width: int, start: str, back: str) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    for selector in ("#temperature", "#figure-temperature", "#exercises"):
        page.goto(f"{address}{start}softmax/")
        read_at(page, f"{selector} ~ .highlight", -40)
        before = page.evaluate(NEAREST, SAME)
        follow(page, TO_THE_OTHER)
        assert page.url.split("#")[0] == f"{address}{back}softmax/"
        assert "~" not in page.url
        assert abs(page.evaluate(TOP, [SAME, before["number"]]) - before["top"]) < 30
        follow(page, TO_THE_OTHER)
        assert abs(page.evaluate(TOP, [SAME, before["number"]]) - before["top"]) < 30


def test_a_paragraph_that_is_read_stays_where_it_is(page: Page, address: str) -> None:
    tops = "(n) => [...document.querySelectorAll('#scores ~ p')][n].getBoundingClientRect().top"
    page.goto(f"{address}softmax/")
    for number in (1, 4, 9):
        page.goto(f"{address}softmax/")
        page.evaluate(f"(n) => scrollTo(0, scrollY + ({tops})(n) - 80)", number)
        before = page.evaluate(tops, number)
        follow(page, TO_THE_OTHER)
        assert abs(page.evaluate(tops, number) - before) < 30


def test_the_address_names_the_section(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/#temperature")
    read_at(page, "#temperature", 20)
    follow(page, TO_THE_OTHER)
    assert page.url == f"{address}en/softmax/#temperature"


def test_from_the_top_of_a_page_to_the_top(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    follow(page, TO_THE_OTHER)
    assert page.url == f"{address}en/softmax/"
    assert page.evaluate("scrollY") == 0


@pytest.mark.parametrize(("name", "selector"), [("glossary", "#softmax"), ("errata", "article h2[id]")])
def test_hand_written_pages_keep_the_place_too(page: Page, address: str, name: str, selector: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 400})
    page.goto(f"{address}{name}/")
    if not page.locator(selector).count():
        pytest.skip(f"{name} has no section")
    read_at(page, selector, 10)
    before = page.evaluate("(s) => document.querySelector(s).getBoundingClientRect().top", selector)
    follow(page, TO_THE_OTHER)
    assert abs(page.evaluate("(s) => document.querySelector(s).getBoundingClientRect().top", selector) - before) < 30


def test_by_file_without_storage_and_in_a_new_tab(browser: Browser, site: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    page = context.new_page()
    page.goto((site / "softmax" / "index.html").as_uri())
    read_at(page, "#temperature ~ .highlight", -40)
    before = page.evaluate(NEAREST, SAME)
    href = page.evaluate("() => document.querySelector('.md-header .language-switch').href")
    assert "#" not in href
    page.locator(TO_THE_OTHER).evaluate("(link) => link.addEventListener('click', (click) => click.preventDefault())")
    page.locator(TO_THE_OTHER).click()
    target = page.evaluate("() => document.querySelector('.md-header .language-switch').href")
    other = context.new_page()
    other.goto(target.replace("/softmax/#", "/softmax/index.html#"))
    other.wait_for_timeout(100)
    assert abs(other.evaluate(TOP, [SAME, before["number"]]) - before["top"]) < 30
    context.close()


def test_a_place_that_is_not_there_is_the_top(page: Page, address: str) -> None:
    for fragment in ("#nowhere~1.2.3.4.5.40", "#temperature~99.0.1.0.500.40", "#%~1.2.3.4.5.40"):
        page.goto("about:blank")
        page.goto(f"{address}softmax/{fragment}")
        assert page.evaluate("getComputedStyle(document.querySelector('.md-main')).visibility") == "visible"
        assert "~" not in page.url


def test_without_scripts_the_page_is_in_sight(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}parallel/softmax/#temperature~1.0.1.500.500.40")
    expect(page.locator("#temperature")).to_be_visible()
    assert page.locator(KO).get_attribute("href") == "../../softmax/"
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_to_both_languages_and_back_at_the_same_place(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(f"{address}en/softmax/")
    read_at(page, "#temperature ~ .highlight", -40)
    before = page.evaluate(NEAREST, SAME)
    follow(page, TO_BOTH)
    assert page.url.split("#")[0] == f"{address}parallel/softmax/"
    there = page.evaluate(TOP, [SAME, before["number"]])
    bar = page.evaluate("document.querySelector('.parallel-ways').offsetHeight")
    assert abs(there - bar - before["top"]) < 30
    for way, root in ((KO, ""), (EN, "en/")):
        page.goto(f"{address}parallel/softmax/")
        read_at(page, "#temperature ~ .highlight", -40 - bar)
        before = page.evaluate(NEAREST, SAME)
        follow(page, way)
        assert page.url.split("#")[0] == f"{address}{root}softmax/"
        assert abs(page.evaluate(TOP, [SAME, before["number"]]) + bar - before["top"]) < 30


ROWS = """() => [...document.querySelectorAll('article > .parallel-row')].map((row) => {
  const [one, other] = [...row.children].map((cell) => cell.getBoundingClientRect());
  return one.top === other.top && one.right < other.left ? 'beside'
    : one.bottom <= other.top && one.left === other.left ? 'below' : 'else';
})"""


@pytest.mark.parametrize(("width", "shape"), [(1280, "beside"), (1024, "beside"), (768, "below"), (360, "below")])
def test_rows_are_columns_on_a_wide_page_and_stacked_on_a_phone(
    page: Page, address: str, width: int, shape: str
) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    for slug in ("softmax", "cross-entropy"):
        page.goto(f"{address}parallel/{slug}/")
        rows = page.evaluate(ROWS)
        assert len(rows) > 40
        assert set(rows) == {shape}
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def corner(picture: Locator) -> tuple[int, ...]:
    """The color of a picture where it begins, as it is seen."""
    return Image.open(io.BytesIO(picture.screenshot())).convert("RGB").getpixel((2, 2))


def test_figures_are_pictures_that_come_near_the_screen_and_follow_the_scheme(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/figures/" in request.url else None)
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{address}parallel/learning-rate/")
    pictures = page.locator("figure:not([data-lab]) > img")
    assert page.locator("figure > svg").count() == 0 < pictures.count()
    page.wait_for_load_state("networkidle")
    assert asked == [], "none is near the beginning of this page"
    last = pictures.last
    last.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    assert last.evaluate("(picture) => picture.complete && picture.naturalWidth > 300")
    assert asked
    assert corner(last) == (0xFF, 0xFF, 0xFF)
    set_scheme(page, "dark")
    assert corner(last) == (0x1E, 0x21, 0x29)
    page.emulate_media(media="print")
    assert corner(last) == (0xFF, 0xFF, 0xFF)


def test_the_bar_stays_and_covers_no_heading(page: Page, address: str) -> None:
    page.goto(f"{address}parallel/softmax/#temperature")
    page.wait_for_timeout(200)
    bar = page.locator(".parallel-ways").bounding_box()
    heading = page.locator("#temperature").bounding_box()
    assert bar["y"] + bar["height"] <= heading["y"] < 300
    expect(page.locator(KO)).to_be_visible()


def test_copied_code_holds_both_comments_and_runs_as_it_is(context: BrowserContext, page: Page, address: str) -> None:
    page.goto(f"{address}parallel/softmax/")
    block = page.locator("div.cell-code", has_text="logits of scissors, rock, paper").first
    block.locator(".copy-button--cell").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("# 가위, 바위, 보의 로짓\n# logits of scissors, rock, paper\nlogits = torch.tensor")
    block.locator(".copy-button--program").click()
    program = page.evaluate("navigator.clipboard.readText()")
    compile(program, "program", "exec")
    assert program.startswith("import torch\n")
    assert "# logits of scissors, rock, paper\nlogits" in program
    assert json.loads(page.locator("#lesson-programs").text_content())


def test_the_reader_does_not_see_the_page_jump(page: Page, address: str) -> None:
    page.add_init_script("addEventListener('DOMContentLoaded', () => { window.first = scrollY; })")
    page.goto(f"{address}softmax/")
    read_at(page, "#temperature ~ .highlight", 30)
    follow(page, TO_THE_OTHER)
    assert page.evaluate("first") > 1000
    assert abs(page.evaluate("scrollY - first")) < 30


def test_the_measures_notice_a_lost_place_and_lost_columns(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    read_at(page, "#temperature ~ .highlight", -40)
    before = page.evaluate(NEAREST, SAME)
    page.goto(f"{address}en/softmax/#temperature")  # the section alone
    assert abs(page.evaluate(TOP, [SAME, before["number"]]) - before["top"]) > 30
    page.goto(f"{address}parallel/softmax/")
    add_style(page, ".md-typeset .parallel-row { display: block !important }")
    assert "beside" not in page.evaluate(ROWS)
