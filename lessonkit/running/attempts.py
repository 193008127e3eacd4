"""Tries answers to an exercise with its check: the starter, the solution, other answers, and automatic wrong ones.

A case of a check is one `assert` at one of the times that it is reached: the third time in a loop is a case of its own.
To know all the cases that reject an answer, a check goes on past an assert that fails.
"""

from __future__ import annotations

import ast
import os
import signal
import sys
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from types import CodeType, FrameType, FunctionType, TracebackType
from typing import Any

from lessonkit.lesson.cells import CODE_LANGUAGE, Code, Exercise, Statement
from lessonkit.running.accepted_values import Measured, measured
from lessonkit.running.automatic import NoSuchAnswer, answer, describe, labels

SOLUTION = "solution"
CASE = "__case__"
"""What the name of the context manager around each assert is while a check runs."""
SHARE = 1 / 3
"""How much of the time limit of its lesson an answer may take with its check."""

Namespace = dict[str, Any]
Define = Callable[[Namespace], None]


@dataclass
class Cases:
    """The asserts of a check as they are reached, and those that failed: (line, how many times reached, message)."""

    go_on: bool = True
    reached: Counter[int] = field(default_factory=Counter)
    failed: list[tuple[int, int, str]] = field(default_factory=list)
    inside: int = 0
    """The line of the assert that an error other than AssertionError came from."""
    first: BaseException | None = None
    """What the first assert that failed raised."""

    def __call__(self, line: int) -> _Case:
        """The context of one assert."""
        self.reached[line] += 1
        return _Case(self, line, self.reached[line])


@dataclass
class _Case:
    cases: Cases
    line: int
    time: int

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> bool:
        if error is None:
            return False
        if trace is None or trace.tb_next is not None or not isinstance(error, AssertionError):
            self.cases.inside = self.line
            return False
        self.cases.failed.append((self.line, self.time, str(error)[:200]))
        self.cases.first = self.cases.first or error
        return self.cases.go_on


class EachAssert(ast.NodeTransformer):
    """Puts each assert into its context, which `Cases` gives."""

    def visit_Assert(self, node: ast.Assert) -> ast.With:
        """The assert within `with __case__(line):`."""
        call = ast.Call(ast.Name(CASE, ast.Load()), [ast.Constant(node.lineno)], [])
        return ast.copy_location(ast.With([ast.withitem(call)], [node]), node)


@dataclass
class Results:
    """What functions gave, call by call, as far as the call came from outside them. A profiler, see sys.setprofile."""

    of: Mapping[int, str]
    gave: dict[str, list[str]] = field(default_factory=dict)
    depth: int = 0

    def __call__(self, frame: FrameType, event: str, value: Any) -> None:
        """Notes a result."""
        name = self.of.get(id(frame.f_code)) if event in ("call", "return") else None
        if name and event == "call":
            self.depth += 1
        elif name:
            self.depth -= 1
            if not self.depth:
                self.gave.setdefault(name, []).append(describe(value))


