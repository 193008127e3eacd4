"""How a program is written down: imports first, then statements with their comments, spaced as `ruff format` does."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise

from lessonkit.lesson.global_names import global_names
from lessonkit.lesson.syntax_tree import first_line, parsed

WIDTH = 76
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)


@dataclass(frozen=True)
class Piece:
    """Statements as a program shows them, with their comments; `gap` says whether a blank line stands above.

    `span` is where they stand in the text of their cell: the first line, from 0, and the one behind the last.
    """

    text: str
    nodes: tuple[ast.stmt, ...]
    gap: bool = True
    span: tuple[int, int] = (0, 0)

    @cached_property
    def imports(self) -> set[str]:
        """The names that it imports, if that is all it does and they are known."""
        names = {name for node in self.nodes if isinstance(node, IMPORTS) for *_, name in _imported(node)}
        return names if all(isinstance(node, IMPORTS) for node in self.nodes) and "*" not in names else set()


@lru_cache(maxsize=4096)
def pieces(source: str) -> tuple[Piece, ...]:
    """The statements of a cell (one, if they share a line) with the comments right above and those indented below."""
    lines = source.split("\n")
    spans: list[tuple[int, int, list[ast.stmt]]] = []
    for node in parsed(source):
        first, nodes = first_line(node, lines) - 1, [node]
        if spans and first < spans[-1][1]:
            first, _, before = spans.pop()
            nodes = [*before, node]
        spans.append((first, node.end_lineno or node.lineno, nodes))
    found: list[Piece] = []
    end = 0
    for first, last, nodes in spans:
        while first > end and lines[first - 1].startswith("#"):
            first -= 1
        gap = first == 0 or not lines[first - 1]
        end = last
        for number, line in enumerate(lines[last:], last + 1):
            if re.match(r"\s+#", line):
                end = number
            elif line:
                break
        found.append(Piece("\n".join(lines[first:end]), tuple(nodes), gap, (first, end)))
    return tuple(found)


def listing(kept: Sequence[Sequence[Piece]], own: Sequence[str], show: str = "") -> str:
    """A program: what is kept of each cell before, the texts of its own cells, and the line that shows its figure.

    Imports stand at its top, unless other statements bind the same names; those from before are cut to what is used.
    """
    before = _paragraphs(kept)
    parts = [pieces(text) for text in own]
    inside = [piece for found in parts for piece in found]
    bare = [] if not before or all(piece.imports for piece in inside) else inside
    movable = [piece for piece in bare if "#" not in piece.text]
    taken = _taken([*before, *inside])
    top = [piece for piece in [*before, *movable] if piece.imports and not piece.imports & taken]
    body = [piece for piece in before if piece not in top]
    for text, found in zip(own, parts, strict=True):
        text = _without(text, [piece.span for piece in found if piece in movable and piece in top])
        body += [Piece(text, parsed(text))] if text else []
    body += [Piece(show, parsed(show), gap=False)] if show else []
    reads = (global_names(piece.text).reads for piece in body)
    used = set().union(*reads, *(piece.imports for piece in movable))
    head = [Piece(text, (ast.Pass(),)) for text in _sections(_import_nodes(top), used)]
    return _joined([*head, replace(body[0], gap=True), *body[1:]])


def _import_nodes(parts: Iterable[Piece]) -> Iterator[ast.Import | ast.ImportFrom]:
    return (node for piece in parts for node in piece.nodes if isinstance(node, ast.Import | ast.ImportFrom))


def _taken(parts: Sequence[Piece]) -> Set[str]:
    """The names that do not stand for one import alone."""
    origins: dict[str, set[str]] = {}
    for node in _import_nodes(piece for piece in parts if piece.imports):
        for module, name, asname, bound in _imported(node):
            origins.setdefault(bound, set()).add(f"{module} {name if module or asname else bound}")
    others = (global_names(piece.text).binds for piece in parts if not piece.imports)
    return {name for name, found in origins.items() if len(found) > 1}.union(*others)


def _paragraphs(kept: Sequence[Sequence[Piece]]) -> list[Piece]:
    """The kept statements: those of a cell stay as they stand there, single lines of several cells stand together."""
    found: list[Piece] = []
    for first, *others in kept:
        gap = not found or "\n" in found[-1].text or "\n" in first.text
        found += [replace(first, gap=gap), *others]
    return found


def _without(source: str, spans: Sequence[tuple[int, int]]) -> str:
    """A text without these lines, which are whole statements; of the gaps above and below the wider one stays."""
    lines = source.split("\n")
    for first, end in reversed(spans):
        above, below = 0, 0
        while first - above and not lines[first - above - 1]:
            above += 1
        while end + below < len(lines) and not lines[end + below]:
            below += 1
        lines[first - above : end + below] = [""] * max(above, below)
    return "\n".join(lines).strip("\n")


def _joined(parts: Sequence[Piece]) -> str:
    """The parts below each other."""
    text = parts[0].text
    for above, part in pairwise(parts):
        spaced = isinstance(above.nodes[-1], DEFINITIONS) or isinstance(part.nodes[0], DEFINITIONS)
        text += "\n" * (3 if spaced else 1 + part.gap) + part.text
    return text


def _imported(node: ast.Import | ast.ImportFrom) -> list[tuple[str, str, str | None, str]]:
    """Module ("" for a plain import), name, `as` name, and the name that it binds."""
    module = f"{'.' * node.level}{node.module or ''}" if isinstance(node, ast.ImportFrom) else ""
    bound = (alias.asname or (alias.name if module else alias.name.partition(".")[0]) for alias in node.names)
    return [(module, alias.name, alias.asname, name) for alias, name in zip(node.names, bound, strict=True)]


def _sections(nodes: Iterable[ast.Import | ast.ImportFrom], used: Set[str]) -> list[str]:
    """The imports of the names that are used, merged and sorted as ruff does: standard library first, then others."""
    lines: dict[tuple[int, bool, str, str, str], set[str]] = {}
    for module, name, asname, bound in (one for node in nodes for one in _imported(node)):
        if bound in used or module == "__future__":
            root = (module or name).partition(".")[0]
            section = 0 if root == "__future__" else 1 if root in sys.stdlib_module_names else 2
            text = f"{name} as {asname}" if asname else name
            key = (section, bool(module), (module or name).lower(), text if asname else "", module)
            lines.setdefault(key, set()).add(text)
    sections: dict[int, list[str]] = {}
    for (section, *_, module), names in sorted(lines.items()):
        sections.setdefault(section, []).append(_import_line(module, sorted(names, key=_rank)))
    return ["\n".join(section) for section in sections.values()]


def _import_line(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}" if module else f"import {names[0]}"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"from {module} import (", *(f"    {name}," for name in names), ")"])


def _rank(name: str) -> tuple[int, str]:
    """Constants stand before classes, and those before other names."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2, name.lower())
