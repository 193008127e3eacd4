"""What must be true of every page, looked at in a tab.

Code and formulas repeat the same few colours thousands of times, which would take axe minutes: of each kind of token in
each kind of panel, and of each kind of place of a formula, one is left for it, and of figures their frames: what they
draw is one picture for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

from playwright.sync_api import Page
from reading import unfold, until, watch

WIDTHS = (320, 360, 480, 768, 1024, 1280, 1920)
SOME_WIDTHS = {False: (1280, 1024, 320), True: (1280, 1920, 768, 360)}
"""Of every page and of its counterpart in English, which has the same styles. Each begins as wide as it is loaded."""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
CUT_OFF = """() => [...document.querySelectorAll("article :is(p, li, h1, h2, h3, pre, figure, table, summary)")]
    .filter((element) => !element.closest("pre, .math, .md-typeset__scrollwrap") || element.matches("pre"))
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1)
    .map((element) => `${element.tagName} ${element.textContent.trim().slice(0, 40)}`)"""
OVERLAPPING = """() => {
    const ink = (cell) => [...cell.querySelectorAll("*")].map((e) => e.getBoundingClientRect()).filter((e) => e.width);
    const overlap = (left, right) => left.length && right.length
        && Math.max(...left.map((box) => box.right)) > Math.min(...right.map((box) => box.left)) + 1;
    return [...document.querySelectorAll("mtr")]
        .filter(({ children: [...cells] }) => cells.slice(1).some((cell, n) => overlap(ink(cells[n]), ink(cell))))
        .map((row) => row.textContent);
}"""
SCROLLING = """() => [...document.querySelectorAll(".highlight:not(.cell-output) code")]
    .filter((code) => code.checkVisibility() && code.scrollWidth > code.clientWidth + 1)
    .map((code) => code.textContent.slice(0, 60))"""
"""Code that is wider than its room: nowhere on a phone, where it is wrapped, and on a desk."""
BROKEN = """() => [...document.querySelectorAll("article td, article th")].flatMap((cell) => {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    const broken = [];
    while (texts.nextNode())
        for (const { index, 0: word } of texts.currentNode.data.matchAll(/[^\\s%-]+/g)) {
            range.setStart(texts.currentNode, index);
            range.setEnd(texts.currentNode, index + word.length);
            const rows = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
            if (rows.size > 1) broken.push(word);
        }
    return broken;
})"""
"""Words in tables that begin in one row and end in another; browsers may break behind a hyphen or a percent sign."""
PHONE, DESK = 480, 1280
TALLER = """() => [...document.querySelectorAll(".typed-answer")].filter(
    (place) => place.offsetHeight > parseFloat(getComputedStyle(place).minHeight) + 1,
).length"""
"""How many fields for an answer take more room than was kept for them."""
AXE = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
LOOKS = """(within) => {
    const looks = new Map();
    const isText = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
    const behind = new Map([[null, ""]]);
    const lookBehind = (one) => {
        if (!behind.has(one)) {
            const { backgroundColor, backgroundImage, opacity, filter } = getComputedStyle(one);
            const look = [backgroundColor, backgroundImage, opacity, filter, lookBehind(one.parentElement)];
            behind.set(one, look.join("|"));
        }
        return behind.get(one);
    };
    for (const one of document.querySelectorAll("[data-look]")) delete one.dataset.look;
    for (const one of document.querySelectorAll(`${within ?? "body"} *`)) {
        if (!one.checkVisibility() || ![...one.childNodes].some(isText)) continue;
        const { color, fontSize, fontWeight, textDecorationLine, textShadow } = getComputedStyle(one);
        const look = [one.tagName, one.closest("[class]")?.className, color, fontSize, fontWeight, textDecorationLine];
        look.push(textShadow, getComputedStyle(one.parentElement).color, lookBehind(one));
        looks.set(look.join("|"), one);
    }
    [...looks.values()].forEach((one, number) => (one.dataset.look = number));
    return [...looks.keys()];
}"""
"""Numbers one text of each look: of several with the same colors, size and class, one tells the contrast of all."""
LOOK_RULES = {"color-contrast": "[data-look]", "link-in-text-block": "a[href][data-look]"}
"""Rules about a text and what is around it, which would take axe longer than all others if every text was weighed."""
SIZE_RULES = ("target-size", "scrollable-region-focusable")
"""Rules about what has another size on another screen. `target-size` is not asked for by default."""
CONFIGURE = f"""axe.configure({{
    rules: Object.entries({LOOK_RULES}).map(([id, selector]) => ({{ id, selector }})),
}})"""
RUN = f"""async ([within, whole, known]) => {{
    for (const number of known) delete document.querySelector(`[data-look="${{number}}"]`).dataset.look;
    const options = {{ resultTypes: ["violations", "incomplete"], elementRef: true, preload: false }};
    options.rules = {{ "target-size": {{ enabled: true }} }};
    if (!whole) options.runOnly = {[*LOOK_RULES, *SIZE_RULES]};
    const {{ violations, incomplete }} = await axe.run(within ?? document, options);
    const wrong = violations.flatMap(({{ id, nodes }}) =>
        nodes.slice(0, 5).map((node) => `${{id}}: ${{node.target}} ${{node.html.slice(0, 100)}}`));
    const unsure = incomplete.flatMap(({{ nodes }}) => nodes.map(({{ element }}) => Number(element?.dataset.look)));
    return {{ wrong, unsure }};
}}"""
"""What is wrong, and the numbers of the looks that axe could not weigh where they stand, behind something else, say.

