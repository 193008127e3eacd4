"""Every artist of Matplotlib is seen on light and on dark paper, or its figure is refused with a hint."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from artists import ARROWS, ARTISTS, REFUSED
from sampled import sampled

from lessonkit.drawing.defaults import forbid_windows
from lessonkit.drawing.figure_svg import HOUSE, inline_svg, labels
from lessonkit.drawing.figures import FigureError, apply_house_style, capture
from lessonkit.drawing.legible import PAPERS, contrast, painted

CSS = (Path(__file__).parent.parent / "lessonkit/assets/site/figures.css").read_text(encoding="utf-8")
OVER_IMAGES = {"imshow", "contourf"}
"""Figures with black and white on an image."""
COLORMAPS = {"scatter_outlined", "hist2d", "pcolormesh", "pcolor", "contourf", "hexbin", "colorbar", "colorbar_lines"}
COLORMAPS |= {"colorbar_extended", "tricontourf", "tripcolor", "3d_surface_cmap", "specgram"}
"""Figures with colours that stand for numbers."""


@pytest.fixture(autouse=True)
def style():
    """Each test draws in the house style, whatever one before it did, and leaves no figure open."""
    plt = pytest.importorskip("matplotlib.pyplot")
    apply_house_style()
    forbid_windows()
    yield
    plt.close("all")


def draw(code: str) -> tuple[str, dict]:
    """SVG and data of the figure that some code draws."""
    import matplotlib as mpl
    import matplotlib.patheffects
    import matplotlib.pyplot as plt
    import numpy as np

    exec(code, {"plt": plt, "mpl": mpl, "np": np})
    return capture(plt.gcf())


@pytest.mark.parametrize("name", sampled(ARTISTS, 8))
def test_an_artist_is_seen_on_light_and_on_dark_paper(name: str) -> None:
    """Each element that the page shows is painted in a variable of the house, but for images and their like."""
    svg, data = draw(ARTISTS[name])
    shown = inline_svg(svg, name="x", alt="x", labels=None)
    fixed = {colour for colour in painted(shown) if not colour.startswith("var(--fig-")}
    if name not in COLORMAPS:
        assert fixed <= ({"#000000", "#ffffff"} if name in OVER_IMAGES else set())
    assert "#000000" not in fixed or name in OVER_IMAGES
    sizes = {float(size) for size in re.findall(r'<text[^>]* font-size="([\d.]+)"', shown)}
    assert sizes <= {15, 16}
    assert data["axes"]
    assert set(re.findall(r"var\(--fig-(\w+)\)", shown)) <= HOUSE.keys()
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert labels(svg) is not None


def test_no_arrow_style_is_missing() -> None:
    from matplotlib.patches import ArrowStyle

    assert set(ArrowStyle.get_styles()) == set(ARROWS)


@pytest.mark.parametrize("name", sampled(REFUSED, 4))
def test_what_would_not_be_seen_is_refused_with_a_hint(name: str) -> None:
    code, said = REFUSED[name]
    with pytest.raises(FigureError, match=re.escape(said)):
        draw(code)


@pytest.mark.parametrize(
    ("element", "colours"),
    [
        ('<path d="M0 0L1 1"/>', ["#000000"]),
        ('<text>word</text><text style="fill: #1f2430"> </text>', ["#000000"]),
        ('<g style="fill: #ff0000"><path d="M0 0"/><path d="M0 0" style="fill: none"/></g>', ["#ff0000"]),
        ('<path d="M0 0" style="fill: #ff0000; fill-opacity: 0; stroke: #00ff00"/>', ["#00ff00"]),
        ('<path d="M0 0" style="fill: #ff0000; opacity: 0"/><path d=""/>', []),
        ('<defs><path id="m" d="M0 0"/></defs><use href="#m"/>', ["#000000"]),
        ('<defs><path id="m" d="M0 0"/></defs><use href="#m" style="fill: #0000ff"/>', ["#0000ff"]),
        ('<defs><path id="m" d="M0 0" style="fill: #ff0000"/></defs><use href="#m" fill="#0000ff"/>', ["#ff0000"]),
        ('<defs><pattern id="h"><rect/></pattern></defs><path d="M0 0" fill="url(#h)"/>', ["#000000"]),
        ('<clipPath><rect/></clipPath><image href="data:"/>', []),
    ],
)
def test_what_paints_in_an_svg(element: str, colours: list[str]) -> None:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{element}</svg>'
    assert ET.fromstring(svg) is not None
    assert list(painted(svg)) == colours


def test_the_papers_are_those_of_the_page() -> None:
    assert tuple(re.findall(r"--fig-paper: (#\w+);", CSS)) == PAPERS
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.rest
def test_the_line_of_the_colour_is_reported(project) -> None:
    text = '# %% figure="one"\nimport matplotlib.pyplot as plt\n\nfig, ax = plt.subplots()\nax.plot(\n    [1, 2],\n'
    caption = '\n# %% [markdown] lang="{}" caption="one"\n# A.\n#\n# B.\n'
    for code, line, said in (
        ('    color="black",\n)', 10, "#000000 (black)"),
        ('    "--k",\n)', 10, "#000000 (black)"),
        ("    color=(0, 0, 0),\n)", 4, "#000000 (black)"),
        (')\nax.set_title("a", fontsize=9)', 11, "has the size 9"),
    ):
        project.write("drawn", f"{text}{code}\n{caption.format('ko')}{caption.format('en')}")
        (problem,) = project.check("drawn").outcome.problems
        assert str(problem).startswith(f"lessons/drawn.py:{line}: this figure cannot be recorded\n")
        assert said in str(problem)
