"""Questions with choices: a pick is reported at once with its reason, and stays in this browser until it is cleared."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect
from reading import LANGUAGES, watch
from test_reader import BLOCKED

WORDS = {
    "": {
        "question": "1. 모든 로짓에 5를 더하면 확률은 어떻게 될까요?",
        "wrong": "가장 큰 확률만 커집니다",
        "why_wrong": "오답입니다. 모든 로짓에 큰 수를 곱하면",
        "right": "모두 그대로입니다",
        "why_right": "정답입니다. 분자와 분모에",
        "clear": "이 레슨에서 고른 답 지우기",
        "cleared": "고른 답을 지웠습니다",
    },
    "en/": {
        "question": "1. Add 5 to every logit. What happens to the probabilities?",
        "wrong": "Only the largest grows",
        "why_wrong": "Wrong. Multiplying by a large number",
        "right": "They all stay the same",
        "why_right": "Right. The factor",
        "clear": "Clear my choices in this lesson",
        "cleared": "Your choices are cleared",
    },
}


def group(page: Page, lang: str) -> Locator:
    return page.get_by_role("group", name=WORDS[lang]["question"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_pick_is_reported_with_its_reason_and_remembered_until_cleared(page: Page, address: str, lang: str) -> None:
    words, wrong = WORDS[lang], watch(page)
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{address}{lang}softmax/")
    said = page.locator(".choice-why:visible")
    expect(page.get_by_role("radio")).to_have_count(15)
    expect(said).to_have_count(0)
    group(page, lang).get_by_text(words["wrong"]).click()
    expect(said).to_contain_text(words["why_wrong"])
    expect(page.get_by_role("status")).to_contain_text(words["why_wrong"])
    expect(page.locator(".choices .right")).to_have_count(0)
    expect(page.locator(".question details[open]")).to_have_count(0)
    group(page, lang).get_by_text(words["right"]).click()
    expect(said).to_contain_text(words["why_right"])
    expect(said).to_have_count(1)
    page.reload()
    expect(group(page, lang).get_by_role("radio", name=words["right"])).to_be_checked()
    expect(said).to_contain_text(words["why_right"])
    page.get_by_role("button", name=words["clear"]).press("Enter")
    expect(said).to_have_count(0)
    expect(page.get_by_role("status")).to_have_text(words["cleared"])
    page.reload()
    expect(page.get_by_role("radio")).to_have_count(15)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    assert wrong == []


@pytest.mark.parametrize("key", ["Space", "Enter"])
def test_by_keyboard_any_choice_is_reached_without_picking_another(page: Page, address: str, key: str) -> None:
    page.goto(f"{address}en/softmax/")
    said, radios = page.locator(".choice-why:visible"), group(page, "en/").get_by_role("radio")
    group(page, "en/").get_by_role("radio", checked=False).first.focus()
    for arrow, at in (("ArrowDown", 1), ("ArrowRight", 2), ("ArrowDown", 0), ("ArrowUp", 2), ("ArrowLeft", 1)):
        page.keyboard.press(arrow)
        expect(radios.nth(at)).to_be_focused()
    expect(said).to_have_count(0)
    page.keyboard.press(key)
    expect(said).to_contain_text(WORDS["en/"]["why_wrong"])
    expect(radios.nth(1)).to_be_checked()
    page.keyboard.press("ArrowDown")
    expect(radios.nth(1)).to_be_checked()
    page.keyboard.press("Tab")
    expect(radios.nth(2)).not_to_be_focused()


def test_what_another_tab_or_nonsense_left_behind_does_no_harm(context: BrowserContext, address: str) -> None:
    page, other = context.new_page(), context.new_page()
    words, wrong = WORDS["en/"], watch(page)
    for tab in (page, other):
        tab.goto(f"{address}en/softmax/")
    group(other, "en/").get_by_text(words["right"]).click()
    expect(group(page, "en/").get_by_role("radio", name=words["right"])).to_be_checked()
    for kept in ("7", "[]", "null", '"x"', '{"softmax/en": 3}', "{", '{"softmax/en": {"1. Add": "gone"}}'):
        page.evaluate("(kept) => localStorage.setItem(`${__md_scope.pathname}.picks`, kept)", kept)
        page.reload()
        expect(page.get_by_role("radio")).to_have_count(15)
        group(page, "en/").get_by_text(words["wrong"]).click()
        expect(page.locator(".choice-why:visible")).to_contain_text(words["why_wrong"])
    page.reload()
    expect(group(page, "en/").get_by_role("radio", name=words["wrong"])).to_be_checked()
    assert wrong == []


def test_where_storage_is_refused_a_pick_is_reported_all_the_same(context: BrowserContext, address: str) -> None:
    context.add_init_script(BLOCKED)
    page = context.new_page()
    wrong = watch(page)
    page.goto(f"{address}softmax/")
    group(page, "").get_by_text(WORDS[""]["right"]).click()
    expect(page.locator(".choice-why:visible")).to_contain_text(WORDS[""]["why_right"])
    page.get_by_role("button", name=WORDS[""]["clear"]).click()
    expect(page.locator(".choice-why:visible")).to_have_count(0)
    assert wrong == []


@pytest.mark.parametrize("path", ["parallel/softmax/", "notebooks/softmax/"])
def test_pages_that_only_show_a_lesson_list_the_choices(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    question = page.locator(".question").first
    expect(question.get_by_role("radio")).to_have_count(0)
    expect(question.get_by_text(WORDS[""]["right"])).to_be_visible()
    expect(question.get_by_text(WORDS[""]["why_right"].split(". ")[1])).to_be_hidden()
    question.locator("summary").click()
    expect(question.get_by_text(WORDS[""]["why_right"].split(". ")[1])).to_be_visible()
