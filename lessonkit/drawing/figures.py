"""How a lesson's figures look, and how they are taken from a run.

Lessons use plain Matplotlib. The worker calls `apply_house_style` before a lesson runs and `capture` on each figure.
The check compares drawn data with `difference` (figure_difference), the page gets `inline_svg` (figure_svg). Matplotlib
is imported inside the functions that draw, so a build never loads it.
"""

from __future__ import annotations

import ast
import io
import re
from typing import TYPE_CHECKING, Any

from lessonkit.drawing.defaults import finish_boxes, finish_hatches, replace_defaults
from lessonkit.drawing.figure_data import all_axes, drawn
from lessonkit.drawing.figure_difference import difference
from lessonkit.drawing.figure_svg import HOUSE, FigureError, inline_svg, labels
from lessonkit.drawing.figure_values import Data
from lessonkit.drawing.legible import BlamedError, check_colours
from lessonkit.drawing.pixels import without_idle_channels

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.typing import RcKeyType

__all__ = ["FigureError", "apply_house_style", "capture", "difference", "inline_svg", "labels", "redraw"]

LARGEST = 300_000
"""Characters of SVG that a page can still carry (about 30 kB compressed; a usual figure has 10,000 to 30,000)."""

LARGE, SMALL = 16, 15
"""The sizes of text, in points."""

_STYLE: dict[RcKeyType, Any] = {}
"""The settings as the house style made them."""
_LINE_STYLES = ["-", "--", "-.", ":", (0, (7, 1.5)), (0, (4, 1.2, 1, 1.2, 1, 1.2)), (0, (1, 2.6)), "-"]
_SIZES = {"fontsize", "size", "labelsize", "title_fontsize"}
_FONTS = {"family", "fontfamily", "fontname", "font", "name", "fontproperties", "labelfontfamily"}
_SVG_SETTINGS: dict[RcKeyType, Any] = {"svg.fonttype": "none", "svg.hashsalt": "lesson", "svg.image_inline": True}


def apply_house_style() -> None:
    """Lets Matplotlib draw without a window, in the house's colours, with text that is still read on a phone."""
    import matplotlib
    import matplotlib.font_manager  # noqa: F401 - writes its cache of fonts now, for a lesson may write no file
    from cycler import cycler

    matplotlib.use("Agg")
    matplotlib.rcdefaults()
    colours = [HOUSE[f"c{number}"] for number in range(8)]
    text, fine = HOUSE["ink"], HOUSE["axis"]
    matplotlib.rcParams.update(_SVG_SETTINGS)
    matplotlib.rcParams.update(
        {
            "figure.figsize": (6.4, 3.6),
            "figure.constrained_layout.use": True,
            "figure.facecolor": "none",
            "axes.facecolor": "none",
            "savefig.facecolor": "none",
            "font.family": "DejaVu Sans",
            "font.size": LARGE,
            "axes.titlesize": LARGE,
            "axes.labelsize": LARGE,
            "figure.titlesize": LARGE,
            "figure.labelsize": LARGE,
            "xtick.labelsize": SMALL,
            "ytick.labelsize": SMALL,
            "legend.fontsize": SMALL,
            "text.color": text,
            "axes.labelcolor": text,
            "axes.titlecolor": text,
            "axes.titlelocation": "left",
            "xtick.labelcolor": text,
            "ytick.labelcolor": text,
            "xtick.major.width": 1,
            "ytick.major.width": 1,
            "xtick.major.pad": 5,
            "ytick.major.pad": 5,
            "xtick.color": fine,
            "ytick.color": fine,
            "axes.edgecolor": fine,
            "axes.linewidth": 1,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.grid": True,
            "axes.axisbelow": True,
            "grid.color": HOUSE["grid"],
            "grid.linewidth": 1,
            "axes.prop_cycle": cycler(color=colours) + cycler(linestyle=_LINE_STYLES),
            "axes.formatter.useoffset": False,
            "lines.linewidth": 2.5,
            "lines.markersize": 7,
            "boxplot.boxprops.color": text,
            "boxplot.whiskerprops.color": text,
            "boxplot.capprops.color": text,
            "boxplot.flierprops.color": text,
            "boxplot.flierprops.markeredgecolor": text,
            "axes3d.xaxis.panecolor": (1, 1, 1, 0),
            "axes3d.yaxis.panecolor": (1, 1, 1, 0),
            "axes3d.zaxis.panecolor": (1, 1, 1, 0),
            "patch.edgecolor": text,
            "hatch.color": HOUSE["paper"],
            "hatch.linewidth": 2,
            "legend.facecolor": HOUSE["paper"],
            "legend.edgecolor": "none",
            "legend.framealpha": 0.85,
            "legend.fancybox": False,
            "legend.handlelength": 1.9,
            "legend.handletextpad": 0.6,
            "legend.labelspacing": 0.35,
            "legend.borderaxespad": 0.2,
            "image.interpolation": "none",
            "image.composite_image": False,
        }
    )
    replace_defaults()
    _STYLE.update(matplotlib.rcParams)


