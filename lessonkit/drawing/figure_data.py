"""What a figure draws, as data that JSON can hold.

Numbers, labels and colours are taken, whatever the SVG looks like. What Matplotlib chose by itself (ticks, where a
legend fits) is left out. Matplotlib and NumPy are imported by the functions that need them.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lessonkit.drawing.figure_svg import HOUSE

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

MANY = 2000
"""An array of more numbers than this is kept as a digest with its least, greatest and mean value and means of parts."""
PARTS = 32
"""Of how many parts of a large array the means are kept: a change that the mean of all hides shows in one of them."""


def all_axes(fig: Figure) -> list[Axes]:
    """The axes of a figure, those inside others included."""
    found: list[Axes] = []
    waiting = list(fig.axes)
    while waiting:
        axes = waiting.pop(0)
        found.append(axes)
        waiting += axes.child_axes
    return found


def drawn(fig: Figure) -> dict:
    """Size, axes and texts of a figure."""
    legends = [text.get_text() for legend in fig.legends for text in _legend_texts(legend)]
    texts = {"figure": [text.get_text() for part in (fig, *fig.subfigs) for text in part.texts], "legend": legends}
    data = {"size": _numbers(fig.get_size_inches()), "axes": [_drawn_axes(axes) for axes in all_axes(fig)]}
    return data | _some({"texts": _some(texts)})


def _some(things: dict) -> dict:
    """The entries that hold something."""
    return {key: value for key, value in things.items() if value not in ("", [], {}, None)}


def _drawn_axes(axes: Axes) -> dict:
    from matplotlib.contour import ContourSet
    from matplotlib.legend import Legend
    from matplotlib.patches import Rectangle

    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    contours = [one for one in axes.collections if isinstance(one, ContourSet)]
    others = [one for one in axes.artists if not isinstance(one, Legend)]
    scales = {"xscale": axes.get_xscale(), "yscale": axes.get_yscale()}
    limits = {"xlim": _numbers(axes.get_xlim()), "ylim": _numbers(axes.get_ylim())}  # last: they follow from the rest
    things = _some(
        {
            "texts": _texts(axes),
            "lines": [_line(line) for line in axes.lines if line.get_visible()],
            "bars": [_bar(bar) for bar in bars],
            "patches": [_patch(patch) for patch in axes.patches if patch not in bars],
            "contours": [_contour(one) for one in contours],
            "collections": [_collection(one) for one in axes.collections if one not in contours],
            "images": [_image(image) for image in axes.images],
            "notes": [_note(text) for text in axes.texts if text.get_visible() and _says(text)],
            "others": [type(one).__name__ for one in others],
        }
    )
    return scales | things | limits


def _texts(axes: Axes) -> dict:
    """The labels of axes by kind; ticks that Matplotlib chose by itself are left out, they follow from the limits."""
    from matplotlib.legend import Legend

    legends = [one for one in (axes.get_legend(), *axes.artists) if isinstance(one, Legend)]
    titles = map(getattr(axes, "get_title", lambda _: ""), ("left", "center", "right"))  # a secondary axis has none
    shown = {
        "title": [title for title in titles if title],
        "legend": [text.get_text() for legend in legends for text in _legend_texts(legend)],
        "table": [cell.get_text().get_text() for table in axes.tables for cell in table.get_celld().values()],
    }
    if axes.axison:
        for name, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
            shown[f"{name}label"] = axis.label.get_text()
            shown[f"{name}ticks"] = list(_own_ticks(axis))
    return _some(shown)


def _legend_texts(legend: Any) -> Iterator[Any]:
    yield from (text for text in (legend.get_title(), *legend.get_texts()) if text.get_text().strip())


def _own_ticks(axis: Axis) -> Iterator[str]:
    """The tick labels in view that the lesson's author, not Matplotlib, has chosen."""
    from matplotlib.ticker import FixedLocator, LogFormatter, LogitFormatter, NullFormatter, ScalarFormatter

    formatter, locator = axis.get_major_formatter(), axis.get_major_locator()
    usual = isinstance(formatter, (LogFormatter, LogitFormatter, NullFormatter, ScalarFormatter))
    if usual and not isinstance(locator, FixedLocator):
        return
    low, high = sorted(axis.get_view_interval())
    places = axis.get_majorticklocs()
    for place, said in zip(places, formatter.format_ticks(places), strict=True):
        if low <= place <= high and said.strip():
            yield said.strip()


def _line(line: Any) -> dict:
    look = {"linestyle": str(line.get_linestyle()), "marker": str(line.get_marker())}
    numbers = {"x": _numbers(line.get_xdata(orig=False)), "y": _numbers(line.get_ydata(orig=False))}
    return {"color": _colour(line.get_color())} | look | numbers


