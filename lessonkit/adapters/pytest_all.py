"""The quick tests are those that anyone runs; `pytest --all` runs the rest too, which is marked `@pytest.mark.rest`.

How many tests were left out, and why others cannot run at all, is told in one line each.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import InvalidRequirement, Requirement

LEFT_OUT = pytest.StashKey[int]()
WORKER_OUTPUT = "lessonkit_left_out"


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option that runs everything."""
    parser.getgroup("lessons").addoption("--all", action="store_true", help="run the tests that are marked `rest` too")


def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Says first and once what is not installed, before every test that needs it fails in its own words."""
    if missing := missing_requirements(early_config.rootpath / "requirements.txt"):
        raise pytest.UsageError(f"not installed: {', '.join(missing)}. Run: pip install -r requirements.txt")


def missing_requirements(path: Path) -> list[str]:
    """The distributions that a requirements file names and that are not installed; none where there is no such file."""
    return [name for name in _requirements(path) if not _installed(name)] if path.is_file() else []


def _requirements(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            requirement = Requirement(line.partition(" #")[0].strip())
        except InvalidRequirement:  # an empty line, a comment, or an option for pip
            continue
        if requirement.marker is None or requirement.marker.evaluate():
            yield requirement.name


def _installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True


def pytest_configure(config: pytest.Config) -> None:
    """Registers the marker."""
    config.addinivalue_line(
        "markers", "rest(seconds): runs with --all only; a long one says about how long it may take"
    )
    config.stash[LEFT_OUT] = 0


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out the rest."""
    if config.option.all:
        return
    rest = [item for item in items if item.get_closest_marker("rest")]
    if rest:
        config.hook.pytest_deselected(items=rest)
        items[:] = [item for item in items if not item.get_closest_marker("rest")]
    config.stash[LEFT_OUT] = len(rest)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands on how many tests it left out; all workers leave out the same."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput[WORKER_OUTPUT] = session.config.stash[LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Takes what a worker handed on; one that crashed hands on nothing."""
    output = getattr(node, "workeroutput", {})
    node.config.stash[LEFT_OUT] = output.get(WORKER_OUTPUT, node.config.stash[LEFT_OUT])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says what was left out."""
    if number := config.stash[LEFT_OUT]:
        terminalreporter.write_line(f"{number} further test{'s'[: number != 1]} run{'s'[: number == 1]} with --all")
