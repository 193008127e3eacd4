"""What a run of a lesson gave: from the events of its process (see worker.py) to outputs, figures and problems."""

from __future__ import annotations

import ast
import json
import os
import re
import signal
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.running.fingerprint import Fingerprint
from lessonkit.running.provenance import Platform

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
ADDRESS = re.compile(r"\bat 0x[0-9a-fA-F]{6,}")
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")
UNRECORDABLE = (
    (CONTROL, "a control character", "Print plain lines."),
    (ADDRESS, "an address, another one in each run", "Print what matters of it."),
    (HANGUL, "Hangul", "Print English; the prose of each language may say it."),
)
"""What a printed line may not hold, and what to do."""

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
"""`ruff format` puts blank lines after these."""


@dataclass
class Reply:
    """What came from the process of a lesson."""

    events: list[dict] = field(default_factory=list)
    watchdog: str = ""
    """Where the process stood at its time limit; empty if it did not come to that."""
    exit_code: int | None = None
    """None until the process has ended."""
    errors: tuple[str, ...] = ()
    """The last words of a worker that died itself."""
    left: tuple[str, ...] = ()
    """Files in the folder that the lesson ran in."""

    def add(self, line: str) -> None:
        """Takes one line of the process: an event, or what its watchdog wrote."""
        try:
            event = json.loads(line)
        except ValueError:
            self.watchdog += line.lstrip("\n")
            return
        if "over" in event:
            self.exit_code = event["over"]
        else:
            self.events.append(event)


@dataclass(frozen=True)
class Outcome:
    """What a run of a lesson gave.

    `outputs` maps a statement's number (from 0) to the lines it printed, without trailing blanks; `figures` maps names
    to (svg, data); `exercises` maps names to the starter's error (or "") and to where the check stopped: "assert",
    "passed", or the statement with its error. `names` maps a cell's line to what the names of the lesson stand for when
    the cell has run (see fingerprint.py), if the run was asked for it.
    """

    platform: Platform
    outputs: Mapping[int, tuple[str, ...]]
    figures: Mapping[str, tuple[str, dict]]
    exercises: Mapping[str, tuple[str, str]]
    problems: tuple[Problem, ...]
    names: Mapping[int, Mapping[str, Fingerprint]] = field(default_factory=dict)


def outcome(lesson: Lesson, reply: Reply) -> Outcome:
    """The outcome told by a reply. Where something was refused, only that is a problem: the rest follows from it."""
    here = Platform("", "", "", "", "")
    outputs: dict[int, tuple[str, ...]] = {}
    figures, exercises, names = {}, {}, {}
    for event in reply.events:
        match event:
            case {"platform": values}:
                here = Platform(**values)
            case {"output": number, "text": text}:
                outputs[number] = outputs.get(number, ()) + tuple(line.rstrip() for line in text.split("\n")[:-1])
            case {"figure": name, "svg": svg, "data": data}:
                figures[name] = (svg, data)
            case {"exercise": name, "starter": error, "check": check}:
                exercises[name] = (error, check)
            case {"names": line, "stand_for": found}:
                names[line] = {name: Fingerprint(*value) for name, value in found.items()}
    problems = [*_refused(lesson, reply)] or [*_failures(lesson, reply), *_unrecordable(lesson, outputs)]
    return Outcome(here, outputs, figures, exercises, tuple(problems), names)


def _refused(lesson: Lesson, reply: Reply) -> Iterator[Problem]:
    """What the lesson tried and may not do."""
    for event in reply.events:
        if "refused" in event:
            mend = "Keep its data in the lesson."
            yield _at(lesson, event["refused"], f"a lesson may not do this: it {event['what']}", mend)
    if reply.left:
        mend = "Remove what writes them."
        yield Problem(lesson.path, 1, f"a lesson may not write files: it left {', '.join(reply.left)}", (), mend)


