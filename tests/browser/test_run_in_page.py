"""Blocks that run, change and are checked in their page, on a small site that `mkdocs serve` serves."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from reading import LANGUAGES, serving, watch
from small_site import ROOT, edit, make_project
from sound import CUT_OFF, SCHEMES, SIZES, TOO_WIDE, found, set_scheme
from test_mkdocs_plugin import Server

from lessonkit.words import WORDS

MORE = """
# %% [markdown]
# ## `No such file or directory` { #no-file }
#
# Failing.

# %%
# above
with open("nothing here") as file:
    print(file)
"""
PARTS = ("sum", "figure", "answer", "solution", "failing")
"""The blocks of the lesson that run, in order."""


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the small site is served."""
    project = make_project(tmp_path_factory.mktemp("live"))
    edit(project, "{name: material, font: false}", "{name: lessons, font: false}", "mkdocs.yml")
    edit(project, "  - search\n", "  - material/search\n", "mkdocs.yml")
    edit(project, "shared: docs/shared\n", "shared: docs/shared\n      search: docs/shared/search.yml\n", "mkdocs.yml")
    shutil.copy(ROOT / "docs" / "shared" / "search.yml", project / "docs" / "shared")
    lesson = project / "lessons" / "good.py"
    lesson.write_text(lesson.read_text(encoding="utf-8") + MORE, encoding="utf-8")
    server = Server(project)
    server.wait_for("en/good/", "Adding")
    yield server.address
    server.close()


def said(lang: str, key: str, **values: object) -> str:
    return WORDS["en" if lang else "ko"]["live"][key].format(**values)


def open_page(page: Page, live: str, lang: str) -> list[str]:
    """Opens the lesson with everything unfolded; what goes wrong in the tab."""
    wrong = watch(page)
    page.goto(f"{live}{lang}good/")
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    expect(page.locator(".live-block")).to_have_count(len(PARTS))
    return wrong


def block(page: Page, part: str) -> Locator:
    return page.locator(".live-block").nth(PARTS.index(part))


def output(page: Page, part: str) -> Locator:
    return block(page, part).locator("xpath=following-sibling::*[1][contains(@class, 'live-output')]")


def run(page: Page, part: str) -> Locator:
    """Runs a block to its end; its output."""
    block(page, part).locator(".live-button--run").click()
    shown = output(page, part)
    expect(shown.locator(".live-good, .live-other")).to_be_visible(timeout=30_000)
    return shown


@pytest.mark.parametrize("lang", LANGUAGES)
def test_blocks_run_and_say_how_they_stand_to_the_record(page: Page, live: str, lang: str) -> None:
    wrong = open_page(page, live, lang)
    shown = run(page, "sum")
    expect(shown.locator(".live-lines")).to_have_text("The sum is 6\n")
    expect(shown.locator(".live-state")).to_have_text(f"✓ {said(lang, 'same')}")
    shown = run(page, "figure")
    expect(shown.locator(".live-state")).to_have_text(f"✓ {said(lang, 'same')}")
    label = "height" if lang else "높이"
    assert label in shown.locator("figure svg").text_content()
    shown = run(page, "answer")
    counted = said(lang, "cases", passed=0, cases=4)
    expect(shown.locator(".live-state")).to_have_text(f"{counted} · {said(lang, 'failed')}")
    expect(shown.locator(".live-note code")).to_have_text("assert mean([1, 2, 3]) == 2")
    shown = run(page, "failing")
    expect(shown.locator(".live-error")).to_contain_text("FileNotFoundError: ")
    expect(shown.locator(".live-error")).to_contain_text(said(lang, "line", line=2))
    marked = page.evaluate("[...CSS.highlights.get('live-error')].map(String)")
    assert marked == ['with open("nothing here") as file:']
    expect(page.get_by_role("status")).to_contain_text(said(lang, "error"))
    link = shown.get_by_role("link", name=said(lang, "explained"))
    expect(link).to_have_attribute("href", f"{live}{lang}good/#no-file")
    link.click()
    expect(page.locator("#no-file")).to_be_in_viewport()
    assert wrong == []


