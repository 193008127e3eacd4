"""A small project whose site tests build, break and serve."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import warm_mkdocs

ROOT = Path(__file__).parent.parent
GOOD = ROOT / "tests" / "cases" / "site" / "good.py"

MKDOCS = """
site_name: 시험
site_url: !ENV [SITE_URL, ""]
docs_dir: docs/ko
nav: [index.md, {첫째 부분: [good.md]}]
theme: {name: material, font: false}
markdown_extensions:
  [admonition, attr_list, md_in_html, pymdownx.details, pymdownx.superfences, {pymdownx.arithmatex: {generic: true}}]
plugins:
  - search
  - lessons:
      shared: docs/shared
      languages:
        ko: {name: 한국어, docs_dir: docs/ko}
        en: {name: English, docs_dir: docs/en, at: en/, site_name: Trial, sections: {첫째 부분: Part one}}
"""


def make_project(folder: Path) -> Path:
    """A small project with one good, recorded lesson and a home page in each language."""
    for lang, text in (("ko", "# 집\n\n<!-- course map -->\n"), ("en", "# Home\n\n<!-- course map -->\n")):
        (folder / "docs" / lang).mkdir(parents=True)
        (folder / "docs" / lang / "index.md").write_text(text, encoding="utf-8")
    (folder / "docs" / "shared").mkdir()
    (folder / "lessons").mkdir()
    shutil.copy(GOOD, folder / "lessons" / "good.py")
    shutil.copytree(GOOD.parent / "records", folder / "lessons" / "records")
    (folder / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    return folder


def bare() -> dict[str, str]:
    """The environment of a reader, who has set no variable."""
    ours = ("REPO_URL", "SITE_URL", "EDIT_URI", "OFFLINE_EDITION", "NO_MKDOCS_2_WARNING")
    return {name: value for name, value in os.environ.items() if name not in ours} | {"PYTHONUTF8": "1"}


def mkdocs(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs mkdocs in a project as a user would."""
    return warm_mkdocs.run(project, arguments, {**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment})


def page(project: Path, address: str) -> str:
    return (project / "site" / address / "index.html").read_text(encoding="utf-8")


def edit(project: Path, old: str, new: str, name: str = "lessons/good.py") -> None:
    path = project / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")
