"""Small projects whose sites tests build, break and serve: one made for them, and one with a few lessons of ours."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
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


FEW = ("softmax", "standardization")
"""The lessons whose figures are on our home page."""
PAGES = ("index", "glossary", *FEW)


def build_few(folder: Path) -> None:
    """Builds our site with our pages, settings and glossary, but with a few lessons only, which takes seconds.

    What it says of links to the other lessons is not looked at.
    """
    project = folder.with_name(f"{folder.name}.project")
    shutil.copytree(ROOT / "docs", project / "docs", ignore=lambda _, names: set(names) & {"claims.md", "errata.md"})
    (project / "lessons" / "records").mkdir(parents=True)
    for name in FEW:
        shutil.copy(ROOT / "lessons" / f"{name}.py", project / "lessons")
        shutil.copytree(ROOT / "lessons" / "records" / name, project / "lessons" / "records" / name)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    before, nav, after = re.split(r"^nav:\n((?: .*\n)+)", settings, maxsplit=1, flags=re.MULTILINE)
    sections = [line for line in nav.splitlines() if line.endswith(":")]
    for line in sections[1:]:
        after = re.sub(rf"^ +{re.escape(line.strip(' -:'))}: .*\n", "", after, flags=re.MULTILINE)
    listed = [sections[0], *(f"      - {name}.md" for name in PAGES[1:])]
    nav = "\n".join(["  - index.md", *listed, ""])
    (project / "mkdocs.yml").write_text(f"{before}nav:\n{nav}{after}", encoding="utf-8")
    glossary = project / "docs" / "shared" / "glossary.yml"
    terms = re.sub(r"\bonly:\s+\[.*?\]", f"only: [{FEW[0]}]", glossary.read_text(encoding="utf-8"), flags=re.DOTALL)
    glossary.write_text(terms, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    subprocess.run(command, cwd=project, env=bare(), check=True, capture_output=True, timeout=120)


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
