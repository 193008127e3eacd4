"""Colours that Matplotlib has written into its functions, where no style reaches: given their place in the house style.

What a lesson says itself always counts. Matplotlib is imported by the functions.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from lessonkit.drawing.figure_svg import HOUSE, FigureError

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

INK, PAPER = HOUSE["ink"], HOUSE["paper"]


def replace_defaults() -> None:
    """Lets functions of Matplotlib draw in the house's colours where they would draw in black."""
    from matplotlib.axes import Axes
    from matplotlib.collections import PathCollection
    from matplotlib.table import Table

    _prefer(Axes, "bar", "ecolor", INK)
    _prefer(Axes, "quiver", "color", INK, "facecolor", "facecolors", "fc")
    _prefer(Axes, "barbs", "barbcolor", INK, "flagcolor", "facecolor", "facecolors", "edgecolor", "edgecolors", "color")
    _prefer(Axes, "indicate_inset", "edgecolor", HOUSE["axis"])
    _prefer(PathCollection, "legend_elements", "color", INK, only_with=("prop", "sizes"))
    Table.FONTSIZE = 16  # by which it sizes its rows


def forbid_windows() -> None:
    """Refuses what opens a window: the figures of a lesson are taken, not shown. A program may show its own."""
    import matplotlib.pyplot as plt
    from matplotlib.figure import Figure

    plt.show = _no_window("plt.show()")
    Figure.show = _no_window("fig.show()")  # type: ignore[method-assign]  # it is replaced on purpose


def _prefer(owner: type, name: str, key: str, ours: Any, *others: str, only_with: tuple[str, str] = ("", "")) -> None:
    """Gives a method another default for an argument that it takes by name, unless one of `others` is given.

    `only_with`: the name of its first argument, and what that must be.
    """
    method = getattr(owner, name)
    if hasattr(method, "prefers"):
        return

    @functools.wraps(method)
    def preferring(self: Any, *args: Any, **kwargs: Any) -> Any:
        said = {key, *others} & kwargs.keys()
        wanted = not only_with[0] or only_with[1] in (kwargs.get(only_with[0]), *args[:1])
        return method(self, *args, **kwargs if said or not wanted else {**kwargs, key: ours})

    vars(preferring)["prefers"] = key
    setattr(owner, name, preferring)


def _no_window(call: str) -> Any:
    def refuse(*_: Any, **__: Any) -> None:
        raise FigureError(f"{call} opens a window; remove it: the figure of a cell is taken when the cell has ended")

    return refuse


def finish_hatches(fig: Figure) -> None:
    """Hatches are drawn in the paper's colour on a filled shape; on an empty one they take the colour of its edge."""
    import numpy as np
    from matplotlib.collections import Collection
    from matplotlib.colors import to_rgba
    from matplotlib.patches import Patch

    for patch in fig.findobj(Patch):
        if patch.get_hatch() and to_rgba(patch.get_facecolor())[3] == 0:
            patch.set_hatchcolor("edge")
    for one in fig.findobj(Collection):
        if one.get_hatch() and not np.any(np.asarray(one.get_facecolor())[:, 3]):
            one.set_hatchcolor("edge")


def finish_boxes(fig: Figure) -> None:
    """Tables and anchored boxes, whose white and black stand in code: the paper's colour and that of the text."""
    from matplotlib.colors import to_rgba
    from matplotlib.offsetbox import AnchoredOffsetbox, AnnotationBbox
    from matplotlib.table import Cell

    boxes: list[Patch] = [*fig.findobj(Cell)]
    boxes += [one.patch for one in fig.findobj(AnchoredOffsetbox)]
    boxes += [one.patch for one in fig.findobj(AnnotationBbox)]
    for box in boxes:
        face, edge = to_rgba(box.get_facecolor()), to_rgba(box.get_edgecolor())
        if face[:3] == (1, 1, 1):
            box.set_facecolor((*_rgb(PAPER), face[3]))
        if edge[:3] == (0, 0, 0):
            box.set_edgecolor((*_rgb(INK), edge[3]))


def _rgb(code: str) -> tuple[float, float, float]:
    from matplotlib.colors import to_rgb

    return to_rgb(code)
