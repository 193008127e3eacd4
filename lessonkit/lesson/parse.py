"""From the text of a lesson to its cells; what cannot be read is reported with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from lessonkit.lesson.cells import LABELLED, Code, Lesson, LessonError, Prose, shown
from lessonkit.lesson.code_cells import read_code
from lessonkit.lesson.figure_rules import check_figure_code
from lessonkit.lesson.head import read_head
from lessonkit.lesson.prose import without_fences
from lessonkit.lesson.prose_rules import faults
from lessonkit.lesson.source import MARKDOWN, MARKER, Source, not_prose
from lessonkit.lesson.structure import check_structure
from lessonkit.lesson.syntax import QUOTES, STRAIGHT
from lessonkit.lesson.text_file import read_text
from lessonkit.words import LANGUAGES

OPTION = re.compile(r'[ \t]+(?P<key>\w+)="(?P<value>[^"]*)"')
OPTIONS = {
    "markdown": ("lang", "caption", "question", "differs"),
    "code": (
        "figure",
        "exercise",
        "check",
        "wrong",
        "right",
        "lab",
        "data",
        "accepts",
        "tolerance",
        "ulp",
        "needs",
        "folded",
        "path",
        "anchor",
    ),
}
NAMES = (*LABELLED, "figure", "exercise", "check", "wrong", "right", "lab", "anchor")
NAME = re.compile(r"[a-z][a-z0-9_]*")
MAGIC = re.compile(r"#[ \t]*(?P<magic>%%[A-Za-z]\w*)(?:[ \t].*)?")
NEARLY_MARKER = re.compile(r"#[ \t]*%%")


def read(path: Path) -> Lesson:
    """The lesson in a file. Raises LessonError, also where it cannot be read."""
    return parse(path, read_text(path))


def read_unchanged(path: Path) -> Lesson:
    """As `read`, but the same lesson again for a file that has not changed since."""
    return _read_version(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=64)
def _read_version(path: Path, mtime: int) -> Lesson:
    return read(path)


def parse(path: Path, text: str) -> Lesson:
    """The lesson in a text. Raises LessonError with every problem found."""
    source = Source(path, text)
    head, first = read_head(source)
    cells = [_cell(source, start, end) for start, end in _spans(source, first)]
    if not NAME.fullmatch(path.stem):
        hint = f"Rename it, as in: git mv {shown(path)!r} {shown(path.with_name(_named(path.stem) + '.py'))}"
        source.problem(1, "the file of a lesson is named with small letters, digits and _", (path.name,), hint)
    understood = tuple(cell for cell in cells if cell is not None)
    if len(understood) == len(cells):
        check_structure(source, understood)
        check_figure_code(source)
    if source.problems:
        raise LessonError(*sorted(dict.fromkeys(source.problems), key=lambda problem: problem.line))
    return Lesson(path, text, head, understood)


def _named(stem: str) -> str:
    """A name as a lesson has it, from any other."""
    return re.sub(r"[^a-z0-9]+", "_", stem.lower()).strip("_0123456789") or "my_lesson"


def _spans(source: Source, first: int) -> Iterator[tuple[int, int]]:
    """The lines of each cell's marker and end."""
    inside = {line for top, last in source.spans for line in range(top + 1, last + 1)}
    marks = []
    for number, (column, text) in source.comments.items():
        if number < first or column or not NEARLY_MARKER.match(text):
            continue
        if magic := MAGIC.fullmatch(text):
            hint = f"A lesson has no magics of IPython: leave it out, or name it in a sentence as `{magic['magic']}`."
            source.problem(number, "this line begins a cell, for it begins with %%", hint=hint)
        elif number in inside:
            source.problem(number, "a cell begins inside a statement", hint="End the statement before it.")
        else:
            marks.append(number)
    before = marks[0] if marks else len(source.lines) + 1
    if stray := next((number for number in range(first, before) if source.line(number).strip()), None):
        source.problem(stray, "this stands before the first cell", hint="Begin a cell above it: # %%")
    yield from zip(marks, [*(mark - 1 for mark in marks[1:]), len(source.lines)], strict=False)


def _cell(source: Source, start: int, end: int) -> Prose | Code | None:
    """The cell whose marker is on line `start` and whose last line is `end`; None if the marker is not understood."""
    marker = MARKER.fullmatch(source.line(start))
    if marker is None:
        source.problem(start, "a cell marker begins with `# %%`", hint="Write it with one space.")
        return None
    rest = marker["rest"]
    markdown = MARKDOWN.match(rest)
    given = rest[markdown.end() :] if markdown else rest
    options = dict(OPTION.findall(given))
    allowed = OPTIONS["markdown" if markdown else "code"]
    if OPTION.sub("", given).strip() or len(options) < len(OPTION.findall(given)) or set(options) - set(allowed):
        curly = any(quote in given for quote in QUOTES)
        hint = STRAIGHT if curly else "It holds only, each once: " + ", ".join(f'{key}="..."' for key in allowed)
        source.problem(start, "this cell marker is not understood", hint=hint)
        return None
    for key in NAMES:
        if key in options and not NAME.fullmatch(options[key]):
            sentence = f"the name of {'an' if key[0] in 'ae' else 'a'} {key} is made of small letters, digits and _"
            source.problem(start, sentence, hint=f'Write: {key}="my_name"')
            return None
    return _prose(source, start, end, options) if markdown else read_code(source, start, end, options)


def _prose(source: Source, start: int, end: int, options: dict[str, str]) -> Prose | None:
    lang = options.get("lang", "")
    kind = next((kind for kind in LABELLED if kind in options), "prose")
    name = options.get(kind, "")
    if (lang or name or "lang" in options) and lang not in LANGUAGES:
        hint = "Give it one of: " + ", ".join(f'lang="{known}"' for known in LANGUAGES)
        source.problem(start, "this cell has no known language", hint=hint)
        return None
    lines = source.lines[start:end]
    for number, line in enumerate(lines, start + 1):
        if line.strip() and not re.match(r"#( |$)", line):
            source.problem(number, *not_prose((line,)))
            return None
    for number, line in enumerate(without_fences("\n".join(line[2:] for line in lines)).split("\n"), start + 1):
        if line.endswith("  ") and line.strip():
            hint = "Write <br> for a line break, or remove the spaces."
            source.problem(number, "spaces at the end of a line are not seen, and break no line", hint=hint)
    markdown = "\n".join(line[2:].rstrip() for line in lines).rstrip()
    cell = Prose(start, kind, lang, name, markdown, options.get("differs", ""))
    for number, sentence, hint in faults(cell):
        source.problem(cell.file_line(number), sentence, hint=hint)
    return cell
