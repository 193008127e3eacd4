"""Reading a recorded SVG, which goes into pages: it holds what Matplotlib draws, and nothing that acts or loads.

Needs no Matplotlib.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

DRAWN = frozenset({"svg", "defs", "g", "path", "use", "rect", "circle", "clipPath", "text", "tspan", "title", "image"})
DRAWN |= {"pattern", "linearGradient", "stop", "filter", "feComposite", "feColorMatrix"}
"""The elements that Matplotlib writes; `metadata` and `style` are left out of pages, and so is what they hold."""
LEFT_OUT = frozenset({"metadata", "style"})

_LOADED = re.compile(r"#|data:image/(?:png|jpeg);base64,")
_FOREIGN_ADDRESS = re.compile(r"url\(\s*[\"']?(?!#)|@import|javascript:", re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


class DamagedFigure(ValueError):
    """A file that is no figure as the recorder writes it; the text says why."""


def read_svg(svg: str) -> ET.Element:
    """The `<svg>` of a recorded figure. Raises DamagedFigure for everything else."""
    if _ENTITY.search(svg):
        raise DamagedFigure("it declares entities")
    try:
        root = ET.fromstring(svg)
    except ET.ParseError as error:
        raise DamagedFigure(f"it is not XML: {error}") from None
    if reason := next(_reasons(root), None):
        raise DamagedFigure(reason)
    return root


def _reasons(root: ET.Element) -> Iterator[str]:
    """Why an element is no recorded figure."""
    if _local(root.tag) != "svg":
        yield f"it is no <svg> but a <{_local(root.tag)}>"
    if not _is_view(root.get("viewBox", "")):
        yield "its <svg> has no viewBox of four numbers"
    yield from _acting(root)


def size_of(root: ET.Element) -> tuple[float, float]:
    """The width and height of a figure as its view box has them, in points."""
    _, _, width, height = map(float, root.get("viewBox", "").replace(",", " ").split())
    return width, height


def number(element: ET.Element, key: str) -> float:
    """An attribute that holds a number of points; 0 where it is missing, as in SVG. Raises DamagedFigure."""
    try:
        return float(element.get(key, "0"))
    except ValueError:
        raise DamagedFigure(f"a <{_local(element.tag)}> has no number for {key}: {element.get(key)}") from None


def _is_view(text: str) -> bool:
    """Whether a view box holds four numbers, the last two of which are above zero."""
    number = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
    if not re.fullmatch(rf"\s*{number}(?:[\s,]+{number}){{3}}\s*", text):
        return False
    return min(map(float, re.split(r"[\s,]+", text.strip())[2:])) > 0


def _acting(element: ET.Element) -> Iterator[str]:
    """What an element, or one within it, does or loads."""
    name = _local(element.tag)
    if name in LEFT_OUT:
        return
    if name not in DRAWN:
        yield f"it holds an element that no figure draws: <{name}>"
    for key, value in element.attrib.items():
        if _local(key).lower().startswith("on"):
            yield f"an element of it acts: {_local(key)}"
        elif (_local(key) == "href" and not _LOADED.match(value.strip())) or _FOREIGN_ADDRESS.search(value):
            yield f"it loads something from elsewhere: {value.strip()[:80]}"
    for child in element:
        yield from _acting(child)


def _local(tag: object) -> str:
    """A name without its namespace."""
    return str(tag).rpartition("}")[2]
