"""Numbers typed as answers on the published page: judged by the recorded rule, remembered in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect
from reading import LANGUAGES, add_style, watch
from sound import TALLER

from lessonkit.lesson.parse import read
from lessonkit.running.provenance import read_record

from reading import ROOT  # isort: skip

WORDS = {
    "": {
        "label": "코드 없이 답하기",
        "check": "답 확인",
        "right": "정답입니다",
        "wrong": "아직 정답이 아닙니다",
        "count": "숫자 1개",
        "solved": "연습 문제 {}/6",
        "mark": "푼 문제",
    },
    "en/": {
        "label": "Answer without code",
        "check": "Check answer",
        "right": "Right",
        "wrong": "Not yet",
        "count": "Give one number",
        "solved": "{} of 6 exercises",
        "mark": "Solved",
    },
}
EXERCISES = {
    "cross_entropy_in_pytorch": ("shift_by_hand", "lowest_nll", "choose_a_weight"),
    "softmax": ("predict", "ratio_temperature"),
}
STEPS = (-3, -1.01, -1, -0.99, 0, 0.5, 0.99, 1, 1.01, 1e3)
LISTS = {
    "[0.25, .6652, 4]": "right",
    "0.25 0.6652 4e0": "right",
    "0.25; 0.6652; 4": "right",
    "0.25, 0.6652": "",
    "0.25, 0.6652, x": "",
}
MINUS_ONE = {
    "\u22121": "right",
    "-1.0": "right",
    "-1e0": "right",
    "+1": "wrong",
    "1,000": "wrong",
    "0x1": "",
    "": "",
    "Infinity": "",
    "-1,0": "",
    "\uff0d\uff11": "right",
    "-0.5 / .5": "right",
    "1/-1": "",
    "1/0": "",
    "-1e999": "",
}
"""What people may write for -1, and what the page says to it."""
PLACE = "(shown) => [shown.offsetLeft, shown.offsetTop, shown.offsetWidth, shown.offsetHeight]"
JUDGED = """([at, values]) => {
    const place = document.querySelectorAll(".typed-answer")[at];
    const [input, verdict] = [place.querySelector("input"), place.querySelector("form > p")];
    return values.map((value) => {
        input.value = value;
        place.querySelector("form").requestSubmit();
        return verdict.className;
    });
}"""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_typed_number_is_judged_and_remembered(page: Page, address: str, lang: str) -> None:
    words, wrong = WORDS[lang], watch(page)
    page.set_viewport_size({"width": 360, "height": 780})
    page.goto(f"{address}{lang}cross-entropy-in-pytorch/")
    place = page.locator(".typed-answer").first
    said, box = place.locator("form > p"), place.get_by_role("textbox", name=words["label"])
    expect(page.locator(".typed-answer form")).to_have_count(3)
    box.fill("1.4076")
    box.press("Enter")
    expect(said).to_have_text(words["wrong"])
    box.fill("about two")
    expect(said).to_have_text("")
    box.press("Enter")
    expect(said).to_contain_text(words["count"])
    box.fill(" 2.4076 ")
    place.get_by_role("button", name=words["check"]).click()
    expect(said).to_have_text(words["right"])
    expect(page.get_by_role("status")).to_have_text(words["right"])
    other = "en/" if not lang else ""
    page.goto(f"{address}{other}cross-entropy-in-pytorch/")
    expect(said).to_have_text(WORDS[other]["right"])
    expect(place.get_by_role("textbox")).to_have_value(" 2.4076 ")
    assert wrong == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_answer_that_the_lesson_knows_is_told_its_reason(page: Page, address: str, lang: str) -> None:
    faults = watch(page)
    page.goto(f"{address}{lang}softmax/")
    of = read(ROOT / "lessons" / "softmax.py").exercises["predict"]
    place = page.locator(".typed-answer").first
    box, why = place.get_by_role("textbox"), place.locator(".typed-reason")
    for answer, typed in zip(of.wrong, ("0.25, 0.6652, 1.0004", "1/4 1 4"), strict=True):
        reason = answer.reasons["en" if lang else "ko"]
        box.fill(typed)
        expect(why).to_be_empty()
        box.press("Enter")
        expect(place.locator("form > p")).to_have_text(WORDS[lang]["wrong"])
        expect(why).to_have_text(reason)
        expect(page.get_by_role("status")).to_contain_text(reason)
    for typed in ("0.25, 0.6652, 1.01", "0.25, 0.6652, 4"):
        box.fill(typed)
        box.press("Enter")
        expect(place.locator("form > p")).not_to_be_empty()
        expect(why).to_be_empty()
    assert faults == []


@pytest.mark.parametrize("name", EXERCISES)
def test_the_page_judges_as_the_rule_in_the_record_does(page: Page, address: str, name: str) -> None:
    record = read_record(read(ROOT / "lessons" / f"{name}.py"))
    assert record
    page.goto(f"{address}en/{name.replace('_', '-')}/")
    expect(page.locator(".typed-answer form")).to_have_count(len(EXERCISES[name]))
    for place, exercise in enumerate(EXERCISES[name]):
        rule = record.typed[exercise]
        distances = [part * limit for limit in (*rule.below, *rule.above) if limit for part in STEPS]
        tried = [(*rule.right[:-1], rule.right[-1] + distance) for distance in distances]
        expected = ["right" if rule.accepts(numbers) else "wrong" for numbers in tried]
        assert {"right", "wrong"} == set(expected)
        assert page.evaluate(JUDGED, [place, [", ".join(map(repr, numbers)) for numbers in tried]]) == expected
    place, written = (0, LISTS) if name == "softmax" else (1, MINUS_ONE)
    assert page.evaluate(JUDGED, [place, list(written)]) == list(written.values())


def test_an_answer_field_that_takes_more_room_than_was_kept_is_found(page: Page, address: str) -> None:
    page.goto(f"{address}softmax/")
    expect(page.locator(".typed-answer form").first).to_be_visible()
    assert page.evaluate(TALLER) == 0
    add_style(page, ".typed-answer input { min-width: 100% }")
    assert page.evaluate(TALLER) > 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_solved_exercise_is_counted_and_marked_wherever_its_lesson_is(page: Page, address: str, lang: str) -> None:
    faults = watch(page)
    count, marks = page.locator(".lesson-stamp .exercise-count"), page.locator(".cell-starter .solved-mark")
    box = page.locator(".typed-answer").last.get_by_role("textbox")
    page.set_viewport_size({"width": 320, "height": 780})
    page.goto(f"{address}{lang}softmax/")
    expect(count).to_have_text(WORDS[lang]["solved"].format(0))
    place = count.evaluate(PLACE)
    box.fill("99")
    box.press("Enter")
    expect(page.locator(".typed-answer form > p").last).to_have_text(WORDS[lang]["wrong"])
    expect(count).to_have_text(WORDS[lang]["solved"].format(0))
    record = read_record(read(ROOT / "lessons" / "softmax.py"))
    assert record
    box.fill(", ".join(map(repr, record.typed["ratio_temperature"].right)))
    box.press("Enter")
    expect(count).to_have_text(WORDS[lang]["solved"].format(1))
    assert count.evaluate(PLACE) == place, "nothing jumps"
    last = page.locator(".cell-starter").last
    expect(last.get_by_role("img", name=WORDS[lang]["mark"])).to_have_count(1)
    expect(marks).to_have_count(1)
    box.fill("99")
    box.press("Enter")
    expect(count).to_have_text(WORDS[lang]["solved"].format(1))
    other = "en/" if not lang else ""
    page.goto(f"{address}{other}softmax/")
    expect(count).to_have_text(WORDS[other]["solved"].format(1))
    page.goto(f"{address}parallel/softmax/")
    expect(marks).to_have_count(1)
    expect(page.locator(".cell-starter").last.locator(".solved-mark")).to_have_count(1)
    for home in LANGUAGES:
        page.goto(address + home)
        shown = page.locator(".course-map li", has=page.locator("strong > a[href='softmax/']")).locator(
            ".exercise-count"
        )
        expect(shown).to_have_text(WORDS[home]["solved"].format(1))
        expect(page.locator(".course-map b", has_text="1")).to_have_count(1)
    assert faults == []


def test_names_that_no_exercise_of_the_lesson_has_are_not_counted(page: Page, address: str) -> None:
    page.goto(f"{address}en/softmax/")
    page.evaluate("""localStorage.setItem("/.solved", '{"softmax": ["gone", "predict", 7], "standardization": "x"}')""")
    page.reload()
    expect(page.locator(".lesson-stamp .exercise-count")).to_have_text(WORDS["en/"]["solved"].format(1))
    expect(page.locator(".cell-starter").first.locator(".solved-mark")).to_have_count(1)


def test_without_scripts_nothing_is_said_of_solved_exercises(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for path in ("softmax/", ""):
        page.goto(address + path)
        expect(page.locator(".exercise-count").first).to_be_hidden()
    context.close()
