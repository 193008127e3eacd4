"""Strict means strict: the command that the documents name fails with any warning, and says which, `--quiet` or not."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import warm_mkdocs
from small_site import bare, edit, make_project

ROOT = Path(__file__).parent.parent
GLOSSARY = """terms:
  - id: likelihood
    ko: 가능도
    en: likelihood
    avoid: {ko: [우도], en: [likelyhood]}
    define:
      ko: 데이터를 얼마나 잘 설명하는지 재는 수입니다.
      en: A number that says how well a model explains data.
"""
COMMAND = "mkdocs build --strict"
"""As README, CONTRIBUTING and PUBLISHING say it."""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project with the strictness and the words of a real one."""
    make_project(tmp_path)
    (tmp_path / "docs" / "glossary.yml").write_text(GLOSSARY, encoding="utf-8")
    with (tmp_path / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("      glossary: docs/glossary.yml\nvalidation: {anchors: warn, omitted_files: warn}\n")
    return tmp_path


def build(project: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Runs the documented command as a reader does."""
    command = [sys.executable, "-m", *COMMAND.split(), *more]
    return subprocess.run(
        command, cwd=project, env=bare(), capture_output=True, text=True, encoding="utf-8", timeout=120
    )


def build_warm(project: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """The same, from a process that has imported everything."""
    return warm_mkdocs.run(project, [*COMMAND.split()[1:], *more], bare())


def _write(name: str, text: str) -> Callable[[Path], None]:
    return lambda project: (project / name).write_text(text, encoding="utf-8") and None


def _forget_translation(project: Path) -> None:
    (project / "docs/en/more.md").write_text("# More\n", encoding="utf-8")
    edit(project, "nav: [index.md,", "nav: [index.md, more.md,", "mkdocs.yml")


def _write_beside_a_lesson(project: Path) -> None:
    for lang in ("ko", "en"):
        (project / f"docs/{lang}/good.md").write_text("# Good\n", encoding="utf-8")


def _name_like_a_language(project: Path) -> None:
    for lang in ("ko", "en"):
        (project / f"docs/{lang}/en.md").write_text("# En\n", encoding="utf-8")
    edit(project, "nav: [index.md,", "nav: [index.md, en.md,", "mkdocs.yml")


WARNINGS: dict[str, tuple[Callable[[Path], None], str]] = {
    "dead anchor": (
        _write("docs/ko/index.md", "# 집\n\n[어디](good.md#nope)\n"),
        "contains a link 'good.md#nope', but the doc",
    ),
    "dead anchor in the second language": (
        _write("docs/en/index.md", "# Home\n\n[where](good.md#nope)\n"),
        "contains a link 'good.md#nope', but the doc",
    ),
    "dead link": (_write("docs/ko/index.md", "# 집\n\n[어디](nope.md)\n"), "nope.md"),
    "page in one language only": (_forget_translation, "docs/ko/more.md:1: this page has no ko version"),
    "page of a lesson's name": (
        _write_beside_a_lesson,
        "docs/ko/good.md:1: the lesson lessons/good.py takes the place of this page",
    ),
    "page at the place of a language": (
        _name_like_a_language,
        "docs/ko/en.md:1: the address of this page, en/, is taken by the en pages",
    ),
    "lesson that the nav does not name": (
        lambda project: edit(project, "index.md, {첫째 부분: [good.md]}", "{첫째 부분: [index.md]}", "mkdocs.yml"),
        'are not included in the "nav"',
    ),
    "stale record": (
        lambda project: edit(project, "numbers = [1, 2, 3]", "numbers = [1, 2, 4]"),
        "lessons/good.py:1: the code or its outputs changed since they were recorded",
    ),
    "forbidden word in a lesson": (
        lambda project: edit(project, "더한 값", "우도의 값"),
        "the glossary has another name for '우도': 가능도",
    ),
    "forbidden word on a hand-written page": (
        _write("docs/ko/index.md", "# 집\n\n첫 줄.\n우도는 큽니다.\n"),
        "docs/ko/index.md:4: the glossary has another name for '우도': 가능도",
    ),
    "forbidden word on a page of the second language": (
        _write("docs/en/index.md", "---\ntitle: Home\n---\n# Home\n\nA likelyhood.\n"),
        "docs/en/index.md:6: the glossary has another name for 'likelyhood': likelihood",
    ),
}


@pytest.mark.rest
@pytest.mark.parametrize("more", [(), ("--quiet",)], ids=["loud", "quiet"])
@pytest.mark.parametrize("kind", WARNINGS)
def test_each_kind_of_warning_fails_the_documented_command(project: Path, kind: str, more: tuple[str, ...]) -> None:
    plant, reported = WARNINGS[kind]
    plant(project)
    result = build_warm(project, *more)
    assert result.returncode != 0
    assert reported in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.rest
def test_a_warm_process_says_what_a_new_one_says(project: Path) -> None:
    """What the tests learn from it is what readers see: output, exit code, and files."""

    def said(one: subprocess.CompletedProcess[str]) -> tuple[int, list[str]]:
        lines = [line for line in one.stderr.splitlines() if line and not line.startswith("\x1b")]  # a notice
        return one.returncode, [re.sub(r"in \d.*seconds", "", line) for line in lines]

    def files() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in (project / "site").rglob("*") if path.suffix == ".html"}

    new, built = said(build(project)), files()
    assert len(built) > 4
    assert said(build_warm(project)) == new
    assert files() == built
    WARNINGS["dead anchor in the second language"][0](project)
    new, built = said(build(project)), files()
    assert new[0] != 0
    assert said(build_warm(project)) == new
    assert files() == built


@pytest.mark.rest
@pytest.mark.parametrize("more", [(), ("--quiet",)], ids=["loud", "quiet"])
def test_without_a_fault_the_documented_command_passes_without_a_warning(project: Path, more: tuple[str, ...]) -> None:
    result = build(project, *more)
    assert result.returncode == 0, result.stderr
    assert "WARNING -" not in result.stderr


@pytest.mark.rest
def test_without_strict_quiet_stays_quiet(project: Path) -> None:
    WARNINGS["stale record"][0](project)
    result = warm_mkdocs.run(project, ["build", "--quiet"], bare())
    assert result.returncode == 0
    assert "changed since they were recorded" not in result.stderr


@pytest.mark.rest
def test_the_course_itself_is_built_without_a_warning_of_anyone(site: Path) -> None:
    said = site.with_suffix(".log").read_text(encoding="utf-8")
    assert "Documentation built" in said
    assert "warning" not in said.lower()


@pytest.mark.rest
def test_the_course_itself_is_built_quietly_too(tmp_path: Path) -> None:
    result = build(ROOT, "--quiet", "--site-dir", str(tmp_path / "site"))
    assert result.returncode == 0, result.stderr
    assert "warning" not in (result.stdout + result.stderr).lower()


def test_the_documents_name_this_command() -> None:
    for document in ("README.md", "PUBLISHING.md", ".ci/run", ".github/workflows/site.yml"):
        text = (ROOT / document).read_text(encoding="utf-8")
        assert COMMAND in text, document
        assert not [line for line in text.splitlines() if "mkdocs" in line and ("-q " in line or "--quiet" in line)]


@pytest.mark.rest
def test_the_real_site_needs_no_repository(tmp_path: Path) -> None:
    """The settings of the course, with a small lesson: no address of a repository, so no warning about one."""
    make_project(tmp_path)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    wanted = [line for line in settings.splitlines() if line.startswith(("repo_url", "edit_uri", "site_url"))]
    assert len(wanted) == 3
    small = (tmp_path / "mkdocs.yml").read_text(encoding="utf-8").splitlines()
    text = "\n".join([*(line for line in small if not line.startswith("site_url")), *wanted])
    (tmp_path / "mkdocs.yml").write_text(f"{text}\n", encoding="utf-8")
    result = build_warm(tmp_path)
    assert result.returncode == 0, result.stderr
    assert "WARNING -" not in result.stderr


BROKEN = {
    "a typing error in the glossary": ("docs/glossary.yml", "terms:\n  - id: [\n", r"docs/glossary.yml:3: "),
    "a term of a lesson that is gone": (
        "docs/glossary.yml",
        f"{GLOSSARY}    only: [gone]\n",
        "docs/glossary.yml:2: likelihood: there is no lesson 'gone'",
    ),
    "no glossary at all": ("docs/glossary.yml", None, "docs/glossary.yml"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_glossary_stops_the_build_with_its_line(project: Path, fault: str) -> None:
    name, text, reported = BROKEN[fault]
    (project / name).unlink() if text is None else (project / name).write_text(text, encoding="utf-8")
    result = build_warm(project)
    assert result.returncode != 0
    assert reported in result.stderr
    assert "Traceback" not in result.stderr
