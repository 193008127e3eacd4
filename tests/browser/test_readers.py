"""What the tests of the browser share: a reader who forgets, and one line where there is no browser."""

from __future__ import annotations

import contextlib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error
from reading import LASTING, Reader, serving, watch


@pytest.fixture
def one(browser: Browser) -> Reader:
    """A reader of this test's own."""
    made = Reader(browser)
    yield made
    made.context.close()


STATE = """async () => [localStorage.length, sessionStorage.length, document.cookie, innerWidth, innerHeight,
    await navigator.clipboard.readText(), ...["print", "(prefers-color-scheme: dark)", "(forced-colors: active)",
    "(prefers-reduced-motion: reduce)"].map((query) => matchMedia(query).matches)]"""
FRESH = [0, 0, "", 1280, 900, "", False, False, False, False]


def test_a_reader_forgets_everything(one: Reader, address: str) -> None:
    page, heard = one.page, watch(one.page)
    page.goto(f"{address}softmax/#temperature")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce", forced_colors="active", media="print")
    page.set_viewport_size({"width": 320, "height": 300})
    page.evaluate("sessionStorage.setItem('a', 1); document.cookie = 'a=1'; navigator.clipboard.writeText('copied')")
    state = page.evaluate(STATE)
    assert not any(old == new for old, new in zip(state, FRESH, strict=True)), "each of these is forgotten"
    one.forget()
    assert page.evaluate(STATE) == FRESH
    page.goto(f"{address}none")
    assert heard == []
    assert not one.spent


KEEP = "localStorage.setItem('a', 1); sessionStorage.setItem('a', 1)"
KEPT = "[localStorage.length, sessionStorage.length]"


def test_a_reader_forgets_every_host_and_those_that_are_gone(one: Reader, site: Path, address: str) -> None:
    """A fixture with a server of its own, asked for after the reader, is gone before the reader forgets."""
    page = one.page
    with serving(site) as gone:
        for host in (gone, address):
            page.goto(f"{host}none")
            page.evaluate(KEEP)
        page.goto(f"{gone}none")
        assert page.evaluate(KEPT) == [1, 1]
    one.forget()
    assert not one.spent
    with serving(site, port=urlsplit(gone).port) as again:
        for host in (again, address):
            page.goto(f"{host}none")
            assert page.evaluate(KEPT) == [0, 0], host


def test_who_read_files_is_not_handed_on(one: Reader, site: Path) -> None:
    one.page.goto((site / "404.html").as_uri())
    assert one.spent


@pytest.mark.parametrize("name", LASTING)
def test_what_cannot_be_undone_is_not_handed_on(one: Reader, name: str) -> None:
    assert not one.spent
    with contextlib.suppress(TypeError, Error):
        getattr(one.page, name)()
    assert one.spent
