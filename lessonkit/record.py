"""The recorder: writes what a run showed into the lesson, its figures and its record. Nothing else ever does."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from lessonkit.cells import Lesson, LessonError, Problem
from lessonkit.check import Checked
from lessonkit.parse import parse
from lessonkit.provenance import Record, folder, record_path

BOM = b"\xef\xbb\xbf"


def record(checked: Checked) -> tuple[Lesson, list[Path]]:
    """Writes what differs and returns the lesson as it then stands, with the files written.

    What the check accepts is left as it is; if anything differs, every output is written anew, so that one record speaks
    for all of them. Raises LessonError where the file was changed while its lesson ran.
    """
    lesson, outcome, old = checked.lesson, checked.outcome, checked.record
    differ = checked.outputs_differ()
    written: list[Path] = []
    if differ:
        lesson = parse(lesson.path, with_outputs(lesson, outcome.outputs))
        for name, (svg, data) in outcome.figures.items():
            written += write_changed(folder(lesson) / f"{name}.svg", svg.encode())
            written += write_changed(folder(lesson) / f"{name}.json", (json.dumps(data, indent=1) + "\n").encode())
        written += _write_lesson(checked.lesson, lesson.text)
    if differ or old is None:
        new = Record.of(lesson, outcome.platform)
    else:
        new = Record.of(lesson, old.platform, old.date)
    written += write_changed(record_path(lesson), new.to_json().encode())
    return lesson, [*written, *_remove_orphans(lesson)]


def with_outputs(lesson: Lesson, outputs: dict[int, tuple[str, ...]]) -> str:
    """The text of the lesson with these outputs; every other character stays, line ends included."""
    lines = lesson.text.splitlines(keepends=True)
    if len(lines) not in (len(lesson.lines), len(lesson.lines) - 1):
        lines = [line + "\n" for line in lesson.lines[:-1]] + [lesson.lines[-1]]
    for number, (_, statement) in reversed(list(enumerate(lesson.statements))):
        last = lines[statement.end_line - 1]
        end = last[len(last.rstrip("\r\n")) :]
        if not end:
            end = "\r\n" if "\r\n" in lesson.text else "\n"
            lines[statement.end_line - 1] += end
        new = [f"# > {line}".rstrip() + end for line in outputs.get(number, ())]
        lines[statement.end_line : statement.end_line + len(statement.recorded)] = new
    return "".join(lines)


def _write_lesson(old: Lesson, text: str) -> list[Path]:
    data = old.path.read_bytes()
    bom = BOM if data.startswith(BOM) else b""
    if data != bom + old.text.encode():
        sentence = "the file was changed while its lesson ran, so nothing was written into it"
        raise LessonError(Problem(old.path, 1, sentence, (), "Run the same command again."))
    return write_changed(old.path, bom + text.encode())


def write_changed(path: Path, data: bytes) -> list[Path]:
    """Writes a file whole or not at all, and only if it changes; returns what was written."""
    if path.exists() and path.read_bytes() == data:
        return []
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    aside.write_bytes(data)
    if path.exists():
        shutil.copymode(path, aside)
    os.replace(aside, path)
    return [path]


def _remove_orphans(lesson: Lesson) -> list[Path]:
    """Removes the records of figures that the lesson draws no more."""
    names = {cell.name for cell in lesson.code if cell.kind == "figure"}
    orphans = [path for path in folder(lesson).glob("*") if path.suffix in (".svg", ".json") and path.stem not in {*names, "record"}]
    for path in orphans:
        path.unlink()
    return orphans
