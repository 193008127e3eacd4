"""A lesson as a Jupyter notebook in one language, with its recorded outputs; nothing is run to make it.

`parts` cuts a lesson into the cells of a notebook. `program` makes a plain Python file of the same parts, and
`notebook_page` the page that shows the notebook.
"""

from __future__ import annotations

import ast
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from lessonkit.checks.check import check_figures, figure_html
from lessonkit.drawing.figure_file import as_image, svg_file
from lessonkit.lesson.captions import caption
from lessonkit.lesson.cells import CODE_KINDS, CODE_LANGUAGE, LAB, LABELLED, Code, Lesson, LessonError, Problem, Prose
from lessonkit.lesson.choices import shown_lines
from lessonkit.lesson.code_cells import last_line
from lessonkit.lesson.exercises import starter
from lessonkit.lesson.prose import headings
from lessonkit.lesson.syntax_tree import parsed
from lessonkit.notebooks.addresses import outward, page_address
from lessonkit.notebooks.commonmark import Link, portable
from lessonkit.notebooks.unsupported import NotPortable
from lessonkit.pages.render import fence, folded
from lessonkit.running.provenance import read_record
from lessonkit.words import say

Json = dict[str, Any]
"""A notebook, or a part of one, as nbformat has it."""

INSTALLED_AS = {"sklearn": "scikit-learn", "mpl_toolkits": "matplotlib"}
"""Packages that are installed under another name than they are imported."""

RETURN_NOTHING = {"append", "backward", "extend", "filterwarnings", "print", "set_printoptions", "step", "zero_grad"}
"""Functions after which Jupyter shows nothing anyway."""


FOLDED = {"solution": "success", "wrong": "failure"}
"""The kinds of parts that are folded, and the admonition that they are."""


@dataclass(frozen=True)
class Part:
    """One cell of a notebook: Material's Markdown or code.

    `kind` is "prose", "note", "caption", "solution", "wrong" (answers) or a kind of code cell; of an exercise the text
    is the starter.
    `line` is where the text begins in the lesson's file, `section` the anchor above, `cell` the code it belongs to.
    """

    kind: str
    text: str
    line: int
    section: str
    cell: Code | None = None

    @property
    def is_code(self) -> bool:
        """Whether it is a code cell."""
        return self.kind in (*CODE_KINDS, LAB)

    @property
    def code(self) -> Code:
        """The code it belongs to. Raises ValueError for prose, which belongs to none."""
        if self.cell is None:
            raise ValueError(f"a part of kind {self.kind} belongs to no code")
        return self.cell


def parts(lesson: Lesson, lang: str, note: str) -> Iterator[Part]:
    """The cells of the notebook in order; `note` stands right below the title."""
    section = ""
    for cell in lesson.cells:
        if isinstance(cell, Code):
            yield from _code(lesson, cell, lang, section) if cell.kind in (*CODE_KINDS, LAB) else ()
        elif cell.lang in (lang, "") and cell.kind not in LABELLED:
            first, section = (
                not section,
                next(reversed([one.anchor for one in headings(cell.markdown) if one.anchor]), section),
            )
            yield from _first(cell, section, note) if first else [Part("prose", cell.markdown, cell.line + 1, section)]


def _first(cell: Prose, section: str, note: str) -> Iterator[Part]:
    """The first cell holds the title and the note, the next one the rest of the lesson's first text."""
    title, _, text = cell.markdown.partition("\n")
    yield Part("prose", f"{title}\n\n{note}", cell.line + 1, section)
    if rest := text.lstrip("\n"):
        yield Part("prose", rest, cell.line + 2 + len(text) - len(rest), section)


def _code(lesson: Lesson, cell: Code, lang: str, section: str) -> Iterator[Part]:
    line, source = cell.line + 1, cell.sources[lang]
    yield Part(cell.kind, starter(source) if cell.kind == "exercise" else quiet(source), line, section, cell)
    if cell.kind == "check":
        exercise = lesson.exercises[cell.name]
        printed = [fence("\n".join(one.recorded), "text") for one in (exercise.cell, cell) if one.recorded]
        answer = "\n\n".join([fence(exercise.solution(lang), "python"), *printed])
        yield Part("solution", answer, exercise.cell.line + 1, section, cell)
        if exercise.wrong:
            said = (part for one in exercise.wrong for part in (one.reasons[lang], fence(one.sources[lang], "python")))
            yield Part("wrong", "\n\n".join(said), exercise.wrong[0].line + 1, section, cell)
    if cell.tolerance:
        yield Part("note", say(lang, "tolerance", percent=cell.tolerance * 100), line, section, cell)
    if cell.kind == "figure":
        text = f"**{say(lang, 'figure', 'notebook')}** {caption(lesson, cell.name, lang).text}"
        yield Part("caption", text, lesson.caption(cell.name, lang).line + 1, section, cell)


@lru_cache(maxsize=1024)
def quiet(source: str) -> str:
    """Code that shows no value of its last expression: Jupyter would, a program does not; a `;` keeps both quiet."""
    body = parsed(source)
    last = body[-1] if body else None
    if not isinstance(last, ast.Expr) or ast.unparse(last).partition("(")[0].rpartition(".")[2] in RETURN_NOTHING:
        return source
    lines = source.split("\n")
    at = last_line(last) - 1
    line, end = lines[at].encode(), last.end_col_offset
    lines[at] = line[:end].decode() + ";" + line[end:].decode().lstrip(";")
    return "\n".join(lines)


