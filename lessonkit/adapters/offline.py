"""The offline edition: the whole site as a folder, and as a zip, that works from file:// without a network.

    lessonkit offline [FOLDER]

runs `mkdocs build` with the option `offline` switched on. Addresses become names of files (`softmax.html`), the search
index becomes a script (file:// pages may not fetch), and its worker runs in a frame (they may not start one either).
"""

from __future__ import annotations

import os
import sys
import tempfile
from contextlib import chdir
from importlib.metadata import version
from pathlib import Path

from click import ClickException
from mkdocs.__main__ import cli

from lessonkit.adapters.folders import can_write
from lessonkit.authoring.project import find_project
from lessonkit.lesson.cells import shown
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
    root = find_project(Path.cwd()).settings.parent
    own = root / FOLDER
    folder = folder or (own if can_write(own) else Path(tempfile.mkdtemp(prefix="lessons-offline-")))
    if not can_write(folder):
        sys.exit(f"{folder}: nothing can be written there. Name another folder: {COMMAND} FOLDER")
    os.environ[SWITCH] = "true"
    site = folder.resolve() / name()
    try:
        with chdir(root):
            cli(["build", "--quiet", "--strict", "--site-dir", str(site)], standalone_mode=False)
    except ClickException as error:  # MkDocs has said more, or this says it all
        sys.exit(error.format_message())
    archive = write_archive(site)
    print(f"{shown(site / 'index.html')}\n{shown(archive)} ({archive.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
