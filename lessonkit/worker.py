"""The process that runs lessons: `python -m lessonkit.worker`, told what to do in lines of JSON.

A request is {"path", "text", "time_limit"}; the answer is {"events": [...], "ended": "done" | "time" | "died"}.
With `--once` it reads one request and writes one event a line (for systems without fork); otherwise it imports what
lessons use, then forks a fresh child for each request, so that each starts with torch imported and nothing done.
Events, in order: {"platform"}, {"at": line}, {"output": statement, "text"}, {"figure", "svg", "data"}, {"exercise", "starter",
"check"}, {"error": line, "kind", "message"}, {"refused": line, "what"}, {"left": files}.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import os
import select
import signal
import sys
import tempfile
import time
import traceback
import types
from collections.abc import Callable
from pathlib import Path

from lessonkit.cells import Code, Lesson, Statement
from lessonkit.exercises import starter
from lessonkit.figures import apply_house_style, capture
from lessonkit.guard import Guard
from lessonkit.parse import parse
from lessonkit.provenance import Platform

WARM = ("numpy", "torch", "torch._dynamo", "matplotlib.pyplot")
"""Imported once for all lessons; torch._dynamo because the first optimizer imports it, which takes a second and makes a folder."""
Emit = Callable[[dict], None]


class LessonRun:
    """One lesson in this process: executes its statements in a module of their own and emits what happens."""

    def __init__(self, lesson: Lesson, emit: Emit):
        self.lesson, self.emit = lesson, emit
        self.module = types.ModuleType("__main__")
        self.module.__file__ = str(lesson.path)
        self.stdout = io.StringIO()
        self.flags = 0
        self.unfinished = ""
        self.guard = Guard()

    def run(self) -> None:
        """Executes the lesson, then tries the starters of its exercises."""
        sys.modules["__main__"] = self.module
        sys.argv = [str(self.lesson.path)]
        number, snapshots = 0, {}
        with contextlib.redirect_stdout(self.stdout), self.guard:
            for cell in self.lesson.code:
                if cell.kind == "exercise":
                    snapshots[cell.name] = dict(vars(self.module))
                for statement in cell.statements:
                    if not self._statement(number, statement):
                        return
                    number += 1
                self._flush(number - 1)
                self._figures(cell)
            for cell in self.lesson.code:
                if cell.kind == "check":
                    self._try_starter(cell, snapshots[cell.name])

    def _statement(self, number: int, statement: Statement) -> bool:
        self.emit({"at": statement.line})
        try:
            self._execute(statement, vars(self.module))
        except BaseException as error:  # noqa: B036 - a lesson may raise anything, SystemExit included
            self.emit({"error": self._line(error) or statement.line, "kind": type(error).__name__, "message": str(error)})
            return False
        finally:
            for what in self.guard.take():
                self.emit({"refused": statement.line, "what": what})
        self._output(number)
        return True

    def _execute(self, statement: Statement, namespace: dict) -> None:
        source = "\n" * (statement.line - 1) + statement.source
        code = compile(source, str(self.lesson.path), "exec", self.flags, dont_inherit=True)
        self.flags |= code.co_flags & 0x1FF0000  # what `from __future__ import` switched on
        exec(code, namespace)

    def _output(self, number: int) -> None:
        """Gives finished lines to this statement; an unfinished one waits for the statement that ends it."""
        text = self.unfinished + self.stdout.getvalue()
        self.stdout.seek(0)
        self.stdout.truncate()
        done, newline, self.unfinished = text.rpartition("\n")
        if newline:
            self.emit({"output": number, "text": done + newline})

    def _flush(self, number: int) -> None:
        if self.unfinished:
            self.emit({"output": number, "text": self.unfinished + "\n"})
            self.unfinished = ""

    def _figures(self, cell: Code) -> None:
        plt = sys.modules.get("matplotlib.pyplot")
        numbers = plt.get_fignums() if plt else []
        if len(numbers) != (cell.kind == "figure"):
            self.emit({"figures": cell.line, "count": len(numbers)})
        elif numbers:
            svg, data = capture(plt.figure(numbers[0]))
            self.emit({"figure": cell.name, "svg": svg, "data": data})
        if numbers:
            plt.close("all")

    def _try_starter(self, check: Code, namespace: dict) -> None:
        """Runs starter and check where the exercise stood; the check must fail at one of its asserts."""
        exercise = next(cell for cell in self.lesson.code if cell.kind == "exercise" and cell.name == check.name)
        event = {"exercise": check.name, "starter": "", "check": "passed"}
        try:
            exec(compile(starter(exercise.sources["en"]), "starter", "exec"), namespace)
        except BaseException as error:  # noqa: B036
            event["starter"] = f"{type(error).__name__}: {error}"
        try:
            for statement in check.statements:
                event["check"] = "assert" if statement.source.startswith("assert") else statement.source.split("\n")[0]
                self._execute(statement, namespace)
            event["check"] = "passed"
        except BaseException as error:  # noqa: B036
            if isinstance(error, AssertionError):
                event["check"] = "assert"
        self.stdout.truncate(0)
        self.emit(event)

    def _line(self, error: BaseException) -> int | None:
        """The line of the lesson where an error came from."""
        frames = traceback.extract_tb(error.__traceback__)
        return next((frame.lineno for frame in reversed(frames) if frame.filename == str(self.lesson.path)), None)


def run_request(request: dict, emit: Emit) -> None:
    """Runs the lesson of a request in an empty folder, in this process, and emits its events."""
    apply_house_style()
    emit({"platform": Platform.here().as_dict()})
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        LessonRun(parse(Path(request["path"]), request["text"]), emit).run()
        left = sorted(path.name for path in Path(folder).iterdir())
        os.chdir(tempfile.gettempdir())
    if left:
        emit({"left": left})
    emit({"end": True})


def _emitter(descriptor: int) -> Emit:
    def emit(event: dict) -> None:
        data = (json.dumps(event) + "\n").encode()
        while data:
            data = data[os.write(descriptor, data) :]

    return emit


def _silence() -> None:
    """Standard input is empty, and what libraries write past Python goes nowhere."""
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(null, descriptor)


def _warm() -> None:
    for name in WARM:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def _fork(request: dict) -> dict:
    """Runs a request in a forked child; kills it at its time limit."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.close(reader)
        _silence()
        with contextlib.suppress(BaseException):
            run_request(request, _emitter(writer))
        os._exit(0)
    os.close(writer)
    data, deadline, ended = b"", time.monotonic() + request["time_limit"], "done"
    while True:
        ready, _, _ = select.select([reader], [], [], max(0, deadline - time.monotonic()))
        chunk = os.read(reader, 1 << 16) if ready else None
        if not chunk:
            ended = "done" if ready else "time"
            break
        data += chunk
    if ended == "time":
        os.killpg(child, signal.SIGKILL)
    os.close(reader)
    os.waitpid(child, 0)
    return answer(data, ended)


def answer(data: bytes, ended: str) -> dict:
    """The answer to a request: the events that came through, and how it ended."""
    events = [json.loads(line) for line in data.split(b"\n")[:-1]]
    if ended == "done" and not (events and "end" in events[-1]):
        ended = "died"
    return {"events": events, "ended": ended}


def main() -> None:
    """Reads requests until standard input ends."""
    out = os.dup(1)
    requests = os.fdopen(os.dup(0), encoding="utf-8")
    if "--once" in sys.argv:
        request = json.loads(requests.readline())
        _silence()
        _warm()
        run_request(request, _emitter(out))
        return
    os.dup2(2, 1)
    _warm()
    for line in requests:
        _emitter(out)(_fork(json.loads(line)))


if __name__ == "__main__":
    main()
