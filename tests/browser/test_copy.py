"""Both copy actions of every code block, by clicking and reading the clipboard."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from reading import SLUGS, unfold

from lessonkit.programs.runnable import programs_of_page

LABELS = {
    "": ("이 코드 복사", "바로 실행되는 프로그램으로 복사", "복사했습니다"),
    "en/": ("Copy this code", "Copy as a program that runs by itself", "Copied"),
}


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
        for (const label of labels) one.push(await copied(buttons.find((it) => it.ariaLabel === label)));
        found.push(one);
    }
    return found;
}"""
"""What each block shows, and what its buttons copy; null where it has no such button that can be seen."""


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("root", LABELS)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_button_copies_what_it_says(page: Page, address: str, site: Path, root: str, slug: str) -> None:
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
    page.evaluate("document.querySelector('.cell-code .copy-buttons').remove()")
    page.evaluate("navigator.clipboard.writeText = async () => {}")
    first, *others = page.evaluate(PRESSED, LABELS[""][:2])
    assert first[1:] == [None, None]
    assert {copied for _, *both in others for copied in both if copied is not None} == {"old"}


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
