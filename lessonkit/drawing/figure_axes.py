"""What is around the drawing, as data that JSON can hold: axes with their ticks, spines, legends, places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Literal

from lessonkit.drawing.figure_look import look, paint
from lessonkit.drawing.figure_values import Data, numbers, some, value

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.text import Text

_SHOWN_SPINES = ["left", "bottom"]
_SIDES = {"x": "bottom", "y": "left"}
_SPACING = (
    *("numpoints", "scatterpoints", "markerscale", "borderpad", "labelspacing", "handlelength", "handleheight"),
    *("handletextpad", "borderaxespad", "columnspacing"),
)
_EDGE = 1e-4
"""Ticks of Matplotlib's choice that are nearer to the end of an axis, as a part of its length, may be seen or not."""


def own_ticks(axis: Axis) -> Iterator[str]:
    """The tick labels in view that the lesson's author, not Matplotlib, has chosen."""
    from matplotlib.ticker import FixedLocator, LogFormatter, LogitFormatter, NullFormatter, ScalarFormatter

    formatter, locator = axis.get_major_formatter(), axis.get_major_locator()
    usual = isinstance(formatter, (LogFormatter, LogitFormatter, NullFormatter, ScalarFormatter))
    if usual and not isinstance(locator, FixedLocator):
        return
    low, high = sorted(axis.get_view_interval())
    for at, said in _major_ticks(axis):
        if low <= at <= high and said.strip():
            yield said.strip()


def _major_ticks(axis: Axis) -> list[tuple[float, str]]:
    """The major ticks, also those out of view, with what is written at each."""
    places: Any = axis.get_majorticklocs()  # an array, as Matplotlib itself gives to its formatters
    return [*zip(places, map(str, axis.get_major_formatter().format_ticks(places)), strict=True)]


def axis_data(axes: Axes, axis: Axis) -> Data:
    """Ticks, grid, scale and label of one axis, as far as they are not as usual."""
    import matplotlib

    major, minor = axis.get_major_ticks(), axis.get_minor_ticks()
    ticks, between = _ticks(axis, axis.get_majorticklocs()), _ticks(axis, axis.get_minorticklocs())
    shown = [said for at, said in _major_ticks(axis) if _ticks(axis, [at])]
    transform = value(axis.get_transform())
    data = {
        "ticks": ticks,
        "shown": " | ".join(map(str.strip, shown)) if any(map(str.strip, shown)) and not any(own_ticks(axis)) else "",
        "minor": between,
        "look": _tick_look(axis, "major"),
        "minor look": _tick_look(axis, "minor") if between else {},
        "labels": _label_look([tick.label1 for tick in (*major, *minor)]),
        "label": _label_look([axis.label] if axis.label.get_text() else [], 90 if _name(axis) == "y" else 0),
        "pad": None if axis.labelpad == matplotlib.rcParams["axes.labelpad"] else numbers(axis.labelpad),
        "along": _along(axis),
        "side": "" if axis.get_label_position() == _SIDES.get(_name(axis), "") else axis.get_label_position(),
        "offset": axis.get_offset_text().get_text(),
        "scale": {} if axis.get_scale() == "linear" else {key: one for key, one in transform.items() if key != "kind"},
        "visible": "" if axis.get_visible() else "no",
    }
    return some(data)


def _ticks(axis: Axis, places: Iterable[float]) -> list[float]:
    """The ticks in view. One at the very end counts only where the author put it there."""
    from matplotlib.ticker import FixedLocator

    low, high = sorted(axis.get_view_interval())
    fixed = isinstance(axis.get_major_locator(), FixedLocator) or hasattr(axis, "units") and axis.units is not None
    edge = 0 if fixed else _EDGE * (high - low)
    seen = [float(at) for at in places if low + edge <= at <= high - edge]
    if axis.get_scale() == "linear":  # a tick at 0 may come out as 1e-17
        seen = [0.0 if abs(at) < 1e-9 * (high - low) else at for at in seen]
    return [numbers(at) for at in seen]


def _name(axis: Axis) -> str:
    """`x`, `y`, `z`, or what another projection calls it."""
    return getattr(axis, "axis_name", "")


def _along(axis: Axis) -> float | None:
    """Where along its axis a label stands, if not in the middle."""
    at = axis.label.get_position()[_name(axis) == "y"]
    return None if at == 0.5 or _name(axis) not in _SIDES or not axis.label.get_text() else numbers(at)


def titles(axes: Axes) -> Data:
    """How the titles of axes look, by their place; a plain one on the left is as usual."""
    import matplotlib

    places = {"left": "_left_title", "center": "title", "right": "_right_title"}
    shown = {key: title for key, name in places.items() if (title := getattr(axes, name, None)) and title.get_text()}
    looks = {key: _label_look([title]) for key, title in shown.items()}
    pad = vars(axes)["titleOffsetTrans"].get_matrix()[1, 2] * 72 / axes.figure.dpi if shown else 0
    usual = not shown or abs(pad - matplotlib.rcParams["axes.titlepad"]) < 1e-6
    at = " ".join(shown)
    return some({"at": "" if at == "left" else at, "pad": None if usual else numbers(pad), **looks})


