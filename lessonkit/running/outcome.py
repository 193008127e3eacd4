"""What a run of a lesson gave: from the events of its process (see worker.py) to outputs, figures and problems."""

from __future__ import annotations

import json
import os
import re
import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from lessonkit.drawing.figure_values import Data
from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.running.accepted_values import Measured, TypedRule
from lessonkit.running.boundary import Event
from lessonkit.running.fingerprint import Fingerprint
from lessonkit.running.provenance import Platform
from lessonkit.running.streams import STANDARD
from lessonkit.running.unrecordable import unrecordable, visible

WHITESPACE = " \t\r"
"""What is left out at the end of a printed line. Other spaces stay, to be reported."""

HINTS = {
    "ModuleNotFoundError": "Run: pip install -r requirements.txt",
    "EOFError": "Nobody types while a lesson runs: give the value in the code.",
    "FileNotFoundError": "A lesson runs in an empty folder: keep its data in the code, or take what a package brings.",
}
"""What helps with an exception of a kind."""


@dataclass
class Reply:
    """What came from the process of a lesson."""

    events: list[Event] = field(default_factory=list)
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
class Attempt:
    """What a check says to an answer (see attempts.py).

    `raised` is an error while the answer is defined, `failed` the cases that reject it (line of the assert, how many
    times it was reached, its message) of all the `cases` that were reached, `error` what else ended the check, `gave`
    type and shape of each value asked for, of functions of each result.
    """

    raised: str = ""
    failed: tuple[tuple[int, int, str], ...] = ()
    cases: int = 0
    error: str = ""
    gave: Mapping[str, list[str]] = field(default_factory=dict)
    no_such_answer: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a run of a lesson gave.

    `outputs` maps a statement's number (from 0) to the lines it printed, without trailing spaces; `figures` maps names
    to (svg, data); `exercises` maps names to the starter's error (or "") and to where the check stopped: "assert",
    "passed", or the statement with its error. `unshown` are calls whose value nobody sees: statement, line within it
    (from 0), type. `names` maps a cell's line to what the names of the lesson stand for when the cell has run (see
    fingerprint.py), if the run was asked for it. `attempts` maps an exercise to what its check says to each answer,
    `typed` to what it says to numbers (accepted_values.py). `data` maps a lab to what it comes with (lab_data.py).
    """

    platform: Platform
    outputs: Mapping[int, tuple[str, ...]]
    figures: Mapping[str, tuple[str, Data]]
    exercises: Mapping[str, tuple[str, str]]
    problems: tuple[Problem, ...]
    unshown: tuple[tuple[int, int, str], ...] = ()
    names: Mapping[int, Mapping[str, Fingerprint]] = field(default_factory=dict)
    attempts: Mapping[str, Mapping[str, Attempt]] = field(default_factory=dict)
    typed: Mapping[str, Measured] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)


def outcome(lesson: Lesson, reply: Reply) -> Outcome:
    """The outcome told by a reply. Where something was refused, only that is a problem: the rest follows from it."""
    here = Platform("", "", "", "", "")
    outputs: dict[int, tuple[str, ...]] = {}
    figures, exercises, names = {}, {}, {}
    attempts: dict[str, dict[str, Attempt]] = {}
    typed: dict[str, Measured] = {}
    for_labs: dict[str, object] = {}
    for event in reply.events:
        match event:
            case {"platform": values}:
                here = Platform(**values)
            case {"output": number, "text": text}:
                outputs[number] = outputs.get(number, ()) + tuple(
                    line.rstrip(WHITESPACE) for line in text.split("\n")[:-1]
                )
            case {"figure": name, "svg": svg, "data": data}:
                figures[name] = (svg, data)
            case {"exercise": name, "starter": error, "check": check}:
                exercises[name] = (error, check)
            case {"attempt": name, "answer": label, **said}:
                failed = tuple(map(tuple, said.pop("failed", ())))
                attempts.setdefault(name, {}).setdefault(label, Attempt(**said, failed=failed))
            case {"typed": name, "rule": rule, "tried": tried, "accepted": accepted}:
                typed[name] = Measured(TypedRule.of(rule), tuple(map(tuple, tried)), tuple(accepted))
            case {"lab": name, "value": value}:
                for_labs[name] = value
            case {"names": line, "stand_for": found}:
                names[line] = {name: Fingerprint(*value) for name, value in found.items()}
    unshown = tuple((event["unshown"], event["line"], event["type"]) for event in reply.events if "unshown" in event)
    problems = [*_refused(lesson, reply)] or [
        *_failures(lesson, reply),
        *_strayed(lesson, reply),
        *unrecordable(lesson, outputs),
    ]
    return Outcome(here, outputs, figures, exercises, tuple(problems), unshown, names, attempts, typed, for_labs)


def _refused(lesson: Lesson, reply: Reply) -> Iterator[Problem]:
    """What the lesson tried and may not do."""
    for event in reply.events:
        if "refused" in event:
            hint = "Keep its data in the lesson."
            if "starts a program" in event["what"]:
                hint = "A lesson is one process: leave out num_workers, subprocess and the like."
            yield _at(lesson, event["refused"], f"a lesson may not do this: it {event['what']}", hint)
    if reply.left:
        hint = "Remove what writes them."
        yield Problem(lesson.path, 1, f"a lesson may not write files: it left {', '.join(reply.left)}", (), hint)


def _failures(lesson: Lesson, reply: Reply) -> Iterator[Problem]:
    """Why the lesson did not come to its end, or not with the figures it should draw."""
    at, who = 1, "the lesson"
    for event in reply.events:
        match event:
            case {"at": line}:
                at, who = line, "the lesson"
            case {"trying": line}:
                at, who = line, event.get("who", "the starter of this exercise, with its check,")
            case {"error": line, "kind": kind, "message": message, "callers": callers}:
                yield _error(lesson, line, kind, message, callers)
                return
            case {"figures": line, "count": count}:
                sentence = f"this cell draws {count or 'no'} figure{'s' if count > 1 else ''}"
                hint = 'A cell figure="NAME" draws exactly one, any other cell none; plt.show() is not needed.'
                yield _at(lesson, line, sentence, hint)
            case {"unfinished": line}:
                sentence = "the last line that this cell prints has no end, so a program would go on in it"
                yield _at(lesson, line, sentence, "End it: leave out end=, or print() after it.")
            case {"unfit": line, "why": why}:
                sentence = "what this lab comes with cannot be recorded"
                hint = "It is made of None, strings, lists, dicts by strings, and numbers that the lesson rounds."
                problem = _at(lesson, line, sentence, hint)
                yield replace(problem, evidence=(*problem.evidence, why))
            case {"undrawn": line, "message": message}:
                problem = _at(lesson, line, "this figure cannot be recorded")
                yield replace(problem, evidence=(*problem.evidence, message))
            case {"crash": text}:
                yield Problem(lesson.path, at, "the engine failed while the lesson ran", tuple(text.splitlines()[-5:]))
    if reply.watchdog:
        hint = "Make it shorter, or give the head of the lesson a time_limit (in seconds)."
        sentence = f"{who} did not end within {lesson.head.time_limit:g} s"
        yield _at(lesson, _watched_line(lesson, reply.watchdog) or at, sentence, hint)
    elif not reply.events:
        hint = 'Does this work? python -c "import torch, matplotlib.pyplot"'
        yield Problem(lesson.path, 1, f"the process that runs lessons died ({_how(reply)})", reply.errors, hint)
    elif not any("end" in event or "crash" in event for event in reply.events):
        yield _at(lesson, at, f"{who} ended its process here ({_how(reply)})", "Let it run to its end.")


def _error(lesson: Lesson, line: int, kind: str, message: str, callers: list[int]) -> Problem:
    """An exception that the lesson did not catch; `callers` are the lines that led there, the nearest first."""
    if kind == "SystemExit":
        return _at(lesson, line, f"the lesson exits here ({message or 'no code'})", "Let it run to its end.")
    first, *rest = message.splitlines() or [""]
    problem = _at(lesson, line, f"the lesson raises {kind}: {first}".removesuffix(": "), HINTS.get(kind, ""))
    called = [f"called in line {number}: {lesson.lines[number - 1].strip()}" for number in callers[:3]]
    return replace(problem, evidence=(*problem.evidence, *rest[:5], *called))


def _strayed(lesson: Lesson, reply: Reply) -> Iterator[Problem]:
    """What the lesson wrote where no page shows it."""
    for event in reply.events:
        match event:
            case {"past": number, "descriptor": descriptor, "text": text}:
                statement = lesson.statements[number][1]
                where = STANDARD[descriptor] + (" past `sys.stdout`" if descriptor == 1 else "")
                sentence = f"this statement writes to {where}, which no page shows"
                evidence = (*statement.evidence, *_ends(lesson, text.splitlines()))
                hint = "Use `print`, which a page shows."
                if descriptor == 2:
                    hint = (
                        "Fix what it warns of, or catch it (`with warnings.catch_warnings(record=True) as caught:`) "
                        "and print what matters."
                    )
                yield Problem(lesson.path, statement.line, sentence, evidence, hint)
            case {"replaced": line, "stream": stream}:
                sentence = f"sys.{stream} is replaced here and never put back, so no page shows what follows"
                yield _at(lesson, line, sentence, f"Put it back: sys.{stream} = sys.__{stream}__")
            case {"closed": line}:
                yield _at(lesson, line, "a lesson may not close standard output", "Leave it open.")


def _ends(lesson: Lesson, lines: Sequence[str]) -> list[str]:
    """The first and the last lines of what was written (those tell of an exception), the lesson called by its name."""
    lines = lines if len(lines) <= 6 else [*lines[:3], f"... {len(lines) - 5:,} more lines ...", *lines[-2:]]
    return [visible(line.replace(os.path.abspath(lesson.path), lesson.path.name)) for line in lines]


def _watched_line(lesson: Lesson, watchdog: str) -> int | None:
    """The line of the lesson in what the watchdog wrote, the innermost one."""
    found = re.search(rf'^  File "{re.escape(os.path.abspath(lesson.path))}", line (\d+) ', watchdog, re.MULTILINE)
    return int(found[1]) if found else None


def _how(reply: Reply) -> str:
    if reply.exit_code is not None and reply.exit_code < 0:
        return signal.strsignal(-reply.exit_code) or f"signal {-reply.exit_code}"
    return f"exit code {reply.exit_code}"


def _at(lesson: Lesson, line: int, sentence: str, hint: str = "") -> Problem:
    evidence = (f"  {lesson.lines[line - 1].strip()}",) if line <= len(lesson.lines) else ()
    return Problem(lesson.path, line, sentence, evidence, hint)
