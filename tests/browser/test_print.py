"""On paper: the text, light, folds as they are; no controls; no line cut off; lessons in two more ways, on full sheets.

How full a sheet is, is measured on the PDF itself, with what poppler-utils makes of it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect
from reading import LANGUAGES, add_style

CONTROLS = (
    ".md-header, .md-sidebar, .md-footer, .where, .code-strip button, .headerlink, .finish, .md-button, "
    ".shortcuts-button, button, input, select, textarea, .lab, .typed-answer"
)
CUT_CODE = """() => [...document.querySelectorAll("pre > code, .math")]
    .filter((panel) => panel.checkVisibility() && panel.scrollWidth > panel.clientWidth + 1)
    .map((panel) => panel.textContent.slice(0, 60))"""
PAPER = {"width": 700, "height": 1000}


def print_preview(page: Page, url: str) -> None:
    """Shows the page as it is printed by a reader who reads it in the dark."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(url)
    page.evaluate("document.body.dataset.mdColorScheme = 'slate'")
    page.set_viewport_size(PAPER)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", reduced_motion="reduce")


@pytest.mark.parametrize("path", ["softmax/", "cross-entropy/", "notebooks/softmax/", "glossary/", ""])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_paper_shows_the_text_and_no_controls(page: Page, address: str, lang: str, path: str) -> None:
    print_preview(page, f"{address}{lang}{path}")
    expect(page.locator("article h1")).to_be_visible()
    assert page.locator(CONTROLS).filter(visible=True).count() == 0
    assert page.evaluate(CUT_CODE) == []
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(31, 36, 48)"
    assert page.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]


