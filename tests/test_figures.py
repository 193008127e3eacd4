"""Figures: the same drawing gives the same bytes, a changed one is found, each fits its page, language and scheme."""

from __future__ import annotations

import colorsys
import copy
import functools
import gzip
import hashlib
import json
import math
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from itertools import combinations
from pathlib import Path

import pytest
from sampled import sampled

from lessonkit.drawing.figure_svg import HOUSE
from lessonkit.drawing.figures import FigureError, apply_house_style, capture, difference, inline_svg, labels

ROOT = Path(__file__).parent.parent
CSS = (ROOT / "lessonkit/assets/site/figures.css").read_text(encoding="utf-8")

BARS = """
fig, ax = plt.subplots()
bars = ax.bar(["scissors", "rock", "paper"], [0.0900, 0.2447, 0.6652], color="C0", hatch="//")
ax.bar_label(bars, fmt="%.4f")
ax.set_ylabel("probability")
"""
LINES = """
fig, ax = plt.subplots()
x = [0.01, 0.1, 1, 10]
for number, name in enumerate(["train loss", "validation loss"]):
    ax.semilogx(x, [0.1, 0.2, 0.25, 0.2447 + number], label=name)
ax.annotate("best", (0.1, 0.2), xytext=(1, 0.6), arrowprops={"arrowstyle": "->"})
ax.set(xlabel="learning rate η", ylabel="H(p, q)")
ax.legend()
"""
MANY = """
import numpy as np
fig, (ax, bx) = plt.subplots(1, 2)
values = np.arange(10000.0).reshape(100, 100) / 1e4
ax.imshow(values)
ax.text(50, 50, "dark", color="white")
bx.contour(values, levels=[0.2, 0.5], colors="C7")
bx.scatter([1, 20, 50], [1, 2, 3], color=["C0", "C1", "C3"])
bx.fill_between([0, 50], [0, 10], color="C4", alpha=0.5)
"""
KOREAN = {"scissors": "가위", "rock": "바위", "paper": "보", "probability": "확률"}


@pytest.fixture(autouse=True)
def style():
    """Each test draws in the house style and leaves no figure open."""
    plt = pytest.importorskip("matplotlib.pyplot")
    apply_house_style()
    yield
    plt.close("all")


@functools.cache
def draw(code: str) -> tuple[str, dict]:
    """SVG and data of the figure that some code draws; once for each code, so nobody changes them."""
    import matplotlib.pyplot as plt

    plt.close("all")
    exec(code, {"plt": plt})
    return capture(plt.gcf())


def page(svg: str, name: str = "fig", forms: dict | None = None) -> str:
    return inline_svg(svg, name=name, alt="What the figure shows.", labels=forms)


def exactly(recorded, actual) -> bool:
    return recorded == actual


def nearly(recorded, actual) -> bool:
    return math.isclose(recorded, actual, rel_tol=5e-6)


# The drawing side


@pytest.mark.rest
@pytest.mark.parametrize("seed", ["1", "2"])
def test_another_process_draws_the_same_bytes(seed):
    program = (
        "import json, sys\nimport matplotlib.pyplot as plt\n"
        "from lessonkit.drawing.figures import *\napply_house_style()\n"
        "for code in sys.argv[1:]:\n    exec(code, {'plt': plt})\n    print(json.dumps(capture(plt.gcf())))\n"
    )
    codes = [BARS, LINES, MANY]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed}
    command = [sys.executable, "-c", program, *codes]
    reported = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert [tuple(json.loads(line)) for line in reported.splitlines()] == [draw(code) for code in codes]


def test_the_svg_holds_no_date_and_real_text():
    svg, data = draw(BARS)
    assert ">scissors</text>" in svg
    assert not re.search(r"20\d\d-\d\d|Matplotlib v", svg)
    assert json.loads(json.dumps(data, allow_nan=False)) == data