def _failures(lesson: Lesson, reply: Reply) -> Iterator[Problem]:
    """Why the lesson did not come to its end, or not with the figures it should draw."""
    at, who = 1, "the lesson"
    for event in reply.events:
        match event:
            case {"at": line}:
                at, who = line, "the lesson"
            case {"trying": line}:
                at, who = line, "the starter of this exercise, with its check,"
            case {"error": line, "kind": kind, "message": message}:
                yield _error(lesson, line, kind, message)
                return
            case {"figures": line, "count": count}:
                sentence = f"this cell draws {count or 'no'} figure{'s' if count > 1 else ''}"
                mend = 'A cell figure="NAME" draws exactly one, any other cell none; plt.show() is not needed.'
                yield _at(lesson, line, sentence, mend)
            case {"undrawn": line, "message": message}:
                problem = _at(lesson, line, "this figure cannot be recorded")
                yield replace(problem, evidence=(*problem.evidence, message))
            case {"crash": text}:
                yield Problem(lesson.path, at, "the engine failed while the lesson ran", tuple(text.splitlines()[-5:]))
    if reply.watchdog:
        mend = "Make it shorter, or give the head of the lesson a time_limit (in seconds)."
        sentence = f"{who} did not end within {lesson.head.time_limit:g} s"
        yield _at(lesson, _watched_line(lesson, reply.watchdog) or at, sentence, mend)
    elif not reply.events:
        mend = 'Does this work? python -c "import torch, matplotlib.pyplot"'
        yield Problem(lesson.path, 1, f"the process that runs lessons died ({_how(reply)})", reply.errors, mend)
    elif not any("end" in event or "crash" in event for event in reply.events):
        yield _at(lesson, at, f"{who} ended its process here ({_how(reply)})", "Let it run to its end.")


def _error(lesson: Lesson, line: int, kind: str, message: str) -> Problem:
    """An exception that the lesson did not catch."""
    if kind == "SystemExit":
        return _at(lesson, line, f"the lesson exits here ({message or 'no code'})", "Let it run to its end.")
    first, *rest = message.splitlines() or [""]
    mend = "Run: pip install -r requirements.txt" if kind == "ModuleNotFoundError" else ""
    problem = _at(lesson, line, f"the lesson raises {kind}: {first}".removesuffix(": "), mend)
    return replace(problem, evidence=(*problem.evidence, *rest[:5]))


def _unrecordable(lesson: Lesson, outputs: Mapping[int, tuple[str, ...]]) -> Iterator[Problem]:
    """Outputs that could not stand in the lesson, or not stay where they belong."""
    for number, lines in outputs.items():
        statement = lesson.statements[number][1]
        for pattern, what, mend in UNRECORDABLE:
            if line := next(filter(pattern.search, lines), None):
                shown = CONTROL.sub(lambda found: ascii(found[0])[1:-1], f"# > {line}")
                evidence = (*statement.evidence, shown)
                yield Problem(lesson.path, statement.line, f"this statement prints {what}", evidence, mend)
        if lines and isinstance(_last_node(ast.parse(statement.source)), DEFINITIONS):
            sentence = (
                "this statement ends with a definition or an import, so `ruff format` would part its output from it"
            )
            yield Problem(lesson.path, statement.line, sentence, statement.evidence, "Print in a statement of its own.")


def _last_node(node: ast.AST) -> ast.AST:
    """The statement on the last lines of a statement, as deep as blocks go."""
    bodies = [getattr(node, name, []) for name in ("finalbody", "orelse", "handlers", "cases", "body")]
    last = next((body[-1] for body in bodies if body and isinstance(body, list)), None)
    return node if last is None or isinstance(node, DEFINITIONS) else _last_node(last)


def _watched_line(lesson: Lesson, watchdog: str) -> int | None:
    """The line of the lesson in what the watchdog wrote, the innermost one."""
    found = re.search(rf'^  File "{re.escape(os.path.abspath(lesson.path))}", line (\d+) ', watchdog, re.MULTILINE)
    return int(found[1]) if found else None


def _how(reply: Reply) -> str:
    if reply.exit_code is not None and reply.exit_code < 0:
        return signal.strsignal(-reply.exit_code) or f"signal {-reply.exit_code}"
    return f"exit code {reply.exit_code}"


def _at(lesson: Lesson, line: int, sentence: str, mend: str = "") -> Problem:
    evidence = (f"  {lesson.lines[line - 1].strip()}",) if line <= len(lesson.lines) else ()
    return Problem(lesson.path, line, sentence, evidence, mend)
