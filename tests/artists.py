"""One small figure for each thing that Matplotlib draws, by its name. `fig`, `ax`, `np`, `plt` and `mpl` are there."""

from __future__ import annotations

_PLAIN = """
plot: ax.plot([1, 2, 3], [1, 3, 2], "o-")
scatter: ax.scatter([1, 2, 3], [1, 3, 2])
scatter_outlined: ax.scatter([1, 2, 3], [1, 3, 2], c=[1, 5, 9], edgecolors="C7")
scatter_sizes: ax.legend(*ax.scatter([1, 2, 3], [1, 3, 2], s=[20, 90, 200]).legend_elements(prop="sizes"))
bar: ax.bar([1, 2], [3, 4], hatch="//")
bar_error: ax.bar([1, 2], [3, 4], yerr=[0.5, 0.2], capsize=4)
bar_empty: ax.bar([1, 2], [3, 4], fill=False, hatch="x")
barh: ax.barh([1, 2], [3, 4], xerr=[0.5, 0.2])
bar_label: ax.bar_label(ax.bar([1, 2], [3, 4]))
hist: ax.hist([1, 2, 2, 3, 3, 3], bins=3)
hist2d: ax.hist2d([1, 2, 2, 3, 3, 3], [1, 2, 3, 1, 2, 3], bins=3)
stairs: ax.stairs([1, 3, 2])
fill_between: ax.fill_between([1, 2, 3], [1, 3, 2], alpha=0.4)
fill_between_hatch: ax.fill_between([1, 2, 3], [1, 3, 2], facecolor="none", edgecolor="C1", hatch="//")
fill: ax.fill([1, 2, 3], [1, 3, 1])
stackplot: ax.stackplot([1, 2, 3], [1, 2, 3], [2, 2, 2], [1, 1, 4])
errorbar: ax.errorbar([1, 2, 3], [1, 3, 2], yerr=0.3, xerr=0.2, fmt="s", capsize=4)
stem: ax.stem([1, 2, 3], [1, 3, 2])
step: ax.step([1, 2, 3], [1, 3, 2])
boxplot: ax.boxplot([[1, 2, 3, 9], [2, 3, 4]], showmeans=True, notch=False)
boxplot_filled: ax.boxplot([[1, 2, 3, 9], [2, 3, 4]], patch_artist=True)
violinplot: ax.violinplot([[1, 2, 3, 9], [2, 3, 4]], showmeans=True, showmedians=True)
quiver: ax.quiver([1, 2], [1, 2], [1, 1], [0, 1])
quiverkey: ax.quiverkey(ax.quiver([1, 2], [1, 2], [1, 1], [0, 1]), 0.5, 0.9, 1, "one")
streamplot: ax.streamplot(np.arange(4.0), np.arange(4.0), np.ones((4, 4)), np.eye(4))
barbs: ax.barbs([1, 2], [1, 2], [15, 60], [0, 20])
table: ax.set_axis_off(); ax.table([["1", "2"], ["3", "4"]], colLabels=["a", "b"], rowLabels=["c", "d"], loc="center")
text_box: ax.text(0.3, 0.5, "words", bbox={"boxstyle": "round"})
text_box_paper: ax.text(0.3, 0.5, "words", bbox={"facecolor": "C7", "edgecolor": "C1", "alpha": 0.3})
annotate_plain: ax.annotate("words", (0.1, 0.2), (0.5, 0.6), arrowprops={})
legend_frame: ax.plot([1, 2], label="one"); ax.legend(frameon=True, edgecolor="C7")
legend_title: ax.plot([1, 2], label="one"); ax.plot([2, 1], "s--", label="two"); ax.legend(title="runs", ncols=2)
title_box: ax.set_title("words", backgroundcolor="C7"); ax.set_title("right", loc="right")
imshow: ax.imshow(np.eye(3)); ax.text(1, 1, "1", color="white", ha="center"); ax.plot([0, 2], [0, 2], "k--")
imshow_colours: ax.imshow(np.random.RandomState(0).rand(4, 4, 3))
pcolormesh: ax.pcolormesh(np.arange(12.0).reshape(3, 4))
pcolor: ax.pcolor(np.arange(12.0).reshape(3, 4), edgecolors="C7")
contour: ax.clabel(ax.contour(np.arange(12.0).reshape(3, 4), colors="C0"))
contourf: ax.contourf(np.arange(12.0).reshape(3, 4)); ax.plot([1, 2], [1, 2], "w-")
contourf_house: ax.contourf(np.arange(12.0).reshape(3, 4), levels=[0, 4, 8, 12], colors=["C0", "C1", "C2"], alpha=0.5)
contourf_hatch: ax.contourf(np.arange(12.0).reshape(3, 4), levels=2, colors=["C0", "C1", "C2"], hatches=["/", "x", "."])
hexbin: ax.hexbin(np.arange(30.0) % 7, np.arange(30.0) % 5, gridsize=5)
colorbar: fig.colorbar(ax.imshow(np.eye(3)), label="value")
colorbar_lines: bar = fig.colorbar(ax.contourf(np.eye(4))); bar.add_lines(ax.contour(np.eye(4), colors="C0"))
colorbar_extended: fig.colorbar(ax.pcolormesh(np.eye(3)), extend="both", orientation="horizontal", drawedges=True)
axhspan: ax.axhspan(0.2, 0.4); ax.axvspan(0.2, 0.4, alpha=0.3)
axvline: ax.axvline(0.5); ax.axhline(0.3, color="C7")
axline: ax.axline((0, 0), slope=0.5)
vlines: ax.vlines([1, 2], 0, 1); ax.hlines([0.3], 1, 2)
pie: ax.pie([1, 2, 3, 4, 5, 6, 7, 8], labels=list("abcdefgh"), autopct="%d", wedgeprops={"linewidth": 1})
pie_shadow_free: ax.pie([1, 2], explode=[0, 0.1])
inset: ax.plot([1, 2, 3]); ax.indicate_inset_zoom(inset := ax.inset_axes([0.6, 0.1, 0.3, 0.3])); inset.plot([1, 2])
secondary: ax.plot([1, 2]); ax.secondary_xaxis("top", functions=(lambda x: 2 * x, lambda x: x / 2)).set_xlabel("twice")
broken_barh: ax.broken_barh([(1, 2), (4, 1)], (0, 1))
eventplot: ax.eventplot([[1, 2, 3], [2, 4]])
spy: ax.spy(np.eye(4))
spy_markers: ax.spy(np.eye(4), marker="s")
matshow: ax.matshow(np.eye(4))
tricontour: ax.tricontour([0, 1, 0, 1, 0.5], [0, 0, 1, 1, 0.5], [0, 1, 2, 3, 4], colors="C1")
tricontourf: ax.tricontourf([0, 1, 0, 1, 0.5], [0, 0, 1, 1, 0.5], [0, 1, 2, 3, 4])
tripcolor: ax.tripcolor([0, 1, 0, 1, 0.5], [0, 0, 1, 1, 0.5], [0, 1, 2, 3, 4])
triplot: ax.triplot([0, 1, 0, 1, 0.5], [0, 0, 1, 1, 0.5])
rectangle: ax.add_patch(mpl.patches.Rectangle((0.1, 0.1), 0.4, 0.3))
circle: ax.add_patch(mpl.patches.Circle((0.5, 0.5), 0.2, fill=False))
ellipse: ax.add_patch(mpl.patches.Ellipse((0.5, 0.5), 0.4, 0.2, angle=30, hatch="o"))
polygon: ax.add_patch(mpl.patches.Polygon([(0, 0), (1, 0), (0.5, 1)], closed=True))
wedge: ax.add_patch(mpl.patches.Wedge((0.5, 0.5), 0.3, 20, 200))
arrow_patch: ax.add_patch(mpl.patches.Arrow(0.1, 0.1, 0.5, 0.5))
arrow: ax.arrow(0.1, 0.1, 0.5, 0.5, head_width=0.05)
fancy_box: ax.add_patch(mpl.patches.FancyBboxPatch((0.3, 0.3), 0.3, 0.2))
connection: ax.add_artist(mpl.patches.ConnectionPatch((0.1, 0.1), (0.8, 0.8), "data", "data", arrowstyle="-|>"))
path_patch: ax.add_patch(mpl.patches.PathPatch(mpl.path.Path([(0, 0), (1, 1), (1, 0)])))
line_collection: ax.add_collection(mpl.collections.LineCollection([[(0, 0), (1, 1)], [(0, 1), (1, 0)]]))
patch_collection: ax.add_collection(mpl.collections.PatchCollection([mpl.patches.Circle((0.5, 0.5), 0.2)]))
anchored_text: ax.add_artist(mpl.offsetbox.AnchoredText("words", loc="upper left"))
annotation_box: ax.add_artist(mpl.offsetbox.AnnotationBbox(mpl.offsetbox.TextArea("words"), (0.5, 0.5)))
grid_and_ticks: ax.grid(True, which="both"); ax.minorticks_on(); ax.tick_params(which="both", length=8)
spines: ax.spines[:].set_visible(True); ax.spines["left"].set_position(("data", 0.5))
suptitle: fig.suptitle("words"); fig.supxlabel("below"); fig.supylabel("beside"); fig.text(0.5, 0.5, "middle")
figure_legend: ax.plot([1, 2], label="one"); fig.legend(loc="outside upper right")
twinx: ax.plot([1, 2]); twin = ax.twinx(); twin.plot([9, 3], "C1--"); twin.set_ylabel("other")
loglog: ax.loglog([1, 10, 1000], [1, 5, 30])
symlog: ax.plot([-100, 0, 100]); ax.set_yscale("symlog")
acorr: ax.acorr([1.0, 2.0, 1.0], maxlags=2)
ecdf: ax.ecdf([1, 2, 2, 3])
specgram: ax.specgram(np.sin(np.arange(600.0)), NFFT=64, noverlap=32)
figure_line: fig.add_artist(mpl.lines.Line2D([0, 1], [0.5, 0.5]))
figure_patch: fig.add_artist(mpl.patches.Rectangle((0, 0), 0.1, 0.1))
"""
_AXES = {
    "polar": ('"polar"', "ax.plot([0, 1, 2], [1, 2, 3]); ax.bar([3, 4], [1, 2], width=0.5)"),
    "3d_plot": ('"3d"', "ax.plot([1, 2, 3], [1, 3, 2], [1, 2, 3]); ax.scatter([1], [1], [1]); ax.set_zlabel('z axis')"),
    "3d_surface": (
        '"3d"',
        "ax.plot_surface(*np.meshgrid([0, 1, 2], [0, 1, 2]), np.arange(9.0).reshape(3, 3), shade=False)",
    ),
    "3d_surface_cmap": (
        '"3d"',
        "ax.plot_surface(*np.meshgrid([0, 1], [0, 1]), np.eye(2), cmap='viridis', edgecolors='C7')",
    ),
    "3d_wireframe": ('"3d"', "ax.plot_wireframe(*np.meshgrid([0, 1, 2], [0, 1, 2]), np.arange(9.0).reshape(3, 3))"),
    "3d_bar": ('"3d"', "ax.bar3d([1, 2], [1, 2], 0, 0.5, 0.5, [1, 2], shade=False)"),
    "3d_quiver": ('"3d"', "ax.quiver([1], [1], [1], [1], [0], [1])"),
    "3d_text": ('"3d"', "ax.text(0.5, 0.5, 0.5, 'words')"),
}
ARROWS = [
    *("-", "<-", "->", "<->", "<|-", "-|>", "<|-|>", "]-", "-[", "]-[", "|-|", "]->", "<-["),
    *("fancy", "simple", "wedge"),
]


