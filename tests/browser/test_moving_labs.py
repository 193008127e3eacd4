"""Labs: they compute what torch computes, and anybody can move them, share them and do without them."""

from __future__ import annotations

import io
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import lab_truth
import pytest
from lab_truth import CASES, Case
from playwright.sync_api import Browser, Locator, Page, expect
from reading import LANGUAGES, Quiet, serving, watch
from sound import SHOWN, SIZES, TOO_WIDE, found, set_scheme

from lessonkit.assets import LABS
from lessonkit.lesson.cells import Problem
from lessonkit.lesson.labs import labs
from lessonkit.lesson.parse import parse
from lessonkit.pages.labs import KIT

every_lab = pytest.mark.parametrize("case", CASES.values(), ids=CASES)
SOFTMAX = {"scissors": 1, "rock": 2, "paper": 3, "temperature": 0, "shift": 0, "sigmoids": False}
HANGUL = re.compile("[가-힣]")
DRAWN = """(name) => [...document.querySelectorAll(`[id^="lab--${name}-"], .lab-pictures`)].map(
    (one) => one.value ?? one.innerHTML)"""
SET = """([name, state]) => {
    for (const [control, value] of Object.entries(state)) {
        const input = document.getElementById(`lab--${name}-${control}`);
        if (input.type === "checkbox") input.checked = value; else input.value = value;
        input.dispatchEvent(new Event("input", { bubbles: true }));
    }
}"""
SHOW_AGAIN = """([name, query]) => {
    history.replaceState(null, "", query);
    const figure = document.getElementById(`lab--${name}-${labs[name].controls[0].name}`).closest("figure");
    figure.querySelector(".lab").remove();
    labs.show(figure, name);
}"""
"""A lab as it is where the address says something else."""
ALONE = """(id) => {
    const kept = (one, lab) => one === lab || one.role === "status";
    for (let lab = document.getElementById(id); lab !== document.body; lab = lab.parentElement)
        for (const one of [...lab.parentElement.children]) if (!kept(one, lab)) one.remove();
}"""
"""Takes away what is around a lab: axe, and each change of size, would look at the whole page again."""
MISPLACED = """([name, states]) => {
    const box = document.querySelector(".lab");
    const inputs = labs[name].controls.map((one) => document.getElementById(`lab--${name}-${one.name}`));
    const room = 10, meet = 3, found = new Set();
    const number = (one) => one.textContent.replace(/[\\d.]+/g, "#");
    for (const state of states) {
        for (const [index, control] of labs[name].controls.entries())
            inputs[index][inputs[index].type === "checkbox" ? "checked" : "value"] = state[control.name];
        inputs[0].dispatchEvent(new Event("input", { bubbles: true }));
        for (const picture of box.querySelectorAll(".lab-pictures > svg")) {
            const edge = picture.getBoundingClientRect();
            for (const one of picture.querySelectorAll(":is(text, polyline, rect, circle:not(.reach), path)")) {
                if (!one.checkVisibility()) continue;
                const { left, right, top, bottom } = one.getBoundingClientRect();
                const out = Math.max(edge.left - left, right - edge.right, edge.top - top, bottom - edge.bottom);
                if (out > room && !one.closest("[clip-path]")) found.add(`${one.outerHTML.slice(0, 60)} is out`);
            }
            for (const one of picture.querySelectorAll("[clip-path] > polyline")) {
                const points = one.getAttribute("points").split(" ").map((point) => point.split(",").map(Number));
                const spread = (at, way) => {
                    const values = points.slice(at, at + 9).map((point) => point[way]);
                    return Math.max(...values) - Math.min(...values);
                };
                const flat = (_, at) => [0, 1].some((way) => spread(at, way) === 0 && spread(at, 1 - way) > 3);
                const closed = `${points[0]}` === `${points.at(-1)}`;
                if (closed && points.some(flat)) found.add(`a contour runs straight: ${one.getAttribute("class")}`);
            }
            const words = [...picture.querySelectorAll("text")].filter((one) => /[^✗\\s]/.test(one.textContent));
            for (const [index, one] of words.entries())
                for (const other of words.slice(index + 1)) {
                    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
                    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
                    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
                    if (across > meet && down > meet) found.add(`${number(one)} meets ${number(other)}`);
                }
        }
    }
    return [...found];
}"""
"""What a lab draws outside of its pictures, contours that bend along a frame, words on each other."""
STATE = """(name) => [...document.querySelectorAll(`[id^="lab--${name}-"]`)].map(
    (input) => input.type === "checkbox" ? input.checked : input.value)"""


