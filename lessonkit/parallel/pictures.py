"""The figures of a page as files, which a browser fetches when they come near: a page in both languages is long."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import escape

from lessonkit.drawing.figure_file import colored_file
from lessonkit.pages.bundle import hashed

_FIGURE = re.compile(
    r'(?P<tag><figure\b[^>]*\sid="figure-(?P<name>[^"]+)"[^>]*>\s*)(?P<svg><svg\b.*?</svg>)', re.DOTALL
)
_SAME = ("lang", "width", "height")


def figures_apart(html: str, style: str, folder: str) -> tuple[str, dict[str, str]]:
    """The page with pictures in the place of its figures, and the texts of their files by name.

    `style` is what the files say of colours (`figure_file.colors`), `folder` where the page finds them. A picture needs
    no script, takes its room before it has come, and is read out as the figure would be.
    """
    files = {}

    def picture(found: re.Match[str]) -> str:
        text = colored_file(found["svg"], style)
        name = hashed(f"{found['name']}.svg", text.encode())
        files[name] = text
        figure = ET.fromstring(found["svg"]).attrib
        same = " ".join(f'{key}="{escape(figure[key])}"' for key in _SAME if key in figure)
        alternative = escape(figure.get("aria-label", ""))
        return f'{found["tag"]}<img loading="lazy" src="{folder}/{name}" alt="{alternative}" {same}>'

    return _FIGURE.sub(picture, html), files
