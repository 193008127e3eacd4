"""Executes a lesson in this process, statement by statement, and tells what happens as events.

The events: {"at": line} before each statement and {"trying": line} before a starter; {"output": statement, "text"};
{"figure": name, "svg", "data"}, {"figures": line, "count"}, {"undrawn": line, "message"}; {"exercise": name, "starter",
"check"}, {"attempt": exercise, "answer": label} with what its check says, {"typed": exercise} with the numbers that it
accepts; {"unfinished": line} at the end of a cell; {"refused": line, "what"}, {"error": line, "kind",
"message", "callers": lines}; {"past": statement, "descriptor", "text"}, {"replaced": line, "stream"}, {"closed": line}:
what no page shows; {"unshown": statement, "line" in it, "type"}: a call whose value nobody sees; {"names": line of a
cell, "stand_for": fingerprints} for each cell, if asked; {"lab": name}, {"unfit": line} at the end (lab_data.py).
"""

from __future__ import annotations

import ast
import atexit
import os
import sys
import threading
import traceback
import types

from lessonkit.drawing.figures import FigureError, capture
from lessonkit.drawing.legible import BlamedError
from lessonkit.lesson.cells import CODE_LANGUAGE, Code, Lesson, Statement
from lessonkit.running.boundary import Emit, Event, imported
from lessonkit.running.exercise_answers import Tries
from lessonkit.running.fingerprint import fingerprints, mentioned
from lessonkit.running.guard import Guard
from lessonkit.running.lab_data import reported
from lessonkit.running.streams import Descriptors, Printed
from lessonkit.running.unshown_values import Unshown

MOST_REPORTED = 10_000
"""Characters of what a statement writes past `print`, as far as they are reported."""
FUTURES = 0x1FF0000
"""The flags of compiled code that `from __future__ import` switches on."""