ARTICLE = re.compile("(<article.*?</h1>)(.*)(</article>)", re.DOTALL)
FIGURE = re.compile("<figure[^>]* data-lab=.*?</figure>", re.DOTALL)


class OnlyLabs(Quiet):
    """Serves pages with nothing in them but their title and their labs."""

    def send_head(self) -> io.BytesIO | None:
        page = Path(self.translate_path(self.path)) / "index.html"
        if not page.is_file():
            return super().send_head()
        html = page.read_text(encoding="utf-8")
        sent = ARTICLE.sub(lambda found: found[1] + "".join(FIGURE.findall(found[2])) + found[3], html).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        return io.BytesIO(sent)


@pytest.fixture(scope="session")
def only_labs(site: Path) -> Iterator[str]:
    """Where pages of labs are served: a whole lesson would be laid out anew for each thing that is asked of its lab."""
    with serving(site, OnlyLabs) as at:
        yield at


def without_reference(folder: Path) -> list[str]:
    """The modules in a folder that are the lab of no lesson, and what to do about each."""
    known = {*KIT, *(f"{name}.js" for name in CASES)}
    strays = sorted(path for path in folder.iterdir() if path.name not in known)
    hint = 'Write its reference into a lesson, # %% lab="NAME", or remove the module.'
    return [str(Problem(path, 1, "no lesson has a reference for this lab", (), hint)) for path in strays]


def test_every_module_is_the_lab_of_a_lesson() -> None:
    assert without_reference(LABS) == []


def test_a_module_without_a_reference_is_reported(tmp_path: Path) -> None:
    (tmp_path / "new.js").touch()
    (reported,) = without_reference(tmp_path)
    assert "new.js:1: no lesson has a reference for this lab\nWrite its reference" in reported


@every_lab
def test_a_lab_computes_what_torch_computes(page: Page, case: Case) -> None:
    """And a wrong sign is noticed; no control is idle; the question is answered by its solution, not from the start."""
    assert lab_truth.load(page, case.scripts) == [case.lab.name]
    states = lab_truth.states(page, case)
    numbers = lab_truth.expected(case, states)
    text = json.dumps(numbers)
    reported = lab_truth.difference(page, case, states, text)
    assert not reported, lab_truth.problem(case, "does not compute what its reference does", reported)
    assert sum(None in one.values() for one in numbers) < len(states) / 2
    at_first, solved = (one["answered"] for one in numbers[:2])
    assert not at_first, lab_truth.problem(case, "is answered before anything is moved")
    assert solved, lab_truth.problem(case, "is not answered by its `solution`")
    idle = lab_truth.idle(page, case.lab.name, states[-20:])
    assert not idle, lab_truth.problem(case, "has controls that change nothing", *idle)
    lines = lab_truth.unnoticed(page, case, states, text)
    sentence = "would not be noticed with a wrong sign: say on the line that either sign is right, or test more states"
    assert not lines, lab_truth.problem(case, sentence, *(f"line {line}" for line in lines))


@pytest.mark.parametrize(("rule", "said"), [("last epoch", "last epoch"), ("highest validation accuracy", "stopped")])
def test_the_recorded_runs_say_what_the_lesson_says_of_them(rule: str, said: str) -> None:
    """Each method minus early stopping alone, in points, as the verdict prints it."""
    case = CASES["regularization_lab"]
    reference, state = case.reference(), {"patience": 100, "seed": 0}
    stopped = reference({**state, "method": "none", "rule": "highest validation accuracy"}, *case.data)["means"][0]
    printed = re.findall(rf"# > (.+), {said} +([+-][\d.]+) points", case.lesson.text)
    methods = list(case.data[0])
    assert len(printed) >= 4
    for name, points in printed:
        if name in methods:
            means = reference({**state, "method": name, "rule": rule}, *case.data)["means"]
            assert f"{100 * (means[methods.index(name)] - stopped):+.1f}" == points, name


@pytest.mark.parametrize(("rho", "answered"), [(0.15, True), (0.0, False)])
def test_a_weak_correlation_makes_a_weight_grow_as_the_lesson_says(rho: float, answered: bool) -> None:
    state = {
        "penalty": "squared norm (L2)",
        "decoupled": False,
        "size": 1.0,
        "lambda": 0.0,
        "first": 3.0,
        "second": 0.0,
    }
    assert bool(CASES["weight_decay"].reference()({**state, "rho": rho})["answered"]) is answered


