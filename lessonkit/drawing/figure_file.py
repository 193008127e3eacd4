"""A figure of a page as a picture of its own, for where no style sheet of a page reaches.

In a notebook it stands on white paper in light and in dark. A file that a page of the site shows has the colours of
the page: `color-scheme`, which Material sets for its schemes, is handed down to pictures.
"""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from html import escape

from lessonkit.drawing.figure_svg import HOUSE

FONTS = "DejaVu Sans, Apple SD Gothic Neo, Noto Sans KR, Noto Sans CJK KR, Malgun Gothic, sans-serif"
PAPER = "#ffffff"
MARGIN, NARROW = 8, 3
"""Around a figure, since texts may stand out of it a little (a page shows them); narrow where it stands on a page."""
_DARKER = {"var(--fig-c2)": "#217c68"}
"""Text needs more contrast than a line does (as in lessonkit/assets/site/figures.css)."""


_BLOCK = re.compile(r"^[^\s{}/][^{}]*\{(?:[^{}]|\{[^{}]*\})*\}", re.MULTILINE)
"""A rule of a style sheet, or some within `@media`."""
_OF_PAGE = {
    '[data-md-color-scheme="slate"] .lesson-figure ': "",
    '[data-md-color-scheme="slate"]': ":root",
    "@media screen": "@media (prefers-color-scheme: dark)",
    ".lesson-figure {": ":root {",
    ".lesson-figure ": "",
}
"""How figures.css says where a rule holds, and how a picture of its own says it."""


def svg_file(svg: str) -> str:
    """The `<svg>` of a page (see figure_svg.inline_svg) with its own colours and font, on white paper."""
    root = _alone(svg, PAPER, MARGIN)
    for text in root.iter("text"):
        fill = text.get("fill", "")
        if fill.startswith("var("):  # words stay readable where they cross a line
            halo = {"paint-order": "stroke", "stroke": PAPER, "stroke-width": "4", "stroke-linejoin": "round"}
            text.attrib |= {"fill": _DARKER.get(fill, fill), **halo}
    written = ET.tostring(root, encoding="unicode")
    return re.sub(r"var\(--fig-(\w+)\)", lambda found: HOUSE[found[1]], written)


def colors(sheet: str) -> str:
    """What figures.css says of colours, for figures that are files of their own."""
    told = "\n".join(block for block in _BLOCK.findall(sheet) if "--fig-" in block or " image " in block)
    for here, there in _OF_PAGE.items():
        told = told.replace(here, there)
    return told


def colored_file(svg: str, style: str) -> str:
    """The `<svg>` of a page as a file that follows the scheme of the page that shows it; `style` is from `colors`."""
    root = _alone(svg, "var(--fig-paper)", NARROW)
    root.insert(0, ET.Element("style"))
    root[0].text = style
    return ET.tostring(root, encoding="unicode")


def _alone(svg: str, paper: str, margin: int) -> ET.Element:
    """With its own font, on paper that is larger than the figure."""
    root = ET.fromstring(svg)
    root.attrib.pop("class", None)
    _, _, width, height = map(float, root.get("viewBox", "").split())
    view = f"{-margin} {-margin} {width + 2 * margin:g} {height + 2 * margin:g}"
    root.attrib = {"xmlns": "http://www.w3.org/2000/svg", **root.attrib, "viewBox": view, "font-family": FONTS}
    root.insert(
        0, ET.Element("rect", {"x": f"{-margin}", "y": f"{-margin}", "width": "100%", "height": "100%", "fill": paper})
    )
    return root


def as_image(svg: str, alternative: str) -> str:
    """A picture of its own as an `<img>`."""
    data = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{escape(alternative)}" src="data:image/svg+xml;base64,{data}">'
