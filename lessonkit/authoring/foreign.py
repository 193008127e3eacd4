"""Notebooks and scripts from elsewhere: read through Jupytext into cells of prose and of code."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path

import jupytext

from lessonkit.authoring.restructuredtext import to_markdown
from lessonkit.lesson.cells import LessonError, Problem
from lessonkit.lesson.text_file import read_text

BANNER = re.compile(r"^#{20,}[ \t]*$", re.MULTILINE)
MAGIC = re.compile(r"^[ \t]*(?:[%!]|\?\w)|^[^#'\"\n]*\w\?{1,2}[ \t]*$")
JUPYTEXTS_OWN = "%matplotlib inline"
"""What Jupytext puts before a script of sphinx-gallery, which has none."""
COMMENTS = re.compile(r"\A(?:[ \t]*\n)*(?P<text>(?:#(?: .*)?\n?)+)")


@dataclass(frozen=True)
class Cell:
    """A cell: its number in its file from 1, whether it is code, its text, whether it drew a picture."""

    number: int
    is_code: bool
    text: str
    drew: bool = False


@dataclass(frozen=True)
class Document:
    """A file from elsewhere. `left_out` are its lines that only IPython knows, `license` what it says of its own."""

    path: Path
    cells: tuple[Cell, ...]
    left_out: tuple[str, ...] = ()
    license: str = ""


def read_document(path: Path) -> Document:
    """A notebook, a percent script or a script of sphinx-gallery. Raises LessonError where it is none."""
    if path.suffix not in (".ipynb", ".py"):
        hint = "Save it as a notebook (.ipynb) or as a Python script (.py)."
        raise LessonError(Problem(path, 1, "only notebooks and Python scripts can be brought here", (path.name,), hint))
    text = read_text(path)
    gallery = path.suffix == ".py" and _is_gallery(text)
    kind = "ipynb" if path.suffix == ".ipynb" else "py:sphinx" if gallery and BANNER.search(text) else "py:percent"
    try:
        notebook = jupytext.reads(text, fmt=kind)
        found = [(one.cell_type, str(one.source), one.get("outputs", [])) for one in notebook.cells]
    except Exception as error:  # whatever Jupytext and nbformat raise for a damaged file
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        hint = "Open it in Jupyter and save it again."
        raise LessonError(Problem(path, 1, "this file cannot be read as a notebook", (reason[:200],), hint)) from None
    cells: list[Cell] = []
    left_out: list[str] = []
    for number, (kind, source, outputs) in enumerate(found, 1):
        if kind == "markdown":
            cells.append(Cell(number, False, to_markdown(source) if gallery else source.strip()))
        elif kind == "code" and not (gallery and source == JUPYTEXTS_OWN):
            drew = any("image/png" in one.get("data", {}) for one in outputs)
            cells += _code(number, source, gallery, drew, left_out)
    cells = [cell for cell in cells if cell.text.strip()]
    if not cells:
        raise LessonError(Problem(path, 1, "there is nothing in this file", (), "Name another one."))
    licence = notebook.metadata.get("license") or ""
    return Document(
        path, tuple(cells), tuple(left_out), licence if isinstance(licence, str) else licence.get("name", "")
    )


def _is_gallery(text: str) -> bool:
    """Whether a script begins as those of sphinx-gallery: a docstring with an underlined title."""
    try:
        docstring = ast.get_docstring(ast.parse(text)) or ""
    except (SyntaxError, ValueError):
        return False
    return bool(re.search(r"^\S.*\n[=\-~*#\"]{3,}\s*$", docstring, re.MULTILINE))


def _code(number: int, source: str, gallery: bool, drew: bool, left_out: list[str]) -> list[Cell]:
    lines = source.split("\n")
    magics = [line for line in lines if MAGIC.match(line) and not _reads_as_python(source)]
    left_out += [f"cell {number}: {line.strip()}" for line in magics]
    source = "\n".join(line for line in lines if line not in magics).strip("\n")
    if not gallery:
        return [Cell(number, True, source, drew)]
    cells = []
    if docstring := _docstring(source):
        cells.append(Cell(number, False, to_markdown(docstring[0])))
        source = docstring[1]
    if (found := COMMENTS.match(source)) and len(found["text"].split()) > 6:
        text = re.sub(r"^# ?", "", found["text"], flags=re.MULTILINE)
        cells.append(Cell(number, False, to_markdown(text)))
        source = source[found.end() :]
    return [*cells, Cell(number, True, source.strip("\n"), drew)]


def _reads_as_python(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    return True


def _docstring(source: str) -> tuple[str, str] | None:
    """The docstring that a piece of code begins with, and the code after it."""
    if not _reads_as_python(source):
        return None
    tree = ast.parse(source)
    text = ast.get_docstring(tree)
    if not text:
        return None
    return text, "\n".join(source.split("\n")[tree.body[0].end_lineno :])
