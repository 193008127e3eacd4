"""For everyone: formulas that can be heard, a keyboard that reaches all, calm, strong colours, large print."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from reading import LANGUAGES, add_style, unfold

FOCUS = """() => {
    const at = document.activeElement;
    const option = at.matches(".md-option") && at.nextElementSibling;
    const seen = option || at.closest("label") || at.closest(".md-search__form") || at;
    const style = (element) => getComputedStyle(element);
    const ring = [at, seen].some((e) => (style(e).outlineStyle !== "none" && parseFloat(style(e).outlineWidth) > 0)
        || style(e).boxShadow !== "none");
    const box = seen.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const html = at.outerHTML.slice(0, 120);
    return { tag: at.tagName, top: seen.contains(top) || top?.contains(seen), ring, inside, html };
}"""


def tree(page: Page) -> list[dict]:
    """What a screen reader gets of the page."""
    return [
        node
        for node in page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
        if not node["ignored"]
    ]


def role(node: dict) -> str:
    return node["role"]["value"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_formulas_reach_screen_readers_with_their_structure(page: Page, address: str, lang: str) -> None:
    page.goto(f"{address}{lang}softmax/")
    nodes = tree(page)
    formulas = [node for node in nodes if role(node) == "MathMLMath"]
    assert len(formulas) == page.locator("math").filter(visible=True).count() > 10
    parts = {role(node) for node in nodes}
    assert {"MathMLFraction", "MathMLSub", "MathMLSup", "MathMLIdentifier", "MathMLOperator", "MathMLNumber"} <= parts
    by_id = {node["nodeId"]: node for node in nodes}

    def text(node: dict) -> str:
        inside = [by_id[child] for child in node.get("childIds", []) if child in by_id]
        return "".join(map(text, inside)) or node.get("name", {}).get("value", "")

    assert all(text(formula) for formula in formulas)


def see_labs(page: Page) -> None:
    """Scrolls to each lab, which comes in the place of its figure, and back."""
    for figure in page.locator("[data-lab]").all():
        figure.scroll_into_view_if_needed()
        expect(figure.locator(".lab")).to_be_visible()
    page.evaluate("scrollTo(0, 0)")


def settled(page: Page) -> dict:
    """Where the focus is, once it shows: the search of a phone opens when it gets the focus."""
    for _ in range(20):
        at = page.evaluate(FOCUS)
        if at["tag"] in ("BODY", "HTML") or (at["ring"] and at["inside"]):
            break
        page.wait_for_timeout(100)
    return at


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", ["softmax/", "en/", "notebooks/softmax/"])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(page: Page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(reduced_motion="reduce")
    page.goto(address + path)
    see_labs(page)
    reached, unseen = [], []
    for _ in range(400):
        page.keyboard.press("Tab")
        at = settled(page)
        if at["tag"] in ("BODY", "HTML"):
            break
        reached.append(at["html"])
        if not (at["ring"] and at["inside"]):
            unseen.append(at["html"])
    assert unseen == []
    everything = " ".join(reached)
    for wanted in ("menu-button" if width == 360 else "language-switch", "md-search__input", "shortcuts-button"):
        assert wanted in everything, wanted
    if "softmax" in path:
        for wanted in ("copy-button", "headerlink", "<summary"):
            assert wanted in everything, wanted
    assert ("__drawer" in everything) == (width == 360)


def test_the_menu_of_a_phone_by_keyboard(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 780})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}softmax/")
    button = page.get_by_role("button", name="메뉴")
    for key in ("Enter", "Space"):
        button.focus()
        page.keyboard.press(key)
        expect(button).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(button).to_have_attribute("aria-expanded", "false")
        expect(button).to_be_focused()
    page.keyboard.press("Enter")
    wanted, reached = "md-nav__link", []
    for _ in range(30):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUS)
        assert at["inside"], at["html"]
        assert at["top"], f"covered: {at['html']}"
        reached.append(at["html"])
        if "cross-entropy/" in at["html"]:
            break
    assert wanted in reached[-1]
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}cross-entropy/")


def test_a_focus_that_cannot_be_seen_is_reported(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    add_style(page, "* { outline: none !important; box-shadow: none !important }")
    page.locator(".copy-button").first.focus()
    assert not page.evaluate(FOCUS)["ring"]


@pytest.mark.parametrize("path", ["softmax/", "learning-rate/", "notebooks/learning-rate/", "errata/"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_what_scrolls_sideways_can_be_reached(page: Page, address: str, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 780})
    page.goto(address + path)
    unfold(page)
    page.wait_for_timeout(300)
    stuck = page.evaluate("""() => [...document.querySelectorAll("article *")]
        .filter((box) => box.scrollWidth > box.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(box).overflowX))
        .filter((box) => box.checkVisibility() && box.tabIndex < 0 && !box.querySelector("a, [tabindex]"))
        .map((box) => box.outerHTML.slice(0, 100))""")
    assert stuck == []


def test_who_wants_calm_gets_calm(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}softmax/")
    page.keyboard.press("?")
    moving = """() => [...document.querySelectorAll("*")].filter((element) =>
        [null, "::before", "::after"].some((part) => {
        const style = getComputedStyle(element, part);
        const seconds = (text) => Math.max(...text.split(",").map(parseFloat));
        return style.transitionProperty !== "none" && seconds(style.transitionDuration) > 0
            || style.animationName !== "none" || style.scrollBehavior === "smooth";
    })).map((element) => element.outerHTML.slice(0, 80))"""
    assert page.evaluate(moving) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) != [], "the check sees what moves"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_strong_colours_keep_marks_controls_and_figures(page: Page, address: str, lang: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{address}{lang}softmax/")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    drawn = """(icons) => icons.map((icon) => getComputedStyle(icon).fill)"""
    for icons in (".scheme-switch svg:visible", "figure.lesson-figure text"):
        fills = page.locator(icons).evaluate_all(drawn)
        assert fills, icons
        assert paper not in fills, icons
    for icon, part in (
        (".admonition-title", "::before"),
        ("details > summary", "::before"),
        ("details > summary", "::after"),
    ):
        shown = page.locator(icon).first.evaluate("(e, part) => getComputedStyle(e, part).backgroundColor", part)
        assert shown != paper, icon
    assert (
        page.locator(".cell-output code").first.evaluate("(code) => getComputedStyle(code).borderLeftStyle") == "solid"
    )
    page.locator(".finish").click()
    expect(page.locator(".finish input")).to_be_checked()


@pytest.mark.parametrize("path", ["softmax/", "en/mnist-capstone/", "", "glossary/", "notebooks/weight-decay/"])
def test_nothing_is_lost_at_four_hundred_percent(page: Page, address: str, path: str) -> None:
    """1280 px at 400 % are 320 by 225 px: all text is there, nothing covers it, and the controls can be used."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(address + path)
    add_style(page, ".wrap-switch { display: none !important }")  # there only where a line is wrapped or cut
    see_labs(page)
    words = page.locator("article").inner_text().replace("¶", "").split()
    page.set_viewport_size({"width": 320, "height": 225})
    page.locator(".term-button").evaluate_all("(all) => all.forEach((name) => name.click())")  # as on a phone
    assert page.locator("article").inner_text().replace("¶", "").split() == words
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    header = page.locator(".md-header").bounding_box()
    assert header["height"] < 225 / 3
    page.keyboard.press("?")
    close = page.locator("dialog .md-button")
    close.scroll_into_view_if_needed()
    close.click()
    expect(page.locator("dialog")).to_be_hidden()
