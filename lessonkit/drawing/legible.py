"""Whether all of a figure can be seen on light and on dark paper: what is painted has a colour of the house.

Colours that stand for numbers (a colormap's) are not the house's: images, meshes and filled contours keep them, for
they are their own paper. Points and lines in such colours must stand out from both papers or have an outline.
Matplotlib is imported by the functions that need it.
"""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lessonkit.drawing.figure_svg import HOUSE, FigureError

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.transforms import BboxBase

PAPERS = ("#ffffff", "#1e2129")
"""The light and the dark paper (lessonkit/assets/site/figures.css)."""
LEAST_CONTRAST = 1.8
"""Between a colour that stands for a number and either paper."""

_NOT_PAINTED = {"defs", "clipPath", "metadata", "style", "image", "title", "desc", "linearGradient", "stop", "filter"}
_SHAPES = {"path", "text", "tspan", "rect", "circle", "ellipse", "line", "polyline", "polygon"}
_MEANT = {"#000000": "black", "#ffffff": "white"}
_FORMAT = re.compile(r"[-.:,ov^<>1234spP*hH+xXDd|_]*([bgrcmykw])[-.:,ov^<>1234spP*hH+xXDd|_]*")


class BlamedError(FigureError):
    """A figure that cannot be shown for a reason that stands in the code: `blames` tells which node of its tree."""

    def __init__(self, text: str, blames: Callable[[ast.AST], bool]):
        super().__init__(text)
        self.blames = blames


def check_colours(fig: Figure, svg: str, save: Callable[[], str]) -> None:
    """Raises FigureError where a figure paints in a colour that is not the house's; `save` draws it again as SVG.

    Over an image black and white are let be: the image does not change with the scheme, so neither need they.
    """
    ours = {*HOUSE.values(), *_colours_of_numbers(fig)}
    foreign = sorted((one for one in painted(svg) if one not in ours), key=_MEANT.__contains__)
    if foreign and foreign[0] in _MEANT and (hidden := list(_over_images(fig))):
        for one in hidden:
            one.set_visible(False)
        foreign = [one for one in painted(save()) if one not in ours]
        for one in hidden:
            one.set_visible(True)
    if foreign:
        raise _refusal(foreign[0], shaded=any(axes.name == "3d" for axes in fig.axes))


def _refusal(code: str, *, shaded: bool) -> BlamedError:
    from matplotlib.colors import CSS4_COLORS

    name = _MEANT.get(code) or next((name for name, one in CSS4_COLORS.items() if str(one).lower() == code), "")
    named = f"{code} ({name})" if name else code
    hint = "use C0 to C4, or C7 for grey"
    if name in _MEANT.values():
        hint = "leave it out, for texts and outlines have a colour of their own, or " + hint
    hint += " (a surface with shade=False)" if shaded else ""
    text = f"the colour {named} is not one of the house style, which has a dark form of each; {hint}"
    return BlamedError(text, lambda node: isinstance(node, ast.Constant) and _means(node.value, code))


def _means(said: Any, code: str) -> bool:
    """Whether a constant in code stands for a colour, alone or as the letter of a format such as `k--`."""
    from matplotlib.colors import is_color_like, to_hex

    if not isinstance(said, str):
        return False
    letter = _FORMAT.fullmatch(said)
    return to_hex(letter[1] if letter else said) == code if letter or is_color_like(said) else False


def painted(svg: str) -> Iterator[str]:
    """The colours that are painted in an SVG, in its order. What has no fill of its own or from above is black."""
    root = ET.fromstring(svg)
    named = {key: element for element in root.iter() if (key := element.get("id"))}
    yield from _painted(root, {"fill": "#000000", "stroke": "none"}, named)


def _painted(element: ET.Element, above: dict[str, str], named: dict[str, ET.Element]) -> Iterator[str]:
    tag = element.tag.rpartition("}")[2]
    own = _style(element)
    if tag in _NOT_PAINTED or own.get("opacity") in ("0", "0.0"):
        return
    style = above | {key: one for key, one in own.items() if one != "inherit"}
    if tag in _SHAPES and _has_shape(element, tag):
        for key in ("fill", "stroke"):
            yield from _paint(style[key], style.get(f"{key}-opacity"), named)
    if tag == "use":
        target = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""
        if target[1:] in named:
            yield from _painted(named[target[1:]], style, named)
    for child in element:
        yield from _painted(child, style, named)


def _paint(colour: str, opacity: str | None, named: dict[str, ET.Element]) -> Iterator[str]:
    """A colour, or those of the pattern that stands for one."""
    if colour == "none" or (opacity is not None and float(opacity) == 0):
        return
    if pattern := re.fullmatch(r"url\(#(.+)\)", colour):
        for child in named.get(pattern[1], ()):
            yield from _painted(child, {"fill": "#000000", "stroke": "none"}, named)
    else:
        yield colour.lower()


