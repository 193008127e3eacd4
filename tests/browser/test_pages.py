"""Pages as a reader meets them: what goes wrong is reported, nothing jumps, folds open, no script is needed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from reading import watch
from sound import CUT_OFF, OVERLAPPING, TOO_WIDE

SHIFTS = """() => new Promise((resolve) => {
    let sum = 0;
    const add = (entries) => entries.forEach((entry) => (sum += entry.hadRecentInput ? 0 : entry.value));
    new PerformanceObserver((list) => add(list.getEntries())).observe({ type: "layout-shift", buffered: true });
    setTimeout(() => resolve(sum), 500);
})"""
ANSWERS, SOLUTION = "details[class*='answer-']", "details.success:not([class*='answer-'])"
"""The folds of a quiz and of an exercise."""


def test_columns_of_a_formula_that_overlap_are_reported(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 900})
    page.goto(address + "weight-decay/")
    assert page.evaluate(OVERLAPPING) == []
    page.evaluate("document.querySelectorAll('.math > math').forEach((one) => (one.style.minWidth = 0))")
    assert len(page.evaluate(OVERLAPPING)) == 2


PLANTED = {
    "<img src='https://third.example/x.png' alt=''>": "another host: https://third.example/x.png",
    "<img src='nothing.png' alt=''>": "404: ",
    "<script>console.warn('oh')</script>": "warning: oh",
    "<script>nothing()</script>": "error: nothing is not defined",
}


@pytest.mark.parametrize("plant", PLANTED)
def test_what_goes_wrong_is_reported(page: Page, address: str, plant: str) -> None:
    wrong = watch(page)
    page.route("**/third.example/**", lambda route: route.abort())
    page.route("**/planted/", lambda route: route.fulfill(body=f"<!doctype html>{plant}", content_type="text/html"))
    page.goto(f"{address}planted/", wait_until="networkidle")
    assert any(message.startswith(PLANTED[plant]) for message in wrong), wrong


def test_what_is_too_wide_is_reported(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    assert not page.evaluate(TOO_WIDE)
    page.evaluate("document.querySelector('article > p').style.width = '3000px'")
    assert page.evaluate(TOO_WIDE)
    assert page.evaluate(CUT_OFF)


def test_what_an_address_leads_to_is_unfolded(page: Page, address: str) -> None:
    """Browsers do so; where one does not, a script: so this test folds it again and only says that it was asked for."""
    page.goto(f"{address}regularization-lab/#cell-faster")
    place = page.locator("#cell-faster")
    expect(place).to_be_in_viewport()
    place.evaluate("(one) => (one.closest('details').open = false)")
    expect(place).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('hashchange'))")
    expect(place).to_be_visible()


def test_material_looks_at_a_page_only_to_mark_what_was_searched(page: Page, address: str) -> None:
    """It would measure each block of code, and lay out each fold for that."""
    for query, looks in (("", False), ("?h=logit", True)):
        page.goto(f"{address}softmax/{query}")
        page.wait_for_load_state("networkidle")
        code, marks = page.locator("pre[id^=__code]"), page.locator("mark[data-md-highlight]")
        for looked_at in (code, marks):
            expect(looked_at).not_to_have_count(0) if looks else expect(looked_at).to_have_count(0)


@pytest.mark.parametrize("path", ["glossary/", "en/glossary/", "errata/", "en/errata/"])
def test_nothing_jumps_while_scripts_and_fonts_come(page: Page, address: str, path: str) -> None:
    page.set_viewport_size({"width": 412, "height": 823})
    page.route("**/assets/page.*.js", lambda route: (page.wait_for_timeout(400), route.continue_()))
    page.goto(address + path)
    assert page.evaluate(SHIFTS) < 0.03


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "path", ["", "en/", "softmax/", "en/learning-rate/", "mnist-capstone/", "notebooks/softmax/", "parallel/softmax/"]
)
def test_nothing_jumps(page: Page, address: str, path: str, width: int) -> None:
    """Also not for a reader who comes back: the front page offers to continue."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}softmax/")
    page.locator(".finish input").check()
    page.goto(f"{address}cross-entropy/#entropy")
    page.goto(address + path)
    assert page.evaluate(SHIFTS) < 0.02


def test_a_jump_is_reported(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<div id=late></div>')")
    page.evaluate("requestAnimationFrame(() => (document.getElementById('late').style.height = '300px'))")
    assert page.evaluate(SHIFTS) > 0.02


@pytest.mark.parametrize("path", ["softmax/", "en/softmax/", "notebooks/softmax/"])
def test_folds_open_by_click_and_by_key(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    for kind in ANSWERS, SOLUTION:
        fold = page.locator(kind).first
        answer = fold.locator(":scope > :not(summary)").first
        expect(answer).to_be_hidden()
        fold.locator("summary").click()
        expect(answer).to_be_visible()
        fold.locator("summary").press("Enter")
        expect(answer).to_be_hidden()
        fold.locator("summary").press("Space")
        expect(answer).to_be_visible()


def test_the_chosen_scheme_holds_on_every_page_and_in_both_languages(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    page.locator(".scheme-switch").click()
    for path in ("softmax/", "", "en/", "en/glossary/", "notebooks/softmax/"):
        page.goto(address + path)
        assert page.evaluate("document.body.dataset.mdColorScheme") == "slate", path
    page.locator(".scheme-switch").click()
    page.goto(f"{address}en/softmax/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "default"


@pytest.fixture
def bare(browser: Browser) -> BrowserContext:
    """A reader without scripts."""
    reader = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield reader
    reader.close()


@pytest.mark.parametrize("path", ["softmax/", "en/softmax/", "notebooks/softmax/"])
def test_everything_can_be_read_without_scripts(bare: BrowserContext, address: str, path: str) -> None:
    page = bare.new_page()
    page.goto(address + path)
    article = page.locator("article")
    for kind in ("p", "h2", "pre code", "math", "figure svg", ".cell-output, .printed"):
        found = article.locator(kind).filter(visible=True)
        assert found.count() >= 3 or kind == "figure svg", kind
        assert found.first.bounding_box()["height"] > 5, kind
    fold = article.locator(ANSWERS).first
    fold.locator("summary").click()
    expect(fold.locator(":scope > :not(summary)").first).to_be_visible()
    assert article.locator("button").count() == 0
    page.locator("a.language-switch").first.click()
    expect(page.locator("article h1")).to_be_visible()


def test_nothing_dead_is_shown_without_scripts(bare: BrowserContext, address: str) -> None:
    page = bare.new_page()
    page.goto(f"{address}softmax/")
    for control in ("button", ".md-search__input"):
        assert page.locator(control).filter(visible=True).count() == 0, control