class LessonRun:
    """One lesson as the main program of this process, which is good for nothing else afterwards."""

    def __init__(self, lesson: Lesson, emit: Emit, *, names: bool = False, answers: str = ""):
        """`answers` to exercises are tried "apart", each in a fork of this process, or "here"."""
        self.lesson, self.emit, self.names, self.answers = lesson, emit, names, answers
        self.path = os.path.abspath(lesson.path)
        self.module = types.ModuleType("__main__")
        self.module.__file__ = self.path
        self.printed = Printed()
        self.unfinished = ""
        self.printed_last = 0
        self.flags = 0
        self.descriptors = Descriptors()
        self.replaced: dict[str, int] = {}
        self.guard = Guard(self.path)
        self.tries = Tries(lesson, self.path, answers, emit, self.guard, self._unheard)

    def run(self) -> None:
        """Executes the lesson, then tries starters; other answers where their exercise begins, or else at the end."""
        sys.modules["__main__"], sys.argv, sys.path[:0] = self.module, [self.path], [os.path.dirname(self.path)]
        sys.stdout = self.printed
        sys.__stdout__ = self.printed  # type: ignore[misc]  # a lesson may print there too, and it must be seen
        self.standing = {"stdout": (self.printed,), "stderr": (sys.stderr, self.printed)}
        atexit._clear()
        with self.guard:
            before: dict[str, Event] = {}
            if self._cells(before):
                for event in reported(self.lesson, vars(self.module)):
                    self.emit(event)
                self._end()
                for name in self.lesson.exercises:
                    self.tries.starter(name, dict(before[name]), self.flags)
                for name in self.lesson.exercises if self.answers == "here" else ():
                    self.tries.answers(name, before[name], self.flags)
                self._forget(before)

    def _cells(self, before: dict[str, Event]) -> bool:
        """Executes all cells, as far as they go; keeps in `before` the names that each exercise began with."""
        number = 0
        for cell in self.lesson.code:
            if cell.kind == "exercise":
                before[cell.name] = dict(vars(self.module))
                if self.answers == "apart":
                    self.tries.answers(cell.name, vars(self.module), self.flags)
            for statement in cell.statements:
                last = statement is cell.statements[-1]
                values = Unshown(self.path, vars(self.module), last=last) if cell.kind != "figure" else None
                if not self._statement(number, statement, values):
                    return False
                number += 1
            if self.unfinished:
                self.emit({"unfinished": self.lesson.statements[self.printed_last][1].line})
            self._finish_line(number - 1)
            self._figures(cell)
            self._past(number - 1)
            if self.names:
                touched = mentioned(cell.sources[CODE_LANGUAGE], vars(self.module))
                self.emit({"names": cell.line, "stand_for": fingerprints(touched)})
        return True

    def _statement(self, number: int, statement: Statement, values: Unshown | None) -> bool:
        self.emit({"at": statement.line})
        try:
            self._execute(statement, values)
        except BaseException as error:  # noqa: B036 - a lesson may raise anything, SystemExit included
            line = self._line(error) or statement.line
            callers = list(dict.fromkeys(one for one in self._lines(error)[::-1] if one != line))
            self.emit({"error": line, "kind": type(error).__name__, "message": str(error), "callers": callers})
            return False
        finally:
            for at, what in self.guard.take():
                self.emit({"refused": at or statement.line, "what": what})
            self._past(number)
            self._streams(statement.line)
        if not self._output(number) and values:
            for line, kind in values.found:
                self.emit({"unshown": number, "line": line - statement.line, "type": kind})
        return True

    def _execute(self, statement: Statement, values: Unshown | None) -> None:
        text = "\n" * (statement.line - 1) + statement.source
        if values:
            code = values.compiled(text, self.flags)
        else:
            code = compile(text, self.path, "exec", self.flags, dont_inherit=True, optimize=0)
        self.flags |= code.co_flags & FUTURES
        exec(code, vars(self.module))

    def _output(self, number: int) -> str:
        """Gives finished lines to this statement; an unfinished one waits for the statement that ends it."""
        printed = self.printed.take()
        self.printed_last = number if printed else self.printed_last
        done, newline, self.unfinished = (self.unfinished + printed).rpartition("\n")
        if newline:
            self.emit({"output": number, "text": done + newline})
        return printed

    def _past(self, number: int) -> None:
        """Tells what this statement wrote that is no output."""
        for descriptor, text in self.descriptors.take():
            self.emit({"past": number, "descriptor": descriptor, "text": text[:MOST_REPORTED]})

    def _streams(self, line: int) -> None:
        """Remembers where `sys.stdout` or `sys.stderr` was replaced, until it is put back; tells that it was closed."""
        for name, standing in self.standing.items():
            if getattr(sys, name, None) in standing:
                self.replaced.pop(name, None)
            else:
                self.replaced.setdefault(name, line)
        if self.printed.kept.was_closed:
            self.printed.kept.was_closed = False
            self.emit({"closed": line})

    def _finish_line(self, number: int) -> None:
        if self.unfinished:
            self.emit({"output": number, "text": self.unfinished + "\n"})
            self.unfinished = ""

    def _end(self) -> None:
        """Ends as a program does: waits for threads, then calls what is left for the exit.

        What they print is the output of the last statement.
        """
        threading._shutdown()  # type: ignore[attr-defined]  # what Python calls at its end has no public name
        atexit._run_exitfuncs()
        last = len(self.lesson.statements) - 1
        self._output(last)
        self._finish_line(last)
        self._past(last)
        for stream, line in self.replaced.items():
            self.emit({"replaced": line, "stream": stream})
        for at, what in self.guard.take():
            self.emit({"refused": at or self.lesson.statements[last][1].line, "what": what})

    def _figures(self, cell: Code) -> None:
        plt = imported("matplotlib.pyplot")
        numbers = plt.get_fignums() if plt else []
        if len(numbers) != (cell.kind == "figure"):
            self.emit({"figures": cell.line, "count": len(numbers)})
        elif numbers:
            try:
                svg, data = capture(plt.figure(numbers[0]))
                self.emit({"figure": cell.name, "svg": svg, "data": data})
            except Exception as error:
                message = str(error) if isinstance(error, FigureError) else f"{type(error).__name__}: {error}"
                self.emit({"undrawn": self._blamed(error, cell), "message": message})
        if numbers:
            plt.close("all")

    def _blamed(self, error: Exception, cell: Code) -> int:
        """The line of the cell, or else of the lesson, that a figure's error blames; by default the cell's first."""
        if isinstance(error, BlamedError):
            for statement in (*cell.statements, *(one for _, one in self.lesson.statements)):
                nodes = filter(error.blames, ast.walk(ast.parse(statement.source)))
                lines = (node.lineno for node in nodes if isinstance(node, ast.expr | ast.keyword))
                if line := next(lines, 0):
                    return statement.line + line - 1
        return cell.line

    def _unheard(self) -> None:
        """Drops what was printed: readers do not run these answers with their check as they stand."""
        _ = self.printed.take(), list(self.descriptors.take())

    def _forget(self, before: dict[str, Event]) -> None:
        """Lets go of everything the lesson made; what that prints is the output of the last statement."""
        before.clear()
        while names := vars(self.module):
            names.popitem()  # the newest first, as what goes may need what came before it
        last = len(self.lesson.statements) - 1
        self._output(last)
        self._finish_line(last)
        self._past(last)

    def _line(self, error: BaseException) -> int | None:
        """The line of the lesson where an error came from."""
        if isinstance(error, SyntaxError) and error.filename == self.path:
            return error.lineno
        return next(reversed(self._lines(error)), None)

    def _lines(self, error: BaseException) -> list[int]:
        """The lines of the lesson through which an error came, the innermost last."""
        frames = traceback.walk_tb(error.__traceback__)
        return [line for frame, line in frames if frame.f_code.co_filename == self.path]
