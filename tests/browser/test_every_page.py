"""Every page is as it must be (one of each kind, for everybody: test_kinds.py)."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from reading import every_page, pages
from sound import assert_as_it_must_be


@every_page
def test_every_page_is_sound_and_accessible(
    page: Page, site: Path, address: str, group: str, subtests: pytest.Subtests
) -> None:
    for path in pages(site, group):
        with subtests.test(path):
            assert_as_it_must_be(page, address, path)
