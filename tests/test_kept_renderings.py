"""What is kept of a rendered notebook is not taken for that of other code."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessonkit.adapters import jupyter


@pytest.mark.parametrize("name", [path.name for path in jupyter.OURS])
def test_a_change_of_what_is_kept_makes_another_key(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    before = jupyter._versions()
    changed = tmp_path / name
    files = {path.name: path for path in jupyter.OURS}
    changed.write_bytes(files[name].read_bytes() + b"# another line\n")
    monkeypatch.setattr(jupyter, "OURS", tuple({**files, name: changed}.values()))
    jupyter._versions.cache_clear()
    assert jupyter._versions() != before
    monkeypatch.undo()
    jupyter._versions.cache_clear()
    assert jupyter._versions() == before
