"""Runs many programs: what several begin with runs once, then the process forks. Definitions and constants move below
what cannot see them (running/deferred.py), so that more programs begin alike.

`python -P -m lessonkit.running.prefix_tree` reads {"programs": [text, ...], "names": whether to look at what they did}
and answers with one line of JSON a program: {"program": number, "output": text, "error": "" or what it raised,
"statement": which did, "names", "figure"}. Each program starts in a process that has imported what lessons use and
done nothing else. Where there is no fork, each program gets a process of its own.
"""

from __future__ import annotations

import ast
import io
import json
import linecache
import os
import random
import subprocess
import sys
import time
import types
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lessonkit.drawing.figure_values import Data
from lessonkit.drawing.figures import FigureError, apply_house_style, capture
from lessonkit.running.boundary import Event, fork, imported, write_event
from lessonkit.running.deferred import late
from lessonkit.running.execute import FUTURES
from lessonkit.running.fingerprint import Fingerprint, begin, fingerprints
from lessonkit.running.run import end_group, environment
from lessonkit.running.worker import WARM, WHERE_USED, mentioned, warm


@dataclass(frozen=True)
class Ran:
    """What a program gave: its standard output, and the error ("AssertionError: ...") that ended it, and where.

    If it was asked for and it came to its end: what its names stand for (see fingerprint.py), and the data of its
    figure, the last one if it drew several.
    """

    output: str
    error: str = ""
    statement: str = ""
    names: Mapping[str, Fingerprint] = field(default_factory=dict)
    figure: Data | None = None


@dataclass
class Node:
    """A statement that some programs share after the same beginning; `ends` are the programs that end with it.

    `source` is the statement as Python would write it, `tree` what is executed, `lines` those of the first program that
    has it: two statements on one line of a program are two nodes.
    """

    source: str = ""
    tree: ast.stmt = field(default_factory=ast.Pass)
    lines: Sequence[str] = ()
    following: dict[str, Node] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)

    def programs(self) -> Iterable[int]:
        """All programs that come through here."""
        yield from self.ends
        for node in self.following.values():
            yield from node.programs()


def grow(programs: Sequence[str]) -> Node:
    """The tree of the programs' statements. What only binds a name waits until it is needed, so that more is shared."""
    root = Node()
    for number, program in enumerate(programs):
        node, lines = root, [f"{line}\n" for line in program.split("\n")]
        for statement in late(ast.parse(program).body):
            source = ast.unparse(statement)
            node = node.following.setdefault(source, Node(source, statement, lines))
        node.ends.append(number)
    return root


NOT_ENDED = "not ended in time"
"""The error of a program for which the time was too short."""


def run(
    programs: Sequence[str],
    *,
    fork: bool = sys.platform == "linux",
    names: bool = False,
    seconds: float | None = None,
) -> list[Ran]:
    """Runs programs, in processes with the environment of lessons; together for so many seconds at most.

    With `names` they draw in the house style, and what their names stand for and what they draw is reported too.
    """
    end = None if seconds is None else time.monotonic() + seconds
    groups = [list(programs)] if fork else [[program] for program in programs]
    results: list[Ran] = []
    for group in groups:
        command = [sys.executable, "-P", "-m", "lessonkit.running.prefix_tree"]
        request = json.dumps({"programs": group, "names": names}) + "\n"
        lines, ended = _ask(command, request, None if end is None else max(end - time.monotonic(), 0.1))
        answers = {answer.pop("program"): _ran(**answer) for answer in map(json.loads, lines)}
        missing = Ran("", "the process died" if ended else NOT_ENDED)
        results += [answers.get(number, missing) for number in range(len(group))]
    return results