def test_style_has_eight_colours_of_its_own_and_styles_of_lines():
    import matplotlib
    from matplotlib.colors import to_hex

    assert matplotlib.get_backend().lower() == "agg"
    assert [to_hex(f"C{number}") for number in range(8)] == [HOUSE[f"c{number}"] for number in range(8)]
    assert len(set(HOUSE.values())) == len(HOUSE)
    entries = list(matplotlib.rcParams["axes.prop_cycle"])[:5]
    assert len({str(entry["linestyle"]) for entry in entries}) == 5


def test_text_is_large_enough_on_a_phone():
    sizes = {float(size) for size in re.findall(r"font-size: ([\d.]+)px", draw(LINES)[0])}
    assert min(sizes) * 330 / 460.8 >= 10.5


def test_logarithmic_axes_show_plain_numbers():
    svg, _ = draw("fig, ax = plt.subplots()\nax.loglog([1e-6, 1e-2, 1, 1e3], [1, 2, 3, 1000])")
    shown = re.findall(r"<text[^>]*>([^<]+)</text>", svg)
    assert {"0.01", "1", "1000"} <= set(shown)
    assert all(re.fullmatch(r"\d+(\.\d+)?(e-?\d+)?", text) for text in shown)
    assert "tspan" not in svg


def test_pictures_get_no_grid_and_an_empty_hatched_bar_keeps_its_hatch():
    assert HOUSE["grid"] not in draw("plt.figure()\nplt.imshow([[1, 2], [3, 4]])")[0]
    assert HOUSE["paper"] in draw(BARS)[0]
    svg, _ = draw("fig, ax = plt.subplots()\nax.bar([1], [1], facecolor='none', edgecolor='C1', hatch='/')")
    assert re.search(rf"<pattern.*?{HOUSE['c1']}", svg, re.DOTALL)


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        (r"'the $\\alpha$ of it'", "mathtext"),
        ("'two\\nlines'", "line break"),
        ("'slanted', rotation=30", "rotated"),
    ],
)
def test_labels_that_cannot_be_translated_well_are_refused(label, reason):
    with pytest.raises(FigureError, match=reason):
        draw(f"fig, ax = plt.subplots()\nax.text(0.5, 0.5, {label})")


def test_rotated_labels_that_can_be_centred_are_fine():
    svg, _ = draw("fig, ax = plt.subplots()\nfig.supylabel('loss of all')\nax.set_ylabel('loss')")
    for said in ("loss", "loss of all"):
        assert re.search(rf"text-anchor: middle[^>]*rotate\(-90 [^>]*>{said}</text>", svg)


def test_a_figure_too_large_for_a_page_is_refused():
    with pytest.raises(FigureError, match="kB of SVG; draw fewer points"):
        draw("fig, ax = plt.subplots()\nax.scatter(range(3000), range(3000), c=range(3000))")


# Data and differences


def test_the_data_names_numbers_and_labels():
    _, data = draw(LINES)
    (axes,) = data["axes"]
    assert axes["xscale"] == "log"
    assert axes["lines"][1]["y"] == [0.1, 0.2, 0.25, 1.2447]
    assert axes["lines"][1]["color"] == "c1"
    assert axes["texts"] == {
        "legend": ["train loss", "validation loss"],
        "xlabel": "learning rate η",
        "ylabel": "H(p, q)",
    }
    (note,) = axes["notes"]
    assert {key: note[key] for key in ("text", "at", "to")} == {"text": "best", "at": [1, 0.6], "to": [0.1, 0.2]}
    assert note["arrow"]["arrowstyle"] == {"kind": "CurveB"}


