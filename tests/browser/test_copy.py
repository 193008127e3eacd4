"""Both copy actions of every code block, by clicking and reading the clipboard."""

import re
from pathlib import Path

import pytest
from copied import programs_of_page
from playwright.sync_api import BrowserContext, Locator, Page, expect
from reading import LANGUAGES, ROOT, SLUGS, add_style, unfold

from lessonkit.lesson.parse import read
from lessonkit.notebooks.notebook_page import cells_of_blocks

LABELS = {
    "": ("복사", "프로그램 복사", "복사했습니다"),
    "en/": ("Copy", "Copy whole program", "Copied"),
}
COVERED = """() => [...document.querySelectorAll("div.cell-code")].filter((block) => {
    if (!block.checkVisibility()) return false;
    const code = block.querySelector("code").getBoundingClientRect();
    return [...block.querySelectorAll("button, .code-strip a, .filename")].some((one) => {
        const box = one.getBoundingClientRect();
        return box.bottom > code.top + 0.5 && box.top < code.bottom || box.right > code.right + 0.5;
    });
}).length"""
FIRST_LINES = """() => [...document.querySelectorAll("div.cell-code code")].map(
    (code) => Math.round(code.getBoundingClientRect().top + scrollY))"""
STOPS = """() => [...document.querySelectorAll(".code-strip")].map(
    (strip) => strip.querySelectorAll(":is(a, button):not([tabindex='-1'])").length)"""


def button(block: Page | Locator, words: str) -> Locator:
    """The button that says these words, whatever block it belongs to."""
    return block.get_by_role("button", name=re.compile(f"^{words}: "))


PRESSED = """async (labels) => {
    const copied = async (button) => {
        if (!button?.checkVisibility()) return null;
        await navigator.clipboard.writeText("");
        button.click();
        for (let tries = 0; tries < 1000; tries++) {
            const text = await navigator.clipboard.readText();
            if (text) return text;
        }
        return "";
    };
    const found = [];
    for (const block of document.querySelectorAll("div.cell-code")) {
        const buttons = [...block.querySelectorAll("button")];
        const one = [block.querySelector("code").textContent];
        for (const label of labels) one.push(await copied(buttons.find((it) => it.textContent === label)));
        found.push(one);
    }
    return found;
}"""
"""What each block shows, and what its buttons copy; null where it has no such button that can be seen."""


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("slug", SLUGS)
def test_every_button_copies_what_it_says(page: Page, address: str, site: Path, slug: str) -> None:
    """Of every lesson, in one language or the other, taking turns."""
    root = LANGUAGES[SLUGS.index(slug) % 2]
    page.goto(f"{address}{root}{slug}/")
    programs = programs_of_page((site / root / slug / "index.html").read_text(encoding="utf-8"))
    unfold(page)
    blocks = page.evaluate(PRESSED, LABELS[root][:2])
    assert len(blocks) == len(programs)
    for program, (code, cell, whole) in zip(programs.values(), blocks, strict=True):
        shown = code.rstrip("\n")
        assert cell == shown + "\n"
        assert whole == (None if program == shown else program + "\n")
    assert sum(whole is not None for _, _, whole in blocks) > len(programs) / 3


@pytest.mark.parametrize("root", LABELS)
def test_a_mouse_reaches_every_button(page: Page, address: str, site: Path, root: str) -> None:
    page.goto(f"{address}{root}softmax/")
    programs = programs_of_page((site / root / "softmax" / "index.html").read_text(encoding="utf-8"))
    unfold(page)
    for number, program in programs.items():
        *_, last = page.locator("div.cell-code").nth(number).locator(".copy-button").all()
        last.click()
        assert clipboard(page) == program + "\n"


