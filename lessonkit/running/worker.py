"""The process that runs lessons: `python -P -m lessonkit.running.worker`, told what to do in lines of JSON.

A request is {"path", "text", "time_limit", "folder", "elsewhere"}: a lesson, an empty folder to run it in, and whether
this is a second run, elsewhere (see second_run.py); "names": true asks what its names stand for after each cell,
"answers": true what the checks of its exercises say to other answers. What
happens comes back as events, one a line: {"platform"}, those of execute.py, {"end"}; or {"crash"} where the engine
itself fails. At the time limit Python's watchdog ends the process and writes where it stood ("Timeout ... File ...,
line ..."). It needs no parent: whatever happens to pytest, no lesson outlives its time limit.

The process imports what lessons use, then forks a fresh child for each request, so that each starts with torch
imported and nothing done; {"over": exit code} follows the child's end. With `--once` (for systems without fork) it
runs one lesson itself.
"""

from __future__ import annotations

import contextlib
import faulthandler
import importlib
import json
import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from lessonkit.drawing.defaults import forbid_windows
from lessonkit.drawing.figures import apply_house_style
from lessonkit.lesson.parse import parse
from lessonkit.running.boundary import Event, fork, write_event
from lessonkit.running.execute import LessonRun
from lessonkit.running.fingerprint import begin
from lessonkit.running.provenance import Platform
from lessonkit.running.second_run import list_folders_backwards, name_another_computer

WARM = ("numpy", "torch", "torch._dynamo", "matplotlib.pyplot")
"""Imported before lessons run; torch._dynamo because the first optimizer imports it (a second) and makes a folder."""
WHERE_USED = ("sklearn.datasets",)
"""Imported before the first lesson that mentions its package: a second, which later lessons that use it save."""


def run_request(request: Event, out: int) -> NoReturn:
    """Runs the lesson of a request in this process, tells its events, and ends the process."""
    emit = partial(write_event, out)
    faulthandler.dump_traceback_later(max(request["time_limit"], 0.01), exit=True, file=out)
    try:
        emit({"platform": Platform.here().as_dict()})
        apply_house_style()
        forbid_windows()
        os.chdir(request["folder"])
        if request["elsewhere"]:
            list_folders_backwards()
            name_another_computer()
        lesson, names = parse(Path(request["path"]), request["text"]), request.get("names", False)
        if names:
            begin()
        way = "here" if "--once" in sys.argv else "apart"
        answers = way if request.get("answers") else ""
        LessonRun(lesson, emit, names=names, answers=answers).run()
        emit({"end": True})
    except BaseException:  # noqa: B036 - whatever it is, it is told
        emit({"crash": traceback.format_exc()})
    finally:
        os._exit(0)


def _close_input() -> None:
    """Standard input is empty."""
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)


def warm(names: Iterable[str] = WARM) -> None:
    """Imports what lessons use, where it is installed."""
    for name in names:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def mentioned(modules: Iterable[str], texts: Sequence[str]) -> list[str]:
    """The modules whose package some text mentions."""
    return [name for name in modules if any(name.partition(".")[0] in text for text in texts)]


def main() -> None:
    """Reads requests until standard input ends."""
    out, requests = os.dup(1), os.fdopen(os.dup(0), encoding="utf-8")
    os.dup2(2, 1)
    warm()
    for line in requests:
        request = json.loads(line)
        warm(mentioned(WHERE_USED, [request["text"]]))
        if "--once" in sys.argv or (child := fork()) == 0:
            _close_input()
            run_request(request, out)
        _, status = os.waitpid(child, 0)
        os.write(out, b"\n")  # a child that dies may leave half a line
        write_event(out, {"over": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    main()
