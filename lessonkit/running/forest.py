"""Runs many programs: what several begin with runs once, then the process forks.

`python -P -m lessonkit.running.forest` reads {"programs": [text, ...]} and answers with one line of JSON a program:
{"program": number, "output": text, "error": "" or what it raised, "statement": which did}. Each program starts in a
process that has imported what lessons use and done nothing else. Where there is no fork, each program gets a process
of its own.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import subprocess
import sys
import time
import types
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lessonkit.running.run import end_group, environment
from lessonkit.running.worker import WARM, warm


@dataclass(frozen=True)
class Ran:
    """What a program gave: its standard output, and the error ("AssertionError: ...") that ended it, and where."""

    output: str
    error: str = ""
    statement: str = ""


@dataclass
class Node:
    """A statement that some programs share after the same beginning; `ends` are the programs that end with it."""

    source: str = ""
    following: dict[str, Node] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)

    def programs(self) -> Iterable[int]:
        """All programs that come through here."""
        yield from self.ends
        for node in self.following.values():
            yield from node.programs()


def grow(programs: Sequence[str]) -> Node:
    """The tree of the programs' statements."""
    root = Node()
    for number, program in enumerate(programs):
        node, lines = root, program.split("\n")
        for statement in ast.parse(program).body:
            first = min([statement.lineno, *(item.lineno for item in getattr(statement, "decorator_list", []))])
            source = "\n".join(lines[first - 1 : statement.end_lineno])
            node = node.following.setdefault(source, Node(source))
        node.ends.append(number)
    return root


NOT_ENDED = "not ended in time"
"""The error of a program for which the time was too short."""


def run(programs: Sequence[str], *, fork: bool = sys.platform == "linux", seconds: float | None = None) -> list[Ran]:
    """Runs programs, in processes with the environment of lessons; together for so many seconds at most."""
    end = None if seconds is None else time.monotonic() + seconds
    groups = [list(programs)] if fork else [[program] for program in programs]
    results: list[Ran] = []
    for group in groups:
        command = [sys.executable, "-P", "-m", "lessonkit.running.forest"]
        request = json.dumps({"programs": group}) + "\n"
        lines, ended = _ask(command, request, None if end is None else max(end - time.monotonic(), 0.1))
        answers = {answer.pop("program"): Ran(**answer) for answer in map(json.loads, lines)}
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


def _walk(node: Node, module: types.ModuleType, text: str, out: int) -> None:
    """Executes what follows a node; where the ways part, all but the last go on in children of their own."""
    while True:
        for number in node.ends:
            _tell(out, number, text)
        *others, last = list(node.following.values()) or [None]
        for other in others:
            if (child := os.fork()) == 0:
                node = Node(following={other.source: other})
                break
            os.waitpid(child, 0)
        else:
            if last is None:
                return
            node = Node(following={last.source: last})
        (node,) = node.following.values()
        text, error = _execute(node, module, text)
        if error:
            for number in node.programs():
                _tell(out, number, text, error, node.source)
            return


def _execute(node: Node, module: types.ModuleType, text: str) -> tuple[str, str]:
    stdout = io.StringIO()
    try:
        with contextlib.redirect_stdout(stdout):
            exec(compile(node.source, "<program>", "exec", dont_inherit=True), vars(module))
    except BaseException as error:  # noqa: B036 - whatever a program raises is its result
        return text + stdout.getvalue(), f"{type(error).__name__}: {error}"
    return text + stdout.getvalue(), ""


def _tell(out: int, number: int, output: str, error: str = "", statement: str = "") -> None:
    answer = {"program": number, "output": output, "error": error, "statement": statement}
    os.write(out, (json.dumps(answer) + "\n").encode())


def used(programs: Sequence[str]) -> list[str]:
    """The modules of WARM whose package some program mentions."""
    return [name for name in WARM if any(name.partition(".")[0] in program for program in programs)]


def main() -> None:
    """Reads one request and runs its programs."""
    request = json.loads(sys.stdin.readline())
    out = os.dup(1)
    os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    warm(used(request["programs"]))
    module = sys.modules["__main__"] = types.ModuleType("__main__")
    _walk(grow(request["programs"]), module, "", out)
    os._exit(0)


if __name__ == "__main__":
    main()
