"""Tests run on all cores, each lesson on one of them, the longest first, and one sees what is under way.

A project asks for it with `all_cores = true` in its pytest settings. One file, a recording, a debugger and whatever
else needs a single process get one; `-n` of pytest-xdist says otherwise.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from lessonkit.lesson.cells import Lesson

MOST = 8
"""Workers at most: each has a torch and a browser of its own, and the longest lesson takes as long with more."""
ALONE = ("update_outputs", "collectonly", "usepdb", "trace", "setuponly", "setupshow", "setupplan", "stepwise")
"""Options of pytest, and one of ours, for which one process is right."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """The settings of a project."""
    parser.addini("all_cores", "run tests on all cores where pytest-xdist is installed", type="bool", default=False)
    parser.addini("together", "test files whose tests share what costs much to make", type="linelist", default=[])
    parser.addini(
        "with_lessons", "test files that need the run of the lesson in [brackets]", type="linelist", default=[]
    )


def is_lesson(path: Path, config: pytest.Config) -> bool:
    """Whether a file is a lesson of the project."""
    return path.suffix == ".py" and path.parent == config.rootpath / config.getini("lessons")


@pytest.hookimpl(wrapper=True)
def pytest_cmdline_main(config: pytest.Config) -> Iterator[None]:
    """Chooses the number of workers, before pytest-xdist looks at it."""
    choose_workers(config)
    return (yield)


def choose_workers(config: pytest.Config) -> None:
    """Takes all cores, if there are several, where the project asks for it and nobody said otherwise."""
    number = min(cores(), MOST)
    wanted = config.getini("all_cores") and not _is_worker(config) and number > 1
    if wanted and _is_free(config) and _is_much(config):
        config.option.numprocesses = number


def cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def _is_free(config: pytest.Config) -> bool:
    """Whether pytest-xdist is there, nobody said how to use it, and no option needs a single process."""
    option = config.option
    said = getattr(option, "numprocesses", 0) is not None or option.tx or option.dist != "no" or option.distload
    return not said and option.capture != "no" and not any(getattr(option, name, False) for name in ALONE)


def _is_much(config: pytest.Config) -> bool:
    """Whether a folder is asked for, or several files."""
    paths = {(config.invocation_params.dir / argument.partition("::")[0]) for argument in config.args}
    return len(paths) > 1 or any(path.is_dir() for path in paths)


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """In the process that shares out the tests, shows what is under way, as pytest does without workers."""
    if config.getoption("dist", "no") != "no" and not _is_worker(config) and config.option.verbose == 0:
        config.pluginmanager.register(Progress(config), "lessonkit-progress")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """For workers, what may take longest comes first, so that all of them end together."""
    if _is_worker(config):
        items.sort(key=lambda item: -_longest(item))


def _longest(item: pytest.Item) -> float:
    """How many seconds a test may take: the time limit of its lesson, or what its mark `rest` says; else 0."""
    lesson: Lesson | None = getattr(item.parent, "lesson", None)
    if lesson:
        return lesson.head.time_limit
    mark = item.get_closest_marker("rest")
    return mark.args[0] if mark and mark.args else 0


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object | None:
    """Under xdist the tests of a lesson stay on one worker, so that it runs once, and with them those that need its
    run; so do those of files that the project names. All keep their order.
    """
    together, with_lessons = (set(config.getini(name)) for name in ("together", "with_lessons"))
    lessons = config.getini("lessons")
    if config.option.dist not in ("load", "loadgroup", "worksteal"):
        return None
    from xdist.scheduler import LoadGroupScheduling

    class LessonScheduling(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            path, _, name = nodeid.partition("::")
            lesson = f"{lessons}/{name.rpartition('[')[2].removesuffix(']')}.py"
            if path in with_lessons and (config.rootpath / lesson).is_file():
                return lesson
            as_one = path in together or is_lesson(config.rootpath / path, config)
            return path if as_one else super()._split_scope(nodeid)

    config.option.loadscopereorder = False
    return LessonScheduling(config, log)


class Progress:
    """Names each file when the first of its tests begins, with the share of all tests that are done."""

    def __init__(self, config: pytest.Config):
        self.config = config
        self.all = self.done = 0
        self.begun: set[str] = set()

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: Sequence[str]) -> None:
        """Each worker collects all tests."""
        self.all = len(ids)

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        """A worker begins a test."""
        path = nodeid.partition("::")[0]
        if path not in self.begun:
            self.begun.add(path)
            reporter = self.config.pluginmanager.get_plugin("terminalreporter")
            if isinstance(reporter, pytest.TerminalReporter):
                end = "\n" if reporter._tw.width_of_current_line else ""  # of the dots, which end no line themselves
                reporter.write(f"{end}[{self.done / self.all:4.0%}] {path}\n", flush=True)

    def pytest_runtest_logfinish(self) -> None:
        """A worker ends a test."""
        self.done += 1
