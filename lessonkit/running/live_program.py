"""A program that a page runs, as the main program of a process; what happens is written to a pipe as it happens.

Lines of JSON: {"out" or "err": text}, {"own": true} where the statements of the block itself begin, {"cases":
how many asserts a check came to, "passed": of these}, {"figure": SVG, "data": what it draws, if it could be recorded},
{"undrawn": why}, {"error", "message", "lines"}, and {"end"}.
"""

from __future__ import annotations

import ast
import atexit
import codecs
import contextlib
import io
import linecache
import os
import random
import re
import signal
import sys
import threading
import traceback
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from lessonkit.drawing.figures import LARGEST, FigureError, apply_house_style, capture, redraw
from lessonkit.running.attempts import CASE, Cases, EachAssert
from lessonkit.running.boundary import Emit, write_event
from lessonkit.running.execute import FUTURES
from lessonkit.running.worker import warm

NAME = "<program>"
"""The file name that a program has in tracebacks and warnings."""
TOO_LARGE = "DefaultCPUAllocator: can't allocate memory"
"""How torch says, in a RuntimeError, that there is not so much memory."""
LONGEST_HELD = 1000
"""Characters of a line without an end that are kept back."""


class _Bytes(io.BytesIO):
    """What is below `sys.stdout` or `sys.stderr`: tells finished lines, and what was written so far when flushed."""

    def __init__(self, emit: Emit, key: str, most: int):
        self.emit, self.key, self.left = emit, key, most + 1
        self.held, self.decoder = "", codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: Any) -> int:
        """Keeps what no line ends yet. What goes over the limit is dropped; the worker ends such a program."""
        text = self.decoder.decode(bytes(data[: self.left * 4]))[: self.left]
        self.left -= len(text)
        done, end, self.held = (self.held + text).rpartition("\n")
        if end:
            self.emit({self.key: done + end})
        if len(self.held) > LONGEST_HELD or not self.left:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Tells the line that has no end yet."""
        if self.held:
            self.emit({self.key: self.held})
            self.held = ""


def warm_up(modules: list[str]) -> None:
    """Imports what programs use, and draws once: the first figure of a process takes longer."""
    warm(modules)
    if plt := sys.modules.get("matplotlib.pyplot"):
        apply_house_style()
        fig, axes = plt.subplots()
        axes.set_title("x")
        redraw(fig)
        plt.close("all")


def limit(most: int) -> None:
    """Limits what this process may take, where the system has a way: bytes of memory beyond now, and of a file."""
    if sys.platform == "win32":
        return
    import resource

    limits = [(resource.RLIMIT_CORE, 0), (resource.RLIMIT_FSIZE, 100 << 20)]
    if sys.platform == "linux":
        used = re.search(r"VmData:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii", errors="replace"))
        limits.append((resource.RLIMIT_DATA, most + (int(used[1]) * 1024 if used else 0)))
    for kind, value in limits:
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def run(text: str, lines: tuple[int, int], folder: str, most: int, pipe: int) -> NoReturn:
    """Runs a program in this process, and ends it. `lines`, from 1: where it begins to be the block's own, and the
    check's, or 0.
    """
    lock = threading.Lock()

    def emit(event: dict[str, Any]) -> None:
        with lock:
            write_event(pipe, event)

    try:
        os.chdir(folder)
        random.seed()
        if numpy := sys.modules.get("numpy"):
            numpy.random.seed()
        out, err = (_stream(_Bytes(emit, key, most)) for key in ("out", "err"))
        # Code that writes to the real streams is heard too.
        vars(sys).update(stdout=out, __stdout__=out, stderr=err, __stderr__=err)

        def tell(event: dict[str, Any]) -> None:
            """Tells an event after all that was written before it."""
            for stream in (out, err):
                with contextlib.suppress(Exception):  # the program may have closed it
                    stream.flush()
            emit(event)

        tell(_execute(text, *lines, tell))
    except BaseException:  # noqa: B036 - whatever it is, it is told
        emit({"error": "engine", "message": traceback.format_exc(), "lines": []})
    finally:
        os._exit(0)


def _stream(below: io.BytesIO) -> io.TextIOWrapper:
    return io.TextIOWrapper(below, "utf-8", "replace", "\n", line_buffering=True, write_through=True)


def _execute(text: str, own: int, check: int, emit: Emit) -> dict[str, Any]:
    """Executes the program and draws what it left open; how it ended."""
    module = sys.modules["__main__"] = types.ModuleType("__main__")
    linecache.cache[NAME] = (len(text), None, text.splitlines(keepends=True), NAME)
    show = _take_figures(emit)
    end: dict[str, Any] = {"end": "done"}
    try:
        body, flags = ast.parse(text, NAME).body, 0
        before = [one for one in body if one.lineno < own]
        after = [one for one in body if check and one.lineno >= check]
        for part in (before, body[len(before) : len(body) - len(after)], after):
            if part is not before and part is not after:
                emit({"own": True})
            tree = EachAssert().visit(ast.Module(part, [])) if part is after else ast.Module(part, [])
            code = compile(ast.fix_missing_locations(tree), NAME, "exec", flags, dont_inherit=True, optimize=0)
            flags |= code.co_flags & FUTURES
            with _counted(vars(module), emit) if after and part is after else contextlib.nullcontext():
                exec(code, vars(module))
    except SystemExit as stopped:
        if stopped.code not in (None, 0):
            if not isinstance(stopped.code, int):
                print(stopped.code, file=sys.stderr)
            end = {"end": "exit", "code": stopped.code if isinstance(stopped.code, int) else 1}
    except BaseException as error:  # noqa: B036 - whatever a program raises is its result
        event = reported(error)
        emit(event)
        too_large = isinstance(error, MemoryError) or TOO_LARGE in event["message"]
        end = {"end": "memory" if too_large else "error"}
    else:
        show()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for thread in threading.enumerate():
        if thread is not threading.main_thread() and not thread.daemon:
            thread.join()
    atexit._run_exitfuncs()
    return end


@contextlib.contextmanager
def _counted(names: dict[str, Any], emit: Emit) -> Iterator[None]:
    """Counts the cases of a check while it runs, past those that fail; then raises what the first of these raised."""
    names[CASE] = cases = Cases()
    try:
        yield
    except Exception:
        if cases.first:
            raise cases.first from None
        raise
    finally:
        names.pop(CASE, None)
        tried = cases.reached.total()
        emit({"cases": tried, "passed": tried - len(cases.failed) - (cases.inside > 0)})
    if cases.first:
        raise cases.first


def reported(error: BaseException) -> dict[str, Any]:
    """What an exception says, and the lines of the program that led to it, the innermost last."""
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == NAME]
    try:
        message = str(error)
    except Exception:  # its __str__ is the reader's
        message = ""
    if isinstance(error, SyntaxError) and error.filename == NAME:
        lines, message = [error.lineno or 0], error.msg
    notes = [note for note in getattr(error, "__notes__", ()) if isinstance(note, str)]
    return {"error": type(error).__name__, "message": "\n".join([message, *notes])[:4000], "lines": lines[-50:]}


def _take_figures(emit: Emit) -> Callable[..., None]:
    """Lets `plt.show()` and `fig.show()` tell figures instead of opening windows; the function that shows all."""

    def tell(fig: Any) -> None:
        try:
            try:
                svg, data = capture(fig)
            except FigureError:
                svg, data = redraw(fig), None
        except Exception as error:  # what Matplotlib cannot draw
            emit({"undrawn": f"{type(error).__name__}: {error}"})
            return
        large = len(svg) > LARGEST
        emit({"undrawn": f"{len(svg) // 1000} kB > {LARGEST // 1000} kB"} if large else {"figure": svg, "data": data})

    def show(*_: object, **__: object) -> None:
        if plt := sys.modules.get("matplotlib.pyplot"):
            for number in plt.get_fignums():
                tell(plt.figure(number))
            plt.close("all")

    if plt := sys.modules.get("matplotlib.pyplot"):
        vars(plt)["show"] = show
        sys.modules["matplotlib.figure"].Figure.show = lambda fig, *_, **__: tell(fig)
    return show