def _ask(command: Sequence[str], request: str, seconds: float | None) -> tuple[list[str], bool]:
    """The lines that a process answers, and whether it ended by itself; else it is ended with all its children."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        encoding="utf-8",
        start_new_session=True,
    )
    try:
        return process.communicate(request, timeout=seconds)[0].splitlines(), True
    except subprocess.TimeoutExpired:
        end_group(process)
        return [line for line in process.communicate()[0].splitlines() if line.endswith("}")], False
    except BaseException:  # Ctrl-C, most likely
        end_group(process)
        raise


def _ran(*, names: Mapping[str, Sequence[Any]] | None = None, **more: Any) -> Ran:
    return Ran(**more, names={name: Fingerprint(*value) for name, value in (names or {}).items()})


def _fork() -> int:
    """As `os.fork`; but Python's random numbers go on in the child, where the module `random` would seed them anew."""
    state = random.getstate()
    if (child := fork()) == 0:
        random.setstate(state)
    return child


class _Walk:
    """The main program of this process on its way through the tree; forked children go on with a copy of it."""

    def __init__(self, out: int, *, names: bool):
        self.out, self.names = out, names
        self.module = sys.modules["__main__"] = types.ModuleType("__main__")
        self.printed = io.BytesIO()
        sys.stdout = io.TextIOWrapper(self.printed, "utf-8", newline="\n", write_through=True)
        sys.__stdout__ = sys.stdout  # type: ignore[misc]  # a program may print there too, and it must be seen
        self.flags = 0

    def follow(self, node: Node) -> None:
        """Executes what follows a node; where the ways part, all but the last go on in children of their own."""
        while True:
            self.end(node)
            ways = list(node.following.values())
            for other in ways[:-1]:
                if (child := _fork()) == 0:
                    node = other
                    break
                os.waitpid(child, 0)
            else:
                if not ways:
                    return
                node = ways[-1]
            if error := self.execute(node):
                for number in node.programs():
                    self.tell(number, error=error, statement=node.source)
                return

    def execute(self, node: Node) -> str:
        """Executes a statement; what it raised, or an empty text."""
        name = f"<program {next(iter(node.programs()))}>"
        linecache.cache[name] = (1, None, list(node.lines), name)  # for who asks for the source of a function
        try:
            tree = ast.Module([node.tree], [])
            code = compile(tree, name, "exec", self.flags, dont_inherit=True, optimize=0)
            self.flags |= code.co_flags & FUTURES
            exec(code, vars(self.module))
        except BaseException as error:  # noqa: B036 - whatever a program raises is its result
            return f"{type(error).__name__}: {error}"
        return ""

    def end(self, node: Node) -> None:
        """Tells of the programs that end here. Looking at a figure changes it: where others go on, a child looks."""
        apart = bool(node.ends and node.following and self.names)
        if apart and (child := _fork()):
            os.waitpid(child, 0)
            return
        done = {"names": fingerprints(vars(self.module)), **self.figure()} if node.ends and self.names else {}
        for number in node.ends:
            self.tell(number, **done)
        if apart:
            os._exit(0)

    def figure(self) -> Event:
        """The data of the last figure, or why it cannot be recorded."""
        plt = imported("matplotlib.pyplot")
        numbers = plt.get_fignums() if plt else []
        try:
            return {"figure": capture(plt.figure(numbers[-1]))[1]} if numbers else {}
        except FigureError as error:
            return {"error": f"FigureError: {error}"}

    def tell(self, number: int, **more: object) -> None:
        """Writes down what a program gave."""
        answer = {"program": number, "output": self.printed.getvalue().decode(errors="replace"), **more}
        write_event(self.out, answer)


def main() -> None:
    """Reads one request and runs its programs."""
    request = json.loads(sys.stdin.readline())
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    warm(mentioned((*WARM, *WHERE_USED), request["programs"]))
    if request["names"]:
        begin()
        if "matplotlib" in sys.modules:
            apply_house_style()
    _Walk(out, names=request["names"]).follow(grow(request["programs"]))
    os._exit(0)


if __name__ == "__main__":
    main()