def _style(element: ET.Element) -> dict[str, str]:
    """What an element says of its look, as attributes or in its style."""
    parts = (part.partition(":") for part in element.get("style", "").split(";") if part.strip())
    keys = ("fill", "stroke", "opacity", "fill-opacity", "stroke-opacity")
    attributes = {key: found for key in keys if (found := element.get(key))}
    return attributes | {key.strip(): one.strip() for key, _, one in parts}


def _has_shape(element: ET.Element, tag: str) -> bool:
    if tag in ("text", "tspan"):
        return bool("".join(element.itertext()).strip())
    return tag != "path" or bool(element.get("d", "").strip())


def _colours_of_numbers(fig: Figure) -> set[str]:
    """The colours that stand for numbers. Raises FigureError for points and lines that would vanish in theirs."""
    import numpy as np
    from matplotlib.collections import Collection

    found: set[str] = set()
    for one in fig.findobj(Collection):
        values = one.get_array()
        if one.get_visible() and values is not None and getattr(one, "colors", None) is None:
            if getattr(one, "_shading", "") == "gouraud":
                raise FigureError('shading="gouraud" makes a picture of many parts; leave it out, or use imshow')
            faces, edges = _hexadecimal(one.get_facecolor()), _hexadecimal(one.get_edgecolor())
            if values.ndim == 1:  # contours with hatches draw each level by itself
                faces |= _hexadecimal(one.to_rgba(values))
            outlined = edges and edges <= set(HOUSE.values()) and np.max(one.get_linewidth(), initial=0) > 0
            if not _is_area(one) and not outlined:
                _refuse_vanishing(one, faces | edges)
            found |= faces | edges
    return found


def _hexadecimal(shades: Any) -> set[str]:
    """The colours of the rows of an array."""
    from matplotlib.colors import to_hex

    return {to_hex(shade) for shade in shades}


def _is_area(one: Any) -> bool:
    """Whether cells or bands lie side by side, so that they are seen against one another."""
    from matplotlib.collections import PolyQuadMesh, QuadMesh, TriMesh
    from matplotlib.contour import ContourSet

    if isinstance(one, ContourSet):
        return bool(one.filled)
    return isinstance(one, (PolyQuadMesh, QuadMesh, TriMesh)) or _fills(one)


def _fills(one: Any) -> bool:
    """Whether polygons leave no gaps: copies of one, as in hexbin without `mincnt`, or triangles that share corners."""
    import numpy as np

    offsets, shapes = np.asarray(one.get_offsets()), [path.vertices for path in one.get_paths()]
    if type(one).__name__ != "PolyCollection" or not shapes:
        return False
    if len(offsets) < 2:
        corners = [np.unique(shape, axis=0) for shape in shapes]
        return len(np.unique(np.concatenate(corners), axis=0)) < 0.75 * sum(map(len, corners))
    x, y = shapes[0].T
    shape = abs(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
    return bool(shape * len(offsets) >= 0.9 * np.prod(np.ptp(offsets, axis=0)))


def _refuse_vanishing(one: Any, colours: Iterable[str]) -> None:
    from matplotlib.contour import ContourSet

    vanishing = sorted(shade for shade in colours if min(contrast(shade, paper) for paper in PAPERS) < LEAST_CONTRAST)
    if not vanishing:
        return
    hint = 'give points and shapes an outline, edgecolors="C7", or draw an image or mesh'
    if isinstance(one, ContourSet):
        hint = 'give the lines one colour, colors="C0", or use contourf'
    what, cmap = type(one).__name__, one.get_cmap().name
    raise FigureError(f"{vanishing[0]} of the colormap {cmap} ({what}) is not seen on light or on dark paper; {hint}")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21, as WCAG counts it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(code: str) -> float:
    parts = [int(code[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _over_images(fig: Figure) -> Iterator[Any]:
    """The things of a figure that lie wholly on an image, a mesh or filled contours."""
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.image import AxesImage
    from matplotlib.spines import Spine

    for axes in fig.findobj(Axes):
        areas = [one for one in axes.collections if one.get_array() is not None and _is_area(one)]
        boxes = [_seen(one) for one in (*axes.images, *areas) if one.get_visible()]
        for one in axes.get_children():
            if isinstance(one, (Axis, Spine, AxesImage, Axes)) or one in areas or not one.get_visible():
                continue
            box = _seen(one) if boxes and (one is not axes.patch) else None
            if box is not None and any(map(_inside(box), boxes)):
                yield one


def _seen(one: Any) -> Any:
    """The box in which something is seen, in pixels; None for what has none."""
    return one.get_tightbbox(one.get_figure(root=True).canvas.get_renderer())


def _inside(box: BboxBase) -> Callable[[BboxBase | None], bool]:
    def holds(area: BboxBase | None) -> bool:
        if area is None:
            return False
        near = area.padded(2)
        return bool(near.x0 <= box.x0 and near.y0 <= box.y0 and box.x1 <= near.x1 and box.y1 <= near.y1)

    return holds
