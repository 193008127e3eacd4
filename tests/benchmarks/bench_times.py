"""How long authors and readers wait: python tests/benchmarks/bench_times.py

Works on a copy of the project. The numbers are printed, never asserted; budgets are those of ARCHITECTURE.md. Behind
the seconds of the clock stand those of the processors, which say more on a machine that others use too.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
LESSON = "softmax"
AT_THE_TOP = shutil.ignore_patterns(
    ".git", ".venv*", ".cache", ".*_cache", "site", "build", "*.egg-info", "__pycache__"
)
"""What is no part of the project; a folder of it may have such a name, as lessonkit/assets/site has."""
ENVIRONMENT = {**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1"}
NO_TORCH = """
import sys
from mkdocs.__main__ import cli
try:
    cli(["build", "--quiet"])
except SystemExit as end:
    heavy = sorted({"torch", "matplotlib", "pytest"} & set(sys.modules))
    print("imported by the build:", ", ".join(heavy) or "neither torch nor matplotlib")
    raise
"""


def main() -> None:
    """Prints all times."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(ROOT, project, ignore=left_out)
        build = ("mkdocs", "build", "--strict", "--quiet")
        show("mkdocs build, both languages, cold", "18 s", timed(project, *build))
        show("the same, where no notebook changed", "8 s", timed(project, *build))
        subprocess.run([sys.executable, "-c", NO_TORCH], cwd=project, env=ENVIRONMENT, check=False)
        for language, old, new, page in sentences(project):
            show(f"mkdocs serve, {language}: a sentence saved -> page", "1.8 s", saved(project, old, new, page))
        show(f"pytest lessons/{LESSON}.py", "", timed(project, "pytest", "-q", f"lessons/{LESSON}.py"))
        show("pytest, all lessons", "75 s on two cores", timed(project, "pytest", "-q", "lessons"))
        show("pytest", "150 s on two cores", timed(project, "pytest", "-q"))


def left_out(folder: str, names: list[str]) -> set[str]:
    """What a copy of the project leaves out of a folder."""
    return AT_THE_TOP(folder, names) if Path(folder) == ROOT else {"__pycache__"} & set(names)


class Spent(NamedTuple):
    """Seconds by the clock, and those of the processors in all processes."""

    clock: float
    processors: float


def show(what: str, budget: str, spent: Spent) -> None:
    """One line."""
    budget = f" (budget {budget})" if budget else ""
    print(f"{spent.clock:7.1f} s {spent.processors:7.1f} s of the processors  {what}{budget}", flush=True)


def processors() -> float:
    """The seconds that processes which have ended, begun by this one or by them, took from the processors."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(project: Path, module: str, *arguments: str) -> Spent:
    """What a command takes; what it says is shown only where it fails."""
    begin, before = time.perf_counter(), processors()
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, cwd=project, env=ENVIRONMENT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    spent = Spent(time.perf_counter() - begin, processors() - before)
    if done.returncode:
        print(f"{module} {' '.join(arguments)} failed:\n{(done.stdout + done.stderr)[-2000:]}")
    return spent


def sentences(project: Path) -> Iterator[tuple[str, str, str, str]]:
    """For each language the first sentence after the title: as it is, changed, and the address of its page."""
    lines = (project / "lessons" / f"{LESSON}.py").read_text(encoding="utf-8").splitlines()
    for language, at, mark in (("Korean", "", "ko"), ("English", "en/", "en")):
        title = lines.index(f'# %% [markdown] lang="{mark}"') + 1
        first = next(line for line in lines[title + 1 :] if len(line) > 40)
        yield language, first, f"{first} BENCH{mark.upper()}", f"{at}{LESSON}/"


def saved(project: Path, old: str, new: str, page: str) -> Spent:
    """What it takes from saving a changed sentence until the served page has it."""
    lesson = project / "lessons" / f"{LESSON}.py"
    mark = new.rsplit(" ", 1)[1]
    with served(project) as (address, server):
        wait_for(address + page, "</html>")
        text = lesson.read_text(encoding="utf-8")
        begin, before = time.perf_counter(), used_by(server)
        lesson.write_text(text.replace(old, new, 1), encoding="utf-8", newline="")
        wait_for(address + page, mark)
        return Spent(time.perf_counter() - begin, used_by(server) - before)


def used_by(process: int) -> float:
    """The seconds of the processors that a process and the living ones that it began took; 0 where /proc is missing."""
    found = 0.0
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        found += sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")
        for task in Path(f"/proc/{process}/task").iterdir():
            found += sum(used_by(int(child)) for child in (task / "children").read_text(encoding="utf-8").split())
    return found


@contextlib.contextmanager
def served(project: Path) -> Iterator[tuple[str, int]]:
    """`mkdocs serve` on a free port; yields its address and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--dev-addr", host]
        server = subprocess.Popen(command, cwd=project, env=ENVIRONMENT, stdout=log, stderr=log)
        try:
            yield f"http://{host}/", server.pid
        finally:
            server.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(10)
            server.kill()
            server.wait()


def wait_for(address: str, text: str, seconds: float = 120) -> None:
    """Asks for a page until it holds a text. `mkdocs serve` answers a page only when no build is under way."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=seconds) as response:
            if text in response.read().decode():
                return
        time.sleep(0.05)
    raise TimeoutError(f"{address} never showed {text}")


if __name__ == "__main__":
    main()
