"""The YAML head of a lesson: `needs` and `time_limit` between two lines `# ---`."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

import yaml

from lessonkit.lesson.cells import Head
from lessonkit.lesson.source import MARKER, Source

FENCE = "# ---"
LONGEST = 24 * 3600
"""Seconds that a lesson may ask for."""


def read_head(source: Source) -> tuple[Head, int]:
    """The head and the number of the first line after it."""
    first = next((number for number, line in enumerate(source.lines, 1) if line.strip()), 1)
    if source.line(first).rstrip() != FENCE:
        return Head(), first
    lines = list(takewhile(_inside, source.lines[first:]))
    after = first + 1 + len(lines)
    if after > len(source.lines) or source.line(after).rstrip() != FENCE:
        source.problem(first, "the head of the lesson has no end", hint=f"Close it with a line: {FENCE}")
        return Head(), after
    return _load(source, first, [line.removeprefix("#").removeprefix(" ") for line in lines]), after + 1


def _inside(line: str) -> bool:
    return line.startswith("#") and line.rstrip() != FENCE and not MARKER.fullmatch(line)


def _load(source: Source, first: int, lines: list[str]) -> Head:
    """The head of these lines whose fence stands at line `first`; what is wrong with one is reported at its line."""
    hint = "It holds: " + ", ".join(f"{key}: {example}" for key, (_, _, example) in VALUES.items())
    try:
        found = yaml.safe_load("\n".join(lines)) or {}
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = min(first + 1 + mark.line, first + len(lines)) if mark else first
        reason = getattr(error, "problem", None) or str(error).split("\n")[0]
        source.problem(line, f"the head of the lesson cannot be read: {reason}", hint=hint)
        return Head()
    if not isinstance(found, dict):
        source.problem(first + 1, "the head of the lesson is not made of keys and values", hint=hint)
        return Head()
    head = Head()
    for key, value in found.items():
        line = next((first + n for n, text in enumerate(lines, 1) if text.startswith(f"{key}:")), first)
        read, what, example = VALUES.get(key, (None, "", ""))
        if read is None:
            source.problem(line, f"the head of a lesson has no {key!r}", hint=hint)
        elif value is None:
            continue
        elif (good := read(head, value)) is None:
            source.problem(line, f"{key} is {what}", hint=f"Write: # {key}: {example}")
        else:
            head = good
    return head


def _names(head: Head, value: object) -> Head | None:
    if not (isinstance(value, list) and all(isinstance(name, str) and name.isidentifier() for name in value)):
        return None
    return replace(head, needs=tuple(value))


def _seconds(head: Head, value: object) -> Head | None:
    if (type(value) is int or type(value) is float) and 0 < value <= LONGEST:
        return replace(head, time_limit=float(value))
    return None


VALUES = {
    "needs": (_names, "a list of lesson names", "[softmax]"),
    "time_limit": (_seconds, "a number of seconds, more than 0 and not over a day", "120"),
}
"""Each key of a head: how its value is read into a head (None: it cannot be), what it is, and an example."""
