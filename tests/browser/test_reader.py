"""What helps a reader: marks of finished lessons, the way back, shortcuts, links to copy; kept in the browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from reading import LANGUAGES, watch

COUNT = len([*(Path(__file__).parents[2] / "lessons").glob("*.py")])
WORDS = {
    "": {
        "finish": "이 레슨을 마쳤습니다",
        "count": f"{COUNT}편 중 2편을 마쳤습니다",
        "resume": "이어서 읽기: 소프트맥스: 점수를 확률로 바꾸기",
        "section": "온도: 날카롭게, 또는 평평하게",
        "mark": "마친 레슨",
        "shortcuts": "키보드 단축키",
        "use": "단축키 사용",
        "copied": "링크를 복사했습니다",
        "link": "이 절의 링크 복사",
    },
    "en/": {
        "finish": "I have finished this lesson",
        "count": f"2 of {COUNT} lessons finished",
        "resume": "Continue: Softmax: from scores to probabilities",
        "section": "Temperature",
        "mark": "Finished",
        "shortcuts": "Keyboard shortcuts",
        "use": "Use shortcuts",
        "copied": "Link copied",
        "link": "Copy link to this section",
    },
}
BLOCKED = """Object.defineProperty(window, "localStorage", {
    configurable: true,
    get() { throw new DOMException("denied", "SecurityError"); },
})"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_lessons_are_marked_as_finished_in_both_languages_and_it_can_be_undone(
    page: Page, address: str, lang: str
) -> None:
    words = WORDS[lang]
    for path in (f"{lang}softmax/", "en/learning-rate/"):
        page.goto(address + path)
        page.locator(".finish").click()
    page.goto(f"{address}{lang}softmax/")
    box = page.get_by_role("checkbox", name=words["finish"])
    expect(box).to_be_checked()
    nav = page.locator(".md-nav--primary")
    assert (
        nav.locator("a:has(.finished-mark):not(.md-nav__link--active)").get_attribute("href").endswith("learning-rate/")
    )
    page.goto(f"{address}{lang}")
    expect(page.locator(".course-progress")).to_have_text(words["count"])
    marks = page.locator(".course-map").get_by_role("img", name=words["mark"])
    expect(marks).to_have_count(2)
    page.goto(f"{address}{lang}softmax/")
    box.press("Space")
    expect(nav.locator(".md-nav__link--active .finished-mark")).to_have_count(0)
    page.go_back()
    expect(marks).to_have_count(1)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_front_page_leads_back_to_the_section_last_read(page: Page, address: str, lang: str) -> None:
    words = WORDS[lang]
    page.goto(f"{address}{lang}")
    assert page.locator(".resume, .course-progress").count() == 0
    page.goto(f"{address}{lang}softmax/")
    page.goto(f"{address}{lang}")
    assert page.locator(".resume").count() == 0, "nothing was read yet"
    page.goto(f"{address}{lang}softmax/#temperature")
    page.goto(f"{address}{lang}")
    resume = page.locator(".resume")
    shown = resume.inner_text().replace("\n", " ")
    assert shown.startswith(words["resume"])
    assert words["section"].split(":")[0] in shown
    resume.click()
    expect(page).to_have_url(f"{address}{lang}softmax/#temperature")