def test_a_block_is_changed_by_keyboard_remembered_and_put_back(page: Page, live: str) -> None:
    open_page(page, live, "en/")
    first = block(page, "sum")
    first.get_by_role("button", name=re.compile("^Edit: code 1,")).focus()
    page.keyboard.press("Enter")
    editor = first.get_by_role("textbox", name=re.compile("^Edit code 1,"))
    expect(editor).to_be_focused()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nfor n in numbers:\nprint(n)")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+Enter")
    shown = output(page, "sum")
    expect(shown.locator(".live-error")).to_contain_text("line 5", timeout=30_000)
    expect(shown.locator(".live-state")).to_have_text(said("en/", "error"))
    assert (
        editor.evaluate("(area) => area.matches('.live-marked') && area.style.getPropertyValue('--live-line')") == "4"
    )
    page.keyboard.press("Home")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+Enter")
    expect(shown.locator(".live-state")).to_have_text(said("en/", "different"), timeout=30_000)
    expect(shown.locator(".live-lines")).to_have_text("The sum is 6\n1\n2\n3\n")
    expect(shown.locator(".live-is").first).to_have_text("now: 1\n")
    changed = editor.input_value()
    assert changed.endswith("for n in numbers:\n    print(n)")
    page.keyboard.press("Escape")
    expect(first.get_by_role("button", name=re.compile("^Edit: code 1,"))).to_be_focused()
    first.locator(".copy-button--cell").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{changed}\n"
    open_page(page, live, "en/")
    assert block(page, "sum").get_by_role("textbox").input_value() == changed
    first.get_by_role("button", name=re.compile("^Back to the original: code 1,")).click()
    expect(first.get_by_role("textbox")).to_have_count(0)
    expect(run(page, "sum").locator(".live-state")).to_have_text("✓ Same as recorded")
    open_page(page, live, "en/")
    expect(block(page, "sum").get_by_role("textbox")).to_have_count(0)


def test_an_undone_edit_is_undone(page: Page, live: str) -> None:
    open_page(page, live, "")
    block(page, "sum").locator(".live-button--edit").click()
    editor = block(page, "sum").get_by_role("textbox")
    before = editor.input_value()
    page.keyboard.press("Control+a")
    page.keyboard.press("Tab")
    assert editor.input_value() == "\n".join(f"    {line}" for line in before.split("\n"))
    page.keyboard.press("Control+z")
    assert editor.input_value() == before
    page.keyboard.press("Escape")
    expect(editor).to_have_count(0)


