"""What the tests of the engine share: one warm worker, and a small project to run, record and test lessons in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from small_site import bare

from lessonkit.adapters.pytest import RUNNER
from lessonkit.checks.check import Checked
from lessonkit.checks.record import record
from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import read
from lessonkit.running.outcome import Outcome
from lessonkit.running.run import Runner

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "run"
TITLE = "# %% [markdown]\n# # Case { #case }\n\n"
SERVED = ("test_live", "test_live_pages", "test_live_serve", "test_mkdocs_plugin")
FAKE_TORCH = """
__version__ = "0.0"
save = print
class backends:
    class cpu:
        get_cpu_capability = staticmethod(lambda: "NONE")
"""


class EachLessonOnce(Runner):
    """Runs a lesson of the course once and asks for all that any test wants to know of it."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes: dict[str, Outcome] = {}

    def run(self, lesson: Lesson, *, names: bool = False, place: int = 0) -> Outcome:
        if place or lesson.path.resolve().parent != ROOT / "lessons":
            return super().run(lesson, names=names, place=place)
        if lesson.text not in self.outcomes:
            self.outcomes[lesson.text] = super().run(lesson, names=True)
        return self.outcomes[lesson.text]


def pytest_configure(config: pytest.Config) -> None:
    """With --all, programs are compared with the run that has been checked (pyproject.toml: with_lessons)."""
    if config.option.all:
        config.stash[RUNNER] = EachLessonOnce()


@pytest.fixture(scope="session")
def runner(pytestconfig: pytest.Config) -> Runner:
    """Runs the lessons of all tests: those of the course too, so that a worker has one warm process."""
    return pytestconfig.stash.setdefault(RUNNER, Runner())


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of pytest-xdist have in common, for what is made once (under a lock)."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def once(shared: Path) -> Callable[[str, Callable[[Path], object]], Path]:
    """Has a folder made by whichever worker needs it first: `once(name, make)`; the folder, for reading only."""

    def folder_of(name: str, make: Callable[[Path], object]) -> Path:
        folder, made = shared / name, shared / f"{name}.made"
        with FileLock(f"{folder}.lock"):
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                made.touch()
        return folder

    return folder_of


@pytest.fixture(scope="session")
def site(shared: Path) -> Path:
    """The real site in both languages, built as it is published; once for all workers of pytest-xdist.

    What was said is in a file beside it, `site.log`.
    """
    folder = shared / "site"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", f"{folder}.new"]
            built = subprocess.run(
                command, cwd=ROOT, env=bare(), capture_output=True, text=True, encoding="utf-8", timeout=300
            )
            assert built.returncode == 0, built.stderr
            folder.with_suffix(".log").write_text(built.stdout + built.stderr, encoding="utf-8")
            Path(f"{folder}.new").rename(folder)
    return folder


@pytest.fixture
def case(runner: Runner, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Checked]:
    """Runs a lesson of tests/cases/run; messages name it as from that folder."""
    monkeypatch.chdir(CASES)

    def run(name: str) -> Checked:
        lesson = read(CASES / f"{name}.py")
        return Checked(lesson, runner.run(lesson))

    return run


@pytest.fixture
def light(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Workers that start from now on find a torch that is imported at once. Returns its folder."""
    torch = tmp_path / "light" / "torch"
    torch.mkdir(parents=True)
    (torch / "__init__.py").write_text(FAKE_TORCH, encoding="utf-8")
    (torch / "_dynamo.py").write_text("", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(torch.parent), prepend=os.pathsep)
    return torch


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In CI, a test that waits for a browser or for a server gets a second try, which the summary names."""
    if os.environ.get("CI"):
        for item in items:
            if {"browser", "firefox"} & {*getattr(item, "fixturenames", ())} or item.path.stem in SERVED:
                item.add_marker(pytest.mark.flaky(reruns=1))


class Borrowed:
    """The session's runner as the plugin uses it; counts what it runs, and stays open."""

    def __init__(self, runner: Runner):
        self.runner, self.ran = runner, []

    def run(self, lesson: Lesson) -> Outcome:
        self.ran.append(lesson.name)
        return self.runner.run(lesson)

    def run_again(self, lesson: Lesson) -> Iterator[Outcome]:
        return self.runner.run_again(lesson)

    def close(self) -> None:
        pass


class Project:
    """A project with lessons, in a folder of its own that is the current one."""

    def __init__(self, pytester: pytest.Pytester, borrowed: Borrowed):
        self.pytester, self.borrowed, self.path = pytester, borrowed, pytester.path
        pytester.makepyprojecttoml('[tool.pytest.ini_options]\ntestpaths = ["lessons"]\n')
        (self.path / "lessons").mkdir()

    def write(self, name: str, code: str, *, head: str = "") -> Path:
        """Writes a lesson of one code cell, or of the cells that its code begins itself."""
        path = self.path / "lessons" / f"{name}.py"
        cell = "" if code.startswith("# %%") else "# %%\n"
        title = TITLE.replace("# Case", f"# Case {name.replace('_', ' ')}")
        path.write_bytes(f"{head}{title}{cell}{code}".encode())
        return path

    def check(self, name: str) -> Checked:
        """The lesson beside a run of it."""
        lesson = read(self.path / "lessons" / f"{name}.py")
        return Checked(lesson, self.borrowed.run(lesson))

    def record(self, name: str) -> list[str]:
        """Records a lesson; the files that were changed, from the folder of the lessons."""
        _, changed = record(self.check(name))
        return [path.relative_to(self.path / "lessons").as_posix() for path in changed]

    def pytest(self, *arguments: str) -> pytest.RunResult:
        """pytest in this process."""
        return self.pytester.runpytest_inprocess("-p", "no:cacheprovider", *arguments)

    def command(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """pytest as a user starts it."""
        env = {**os.environ, **environment}
        command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", timeout=120)


@pytest.fixture
def project(pytester: pytest.Pytester, runner: Runner, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An empty project."""
    monkeypatch.delenv("CI", raising=False)  # in CI pytest repeats whole messages in its summary
    borrowed = Borrowed(runner)
    monkeypatch.setattr("lessonkit.adapters.pytest.Runner", lambda: borrowed)
    return Project(pytester, borrowed)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Reports what tests/test_standalone_programs.py counted: programs that run alone, and how long they are."""
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, ())]
    for report in reports:
        for name, value in getattr(report, "user_properties", ()):
            if name == "programs" and report.when == "call":
                terminalreporter.write_line(f"programs that run alone: {value}")
