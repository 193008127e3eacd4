"""The recorder: writes what a run showed into the lesson, its figures and its record. Nothing else ever does."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from lessonkit.checks.check import Checked, not_recorded
from lessonkit.checks.figure_record import figure_files, to_json
from lessonkit.checks.lab_record import data_file, data_json, digests, made_by, with_data
from lessonkit.checks.typed_answers import rules
from lessonkit.lesson.cells import Code, Lesson, LessonError, Problem
from lessonkit.lesson.parse import parse
from lessonkit.lesson.text_file import BOM
from lessonkit.running.outcome import Attempt, Outcome
from lessonkit.running.provenance import Record, record_path

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its end, as cells.split_lines counts lines."""
IN_LINE = re.compile(r"(?<=\(line )\d+(?=\)$)")
"""Where an error of an answer came from."""
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


def record(checked: Checked) -> tuple[Lesson, list[Path]]:
    """Writes what differs and returns the lesson as it then stands, with the files written or removed.

    What the check accepts is left as it is; if an output differs, every output and figure is written anew, so that one
    record speaks for all of them; a figure that differs is drawn anew alone. Raises LessonError, before it writes,
    where the file is read-only, was changed while its lesson ran, or holds `# > ` lines that an author wrote and that
    would be lost.
    """
    lesson, outcome, old = checked.lesson, checked.outcome, checked.record
    differ = checked.outputs_differ()
    redrawn = {cell.name for cell in lesson.code if cell.kind == "figure" and checked.figure(cell)}
    bom = _byte_order_mark(lesson)
    if lost := list(_foreign(checked)):
        raise LessonError(*lost)
    if differ:
        lesson = parse(lesson.path, with_outputs(lesson, outcome.outputs))
    changed: list[Path] = []
    for cell in lesson.code:
        if cell.kind == "figure" and (differ or cell.name in redrawn or checked.figure_rule(cell).to_the_letter):
            svg, data = outcome.figures[cell.name]
            picture, beside = figure_files(lesson, cell)
            changed += write_changed(picture, svg.encode())
            changed += write_changed(beside, to_json(lesson, cell, svg, data, outcome.platform).encode())
    for lab in with_data(lesson):
        if differ or checked.data(lab) or checked.rule(made_by(lesson, lab)).to_the_letter:
            changed += write_changed(data_file(lesson, lab.name), data_json(outcome.data[lab.name]))
    changed += write_changed(lesson.path, bom + lesson.text.encode())
    new = Record.of(lesson, outcome.platform)
    kept = digests(lesson, (lab.name for lab in with_data(lesson)))
    new = replace(new, typed=rules(old, outcome), data=kept)
    if old and not differ:
        new = replace(new, platform=old.platform, date=new.date if redrawn else old.date)
    changed += write_changed(record_path(lesson), new.to_json().encode())
    gone = old.data.keys() - kept.keys() if old else ()
    return lesson, [*changed, *_remove_orphans(lesson, gone)]


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


def moved(outcome: Outcome, old: Lesson, new: Lesson) -> Outcome:
    """An outcome with the attempts at exercises where they stand now: recorded outputs move the lines below them."""
    lines: dict[int, int] = {}
    for one, two in zip(old.cells, new.cells, strict=True):
        lines[one.line] = two.line
        if isinstance(one, Code) and isinstance(two, Code):
            for was, now in zip(one.statements, two.statements, strict=True):
                lines |= {line: line - was.line + now.line for line in range(was.line, was.end_line + 1)}

    def said(text: str) -> str:
        return IN_LINE.sub(lambda found: str(lines.get(int(found[0]), found[0])), text)

    def put(one: Attempt) -> Attempt:
        failed = tuple((lines.get(line, line), time, message) for line, time, message in one.failed)
        return replace(one, failed=failed, raised=said(one.raised), error=said(one.error))

    attempts = {name: {label: put(one) for label, one in of.items()} for name, of in outcome.attempts.items()}
    return replace(outcome, attempts=attempts)


def _byte_order_mark(lesson: Lesson) -> bytes:
    """The mark that the file begins with, if any. Raises LessonError where the file is not the lesson that ran, or
    may not be written.
    """
    if lesson.path.exists() and not lesson.path.stat().st_mode & stat.S_IWUSR:
        raise LessonError(Problem(lesson.path, 1, "the file is read-only, so nothing was recorded"))
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
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    file = open(aside, "xb")  # noqa: SIM115 - what is not ours is not written over
    try:
        with file:
            file.write(data)
        if target.exists():
            shutil.copymode(target, aside)
        os.replace(aside, target)
    finally:
        aside.unlink(missing_ok=True)
    return [path]


def _foreign(checked: Checked) -> Iterator[Problem]:
    """The `# > ` lines that the recorder did not write and that no new output resembles but for its numbers."""
    lesson, old = checked.lesson, checked.record
    for number, (_, statement) in enumerate(lesson.statements):
        if old and old.wrote(lesson, statement.recorded):
            continue
        shapes = [NUMBER.sub("0", line).split() for line in checked.outcome.outputs.get(number, ())]
        lost = [index for index, line in enumerate(statement.recorded) if NUMBER.sub("0", line).split() not in shapes]
        if lost:
            sentence = "the recorder did not write this, and recording would delete it"
            evidence = tuple(f"- # > {statement.recorded[index]}".rstrip() for index in lost)
            hint = "Delete it where it was an output; a comment of yours begins otherwise, `#  >`. Then record again."
            yield Problem(lesson.path, statement.end_line + 1 + lost[0], sentence, evidence, hint)


def _remove_orphans(lesson: Lesson, gone: Collection[str]) -> list[Path]:
    """Removes the records of figures that the lesson draws no more, and of labs that are gone; other files stay."""
    orphans = [path for path in not_recorded(lesson) if path.suffix in (".svg", ".json")]
    pairs = [path.with_suffix("") for path in orphans if path.suffix == ".json" and _holds_a_figure(path)]
    pairs += [data_file(lesson, name).with_suffix("") for name in gone]
    removed = [path for path in orphans if path.with_suffix("") in pairs]
    for path in removed:
        path.unlink()
    return removed


def _holds_a_figure(path: Path) -> bool:
    try:
        return bool({"size", "axes"} <= json.loads(path.read_text(encoding="utf-8")).keys())
    except (OSError, ValueError, AttributeError, RecursionError):
        return False
