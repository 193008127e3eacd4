"""A process that waits for one program of a page: `python -P -m lessonkit.running.live_spare MODULES`.

It imports what programs use, says {"ready": its platform}, and reads a line of JSON: {"program", "own", "check",
"folder", "seconds", "characters", "bytes"}. The events of that program (see live_program.py) come out of its standard
output, and what reaches the standard descriptors past `sys.stdout` out of its standard error. At the end of its
standard input, whatever ended who started it, it ends with all that it started.
"""

from __future__ import annotations

import _thread
import faulthandler
import json
import os
import shutil
import sys

from lessonkit.running import live_program
from lessonkit.running.boundary import write_event
from lessonkit.running.provenance import Platform
from lessonkit.running.run import end_tree

GRACE = 5
"""Seconds after its time limit at which a program ends that nobody has ended."""


def main() -> None:
    """Warms up, says so, and runs a program."""
    events, requests, null = os.dup(1), os.dup(0), os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(2, 1)
    live_program.warm_up(list(filter(None, sys.argv[1].split(","))))
    write_event(events, {"ready": Platform.here().as_dict()})
    line = b""
    while not line.endswith(b"\n"):
        data = os.read(requests, 1 << 16)
        if not data:
            return
        line += data
    request = json.loads(line)
    _thread.start_new_thread(_end_with, (requests, request["folder"]))  # one that `threading` does not count
    faulthandler.dump_traceback_later(request["seconds"] + GRACE, exit=True, file=null)  # native code may keep the GIL
    live_program.limit(request["bytes"])
    lines = request["own"], request["check"]
    live_program.run(request["program"], lines, request["folder"], request["characters"], events)


def _end_with(requests: int, folder: str) -> None:
    """Waits for the end of standard input; then nothing stays, no process and no folder."""
    try:
        while os.read(requests, 1 << 16):
            pass
        os.chdir(os.path.dirname(folder))  # Windows removes no folder that somebody is in
        shutil.rmtree(folder, ignore_errors=True)
    finally:
        end_tree(os.getpid())
        os._exit(1)


if __name__ == "__main__":
    main()
