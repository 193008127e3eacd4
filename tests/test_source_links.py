"""Each page leads to the file in the repository that it is made from, if there is a repository."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils import yaml_load

from lessonkit.adapters.edit_link import source_address
from lessonkit.words import say

ROOT = Path(__file__).parent.parent
THEME = ROOT / "lessonkit" / "assets" / "theme" / "partials" / "source-file.html"


def config(repo_url: str = "https://host.example/o/r") -> MkDocsConfig:
    made = MkDocsConfig(str(ROOT / "mkdocs.yml"))
    made.repo_url, made.edit_uri = repo_url, "edit/main/"
    return made


def page(path: str | None, **meta: str) -> SimpleNamespace:
    source = str(ROOT / path) if path else None
    return SimpleNamespace(file=SimpleNamespace(abs_src_path=source), meta=meta)


@pytest.mark.parametrize(
    ("path", "meta", "source"),
    [
        ("lessons/softmax.py", {}, "lessons/softmax.py"),
        ("docs/ko/index.md", {}, "docs/ko/index.md"),
        ("docs/en/glossary.md", {"source": "docs/shared/glossary.yml"}, "docs/shared/glossary.yml"),
        (".cache/notebooks/en/softmax.ipynb", {"source": "lessons/softmax.py"}, "lessons/softmax.py"),
    ],
)
def test_a_page_leads_to_its_source(path: str, meta: dict[str, str], source: str) -> None:
    assert source_address(page(path, **meta), config()) == f"https://host.example/o/r/edit/main/{source}"
    assert source_address(page(path, **meta), config("https://host.example/o/r/")).endswith(f"/r/edit/main/{source}")


def test_without_a_repository_or_a_source_there_is_no_link() -> None:
    assert source_address(page("lessons/softmax.py"), config("")) is None
    assert source_address(page(None), config()) is None
    assert source_address(page("../elsewhere.md"), config()) is None


def test_the_pages_that_are_made_from_shared_data_say_so() -> None:
    for lang in ("ko", "en"):
        head = (ROOT / "docs" / lang / "glossary.md").read_text(encoding="utf-8").split("---")[1]
        assert (ROOT / yaml_load(head)["source"]).is_file()


def test_the_theme_names_the_link_in_the_language_of_the_page() -> None:
    theme = Template(THEME.read_text(encoding="utf-8"))
    for lang, text in (("ko", "이 페이지 고치기"), ("en", "Edit this page")):
        html = theme.render(page={"edit_url": "https://host.example/x"}, edit=say(lang, "edit"))
        assert f'<a href="https://host.example/x" rel="edit">{text}</a>' in html
    assert "<a" not in theme.render(page={"edit_url": None}, edit="Edit")
    assert "<a" not in theme.render(page=None)


@pytest.mark.rest
def test_a_site_without_a_repository_shows_no_link(site: Path) -> None:
    assert "edit-page" not in (site / "softmax" / "index.html").read_text(encoding="utf-8")
