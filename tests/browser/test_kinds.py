"""A page of each kind is as every page must be, for everybody; with --all, every page is (test_every_page.py)."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from reading import KINDS
from sound import assert_as_it_must_be


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_is_sound_and_accessible(page: Page, address: str, kind: str) -> None:
    assert_as_it_must_be(page, address, KINDS[kind])
