"""The header: its title whole, what is rare behind one button, what was solved; the front page on its screens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from reading import LANGUAGES, watch
from sound import found

WORDS = {
    "": {"menu": "언어와 화면", "count": "연습 문제 {}/6", "other": "English"},
    "en/": {"menu": "Languages and display", "count": "Exercises {}/6", "other": "한국어"},
}
CUT = """() => [...document.querySelectorAll(".md-header__topic:first-child .md-ellipsis")].some(
    (title) => title.scrollWidth > title.clientWidth)"""
HEADINGS = "[...document.querySelectorAll('article [role=heading]')].map((one) => one.textContent)"
BOTTOM = "(one) => one.getBoundingClientRect().bottom"


@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_of_the_site_is_whole_and_the_count_beside_it(
    page: Page, address: str, lang: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}{lang}softmax/")
    count = page.locator(".md-header .exercise-count")
    expect(count).to_have_text(WORDS[lang]["count"].format(0))
    place = count.bounding_box()
    if width > 320:
        assert not page.evaluate(CUT)
    page.evaluate("reader.solved('predict')")
    expect(count).to_have_text(WORDS[lang]["count"].format(1))
    assert count.bounding_box() == place, "nothing jumps"
    page.goto(f"{address}{lang}glossary/")
    assert page.locator(".md-header .exercise-count").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_rare_waits_behind_one_button_of_a_phone(page: Page, address: str, lang: str) -> None:
    faults = watch(page)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"{address}{lang}softmax/")
    button, menu = page.get_by_role("button", name=WORDS[lang]["menu"]), page.locator(".header-menu")
    other = page.get_by_role("link", name=WORDS[lang]["other"], exact=True)
    expect(menu).to_be_hidden()
    for key in ("Enter", "Space"):
        button.press(key)
        expect(menu).to_be_visible()
        page.keyboard.press("Tab")
        expect(page.locator(".scheme-switch")).to_be_focused()
        page.keyboard.press("Tab")
        expect(other).to_be_focused()
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()
    button.click()
    assert found(page, ".md-header") == []
    box = menu.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.mouse.click(100, 600)
    expect(menu).to_be_hidden()
    button.click()
    page.locator(".scheme-switch").click()
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    expect(menu).to_be_visible()
    other.click()
    page.wait_for_url(f"{address}{'' if lang else 'en/'}softmax/")
    assert faults == []


def test_where_there_is_room_the_menu_stands_in_the_header(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    expect(page.locator(".menu-button")).to_be_hidden()
    for part in page.locator(".header-menu > :is(a, div)").all():
        expect(part).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_course_fits_a_screen_and_is_one_step_from_the_top(page: Page, address: str, lang: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    page.goto(address + lang)
    expect(page.locator(".home .lab").first).to_be_visible()
    assert page.locator(".home .lab").first.evaluate(BOTTOM) < 800, "the lab is on the first screen"
    page.evaluate("reader.keep('finished', ['softmax', 'mnist-capstone'])")
    page.reload()
    page.locator(".to-map").click()
    page.wait_for_timeout(200)
    shown = page.locator(".course-map")
    assert page.locator("#lessons").evaluate("(one) => one.getBoundingClientRect().top") >= 48
    assert shown.evaluate(BOTTOM) <= 800
    expect(shown.locator(".finished-mark")).to_have_count(2)
    about = shown.locator("li p:nth-child(2)").first
    expect(about).to_be_hidden()
    shown.get_by_role("checkbox").press("Space")
    expect(about).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_phone_the_lab_begins_on_the_first_screen(page: Page, address: str, lang: str) -> None:
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(address + lang)
    top = page.locator(".home figure").first.evaluate("(one) => one.getBoundingClientRect().top")
    assert top < 560


@pytest.mark.parametrize("lang", LANGUAGES)
def test_headings_lead_to_boxes_exercises_and_questions(page: Page, address: str, lang: str) -> None:
    page.goto(f"{address}{lang}softmax/")
    boxes = page.locator("article .admonition-title").count()
    exercises = page.locator("article .cell-starter").count()
    headings = page.evaluate(HEADINGS)
    assert len(headings) == boxes + exercises
    assert sum(title.startswith("1. ") for title in headings) == 2, "an exercise and a question"
    expect(page.locator("legend [role=heading]")).to_have_count(page.locator("fieldset.choices").count())
