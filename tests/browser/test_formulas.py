r"""Formulas in a browser: what should grow with what it spans is measured, as its box and as its ink.

The constructs are those that math-core accepts. A brace that stays short, a line through its letter or an arrow without
its head would be well-formed MathML, so only a browser can tell.
"""

from __future__ import annotations

import io
import re
import string
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser

from lessonkit.formulas import mathfont
from lessonkit.formulas.math import to_mathml
from lessonkit.formulas.mathfont import CHARACTERS, math_font

ASSETS = Path(__file__).parents[2] / "lessonkit" / "assets" / "site"
HOME = "http://formulas.test/"
SCALE = 3
NEAR = 0.12
"""By which part of the length a sign may fall short: a parenthesis is a little lower than what it embraces."""

TALL = r"\frac{\frac{a}{b}}{\frac{c}{d}}"
TALLER = rf"\frac{{{TALL}}}{{{TALL}}}"
WIDE = "a+b+c+d+e+f"
WIDER = WIDE + "+g+h+i+j+k+l+m+n"

BRACKETS = [*"()[]", r"\{", r"\}", r"\lbrace", r"\rbrack", r"\langle", r"\rangle", r"\lfloor", r"\rfloor", r"\lceil"]
BARS = [r"|", r"\|", r"\vert", r"\Vert", r"\lvert", r"\rvert", r"\lVert", r"\rVert"]
LIMITED = [r"/", r"\backslash", r"\langle", r"\rangle"]  # not put together from pieces, in TeX neither: 3 em at most
DELIMITERS = [*BRACKETS, *BARS, r"\rceil", r"/", r"\backslash", r"\uparrow", r"\downarrow"]
ENVIRONMENTS = ["pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "cases", "dcases", "rcases", "drcases"]
SPANNING = [
    *(rf"\left{one} {TALL} \right." for one in DELIMITERS),
    *(rf"\left{one} {TALLER} \right." for one in DELIMITERS if one not in LIMITED),
    *(rf"\left( {TALL} \middle{one} {TALL} \right)" for one in (*BARS, "/")),
    *(rf"\begin{{{name}}} a \\ {TALL} \\ c \end{{{name}}}" for name in ENVIRONMENTS),
    rf"\left[\begin{{array}}{{c|c}} a & b \\ \hline {TALL} & d \end{{array}}\right]",
    rf"\binom{{n}}{{k}} \dbinom{{n}}{{{TALL}}} {{n \choose k}} {{n \brace k}} {{n \brack k}}",
    rf"\Bra{{{TALL}}} \Ket{{{TALL}}} \Braket{{{TALL}|b}} \Set{{{TALL}}}",
    rf"\left\lVert \sum_{{i=1}}^n x_i \right\rVert_2^2 x^{{\left\lfloor {TALL} \right\rfloor}}",
]
"""Brackets and bars beside what they must be as tall as: all else in their row."""

OVER = [r"\overline", r"\overbrace", r"\overrightarrow", r"\overleftarrow", r"\overleftrightarrow", r"\Overrightarrow"]
UNDER = [r"\underline", r"\underbrace", r"\underrightarrow", r"\underleftarrow", r"\underleftrightarrow"]
ARROWS = [
    r"\xrightarrow",
    r"\xleftarrow",
    r"\xRightarrow",
    r"\xLeftarrow",
    r"\xleftrightarrow",
    r"\xLeftrightarrow",
    r"\xmapsto",
]
ALONG = [
    *(f"{command}{{{body}}}" for command in (*OVER, *UNDER) for body in (WIDE, WIDER)),
    *(rf"A {command}{{{WIDE}}} B" for command in ARROWS),
    *(rf"A {command}[{WIDE}]{{f}} B" for command in ARROWS),
    *(rf"\widehat{{{body}}}" for body in ("ab", "abc", "a+b")),
    rf"\underbrace{{{WIDE}}}_{{n}} + \overbrace{{{WIDE}}}^{{\text{{한글}}}}",
    rf"\overbrace{{\underbrace{{{WIDE}}}_{{n}} + {WIDE}}}^{{m}}",
    rf"\frac{{\overline{{{WIDE}}}}}{{\underbrace{{{WIDE}}}_{{n}}}} x_{{\underline{{{WIDE}}}}}",
    r"\overline{\text{한글 이름}} + \underline{\text{한글 이름}}",
]
"""Lines, braces and arrows over or under what they must be as wide as."""

LARGE = [r"\sum", r"\prod", r"\int", r"\bigcup", r"\bigcap"]
SIZES = [r"\big", r"\Big", r"\bigg", r"\Bigg"]
GREEK = [rf"\{name}" for name in ("beta", "delta", "epsilon", "eta", "theta", "lambda", "mu", "phi", "psi", "Phi")]
LETTERS = [*string.ascii_letters, *GREEK, "x_i", "x_f", "f^2", r"\frac{a}{b}", r"\text{한}", WIDE]
ROOTS = [rf"{root}{{{body}}}" for root in (r"\sqrt", r"\sqrt[3]") for body in ("x", r"\frac{a}{b}", TALL, TALLER)]

MEASURE = """() => {
  const box = (element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return [left + scrollX, top + scrollY, right + scrollX, bottom + scrollY];
  };
  const around = (elements) => {
    const boxes = elements.map(box);
    return [0, 1, 2, 3].map((side) => Math[side < 2 ? "min" : "max"](...boxes.map((one) => one[side])));
  };
  const grows = (mo) => !/^[=+−∑\\u2061-\\u2064]?$/.test(mo.textContent);
  return [...document.querySelectorAll(".case")].map((place) => {
    const signs = [];
    for (const mo of place.querySelectorAll("mo")) {
      const parent = mo.parentElement;
      const others = [...parent.children].filter((one) => one.localName !== "mo" && one.textContent.trim());
      const stack = mo === parent.firstElementChild ? "base" : "stack";
      const kind = ["mrow", "math", "mtd"].includes(parent.localName) ? "row" : stack;
      if (!grows(mo) || mo.getAttribute("stretchy") === "false" || !others.length) continue;
      const above = box(mo)[1] + box(mo)[3] < around(others)[1] + around(others)[3];
      signs.push({ sign: mo.textContent, kind, above, box: box(mo), others: around(others) });
    }
    const bodies = [...place.querySelectorAll("msqrt, mroot")].map((root) => box(root.firstElementChild));
    const marks = [...place.querySelectorAll("mo")].map(box);
    return { signs, bodies, marks, whole: box(place.querySelector("math")) };
  });
}"""


class Looked:
    """Formulas as Chromium drew them: where their signs are, and their ink."""

    def __init__(self, measured: list[dict], picture: bytes):
        self.measured = measured
        with Image.open(io.BytesIO(picture)) as image:
            self.picture = image.convert("L")

    def ink(self, left: float, top: float, right: float, bottom: float) -> list[float] | None:
        """The box of what is drawn within a box, in pixels of CSS; None where nothing is."""
        part = self.picture.crop(tuple(round(side * SCALE) for side in (left, top, right, bottom)))
        found = ImageChops.invert(part).point(lambda light: 255 * (light > 80)).getbbox()
        return found and [side / SCALE + start for side, start in zip(found, (left, top) * 2, strict=True)]

    def around(self, number: int) -> list[float]:
        """The ink of a whole formula."""
        left, top, right, bottom = self.measured[number]["whole"]
        return self.ink(left - 10, top - 3, right + 10, bottom + 3)

    def drawn(self, sign: dict) -> list[float] | None:
        """The ink of a sign. Chromium gives a wide one the box of a short one, so it is looked for along the others."""
        left, top, right, bottom = sign["box"]
        if sign["kind"] == "row":
            return self.ink(left, top - 1, right, bottom + 1)
        first, over, last, under = sign["others"]
        if sign["kind"] == "base":  # between what is over and under it
            return self.ink(first - 3, top, last + 3, bottom)
        if sign["above"]:
            return self.ink(first - 3, top - 1, last + 3, min(bottom + 2, over))
        return self.ink(first - 3, max(top - 1, under), last + 3, bottom + 2)

    def short(self, number: int) -> Iterator[str]:
        """The signs of a formula that are shorter than what they span."""
        for sign in self.measured[number]["signs"]:
            axis = 1 if sign["kind"] == "row" else 0
            need = sign["others"][axis + 2] - sign["others"][axis]
            drawn = self.drawn(sign)
            length = drawn[axis + 2] - drawn[axis] if drawn else 0
            if length < (1 - NEAR) * need - 1:
                yield f"{sign['sign']} is {length:.0f} long beside {need:.0f}"


Look = Callable[..., Looked]


@pytest.fixture(scope="module")
def look(browser: Browser) -> Iterator[Look]:
    """Draws formulas with the style sheet of the site, each on a line of its own, and measures them."""
    context = browser.new_context(viewport={"width": 900, "height": 800}, device_scale_factor=SCALE)
    page = context.new_page()

    def draw(formulas: list[str], font: bytes | None = None, *, display: bool = True) -> Looked:
        cases = "".join(f'<p class="case">{formula}</p>' for formula in formulas)
        style = '<link rel="stylesheet" href="math.css"><style>p{margin:24px}math{display:inline math}</style>'
        served = {
            "": f"<!doctype html><meta charset=utf-8>{style}{cases}".encode(),
            "math.css": (ASSETS / "math.css").read_bytes(),
            "math.woff2": font or math_font(),
        }
        types = {"": "text/html", "math.css": "text/css"}
        page.unroute_all()
        page.route(
            f"{HOME}**",
            lambda route: route.fulfill(
                body=served[name := route.request.url.removeprefix(HOME)], content_type=types.get(name, "font/woff2")
            ),
        )
        page.goto(HOME)
        page.evaluate("document.fonts.ready.then(() => 0)")
        return Looked(page.evaluate(MEASURE), page.screenshot(full_page=True))

    yield draw
    context.close()


def short(look: Look, formulas: list[str], font: bytes | None = None) -> dict[str, list[str]]:
    """The formulas with signs that are too short, drawn on lines of their own and in lines of text."""
    found = {}
    for display in (True, False):
        looked = look([to_mathml(latex, display=display) for latex in formulas], font)
        assert all(measured["signs"] for measured in looked.measured), "each formula has a sign that grows"
        found |= {latex: reported for number, latex in enumerate(formulas) if (reported := list(looked.short(number)))}
    return found


def test_brackets_are_as_tall_as_what_they_embrace(look: Look) -> None:
    assert short(look, SPANNING) == {}


def test_lines_braces_and_arrows_are_as_wide_as_what_they_span(look: Look) -> None:
    assert short(look, ALONG) == {}


@pytest.mark.parametrize("display", [True, False])
def test_roots_are_as_tall_as_what_is_under_them(look: Look, display: bool) -> None:
    looked = look([to_mathml(latex, display=display) for latex in ROOTS])
    for latex, measured in zip(ROOTS, looked.measured, strict=True):
        left, top, right, bottom = measured["bodies"][0]
        begin = looked.ink(measured["whole"][0], top - 12, left - 1, bottom + 12)
        bar = looked.ink(left, top - 12, right, top)
        assert begin[3] - begin[1] >= (1 - NEAR) * (bottom - top), latex
        assert bar[2] - bar[0] >= right - left - 2, latex


def test_sums_and_integrals_are_larger_in_formulas_of_their_own(look: Look) -> None:
    alone, running = (
        look([to_mathml(rf"{sign}_{{i=1}}^n x_i", display=display) for sign in LARGE]) for display in (True, False)
    )
    for sign, large, small in zip(LARGE, alone.measured, running.measured, strict=True):
        tall, short = (
            (ink := looked.ink(*measured["marks"][0]))[3] - ink[1]
            for looked, measured in ((alone, large), (running, small))
        )
        assert tall > 1.2 * short, sign


def test_each_size_of_a_bracket_is_larger_than_the_one_before(look: Look) -> None:
    for sign, heights in sizes(look, DELIMITERS).items():
        assert heights == sorted(heights), sign
        assert heights[-1] > 1.8 * heights[0], sign


def sizes(look: Look, signs: list[str]) -> dict[str, list[int]]:
    """How tall the sizes of brackets are, in pixels."""
    looked = look([to_mathml(f"{size}{sign} x", display=False) for sign in signs for size in SIZES])
    boxes = (box for measured in looked.measured for box in measured["marks"])
    inks = (looked.ink(left, top - 1, right, bottom + 1) for left, top, right, bottom in boxes)
    heights = [round(ink[3] - ink[1]) for ink in inks]
    return {sign: heights[4 * number : 4 * number + 4] for number, sign in enumerate(signs)}


def test_lines_are_clear_of_what_they_belong_to_and_as_wide(look: Look) -> None:
    """A combining line was drawn through its letter, half a letter to the left."""
    assert crossed(look, LETTERS) == []


def crossed(look: Look, letters: list[str], change: Callable[[str], str] = str) -> list[str]:
    """What is crossed by its line, or stands beside it."""
    formulas = [rf"{line}{{{letter}}}" for letter in letters for line in (r"\overline", r"\underline")]
    looked = look([change(to_mathml(latex, display=True)) for latex in formulas])
    bare = look([to_mathml(letter, display=True) for letter in letters for _ in "12"])
    found = []
    for number, latex in enumerate(formulas):
        whole, letter = looked.around(number), bare.around(number)
        left, _, right, _ = looked.measured[number]["whole"]
        clear = whole[3] - whole[1] > letter[3] - letter[1] + 1.5
        hangs = letter[2] - bare.measured[number]["whole"][2]  # italics lean over
        inside = whole[0] > left - 1.5 and whole[2] < right + max(0, hangs) + 1.5
        if not (clear and inside and whole[2] - whole[0] >= 0.9 * (right - left)):
            found.append(latex)
    return found


def test_a_line_through_a_letter_is_found(look: Look) -> None:
    line = '<mo stretchy="true">\u0332</mo>'
    as_it_was = lambda mathml: re.sub(r'<mo stretchy="true" class="\w+">‾</mo>', line, mathml)  # noqa: E731
    assert r"\underline{x}" in crossed(look, ["x"], as_it_was)


def without(character: str) -> bytes:
    """The font as if someone had forgotten a character."""
    return mathfont.subset_of(CHARACTERS - {character})


@pytest.mark.parametrize(
    ("character", "latex"),
    [
        ("⏟", rf"\underbrace{{{WIDE}}}"),
        ("→", rf"\overrightarrow{{{WIDE}}}"),
        ("‾", rf"\overline{{{WIDE}}}"),
        ("‖", rf"\left\| {TALL} \right\|"),
        ("↑", rf"\left\uparrow {TALL} \right."),
    ],
)
def test_a_sign_that_is_taken_from_the_font_is_found_short(look: Look, character: str, latex: str) -> None:
    assert short(look, [latex]) == {}
    assert character in short(look, [latex], without(character))[latex][0]


def test_an_edge_is_grey_only_where_a_formula_goes_on(browser: Browser, address: str) -> None:
    """On a screen whose pixels are smaller, too: boxes there begin between pixels."""
    phone = browser.new_context(viewport={"width": 360, "height": 780}, device_scale_factor=1.5, color_scheme="dark")
    page = phone.new_page()
    page.goto(f"{address}en/learning-rate/")
    contrast = {}
    for formula in page.locator("article > .math").all()[:8]:
        formula.scroll_into_view_if_needed()
        goes_on = formula.evaluate("(box) => box.scrollWidth > box.clientWidth")
        formula.evaluate("(box) => (box.firstElementChild.style.visibility = 'hidden')")
        seen = Image.open(io.BytesIO(formula.screenshot())).convert("L")
        low, high = seen.crop((0, 0, seen.width, seen.height - 18)).getextrema()  # a bar to scroll is below
        contrast.setdefault(goes_on, []).append(high - low)
    assert max(contrast[False]) < 3
    assert max(contrast[True]) > 10
    phone.close()
