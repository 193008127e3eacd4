"""Chromium and Firefox, headless, on the built site. Where one is missing, one skipped test stands for its tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from reading import Reader, serving

HERE = Path(__file__).parent
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
"""The first is Chromium without windows: the same pages for four fifths of the seconds of the processors."""
CHROMIUM = next(filter(None, map(shutil.which, CHROMIUMS)), None)
FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


PACKAGES = {"chromium": CHROMIUMS[0], "firefox": "firefox-esr"}
PREFERENCES = {"ui.prefersReducedMotion": 1, "ui.useOverlayScrollbars": 1}
"""Of Firefox: nothing moves, and bars take no room beside a page, as on a phone."""


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives the browsers."""
    manager = sync_playwright()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NODE_OPTIONS", f'--require="{(HERE / "firefox_esr.js").as_posix()}"')
        playwright = manager.start()
    yield playwright
    playwright.stop()


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """One Chromium for all tests."""
    chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def firefox(playwright: Playwright) -> Iterator[Browser]:
    """One Firefox for all tests that ask for it (test_firefox.py)."""
    one = playwright.firefox.launch(channel="moz-firefox", executable_path=FIREFOX, firefox_user_prefs=PREFERENCES)
    yield one
    one.close()


class NoBrowser(pytest.Item):
    """Stands for the tests that need a browser where there is none; CI must have one."""

    def __init__(self, *, tests: int, **kwargs: object):
        super().__init__(**kwargs)
        self.reason = (
            f"no {self.name.title()} on this machine for {tests} tests (apt-get install {PACKAGES[self.name]})"
        )

    def runtest(self) -> None:
        """Skips, or fails in CI."""
        pytest.fail(self.reason, pytrace=False) if os.environ.get("CI") else pytest.skip(self.reason)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where the test stands."""
        return self.path, None, self.name


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Everybody looks at a page of each kind; the other tests here belong to the rest.

    Without a browser, one test stands in the place of those that need it.
    """
    for item in items:
        if item.path.parent == HERE and item.path.stem != "test_kinds":
            item.add_marker("rest")
    yield
    for name in [name for name, found in (("chromium", CHROMIUM), ("firefox", FIREFOX)) if not found]:
        if needing := [item for item in items if _needed(item) == name]:
            folder = next(parent for parent in needing[0].listchain() if parent.path == HERE)
            items[:] = [item for item in items if item not in needing]
            items.append(NoBrowser.from_parent(folder, name=name, tests=len(needing)))


def _needed(item: pytest.Item) -> str | None:
    """The browser that a test needs."""
    fixtures = getattr(item, "fixturenames", ())
    return "firefox" if "firefox" in fixtures else "chromium" if "browser" in fixtures else None


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
