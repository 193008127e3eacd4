"""The picture of a page for places where it is shared: a figure below the name of the site, as a PNG of 1200 x 630.

Drawn by resvg with the DejaVu Sans that ships in ziafont, the font that Matplotlib laid the figures out for: no font of
the machine is used, so the bytes are the same everywhere. Hangul would need one, so labels stay as they are in code.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import escape
from pathlib import Path

import resvg_py
import ziafont

from lessonkit.drawing.figure_file import svg_file
from lessonkit.drawing.figure_svg import HOUSE

WIDTH, HEIGHT = 1200, 630
FONT = Path(ziafont.__file__).parent / "fonts" / "DejaVuSans.ttf"
_ROOM = (60, 130, 1080, 460)
"""Where the figure stands: left, top, width, height."""


def card(svg: str, logo: str, name: str) -> str:
    """The picture as an SVG: `svg` is a figure as pages show it, or empty for the logo alone."""
    if not svg:
        mark = _placed(logo, 420, 90, 360, 300)
        text = f'<text x="600" y="500" font-size="56" text-anchor="middle" fill="{HOUSE["ink"]}">{escape(name)}</text>'
        return _sheet(mark + text)
    head = _placed(logo, 60, 42, 48, 48)
    head += f'<text x="126" y="80" font-size="36" fill="{HOUSE["ink"]}">{escape(name)}</text>'
    return _sheet(head + _placed(svg_file(svg), *_ROOM))


def png(svg: str) -> bytes:
    """The picture as it is shared."""
    return bytes(
        resvg_py.svg_to_bytes(
            svg_string=svg, width=WIDTH, skip_system_fonts=True, font_files=[str(FONT)], sans_serif_family="DejaVu Sans"
        )
    )


def _sheet(inside: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="DejaVu Sans">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>{inside}</svg>'
    )


def _placed(svg: str, x: float, y: float, width: float, height: float) -> str:
    """Another SVG as large as fits into a box, in its middle."""
    ET.register_namespace("", "http://www.w3.org/2000/svg")
    root = ET.fromstring(svg)
    root.attrib |= {"x": f"{x:g}", "y": f"{y:g}", "width": f"{width:g}", "height": f"{height:g}"}
    return re.sub(r"\s+\n", "\n", ET.tostring(root, encoding="unicode"))
