"""Where a build keeps files of its own: in the checkout, or among temporary files where that cannot be written."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path


@lru_cache
def cache_folder(folder: Path) -> Path:
    """A folder for what is kept between builds; a temporary one if that of the project cannot be written."""
    if can_write(folder):
        return folder
    temporary = Path(tempfile.mkdtemp(prefix="lessons-"))
    atexit.register(shutil.rmtree, temporary, ignore_errors=True)  # what other processes write, they share
    return temporary


def can_write(folder: Path) -> bool:
    """Whether files can be written into a folder; it is made if it is not there. Permissions alone do not tell."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
