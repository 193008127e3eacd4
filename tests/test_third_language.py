"""A third language is a file of words, a folder of pages and an entry in mkdocs.yml: a toy one is added, and builds."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from small_site import ROOT, edit, make_project, page

from lessonkit import words

LANG, NAME = "eo", "Esperanto"
TOY = {
    "Sum and mean": "Sumo kaj meznombro",
    "Adding three numbers up, with the formula": "Ni sumigas tri nombrojn, per la formulo",
    "A picture": "Bildo",
    "The bars rise.": "La stangoj altas.",
    "Three bars of heights 1, 2, and 3.": "Tri stangoj altas 1, 2 kaj 3.",
    "three numbers": "tri nombroj",
}
"""The English of the small lesson, and what it is in the toy language."""


def toy(value: object, key: str = "") -> object:
    """The words of English with a sign before each text."""
    if isinstance(value, dict):
        return {name: toy(inside, name) for name, inside in value.items()}
    return f"EO {value}" if isinstance(value, str) and key not in {"locale", "sentence_end"} else value


def in_toy(text: str) -> str:
    for english, said in TOY.items():
        text = text.replace(english, said)
    return text


LABELS = "\n#\n# - height: alto"


def third(lesson: str) -> str:
    """A lesson whose English cells and comments are followed by those of the toy language."""
    cells = re.split(r"^(?=# %%)", lesson, flags=re.MULTILINE)
    more = []
    for cell in cells:
        more.append(cell)
        if 'lang="en"' in cell:
            text = in_toy(cell).replace('lang="en"', f'lang="{LANG}"').rstrip("\n")
            more.append(text + LABELS * ("caption=" in text) + "\n\n")
    comments = re.compile(r"^# en: (.*)\n", re.MULTILINE)
    return comments.sub(lambda found: found[0] + f"# {LANG}: {in_toy(found[1])}\n", "".join(more))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small course in three languages."""
    folder = make_project(tmp_path / "course")
    made = tmp_path / "words"
    made.mkdir()
    for lang, table in words.WORDS.items():
        (made / f"{lang}.yml").write_text(yaml.safe_dump(dict(table), allow_unicode=True), encoding="utf-8")
    table = {**toy(dict(words.WORDS["en"])), "order": 3, "locale": "eo_EO"}
    (made / f"{LANG}.yml").write_text(yaml.safe_dump(table, allow_unicode=True), encoding="utf-8")
    (folder / "docs" / LANG).mkdir()
    (folder / "docs" / LANG / "index.md").write_text("# Hejmo\n\n<!-- course map -->\n", encoding="utf-8")
    lesson = folder / "lessons" / "good.py"
    lesson.write_text(third(lesson.read_text(encoding="utf-8")), encoding="utf-8")
    entry = f"        {LANG}: {{name: {NAME}, docs_dir: docs/{LANG}, at: {LANG}/, site_name: Provo}}\n"
    settings = folder / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8") + entry, encoding="utf-8")
    return folder


def build(project: Path) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "LESSONKIT_WORDS": str(project.parent / "words"), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, encoding="utf-8", timeout=120)


@pytest.mark.rest
def test_a_toy_language_is_added_and_builds(project: Path) -> None:
    built = build(project)
    assert built.returncode == 0, built.stderr
    text = page(project, "eo/good")
    assert '<html lang="eo"' in text
    for said in (
        "Sumo kaj meznombro",
        "EO Output",
        "EO Show the solution",
        "# tri nombroj",
        ">alto<",
        "La stangoj altas.",
    ):
        assert said in text
    home = page(project, "eo")
    assert '<h1 id="hejmo">Hejmo' in home
    assert "EO 3 min" in home
    assert all('hreflang="eo"' in page(project, address) for address in ("good", "en/good"))
    search = json.loads((project / "site/eo/search/search_index.json").read_text(encoding="utf-8"))
    assert any("Sumo" in one["title"] for one in search["docs"])


@pytest.mark.rest
def test_what_the_toy_language_lacks_is_reported(project: Path) -> None:
    edit(project, "# Ni sumigas tri nombrojn, per la formulo $s = a + b + c$.\n", "#\n")
    built = build(project)
    assert built.returncode == 1
    assert "lessons/good.py:" in built.stderr
    assert "Traceback" not in built.stderr
