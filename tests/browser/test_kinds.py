"""A page of each kind is as every page must be, for everybody; with --all, every page is (test_every_page.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page
from reading import KINDS, serving
from small_site import build_few
from sound import assert_as_it_must_be


@pytest.fixture(scope="session")
def few(once: Callable[..., Path]) -> Iterator[str]:
    """Where our site with a few lessons is served."""
    with serving(once("few", build_few)) as at:
        yield at


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_is_sound_and_accessible(page: Page, few: str, kind: str) -> None:
    assert_as_it_must_be(page, few, KINDS[kind], everywhere=True)
