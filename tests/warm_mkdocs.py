"""`mkdocs` in processes that are forked from one that has imported everything: a build takes a quarter of the time.

`python tests/warm_mkdocs.py` builds a small site, forgets what it knows of it, and then reads a line of JSON for each
command: {"arguments", "folder", "environment", "out", "err"}. A child runs it as `python -m mkdocs` would, to the end
of the interpreter, and its exit code is the answer. Where there is no fork, each command is started as a user does.
"""

from __future__ import annotations

import atexit
import functools
import gc
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

SECONDS = 120
"""A command that takes longer is ended."""


def run(folder: Path, arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Runs `mkdocs` in a folder with an environment; what it printed, and its exit code."""
    if sys.platform != "linux":
        command = [sys.executable, "-m", "mkdocs", *arguments]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=SECONDS
        )
    with tempfile.TemporaryDirectory() as printed:
        out, err = (os.path.join(printed, name) for name in ("out", "err"))
        request = {"arguments": list(arguments), "folder": str(folder), "environment": dict(environment)}
        code = _warm(os.getpid()).ask({**request, "out": out, "err": err})
        texts = [Path(name).read_text(encoding="utf-8") for name in (out, err)]
    return subprocess.CompletedProcess(["mkdocs", *arguments], code, *texts)


@functools.cache
def _warm(_: int) -> _Warm:
    """The warm process of a process of the tests."""
    return _Warm()


class _Warm:
    """The process that forks."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"},
            text=True,
            encoding="utf-8",
        )
        atexit.register(self.process.communicate)

    def ask(self, request: dict) -> int:
        """Lets it run a command; the exit code."""
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())


def main() -> None:
    """Reads requests until standard input ends."""
    requests, answers = os.fdopen(os.dup(0), encoding="utf-8"), os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    warm()
    for line in requests:
        if (child := os.fork()) == 0:
            command(**json.loads(line))
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), file=answers, flush=True)


def warm() -> None:
    """Imports what a build needs, by building a small site; keeps nothing of it but what depends on texts alone."""
    from mkdocs.__main__ import cli
    from small_site import make_project

    from lessonkit.adapters import kept

    with tempfile.TemporaryDirectory() as folder:
        os.chdir(make_project(Path(folder)))
        cli(["build", "--quiet"], standalone_mode=False)
        os.chdir("/")
    for known in (kept.HERE, logging.getLogger("mkdocs").handlers):
        known.clear()
    gc.enable()
    gc.freeze()


def command(arguments: list[str], folder: str, environment: dict[str, str], out: str, err: str) -> None:
    """Runs a command of `mkdocs` in this process, which ends with it."""
    from mkdocs.__main__ import cli

    signal.alarm(SECONDS)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    for name, number in ((out, 1), (err, 2)):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    cli(arguments, prog_name="mkdocs")


if __name__ == "__main__":
    main()