def _tick_look(axis: Axis, which: Literal["major", "minor"]) -> Data:
    """What `tick_params` and `grid` were told."""
    near, far = ("left", "bottom"), ("right", "top")
    usual = {"gridOn": which == "major"}
    usual |= {f"{word}{side}": side in near for side in near + far for word in ("", "label")}
    given = {key: value(one, is_colour="color" in key) for key, one in axis.get_tick_params(which).items()}
    return {key: one for key, one in given.items() if usual.get(key) != one and one is not NotImplemented}


def _label_look(labels: Iterable[Text], rotation: float = 0) -> Data:
    """How texts of an axis look beyond their size and alignment, which follow from the house style and their side."""
    follows = ("fontsize", "ha", "va", "horizontalalignment", "verticalalignment", "rotation_mode")
    looks = [{key: one for key, one in (look(text) | paint(text)).items() if key not in follows} for text in labels]
    usual = (("color", "ink"), ("rotation", rotation))
    plain = [{key: one for key, one in found.items() if (key, one) not in usual} for found in looks]
    if not any(plain):
        return {}
    return plain[0] if all(one == plain[0] for one in plain) else {"each": plain}


def spines(axes: Axes) -> Data:
    """Which lines frame the axes, and how, where they are not the usual two."""
    seen = {name: spine for name, spine in axes.spines.items() if spine.get_visible()}
    looks = {name: _spine(spine) for name, spine in seen.items()}
    return some({"seen": "" if [*seen] == _SHOWN_SPINES else " ".join(seen), **looks})


def _spine(spine: Any) -> Data:
    given = {"position": value(spine._position)} if spine._position not in (None, ("outward", 0.0)) else {}
    given |= {"bounds": value(spine._bounds)} if spine._bounds else {}
    found = look(spine) | paint(spine) | given
    usual = (("edge", "axis"), ("zorder", 2.5), ("color", "none"), ("capstyle", "projecting"))
    return {key: one for key, one in found.items() if (key, one) not in usual}


def legend_data(legend: Any) -> Data:
    """Place, frame and entries of a legend, in order. Where it fits best is not kept, only that it should."""
    anchor = getattr(legend, "_bbox_to_anchor", None)
    handles = [{"kind": type(one).__name__} | paint(one) | look(one) for one in legend.legend_handles]
    frame, usual = ({**look(one), **paint(one)} for one in (legend.get_frame(), _new(legend).get_frame()))
    data = {
        "loc": numbers(legend._get_loc()) if not isinstance(legend._get_loc(), str) else legend._get_loc(),
        "anchor": numbers(_rounded(legend.parent.transAxes.inverted(), anchor)) if anchor else [],
        "columns": legend._ncols,
        "frame": {key: one for key, one in frame.items() if usual.get(key) != one} if legend.get_frame_on() else "none",
        "texts": _label_look(legend.get_texts()),
        "handles": handles,
    }
    spacing = {key: numbers(getattr(legend, key)) for key in _SPACING}
    usual = _new(legend)
    return some(data | {key: one for key, one in spacing.items() if one != numbers(getattr(usual, key))})


def _new(legend: Any) -> Any:
    """An empty legend as the house style makes it."""
    from matplotlib.legend import Legend

    return Legend(legend.parent, [], [])


def _rounded(transform: Any, box: Any) -> list[float]:
    """Left, bottom, width and height of a box to three decimals."""
    return [round(float(number), 3) + 0.0 for number in transform.transform_bbox(box).bounds]


def place(artist: Any, figure: Any) -> list[float]:
    """Where in its figure something stands: left, bottom, width and height, from 0 to 1, to three decimals."""
    root = figure.get_figure(root=True)
    return _rounded(root.transFigure.inverted(), artist.get_window_extent(root.canvas.get_renderer()))


def placed(one: Any, axes: Axes, data: Data) -> Data:
    """The data of a thing with the coordinates that it is given in, where these are not those of the axes."""
    from matplotlib.collections import Collection
    from matplotlib.patches import Patch

    known = {
        "axes": axes.transAxes,
        "x": axes.get_xaxis_transform(),
        "y": axes.get_yaxis_transform(),
        "figure": axes.figure.transFigure,
    }
    transform = one.get_transform()
    if isinstance(one, Collection):
        transform = transform if len(data.get("paths", ())) else one.get_offset_transform()
    if isinstance(one, Patch):
        transform = one.get_data_transform()
    if name := next((name for name, other in known.items() if transform == other), ""):
        return data | {"coords": name}
    return data | ({"place": place(one, axes.figure)} if _elsewhere(one, axes) else {})


def _elsewhere(one: Any, axes: Axes) -> bool:
    """Whether a line, text or shape has a transform of its own, so that only its place tells where it is."""
    from matplotlib.lines import AxLine, Line2D
    from matplotlib.offsetbox import OffsetBox
    from matplotlib.patches import FancyArrowPatch, Patch
    from matplotlib.table import Table
    from matplotlib.text import Annotation, Text

    if isinstance(one, (OffsetBox, Table)):
        return True
    if not isinstance(one, (Line2D, Patch, Text)) or isinstance(one, (AxLine, Annotation, FancyArrowPatch)):
        return False
    given = one.get_data_transform() if isinstance(one, Patch) else one.get_transform()
    return given != axes.transData