def test_an_endless_program_is_stopped(page: Page, live: str) -> None:
    open_page(page, live, "en/")
    block(page, "sum").locator(".live-button--edit").click()
    block(page, "sum").get_by_role("textbox").fill("print('begun')\nwhile True:\n    pass")
    block(page, "sum").get_by_role("button", name=re.compile("^Run: code 1,")).click()
    expect(output(page, "sum").locator(".live-lines")).to_have_text("begun\n", timeout=30_000)
    block(page, "sum").get_by_role("button", name=re.compile("^Stop: code 1,")).click()
    expect(output(page, "sum").locator(".live-state")).to_have_text("Stopped")
    expect(block(page, "sum").get_by_role("button", name=re.compile("^Run: code 1,"))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_blocks_run_from_top_to_bottom_but_for_starters(page: Page, live: str, lang: str) -> None:
    open_page(page, live, lang)
    button, state = page.locator(".live-all"), page.locator(".live-all-state")
    expect(page.locator(".live-about")).to_contain_text(said(lang, "alone"))
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_text(said(lang, "stop"))
    expect(state).to_have_text(said(lang, "all_done", same=3, done=4), timeout=60_000)
    expect(button).to_have_text(said(lang, "all"))
    for part in ("sum", "figure", "solution"):
        expect(block(page, part)).to_have_class(re.compile(r"\blive-same\b"))
    expect(block(page, "failing")).to_have_class(re.compile(r"\blive-unlike\b"))
    expect(output(page, "answer")).to_have_count(0)


def test_running_all_blocks_is_stopped_where_it_is(page: Page, live: str) -> None:
    open_page(page, live, "en/")
    first = block(page, "sum")
    first.locator(".live-button--edit").click()
    first.locator("textarea").fill("while True:\n    pass")
    page.locator(".live-all").click()
    expect(first.locator(".live-button--run")).to_have_text("Stop")
    page.locator(".live-all").click()
    expect(page.locator(".live-all-state")).to_have_text(said("en/", "all_done", same=0, done=0), timeout=30_000)
    expect(output(page, "figure")).to_have_count(0)
    first.locator(".live-button--original").click()


def test_an_exercise_is_solved(page: Page, live: str) -> None:
    open_page(page, live, "en/")
    answer = block(page, "answer")
    answer.get_by_role("button", name=re.compile("^Edit: code 3,")).click()
    answer.get_by_role("textbox").fill("def mean(values):\n    return values[1] if values[1:] else values[0]")
    answer.get_by_role("button", name=re.compile("^Check: code 3,")).click()
    expect(output(page, "answer").locator(".live-state")).to_have_text("2 of 4 · Not passed yet", timeout=30_000)
    expect(output(page, "answer")).to_contain_text("far from the middle one")
    answer.get_by_role("textbox").fill("def mean(values):\n    return sum( values )  # the sum")
    answer.get_by_role("button", name=re.compile("^Check: code 3,")).click()
    reason = "It does not divide the sum by the count."
    expect(output(page, "answer").get_by_text(reason)).to_be_visible(timeout=30_000)
    expect(page.get_by_role("status")).to_contain_text(reason)
    expect(page.locator(".lesson-stamp .exercise-count")).to_have_text("0 of 1 exercises")
    answer.get_by_role("textbox").fill("def mean(values):\n    return sum(values) / len(values)")
    answer.get_by_role("button", name=re.compile("^Check: code 3,")).click()
    expect(output(page, "answer").locator(".live-state")).to_have_text("✓ 4 of 4 · Passed", timeout=30_000)
    page.goto(f"{live}good/")
    expect(page.locator(".lesson-stamp .exercise-count")).to_have_text("연습 문제 1/1")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", SIZES)
def test_axe_and_a_phone_find_nothing_with_programs_run(page: Page, live: str, size: str, scheme: str) -> None:
    page.set_viewport_size(SIZES[size])
    open_page(page, live, "" if size == "phone" else "en/")
    set_scheme(page, scheme)
    for part in PARTS:
        run(page, part)
    block(page, "sum").locator(".live-button--edit").click()
    block(page, "sum").get_by_role("textbox").fill(f"print({'1 + ' * 60}1)\nimport warnings\nwarnings.warn('x' * 200)")
    run(page, "sum")
    assert not page.evaluate(TOO_WIDE)
    assert page.evaluate(CUT_OFF) == []
    assert found(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_home_page_says_that_pages_are_live(page: Page, live: str, lang: str) -> None:
    page.goto(f"{live}{lang}")
    expect(page.locator(".live-about")).to_have_text(said(lang, "on"))


def test_a_page_of_another_server_cannot_run_code_or_read_the_token(page: Page, live: str, tmp_path: Path) -> None:
    ask = """async (url) => {
        const asked = {method: "POST", headers: {"Content-Type": "application/json"}, body: "{}"};
        const plain = {method: "POST", headers: {"Content-Type": "text/plain"}, body: "{}", mode: "no-cors"};
        const answers = [fetch(`${url}_live/run`, asked), fetch(`${url}good/`), fetch(`${url}_live/status`)];
        const seen = (await Promise.allSettled(answers)).map((one) => one.status);
        return [...seen, (await fetch(`${url}_live/run`, plain)).type];
    }"""
    statuses: list[int] = []
    page.on("response", lambda answer: answer.url.endswith("_live/run") and statuses.append(answer.status))
    with serving(tmp_path) as other:
        page.goto(other)
        assert page.evaluate(ask, live) == ["rejected"] * 3 + ["opaque"]
    assert statuses == [403]


def test_with_six_windows_of_the_site_a_page_runs_or_says_what_to_close(page: Page, live: str) -> None:
    """Chromium has six connections to a server, and each window that waits for a rebuild keeps one."""
    open_page(page, live, "en/")
    others = [page.context.new_page() for _ in range(5)]
    for other in others:
        other.goto(f"{live}en/", timeout=10_000)
    block(page, "sum").locator(".live-button--run").click()
    state = output(page, "sum").locator(".live-state")
    expect(state).to_have_text(re.compile(f"{re.escape(said('en/', 'windows'))}|{said('en/', 'same')}"), timeout=30_000)
    for other in others:
        other.close()
    expect(state).to_have_text(f"✓ {said('en/', 'same')}", timeout=30_000)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_program_that_reads_input_is_told_why_it_ended(page: Page, live: str, lang: str) -> None:
    open_page(page, live, lang)
    block(page, "sum").locator(".live-button--edit").click()
    block(page, "sum").get_by_role("textbox").fill("input()")
    expect(run(page, "sum").locator(".live-note")).to_have_text(said(lang, "input"))


def test_two_tabs_run_and_remember_their_own(page: Page, live: str) -> None:
    second = page.context.new_page()
    for tab in (page, second):
        open_page(tab, live, "en/")
        block(tab, "sum").get_by_role("button", name=re.compile("^Edit: ")).click()
    for tab, number in ((page, 1), (second, 2)):
        block(tab, "sum").get_by_role("textbox").fill(f"print({number})\nwhile True: pass")
        block(tab, "sum").locator(".live-button--run").click()
        expect(output(tab, "sum").locator(".live-lines")).to_have_text(f"{number}\n", timeout=30_000)
    for tab in (page, second):
        block(tab, "sum").locator(".live-button--run").click()
        expect(output(tab, "sum").locator(".live-state")).to_have_text(said("en/", "stopped"), timeout=30_000)
    second.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_nothing_can_run_a_page_says_why_and_has_no_buttons(page: Page, live: str, lang: str) -> None:
    page.route("**/_live/status", lambda route: route.fulfill(json={"state": "missing"}))
    for address in ("", "good/"):
        page.goto(f"{live}{lang}{address}")
        expect(page.locator(".live-about")).to_have_text(said(lang, "missing"))
        expect(page.locator(".live-button")).to_have_count(0)
