# ruff: noqa: E501 - one case a line
"""Whatever of a figure is seen: a change of it is a difference, on the platform that recorded it and on any other."""

from __future__ import annotations

import json
import math

import pytest
from artists import ARTISTS
from sampled import sampled

from lessonkit.drawing import figures
from lessonkit.drawing.figures import apply_house_style, capture, difference

LINES = "ax.plot([1, 2, 3], [1, 3, 2], 'o-', label='one'); ax.plot([1, 2, 3], [2, 2, 1], 's--', label='two')"
GRID = "np.arange(12.0).reshape(3, 4)"
CHANGES = [
    # lines
    ("ax.plot([1, 2], [1, 2], 'o-', HERE)", ["", "ms=12", "mfc='C1'", "mec='C1'", "mew=3", "lw=1", "alpha=0.5"]),
    ("ax.plot([1, 2], [1, 2], 'o-', HERE)", ["", "zorder=5", "fillstyle='left'", "markevery=2", "drawstyle='steps'"]),
    ("ax.plot([1, 2], [1, 2], 'o-', HERE)", ["", "ls=':'", "ls=(0, (3, 1))", "ls=(0, (5, 1))", "marker='^'"]),
    ("ax.plot([1, 2], [1, 2], 'o-', HERE)", ["", "clip_on=False", "solid_capstyle='round'", "color='C4'"]),
    ("ax.plot([1, 2], [0.1, 0.2], HERE)", ["", "transform=ax.transAxes", "transform=ax.get_xaxis_transform()"]),
    ("ax.plot([1, 2], [1, 2], HERE)", ["marker='$a$'", "marker='$b$'", "marker=(5, 1)", "marker=(6, 1)"]),
    ("ax.axline((0, 0), HERE)", ["slope=1", "slope=2", "xy2=(1, 3)"]),
    # points
    ("ax.scatter([1, 2], [1, 2], HERE)", ["", "s=90", "s=[20, 90]", "marker='^'", "marker='s'", "alpha=0.5", "lw=3"]),
    ("ax.scatter([1, 2], [1, 2], HERE)", ["", "edgecolors='C1'", "facecolors='none', ec='C0'", "zorder=9", "hatch='//'"]),
    ("ax.scatter([1, 2], [1, 2], c=[3, 9], ec='C7', HERE)", ["", "cmap='gray'", "norm='log'", "vmin=0", "vmax=99"]),
    # bars and shapes
    ("ax.bar([1, 2], [1, 2], HERE)", ["", "hatch='/'", "lw=3, ec='C1'", "ec='C1'", "alpha=0.4", "fill=False", "ls='--', ec='C1'"]),
    ("ax.bar([1, 2], [1, 2], HERE)", ["", "width=0.5", "bottom=1", "color=['C1', 'C2']", "zorder=7", "align='edge'"]),
    ("ax.bar([1], [1], hatch='/', HERE)", ["", "hatch_linewidth=5", "hatchcolor='C1'"]),
    ("ax.bar([1, 2], [1, 2], yerr=0.5, HERE)", ["", "capsize=5", "ecolor='C1'", "error_kw={'elinewidth': 5}"]),
    ("ax.add_patch(mpl.patches.Wedge((0, 0), 1, 0, HERE))", ["90", "180", "90, width=0.3"]),
    ("ax.add_patch(mpl.patches.Rectangle((0, 0), 1, 1, HERE))", ["", "angle=20", "joinstyle='round', ec='C1'"]),
    ("ax.add_patch(mpl.patches.FancyBboxPatch((0, 0), 1, 1, HERE))", ["", "boxstyle='sawtooth'", "mutation_scale=3"]),
    # collections
    ("ax.fill_between([1, 2], [1, 2], HERE)", ["", "hatch='/'", "alpha=0.3", "lw=4, ec='C1'", "color='C1'", "step='pre'"]),
    ("ax.vlines([1, 2], 0, 1, HERE)", ["", "lw=5", "ls='--'", "colors=['C1', 'C2']", "alpha=0.3"]),
    ("ax.quiver([1, 2], [1, 2], [1, 1], [0, 1], HERE)", ["", "scale=3", "width=0.02", "pivot='mid'", "headwidth=9"]),
    ("ax.barbs([1, 2], [1, 2], [15, 60], [0, 20], HERE)", ["", "length=12", "pivot='middle'", "barbcolor='C1'"]),
    ("ax.hexbin(np.arange(9) % 4, np.arange(9) % 3, HERE)", ["gridsize=3", "gridsize=4", "gridsize=3, cmap='gray'"]),
    ("ax.errorbar([1, 2], [1, 2], yerr=0.5, HERE)", ["", "capsize=4", "elinewidth=5", "ecolor='C1'", "errorevery=2"]),
    ("ax.stem([1, 2], [1, 2], HERE)", ["", "bottom=0.5", "markerfmt='s'", "basefmt='C2-'", "linefmt='C1--'"]),
    ("ax.streamplot(np.arange(3.0), np.arange(3.0), np.eye(3), np.eye(3), HERE)", ["", "density=0.5", "arrowsize=3"]),
    # images, meshes, contours
    (f"ax.imshow({GRID}, HERE)", ["", "cmap='gray'", "alpha=0.5", "interpolation='bilinear'", "origin='lower'"]),
    (f"ax.imshow({GRID}, HERE)", ["", "vmin=-9", "norm='symlog'", "extent=(0, 1, 0, 1)", "aspect='auto'", "zorder=3"]),
    (f"ax.imshow({GRID}, cmap=mpl.colors.ListedColormap([HERE]))", ["'red', 'blue'", "'red', 'navy'"]),
    (f"ax.imshow({GRID}, norm=mpl.colors.HERE)", ["TwoSlopeNorm(3)", "TwoSlopeNorm(4)", "PowerNorm(2)", "PowerNorm(3)"]),
    (f"ax.imshow({GRID}, cmap='gray', norm=mpl.colors.BoundaryNorm([0, HERE, 12], 255))", ["3", "4"]),
    (f"ax.pcolormesh({GRID}, HERE)", ["", "cmap='gray'", "norm='symlog'", "ec='C7'", "alpha=0.5"]),
    (f"ax.contour({GRID}, levels=[2, 5], HERE)", ["colors='C0'", "colors=['C1', 'C0']", "colors='C0', linewidths=1"]),
    (f"ax.contour({GRID}, levels=[2, 5], colors='C0', HERE)", ["", "linestyles='--'", "alpha=0.3", "zorder=9"]),
    (f"ax.contourf({GRID}, levels=[2, 5, 8], HERE)", ["", "cmap='gray'", "hatches=['/', None]", "colors=['C0', 'C1']"]),
    (f"fig.colorbar(ax.imshow({GRID}), HERE)", ["", "location='top'", "ticks=[1, 5]", "extend='max'", "shrink=0.5"]),
    # texts
    ("ax.text(0.5, 0.5, 'words', HERE)", ["", "ha='right'", "va='top'", "color='C1'", "weight='bold'", "style='italic'"]),
    ("ax.text(0.5, 0.5, 'words', HERE)", ["", "alpha=0.4", "rotation=90, rotation_mode='anchor'", "zorder=0"]),
    ("ax.text(0.5, 0.5, 'words', HERE)", ["", "transform=ax.transAxes", "bbox={}", "bbox={'fc': 'C1'}", "bbox={'pad': 9}"]),
    ("ax.annotate('a', (0, 0), (1, 1), arrowprops={HERE})", ["'arrowstyle': '->'", "'arrowstyle': '-|>'", "'width': 3"]),
    ("ax.annotate('a', (0, 0), (1, 1), arrowprops={'arrowstyle': '->', HERE})", ["", "'lw': 3", "'color': 'C1'", "'ls': '--'"]),
    ("ax.annotate('a', (0, 0), (1, 1), arrowprops={'arrowstyle': HERE})", ["'->'", "'->, head_width=1'"]),
    ("ax.annotate('a', (0, 0), (1, 1), arrowprops={'arrowstyle': '->', HERE})", ["", "'shrinkA': 30", "'connectionstyle': 'arc3,rad=0.3'"]),
    ("ax.annotate('a', (0, 0), HERE)", ["(9, 9), textcoords='offset points'", "(9, 9), textcoords='offset pixels'"]),
    ("ax.set_title('words', HERE)", ["", "loc='center'", "loc='right'", "color='C1'", "pad=30", "weight='bold'"]),
    ("ax.set_xlabel('words', HERE)", ["", "loc='right'", "color='C1'", "labelpad=30"]),
    ("fig.suptitle('words', HERE)", ["", "x=0.2", "color='C1'", "weight='bold'"]),
    ("fig.text(0.5, HERE, 'words')", ["0.5", "0.6"]),
    ("ax.table([['1', '2']], HERE)", ["loc='top'", "loc='center'", "loc='top', colWidths=[0.1, 0.2]", "loc='top', edges='open'"]),
    ("ax.table([['1', '2']], loc='top', HERE)", ["", "cellColours=[['C0', 'C1']]", "cellLoc='center'"]),
    # legends
    (f"{LINES}; ax.legend(HERE)", ["", "loc='upper left'", "loc='lower left'", "ncols=2", "title='runs'", "reverse=True"]),
    (f"{LINES}; ax.legend(HERE)", ["", "frameon=False", "edgecolor='C7'", "framealpha=0.2", "bbox_to_anchor=(0.5, 0.5)"]),
    (f"{LINES}; ax.legend(HERE)", ["", "['one']", "['two', 'one']", "handles=ax.lines[::-1]", "labelcolor='C1'"]),
    (f"{LINES}; ax.legend(HERE)", ["", "markerscale=3", "handlelength=9", "labelspacing=3", "numpoints=3"]),
    (f"{LINES}; fig.legend(HERE)", ["loc='upper left'", "loc='lower left'", "loc='upper left', ncols=2"]),
    # axes
    (f"{LINES}; HERE", ["", "ax.grid(False)", "ax.grid(axis='x')", "ax.grid(color='C1')", "ax.minorticks_on()", "ax.minorticks_on(); ax.grid(True, which='both')"]),
    (f"{LINES}; HERE", ["", "ax.set_xlim(0, 9)", "ax.invert_yaxis()", "ax.margins(0.3)", "ax.set_yscale('log')"]),
    (f"{LINES}; HERE", ["", "ax.set_xticks([1, 3])", "ax.set_xticks([1, 3], ['a', 'b'])", "ax.locator_params(nbins=3)"]),
    (f"{LINES}; HERE", ["", "ax.minorticks_on()", "ax.tick_params(length=9)", "ax.tick_params(direction='in')"]),
    (f"{LINES}; HERE", ["", "ax.tick_params(rotation=90)", "ax.tick_params(labelleft=False)", "ax.set_axis_off()"]),
    (f"{LINES}; HERE", ["", "ax.xaxis.set_major_formatter('{{x:.3f}}')", "ax.ticklabel_format(style='sci', scilimits=(1, 1))"]),
    (f"{LINES}; HERE", ["", "ax.spines.top.set_visible(True)", "ax.spines.left.set_position(('data', 2))", "ax.spines.left.set_color('C1')"]),
    (f"{LINES}; HERE", ["", "ax.set_aspect('equal')", "ax.set_facecolor('C7')", "ax.set_axisbelow('line')", "ax.set_frame_on(False)"]),
    (f"{LINES}; HERE", ["", "ax.set_position([0.2, 0.2, 0.3, 0.3])", "fig.set_figheight(5)", "fig.subplots_adjust(left=0.4)"]),
    (f"{LINES}; HERE", ["", "ax.lines[0].set_zorder(9)", "ax.lines[1].set_visible(False)", "ax.lines[0].remove()"]),
    (f"{LINES}; HERE", ["", "ax.xaxis.tick_top()", "ax.yaxis.set_label_position('right'); ax.set_ylabel('a')", "ax.set_ylabel('a')"]),
    ("ax.plot([-9, 9]); ax.set_yscale('symlog', HERE)", ["linthresh=1", "linthresh=2", "base=2"]),
    (f"{LINES}; twin = ax.twinx(); twin.plot([9, 3], 'C2'); HERE", ["", "twin.set_ylim(0, 20)", "ax.set_zorder(2)"]),
    ("twin = ax.secondary_xaxis(HERE, functions=(np.cos, np.arccos))", ["'top'", "0.5"]),
    ("ax.plot([1, 2]); inner = ax.inset_axes(HERE); inner.plot([1, 2])", ["[0.5, 0.5, 0.3, 0.3]", "[0.5, 0.5, 0.4, 0.3]"]),
    ("ax.plot([1, 2]); ax.indicate_inset([0.2, 0.2, 0.3, 0.3], HERE)", ["", "edgecolor='C1'", "alpha=0.9", "lw=5"]),
]  # fmt: skip
PROJECTED = [
    ("'polar'", "ax.plot([1, 2], [1, 2]); HERE", ["", "ax.set_theta_zero_location('N')", "ax.set_theta_direction(-1)"]),
    ("'3d'", "ax.plot([1, 2], [1, 2], [1, 2]); HERE", ["", "ax.set_zlabel('z')", "ax.set_zlim(0, 9)", "ax.view_init(10, 5)"]),
    ("'3d'", "ax.plot([1, 2], [1, 2], HERE)", ["[1, 2]", "[1, 3]"]),
    ("'3d'", "ax.scatter([1, 2], [1, 2], HERE)", ["[1, 2]", "[1, 3]", "[1, 2], s=99, depthshade=False"]),
]  # fmt: skip
ORDER = "ax.fill_between([0, 1], [1, 1]); ax.bar([0], [1])"