def _figure(code: str, projection: str = "None") -> str:
    layout = "constrained" if "outside" in code else "none"  # without layout they are drawn in half the time
    return f"fig, ax = plt.subplots(layout='{layout}', subplot_kw={{'projection': {projection}}})\n{code}\n"


ARTISTS = {name: _figure(code) for name, _, code in (line.partition(": ") for line in _PLAIN.strip().split("\n"))}
ARTISTS |= {name: _figure(code, projection) for name, (projection, code) in _AXES.items()}
ARTISTS |= {
    f"annotate {style}": _figure(
        f'ax.annotate("words", (0.1, 0.2), (0.5, 0.6), arrowprops={{"arrowstyle": "{style}"}})'
    )
    for style in ARROWS
}
REFUSED = {
    "red": (_figure('ax.plot([1, 2], color="red")'), "#ff0000 (red)"),
    "number": (_figure('ax.plot([1, 2], color="#123456")'), "#123456"),
    "tuple": (_figure("ax.plot([1, 2], color=(0, 0, 0))"), "#000000 (black)"),
    "grey level": (_figure('ax.bar([1], [2], color="0.5")'), "#808080"),
    "letter": (_figure('ax.plot([1, 2], "k--")'), "#000000 (black)"),
    "white": (_figure('ax.bar([1, 2], [1, 2], edgecolor="white")'), "#ffffff (white)"),
    "black text": (_figure('ax.text(0.5, 0.5, "words", color="k")'), "#000000 (black)"),
    "black quiver": (_figure('ax.quiver([1, 2], [1, 2], [1, 1], [0, 1], color="k")'), "#000000 (black)"),
    "default blue": (_figure('ax.plot([1, 2], color="tab:blue")'), "#1f77b4"),
    "face": (_figure('ax.set_facecolor("0.9")'), "#e6e6e6"),
    "spine": (_figure('ax.spines["left"].set_color("black")'), "#000000 (black)"),
    "grid": (_figure('ax.grid(color="lightgray")'), "#d3d3d3"),
    "ticks": (_figure('ax.tick_params(colors="k")'), "#000000 (black)"),
    "table": (_figure('ax.table([["1"]], cellColours=[["yellow"]])'), "#ffff00 (yellow)"),
    "hatch": (_figure('ax.bar([1], [1], hatch="/", hatchcolor="lime")'), "#00ff00 (lime)"),
    "marker": (_figure('ax.plot([1, 2], "o", mec="navy")'), "#000080 (navy)"),
    "shadow": (_figure('ax.plot([1, 2], label="a"); ax.legend(shadow=True)'), "is not one of the house style"),
    "levels": (_figure('ax.contourf(np.eye(3), colors=["red", "blue"], levels=[0, 0.5, 1])'), "#ff0000 (red)"),
    "map in hand": (
        _figure("ax.bar([1, 2], [1, 2], color=plt.cm.viridis([0.1, 0.9]))"),
        "is not one of the house style",
    ),
    "stroke": (
        _figure('ax.plot([1, 2], path_effects=[mpl.patheffects.withStroke(linewidth=9, foreground="w")])'),
        "#ffffff (white)",
    ),
    "words in outline": (
        _figure('ax.text(0.5, 0.5, "words", path_effects=[mpl.patheffects.withStroke(linewidth=3)])'),
        "path effects",
    ),
    "smooth": (_figure('ax.pcolormesh(np.eye(3), shading="gouraud")'), "use imshow"),
    "red on an image": (_figure('ax.imshow(np.eye(3)); ax.text(1, 1, "a", color="red")'), "#ff0000 (red)"),
    "white beside an image": (
        _figure('ax.imshow(np.eye(3)); ax.set_xlim(-5, 5); ax.text(4, 1, "a", color="white")'),
        "#ffffff (white)",
    ),
    "points in a colormap": (_figure("ax.scatter([1, 2], [1, 2], c=[1, 2])"), 'edgecolors="C7"'),
    "lines in a colormap": (_figure("ax.contour(np.arange(12.0).reshape(3, 4))"), 'colors="C0"'),
    "surface in a colormap": (
        _figure("ax.plot_surface(*np.meshgrid([0, 1], [0, 1]), np.eye(2), cmap='viridis')", '"3d"'),
        'edgecolors="C7"',
    ),
    "sparse hexagons": (_figure("ax.hexbin([0, 9, 9], [0, 9, 0], gridsize=9, mincnt=1)"), 'edgecolors="C7"'),
    "arrows in a colormap": (_figure("ax.quiver([1, 2], [1, 2], [1, 1], [0, 1], [1, 2])"), "viridis (Quiver)"),
    "shaded surface": (
        _figure("ax.plot_surface(*np.meshgrid([0, 1], [0, 1]), np.eye(2))", '"3d"'),
        "shade=False",
    ),
    "size": (_figure('ax.set_title("words", fontsize=9)'), "the text 'words' has the size 9"),
    "tick size": (_figure('ax.tick_params(labelsize="small")'), "has the size"),
    "font": (_figure('ax.set_title("words", family="serif")'), "the font serif"),
    "crowded table": (_figure('ax.table([["a long text of many words"] * 4])'), "fewer or shorter texts"),
    "setting": (_figure('plt.rcParams["lines.linewidth"] = 5'), "the house style was changed (lines.linewidth)"),
    "style": (_figure('plt.style.use("ggplot")'), "the house style was changed"),
    "style for a while": (
        'with plt.style.context("ggplot"):\n    fig, ax = plt.subplots()\n    ax.plot([1, 2])\n',
        "is not one of the house style",
    ),
    "window": (_figure("plt.show()"), "plt.show() opens a window"),
    "window of a figure": (_figure("fig.show()"), "fig.show() opens a window"),
}
"""Figures that are refused, each with what is said of it."""
