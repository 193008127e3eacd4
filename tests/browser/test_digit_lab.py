"""The lab in which readers draw digits: it says what torch says, and anybody can draw."""

from __future__ import annotations

import ast
import re
from typing import Any

import lab_truth
import pytest
from lab_truth import CASES
from playwright.sync_api import Locator, Page, expect

from lessonkit.lesson.cells import CODE_LANGUAGE
from lessonkit.lesson.exercises import bound

CASE = CASES["digit"]
NEEDED = {"images", "test", "softmax_regression", "small_cnn", "restored"}
"""What the lesson makes without training anything."""
READ = """(images) => images.map((pixels) => {
    labs.digit.ink = pixels;
    const state = { image: 0, right: 0, down: 0, thickness: 0, temperature: 0, centered: false };
    const { answers, softmax, cnn } = labs.digit.compute(state, labs.digit.data);
    return { answers, probabilities: [...softmax, ...cnn] };
})"""


def made_by_the_lesson() -> dict[str, Any]:
    """What its cells make that bind the names needed, after its imports."""
    names: dict[str, Any] = {}
    for cell in CASE.lesson.code:
        body = ast.parse(cell.sources[CODE_LANGUAGE]).body
        imports = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
        is_needed = cell.kind == "code" and NEEDED & {name for node in body for name in bound(node)}
        exec(compile(ast.Module(body if is_needed else imports, []), "lesson", "exec"), names)
    return names


def apart(page: Page, scripts: str) -> tuple[int, float]:
    """On the 500 test images: how many answers of the page are not torch's, and how far probabilities are apart."""
    import torch  # here, as everybody's `pytest` reads this file and needs no torch for it

    lesson = made_by_the_lesson()
    images, (data,) = lesson["images"][lesson["test"]], CASE.data
    logits = []
    with torch.no_grad():
        for name, build in (("softmax", lesson["softmax_regression"]), ("cnn", lesson["small_cnn"])):
            logits.append(lesson["restored"](build, data[name])(images))
    lab_truth.load(page, scripts)
    found = page.evaluate(READ, (images * 255).round().int().flatten(1).tolist())
    answers = torch.stack([one.argmax(dim=1) for one in logits], dim=1)
    probabilities = torch.cat([one.softmax(dim=1) for one in logits], dim=1)
    assert len(found) == len(images) == 500
    differ = torch.tensor([one["answers"] for one in found]) != answers
    gap = torch.tensor([one["probabilities"] for one in found], dtype=torch.float64) - probabilities
    return int(differ.sum()), gap.abs().max().item()


def test_the_page_reads_all_test_images_as_torch_does(page: Page) -> None:
    differ, gap = apart(page, CASE.scripts)
    assert differ == 0
    assert gap < 1e-4


def test_a_wrong_zero_of_the_weights_would_be_noticed(page: Page) -> None:
    planted = CASE.scripts.replace("(levels[w++] - 128)", "(levels[w++] - 127)")
    assert planted != CASE.scripts
    assert apart(page, planted)[1] > 1e-4


def opened(page: Page, address: str, lang: str = "en/") -> Locator:
    """The lab on its page."""
    page.goto(f"{address}{lang}{CASE.lesson.slug}/#{CASE.figure}")
    box = page.locator(f"#{CASE.figure} .lab")
    expect(box).to_be_visible()
    return box


def place(sheet: Locator, column: float, row: float) -> tuple[float, float]:
    """Where a pixel of the drawing area is on the screen."""
    box = sheet.bounding_box()
    assert box
    return box["x"] + (15 + 10 * column) / 290 * box["width"], box["y"] + (15 + 10 * row) / 296 * box["height"]


SEVEN = [(8, 6), (13, 6), (19, 6), (16, 13), (12, 22)]