@dataclass(frozen=True)
class Attempts:
    """The attempts at one exercise. Its file is at `path`, `flags` are those of the lesson's `from __future__`."""

    exercise: Exercise
    path: str
    flags: int

    def groups(self) -> Iterator[dict[str, Define]]:
        """Every answer but the starter by its label, and what binds it.

        A group is tried in one process: those that change nothing beside their names, then each wrong answer alone.
        """
        right: dict[str, Define] = {SOLUTION: self._define}
        right |= {self.exercise.label(cell): self._answer(cell) for cell in self.exercise.right}
        for name, is_function in self.exercise.asks_for.items():
            for label in self._labels(name) if is_function else ():
                right[label] = partial(self._automatic, name, label)
        yield right
        yield from ({self.exercise.label(cell): self._answer(cell)} for cell in self.exercise.wrong)

    def _labels(self, name: str) -> list[str]:
        """The automatic answers of a function asked for; a class has none."""
        body = ast.parse(self.exercise.cell.sources[CODE_LANGUAGE]).body
        functions = {node.name: node.args for node in body if isinstance(node, ast.FunctionDef)}
        if name not in functions:
            return []
        return labels([one.arg for one in ast.walk(functions[name]) if isinstance(one, ast.arg)])

    def _answer(self, cell: Code) -> Define:
        return partial(self._execute_all, cell.statements)

    def _define(self, names: Namespace) -> None:
        self._execute_all(self.exercise.cell.statements, names)

    def _automatic(self, name: str, label: str, names: Namespace) -> None:
        self._define(names)
        names[name] = answer(label, names[name])

    def starter(self, names: Namespace) -> dict[str, str]:
        """What the starter gives: its own error, and where the check stopped; it must be at an assert."""
        reported = {"starter": "", "check": "passed"}
        try:
            exec(compile(self.exercise.starter(CODE_LANGUAGE), "starter", "exec", self.flags, True), names)
        except BaseException as error:  # noqa: B036
            reported["starter"] = f"{type(error).__name__}: {error}"
        cases = Cases(go_on=False)
        raised, statement = self._check(names, cases)
        if raised is not None:
            stopped = f"{statement.source.splitlines()[0]}\n{type(raised).__name__}: {raised}"
            reported["check"] = "assert" if cases.inside or isinstance(raised, AssertionError) else stopped
        return reported

    def run(self, define: Define, names: Namespace) -> dict[str, Any]:
        """What one answer gives: an error while it is defined, the cases that reject it, another error, its values."""
        try:
            define(names)
        except BaseException as error:  # noqa: B036
            return {"raised": self._said(error)}
        results = Results({id(code): name for name, code in self._codes(names)})
        cases = Cases()
        sys.setprofile(results if results.of else None)
        try:
            raised, _ = self._check(names, cases)
        finally:
            sys.setprofile(None)
        if isinstance(raised, NoSuchAnswer):
            return {"no_such_answer": True}
        own = [] if raised is None else traceback.extract_tb(raised.__traceback__)
        lines = range(self.exercise.check.line, self.exercise.check.statements[-1].end_line + 1)
        if isinstance(raised, AssertionError) and own[-1].filename == self.path and own[-1].lineno in lines:
            cases.failed.append((own[-1].lineno or 0, 1, str(raised)[:200]))  # `raise AssertionError`, written out
            raised = None
        values = {name: [describe(names.get(name))] for name, defined in self.exercise.asks_for.items() if not defined}
        return {
            "failed": cases.failed,
            "cases": cases.reached.total(),
            "error": "" if raised is None else self._said(raised),
            "gave": {**results.gave, **values},
        }

    def typed(self, names: Namespace) -> Measured | None:
        """Which numbers the check accepts, where the exercise asks for such as readers may type."""
        check = [self._compiled(statement) for statement in self.exercise.check.statements]
        return measured(self.exercise, [self._compiled(one) for one in self.exercise.cell.statements], check, names)

    def _codes(self, names: Namespace) -> Iterator[tuple[str, CodeType]]:
        """The code of the functions asked for, and of the methods of classes."""
        for name, defined in self.exercise.asks_for.items():
            thing = names.get(name)
            methods = vars(thing).items() if isinstance(thing, type) else [("", thing)] if defined else []
            for method, function in methods:
                automatic = hasattr(function, "__wrapped__")  # nobody asks what type it gives
                if isinstance(function, FunctionType) and method != "__init__" and not automatic:
                    yield f"{name}.{method}".rstrip("."), function.__code__

    def _check(self, names: Namespace, cases: Cases) -> tuple[BaseException | None, Statement]:
        """Runs the check, up to an error, and where that came."""
        names[CASE] = cases
        statement = self.exercise.check.statements[0]
        try:
            for statement in self.exercise.check.statements:
                self._execute(statement, names, EachAssert())
        except BaseException as error:  # noqa: B036
            return error, statement
        finally:
            names.pop(CASE, None)
        return None, statement

    def _execute_all(self, statements: tuple[Statement, ...], names: Namespace) -> None:
        for statement in statements:
            self._execute(statement, names)

    def _execute(self, statement: Statement, names: Namespace, change: ast.NodeTransformer | None = None) -> None:
        exec(self._compiled(statement, change), names)

    def _compiled(self, statement: Statement, change: ast.NodeTransformer | None = None) -> CodeType:
        tree = ast.parse("\n" * (statement.line - 1) + statement.source, self.path)
        tree = ast.fix_missing_locations(change.visit(tree)) if change else tree
        code: CodeType = compile(tree, self.path, "exec", self.flags, dont_inherit=True, optimize=0)
        return code

    def _said(self, error: BaseException) -> str:
        """An error with the line of the lesson that it came from."""
        frames = traceback.extract_tb(error.__traceback__)
        line = next((frame.lineno for frame in reversed(frames) if frame.filename == self.path), None)
        return f"{type(error).__name__}: {error}"[:300] + (f" (line {line})" if line else "")


def apart(give: Callable[[], None], time_limit: float) -> str:
    """Lets a copy of this process do something; how that ended, if not well. Nothing that it changes is seen here."""
    if sys.platform == "win32":
        raise OSError("this system cannot fork")
    seconds = max(SHARE * time_limit, 0.01)
    if (child := os.fork()) == 0:
        for descriptor in (1, 2):
            os.dup2(os.open(os.devnull, os.O_RDWR), descriptor)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            give()
        except BaseException:  # noqa: B036 - what the lesson may raise was caught; nobody hears more
            os._exit(1)
        os._exit(0)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended == -signal.SIGALRM:
        return f"it did not end within {seconds:g} s"
    return f"it ended its process (exit code {ended})" if ended else ""
