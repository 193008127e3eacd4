"""A figure of a page as a picture of its own, for where no style sheet reaches: notebooks, in light and in dark."""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from html import escape

from lessonkit.drawing.figure_svg import HOUSE

FONTS = "DejaVu Sans, Apple SD Gothic Neo, Noto Sans KR, Noto Sans CJK KR, Malgun Gothic, sans-serif"
PAPER = "#ffffff"
MARGIN = 8
"""Around the figure, since texts may stand out of it a little (on a page that shows them)."""
_DARKER = {"var(--fig-c2)": "#217c68"}
"""Text needs more contrast than a line does (as in lessonkit/assets/site/figures.css)."""


def svg_file(svg: str) -> str:
    """The `<svg>` of a page (see figure_svg.inline_svg) with its own colours and font, on white paper."""
    root = ET.fromstring(svg)
    root.attrib.pop("class", None)
    _, _, width, height = map(float, root.get("viewBox", "").split())
    view = f"{-MARGIN} {-MARGIN} {width + 2 * MARGIN:g} {height + 2 * MARGIN:g}"
    root.attrib = {"xmlns": "http://www.w3.org/2000/svg", **root.attrib, "viewBox": view, "font-family": FONTS}
    for text in root.iter("text"):
        fill = text.get("fill", "")
        if fill.startswith("var("):  # words stay readable where they cross a line
            halo = {"paint-order": "stroke", "stroke": PAPER, "stroke-width": "4", "stroke-linejoin": "round"}
            text.attrib |= {"fill": _DARKER.get(fill, fill), **halo}
    paper = {"x": f"{-MARGIN}", "y": f"{-MARGIN}", "width": "100%", "height": "100%", "fill": PAPER}
    root.insert(0, ET.Element("rect", paper))
    written = ET.tostring(root, encoding="unicode")
    return re.sub(r"var\(--fig-(\w+)\)", lambda found: HOUSE[found[1]], written)


def as_image(svg: str, alternative: str) -> str:
    """A picture of its own as an `<img>`."""
    data = base64.b64encode(svg.encode()).decode()
    return f'<img alt="{escape(alternative)}" src="data:image/svg+xml;base64,{data}">'
