"""Both copy actions of every code block, by clicking and reading the clipboard."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from reading import SLUGS

from lessonkit.programs.runnable import programs_of_page

LABELS = {
    "": ("이 코드 복사", "바로 실행되는 프로그램으로 복사", "복사했습니다"),
    "en/": ("Copy this code", "Copy as a program that runs by itself", "Copied"),
}


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("root", LABELS)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_button_copies_what_it_says(page: Page, address: str, site: Path, root: str, slug: str) -> None:
    cell_label, program_label, _ = LABELS[root]
    page.goto(f"{address}{root}{slug}/")
    programs = programs_of_page((site / root / slug / "index.html").read_text(encoding="utf-8"))
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    blocks = page.locator("div.cell-code")
    assert blocks.count() == len(programs)
    two = 0
    for number, program in programs.items():
        block = blocks.nth(number)
        shown = block.locator("code").text_content().rstrip("\n")
        block.get_by_role("button", name=cell_label).click()
        assert clipboard(page) == shown + "\n"
        whole = block.get_by_role("button", name=program_label)
        if whole.count():
            two += 1
            whole.click()
            assert clipboard(page) == program + "\n"
            assert program != shown
        else:
            assert program == shown
    assert two > len(programs) / 3


@pytest.mark.parametrize("root", LABELS)
def test_by_keyboard_and_announced(page: Page, address: str, root: str) -> None:
    cell_label, _, done = LABELS[root]
    page.goto(f"{address}{root}softmax/")
    button = page.get_by_role("button", name=cell_label).first
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text(done)
    assert "import torch" in clipboard(page)


def test_from_a_file_without_a_network(context: BrowserContext, site: Path) -> None:
    context.set_offline(True)
    page = context.new_page()
    page.goto((site / "softmax" / "index.html").as_uri())
    page.get_by_role("button", name=LABELS[""][1]).first.click()
    expect(page.get_by_role("status")).to_have_text(LABELS[""][2])
