"""What the recorder keeps for the labs of a lesson: `records/LESSON/LAB.json`, the value that a lab comes with."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TypeGuard

from lessonkit.checks.compare import Rule
from lessonkit.lesson.cells import CODE_LANGUAGE, Code, Lesson, Problem, shown
from lessonkit.lesson.exercises import bound
from lessonkit.lesson.labs import Lab, labs
from lessonkit.lesson.syntax_tree import parsed
from lessonkit.running.outcome import Outcome
from lessonkit.running.provenance import Record, folder


def with_data(lesson: Lesson) -> tuple[Lab, ...]:
    """The labs of a lesson that come with data."""
    return tuple(lab for lab in labs(lesson) if lab.variable)


def data_file(lesson: Lesson, name: str) -> Path:
    """The file of what the lab of this name comes with."""
    return folder(lesson) / f"{name}.json"


def data_json(value: object) -> bytes:
    """The file's bytes, always the same: a line for each entry of a dict, and no other whitespace."""
    parts = [(f"{_compact(key)}:", one) for key, one in value.items()] if isinstance(value, dict) else [("", value)]
    text = ",\n".join(key + _compact(one) for key, one in parts)
    return (f"{{\n{text}\n}}\n" if isinstance(value, dict) else f"{text}\n").encode()


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_data(lesson: Lesson, lab: Lab) -> object:
    """What is recorded for a lab. Raises OSError, and ValueError where the file is damaged."""
    try:
        return json.loads(data_file(lesson, lab.name).read_text(encoding="utf-8"))
    except RecursionError as error:
        raise ValueError(str(error)) from None


def digests(lesson: Lesson, names: Iterator[str]) -> dict[str, str]:
    """Short digests of the files of these labs, as far as they are there, whichever line ends Git gave them."""
    files = {name: data_file(lesson, name) for name in names}
    return {
        name: hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()[:16]
        for name, path in files.items()
        if path.is_file()
    }


def check_kept(lesson: Lesson, record: Record) -> list[Problem]:
    """Data of labs that are not recorded, or were changed since by another hand than the recorder's."""
    found = []
    now = digests(lesson, (lab.name for lab in with_data(lesson)))
    for lab in with_data(lesson):
        if lab.name not in now or now[lab.name] != record.data.get(lab.name):
            what = "were changed by hand" if lab.name in now else "are not recorded"
            evidence = (f"their file: {shown(data_file(lesson, lab.name))}",)
            sentence = f'the data of the lab "{lab.name}" {what}'
            found.append(Problem(lesson.path, lab.cell.line, sentence, evidence, f"Run: {lesson.update_command}"))
    return found


def made_by(lesson: Lesson, lab: Lab) -> Code:
    """The last cell that binds what a lab comes with, whose tolerance holds for it; else the lab's own."""
    binding = (cell for cell in lesson.code if lab.variable in _bound(cell))
    return next(reversed(list(binding)), lab.cell)


def _bound(cell: Code) -> list[str]:
    return [name for node in parsed(cell.sources[CODE_LANGUAGE]) for name in bound(node)]


def check_data(lesson: Lesson, lab: Lab, outcome: Outcome, rule: Rule, hint: str) -> Problem | None:
    """The difference between what a lab would come with now and what is recorded for it."""
    at, name = lab.cell.line, f'the data of the lab "{lab.name}"'
    try:
        recorded = read_data(lesson, lab)
    except (OSError, ValueError) as error:
        reported = f"{shown(data_file(lesson, lab.name))}: {getattr(error, 'strerror', None) or error}"
        sentence = f"{name} are not recorded, or their file is damaged"
        return Problem(lesson.path, at, sentence, (reported,), f"Run: {lesson.update_command}")
    found = difference(recorded, outcome.data[lab.name], rule, lab.variable)
    evidence = (shown(data_file(lesson, lab.name)), found)
    return Problem(lesson.path, at, f"{name} differ from the recorded ones", evidence, hint) if found else None


def difference(recorded: object, actual: object, rule: Rule, at: str) -> str:
    """The first place where two values do not agree, with both; "" where there is none."""
    if isinstance(recorded, dict) and isinstance(actual, dict) and list(recorded) == list(actual):
        pairs = [(recorded[key], actual[key], f"{at}[{key!r}]") for key in recorded]
    elif isinstance(recorded, list) and isinstance(actual, list) and len(recorded) == len(actual):
        pairs = [(*pair, f"{at}[{place}]") for place, pair in enumerate(zip(recorded, actual, strict=True))]
    elif _is_number(recorded) and _is_number(actual):
        same = rule.same_number(*(Decimal(repr(one)) for one in (recorded, actual)))
        return "" if same else _reported(recorded, actual, at)
    else:
        return "" if type(recorded) is type(actual) and recorded == actual else _reported(recorded, actual, at)
    return next(filter(None, (difference(one, other, rule, place) for one, other, place in pairs)), "")


def _is_number(value: object) -> TypeGuard[float]:
    return type(value) in (int, float)


def _reported(recorded: object, actual: object, at: str) -> str:
    return f"{at}: recorded {_compact(recorded)[:60]}, now {_compact(actual)[:60]}"
