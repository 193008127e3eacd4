"""Executes a lesson in this process, statement by statement, and tells what happens as events.

The events: {"at": line} before each statement and {"trying": line} before a starter; {"output": statement, "text"};
{"figure": name, "svg", "data"}, {"figures": line, "count"}, {"undrawn": line, "message"}; {"exercise": name, "starter",
"check"}; {"refused": line, "what"}, {"error": line, "kind", "message"}; {"names": line of a cell,
"stand_for": fingerprints} after each cell, if asked for.
"""

from __future__ import annotations

import ast
import atexit
import io
import os
import sys
import threading
import traceback
import types
from collections.abc import Callable

from lessonkit.drawing.figures import FigureError, capture
from lessonkit.lesson.cells import CODE_LANGUAGE, Code, Lesson, Statement
from lessonkit.lesson.exercises import starter
from lessonkit.running.fingerprint import fingerprints, mentioned
from lessonkit.running.guard import Guard

Emit = Callable[[dict], None]
MOST = 1_000_000
FUTURES = 0x1FF0000
"""The flags of compiled code that `from __future__ import` switches on."""


class TooMuchPrinted(BaseException):
    """Raised in a lesson that prints without end; no `except Exception` of its own keeps it from ending."""


class Printed(io.TextIOWrapper):
    """What a lesson prints: UTF-8 on every system, and not without end."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)

    def write(self, text: str) -> int:
        """Like any stream; a single statement prints less than a million bytes."""
        if self.buffer.tell() > MOST:
            raise TooMuchPrinted(f"this statement prints more than {MOST:,} bytes")
        return super().write(text)

    def take(self) -> str:
        """What was printed since the last call."""
        text = self.buffer.getvalue().decode("utf-8", errors="replace")
        self.buffer.seek(0)
        self.buffer.truncate()
        return text


class LessonRun:
    """One lesson as the main program of this process, which is good for nothing else afterwards."""

    def __init__(self, lesson: Lesson, emit: Emit, *, names: bool = False):
        self.lesson, self.emit, self.names = lesson, emit, names
        self.path = os.path.abspath(lesson.path)
        self.module = types.ModuleType("__main__")
        self.module.__file__ = self.path
        self.printed = Printed()
        self.unfinished = ""
        self.flags = 0
        self.guard = Guard(self.path)

    def run(self) -> None:
        """Executes the lesson to its end, then tries the starters of its exercises."""
        sys.modules["__main__"], sys.argv, sys.path[:0] = self.module, [self.path], [os.path.dirname(self.path)]
        sys.stdout = sys.__stdout__ = self.printed
        atexit._clear()
        with self.guard:
            before: dict[str, dict] = {}
            if self._cells(before):
                self._end()
                for cell in self.lesson.code:
                    if cell.kind == "check":
                        self._try_starter(cell, before[cell.name])

    def _cells(self, before: dict[str, dict]) -> bool:
        """Executes all cells, as far as they go; keeps in `before` the names that each exercise began with."""
        number = 0
        for cell in self.lesson.code:
            if cell.kind == "exercise":
                before[cell.name] = dict(vars(self.module))
            for statement in cell.statements:
                if not self._statement(number, statement):
                    return False
                number += 1
            self._finish_line(number - 1)
            self._figures(cell)
            if self.names:
                touched = mentioned(cell.sources[CODE_LANGUAGE], vars(self.module))
                self.emit({"names": cell.line, "stand_for": fingerprints(touched)})
        return True

    def _statement(self, number: int, statement: Statement) -> bool:
        self.emit({"at": statement.line})
        try:
            self._execute(statement.source, statement.line, vars(self.module))
        except BaseException as error:  # noqa: B036 - a lesson may raise anything, SystemExit included
            line = self._line(error) or statement.line
            self.emit({"error": line, "kind": type(error).__name__, "message": str(error)})
            return False
        finally:
            for line, what in self.guard.take():
                self.emit({"refused": line or statement.line, "what": what})
        self._output(number)
        return True

    def _execute(self, source: str, line: int, namespace: dict, filename: str = "") -> None:
        text = "\n" * (line - 1) + source
        code = compile(text, filename or self.path, "exec", self.flags, dont_inherit=True, optimize=0)
        self.flags |= code.co_flags & FUTURES
        exec(code, namespace)

    def _output(self, number: int) -> None:
        """Gives finished lines to this statement; an unfinished one waits for the statement that ends it."""
        done, newline, self.unfinished = (self.unfinished + self.printed.take()).rpartition("\n")
        if newline:
            self.emit({"output": number, "text": done + newline})

    def _finish_line(self, number: int) -> None:
        if self.unfinished:
            self.emit({"output": number, "text": self.unfinished + "\n"})
            self.unfinished = ""

    def _end(self) -> None:
        """Ends as a program does: waits for threads, then calls what is left for the exit.

        What they print is the output of the last statement.
        """
        threading._shutdown()
        atexit._run_exitfuncs()
        last = len(self.lesson.statements) - 1
        self._output(last)
        self._finish_line(last)
        for line, what in self.guard.take():
            self.emit({"refused": line or self.lesson.statements[last][1].line, "what": what})

    def _figures(self, cell: Code) -> None:
        plt = sys.modules.get("matplotlib.pyplot")
        numbers = plt.get_fignums() if plt else []
        if len(numbers) != (cell.kind == "figure"):
            self.emit({"figures": cell.line, "count": len(numbers)})
        elif numbers:
            try:
                svg, data = capture(plt.figure(numbers[0]))
                self.emit({"figure": cell.name, "svg": svg, "data": data})
            except Exception as error:
                message = str(error) if isinstance(error, FigureError) else f"{type(error).__name__}: {error}"
                self.emit({"undrawn": cell.line, "message": message})
        if numbers:
            plt.close("all")

    def _try_starter(self, check: Code, namespace: dict) -> None:
        """Runs starter and check with the names the exercise began with; the check must fail at one of its asserts."""
        exercise = next(cell for cell in self.lesson.code if cell.kind == "exercise" and cell.name == check.name)
        self.emit({"trying": exercise.line})
        event = {"exercise": check.name, "starter": "", "check": "passed"}
        try:
            self._execute(starter(exercise.sources[CODE_LANGUAGE]), 1, namespace, "starter")
        except BaseException as error:  # noqa: B036
            event["starter"] = f"{type(error).__name__}: {error}"
        for statement in check.statements:
            try:
                self._execute(statement.source, statement.line, namespace)
            except BaseException as error:  # noqa: B036
                first = statement.source.splitlines()[0]
                asserts = self._from_assert(error, check)
                event["check"] = "assert" if asserts else f"{first}\n{type(error).__name__}: {error}"
                break
        self.printed.take()
        self.emit(event)

    def _from_assert(self, error: BaseException, check: Code) -> bool:
        """Whether an assert failed, or what it asked for raised an error."""
        nodes = [(s.line - 1, node) for s in check.statements for node in ast.walk(ast.parse(s.source))]
        asserts = [(n, node) for n, node in nodes if isinstance(node, ast.Assert)]
        lines = {line for n, node in asserts for line in range(n + node.lineno, n + node.end_lineno + 1)}
        return isinstance(error, AssertionError) or not lines.isdisjoint(self._lines(error))

    def _line(self, error: BaseException) -> int | None:
        """The line of the lesson where an error came from."""
        if isinstance(error, SyntaxError) and error.filename == self.path:
            return error.lineno
        return next(reversed(self._lines(error)), None)

    def _lines(self, error: BaseException) -> list[int]:
        """The lines of the lesson through which an error came, the innermost last."""
        frames = traceback.walk_tb(error.__traceback__)
        return [line for frame, line in frames if frame.f_code.co_filename == self.path]