@pytest.mark.parametrize(
    ("code", "old", "new", "reported"),
    sampled(
        [
            (LINES, "0.2447 + number", "0.2557 + number", "axes 0, line 0, y[3]: recorded 0.2447, drawn 0.2557"),
            (LINES, '"best"', '"worst"', 'axes 0, note 0, text: recorded "best", drawn "worst"'),
            (LINES, '"train loss"', '"loss"', 'axes 0, legend[0]: recorded "train loss", drawn "loss"'),
            (LINES, 'xlabel="learning rate η", ', "", 'axes 0, xlabel: recorded "learning rate η", drawn nothing'),
            (LINES, "semilogx", "plot", 'axes 0, xscale: recorded "log", drawn "linear"'),
            (LINES, "label=name", 'label=name, color="C4"', 'axes 0, line 0, color: recorded "c0", drawn "c4"'),
            (LINES, '["train loss", ', '["a", "train loss", ', "axes 0, legend: 2 recorded, 3 drawn"),
            (BARS, "0.2447, ", "0.2448, ", "axes 0, bar 1, height: recorded 0.2447, drawn 0.2448"),
            (BARS, '"rock"', '"stone"', 'axes 0, xticks[1]: recorded "rock", drawn "stone"'),
            (BARS, '"//"', '"xx"', 'axes 0, bar 0, hatch: recorded "//", drawn "xx"'),
            (MANY, "[1, 2, 3]", "[1, 2, 4]", "axes 1, collection 0, offsets[2][1]: recorded 3, drawn 4"),
            (MANY, '"C3"', '"C2"', 'axes 1, collection 0, colors[2]: recorded "c3", drawn "c2"'),
            (MANY, "0.2, 0.5", "0.2, 0.6", "axes 1, contour 0, levels[1]: recorded 0.5, drawn 0.6"),
            (MANY, "[0, 10]", "[0, 11]", "axes 1, collection 1, paths[0][2][1]: recorded 10, drawn 11"),
            (MANY, "ax.imshow", "values[7, 7] = 0.08; ax.imshow", "axes 0, image 0, values, "),
        ],
        every=5,
    ),
)
def test_a_changed_figure_is_found_and_named(code, old, new, reported):
    assert old in code
    recorded, actual = draw(code)[1], draw(code.replace(old, new))[1]
    assert difference(recorded, copy.deepcopy(recorded), same_number=exactly) is None
    for same_number in (exactly, nearly):
        found = difference(recorded, actual, same_number=same_number)
        assert found is not None
        assert reported in found


def test_noise_is_no_difference_where_numbers_may_differ():
    recorded = draw(LINES)[1]
    noisy = copy.deepcopy(recorded)
    noisy["axes"][0]["lines"][0]["y"][3] *= 1 + 2e-6
    assert difference(recorded, noisy, same_number=nearly) is None
    assert "line 0, y[3]" in difference(recorded, noisy, same_number=exactly)


def test_noise_around_zero_is_seen_on_logarithmic_axes_only():
    line = "fig, ax = plt.subplots()\nax.plot([1, 2, 3], [1e-9, 0.5, 1])\n"
    for scale, reported in (("linear", None), ("log", "axes 0, line 0, y[0]: recorded 1e-09, drawn 2e-09")):
        recorded = draw(line + f"ax.set_yscale('{scale}')\nax.set_ylim(1e-10, 1)")[1]
        noisy = copy.deepcopy(recorded)
        noisy["axes"][0]["lines"][0]["y"][0] = 2e-9
        assert difference(recorded, noisy, same_number=nearly) == reported


def test_a_large_array_keeps_little_and_tolerates_noise():
    recorded, actual = draw(MANY)[1], draw(MANY.replace("/ 1e4", "/ 1e4 * (1 + 1.5e-6)"))[1]
    assert len(json.dumps(recorded)) < 3000
    assert recorded["axes"][0]["images"][0]["values"]["shape"] == [100, 100]
    assert difference(recorded, actual, same_number=nearly) is None
    assert "image 0, values" in difference(recorded, actual, same_number=exactly)


def test_a_hidden_change_in_a_large_array_is_found_by_its_digest():
    recorded = draw(MANY)[1]
    actual = draw(MANY.replace("ax.imshow", "values[0, :2] = values[0, 1::-1]; ax.imshow"))[1]
    found = difference(recorded, actual, same_number=exactly)
    assert found == "axes 0, image 0, values: some of 100 x 100 numbers differ (least, greatest and mean do not)"


def test_nan_matches_only_nan():
    recorded = draw("fig, ax = plt.subplots()\nax.plot([1, 2, 3], [1, float('nan'), 3])")[1]
    changed = copy.deepcopy(recorded)
    assert difference(recorded, changed, same_number=nearly) is None
    changed["axes"][0]["lines"][0]["y"][1] = 2
    assert difference(recorded, changed, same_number=nearly) == 'axes 0, line 0, y[1]: recorded "nan", drawn 2'