@pytest.mark.parametrize("path", ["softmax/", "notebooks/softmax/"])
def test_a_folded_solution_and_answer_stay_folded(page: Page, address: str, path: str) -> None:
    print_preview(page, address + path)
    folds = page.locator("details")
    assert folds.count() >= 10
    assert page.locator("details[open]").count() == 0
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_what_the_reader_opened_is_printed_open(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    page.locator("details.success summary").first.click()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("details[open]").count() == 1


def test_without_our_script_material_would_open_the_solutions(page: Page, address: str) -> None:
    page.add_init_script("""{
        const add = window.addEventListener;
        const ours = (type, capture) => type === "beforeprint" && capture === true;
        window.addEventListener = (type, hear, how) => ours(type, how) || add.call(window, type, hear, how);
    }""")
    print_preview(page, f"{address}softmax/?h=logit")  # for who comes from a search it looks at the page (main.html)
    assert page.locator("details[open]").count() >= 10


def test_figures_are_not_cut_by_the_end_of_a_sheet(page: Page, address: str) -> None:
    print_preview(page, f"{address}softmax/")
    for panel in ("figure.lesson-figure", ".admonition.abstract"):
        assert page.locator(panel).first.evaluate("(panel) => getComputedStyle(panel).breakInside") == "avoid"


WAYS = {"": ("답 없이 인쇄", "답까지 인쇄"), "en/": ("Print without answers", "Print with answers")}
ANSWERS = "details.tip, details.failure, details.success:has(+ .failure), details[class*='answer-']"
FOLDS = "article details:not(.lesson-stamp > *)"


@pytest.mark.parametrize("path", ["softmax/", "learning-rate/", "train-val-test/"])
@pytest.mark.parametrize("lang", WAYS)
def test_a_lesson_is_printed_with_its_answers_or_without(page: Page, address: str, lang: str, path: str) -> None:
    page.goto(f"{address}{lang}{path}")
    page.evaluate("void (window.print = () => void (window.printed = (window.printed ?? 0) + 1))")
    page.locator(f"{FOLDS}.success > summary").first.click()
    before = page.locator(FOLDS).evaluate_all("(all) => all.map(({ open }) => open)")
    picked = page.locator(".choices input").first
    picked.check()
    page.locator(".lesson-stamp summary").click()
    page.set_viewport_size(PAPER)
    sheets = []
    for number, words in enumerate(WAYS[lang]):
        page.get_by_role("button", name=words).focus()
        page.keyboard.press("Enter")
        assert page.evaluate("printed") == number + 1
        page.emulate_media(media="print")
        answers = page.locator(ANSWERS)
        assert answers.count() > 10
        assert answers.filter(visible=True).count() == number * answers.count()
        assert page.locator(f"{FOLDS}:not([open])").filter(visible=True).count() == 0
        optional = page.locator(f"{FOLDS}.success:not({ANSWERS})")
        assert optional.filter(visible=True).count() == optional.count()
        assert page.locator(CONTROLS).filter(visible=True).count() == 0
        assert page.locator(".choice-why").filter(visible=True).count() == 0
        assert page.evaluate(CUT_CODE) == []
        sheets.append(len(re.findall(rb"/Type /Page\b", page.pdf(format="A4"))))
        page.emulate_media(media="screen")
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert page.locator(FOLDS).evaluate_all("(all) => all.map(({ open }) => open)") == before
        assert page.locator("[data-print]").count() == 0
    assert sheets[0] + 3 < sheets[1] < 60


def test_only_lessons_are_printed_in_two_ways(page: Page, address: str) -> None:
    for path, count in {"softmax/": 2, "notebooks/softmax/": 0, "glossary/": 0, "parallel/softmax/": 0, "": 0}.items():
        page.goto(address + path)
        assert page.locator(".print-with, .print-without").count() == count, path


SHEET, TOP, FOOT = 297, 16, 18
"""Millimetres: a sheet of A4, and its margins in print.css. Below stands the number of the page."""
FIGURE = 100
"""Millimetres that a picture of 80, the highest on paper, takes with its caption: that much may stay empty."""
WHOLE = """@media print {
    .md-typeset .highlight { break-inside: avoid }
    .md-typeset .highlight:has(+ .cell-output) { break-after: avoid }
}"""


def sheets(page: Page, folder: Path, way: str) -> tuple[list[float], list[str]]:
    """Prints a lesson as its button does; of each sheet the empty millimetres at its end, and its last line."""
    if not shutil.which("pdftoppm"):
        why = "no pdftoppm on this machine (apt-get install poppler-utils)"
        pytest.fail(why, pytrace=False) if os.environ.get("CI") else pytest.skip(why)
    page.evaluate("window.print = () => {}")
    page.locator(f".print-{way}").evaluate("(button) => button.click()")
    pdf = folder / f"{way}.pdf"
    page.pdf(path=pdf, format="A4")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    subprocess.run(["pdftoppm", "-gray", "-r", "30", pdf, folder / way], check=True)
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
    *printed, _ = text.split("\f")
    lines = [[line.strip() for line in one.splitlines() if line.strip()] for one in printed]
    empty = [_empty(path) for path in sorted(folder.glob(f"{way}-*.pgm"))]
    assert [one[-1] for one in lines] == [f"{number} / {len(empty)}" for number in range(1, len(empty) + 1)]
    return empty, [one[-2] if len(one) > 1 else "" for one in lines]


def _empty(sheet: Path) -> float:
    """The millimetres between the last mark on a sheet and its lower margin."""
    marks = (np.asarray(Image.open(sheet)) < 200).any(axis=1)
    per_line = SHEET / len(marks)
    above = np.flatnonzero(marks[: round((SHEET - FOOT + 1) / per_line)])
    return SHEET - FOOT - (above.max() + 1 if len(above) else TOP / per_line) * per_line


PRINTED = ["train-val-test/", "learning-rate/", "mnist-capstone/"]


@pytest.mark.rest(20)
@pytest.mark.parametrize("path", PRINTED)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sheet_ends_emptier_than_a_figure_is_high(
    page: Page, address: str, tmp_path: Path, lang: str, path: str
) -> None:
    page.goto(f"{address}{lang}{path}")
    headings = page.locator("article :is(h1, h2, h3)").evaluate_all("(all) => all.map((one) => one.innerText.trim())")
    for way in ("without", "with"):
        *before, last = zip(*sheets(page, tmp_path, way), strict=True)
        assert max(empty for empty, _ in before) < FIGURE, [round(empty) for empty, _ in before]
        assert last[0] < SHEET - TOP - FOOT - 5, "an empty sheet at the end"
        assert not [line for _, line in before if line in headings]


def test_code_that_is_kept_whole_would_leave_more_empty(page: Page, address: str, tmp_path: Path) -> None:
    """On two lessons, as one sentence more may fill the sheet that is the emptiest of one."""
    most = []
    for slug in ("mnist-capstone", "learning-rate"):
        page.goto(f"{address}{slug}/")
        add_style(page, WHOLE)
        (folder := tmp_path / slug).mkdir()
        empty, _ = sheets(page, folder, "with")
        most.append(max(empty[:-1]))
    assert max(most) > FIGURE