def test_a_wrong_sign_is_reported_with_its_state(page: Page) -> None:
    case = CASES["softmax"]
    planted = case.source.replace("Math.exp(-logit / T)", "Math.exp(logit / T)")
    assert planted != case.source
    lab_truth.load(page, planted)
    states = lab_truth.states(page, case)
    reported = lab_truth.difference(page, case, states, json.dumps(lab_truth.expected(case, states)))
    assert reported.startswith("softmax.now.0: ")
    assert '"sigmoids":true' in reported
    said = lab_truth.problem(case, "does not compute what its reference does", reported)
    assert re.match(r"lessonkit/assets/labs/softmax\.js:\d+: the lab .*\n  softmax\.now\.0: ", said)
    assert "reference: lessons/softmax.py:" in said


def test_a_reference_that_knows_too_much_is_reported() -> None:
    case = CASES["softmax"]
    start = "def softmax_lab(state):\n"
    text = case.lesson.text.replace(start, f"{start}    state = {{**state, 'more': probs}}\n")
    lesson = parse(case.lesson.path, text)
    with pytest.raises(AssertionError, match=r"softmax\.py:\d+: the reference .* raises NameError: name 'probs'"):
        lab_truth.expected(Case(lesson, labs(lesson)[0]), [SOFTMAX])


def test_a_number_that_one_side_lacks_is_reported(page: Page) -> None:
    case = CASES["softmax"]
    lab_truth.load(page, case.source)
    states = lab_truth.states(page, case)[:1]
    (numbers,) = lab_truth.expected(case, states)
    for wrong in ({**numbers, "more": 1.0}, {name: one for name, one in numbers.items() if name != "sum"}):
        assert "undefined" in lab_truth.difference(page, case, states, json.dumps([wrong]))


def neighbors(z: float, count: int) -> list[float]:
    """The float32 numbers around one, `count` on each side."""
    import torch  # here, as everybody's `pytest` reads this file and needs no torch for it

    found = [torch.tensor(z, dtype=torch.float32)]
    for _ in range(count):
        found = [found[0].nextafter(torch.tensor(-math.inf)), *found, found[-1].nextafter(torch.tensor(math.inf))]
    return [one.item() for one in found]


def test_float32_breaks_where_it_breaks_in_torch(page: Page) -> None:
    """At all z that can be set, and next to where exp(z) becomes subnormal, 0 or inf, and where 1 - p becomes 0."""
    case = CASES["cross_entropy_in_pytorch"]
    lab_truth.load(page, case.source)
    edges = [one for z in (16.6355, 17.32868, 87.33655, 88.72284, 103.27893, 103.97208) for one in neighbors(z, 12)]
    places = [*(z / 2 for z in range(-240, 241)), *edges, *(-z for z in edges)]
    states = [{"z": z, "eps": eps} for z in places for eps in (-8, -38, -39, -45, -46)]
    numbers = lab_truth.expected(case, states)
    assert lab_truth.difference(page, case, states, json.dumps(numbers)) == ""
    losses = {way: [one[way]["loss"] for one in numbers] for way in ("naive", "epsilon", "stable")}
    assert [math.inf in found for found in losses.values()] == [True, True, False]
    assert all(math.isfinite(value) for one in numbers for value in one["stable"]["gradient"])


def test_numbers_in_float32_are_reported_by_ulps(page: Page) -> None:
    case = CASES["cross_entropy_in_pytorch"]
    lab_truth.load(page, case.source)
    states = [{"z": -20, "eps": -8}, {"z": -110, "eps": -45}]
    numbers = lab_truth.expected(case, states)

    def reported(n: int, way: str, value: float) -> str:
        changed = [*numbers[:n], {**numbers[n], way: {**numbers[n][way], "loss": value}}, *numbers[n + 1 :]]
        return lab_truth.difference(page, case, states, json.dumps(changed))

    here = page.evaluate("(state) => labs.cross_entropy_in_pytorch.compute(state).epsilon.loss", states[0])
    near = neighbors(here, 3)
    assert [bool(reported(0, "epsilon", value)) for value in near] == [True, *5 * [False], True]
    assert "epsilon.loss: 18.2" in reported(0, "epsilon", near[0])
    for wrong in (0.0, 3.4e38, -math.inf, math.nan):
        assert "naive.loss: Infinity in the page" in reported(1, "naive", wrong)
    lab_truth.load(page, case.source.replace("exp(logs[1]) - 1)", "exp(logs[1]) - 1) + 1e-12"))
    assert "stable.gradient.1" in lab_truth.difference(page, case, states, json.dumps(numbers))


