"""A browser's page translator wraps and replaces texts: code, formulas and figures stay, all else works."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from reading import LANGUAGES, watch
from test_pages import ANSWERS, SOLUTION

TRANSLATE = """() => {
    document.documentElement.lang = "ja";
    document.documentElement.classList.add("translated-ltr");
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
        if (!text.data.trim() || text.parentElement.closest("script, style, [translate=no], .notranslate")) continue;
        const outer = document.createElement("font");
        outer.append(document.createElement("font"));
        outer.firstChild.textContent = "訳" + text.data;
        text.replaceWith(outer);
    }
}"""


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("slug", ["softmax/", "notebooks/softmax/"])
def test_code_formulas_and_figures_are_not_touched(page: Page, address: str, lang: str, slug: str) -> None:
    page.goto(f"{address}{lang}{slug}")
    page.evaluate(TRANSLATE)
    for kept in ("code", "math", "svg"):
        assert page.evaluate("(all) => document.querySelectorAll(all).length", kept) > 0
        assert page.evaluate("(all) => document.querySelectorAll(all + ' font').length", kept) == 0, kept
    for reported in ("p", "h2", "summary", "nav"):
        assert page.evaluate("(all) => document.querySelectorAll(all + ' font').length", reported) > 0, reported


@pytest.mark.parametrize("lang", LANGUAGES)
def test_quizzes_copies_and_marks_work_on_a_translated_page(page: Page, address: str, lang: str) -> None:
    wrong = watch(page)
    page.goto(f"{address}{lang}softmax/")
    code = page.locator("div.cell-code").nth(2)
    shown = code.locator("code").text_content()
    page.evaluate(TRANSLATE)
    code.locator(".copy-button").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == shown.rstrip("\n") + "\n"
    code.locator(".copy-button--program").click()
    program = page.evaluate("navigator.clipboard.readText()")
    assert shown.strip() in program
    compile(program, "program", "exec")
    for kind in ANSWERS, SOLUTION:
        fold = page.locator(kind).first
        fold.locator("summary").click()
        expect(fold.locator(":scope > :not(summary)").first).to_be_visible()
    page.locator(".finish").click()
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.evaluate(TRANSLATE)
    assert page.locator("dialog dt font").count() == 0, "keys are not words"
    page.keyboard.press("Escape")
    page.locator("#temperature .headerlink").click()
    page.goto(f"{address}{lang}")
    expect(page.locator(".course-map .finished-mark")).to_have_count(1)
    assert "訳" not in page.locator(".resume").text_content()
    assert wrong == []


def test_an_unmarked_panel_would_be_touched(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    page.evaluate("document.querySelector('pre code').removeAttribute('translate')")
    page.evaluate(TRANSLATE)
    assert page.locator("pre code font").count() > 0