`preload` would fetch all styles and media again, for two rules that are not asked for by default."""
weighed: set[str] = set()
"""The looks that axe has weighed and found nothing wrong with, on whatever page."""
REACHED = """() => [...document.querySelectorAll("pre > code")].every(
    (code) => code.scrollWidth <= code.clientWidth || code.tabIndex === 0)"""
"""code-blocks.js lets wide code be scrolled by keyboard, a moment after the page has got another width."""
THIN = """() => {
    const seen = new Set();
    const again = (...key) => seen.size === seen.add(key.map((part) => part?.className ?? part).join("|")).size;
    for (const span of [...document.querySelectorAll("pre code span")].reverse())
        if (again(span, span.children.length, span.closest("pre").parentElement, span.closest("details")))
            span.replaceWith(...span.childNodes);
    for (const math of document.querySelectorAll("math"))
        if (again("math", math, math.parentElement.tagName, math.parentElement, math.closest("details")))
            math.replaceChildren();
    for (const picture of document.querySelectorAll("figure svg[role=img]"))
        if (!picture.querySelector("a, [tabindex]")) picture.replaceChildren();
}"""
ALTERNATIVES = """() => [...document.querySelectorAll("figure svg, article img")].map(
    (one) => one.getAttribute("aria-label") ?? one.alt ?? "")"""
SIZES = {"phone": {"width": 360, "height": 780}, "desk": {"width": 1280, "height": 900}}
SCHEMES = ("light", "dark")
SHOWN = {False: (("light", "phone"), ("dark", "desk")), True: (("dark", "phone"), ("light", "desk"))}
"""Every page in both schemes and both sizes; with its counterpart in English, in all four pairs of them."""


def assert_as_it_must_be(page: Page, address: str, path: str, *, everywhere: bool = False) -> None:
    """All of the following, of a page that is loaded once; `everywhere`: at all widths, and all of axe at each size."""
    assert_sound(page, address + path, WIDTHS if everywhere else SOME_WIDTHS[path.startswith("en/")])
    assert_accessible(page, *SHOWN[path.startswith("en/")], everywhere=everywhere)


def assert_sound(page: Page, url: str, widths: Iterable[int] = WIDTHS) -> None:
    """A clean console, no other host, no sideways scroll, whole words and headers in tables, alternatives, a title."""
    wrong = watch(page)
    page.emulate_media(reduced_motion="reduce")  # what still moves after a change of width may be anywhere
    page.goto(url)
    unfold(page)
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert not page.evaluate(TOO_WIDE), f"{width} px"
        assert page.evaluate(CUT_OFF) == [], f"{width} px"
        assert page.evaluate(OVERLAPPING) == [], f"{width} px"
        assert page.evaluate(TALLER) == 0, f"{width} px"
        if width <= PHONE or width >= DESK:
            assert page.evaluate(SCROLLING) == [], f"{width} px"
        assert page.evaluate(BROKEN) == [], f"{width} px"
    assert all(len(alternative) > 20 for alternative in page.evaluate(ALTERNATIVES))
    assert page.locator("article table:not(:has(th))").count() == 0
    assert page.locator("h1").count() == 1
    assert wrong == [], wrong


def found(page: Page, within: str | None = None, *, whole: bool = True) -> list[str]:
    """What axe finds on the page as it stands, or within what a selector names.

    If not by the whole of its rules, then by those to which colors and sizes matter. A look is weighed once.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
        page.evaluate(CONFIGURE)
    looks = page.evaluate(LOOKS, within)
    told = page.evaluate(RUN, [within, whole, [number for number, look in enumerate(looks) if look in weighed]])
    weighed.update(look for number, look in enumerate(looks) if not told["wrong"] and number not in told["unsure"])
    return told["wrong"]


def set_scheme(page: Page, scheme: str) -> None:
    """Shows the page in a scheme, at once and without fading."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.evaluate(
        "(name) => (document.body.dataset.mdColorScheme = name)", {"light": "default", "dark": "slate"}[scheme]
    )


def assert_accessible(page: Page, *shown: tuple[str, str], everywhere: bool = False) -> None:
    """axe finds nothing on the page, unfolded, in each scheme and size; what is the same in most is asked once.

    `everywhere`: all is asked in each.
    """
    unfold(page)
    page.evaluate(THIN)
    for number, (scheme, size) in enumerate(shown):
        page.set_viewport_size(SIZES[size])
        set_scheme(page, scheme)
        until(page, REACHED)
        assert found(page, whole=everywhere or number == 0) == [], f"{scheme}, {size}"