def note(lesson: Lesson, lang: str, site_url: str = "") -> str:
    """What stands below the title: where this comes from, what it was recorded with, what it needs."""
    record = read_record(lesson)
    sentences = [say(lang, "origin", "notebook", url=page_address(lesson.slug, site_url))] if site_url else []
    if record:
        torch = f"torch {record.platform.torch}, " if record.platform.torch else ""
        sentences.append(say(lang, "recorded", "notebook", place=torch + record.date))
    if names := packages(lesson):
        sentences.append(say(lang, "packages", "notebook", packages=" ".join(names)))
    return " ".join(sentences)


@lru_cache(maxsize=64)
def packages(lesson: Lesson) -> list[str]:
    """What a lesson imports at its top level beside Python's own modules, as pip names it, in order."""
    tops: list[str] = []
    for node in (node for cell in lesson.code for node in parsed(cell.sources[CODE_LANGUAGE])):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
        tops += (name.partition(".")[0] for name in names)
    return list(dict.fromkeys(INSTALLED_AS.get(top, top) for top in tops if top not in sys.stdlib_module_names))


def material(part: Part, lang: str) -> str:
    """The Markdown of a part as lessons are written; a solution is folded, and so are wrong answers."""
    return folded(say(lang, part.kind), [part.text], FOLDED[part.kind]) if part.kind in FOLDED else part.text


def translated(lesson: Lesson, lang: str, markdown: str, line: int, link: Link) -> str:
    """Markdown for a notebook; it begins at `line` of the lesson. Raises LessonError for what notebooks cannot show."""
    lines = list(shown_lines(markdown, lang))
    try:
        return portable("\n".join(text for text, _ in lines), link)
    except NotPortable as error:
        hint = "Say it with what CONTRIBUTING.md lists, or teach notebooks/commonmark.py its form in a notebook."
        if "HTML element" in str(error):
            hint = (
                "Write &lt; for the sign <, what is meant as a name in `code`, and a table with | as Markdown has it."
            )
        at = line + lines[error.line][1]
        raise LessonError(Problem(lesson.path, at, str(error), (error.evidence,), hint)) from None


def notebook(lesson: Lesson, lang: str, *, site_url: str = "", lessons: Collection[str] = ()) -> Json:
    """The notebook as nbformat 4.5 wants it; `site_url` is the address of this language, `lessons` the names of all.

    Raises LessonError for Markdown that notebooks cannot show, and for a figure that is not recorded.
    """
    link, cells = outward(site_url, lessons, ".ipynb"), []
    for id_, part in with_ids(parts(lesson, lang, note(lesson, lang, site_url))):
        if part.is_code:
            cell = code_cell(part, _picture(lesson, part, lang) if part.kind == "figure" else {})
        else:
            text = translated(lesson, lang, material(part, lang), part.line, link)
            cell = {"cell_type": "markdown", "metadata": {}, "source": text}
        # Colab scrolls to an id in the metadata, where it kept them before nbformat had any
        cells.append({"id": id_, **cell, "metadata": {"id": id_, **cell["metadata"]}})
    return of_cells(cells)


def with_ids(found: Iterable[Part]) -> Iterator[tuple[str, Part]]:
    """The parts with the ids of their cells: the section and a number in it."""
    counts: Counter[str] = Counter()
    for part in found:
        counts[part.section] += 1
        yield f"{_short(part.section)}-{counts[part.section]}", part


def _short(anchor: str) -> str:
    """An anchor as an id of nbformat, which has 64 characters: of a long one the end is told by a digest."""
    if len(anchor) <= 56:
        return anchor
    return f"{anchor[:47]}-{hashlib.sha256(anchor.encode()).hexdigest()[:8]}"


def of_cells(cells: list[Json]) -> Json:
    """The notebook of these cells."""
    metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python", "file_extension": ".py", "mimetype": "text/x-python"},
    }
    return {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}


def code_cell(part: Part, picture: dict[str, str]) -> Json:
    """A cell of code, still without its id, with what it printed and, by MIME types, the picture that it drew.

    An exercise and its check have printed nothing yet. The check fails until then, and "Run all" goes on past it.
    """
    metadata = {"tags": ["raises-exception"]} if part.kind == "check" else {}
    outputs: list[Json] = []
    if part.kind not in ("exercise", "check") and part.code.recorded:
        outputs.append({"output_type": "stream", "name": "stdout", "text": "\n".join(part.code.recorded) + "\n"})
    if picture:
        outputs.append({"output_type": "display_data", "data": picture, "metadata": {}})
    code = {"cell_type": "code", "metadata": metadata, "execution_count": None}
    return {**code, "source": part.text, "outputs": outputs}


def _picture(lesson: Lesson, part: Part, lang: str) -> dict[str, str]:
    """A figure by MIME types.

    JupyterLab shows no `image/svg+xml` of a notebook that it does not trust, as one just downloaded, but it shows an
    `<img>`; what does not show that takes the SVG.
    """
    alternative = caption(lesson, part.code.name, lang).alternative
    try:
        svg = svg_file(figure_html(lesson, part.code.name, lang))
    except (OSError, ValueError):
        raise LessonError(*check_figures(lesson)) from None
    return {"text/html": as_image(svg, alternative), "image/svg+xml": svg, "text/plain": alternative}


def to_json(notebook: Json) -> str:
    """The text of an .ipynb file, always the same, laid out as Jupyter writes it."""
    return json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
