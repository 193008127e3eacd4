"""One page of each kind, for everybody; what else a browser can tell runs with --all."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from reading import KINDS
from sound import assert_accessible, assert_sound


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_is_sound_and_accessible(page: Page, address: str, kind: str) -> None:
    assert_sound(page, address + KINDS[kind])
    assert_accessible(page, ("dark", "phone"), ("light", "desk"))