@pytest.fixture(scope="module", autouse=True)
def style():
    """The house style, and no figure open afterwards.

    The picture, which takes half of the time, is left out: tests/test_legible.py draws each of these things whole.
    """
    plt = pytest.importorskip("matplotlib.pyplot")
    apply_house_style()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "_saved", lambda _: "<svg/>")
        yield
    plt.close("all")


def drawn(code: str, projection: str = "None") -> dict:
    """What the figure of some code draws; without a layout, which takes half the time."""
    import matplotlib as mpl
    import matplotlib.pyplot as plt
    import numpy as np

    plt.close("all")
    head = f"fig, ax = plt.subplots(layout='none', subplot_kw={{'projection': {projection}}})\n"
    exec(code if code.startswith("fig, ax") else head + code, {"plt": plt, "mpl": mpl, "np": np})
    return json.loads(json.dumps(capture(plt.gcf())[1], allow_nan=False))


def exactly(recorded, actual) -> bool:
    return recorded == actual


def nearly(recorded, actual) -> bool:
    return math.isclose(recorded, actual, rel_tol=5e-6)


def differences(drawings: list[dict]) -> list[tuple[int, int]]:
    """Which pairs of drawings are taken for the same, by either measure."""
    pairs = [(a, b) for b in range(len(drawings)) for a in range(b)]
    same = (exactly, nearly)
    return [(a, b) for a, b in pairs if not all(difference(drawings[a], drawings[b], same_number=one) for one in same)]


