"""The offline edition: the whole site as a folder, and as a zip, that works from file:// without a network.

    lessonkit offline [FOLDER]

runs `mkdocs build` with the option `offline` switched on. Addresses become names of files (`softmax.html`), the search
index becomes a script (file:// pages may not fetch), and its worker runs in a frame (they may not start one either).
"""

from __future__ import annotations

import os
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from mkdocs.__main__ import cli

from lessonkit.adapters.folders import can_write
from lessonkit.pages.archive import write_archive

SWITCH = "OFFLINE_EDITION"
"""The environment variable that mkdocs.yml gives to the option `offline`."""
FOLDER = Path(".cache/offline")
COMMAND = "lessonkit offline"


def name() -> str:
    """What the edition is called, with its version."""
    return f"softmax-step-by-step-{version('softmax-step-by-step')}-offline"


def main(folder: Path | None = None) -> None:
    """Writes the edition and its zip into a folder, and says where they are.

    Without a folder it is FOLDER, or a temporary one where the checkout is read-only.
    """
    folder = folder or (FOLDER if can_write(FOLDER) else Path(tempfile.mkdtemp(prefix="lessons-offline-")))
    if not can_write(folder):
        sys.exit(f"{folder}: nothing can be written there. Name another folder: {COMMAND} FOLDER")
    os.environ[SWITCH] = "true"
    site = folder / name()
    cli(["build", "--quiet", "--strict", "--site-dir", str(site)], standalone_mode=False)
    archive = write_archive(site)
    print(f"{site / 'index.html'}\n{archive} ({archive.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
