"""How an artist looks: its colours, and all that it has and a new one of its kind has not.

The look is taken from all getters of an artist, so a property that Matplotlib adds, or that nobody thought of, is
compared too. What is left out is named: geometry, which figure_data takes, and what is not seen.
"""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lessonkit.drawing.figure_values import Data, colour, numbers, some, value

if TYPE_CHECKING:
    from matplotlib.artist import Artist

_PLACED_ELSEWHERE = {
    *("angle", "annotation_clip", "array", "bbox", "bbox_patch", "boxstyle_bbox", "center", "clim", "corners"),
    *("coordinates", "data", "datalim", "extent", "extents", "fontname", "height", "offset", "offsets", "patch"),
    *("position", "radius", "shape", "size", "text", "u", "unitless_position", "v", "verts", "width", "x", "xy", "y"),
    *("xy1", "xy2", "slope", "xdata", "xydata", "ydata", "data_3d", "position_3d", "positions", "lineoffset"),
    *("theta1", "theta2", "color", "linestyle", "marker", "facecolor", "edgecolor", "facecolors", "edgecolors"),
    *("markerfacecolor", "markeredgecolor", "hatchcolor"),
    *("hatch", "cmap", "norm", "filled"),
}
"""Properties that stand elsewhere in the data."""
_UNSEEN = {
    *("agg_filter", "animated", "axes", "children", "clip_box", "clip_path", "contains", "cursor_data", "figure"),
    *("filternorm", "filterrad", "fontproperties", "gid", "in_layout", "label", "mouseover", "path"),
    *("path_in_displaycoord", "paths", "picker", "pickradius", "rasterized", "snap", "tightbbox", "transform"),
    *("transformed_clip_path_and_affine", "transforms", "url", "urls", "visible", "window_extent", "parse_math"),
    *("patch_transform", "offset_transform", "data_transform", "legend_handler_map", "default_handler_map"),
    *("size_in_points", "spine_transform", "anncoords", "tight_layout", "usetex"),
    *("antialiased", "antialiaseds", "antialias"),
}
"""Properties of an artist that do not show, or that follow from others."""


def look(artist: Any) -> Data:
    """The properties of an artist (line widths, sizes, alpha, order, …) in which it differs from a new one.

    Colours, line style, marker and hatch are left out: they are kept always (`paint`), and so is all geometry.
    """
    usual = _usual(_family(artist))
    found = dict(_properties(artist))
    return some({key: value for key, value in found.items() if key not in usual or usual[key] != value})


def paint(artist: Any) -> Data:
    """The colours of a line, patch, text or collection, its line style, marker and hatch."""
    from matplotlib.collections import Collection
    from matplotlib.lines import Line2D
    from matplotlib.text import Text

    if isinstance(artist, Line2D):
        return _paint_of_line(artist)
    if isinstance(artist, Text):
        return {"color": colour(artist.get_color())}
    if isinstance(artist, Collection):
        return _paint_of_collection(artist)
    if not hasattr(artist, "get_facecolor"):
        return {}
    edge, style = colour(artist.get_edgecolor()), str(artist.get_linestyle())
    found = {"color": colour(artist.get_facecolor()), "edge": edge if edge != "none" else ""}
    found["linestyle"] = style if style not in ("solid", "-") else ""
    found["dashes"] = numbers(artist._unscaled_dash_pattern[1] or [])
    return some(found | _hatch(artist))


def _hatch(artist: Any) -> Data:
    """The hatch of a shape, with its colour where that is not the paper's."""
    shade = value(artist.get_hatchcolor(), is_colour=True) if artist.get_hatch() else ""
    return {"hatch": artist.get_hatch(), "hatchcolor": "" if shade == "paper" else shade}