@pytest.mark.parametrize(("code", "variants"), sampled(CHANGES, 8))
def test_each_change_is_a_difference(code: str, variants: list[str]) -> None:
    drawings = [drawn(code.replace("HERE", variant).replace("{{", "{").replace("}}", "}")) for variant in variants]
    same = [(variants[a], variants[b]) for a, b in differences(drawings)]
    assert same == []


@pytest.mark.parametrize(("projection", "code", "variants"), sampled(PROJECTED, 2))
def test_each_change_in_other_projections_is_a_difference(projection: str, code: str, variants: list[str]) -> None:
    drawings = [drawn(code.replace("HERE", variant), projection) for variant in variants]
    assert [(variants[a], variants[b]) for a, b in differences(drawings)] == []


def test_what_lies_on_what_is_a_difference() -> None:
    one, other = ORDER.split("; ")
    assert differences([drawn(ORDER), drawn(f"{other}; {one}")]) == []


@pytest.mark.rest
def test_the_same_code_draws_the_same() -> None:
    for name in ("legend_title", "contourf", "streamplot", "table", "inset", "colorbar"):
        first, second = drawn(ARTISTS[name]), drawn(ARTISTS[name])
        assert difference(first, second, same_number=exactly) is None


def test_a_large_axis_hides_no_change_of_a_look() -> None:
    """Numbers that lie on an axis are seen from its end; sizes and widths do not lie on it."""
    code = "ax.plot([0, 9e6], [0, 9e6], lw={0}); ax.set(xlim=(0, 9e6), ylim=(0, 9e6))"
    assert differences([drawn(code.format(2)), drawn(code.format(3))]) == []


def test_other_machines_may_place_things_a_little_elsewhere() -> None:
    first = drawn("ax.plot([1, 2])")
    second = json.loads(json.dumps(first))
    second["axes"][0]["place"][0] += 0.003
    assert difference(first, second, same_number=nearly) is None
    assert "place[0]" in difference(first, second, same_number=exactly)
    second["axes"][0]["place"][0] += 0.01
    assert "place[0]" in difference(first, second, same_number=nearly)