def _bar(bar: Any) -> dict:
    numbers = {key: _numbers(getattr(bar, f"get_{key}")()) for key in ("x", "y", "width", "height")}
    return numbers | _some({"color": _colour(bar.get_facecolor()), "hatch": bar.get_hatch()})


def _patch(patch: Any) -> dict:
    path = patch.get_path()
    if not hasattr(patch, "get_arrowstyle"):  # the path of an arrow is placed already
        path = patch.get_patch_transform().transform_path(path)
    look = {"color": _colour(patch.get_facecolor()), "edge": _colour(patch.get_edgecolor()), "hatch": patch.get_hatch()}
    return {"kind": type(patch).__name__} | _some(look | {"path": _numbers(path.vertices)})


def _contour(contours: Any) -> dict:
    """Levels and, for each, where its curves lie and how long they are: how many points they have is no matter."""
    import numpy as np

    curves = []
    for path in contours.get_paths():
        steps = np.hypot(*np.diff(path.vertices, axis=0).T)
        drawn = steps[path.codes[1:] != path.MOVETO] if path.codes is not None else steps
        low, high = (path.vertices.min(0), path.vertices.max(0)) if len(path.vertices) else ((), ())
        curves.append({"from": _numbers(low), "to": _numbers(high), "length": _numbers(drawn.sum())})
    return {"filled": bool(contours.filled), "levels": _numbers(contours.levels), "curves": curves}


def _collection(one: Any) -> dict:
    """Points, areas, arrows or line segments."""
    import numpy as np

    scattered = type(one).__name__ in ("PathCollection", "Quiver")  # its shapes are markers or arrows, sized in points
    shapes = [] if scattered else [path.vertices for path in one.get_paths()]
    small = sum(shape.size for shape in shapes) <= MANY
    data = {
        "offsets": _numbers(one.get_offsets()) if scattered or len(one.get_offsets()) > 1 else [],
        "paths": list(map(_numbers, shapes)) if small else _numbers(np.concatenate(shapes)),
        "u": _numbers(getattr(one, "U", [])),
        "v": _numbers(getattr(one, "V", [])),
    }
    if one.get_array() is None:
        colours = one.get_facecolor() if len(one.get_facecolor()) else one.get_edgecolor()
        data["colors"] = list(map(_colour, colours))
    else:
        data |= _coloured(one)
    return {"kind": type(one).__name__} | _some(data)


def _coloured(one: Any) -> dict:
    """The numbers behind the colours of an image or a collection, and how they become colours."""
    return {"values": _numbers(one.get_array()), "clim": _numbers(one.get_clim()), "cmap": one.get_cmap().name}


def _image(image: Any) -> dict:
    rgb = image.get_array().ndim > 2
    pixels = {"values": _numbers(image.get_array())} if rgb else _coloured(image)
    return pixels | {"extent": _numbers(image.get_extent())}


def _says(text: Any) -> bool:
    """Whether a text shows something: words, or at least an arrow."""
    return bool(text.get_text().strip() or getattr(text, "arrow_patch", None))


def _note(text: Any) -> dict:
    """A text inside the axes, with where it stands and, for an annotation, what it points at."""
    points_at = {"to": _numbers(text.xy)} if hasattr(text, "xy") else {}
    return {"text": text.get_text().strip(), "at": _numbers(text.get_position())} | points_at


def _colour(colour: Any) -> str:
    """A colour's name in the house style (`c0`), else its hexadecimal form."""
    from matplotlib.colors import to_hex

    if isinstance(colour, str) and colour == "none":
        return "none"
    code = to_hex(colour, keep_alpha=True)
    names = {value: name for name, value in HOUSE.items()}
    solid, alpha = code[:7], code[7:]
    if alpha == "00":
        return "none"
    return names.get(solid, solid) + ("" if alpha == "ff" else f" {int(alpha, 16) / 255:.2f}")


def _numbers(values: Any) -> Any:
    """Numbers to six significant digits as nested lists, or the summary of a large array."""
    import numpy as np

    array = np.ma.filled(np.ma.asarray(values, dtype=float), np.nan)
    if array.size <= MANY:
        return _rounded(array.tolist())
    flat = array.ravel() + 0.0  # no -0.0
    finite = flat[np.isfinite(flat)]
    digest = hashlib.sha256(",".join(f"{value:.6g}" for value in flat).encode()).hexdigest()[:16]
    parts = [part[np.isfinite(part)].sum() / part.size for part in np.array_split(flat, PARTS)]
    summary = {"min": finite.min(initial=np.inf), "max": finite.max(initial=-np.inf), "mean": finite.sum() / flat.size}
    numbers = {key: _rounded(float(value)) for key, value in summary.items()}
    return {"shape": list(array.shape), "digest": digest, **numbers, "parts": _rounded(list(map(float, parts)))}


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    if not math.isfinite(value):
        return str(value)
    number = float(f"{value:.6g}")
    return int(number) if number.is_integer() and abs(number) < 1e15 else number