def test_what_torch_does_not_know_is_not_compared(page: Page) -> None:
    case = CASES["softmax"]
    lab_truth.load(page, case.source)
    numbers = lab_truth.expected(case, [SOFTMAX])
    assert lab_truth.difference(page, case, [SOFTMAX], json.dumps([{**numbers[0], "sum": None}])) == ""
    assert "softmax.more" in lab_truth.difference(page, case, [SOFTMAX], json.dumps([{**numbers[0], "more": None}]))


def test_a_control_that_does_nothing_is_reported(page: Page) -> None:
    case = CASES["softmax"]
    lab_truth.load(page, case.source.replace("logit + shift", "logit"))
    assert lab_truth.idle(page, "softmax", lab_truth.states(page, case)[-20:]) == ["shift"]


def open_lab(page: Page, address: str, lang: str, case: Case, more: str = "") -> Locator:
    """The lab on the page of its lesson."""
    page.goto(f"{address}{lang}{case.lesson.slug}/{more}#{case.figure}")
    box = page.locator(f"#{case.figure} .lab")
    expect(box).to_be_visible()
    return box


def test_a_lab_is_fetched_when_it_comes_near(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: "/labs/" in request.url and asked.append(request.url))
    page.goto(f"{address}softmax/")
    page.locator("#definition").scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    assert asked == []
    open_lab(page, address, "", CASES["softmax"])
    assert len(asked) == 3


@every_lab
def test_whatever_a_lab_shows_keeps_to_its_pictures(page: Page, only_labs: str, case: Case) -> None:
    """No curve runs over the question or the controls or along its frame, and no word over another, at any setting."""
    page.set_viewport_size(SIZES["phone"])
    for lang in LANGUAGES:
        open_lab(page, only_labs, lang, case)
        controls, solution = page.evaluate("(name) => [labs[name].controls, labs[name].solution]", case.lab.name)
        states = lab_truth.states_of(controls, solution, settable=True)[:100]
        assert page.evaluate(MISPLACED, [case.lab.name, states]) == [], lang


