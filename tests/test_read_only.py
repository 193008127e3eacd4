"""A checkout that nobody may write into: it builds elsewhere, and says so where it cannot."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_site import mkdocs
from test_notebook_site import new_project

ROOT = Path(__file__).parent.parent
NO_PRIVILEGES = ["setpriv", "--inh-caps=-all", "--bounding-set=-all"]
"""For root, whom permissions do not stop unless this is taken from it."""


def writable(folder: Path, *, yes: bool) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(path.stat().st_mode | 0o200 if yes else path.stat().st_mode & ~0o222)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A project with a lesson and its notebooks that cannot be written."""
    if os.name == "nt":
        pytest.skip("folders of Windows have no such permission")
    if os.geteuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("permissions do not stop root, and there is no setpriv to take its privileges")
    project = new_project(tmp_path / "project")
    writable(project, yes=False)
    yield project
    writable(project, yes=True)


def run(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Python in a project, without the privileges of root."""
    privileges = NO_PRIVILEGES if os.geteuid() == 0 else []
    env = {**os.environ, "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT), **environment}
    command = [*privileges, sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, encoding="utf-8", timeout=120)


def test_nothing_can_be_written(read_only: Path) -> None:
    """That the other tests test something."""
    tried = run(read_only, "zipfile", "-c", "new.zip", "mkdocs.yml")
    assert "Permission denied" in tried.stderr
    assert tried.returncode != 0


@pytest.mark.rest
def test_the_site_is_built_elsewhere(read_only: Path, tmp_path: Path) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    target = tmp_path / "out"
    built = run(read_only, "mkdocs", "build", "--strict", "--site-dir", str(target), TMPDIR=str(temporary))
    assert built.returncode == 0, built.stderr
    assert "Traceback" not in built.stderr
    for at in ("", "en/"):
        assert (target / at / "notebooks" / "small" / "index.html").exists()
        assert (target / at / "notebooks" / "small.ipynb").exists()
    assert list(temporary.iterdir()) == [], "what was kept for the build is gone"
    assert not (read_only / ".cache").exists()


@pytest.mark.rest
def test_a_folder_for_the_site_that_cannot_be_written_is_reported(read_only: Path) -> None:
    built = run(read_only, "mkdocs", "build")
    assert built.returncode == 1
    assert "Traceback" not in built.stderr
    assert "site: the site cannot be written here" in built.stderr
    assert "mkdocs build --site-dir FOLDER" in built.stderr


@pytest.mark.rest
def test_the_cache_is_in_the_project_where_that_can_be_written(read_only: Path, tmp_path: Path) -> None:
    writable(read_only, yes=True)
    built = mkdocs(read_only, "build", "--site-dir", str(tmp_path / "out"))
    assert built.returncode == 0, built.stderr
    assert (read_only / ".cache" / "notebooks" / "ko" / "small.ipynb").exists()


@pytest.mark.rest
@pytest.mark.parametrize("given", [True, False])
def test_the_offline_edition_says_where_it_is(read_only: Path, tmp_path: Path, given: bool) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    config = read_only / "mkdocs.yml"
    config.chmod(0o600)
    text = config.read_text("utf-8").replace(
        "notebooks: true", "notebooks: true\n      offline: !ENV [OFFLINE_EDITION, false]"
    )
    config.write_text(text, encoding="utf-8")
    config.chmod(0o400)
    (tmp_path / "mine").mkdir()
    folder = [str(tmp_path / "mine")] if given else []
    made = run(read_only, "lessonkit.adapters.offline", *folder, TMPDIR=str(temporary))
    assert made.returncode == 0, made.stderr
    assert "Traceback" not in made.stderr
    index = Path(made.stdout.splitlines()[0])
    assert index.is_file()
    assert index.is_relative_to(tmp_path / ("mine" if given else "temporary"))


def test_a_folder_for_the_offline_edition_that_cannot_be_written_is_reported(read_only: Path) -> None:
    made = run(read_only, "lessonkit.adapters.offline", str(read_only / "mine"))
    assert made.returncode == 1
    assert made.stderr.startswith(f"{read_only / 'mine'}: nothing can be written there.")
    assert "Traceback" not in made.stderr


@pytest.mark.rest
def test_pytest_checks_a_lesson(read_only: Path) -> None:
    ran = run(read_only, "pytest", "lessons/cross_entropy.py", "-q", "-p", "no:xdist")
    assert ran.returncode == 0, ran.stdout
    assert "Traceback" not in ran.stdout + ran.stderr
