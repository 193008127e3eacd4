"""The offline edition for tests, and what its files refer to."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parent.parent
_REFERENCE = re.compile(r'<(?P<tag>a|link|script|img|iframe)\b[^>]*?\s(?:href|src)="(?P<to>[^"]*)"')
_ID = re.compile(r'\s(?:id|name)="([^"]+)"')


def build_edition(folder: Path) -> Path:
    """Runs the documented command; the folder of the edition."""
    command = [sys.executable, "-m", "lessonkit.adapters.offline", str(folder)]
    environment = {**os.environ, "SITE_URL": "https://example.org/must-not-matter/"}
    built = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=300
    )
    assert built.returncode == 0, built.stderr
    return Path(built.stdout.splitlines()[0]).parent


def dangling(site: Path) -> Iterator[str]:
    """References of pages that lead to no file of the site, or to no anchor in it, or load something from elsewhere."""
    anchors = {page: set(_ID.findall(page.read_text("utf-8"))) for page in site.rglob("*.html")}
    for page in anchors:
        for found in _REFERENCE.finditer(page.read_text("utf-8")):
            to = urlsplit(found["to"].replace("&amp;", "&"))
            if to.scheme or to.netloc:
                if found["tag"] != "a":
                    yield f"{page.relative_to(site)}: loads {found['to']}"
                continue
            target = (page.parent / unquote(to.path)).resolve() if to.path else page
            if not target.is_file():
                yield f"{page.relative_to(site)}: {found['to']}"
            elif to.fragment and target in anchors and unquote(to.fragment) not in anchors[target] | {"__skip"}:
                yield f"{page.relative_to(site)}: no such anchor: {found['to']}"