def test_what_a_lab_says_does_not_move_what_stands_below(page: Page, only_labs: str) -> None:
    """Its room grows with what is said, and shrinks only when the page gets another width."""
    case = CASES["training_recipe"]
    page.set_viewport_size(SIZES["phone"])
    box = open_lab(page, only_labs, "en/", case)
    name = case.lab.name
    states = lab_truth.states_of(*page.evaluate("(name) => [labs[name].controls, labs[name].solution]", name))[:40]
    height = "() => new Promise((done) => setTimeout(() => done(document.querySelector('.lab-now').offsetHeight), 50))"
    heights = [(page.evaluate(SET, [name, state]), page.evaluate(height))[1] for state in states]
    assert heights == sorted(heights)
    assert heights[0] < heights[-1]
    page.set_viewport_size(SIZES["desk"])
    assert page.evaluate(height) < heights[-1]
    expect(box).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_what_stands_below_a_lab_keeps_its_place(page: Page, address: str, width: int) -> None:
    """The figure above the heading that a link leads to becomes a lab, which is higher."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{address}training-recipe/#exercises")
    expect(page.locator(".has-lab").last).to_be_attached()
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('#exercises').getBoundingClientRect().top") < 200


@every_lab
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_lab_can_be_moved_read_and_shared(page: Page, only_labs: str, lang: str, case: Case) -> None:
    name = case.lab.name
    wrong = watch(page)
    box = open_lab(page, only_labs, lang, case)
    expect(box.locator(".lab-question")).to_have_text(page.evaluate("(name) => labs[name].words['?']", name))
    expect(box.locator(".lab-answer")).to_have_text(page.evaluate("(name) => labs[name].words['!']", name))
    about = page.evaluate("(name) => ({controls: labs[name].controls, solution: labs[name].solution})", name)
    now, answer = box.locator(".lab-now"), box.locator(".lab-answer")
    default = page.evaluate(STATE, name)
    assert bool(HANGUL.search(now.text_content())) == (lang == "")
    expect(answer).to_be_hidden()
    for control in about["controls"]:
        one = page.locator(f"#lab--{name}-{control['name']}")
        label = box.locator(f"label[for='lab--{name}-{control['name']}']")
        assert label.text_content().strip()
        before = now.text_content(), box.locator(".lab-pictures").inner_html(), page.evaluate(STATE, name)
        one.focus()
        page.keyboard.press("Space" if isinstance(control["value"], bool) else "ArrowDown")
        if page.evaluate(STATE, name) == before[2]:
            page.keyboard.press("ArrowUp")
        assert page.evaluate(STATE, name) != before[2], f"the keyboard does not move {control['name']}"
        assert (now.text_content(), box.locator(".lab-pictures").inner_html()) != before[:2], control["name"]
        if "min" in control:
            shown = box.locator(f"#lab--{name}-{control['name']} + .lab-value")
            assert one.get_attribute("aria-valuetext") == shown.text_content() != ""
    handles = box.locator(".handle")
    assert handles.count() > 0 or not page.evaluate("(name) => 'drag' in labs[name]", name)
    for index in range(handles.count()):
        before = page.evaluate(STATE, name)
        handles.nth(index).scroll_into_view_if_needed()
        at = handles.nth(index).bounding_box()
        x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - 30, y - 10, steps=3)
        page.mouse.up()
        assert page.evaluate(STATE, name) != before, f"handle {index} cannot be dragged"
    page.evaluate(SET, [name, about["solution"]])
    expect(answer).to_be_visible()
    expect(page.get_by_role("status").first).to_contain_text(answer.text_content())
    solved = page.evaluate(STATE, name)
    box.get_by_role("button").last.click()
    expect(page.get_by_role("status").first).to_have_text("Link copied" if lang else "링크를 복사했습니다")
    shared = page.url
    assert page.evaluate("navigator.clipboard.readText()") == shared
    box.get_by_role("button").nth(-2).click()
    expect(answer).to_be_hidden()
    assert page.evaluate(STATE, name) == default
    page.goto("about:blank")
    page.goto(shared)
    expect(box).to_be_visible()
    assert page.evaluate(STATE, name) == solved
    expect(answer).to_be_visible()
    page.locator(".language-switch:visible").first.click()
    page.wait_for_url(lambda url: ("/en/" in url) != bool(lang))
    page.locator(f"#figure-{case.lab.figure.replace('_', '-')}").scroll_into_view_if_needed()
    expect(box).to_be_visible()
    assert page.evaluate(STATE, name) == solved
    assert wrong == []


def test_a_lab_plays_as_long_as_it_is_seen(page: Page, address: str) -> None:
    box = open_lab(page, address, "en/", CASES["softmax_regression"])
    slider = page.locator("#lab--softmax_regression-updates")
    play, pause = (box.get_by_role("button", name=name) for name in ("Play", "Pause"))
    box.get_by_role("button", name="Step +1").click()
    expect(slider).to_have_value("1")
    for stopped_by in ("press", "slider", "scrolling", "reset"):
        play.click()
        expect(pause).to_be_visible()
        value = slider.input_value()
        expect(slider).not_to_have_value(value)
        if stopped_by == "press":
            pause.click()
        elif stopped_by == "slider":
            slider.press("ArrowRight")
        elif stopped_by == "scrolling":
            page.locator("h1").scroll_into_view_if_needed()
        else:
            box.get_by_role("button", name="Reset").click()
            expect(slider).to_have_value("0")
        expect(play).to_have_count(1)
        value = slider.input_value()
        page.wait_for_timeout(200)
        expect(slider).to_have_value(value)
    page.evaluate(SET, ["softmax_regression", {"updates": 390}])
    play.click()
    expect(slider).to_have_value("400")
    expect(play).to_have_count(1)


def test_with_reduced_motion_a_lab_goes_on_in_steps(page: Page, address: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    box = open_lab(page, address, "", CASES["softmax_regression"])
    slider = page.locator("#lab--softmax_regression-updates")
    expect(box.get_by_role("button", name="재생")).to_have_count(0)
    box.get_by_role("button", name="40단계 앞으로").click()
    expect(slider).to_have_value("40")
    box.get_by_role("button", name="1단계 앞으로").click()
    expect(slider).to_have_value("41")
    page.emulate_media(reduced_motion="no-preference")


@every_lab
def test_a_lab_is_accessible_and_narrow_and_gives_way_on_paper(page: Page, only_labs: str, case: Case) -> None:
    for lang in LANGUAGES:
        box = open_lab(page, only_labs, lang, case)
        page.evaluate(SET, [case.lab.name, page.evaluate(f"labs.{case.lab.name}.solution")])
        page.evaluate(ALONE, case.figure)
        for scheme, size in SHOWN[bool(lang)]:
            page.set_viewport_size(SIZES[size])
            set_scheme(page, scheme)
            assert found(page, f"#{case.figure}") == [], (lang, scheme, size)
    page.set_viewport_size({"width": 320, "height": 640})
    assert not page.evaluate(TOO_WIDE)
    wide = box.locator(":scope *").evaluate_all(
        "(all) => all.filter((one) => one.getBoundingClientRect().right > innerWidth - 4).map((one) => one.outerHTML)"
    )
    assert wide == []
    small = box.locator("input[type=range], select, button").evaluate_all(
        "(all) => all.filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.outerHTML)"
    )
    assert small == []
    page.emulate_media(media="print")
    expect(box).to_be_hidden()
    expect(box.locator("xpath=preceding-sibling::*[name()='svg']")).to_be_visible()


def has(part: str) -> pytest.MarkDecorator:
    """The labs whose modules have a part that not all of them have."""
    return pytest.mark.parametrize(
        "case", [pytest.param(case, id=name) for name, case in CASES.items() if f"\n  {part}" in case.source]
    )


@has("drag")
def test_a_finger_drags_and_does_not_scroll(page: Page, address: str, case: Case) -> None:
    page.set_viewport_size(SIZES["phone"])
    box = open_lab(page, address, "", case)
    tab = page.context.new_cdp_session(page)
    tab.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    handles = box.locator(".handle")
    assert handles.count() > 0
    for index in range(handles.count()):
        handles.nth(index).scroll_into_view_if_needed()
        at = handles.nth(index).bounding_box()
        x, y = at["x"] + at["width"] / 2, at["y"] + at["height"] / 2
        before = page.evaluate(DRAWN, case.lab.name), page.evaluate("scrollY")
        for kind, points in (
            ("touchStart", [{"x": x, "y": y}]),
            *(("touchMove", [{"x": x - 3 * n, "y": y - 3 * n}]) for n in range(1, 11)),
            ("touchEnd", []),
        ):
            tab.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        assert page.evaluate(DRAWN, case.lab.name) != before[0], f"handle {index}"
        assert page.evaluate("scrollY") == before[1]


@every_lab
def test_a_state_of_any_lab_that_is_nonsense_shows_the_default(page: Page, only_labs: str, case: Case) -> None:
    name = case.lab.name
    open_lab(page, only_labs, "en/", case)
    default = page.evaluate(STATE, name)
    solution = page.evaluate("(name) => labs[name].controls.map((one) => `${+labs[name].solution[one.name]}`)", name)
    solved = [
        *map(str, page.evaluate("(name) => labs[name].controls.map((one) => labs[name].solution[one.name])", name))
    ]
    said = [one if one != "NaN" else word for one, word in zip(solution, solved, strict=True)]
    for nonsense in ([*said[:-1], "1e9"], ["99999", *said[1:]], [*said, "1"], said[1:], [*said[:-1], "?"]):
        page.evaluate(SHOW_AGAIN, [name, f"?lab.{name}={quote('~'.join(nonsense))}"])
        assert page.evaluate(STATE, name) == default, nonsense
    page.evaluate(SHOW_AGAIN, [name, f"?lab.{name}={quote('~'.join(said))}"])
    assert page.evaluate(STATE, name) != default


@pytest.mark.parametrize("said", ["1~2~3", "1~2~3~0~0~2", "9~2~3~0~0~0", "a~b~c~d~e~f", "1~2~NaN~0~0~0", "%00~~~~~"])
def test_a_state_that_is_nonsense_shows_the_default(page: Page, only_labs: str, said: str) -> None:
    wrong = watch(page)
    open_lab(page, only_labs, "en/", CASES["softmax"], f"?lab.softmax={said}")
    assert page.evaluate(STATE, "softmax") == ["1", "2", "3", "0", "0", False]
    assert wrong == []


def test_both_languages_side_by_side_keep_a_shared_state(page: Page, address: str) -> None:
    open_lab(page, address, "", CASES["softmax"], "?lab.softmax=1.5~2~3~0.5~0~1")
    page.locator(".language-switch--both").first.click()
    page.wait_for_url("**/parallel/softmax/**")
    page.locator("#figure-temperature").scroll_into_view_if_needed()
    expect(page.locator("#figure-temperature .lab")).to_be_visible()
    expect(page.locator(".lab-question [lang=en]")).to_contain_text("Move the logit of rock alone.")
    expect(page.locator(".lab-controls [lang=en]").first).to_have_text(" logit of scissors")
    assert page.evaluate(STATE, "softmax") == ["1.5", "2", "3", "0.5", "0", True]
    page.locator(".parallel-ways .language-switch").last.click()
    page.wait_for_url("**/en/softmax/**")
    assert "lab.softmax=1.5" in page.url


@every_lab
def test_side_by_side_a_lab_says_everything_in_both_languages(page: Page, only_labs: str, case: Case) -> None:
    name = case.lab.name
    box = open_lab(page, only_labs, "parallel/", case)
    page.evaluate(SET, [name, page.evaluate("(name) => labs[name].solution", name)])
    solved = page.evaluate(STATE, name)
    for words in ("question", "now", "answer", "controls label"):
        for one in box.locator(f".lab-{words}").all():
            english = one.locator("[lang=en]").text_content()
            assert english.strip() in one.text_content()
            assert not HANGUL.search(english), english
            assert HANGUL.search(one.text_content()) or words == "controls label", english
    assert HANGUL.search(box.locator(".lab-controls").text_content())
    status = page.get_by_role("status").first
    expect(status).to_contain_text(box.locator(".lab-now > [lang=en]").text_content().strip())
    assert HANGUL.search(status.text_content())
    joined = box.locator("option").all_text_contents()
    joined += box.locator(".lab-pictures > svg").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    assert [one for one in joined if HANGUL.search(one) and " · " not in one] == []
    assert not HANGUL.search(" ".join(box.locator(".lab-pictures > svg[lang=en]").all_text_contents()))
    assert page.locator(f"#{case.figure} .lab-pictures > svg:not([lang=en])").count() == 0
    page.set_viewport_size({"width": 320, "height": 640})
    assert not page.evaluate(TOO_WIDE)
    assert found(page, f"#{case.figure}") == []
    box.get_by_role("button").last.click()
    expect(status).to_have_text("링크를 복사했습니다")
    page.set_viewport_size(SIZES["desk"])
    page.locator(".parallel-ways .language-switch").last.click()
    page.wait_for_url(f"**/en/{case.lesson.slug}/**")
    page.locator(f"#{case.figure}").scroll_into_view_if_needed()
    expect(page.locator(f"#{case.figure} .lab")).to_be_visible()
    assert page.evaluate(STATE, name) == solved
    assert not HANGUL.search(page.locator(f"#{case.figure} .lab").text_content())


@every_lab
def test_a_reader_without_scripts_sees_the_figure_and_a_notebook_the_reference(
    browser: Browser, address: str, site: Path, case: Case
) -> None:
    """The figure in one language or the other, taking turns."""
    reader = browser.new_context(java_script_enabled=False)
    page = reader.new_page()
    page.goto(f"{address}{LANGUAGES[[*CASES].index(case.lab.name) % 2]}{case.lesson.slug}/")
    expect(page.locator(f"#{case.figure} > svg")).to_be_visible()
    assert page.locator(".lab").count() == 0
    for lang in LANGUAGES:
        notebook = (site / lang / "notebooks" / case.lesson.slug / "index.html").read_text(encoding="utf-8")
        assert f"def {case.lab.function}(" in re.sub("<[^>]+>", "", notebook)
        assert not re.search("<[^>]* data-lab|<script[^>]*/labs/", notebook)
    reader.close()


def test_without_scripts_or_when_its_files_do_not_come_a_lab_is_its_figure(
    page: Page, address: str, site: Path
) -> None:
    page.route("**/labs/kit.*.js", lambda route: route.abort())
    page.goto(f"{address}softmax/#figure-temperature")
    picture = page.locator("#figure-temperature > svg")
    expect(picture).to_be_visible()
    page.wait_for_timeout(500)
    expect(picture).to_be_visible()
    assert page.locator(".lab").count() == 0
    assert (
        '<figure class="lesson-figure" id="figure-temperature" data-lab=' in (site / "softmax/index.html").read_text()
    )
    assert "data-lab" not in (site / "notebooks/softmax/index.html").read_text()
