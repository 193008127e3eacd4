"""The offline edition: the whole site as a folder, and as a zip, that works from file:// without a network.

    python -m lessonkit.for_mkdocs.offline [FOLDER]

runs `mkdocs build` with the plugin below switched on. Addresses become names of files (`softmax.html`), the search
index becomes a script (file:// pages may not fetch), and its worker runs in a frame (they may not start one either).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from mkdocs.__main__ import cli
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files

from lessonkit.for_mkdocs.folders import can_write
from lessonkit.pages.archive import write_archive

SWITCH = "OFFLINE_EDITION"
"""The environment variable that mkdocs.yml gives to `enabled`."""
NAME = f"softmax-step-by-step-{version('softmax-step-by-step')}-offline"
FOLDER = Path(".cache/offline")
COMMAND = "python -m lessonkit.for_mkdocs.offline"
WORKER = "frame-worker.js"
LEFT_OUT = ("404.html", "_headers", "search/search_index.json", "assets/javascripts/lunr", "**/*.map")
"""What no page asks for when there is no server: of a language's build."""


class OfflineConfig(base.Config):
    """`enabled`: whether this build is the offline edition."""

    enabled = c.Type(bool, default=False)


class OfflinePlugin(BasePlugin[OfflineConfig]):
    """Makes a build work from files. Does nothing in any other build."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Addresses that name files, none that names a site, and a worker that starts."""
        if self.config.enabled:
            config.use_directory_urls = False
            config.site_url = ""
            config.extra.setdefault("polyfills", []).append(f"assets/{WORKER}")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the script that starts workers."""
        if self.config.enabled:
            script = Path(config.plugins["lessons"].config.shared).parent / WORKER
            files.append(File.generated(config, f"assets/{WORKER}", abs_src_path=str(script)))
        return files

    @event_priority(-90)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Turns the search index into a script, where Material looks for it, and drops what nobody asks for."""
        if self.config.enabled:
            site = Path(config.site_dir)
            index = site / "search" / "search_index.json"
            index.with_suffix(".js").write_text(f"var __index = {index.read_text('utf-8')}", encoding="utf-8")
            for pattern in LEFT_OUT:
                for path in list(site.glob(pattern)):
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def main(folder: Path | None = None) -> None:
    """Writes the edition and its zip into a folder, and says where they are.

    Without a folder it is FOLDER, or a temporary one where the checkout is read-only.
    """
    folder = folder or (FOLDER if can_write(FOLDER) else Path(tempfile.mkdtemp(prefix="lessons-offline-")))
    if not can_write(folder):
        sys.exit(f"{folder}: nothing can be written there. Name another folder: {COMMAND} FOLDER")
    os.environ[SWITCH] = "true"
    site = folder / NAME
    cli(["build", "--quiet", "--strict", "--site-dir", str(site)], standalone_mode=False)
    archive = write_archive(site)
    print(f"{site / 'index.html'}\n{archive} ({archive.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
