"""What the tests of the browser share: a reader who forgets, and one line where there is no browser."""

from __future__ import annotations

import contextlib

import pytest
from playwright.sync_api import Browser, Error
from reading import LASTING, Reader, watch


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


@pytest.mark.parametrize("name", LASTING)
def test_what_cannot_be_undone_is_not_handed_on(one: Reader, name: str) -> None:
    assert not one.spent
    with contextlib.suppress(TypeError, Error):
        getattr(one.page, name)()
    assert one.spent
