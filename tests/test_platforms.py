"""What other machines are like, as far as this one can play them: their folders, locales and line ends."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from small_site import ROOT, edit, make_project

C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii:backslashreplace"}


def run(project: Path, *command: str, **environment: str) -> str:
    """What a command of the documents says, which must succeed."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run([sys.executable, "-m", *command], cwd=project, env=env, capture_output=True, timeout=120)
    assert done.returncode == 0, (done.stdout + done.stderr).decode(errors="replace")
    return done.stdout.decode()


def built(project: Path) -> dict[str, bytes]:
    """The pages and figures of a site, by their addresses."""
    site = project / "site"
    ends = {".html", ".svg", ".json", ".js", ".css"}
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.suffix in ends}


def texts(folder: Path) -> dict[Path, bytes]:
    """What stands in the files of a folder that somebody wrote or recorded."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"}


def crlf(project: Path) -> None:
    """Every text as Windows may check it out."""
    for path in [*project.rglob("*.py"), *project.rglob("*.md"), *project.rglob("*.yml"), *project.rglob("*.svg")]:
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site as it is built in a folder that nobody would trip over."""
    project = make_project(tmp_path_factory.mktemp("usual") / "course")
    run(project, "mkdocs", "build", "--strict")
    return built(project)


@pytest.mark.rest
@pytest.mark.parametrize("line_ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_a_course_builds_alike_in_any_folder_locale_and_line_end(
    tmp_path: Path, usual: dict[str, bytes], line_ends: str
) -> None:
    project = make_project(tmp_path / "내 수업 자료 (1)" / "소프트맥스 #1 100%")
    if line_ends == "\r\n":
        crlf(project)
    run(project, "mkdocs", "build", "--strict", **C_LOCALE)
    assert built(project) == usual


@pytest.mark.rest
def test_a_lesson_is_checked_in_any_folder_and_locale(tmp_path: Path) -> None:
    project = make_project(tmp_path / "내 수업 자료 (1)" / "소프트맥스 #1 100%")
    edit(project, "assert mean([1, 2, 3]) == 2\n", 'assert mean([1, 2, 3]) == 2, "these numbers"\n')
    assert "recorded: " in run(project, "lessonkit", "record", "good", **C_LOCALE)
    before = texts(project / "lessons")
    assert "all is well" in run(project, "lessonkit", "check", "good", **C_LOCALE)
    assert "nothing changed" in run(project, "lessonkit", "record", "good", **C_LOCALE)
    assert texts(project / "lessons") == before


def test_the_commands_of_the_readme_run_on_every_system_and_python() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "platforms.yml").read_text(encoding="utf-8"))["jobs"]
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    everywhere = {
        "os": ["ubuntu-latest", "macos-latest", "windows-latest"],
        "python": ["3.11", "3.12", "3.13", "3.14"],
    }
    assert {name: job["strategy"]["matrix"] for name, job in jobs.items()} == {"read": everywhere, "test": everywhere}
    commands = {name: [step["run"] for step in job["steps"] if "run" in step] for name, job in jobs.items()}
    assert commands == {
        "read": ["pip install -e .", "mkdocs build --strict"],
        "test": ["pip install -r requirements.txt && pytest"],
    }
    for command in (*commands["read"], *commands["test"]):
        assert command in readme
