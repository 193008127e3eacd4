"""What `mkdocs serve` keeps from one build to the next is what it would have made."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment

from lessonkit.adapters import kept
from lessonkit.adapters.cache import Compiled, remember_search


class Index:
    """A search index that counts what it reads."""

    def __init__(self) -> None:
        self.entries: list[str] = []
        self.read = 0

    def add_entry_from_context(self, page: SimpleNamespace) -> None:
        self.read += 1
        self.entries += [f"{page.title}: {word}" for word in page.content.split()]


def indexed(*pages: SimpleNamespace, lang: str = "ko") -> Index:
    """The index of a build with these pages."""
    index = Index()
    plugins = {"material/search": SimpleNamespace(search_index=index)}
    remember_search(SimpleNamespace(plugins=plugins), Path(lang))
    for page in pages:
        index.add_entry_from_context(page)
    return index


def page(content: str, **more: object) -> SimpleNamespace:
    return SimpleNamespace(**{"url": "softmax/", "title": "Softmax", "meta": {}, "content": content, **more})


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(kept, "HERE", {})
    monkeypatch.chdir(tmp_path)


def test_an_unchanged_page_is_read_once() -> None:
    first, again = indexed(page("one two")), indexed(page("one two"))
    assert (first.read, again.read) == (1, 0)
    assert first.entries == again.entries == ["Softmax: one", "Softmax: two"]


@pytest.mark.parametrize(
    "other", [page("one three"), page("one two", title="New"), page("one two", meta={"search": {"exclude": True}})]
)
def test_a_changed_page_is_read_again(other: SimpleNamespace) -> None:
    indexed(page("one two"))
    assert indexed(other).read == 1


def test_languages_and_pages_are_kept_apart() -> None:
    indexed(page("one two"))
    assert indexed(page("one two"), lang="en").read == 1
    assert indexed(page("one two", url="other/")).read == 1


def test_what_is_kept_does_not_grow_with_the_index() -> None:
    indexed(page("one"), page("two", url="other/"))
    assert indexed(page("two", url="other/"), page("one")).entries == ["Softmax: two", "Softmax: one"]


def test_a_site_without_this_search_is_left_alone() -> None:
    remember_search(SimpleNamespace(plugins={}), Path("ko"))
    remember_search(SimpleNamespace(plugins={"material/search": object()}), Path("ko"))


def test_a_changed_template_is_compiled_again() -> None:
    kept = Compiled()

    def rendered(text: str) -> str:
        return Environment(loader=DictLoader({"page": text}), bytecode_cache=kept).get_template("page").render(word="x")

    assert [rendered("a {{ word }}"), rendered("a {{ word }}"), rendered("b {{ word }}")] == ["a x", "a x", "b x"]
    assert len(kept.made) == 1
