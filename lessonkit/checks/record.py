"""The recorder: writes what a run showed into the lesson, its figures and its record. Nothing else ever does."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from lessonkit.checks.check import Checked
from lessonkit.checks.figure_record import figure_files, to_json
from lessonkit.lesson.cells import Lesson, LessonError, Problem
from lessonkit.lesson.parse import BOM, parse
from lessonkit.running.provenance import Record, folder, record_path

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its end, as cells.split_lines counts lines."""


def record(checked: Checked) -> tuple[Lesson, list[Path]]:
    """Writes what differs and returns the lesson as it then stands, with the files written or removed.

    What the check accepts is left as it is; if an output differs, every output and figure is written anew, so that one
    record speaks for all of them; a figure that differs is drawn anew alone. Raises LessonError, before it writes,
    where the file was changed while its lesson ran.
    """
    lesson, outcome, old = checked.lesson, checked.outcome, checked.record
    differ = checked.outputs_differ()
    redrawn = {cell.name for cell in lesson.code if cell.kind == "figure" and checked.figure(cell)}
    bom = _byte_order_mark(lesson)
    if differ:
        lesson = parse(lesson.path, with_outputs(lesson, outcome.outputs))
    changed: list[Path] = []
    for cell in lesson.code:
        if cell.kind == "figure" and (differ or cell.name in redrawn or checked.figure_rule(cell).to_the_letter):
            svg, data = outcome.figures[cell.name]
            picture, beside = figure_files(lesson, cell)
            changed += write_changed(picture, svg.encode())
            changed += write_changed(beside, to_json(lesson, cell, svg, data, outcome.platform).encode())
    changed += write_changed(lesson.path, bom + lesson.text.encode())
    new = Record.of(lesson, outcome.platform)
    if old and not differ:
        new = replace(new, platform=old.platform, date=new.date if redrawn else old.date)
    changed += write_changed(record_path(lesson), new.to_json().encode())
    return lesson, [*changed, *_remove_orphans(lesson)]


def with_outputs(lesson: Lesson, outputs: Mapping[int, tuple[str, ...]]) -> str:
    """The text of the lesson with these outputs; every other character stays, line ends included."""
    lines = LINE.findall(lesson.text)
    default = lines[0][len(lines[0].rstrip("\r\n")) :] or "\n"
    for number, (_, statement) in reversed(list(enumerate(lesson.statements))):
        text = lines[statement.end_line - 1].rstrip("\r\n")
        end = lines[statement.end_line - 1][len(text) :] or default
        new = [f"# > {line}".rstrip() + end for line in outputs.get(number, ())]
        lines[statement.end_line - 1 : statement.end_line + len(statement.recorded)] = [text + end, *new]
    text = "".join(lines)
    return text if lesson.text.endswith(("\r", "\n")) else text.rstrip("\r\n")


def _byte_order_mark(lesson: Lesson) -> bytes:
    """The mark that the file begins with, if any. Raises LessonError where the file is not the lesson that ran."""
    data = lesson.path.read_bytes() if lesson.path.exists() else b""
    bom = BOM if data.startswith(BOM) else b""
    if data != bom + lesson.text.encode():
        sentence = "the file was changed while its lesson ran, so nothing was recorded"
        raise LessonError(Problem(lesson.path, 1, sentence, (), "Run the same command again."))
    return bom


def write_changed(path: Path, data: bytes) -> list[Path]:
    """Writes a file whole or not at all, and only if it changes; returns what was written."""
    if path.exists() and path.read_bytes() == data:
        return []
    target = path.resolve()  # a link stays a link
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.new")
    try:
        aside.write_bytes(data)
        if target.exists():
            shutil.copymode(target, aside)
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    return [path]


def _remove_orphans(lesson: Lesson) -> list[Path]:
    """Removes the records of figures that the lesson draws no more."""
    figures = {f"{cell.name}{kind}" for cell in lesson.code if cell.kind == "figure" for kind in (".svg", ".json")}
    kept = figures | {record_path(lesson).name}
    orphans = [path for path in folder(lesson).glob("*") if path.suffix in (".svg", ".json") and path.name not in kept]
    for path in orphans:
        path.unlink()
    return orphans
