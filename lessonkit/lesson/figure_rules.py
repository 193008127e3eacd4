"""What code of a lesson may not do with Matplotlib, as far as its text tells: open windows, change the house style."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from lessonkit.lesson.source import Source

_WINDOW = re.compile(r"matplotlib\.(pyplot|pylab)\.(show|switch_backend|ion)|matplotlib\.use")
_STYLE = re.compile(
    r"matplotlib\.((pyplot|pylab)\.)?(style\.\w+|rc|rc_context|rcdefaults|rc_file|rc_file_defaults|xkcd|set_cmap)"
    r"|matplotlib\.pyplot\.(set_cmap|gray|viridis|plasma|inferno|magma|hot|cool|jet)"
)
_SETTINGS = re.compile(r"matplotlib\.((pyplot|pylab)\.)?rcParams(\.(update|setdefault|pop|popitem|clear))?")
_KEEPS = 'The house style draws all figures alike; see "A figure" in CONTRIBUTING.md.'
_IMPORTED = {"pylab": "matplotlib.pylab"}


def check_figure_code(source: Source) -> None:
    """Notes each call that opens a window, and each that changes the settings of Matplotlib."""
    nodes = [inner for top in source.nodes for inner in ast.walk(top)]
    names = _names(nodes)
    for node in nodes if names else ():
        if not isinstance(node, ast.stmt | ast.expr):
            continue
        changed = _changed(node, names)
        called = _path(node.func, names) if isinstance(node, ast.Call) else ""
        if _WINDOW.fullmatch(called):
            hint = "Remove it: the figure of a cell is taken when the cell has ended."
            source.problem(node.lineno, "a lesson opens no window", hint=hint)
        elif _STYLE.fullmatch(called) or _SETTINGS.fullmatch(called) or changed:
            sentence = "a lesson does not change style, fonts or settings of Matplotlib"
            source.problem(node.lineno, sentence, hint=f"Remove it. {_KEEPS}")


def _names(nodes: Iterable[ast.AST]) -> dict[str, str]:
    """The names that stand for Matplotlib or a part of it: `plt` for `matplotlib.pyplot`."""
    names: dict[str, str] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                top = alias.name if alias.asname else alias.name.partition(".")[0]
                names[alias.asname or top] = _IMPORTED.get(top, top)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Assign) and (path := _path(node.value, names)):
            names |= {target.id: path for target in node.targets if isinstance(target, ast.Name)}
    return {name: path for name, path in names.items() if path.partition(".")[0] == "matplotlib"}


def _path(node: ast.AST, names: dict[str, str]) -> str:
    """`matplotlib.pyplot.show` for `plt.show`; empty for what is no part of a module."""
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute) and (before := _path(node.value, names)):
        return f"{before}.{node.attr}"
    return ""


def _changed(node: ast.AST, names: dict[str, str]) -> bool:
    """Whether a statement sets or deletes a setting, or puts others in the place of all of them."""
    if not isinstance(node, (ast.Assign, ast.AugAssign, ast.Delete)):
        return False
    targets = [node.target] if isinstance(node, ast.AugAssign) else node.targets
    owners = [getattr(target, "value", target) if isinstance(target, ast.Subscript) else target for target in targets]
    changed = [owner for owner, target in zip(owners, targets, strict=True) if not isinstance(target, ast.Name)]
    return any(_SETTINGS.fullmatch(_path(owner, names)) for owner in changed)
