"""Habits of notebooks, of scripts and of merges that make no lesson, told with what to do instead."""

from __future__ import annotations

import ast
import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lessonkit.lesson.source import Source

QUOTES = "“”‘’„«»"
STRAIGHT = "Write straight quotes: \" or '"
CONFLICT = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?|={7}")
MAGIC = re.compile(r"\s*(?:[%!?]{1,2}\w.*|[\w.]+\?{1,2}|.*=\s*[!%]\w.*)")
PROMPT = re.compile(r"\s*(?:>>>|\.\.\.|In \[\d*\]:) ?.*")
INDENTED = re.compile(r" *\t")


def conflict(lines: list[str]) -> int | None:
    """The line (from 1) where a merge left its conflict."""
    found = [number for number, line in enumerate(lines, 1) if CONFLICT.fullmatch(line)]
    return found[0] if len(found) > 1 and any(lines[number - 1][0] in "<>" for number in found) else None


def not_python(line: str, message: str) -> tuple[str, str]:
    """Sentence and hint for a line that Python could not read, with what it said."""
    sentence = f"this is not valid Python: {message}"
    if MAGIC.fullmatch(line):
        hint = "Leave it out: figures need no %matplotlib, and requirements.txt names what is installed."
        return "this is a command of IPython, and a lesson is plain Python", hint
    if PROMPT.fullmatch(line):
        return sentence, "Leave out the prompt; what is printed is recorded by --update-outputs."
    if "outside function" in message and ("await" in message or "async" in message):
        return sentence, "A program waits for nothing at its top level: write asyncio.run(...)."
    if found := re.search(r"invalid (?:non-printable )?character '?(.)?.*\(?U\+([0-9A-F]{4,6})", message):
        character = chr(int(found[2], 16))
        plain = unicodedata.normalize("NFKC", character)
        return sentence, STRAIGHT if character in QUOTES else f"Write {plain!r}." if plain.isascii() else "Remove it."
    if any(word in message for word in ("indent", "inconsistent use of tabs")):
        return sentence, "Indent by four blanks a level, all lines of a block alike."
    return sentence, "Correct this line or the one above it."


def check_habits(source: Source) -> None:
    """Notes what Python would run and a lesson does not do. Looks whether an imported module is a lesson beside it."""
    tabs = source.tokens.begin_in_string
    for number, line in enumerate(source.lines, 1):
        if number not in tabs and INDENTED.match(line) and line.strip():
            hint = "Indent by four blanks a level; `ruff format` does it for the whole file."
            source.problem(number, "this line is indented by a tab", mend=hint)
            break
    for node in source.nodes:
        for inner in ast.walk(node):
            for sentence, hint in _habits(source, inner):
                source.problem(inner.lineno, sentence, mend=hint)


def _habits(source: Source, node: ast.AST) -> Iterator[tuple[str, str]]:
    match node:
        case ast.ImportFrom(level=level) if level:
            yield "a lesson has no package, so nothing is imported from `.`", "Write what it needs into the lesson."
        case ast.Import() | ast.ImportFrom():
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            for name in names:
                yield from _imported(source, name)
        case ast.Call(func=ast.Name(id="input" | "breakpoint" as name)):
            yield f"a lesson asks nobody anything: {name}() waits for a keyboard", "Give the value in the code."
        case ast.Name(id="__file__"):
            yield "a notebook has no __file__", "Keep data in the code, or take what a package brings along."
        case ast.keyword(arg="num_workers", value=ast.Constant(value=int(number))) if number:
            yield (
                "a lesson is one process, and num_workers starts others",
                "Leave it out: data is loaded in the lesson.",
            )


def _imported(source: Source, name: str) -> Iterator[tuple[str, str]]:
    folder, _, inside = name.partition(".")
    beside = source.path.with_name(f"{folder}.py")
    if (folder == source.path.parent.name and inside) or (folder != source.path.stem and beside.exists()):
        lesson = (inside or folder).partition(".")[0]
        hint = f"Write what it needs again, and link to the other one: [text]({lesson}.md)."
        yield f"a lesson stands alone: it does not import the lesson {lesson}", hint
    if folder in ("tqdm", "IPython", "ipywidgets"):
        hint = "Leave it out, and print what matters at the end."
        yield f"{folder} shows something that changes while a cell runs, which no page can", hint
