"""Runs lessons in fresh processes and gathers what they printed and drew.

Where `fork` is safe (Linux) one warm worker that has imported torch forks a child per lesson; elsewhere each lesson gets
a new process. Threads and the CPU code path are pinned down before torch is imported (see lessonkit/worker.py).
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lessonkit.cells import Lesson, Problem
from lessonkit.provenance import Platform
from lessonkit.worker import answer

ONE_THREAD = {name: "1" for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_NUM_THREADS")}
AVX2 = {"ATEN_CPU_CAPABILITY": "avx2", "MKL_ENABLE_INSTRUCTIONS": "AVX2", "MKL_CBWR": "AVX2", "ONEDNN_MAX_CPU_ISA": "AVX2"}
QUIET = {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "MPLBACKEND": "agg"}


@dataclass(frozen=True)
class Outcome:
    """What a run of a lesson gave.

    `outputs` maps a statement's number (from 0) to the lines it printed, without trailing blanks; `figures` maps names to
    (svg, data); `exercises` maps names to ("" or the starter's error, where the check stopped: "assert", "passed" or a line).
    """

    platform: Platform
    outputs: Mapping[int, tuple[str, ...]]
    figures: Mapping[str, tuple[str, dict]]
    exercises: Mapping[str, tuple[str, str]]
    problems: tuple[Problem, ...]


def environment() -> dict[str, str]:
    """The environment of a process that runs lessons."""
    pinned = AVX2 if platform.machine().lower() in ("x86_64", "amd64") else {}
    return {**os.environ, **ONE_THREAD, **pinned, **QUIET}


class Runner:
    """Runs lessons. Use as a context manager, so that the warm worker ends."""

    def __init__(self, *, fork: bool = sys.platform == "linux"):
        self.fork = fork
        self._worker: subprocess.Popen[str] | None = None

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Ends the warm worker."""
        if self._worker:
            self._worker.stdin.close()
            self._worker.wait()
            self._worker.stdout.close()
            self._worker = None

    def run(self, lesson: Lesson) -> Outcome:
        """Runs a lesson from its text, within its time limit."""
        request = {"path": str(lesson.path), "text": lesson.text, "time_limit": lesson.head.time_limit}
        reply = self._ask(request) if self.fork else _once(request)
        return outcome(lesson, reply)

    def _ask(self, request: dict) -> dict:
        if self._worker is None:
            self._worker = _start([])
        self._worker.stdin.write(json.dumps(request) + "\n")
        self._worker.stdin.flush()
        return json.loads(self._worker.stdout.readline())


def _start(options: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "lessonkit.worker", *options]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, env=environment(), text=True, encoding="utf-8")


def _once(request: dict) -> dict:
    process = _start(["--once"])
    try:
        data, _ = process.communicate(json.dumps(request) + "\n", timeout=request["time_limit"] + 30)
        return answer(data.encode(), "done")
    except subprocess.TimeoutExpired:
        process.kill()
        data, _ = process.communicate()
        return answer(data.encode(), "time")


def outcome(lesson: Lesson, reply: dict) -> Outcome:
    """The outcome told by a worker's answer."""
    outputs: dict[int, tuple[str, ...]] = {}
    figures, exercises, problems, refused, at = {}, {}, [], [], 1
    here = Platform("", "", "", "", "")
    for event in reply["events"]:
        match event:
            case {"platform": values}:
                here = Platform(**values)
            case {"at": line}:
                at = line
            case {"output": number, "text": text}:
                outputs[number] = outputs.get(number, ()) + tuple(line.rstrip() for line in text.split("\n")[:-1])
            case {"figure": name, "svg": svg, "data": data}:
                figures[name] = (svg, data)
            case {"exercise": name, "starter": error, "check": check}:
                exercises[name] = (error, check)
            case {"refused": line, "what": what}:
                refused.append(_at(lesson, line, f"a lesson may not do this: it {what}", "Keep its data in the lesson."))
            case {"left": names}:
                refused.append(Problem(lesson.path, 1, f"a lesson may not write files: it left {', '.join(names)}"))
            case {"error": _} | {"figures": _}:
                problems.append(_problem(lesson, event))
    if reply["ended"] == "time":
        mend = "Make it shorter, or give the head of the lesson a time_limit (in seconds)."
        problems.append(_at(lesson, at, f"the lesson did not end within {lesson.head.time_limit:g} s", mend))
    elif reply["ended"] == "died":
        problems.append(_at(lesson, at, "the process of the lesson died here without an error"))
    return Outcome(here, outputs, figures, exercises, tuple(refused or problems))


def _at(lesson: Lesson, line: int, sentence: str, mend: str = "") -> Problem:
    evidence = (f"  {lesson.lines[line - 1].strip()}",) if line <= len(lesson.lines) else ()
    return Problem(lesson.path, line, sentence, evidence, mend)


def _problem(lesson: Lesson, event: dict) -> Problem:
    match event:
        case {"error": line, "kind": "SystemExit", "message": message}:
            return _at(lesson, line, f"the lesson exits here ({message or 'no code'})", "Let it run to its end.")
        case {"error": line, "kind": kind, "message": message}:
            first, *rest = message.splitlines() or [""]
            problem = _at(lesson, line, f"the lesson raises {kind}: {first}")
            return replace(problem, evidence=(*problem.evidence, *rest[:5]))
    sentence = f"this cell draws {event['count']} figures" if event["count"] else "this figure cell draws no figure"
    mend = 'A cell figure="NAME" draws exactly one, any other cell none; plt.show() is not needed.'
    return _at(lesson, event["figures"], sentence, mend)