def test_numbers_within_texts_keep_their_digits():
    def one_unit_of_the_last_digit(recorded, actual):
        return recorded == actual or abs(recorded - actual) <= 10 ** recorded.as_tuple().exponent

    reported = [{"axes": [{"texts": {"title": [f"loss {value} after 10"]}}]} for value in ("0.2447", "0.2448", "0.25")]
    assert difference(reported[0], reported[1], same_number=one_unit_of_the_last_digit) is None
    assert "loss 0.25" in difference(reported[0], reported[2], same_number=one_unit_of_the_last_digit)
    other = json.loads(json.dumps(reported[0]).replace("10", "11"))
    assert "after 11" in difference(reported[0], other, same_number=lambda *_: True)


# Labels


@pytest.mark.parametrize("code", [BARS, LINES, MANY])
def test_labels_of_the_svg_are_those_of_the_data(code):
    svg, data = draw(code)
    assert set(labels(svg)) == set(labels(data))
    assert not any(text in labels(svg) for text in ("0.2447", "0.1", "H(p, q)"))


def test_what_needs_a_translation():
    same = [
        "−0.5",
        "1e-3",
        "10⁻²",
        "10^{-2}",
        "50 %",
        "T = 0.5",
        "−log p(x)",
        "η",
        "w1",
        "x₂",
        "∂L/∂z",
        "12 ms",
        "H(P, Q)",
    ]
    words = ["class 0", "loss", "x of y", "AdamW", "information", "don't", "rate 0.1", "가위"]
    assert labels({"texts": {"legend": same + words}}) == words


# The page side


def test_missing_and_unknown_labels_are_all_listed():
    svg, _ = draw(BARS)
    with pytest.raises(FigureError) as reported:
        page(svg, forms={"rock": "바위", "probability": "", "stone": "돌"})
    message = str(reported.value)
    assert "'scissors', 'paper', 'probability'" in message
    assert "does not show: 'stone'" in message
    assert "'rock'" not in message


def test_labels_are_replaced_and_numbers_stay():
    shown = page(draw(BARS)[0], forms=KOREAN)
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", shown)
    assert set(KOREAN.values()) <= set(texts)
    assert not set(KOREAN) & set(texts)
    assert "0.2447" in texts


def test_a_label_that_leaves_the_figure_is_refused():
    svg, _ = draw(BARS)
    with pytest.raises(FigureError, match="longer than its room"):
        page(svg, forms=KOREAN | {"paper": "보자기를 활짝 펼쳐서 내는 손 모양"})
    with pytest.raises(FigureError, match="longer than its room"):
        page(svg, forms=KOREAN | {"probability": "각각의 클래스가 정답일 조건부 확률의 추정값"})


def test_ids_of_figures_never_meet_and_every_reference_is_kept():
    svg, _ = draw(MANY)
    found = []
    for name in ("one", "two"):
        shown = page(svg, name)
        ids = re.findall(r'\bid="([^"]+)"', shown)
        references = set(re.findall(r'url\(#([^)]+)\)|href="#([^"]+)"', shown))
        assert {first or second for first, second in references} == set(ids)
        assert len(ids) == len(set(ids)) > 1
        assert all(one.startswith(f"{name}.") for one in ids)
        found.append(set(ids))
    assert not found[0] & found[1]
    with pytest.raises(FigureError, match="name"):
        page(svg, 'a" onload="')


@pytest.mark.parametrize("code", [BARS, LINES, MANY])
def test_the_svg_fits_into_html(code):
    shown = page(draw(code)[0])
    root = ET.fromstring(shown)
    assert "\n" not in shown
    assert not re.search(r"<\?|<!|ns0|xmlns|xlink|style|<metadata|font-family|\d\.\d{7}", shown)
    assert (root.tag, root.get("role"), root.get("aria-label")) == ("svg", "img", "What the figure shows.")
    width, height = float(root.get("width")), float(root.get("height"))
    assert width / height == pytest.approx(460.8 / 259.2, rel=0.01)