def _paint_of_line(line: Any) -> Data:
    shade, marker, dashes = colour(line.get_color()), line.get_marker(), numbers(line._unscaled_dash_pattern[1] or [])
    shown = marker if isinstance(marker, (str, int)) else value(marker)
    found = {"color": shade, "linestyle": str(line.get_linestyle()), "marker": str(shown)}
    parts = {key: colour(getattr(line, f"get_{key}")()) for key in ("markerfacecolor", "markeredgecolor")}
    parts = {key: one for key, one in parts.items() if one != shade and found["marker"] not in ("None", "", " ")}
    return found | some({"dashes": dashes}) | parts


def _paint_of_collection(one: Any) -> Data:
    """Of colours that stand for numbers only how they become colours is kept."""
    from matplotlib.collections import LineCollection

    faces, edges = (list(map(colour, get())) for get in (one.get_facecolor, one.get_edgecolor))
    lines = isinstance(one, LineCollection) or not getattr(one, "filled", True)
    found: Data = {"colors": edges if lines else faces or ["none"], "edges": [] if lines or edges == faces else edges}
    if one.get_array() is not None and getattr(one, "colors", None) is None:
        found = {**coloured(one), "edges": [] if len(edges) > 1 else edges}
    styles = [[offset, dashes and numbers(dashes)] for offset, dashes in one.get_linestyle()]
    found["linestyles"] = [] if all(style == [0, None] for style in styles) else styles
    return some(found | _hatch(one))


def coloured(one: Any) -> Data:
    """The numbers behind the colours of an image or a collection, and how they become colours."""
    found = {"values": numbers(one.get_array()), "clim": numbers(one.get_clim()), "cmap": one.get_cmap().name}
    norm = value(one.norm)
    return found | {"palette": _palette(one.get_cmap())} | ({"norm": norm} if norm["kind"] != "Normalize" else {})


def _palette(cmap: Any) -> str:
    """A digest of what a colormap makes of numbers: its name alone does not tell it."""
    import numpy as np

    colours = cmap(np.r_[np.linspace(0, 1, 256), -1.0, 2.0, np.nan], bytes=True)
    return hashlib.sha256(colours.tobytes()).hexdigest()[:8]


def _family(artist: Any) -> str:
    """Which new artist an artist is compared with."""
    from matplotlib.collections import Collection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch
    from matplotlib.text import Text

    kinds = {"line": Line2D, "patch": Patch, "collection": Collection, "text": Text}
    return next((name for name, kind in kinds.items() if isinstance(artist, kind)), "")


@lru_cache(maxsize=8)
def _usual(family: str) -> Data:
    """The properties of a new artist; the style is the same for all figures of a process."""
    from matplotlib.collections import PathCollection
    from matplotlib.lines import Line2D
    from matplotlib.patches import Rectangle
    from matplotlib.text import Text

    new: dict[str, Callable[[], Artist]] = {
        "line": lambda: Line2D([], []),
        "patch": lambda: Rectangle((0, 0), 1, 1),
        "collection": lambda: PathCollection([]),
        "text": lambda: Text(),
    }
    return dict(_properties(new[family]())) if family else {"alpha": None, "zorder": 0, "clip_on": True}


def _properties(artist: Any) -> Iterator[tuple[str, Any]]:
    """Each property that JSON can hold."""
    kind: type = type(artist)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = [(key, _property(artist, key)) for key in _getters(kind)]
    yield from ((key, one) for key, one in found if one is not NotImplemented)


def _property(artist: Any, key: str) -> Any:
    """A property; NotImplemented where its getter wants arguments or a renderer."""
    try:
        return value(getattr(artist, f"get_{key}")(), is_colour="color" in key)
    except Exception:  # noqa: BLE001 - a getter of any library
        return NotImplemented


@lru_cache(maxsize=256)
def _getters(kind: type) -> tuple[str, ...]:
    """The properties of a class without their second names."""
    from matplotlib.artist import ArtistInspector

    second = set().union(*ArtistInspector(kind).aliasd.values()) if hasattr(kind, "get_zorder") else set()
    names = [name.removeprefix("get_") for name in dir(kind) if name.startswith("get_")]
    return tuple(name for name in names if name not in second | _PLACED_ELSEWHERE | _UNSEEN)
