"""What is kept of a rendered notebook is not taken for that of other code."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessonkit.adapters import jupyter


def test_a_change_of_what_is_kept_makes_another_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = jupyter._versions()
    changed = tmp_path / "notebook_page.py"
    changed.write_bytes(jupyter.OURS.read_bytes() + b"# another line\n")
    monkeypatch.setattr(jupyter, "OURS", changed)
    jupyter._versions.cache_clear()
    assert jupyter._versions() != before
    monkeypatch.undo()
    jupyter._versions.cache_clear()
    assert jupyter._versions() == before
