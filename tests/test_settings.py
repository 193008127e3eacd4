"""Settings with which no site can be made are reported with their line in mkdocs.yml."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config
from small_site import MKDOCS, edit, make_project, mkdocs

from lessonkit.adapters.settings import problems

LANGUAGES = MKDOCS[MKDOCS.index("      languages:") :]


def said(project: Path) -> list[str]:
    """What is wrong with the settings of a project, from its folder."""
    config = load_config(str(project / "mkdocs.yml"))
    found = problems(config.plugins["lessons"].config, config)
    return [str(problem).replace(f"{project.as_posix()}/", "") for problem in found]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return make_project(tmp_path)


def test_good_settings_are_good(project: Path) -> None:
    assert said(project) == []


FAULTS = {
    "no languages": (LANGUAGES, "", 11, "`languages` is missing"),
    "a language without words": ("        en: {", "        fr: {", 15, "there are no words for the language fr"),
    "a folder that is not there": (
        "docs_dir: docs/en",
        "docs_dir: docs/x",
        15,
        "`docs_dir` of en is no folder: docs/x",
    ),
    "no place of its own": ("at: en/, ", "", 15, "`at` of en says where it is served: a path that ends in a slash"),
    "a place without a slash": ("at: en/", "at: en", 15, "`at` of en says where it is served: a path that ends in"),
    "a place outside of the site": ("at: en/", "at: ../en/", 15, "`at` of en says where it is served: a path that"),
    "the first elsewhere": (
        "ko: {name",
        "ko: {at: ko/, name",
        14,
        "ko is the first language, so it is served at",
    ),
    "the docs of another language": ("docs_dir: docs/ko\n", "docs_dir: docs/en\n", 14, "ko is the first language, so"),
    "no such section": (
        "sections: {첫째 부분",
        "sections: {둘째 부분",
        15,
        "nav has no section 둘째 부분",
    ),
    "a page twice in nav": ("[good.md]", "[good.md, good.md]", 5, "good.md stands 2 times in nav"),
    "notebooks without their plugin": ("languages:", "notebooks: true\n      languages:", 13, "`notebooks` needs the"),
    "a theme without the page": (
        "languages:",
        "parallel: true\n      languages:",
        13,
        "`parallel` needs the theme `lessons`",
    ),
    "another theme": ("{name: material, font: false}", "readthedocs", 6, "lessons are shown by Material's theme"),
    "no anchors": ("attr_list, ", "", 7, "pages would not show a form of lessons: '# a { #b }'"),
    "formulas for MathJax": ("{generic: true}", "{generic: false}", 7, "pages would not show a form of lessons: '$a$'"),
    "the site over the lessons": ("nav:", "site_dir: lessons\nnav:", 5, "the site would be written to lessons, over"),
    "over other pages": ("nav:", "site_dir: docs/en\nnav:", 5, "the site would be written to docs/en, over what"),
    "over shared files": ("nav:", "site_dir: docs/shared\nnav:", 5, "the site would be written to docs/shared,"),
    "among other pages": ("nav:", "site_dir: docs/en/site\nnav:", 5, "the site would be written to docs/en/site,"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_reported_with_its_line(project: Path, fault: str) -> None:
    old, new, line, sentence = FAULTS[fault]
    edit(project, old, new, "mkdocs.yml")
    (first, *_) = said(project)
    assert first.startswith(f"mkdocs.yml:{line}: {sentence}")
    assert len(first.splitlines()) == 2, "a sentence and what to do"


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("execute: true", "mkdocs-jupyter would run notebooks, but a build runs nothing"),
        ('include: ["*.py"]', "mkdocs-jupyter leaves notebooks out"),
    ],
)
def test_mkdocs_jupyter_renders_notebooks_and_runs_none(project: Path, option: str, sentence: str) -> None:
    edit(project, "  - search\n", f"  - search\n  - mkdocs-jupyter: {{{option}}}\n", "mkdocs.yml")
    edit(project, "languages:", "notebooks: true\n      languages:", "mkdocs.yml")
    edit(project, "theme: {name: material, font: false}", "theme: {name: lessons}", "mkdocs.yml")
    assert [problem.split("\n")[0] for problem in said(project)] == [f"mkdocs.yml:11: {sentence}"]


def test_the_build_says_so_without_a_traceback(project: Path) -> None:
    edit(project, "        en: {", "        fr: {", "mkdocs.yml")
    result = mkdocs(project, "build")
    assert result.returncode != 0
    assert "mkdocs.yml:15: there are no words for the language fr" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_build_empties_no_folder_of_the_course(project: Path) -> None:
    before = sorted(project.rglob("*"))
    result = mkdocs(project, "build", "--site-dir", "lessons")
    assert "mkdocs.yml:1: the site would be written to lessons, over what it is made of: lessons" in result.stderr
    assert sorted(project.rglob("*")) == before
