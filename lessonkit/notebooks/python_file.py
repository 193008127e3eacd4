"""A lesson as one Python file in one language: it runs as it is, and VS Code and Jupytext show its cells.

Whoever fills in the exercises wants to hear whether they are right, and until then the file must run. So an exercise
stands there as its starter, its check behind `if False:`, and the solutions come last, as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from lessonkit.lesson.cells import Code, Lesson
from lessonkit.lesson.tokens import declared, scan
from lessonkit.notebooks.addresses import outward
from lessonkit.notebooks.notebook import FOLDED, Part, note, parts, translated
from lessonkit.programs.standalone_text import pieces
from lessonkit.words import say

MARKDOWN = "# %% [markdown]"
"""The marker of a prose cell."""


def plain_program(lesson: Lesson, lang: str, *, site_url: str = "", lessons: Collection[str] = ()) -> str:
    """The program. Raises LessonError for Markdown that a notebook cannot show either."""
    link = outward(site_url, lessons, ".py")
    below_title = f"{note(lesson, lang, site_url)} {say(lang, 'outputs', 'program')}".strip()
    found = list(parts(lesson, lang, below_title))
    cells = [
        _code(part, lang) if part.is_code else _markdown(translated(lesson, lang, part.text, part.line, link))
        for part in found
        if part.kind not in FOLDED
    ]
    if solutions := [part for part in found if part.kind == "solution"]:
        wrong = {part.code.name: f"\n\n{say(lang, 'wrong')}:\n\n{part.text}" for part in found if part.kind == "wrong"}
        answers = [
            f"### {number}. {part.code.name}\n\n{part.text}{wrong.get(part.code.name, '')}"
            for number, part in enumerate(solutions, 1)
        ]
        text = "\n\n".join([f"## {say(lang, 'solutions', 'program')}", *answers])
        cells.append(_markdown(translated(lesson, lang, text, solutions[0].line, link)))
    if any(part.kind == "figure" for part in found):
        cells.append(f"# %%\n# {say(lang, 'show', 'program')}\nplt.show()")
    marker, *lines = "\n\n".join(map(_without_unused_anchors(cells), cells)).split("\n")
    if declared(lines[0]):  # a title on line 2, "One-hot encoding: from ...", would say how the file is encoded
        lines.insert(0, "#")
    return "\n".join([marker, *lines, ""])


def _markdown(text: str) -> str:
    return "\n".join([MARKDOWN, *(f"# {line}" if line else "#" for line in text.split("\n"))])


def _without_unused_anchors(cells: list[str]) -> Callable[[str], str]:
    """Anchors that nothing in the file links to are noise to whoever reads it as text."""
    linked = set(re.findall(r"\]\(#([\w-]+)\)", "\n".join(cells)))
    anchor = re.compile(r'^# <a id="([\w-]+)"></a>\n#\n', re.MULTILINE)

    def cleaned(cell: str) -> str:
        prose = cell.startswith(f"{MARKDOWN}\n")
        return anchor.sub(lambda found: found.group() if found[1] in linked else "", cell) if prose else cell

    return cleaned


def _code(part: Part, lang: str) -> str:
    return "# %%\n" + _lines(part, lang)


def _lines(part: Part, lang: str) -> str:
    if part.kind == "exercise":
        return part.text
    source = part.code.sources[lang]
    if part.kind == "check":
        return f"# {say(lang, 'check', 'program')}\nif False:\n{_indented(source)}"
    return _with_outputs(part.code, source)


def _with_outputs(cell: Code, source: str) -> str:
    """The code of a cell with each recorded output below the statement that printed it."""
    lines = source.split("\n")
    for piece, statement in reversed(list(zip(pieces(source), cell.statements, strict=True))):
        end = piece.span[1]
        lines[end:end] = [f"# > {line}".rstrip() for line in statement.recorded]
    return "\n".join(lines)


def _indented(source: str) -> str:
    """The code one level in; the later lines of a string stay as they are."""
    within = scan(source).begin_in_string
    lines = enumerate(source.split("\n"), 1)
    return "\n".join(line if number in within or not line else f"    {line}" for number, line in lines)
