"""The course as plain Markdown: another generator shows its outputs, figures and formulas."""

from __future__ import annotations

import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
import yaml
from small_site import ROOT, edit, make_project

from lessonkit import cli
from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import read

LESSONS = sorted((ROOT / "lessons").glob("*.py"))


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small course that is the current folder."""
    project = make_project(tmp_path / "course")
    monkeypatch.chdir(project)
    return project


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_each_language_is_a_folder_that_stands_alone(course: Path, tmp_path: Path) -> None:
    head = "---\ntemplate: main.html\nhide: [toc]\n---\n\n"
    home = '# Home\n\n<div data-figure="good/bars"></div>\n\n<!-- course map -->\n'
    (course / "docs/en/index.md").write_text(head + home, encoding="utf-8")
    assert cli.main(["pages", str(tmp_path / "out")]) == 0
    made = files(tmp_path / "out")
    figure = read(course / "lessons/good.py").code
    names = [cell.name for cell in figure if cell.kind == "figure"]
    for lang, section in (("ko", "첫째 부분"), ("en", "Part one")):
        settings = yaml.safe_load(made[f"{lang}/mkdocs.yml"])
        assert settings["nav"] == ["index.md", {section: ["good.md"]}]
        assert settings["theme"]["language"] == lang
        page = made[f"{lang}/docs/good.md"].decode()
        assert "data-figure" not in page
        for name in names:
            assert f"](figures/good.{name}.svg)" in page
            assert made[f"{lang}/docs/figures/good.{name}.svg"].startswith(b"<svg")
    index = made["en/docs/index.md"].decode()
    assert index.startswith("---\nhide:\n- toc\n---\n\n# Home\n\n\n![")
    assert "](figures/good.bars.svg)" in index
    assert "course map -->" not in index
    assert "(good.md)" in index


@pytest.mark.parametrize("what", ["file", "folder"])
def test_what_is_there_stays(course: Path, tmp_path: Path, what: str, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    kept = out if what == "file" else out / "notes.md"
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("mine")
    assert cli.main(["pages", str(out)]) == 1
    assert "out:1: there is something here already" in capsys.readouterr().err
    assert [path for path in (out, *out.rglob("*")) if path.is_file()] == [kept]
    assert kept.read_text() == "mine"


FAULTS = {
    "lesson": ("lessons/good.py", '# %% [markdown] lang="en"', '# %% [markdown] lang="xx"', "lessons/good.py:"),
    "figure": ("docs/en/index.md", "# Home", '# Home\n\n<div data-figure="good/gone"></div>', "docs/en/index.md:3: "),
    "settings": ("mkdocs.yml", "sections: {첫째 부분", "sections: {둘째 부분", "mkdocs.yml:"),
    "YAML": ("mkdocs.yml", "site_name: 시험", "site_name: [시험", "mkdocs.yml"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_reported_and_nothing_is_written(
    course: Path, tmp_path: Path, fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    name, old, new, where = FAULTS[fault]
    edit(course, old, new, name)
    try:
        assert cli.main(["pages", str(tmp_path / "out")]) == 1
        said = capsys.readouterr().err
    except SystemExit as end:
        said = str(end)
    assert where in said
    assert not (tmp_path / "out").exists()


def missing(lesson: Lesson, html: str) -> list[str]:
    """What another generator's page lacks of a lesson: lines that were printed, figures, formulas."""
    text = " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())
    lines = [line for cell in lesson.code for line in cell.recorded]
    figures = [f"/figures/{lesson.name}.{cell.name}.svg" for cell in lesson.code if cell.kind == "figure"]
    lost = [line for line in lines if " ".join(line.split()) not in text]
    return [*lost, *(figure for figure in figures if f'..{figure}"' not in html)]


@pytest.mark.rest
def test_zensical_shows_outputs_figures_and_formulas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.main(["pages", str(tmp_path / "out")]) == 0
    for lang in ("ko", "en"):
        folder = tmp_path / "out" / lang
        command = [sys.executable, "-m", "zensical", "build", "--strict", "-f", "mkdocs.yml"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=120)
        assert done.returncode == 0, done.stdout + done.stderr
        for path in LESSONS:
            lesson = read(path)
            html = (folder / "site" / lesson.name / "index.html").read_text(encoding="utf-8")
            assert missing(lesson, html) == []
            formulas = sum(
                1 for cell in lesson.prose(lang) for _ in re.finditer(r"^\$\$$", cell.markdown, re.MULTILINE)
            )
            assert html.count('<div class="arithmatex">') >= formulas // 2
            assert not re.search(r"(?<![\\$\w])\$[^$<\n]{1,40}\$", re.sub(r"<pre>.*?</pre>", "", html, flags=re.DOTALL))
    lesson = read(LESSONS[0])
    line = next(line for cell in lesson.code for line in cell.recorded if len(line) > 20)
    page = (folder / "site" / lesson.name / "index.html").read_text(encoding="utf-8")
    assert missing(lesson, page.replace("</pre>", "", 1).replace(line, "")) or missing(lesson, ""), (
        "a lost line is told"
    )