def test_a_button_that_is_gone_or_copies_nothing_new_is_found(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    page.evaluate("navigator.clipboard.writeText('old')")
    page.evaluate("document.querySelector('.cell-code .code-strip').remove()")
    page.evaluate("navigator.clipboard.writeText = async () => {}")
    first, *others = page.evaluate(PRESSED, LABELS[""][:2])
    assert first[1:] == [None, None]
    assert {copied for _, *both in others for copied in both if copied is not None} == {"old"}


@pytest.mark.parametrize("root", LANGUAGES)
def test_each_button_says_what_it_does_and_where(page: Page, address: str, root: str) -> None:
    page.goto(f"{address}{root}softmax/")
    buttons = page.locator(".code-strip button:not([hidden])")
    reported = buttons.evaluate_all("(all) => all.map((one) => [one.textContent, one.ariaLabel])")
    assert len(reported) > 60
    assert all(name.startswith(f"{words}: ") for words, name in reported)
    assert len({name for _, name in reported}) == len(reported)
    temperature = page.locator("#temperature ~ div.cell-code").first
    heading = page.locator("#temperature").evaluate("(heading) => heading.firstChild.textContent")
    assert temperature.get_by_role("toolbar").get_attribute("aria-label").endswith(f", {heading}")


@pytest.mark.parametrize("path", ["softmax/", "en/mnist-capstone/", "notebooks/softmax/", "parallel/softmax/"])
def test_nothing_covers_code_at_any_width(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    unfold(page)
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(COVERED) == 0, f"{width} px"
    add_style(page, ".code-strip { position: absolute; right: 0 }")
    assert page.evaluate(COVERED) > 10, "the check sees what covers code"


FOLD_STAMP = "document.querySelector('.lesson-stamp > details').open = false"


@pytest.mark.parametrize("width", [360, 1280])
def test_no_line_moves_when_the_strips_come(context: BrowserContext, address: str, width: int) -> None:
    tops = []
    context.add_init_script(
        "localStorage.setItem('/.wrap', false)"
    )  # wrapped lines get their indentation from the script
    for scripts in (True, False):
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        if not scripts:
            page.route("**/page.*.js", lambda route: route.abort())
        page.goto(f"{address}en/softmax/")
        unfold(page)
        page.evaluate(FOLD_STAMP)  # where scripts add buttons, and nobody has opened it yet
        assert (page.locator(".code-strip").count() > 0) is scripts
        tops.append(page.evaluate(FIRST_LINES))
    assert tops[0] == tops[1]


def test_the_arrow_keys_move_within_a_strip_and_tab_leaves_it(page: Page, address: str) -> None:
    page.goto(f"{address}en/softmax/")
    strip = page.locator(".code-strip:has(.copy-button--program)").first
    copy, program = strip.locator(".copy-button--cell"), strip.locator(".copy-button--program")
    copy.focus()
    for key, focused in (
        ("ArrowRight", program),
        ("ArrowRight", copy),
        ("ArrowLeft", program),
        ("Home", copy),
        ("End", program),
    ):
        page.keyboard.press(key)
        expect(focused).to_be_focused()
    assert set(page.evaluate(STOPS)) == {1}
    page.keyboard.press("Tab")
    assert strip.locator(":focus").count() == 0
    page.keyboard.press("Shift+Tab")
    expect(program).to_be_focused()


NOTEBOOK = "https://colab.research.google.com/github/me/lessons/blob/notebooks/notebooks/softmax.ipynb"
OPEN_IN = {"": "Colab에서 열기", "en/": "Open in Colab"}


@pytest.mark.parametrize("root", LABELS)
def test_each_block_leads_to_its_cell_in_colab_where_the_repository_is_known(
    page: Page, address: str, site: Path, root: str
) -> None:
    """The site that is read here knows none: its page gets the link that another build would make."""
    path, words = f"{root}softmax/", OPEN_IN[root]
    html = (site / path / "index.html").read_text(encoding="utf-8")
    html = re.sub(rf"<a href=\S+ data-cells=[^>]*>{words}</a>", "", html)
    cells = cells_of_blocks(read(ROOT / "lessons" / "softmax.py"), "en" if root else "ko")
    link = f'<p class="lesson-stamp"><a href="{NOTEBOOK}" data-cells="{" ".join(cells)}">{words}</a></p>'
    with_link = html.replace("</h1>", f"</h1>{link}", 1)
    page.route(f"{address}{path}", lambda route: route.fulfill(body=with_link, content_type="text/html"))
    page.goto(address + path)
    unfold(page)
    links = page.locator(".code-strip a")
    expect(links).to_have_count(len(cells))
    assert links.evaluate_all("(all) => all.map((one) => one.href)") == [f"{NOTEBOOK}#scrollTo={id_}" for id_ in cells]
    names = links.evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    assert len(set(names)) == len(names)
    assert all(name.startswith(f"{words}: ") for name in names)
    strip = page.locator(".code-strip:has(.copy-button--program)").first
    strip.locator("button").first.focus()
    page.keyboard.press("End")
    expect(strip.locator("a")).to_be_focused()
    assert set(page.evaluate(STOPS)) == {1}
    for width in (320, 360, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(COVERED) == 0, f"{width} px"
    page.unroute(f"{address}{path}")
    page.route(f"{address}{path}", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.reload()
    expect(page.locator(".code-strip").first).to_be_visible()
    expect(links).to_have_count(0)


@pytest.mark.parametrize("root", LABELS)
def test_by_keyboard_and_announced(page: Page, address: str, root: str) -> None:
    cell_label, _, done = LABELS[root]
    page.goto(f"{address}{root}softmax/")
    button(page, cell_label).first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(done)
    assert "import torch" in clipboard(page)


def test_from_a_file_without_a_network(context: BrowserContext, site: Path) -> None:
    context.set_offline(True)
    page = context.new_page()
    page.goto((site / "softmax" / "index.html").as_uri())
    button(page, LABELS[""][1]).first.click()
    expect(page.get_by_role("status")).to_have_text(LABELS[""][2])
