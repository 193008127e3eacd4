"""nbconvert, as mkdocs-jupyter calls it, does once what it would do again for each notebook."""

from __future__ import annotations

import re
from pathlib import Path

import jinja2
import pytest
from mkdocs_jupyter import convert

from lessonkit.adapters import exporting
from lessonkit.lesson.parse import read
from lessonkit.notebooks.notebook import notebook, to_json
from lessonkit.notebooks.notebook_page import bare
from lessonkit.pages.minify import merge_spans

SMALL = Path(__file__).parent / "cases" / "notebook" / "small.py"


@pytest.fixture
def book(tmp_path: Path) -> str:
    """An .ipynb."""
    path = tmp_path / "small.ipynb"
    path.write_text(to_json(notebook(read(SMALL), "en")), encoding="utf-8")
    return str(path)


def test_code_comes_with_as_few_marks_as_its_colours_need(
    book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is what mkdocs-jupyter writes; the settings of somebody's home change nothing of it."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(home))
    theirs = convert.nb2html(book)
    exporting.use(tmp_path / "ours")
    (home / "jupyter_nbconvert_config.py").write_text("c.HTMLExporter.anchor_link_text = 'HOME'\n", encoding="utf-8")
    ours = convert.nb2html(book)
    assert bare(ours) == merge_spans(bare(theirs))
    marks = re.findall('<span class="(n|p|o|w)">', theirs)
    assert len(marks) > 20
    assert not re.search('<span class="(n|p|o|w)">', ours)


def test_templates_are_compiled_once(book: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path))
    compiled: list[str] = []
    compile_ = jinja2.Environment.compile

    def counted(self: jinja2.Environment, source: str, name: str | None = None, *more: object) -> object:
        compiled.append(name or "")
        return compile_(self, source, name, *more)

    monkeypatch.setattr(jinja2.Environment, "compile", counted)
    monkeypatch.setattr(exporting.COMPILED, "made", {})
    exporting.use(tmp_path / "ours")
    convert.nb2html(book)
    assert "mkdocs_html/notebook.html.j2" in compiled
    known = len(compiled)
    convert.nb2html(book)
    assert len(compiled) == known