def test_a_lesson_begun_in_one_language_goes_on_in_the_other(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/#temperature")
    page.goto(f"{address}en/")
    expect(page.locator(".resume")).to_have_text(WORDS["en/"]["resume"])
    page.locator(".resume").click()
    expect(page).to_have_url(f"{address}en/softmax/#temperature")


def test_after_a_finished_lesson_the_next_one_follows(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/#temperature")
    page.locator(".finish").click()
    page.goto(address)
    page.locator(".resume").click()
    expect(page).to_have_url(f"{address}cross-entropy/")


@pytest.mark.parametrize(
    "kept", ["{", "null", "7", '{"lesson": "softmax"}', '["<b>x</b>"]', '{"lesson": 3, "section": {}}']
)
def test_whatever_is_kept_pages_stand(page: Page, address: str, kept: str) -> None:
    wrong = watch(page)
    page.goto(address)
    page.evaluate(
        "(kept) => ['last', 'finished', 'shortcuts', 'solved'].forEach((at) => localStorage.setItem(`/.${at}`, kept))",
        kept,
    )
    for path in ("", "softmax/"):
        page.goto(address + path)
        assert page.locator(".shortcuts-button").count() == 1
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_blocked_storage_is_survived(page: Page, address: str, lang: str) -> None:
    wrong = watch(page)
    page.add_init_script(BLOCKED)
    page.goto(f"{address}{lang}softmax/#temperature")
    assert page.locator(".finish").count() == 0, "what cannot be kept is not offered"
    expect(page.locator(".exercise-count").filter(visible=True)).to_have_count(0)
    before = page.evaluate("document.body.dataset.mdColorScheme")
    page.keyboard.press("d")
    assert page.evaluate("document.body.dataset.mdColorScheme") != before
    page.locator(".copy-button").first.click()
    expect(page.get_by_role("status")).not_to_be_empty()
    page.keyboard.press("/")
    page.keyboard.type("softmax")
    page.locator(".md-search-result__item").first.wait_for()
    page.goto(f"{address}{lang}")
    assert page.locator(".resume").count() == 0
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_question_mark_shows_the_shortcuts_and_focus_returns(page: Page, address: str, lang: str) -> None:
    page.goto(f"{address}{lang}softmax/")
    first = page.locator(".copy-button").first
    first.focus()
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name=WORDS[lang]["shortcuts"])
    expect(dialog).to_be_visible()
    page.keyboard.press("n")
    page.keyboard.press("l")
    expect(page).to_have_url(f"{address}{lang}softmax/")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(first).to_be_focused()
    button = page.get_by_role("button", name=WORDS[lang]["shortcuts"])
    button.click()
    expect(dialog).to_be_visible()
    page.locator("dialog .md-button").click()
    expect(button).to_be_focused()


def test_each_shortcut_does_what_the_list_says(page: Page, address: str) -> None:
    page.goto(f"{address}cross-entropy/")
    page.keyboard.press("?")
    listed = page.locator("dialog dt kbd").all_text_contents()
    page.keyboard.press("Escape")
    leads = {
        **dict.fromkeys("n.", "cross-entropy-in-pytorch/"),
        **dict.fromkeys("p,", "softmax/"),
        "l": "en/cross-entropy/",
    }
    for key, path in leads.items():
        assert key in listed
        page.goto(f"{address}cross-entropy/")
        page.keyboard.press(key)
        page.wait_for_url(f"{address}{path}")
    for key in "/sf":
        assert key in listed
        page.goto(f"{address}cross-entropy/")
        page.keyboard.press(key)
        expect(page.locator(".md-search__input")).to_be_focused()
    assert set(listed) - {"b"} == {*leads, *"/sfd?", "Esc"}


def test_shortcuts_keep_still_while_something_is_typed(page: Page, address: str) -> None:
    page.goto(f"{address}cross-entropy/")
    page.keyboard.press("/")
    page.keyboard.type("?ld")
    expect(page.locator(".md-search__input")).to_have_value("?ld")
    assert page.locator("dialog").count() == 0
    page.keyboard.press("Escape")
    scheme = page.evaluate("document.body.dataset.mdColorScheme")
    for event in (
        "{key: 'l', ctrlKey: true}",
        "{key: 'd', altKey: true}",
        "{key: 'd', isComposing: true}",
        "{key: 'd', metaKey: true}",
    ):
        page.evaluate(f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{bubbles: true, ...{event}}}))")
    assert page.evaluate("document.body.dataset.mdColorScheme") == scheme
    expect(page).to_have_url(f"{address}cross-entropy/")


def test_shortcuts_work_with_the_korean_keyboard_on(page: Page, address: str) -> None:
    page.goto(f"{address}cross-entropy/")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, key: 'ㅜ', code: 'KeyN'}))")
    page.wait_for_url(f"{address}cross-entropy-in-pytorch/")
    page.evaluate("document.body.dispatchEvent(new KeyboardEvent('keydown', {bubbles: true, key: 'ㅣ', code: 'KeyL'}))")
    page.wait_for_url(f"{address}en/cross-entropy-in-pytorch/")


def test_shortcuts_can_be_switched_off_and_on_again(page: Page, address: str) -> None:
    page.goto(f"{address}cross-entropy/")
    page.keyboard.press("?")
    page.get_by_role("checkbox", name=WORDS[""]["use"]).uncheck()
    page.keyboard.press("Escape")
    page.reload()
    for key in "?nld/":
        page.keyboard.press(key)
    expect(page).to_have_url(f"{address}cross-entropy/")
    expect(page.locator(".md-search__input")).not_to_be_focused()
    page.locator(".md-search__input").click()
    page.keyboard.type("n?")
    expect(page.locator(".md-search__input")).to_have_value("n?")
    page.keyboard.press("Escape")
    page.locator(".shortcuts-button").click()
    page.get_by_role("checkbox", name=WORDS[""]["use"]).check()
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_url(f"{address}cross-entropy-in-pytorch/")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_link_of_a_section_is_copied_announced_and_followed(page: Page, address: str, lang: str) -> None:
    page.goto(f"{address}{lang}softmax/")
    link = page.locator("#temperature .headerlink")
    assert link.get_attribute("title") == WORDS[lang]["link"]
    link.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(WORDS[lang]["copied"])
    wanted = f"{address}{lang}softmax/#temperature"
    assert page.evaluate("navigator.clipboard.readText()") == wanted
    expect(page).to_have_url(wanted)


def test_the_link_of_a_figure_is_copied(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    figure = page.locator("figure[id]").first
    figure.locator("figcaption").hover()
    figure.locator(".headerlink").click()
    expect(page.get_by_role("status")).not_to_be_empty()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{address}softmax/#{figure.get_attribute('id')}"


def test_a_refused_clipboard_is_reported(context: BrowserContext, page: Page, address: str) -> None:
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    page.goto(f"{address}softmax/")
    page.locator("#temperature .headerlink").click()
    expect(page.get_by_role("status")).to_have_text("링크를 복사하지 못했습니다")


def test_the_contents_follow_the_section_being_read(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    page.evaluate("document.getElementById('temperature').scrollIntoView()")
    followed = page.locator(".md-sidebar--secondary .md-nav__link--active")
    expect(followed).to_have_attribute("href", "#temperature")
