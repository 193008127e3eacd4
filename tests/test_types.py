"""The package is strictly typed, on every platform, and nothing weakens the check."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = [*(ROOT / "lessonkit").rglob("*.py"), *(ROOT / "typings").rglob("*.pyi")]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]
IGNORED = re.compile(r"# type: ignore\[[a-z-]+\]  # \S+(?: \S+){2,}$")
"""What is let pass has its code, and a reason in words on its line."""
MOST = 10

PLANTED = """import os

from lessonkit.lesson.cells import Head

head = Head(minutes="ten")
child = os.fork()
"""
"""Two wrong lines; the second is wrong where processes cannot be forked."""


def mypy(platform: str, cache: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Runs mypy as anybody does, with the settings of the project."""
    command = [sys.executable, "-m", "mypy", "--platform", platform, "--cache-dir", str(cache), *more]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=300)


@pytest.mark.rest(60)
@pytest.mark.parametrize(("platform", "wrong"), [("linux", {5}), ("win32", {5, 6})])
def test_the_package_is_strictly_typed_and_a_wrong_type_is_seen(tmp_path: Path, platform: str, wrong: set[int]) -> None:
    good = mypy(platform, tmp_path / "cache")
    assert good.returncode == 0, good.stdout + good.stderr
    checked = len([path for path in SOURCES if path.suffix == ".py"])
    assert good.stdout == f"Success: no issues found in {checked} source files\n"
    planted = tmp_path / "planted.py"
    planted.write_text(PLANTED, encoding="utf-8")
    bad = mypy(platform, tmp_path / "cache", "lessonkit", str(planted))
    assert bad.returncode == 1, bad.stdout + bad.stderr
    errors = re.findall(r"^(.+?):(\d+): error:", bad.stdout, re.MULTILINE)
    assert {Path(path).name for path, _ in errors} == {"planted.py"}
    assert {int(line) for _, line in errors} == wrong


def test_the_settings_are_strict_and_have_no_exception() -> None:
    assert SETTINGS["mypy"] == {
        "strict": True,
        "files": ["lessonkit"],
        "python_version": "3.11",
        "mypy_path": "$MYPY_CONFIG_FILE_DIR/typings",
    }
    assert not any((ROOT / name).exists() for name in ("mypy.ini", ".mypy.ini", "setup.cfg"))  # these would come first


def test_what_is_let_pass_is_little_and_has_a_reason() -> None:
    lines = [(path, line) for path in SOURCES for line in path.read_text(encoding="utf-8").splitlines()]
    ignored = [line for _, line in lines if re.search(r"#\s*type:\s*ignore", line)]
    assert len(ignored) <= MOST
    assert [line for line in ignored if not IGNORED.search(line)] == []
    assert [(path, line) for path, line in lines if re.search(r"#\s*mypy:|no_type_check", line)] == []


def test_users_of_the_package_get_its_types() -> None:
    assert (ROOT / "lessonkit" / "py.typed").read_bytes() == b""
    assert "py.typed" in SETTINGS["setuptools"]["package-data"]["lessonkit"]