def test_colours_of_the_house_become_variables_and_white_on_an_image_stays():
    shown = page(draw(MANY)[0])
    for name in ("c0", "c1", "c4", "c7", "ink", "axis", "grid"):
        assert f'="var(--fig-{name})"' in shown
        assert HOUSE[name] not in shown
    assert re.search(r'fill="#ffffff"[^>]*>dark<', shown)
    assert 'href="data:image/png;base64,iVBOR' in shown


def test_the_text_alternative_is_escaped():
    svg, _ = draw(BARS)
    alt = '"a" < b & c'
    assert ET.fromstring(inline_svg(svg, name="n", alt=alt, labels=None)).get("aria-label") == alt
    shown = page(svg, forms=KOREAN | {"rock": "<b>&"})
    assert "&lt;b&gt;&amp;" in shown


def test_a_page_needs_neither_matplotlib_nor_numpy(tmp_path):
    svg = tmp_path / "figure.svg"
    svg.write_text(draw(BARS)[0], encoding="utf-8")
    program = (
        "import sys\nfrom lessonkit.drawing.figures import difference, inline_svg, labels\n"
        "svg = open(sys.argv[1], encoding='utf-8').read()\nlabels(svg)\n"
        "inline_svg(svg, name='n', alt='a', labels=None)\ndifference({}, {}, same_number=None)\n"
        "print(sorted({'matplotlib', 'numpy', 'torch'} & set(sys.modules)))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program, str(svg)]
    assert subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_plain_figure_is_small():
    sizes = {name: len(gzip.compress(page(draw(code)[0]).encode())) for name, code in (("b", BARS), ("l", LINES))}
    assert max(sizes.values()) < 3000, sizes


def test_the_same_svg_gives_the_same_page():
    svg, _ = draw(LINES)
    digests = {hashlib.sha256(page(svg).encode()).hexdigest() for _ in range(2)}
    assert len(digests) == 1


# Colours


def variables(scheme: str) -> dict[str, str]:
    """The figure's variables in a scheme, as hexadecimal colours."""
    light = dict(re.findall(r"--fig-([\w-]+):\s*([^;]+);", re.search(r":root \{(.*?)\}", CSS, re.DOTALL)[1]))
    slate = dict(re.findall(r"--fig-([\w-]+):\s*([^;]+);", re.search(r'"slate"\] \{(.*?)\}', CSS, re.DOTALL)[1]))
    found = light if scheme == "default" else light | slate
    return {name: found[value[10:-1]] if value.startswith("var(") else value for name, value in found.items()}


def luminance(code: str) -> float:
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


SLATE = "#" + "".join(f"{round(part * 255):02x}" for part in colorsys.hls_to_rgb(225 / 360, 0.14, 0.15))


@pytest.mark.parametrize(("scheme", "background"), [("default", "#ffffff"), ("slate", SLATE)])
def test_contrast_of_marks_and_texts(scheme, background):
    colours = variables(scheme)
    assert set(colours) >= set(HOUSE)
    assert colours["paper"] == background
    for name in [*(f"c{number}" for number in range(8)), "axis"]:
        assert contrast(colours[name], background) >= 3, name
    for name in ["ink", *(f"c{number}" for number in range(8))]:
        assert contrast(colours.get(f"{name}-text", colours[name]), background) >= 4.5, name


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_colours_differ_in_lightness_for_every_eye(scheme):
    colours = variables(scheme)
    lightness = {name: 116 * luminance(colours[name]) ** (1 / 3) - 16 for name in ("c0", "c1", "c2", "c3", "c4")}
    for one, other in combinations(lightness, 2):
        assert abs(lightness[one] - lightness[other]) >= 6, (one, other)


def test_light_values_are_those_of_the_drawing_and_overrides_reach_their_texts():
    colours = variables("default")
    assert {name: colours[name] for name in HOUSE if name != "paper"} == {
        k: v for k, v in HOUSE.items() if k != "paper"
    }
    for name in [name.removesuffix("-text") for name in colours if name.endswith("-text")]:
        assert f'text[fill="var(--fig-{name})"]' in CSS