def capture(fig: Figure) -> tuple[str, Data]:
    """The figure as SVG text (the same at each run) and what it draws, as data for JSON. Finishes the figure first."""
    _refuse_style()
    _finish_all(fig)
    svg = _saved(fig)
    _refuse_labels(fig)
    if len(svg) > LARGEST:
        size = f"{len(svg) // 1000} kB of SVG"
        raise FigureError(f"the figure is {size}; draw fewer points, a coarser contour, or imshow for a grid of cells")
    data = drawn(fig)
    check_colours(fig, svg, lambda: _saved(fig))
    return without_idle_channels(svg), data


def redraw(fig: Figure) -> str:
    """The figure as SVG text as `capture` draws it, of code that nobody records: any label, colour and style goes."""
    _finish_all(fig)
    return without_idle_channels(_saved(fig))


def _finish_all(fig: Figure) -> None:
    for axes in all_axes(fig):
        _finish(axes)
    finish_boxes(fig)
    finish_hatches(fig)
    _finish_rotated(fig)
    fig.draw_without_rendering()  # one layout more: the first one misplaces labels of axes with equal scales


def _saved(fig: Figure) -> str:
    import matplotlib

    svg = io.StringIO()
    with matplotlib.rc_context(_SVG_SETTINGS):
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        fig.savefig(svg, format="svg", metadata=nothing, facecolor="none")
    return svg.getvalue()


def _refuse_style() -> None:
    """Raises FigureError where a lesson changed the settings of Matplotlib."""
    import matplotlib

    changed = [key for key, value in _STYLE.items() if key != "backend" and matplotlib.rcParams[key] != value]
    if changed:
        names = ", ".join(changed[:5]) + (", …" if len(changed) > 5 else "")
        raise FigureError(f"the house style was changed ({names}); leave style and rcParams alone")


def _finish(axes: Axes) -> None:
    """No grid over pictures or along categories; plain numbers (0.001) instead of mathtext on logarithmic axes."""
    from matplotlib.category import StrCategoryLocator
    from matplotlib.ticker import LogFormatter, LogFormatterMathtext

    class PlainLogFormatter(LogFormatter):
        def __call__(self, x: float, pos: int | None = None) -> str:
            number = re.sub(r"e([-+])0*", lambda sign: "e" + sign[1].strip("+"), f"{x:g}")
            return number if super().__call__(x, pos) else ""

    if axes.images:
        axes.grid(False)
        axes.spines[:].set_visible(False)
    for axis in (axes.xaxis, axes.yaxis):
        if isinstance(axis.get_major_locator(), StrCategoryLocator):
            axis.grid(False)
            axis.set_tick_params(length=0)
        for which in ("major", "minor"):
            old = getattr(axis, f"get_{which}_formatter")()
            if isinstance(old, LogFormatterMathtext):
                base = getattr(axis.get_transform(), "base", 10)
                new = PlainLogFormatter(base, old.labelOnlyBase, old.minor_thresholds)
                getattr(axis, f"set_{which}_formatter")(new)


def _finish_rotated(fig: Figure) -> None:
    """Anchors rotated texts where that moves nothing: an SVG can centre an anchored text in another language."""
    from matplotlib.text import Text

    for text in fig.texts:
        if text.get_text() == fig.get_supylabel() and text.get_horizontalalignment() == "left":
            text.set(ha="center", va="top", rotation_mode="anchor")
    for text in fig.findobj(Text):
        if (text.get_horizontalalignment(), text.get_verticalalignment()) == ("center", "center"):
            text.set_rotation_mode("anchor")


def _refuse_labels(fig: Figure) -> None:
    """Raises FigureError for labels that could not be shown well in another language."""
    from matplotlib.cbook import is_math_text
    from matplotlib.quiver import QuiverKey
    from matplotlib.table import Cell
    from matplotlib.text import Text

    inside = [one.get_text() for one in fig.findobj(Cell)] + [one.text for one in fig.findobj(QuiverKey)]
    for text in [*fig.findobj(Text), *inside]:
        said = text.get_text().strip()
        words = bool(labels({"texts": {"text": said}})) and text.get_visible()
        if words and is_math_text(said) and not said.startswith(r"$\mathdefault"):
            raise FigureError(f"the label {said!r} holds mathtext; write plain text (α, x², −log p)")
        if words and "\n" in said:
            raise FigureError(f"the label {said!r} has a line break; shorten it, or use a legend or horizontal bars")
        if words and text.get_path_effects():
            raise FigureError(f"the label {said!r} has path effects; leave them out: pages give texts a halo")
        if words and text.get_rotation() % 360 and text.get_rotation_mode() != "anchor":
            raise FigureError(f'the label {said!r} is rotated; add rotation_mode="anchor", or better do not rotate')
        if said and text.get_visible():
            _refuse_font(text, said)


def _refuse_font(text: Any, said: str) -> None:
    """Raises FigureError for a text in another size or font than the house's."""
    size, family = text.get_fontsize(), text.get_fontfamily()
    if size not in (LARGE, SMALL):
        hint = "leave its size alone, and make room: fewer or shorter texts, wider columns, a higher figure"
        sentence = f"the text {said!r} has the size {size:g}, the house style has {LARGE} and {SMALL}; {hint}"
        raise BlamedError(sentence, lambda node: isinstance(node, ast.keyword) and node.arg in _SIZES)
    if family != ["DejaVu Sans"]:
        sentence = f"the text {said!r} has the font {', '.join(family)}; leave the font alone"
        raise BlamedError(sentence, lambda node: isinstance(node, ast.keyword) and node.arg in _FONTS)
