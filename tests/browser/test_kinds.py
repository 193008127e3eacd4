"""A page of each kind is as every page must be, for everybody; with --all, every page is."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from reading import KINDS, every_page, pages
from sound import assert_accessible, assert_sound

SHOWN = {False: (("light", "phone"), ("dark", "desk")), True: (("dark", "phone"), ("light", "desk"))}
"""Every page in both schemes and both sizes; with its counterpart in English, in all four pairs of them."""


def look(page: Page, address: str, path: str) -> None:
    """Looks at a page, which is loaded once."""
    assert_sound(page, address + path)
    assert_accessible(page, *SHOWN[path.startswith("en/")])


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_each_kind_is_sound_and_accessible(page: Page, address: str, kind: str) -> None:
    look(page, address, KINDS[kind])


@pytest.mark.rest
@every_page
def test_every_page_is_sound_and_accessible(
    page: Page, site: Path, address: str, group: str, subtests: pytest.Subtests
) -> None:
    for path in pages(site, group):
        with subtests.test(path):
            look(page, address, path)
