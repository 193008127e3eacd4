"""Headless Chromium on the built site. Where there is no Chromium, one skipped test stands for all that need it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from reading import Reader, serving

HERE = Path(__file__).parent
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class NoBrowser(pytest.Item):
    """Stands for the tests that need a browser where there is none; CI must have one."""

    def __init__(self, *, tests: int, **kwargs: object):
        super().__init__(**kwargs)
        self.reason = f"no Chromium on this machine for {tests} tests (apt-get install chromium)"

    def runtest(self) -> None:
        """Skips, or fails in CI."""
        pytest.fail(self.reason, pytrace=False) if os.environ.get("CI") else pytest.skip(self.reason)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands."""
        return self.path, None, self.name


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Everybody looks at a page of each kind; the other tests here belong to the rest.

    Without Chromium, one test stands in the place of those that need it.
    """
    for item in items:
        if item.path.parent == HERE and item.path.stem != "test_kinds":
            item.add_marker("rest")
    yield
    if needing := [] if CHROMIUM else [item for item in items if "browser" in getattr(item, "fixturenames", ())]:
        folder = next(parent for parent in needing[0].listchain() if parent.path == HERE)
        items[:] = [item for item in items if item not in needing]
        items.append(NoBrowser.from_parent(folder, name="chromium", tests=len(needing)))


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the built site is served."""
    with serving(site) as at:
        yield at


@pytest.fixture(scope="session")
def readers() -> list[Reader]:
    """Who may read for the next test."""
    return []


@pytest.fixture
def reader(browser: Browser, readers: list[Reader]) -> Iterator[Reader]:
    """Somebody who came for the first time."""
    one = readers.pop() if readers else Reader(browser)
    yield one
    one.forget()
    one.context.close() if one.spent else readers.append(one)


@pytest.fixture
def context(reader: Reader) -> BrowserContext:
    """A reader's context, for more tabs and for what cannot be undone."""
    reader.spent = True
    return reader.context


@pytest.fixture
def page(reader: Reader) -> Page:
    """A reader's tab."""
    return reader.page