def test_a_digit_can_be_drawn_with_the_mouse(page: Page, address: str) -> None:
    box = opened(page, address)
    sheet = box.locator(".lab-pictures > svg").first
    sheet.scroll_into_view_if_needed()
    page.mouse.move(*place(sheet, *SEVEN[0]))
    page.mouse.down()
    for at in SEVEN[1:]:
        page.mouse.move(*place(sheet, *at), steps=3)
    page.mouse.up()
    now = box.locator(".lab-now")
    expect(now).to_contain_text("regression reads 7")
    expect(now).to_contain_text("the CNN 7")
    expect(box.get_by_label("scaled and centered as in MNIST")).to_be_checked()
    assert page.evaluate("labs.digit.ink.some(Boolean)")
    box.get_by_role("button", name="Clear the drawing").click()
    assert not page.evaluate("labs.digit.ink.some(Boolean)")


@pytest.mark.parametrize(
    ("lang", "button", "said"),
    [
        ("en/", "Clear the drawing", "The sheet is empty; draw a digit."),
        ("", "지우기", "그림판이 비어 있으니 숫자를 써 보세요."),
    ],
)
def test_an_empty_sheet_is_no_digit(page: Page, address: str, lang: str, button: str, said: str) -> None:
    box = opened(page, address, lang)
    values = box.locator(".lab-pictures > svg").last.locator("text")
    percent = re.compile(r"^\d\.\d+, \d\.\d+$")
    expect(values.filter(has_text=percent)).not_to_have_count(0)
    box.get_by_role("button", name=button).click()
    expect(box.locator(".lab-now")).to_have_text(said)
    expect(values.filter(has_text=percent)).to_have_count(0)
    sheet = box.locator(".lab-pictures > svg").first
    sheet.focus()
    page.keyboard.press("Space")
    expect(box.locator(".lab-now")).not_to_have_text(said)
    expect(values.filter(has_text=percent)).not_to_have_count(0)


def test_a_touch_draws_and_does_not_scroll(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 360, "height": 640})
    box = opened(page, address, "")
    sheet = box.locator(".lab-pictures > svg").first
    sheet.scroll_into_view_if_needed()
    tab = page.context.new_cdp_session(page)
    tab.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    before = page.evaluate("scrollY")
    for kind, points in (
        ("touchStart", [(14, 20)]),
        *(("touchMove", [(14, row)]) for row in range(19, 5, -1)),
        ("touchEnd", []),
    ):
        touches = [dict(zip("xy", place(sheet, *point), strict=True)) for point in points]
        tab.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})
    expect(box.locator(".lab-now")).to_contain_text("소프트맥스 회귀의 답은 1")
    assert page.evaluate("labs.digit.ink[14 + 28 * 7] > 200 && labs.digit.ink[14 + 28 * 19] > 200")
    assert page.evaluate("scrollY") == before


def test_a_digit_can_be_drawn_with_the_keyboard(page: Page, address: str) -> None:
    box = opened(page, address)
    sheet = box.get_by_role("application", name="Drawing area")
    said = page.get_by_role("status").first
    sheet.focus()
    expect(sheet.locator(".cursor")).to_be_visible()
    for _ in range(7):
        page.keyboard.press("ArrowUp")
    expect(said).to_have_text("row 7, column 14, pen up")
    assert not page.evaluate("labs.digit.ink.some(Boolean)")
    page.keyboard.press("Space")
    expect(said).to_have_text("row 7, column 14, pen down")
    for _ in range(15):
        page.keyboard.press("ArrowDown")
    expect(box.locator(".lab-now")).to_have_text(
        "Softmax regression reads 1 ({}), the CNN 1 ({}).".format(*said_of(page))
    )
    page.keyboard.press("Space")
    page.keyboard.press("ArrowRight")
    expect(said).to_have_text("row 22, column 15, pen up")
    page.keyboard.press("Tab")
    expect(sheet).not_to_be_focused()


def said_of(page: Page) -> list[str]:
    """The probabilities of a 1."""
    state = "{ image: 0, right: 0, down: 0, thickness: 0, temperature: 0, centered: true }"
    numbers = page.evaluate(f"labs.digit.compute({state}, labs.digit.data)")
    return [f"{numbers[model][1]:.2f}" for model in ("softmax", "cnn")]
