"""What a figure draws, as data that JSON can hold.

Numbers, labels, colours and looks are taken, whatever the SVG looks like, and the order in which things lie on one
another. Where a legend fits best is left out. Matplotlib and NumPy are imported by the functions that need them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from lessonkit.drawing.figure_axes import axis_data, legend_data, own_ticks, place, placed, spines, titles
from lessonkit.drawing.figure_look import coloured, look, paint
from lessonkit.drawing.figure_values import MANY, Data, digest, numbers, some, value

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.legend import Legend


def all_axes(fig: Figure) -> list[Axes]:
    """The axes of a figure, those inside others included."""
    found: list[Axes] = []
    waiting = list(fig.axes)
    while waiting:
        axes = waiting.pop(0)
        found.append(axes)
        waiting += cast("list[Axes]", axes.child_axes)  # a secondary axis has not all that Axes have: who asks, looks
    return found


def drawn(fig: Figure) -> Data:
    """Size, axes, texts and other things of a figure that has been drawn."""
    parts = (fig, *fig.subfigs)
    legends = [text.get_text() for legend in fig.legends for text in _legend_texts(legend)]
    texts = {"figure": [text.get_text() for part in parts for text in part.texts], "legend": legends}
    things = [(part, one) for part in parts for one in (*part.texts, *part.lines, *part.patches, *part.artists)]
    data = {
        "size": numbers(fig.get_size_inches()),
        "axes": [_drawn_axes(axes) for axes in all_axes(fig)],
        "texts": some(texts),
        "things": [_thing(one) | {"place": place(one, part)} for part, one in things if one.get_visible()],
        "legends": [legend_data(legend) for legend in fig.legends],
        "pictures": [_image(image) for part in parts for image in part.images],
    }
    return {"size": data.pop("size"), "axes": data.pop("axes")} | some(data)


def _drawn_axes(axes: Axes) -> Data:
    from matplotlib.contour import ContourSet
    from matplotlib.legend import Legend
    from matplotlib.patches import Rectangle

    seen = [one for one in axes.get_children() if one.get_visible()]
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle) and patch in seen]
    legends = [one for one in (axes.get_legend(), *axes.artists) if isinstance(one, Legend)]
    kinds = {
        "lines": (axes.lines, _line),
        "bars": (bars, _bar),
        "patches": ([patch for patch in axes.patches if patch not in bars], _patch),
        "contours": ([one for one in axes.collections if isinstance(one, ContourSet)], _contour),
        "collections": ([one for one in axes.collections if not isinstance(one, ContourSet)], _collection),
        "images": (axes.images, _image),
        "notes": ([text for text in axes.texts if _says(text)], _note),
        "others": ([one for one in (*axes.artists, *axes.tables) if one not in legends], _thing),
    }
    shown = {name: [one for one in things if one in seen] for name, (things, _) in kinds.items()}
    scales = {"xscale": axes.get_xscale(), "yscale": axes.get_yscale()}
    limits = {"xlim": numbers(axes.get_xlim()), "ylim": numbers(axes.get_ylim())}  # last: they follow from the rest
    things = {name: [placed(one, axes, kinds[name][1](one)) for one in ones] for name, ones in shown.items()}
    return scales | some({"texts": _texts(axes, legends)} | things) | limits | _frame(axes, shown, legends)


def _frame(axes: Axes, shown: dict[str, list[Any]], legends: list[Legend]) -> Data:
    """What is around the drawing: axes, legends, the order of things."""
    framed = axes.get_frame_on is not None and axes.get_frame_on()  # Matplotlib's axes in three dimensions have none
    axis = {name: axis_data(axes, one) for name, one in axes._axis_map.items()} if _has_axis(axes) else {}
    data = {
        "axis": some(axis),
        "zlim": numbers(axes.get_zlim()) if hasattr(axes, "get_zlim") else [],
        "view": [numbers(getattr(axes, key)) for key in ("elev", "azim", "roll") if hasattr(axes, key)],
        "polar": [numbers(getattr(axes, f"get_theta_{key}")()) for key in ("offset", "direction")]
        if hasattr(axes, "get_theta_offset")
        else [],
        "spines": spines(axes) if _has_axis(axes) else "none",
        "face": shade if framed and (shade := paint(axes.patch)["color"]) != "none" else "",
        "frame": "" if framed else "none",
        "titles": titles(axes),
        "legends": [legend_data(legend) for legend in legends],
        "aspect": value(axes.get_aspect()) if axes.get_aspect() != "auto" else "",
        "order": _order(axes, shown),
        "zorder": numbers(axes.get_zorder()) or None,
        "axisbelow": "" if axes.get_axisbelow() is True else str(axes.get_axisbelow()),
        "place": place(axes.patch, axes.figure),
    }
    return some(data)


def _order(axes: Axes, shown: dict[str, list[Any]]) -> str:
    """In which order things of different kinds were drawn: `2 bars, 1 lines`; within a kind they stand in order."""
    kind = {id(one): name for name, ones in shown.items() for one in ones}
    names = [kind[id(one)] for one in sorted(axes.get_children(), key=lambda one: one.zorder) if id(one) in kind]
    return ", ".join(f"{len(list(run))} {name}" for name, run in groupby(names))


def _texts(axes: Axes, legends: Iterable[Any]) -> Data:
    """The labels of axes by kind; ticks that Matplotlib chose by itself are left out, their numbers stand elsewhere."""
    titles = map(getattr(axes, "get_title", lambda _: ""), ("left", "center", "right"))  # a secondary axis has none
    shown: Data = {
        "title": [title for title in titles if title],
        "legend": [text.get_text() for legend in legends for text in _legend_texts(legend)],
        "table": [cell.get_text().get_text() for table in axes.tables for cell in table.get_celld().values()],
    }
    if _has_axis(axes):
        for name, axis in axes._axis_map.items():
            shown[f"{name}label"] = axis.label.get_text()
            shown[f"{name}ticks"] = list(own_ticks(axis))
    return some(shown)


def _has_axis(axes: Axes) -> bool:
    """Whether ticks and labels are shown; axes in three dimensions keep that elsewhere."""
    return axes.axison or getattr(axes, "_axis3don", False)


def _legend_texts(legend: Any) -> Iterator[Any]:
    yield from (text for text in (legend.get_title(), *legend.get_texts()) if text.get_text().strip())


def _line(line: Any) -> Data:
    data = {"x": numbers(line.get_xdata(orig=False)), "y": numbers(line.get_ydata(orig=False))}
    if hasattr(line, "get_slope"):  # an axline
        through = {"xy1": line.get_xy1(), "xy2": line.get_xy2(), "slope": line.get_slope()}
        data = {key: numbers(given) for key, given in through.items() if given is not None}
    return paint(line) | look(line) | data


def _bar(bar: Any) -> Data:
    data = {key: numbers(getattr(bar, f"get_{key}")()) for key in ("x", "y", "width", "height")}
    return data | paint(bar) | look(bar) | some({"angle": numbers(bar.angle) or None})


def _patch(patch: Any) -> Data:
    path = patch.get_path()
    if not hasattr(patch, "get_arrowstyle"):  # the path of an arrow is placed already
        path = patch.get_patch_transform().transform_path(path)
    return {"kind": type(patch).__name__} | paint(patch) | look(patch) | some({"path": numbers(path.vertices)})


def _contour(contours: Any) -> Data:
    """Levels and, for each, where its curves lie and how long they are: how many points they have is no matter."""
    import numpy as np

    curves = []
    for path in contours.get_paths():
        steps = np.hypot(*np.diff(path.vertices, axis=0).T)
        drawn = steps[path.codes[1:] != path.MOVETO] if path.codes is not None else steps
        low, high = (path.vertices.min(0), path.vertices.max(0)) if len(path.vertices) else ((), ())
        curves.append({"from": numbers(low), "to": numbers(high), "length": numbers(drawn.sum())})
    data = {"filled": bool(contours.filled), "levels": numbers(contours.levels), "curves": curves}
    hatches = [hatch or "" for hatch in contours.hatches] if any(contours.hatches) else []
    return data | paint(contours) | look(contours) | some({"hatches": hatches})


def _collection(one: Any) -> Data:
    """Points, areas, arrows or line segments."""
    import numpy as np

    markers = type(one).__name__ == "PathCollection"
    scattered = markers or len(one.get_offsets()) > 1
    shapes = [] if markers else [path.vertices for path in one.get_paths()]
    small = sum(shape.size for shape in shapes) <= MANY
    drawn = list(map(numbers, shapes)) if small else numbers(np.concatenate(shapes))
    data = {
        "offsets": numbers(one.get_offsets()) if scattered else [],
        "markers": list(dict.fromkeys(map(digest, one.get_paths()))) if markers else [],
        "shapes" if scattered else "paths": drawn,
        "u": numbers(getattr(one, "U", [])),
        "v": numbers(getattr(one, "V", [])),
    }
    return {"kind": type(one).__name__} | paint(one) | look(one) | some(data)


def _image(image: Any) -> Data:
    rgb = image.get_array().ndim > 2
    pixels = {"values": numbers(image.get_array())} if rgb else coloured(image)
    extent = {"extent": numbers(image.get_extent())} if hasattr(image, "get_extent") else {}
    shown = {key: one for key, one in look(image).items() if key != "interpolation" or one != "none"}
    return pixels | extent | shown


def _says(text: Any) -> bool:
    """Whether a text shows something: words, or at least an arrow."""
    return bool(text.get_text().strip() or getattr(text, "arrow_patch", None))


def _note(text: Any) -> Data:
    """A text with where it stands and, for an annotation, what it points at."""
    given = {"text": text.get_text().strip(), "at": numbers(text.get_position())}
    points_at = {"to": numbers(text.xy)} if hasattr(text, "xy") else {}
    coords = [str(getattr(text, key, "data")) for key in ("xycoords", "anncoords")]
    box, arrow = text.get_bbox_patch(), getattr(text, "arrow_patch", None)
    parts = {"color": "" if (shade := paint(text)["color"]) == "ink" else shade}
    parts["measured"] = [] if coords == ["data", "data"] else coords
    parts["box"] = look(box) | paint(box) if box else {}
    parts["arrow"] = look(arrow) | paint(arrow) | {"shrink": [arrow.shrinkA, arrow.shrinkB]} if arrow else {}
    return given | points_at | look(text) | some(parts)


def _thing(one: Any) -> Data:
    """Something of the figure as a whole, or of a kind that needs no more: a table, an inset's frame, a boxed text."""
    from matplotlib.table import Cell
    from matplotlib.text import Text

    if isinstance(one, Text):
        return _note(one)
    data = {"kind": type(one).__name__} | paint(one) | look(one) | some({"parts": list(_parts(one))})
    if isinstance(one, Cell):
        data |= {"box": numbers(one.get_bbox().bounds), "edges": one.visible_edges, "loc": vars(one)["_loc"]}
    return data


def _parts(one: Any) -> Iterator[Data]:
    """What a thing is made of."""
    from matplotlib.inset import InsetIndicator
    from matplotlib.table import Cell
    from matplotlib.text import Text

    parts = [*one.get_children(), *([one.get_text()] if isinstance(one, Cell) else [])]
    parts += [one.rectangle, *(one.connectors or ())] if isinstance(one, InsetIndicator) else []
    for part in parts:
        if part.get_visible() and not (isinstance(part, Text) and not part.get_text()):
            yield _thing(part)
