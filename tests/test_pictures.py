"""Figures of pages in both languages are files, with what figures.css says of their colours."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

from lessonkit.drawing.figure_file import NARROW, colored_file, colors
from lessonkit.parallel.pictures import figures_apart

SHEET = (Path(__file__).parent.parent / "lessonkit/assets/site/figures.css").read_text(encoding="utf-8")
SVG = (
    '<svg lang="en" class="notranslate" role="img" aria-label="A &lt;line&gt; falls." viewBox="0 0 40 20" width="44" '
    'height="22"><path id="a.b.1" d="M0 0" stroke="var(--fig-c0)" /></svg>'
)
FIGURE = f'<figure class="lesson-figure" id="figure-a-b" data-lab="x.js">\n{SVG}\n<figcaption>c</figcaption></figure>'


def test_a_file_knows_every_color_in_both_schemes() -> None:
    told = colors(SHEET)
    assert "md-" not in told
    assert "lesson-figure" not in told
    light, dark = told.split("@media (prefers-color-scheme: dark)")[:2]
    names = set(re.findall(r"(--fig-[\w-]+):", SHEET))
    assert len(names) > 10
    for part in (light, dark):
        assert set(re.findall(r"(--fig-[\w-]+):", part)) >= names
    for rule in re.findall(r"^\.lesson-figure (text\[[^{]+\{[^}]+\})", SHEET, re.MULTILINE):
        assert rule in told
    assert "image {" in told


def test_a_figure_becomes_a_file_at_the_same_place() -> None:
    html, files = figures_apart(f"<p>a</p>{FIGURE}<svg>icon</svg>", ":root{--fig-c0:red}", "../assets/figures")
    ((name, file),) = files.items()
    assert re.fullmatch(r"a-b\.[0-9a-f]{8}\.svg", name)
    picture = (
        f'<img loading="lazy" src="../assets/figures/{name}" alt="A &lt;line&gt; falls." '
        'lang="en" width="44" height="22">'
    )
    assert html == f"<p>a</p>{FIGURE.replace(SVG, picture)}<svg>icon</svg>"
    root = ET.fromstring(file)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.get("viewBox") == f"{-NARROW} {-NARROW} {40 + 2 * NARROW} {20 + 2 * NARROW}"
    assert root[0].text == ":root{--fig-c0:red}"
    assert root[1].get("fill") == "var(--fig-paper)"


def test_a_figure_that_changes_gets_another_name() -> None:
    other = FIGURE.replace("M0 0", "M1 1")
    names = [list(figures_apart(one, "", ".")[1]) for one in (FIGURE, other, FIGURE)]
    assert names[0] == names[2] != names[1]
    assert colored_file(SVG, "a{}") != colored_file(SVG, "b{}")
