"""Notebooks and scripts from elsewhere: read through nbformat and Jupytext into cells of prose and of code."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from lessonkit.authoring.dialects import as_percent
from lessonkit.authoring.restructuredtext import to_markdown
from lessonkit.lesson.cells import LessonError, Problem
from lessonkit.lesson.text_file import read_text

BANNER = re.compile(r"^#{20,}[ \t]*$", re.MULTILINE)
BANNER_TOO = re.compile(r"^# ?%%[ \t]*(?P<title>.*)$", re.MULTILINE)
"""What sphinx-gallery reads as a banner as well."""
MAGIC = re.compile(r"^[ \t]*(?:[%!]|\?\w)|^[^#'\"\n]*\w\?{1,2}[ \t]*$")
CELL_MAGIC = re.compile(r"\s*%%(?P<name>\w+)")
PYTHON = re.compile("capture|lprun|memit|mprun|prun|python3?|time|timeit")
"""Magics whose cell is Python all the same."""
OTHERS = re.compile("bash|cmd|file|html|javascript|js|latex|markdown|perl|r|ruby|script|sh|sql|svg", re.IGNORECASE)
"""Those whose cell is never Python; of any other, its text decides."""
CONFIGURES = re.compile(r"[ \t]*get_ipython\(\)\..*|#[ \t]*sphinx_gallery_\w+(?:[ \t]*=.*)?")
"""Lines that speak to the program which shows the notebook."""
FORM = re.compile(
    r"[ \t]*#[ \t]*@(?P<name>title|markdown|param)\b[ \t]*(?P<text>.*?)[ \t]*(?:\{.*\})?[ \t]*$", re.MULTILINE
)
"""Comments by which Colab makes a form."""
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
    """A file from elsewhere. `left_out` is what no lesson can have of it, `license` what it says of its own."""

    path: Path
    cells: tuple[Cell, ...]
    left_out: tuple[str, ...] = ()
    license: str = ""


def read_document(path: Path) -> Document:
    """A notebook, a percent script or a script of sphinx-gallery. Raises LessonError where it is none."""
    suffix = path.suffix.lower()
    if suffix not in (".ipynb", ".py"):
        hint = "Save it as a notebook (.ipynb) or as a Python script (.py)."
        raise LessonError(Problem(path, 1, "only notebooks and Python scripts can be brought here", (path.name,), hint))
    text = read_text(path)
    gallery = suffix == ".py" and _is_gallery(text)
    kind = "py:sphinx" if gallery and BANNER.search(text) else "py:percent"
    if kind == "py:sphinx":
        text = BANNER_TOO.sub(lambda mark: "\n# ".join(filter(None, ("#" * 79, mark["title"]))), text)
    try:
        is_notebook = suffix == ".ipynb"
        with warnings.catch_warnings(action="ignore"):  # nbformat's, about ids of cells
            notebook = nbformat.reads(text, 4) if is_notebook else jupytext.reads(as_percent(text), fmt=kind)
        found = [(one.cell_type, str(one.source), one) for one in notebook.cells]
        speaks = _language(notebook.metadata)
    except Exception as error:  # whatever Jupytext and nbformat raise for a damaged file
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        hint = "Open it in Jupyter and save it again."
        line = getattr(error.__context__, "lineno", 1)  # that of damaged JSON
        raise LessonError(
            Problem(path, line, "this file cannot be read as a notebook", (reason[:200],), hint)
        ) from None
    if speaks and "python" not in speaks.lower():
        sentence = f"the code of this notebook is {speaks}, and a lesson is Python"
        raise LessonError(Problem(path, 1, sentence, (), "Write its code in Python first."))
    cells: list[Cell] = []
    left_out: list[str] = []
    for number, (kind, source, whole) in enumerate(found, 1):
        if (title := _title(whole)) and not (kind == "markdown" and source.lstrip().startswith("#")):
            cells.append(Cell(number, False, title))
        if kind == "markdown":
            cells.append(Cell(number, False, to_markdown(source) if gallery else source.strip()))
            left_out += [f"cell {number}: the picture {name}, attached to it" for name in whole.get("attachments", {})]
        elif kind == "raw":
            left_out += [f"cell {number}, which is raw: {line}" for line in source.split("\n") if line.strip()]
        elif not (gallery and source == JUPYTEXTS_OWN):
            drew = any(form.startswith("image/") for one in whole.get("outputs", []) for form in one.get("data", {}))
            begins = suffix == ".py" and not any(cell.is_code for cell in cells)
            cells += _code(number, source, gallery, begins, drew, left_out)
    cells = [cell for cell in cells if cell.text.strip()]
    if not cells:
        raise LessonError(Problem(path, 1, "there is nothing in this file", (), "Name another one."))
    licence = notebook.metadata.get("license") or ""
    return Document(
        path, tuple(cells), tuple(left_out), licence if isinstance(licence, str) else licence.get("name", "")
    )


def _language(metadata: Mapping[str, Any]) -> str:
    """The language that the code of a notebook is in, if it says so."""
    named = (metadata.get("kernelspec", {}).get("language"), metadata.get("language_info", {}).get("name"))
    return str(next(filter(None, named), ""))


def _title(cell: nbformat.NotebookNode) -> str:
    """What stands behind the `# %%` of a cell, as a heading."""
    title = str(cell["metadata"].get("title") or "").strip()
    return f"{'#' * (2 + int(cell['metadata'].get('cell_depth', 0)))} {title}" if title else ""


def _is_gallery(text: str) -> bool:
    """Whether a script begins as those of sphinx-gallery: a docstring with an underlined title."""
    try:
        docstring = ast.get_docstring(ast.parse(text)) or ""
    except (SyntaxError, ValueError):
        return False
    return bool(re.search(r"^\S.*\n[=\-~*#\"]{3,}\s*$", docstring, re.MULTILINE))


def _code(number: int, source: str, gallery: bool, begins: bool, drew: bool, left_out: list[str]) -> list[Cell]:
    lines = source.split("\n")
    if _is_foreign(lines):
        left_out += [f"cell {number}: {line.strip()}" for line in lines if line.strip()]
        return []
    magics = [line for line in lines if CONFIGURES.fullmatch(line)]
    magics += [line for line in lines if MAGIC.match(line) and not _reads_as_python(source)]
    left_out += [f"cell {number}: {line.strip()}" for line in magics]
    source = "\n".join(line for line in lines if line not in magics).strip("\n")
    texts = [found["text"] for found in FORM.finditer(source) if found["name"] != "param"]
    cells = [Cell(number, False, text) for text in texts if text]
    left_out += [
        f"cell {number}: {found.group().strip()}" for found in FORM.finditer(source) if found["name"] == "param"
    ]
    source = FORM.sub("", source)
    if (gallery or begins) and (docstring := _docstring(source)):
        cells.append(Cell(number, False, to_markdown(docstring[0]) if gallery else docstring[0]))
        source = docstring[1]
    if not gallery:
        words = re.sub(r"^[ \t]*# ?", "", source, flags=re.MULTILINE) if _is_comment(source) else ""
        return [*cells, Cell(number, not words, words or source.strip("\n"), drew)]
    if (found := COMMENTS.match(source)) and len(found["text"].split()) > 6:
        text = re.sub(r"^# ?", "", found["text"], flags=re.MULTILINE)
        cells.append(Cell(number, False, to_markdown(text)))
        source = source[found.end() :]
    return [*cells, Cell(number, True, source.strip("\n"), drew)]


def _is_comment(source: str) -> bool:
    """Whether a cell has comments and nothing else."""
    return all(line.lstrip().startswith("#") for line in source.split("\n") if line.strip())


def _is_foreign(lines: list[str]) -> bool:
    """Whether a cell begins with a magic by which all of it is no Python."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not (magic := CELL_MAGIC.match(lines[first])) or PYTHON.fullmatch(magic["name"]):
        return False
    return bool(OTHERS.fullmatch(magic["name"])) or not _reads_as_python("\n".join(lines[first + 1 :]))


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
