"""Ids stand once on a page and once in a notebook, whatever an author writes."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from planting import TITLE, lesson, problems
from test_mkdocs_plugin import edit, mkdocs, project  # noqa: F401

from lessonkit.lesson.prose import ANCHOR
from lessonkit.lesson.structure import TAKEN
from lessonkit.notebooks.notebook import notebook
from lessonkit.pages.ids import ids, twice
from lessonkit.pages.render import to_markdown

ROOT = Path(__file__).parent.parent
ELEMENT = re.compile(r'<(?P<tag>[A-Za-z]\w*)\b[^<>]*?\sid="?(?P<id>[^"\s>]+)')
WRITTEN_BY_HAND = {"h1", "h2", "h3", "h4", "h5", "h6"}


def with_anchor(anchor: str) -> str:
    return f"{TITLE}# %% [markdown]\n# ## Two {{ #{anchor} }}\n"


@pytest.mark.parametrize(
    "anchor", ["lesson-programs", "shortcuts-title", "figure-bars", "figure-a-b", "cell-a", "bars--2"]
)
def test_an_anchor_that_belongs_to_the_page_is_refused(anchor: str) -> None:
    assert problems(with_anchor(anchor)) == [
        f"lesson.py:8: the anchor #{anchor} belongs to the page itself: to its figures, code or dialogs\n"
        f"  # ## Two {{ #{anchor} }}\nGive it another name, without figure-, cell- or -- in it."
    ]


@pytest.mark.parametrize("anchor", ["figures", "lesson-program", "a-b-c", "x_y", "a" * 80])
def test_other_anchors_are_free(anchor: str) -> None:
    assert problems(with_anchor(anchor)) == []


@pytest.mark.rest
def test_every_id_of_the_interface_is_taken(site: Path) -> None:
    """Collected from the published pages and from the scripts, so that no list goes stale."""
    seen = set()
    for path in (site / "index.html", *site.glob("*/index.html"), *site.glob("en/*/index.html")):
        article = path.read_text(encoding="utf-8")
        seen |= {found["id"] for found in ELEMENT.finditer(article) if found["tag"] not in WRITTEN_BY_HAND}
    by_hand = {found for path in (ROOT / "docs").rglob("*.md") for found in re.findall(r"#([\w-]+)", path.read_text())}
    assert "lesson-programs" in seen
    figures = {one for one in seen if "." in one}  # LESSON.FIGURE.NUMBER: no anchor holds a dot
    assert figures, "figures have ids"
    assert not re.fullmatch(ANCHOR, "{ #a.b }")
    glossary = {one for one in seen if one.startswith(("two-", "three-"))}  # of the glossary's own page
    assert {one for one in seen - by_hand - glossary - figures if not TAKEN.fullmatch(one)} == set()


def test_every_id_that_a_script_gives_or_looks_for_is_taken() -> None:
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "lessonkit" / "assets").rglob("*.js"))
    named = re.findall(r'(?:\.id = |getElementById\()"([\w-]+)"', scripts)
    assert len(named) >= 3
    assert [name for name in named if not TAKEN.fullmatch(name)] == []


@pytest.mark.rest
def test_no_published_page_has_an_id_twice(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 50
    assert {path.relative_to(site).as_posix(): found for path in pages if (found := twice(path.read_text()))} == {}


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_cells_of_long_anchors_have_ids_of_their_own(lang: str) -> None:
    long = "a" * 56
    text = "".join(f"# %% [markdown]\n# ## Two {{ #{long}{end} }}\n\n# %%\nx = 1\n\n" for end in ("", "-b", "-c"))
    book = notebook(lesson(TITLE + text), lang)
    found = [cell["id"] for cell in book["cells"]]
    assert len(set(found)) == len(found) == 7
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{1,64}", one) for one in found)
    nbformat.validate(nbformat.from_dict(book))


def test_ids_are_read_from_tags_alone() -> None:
    html = '<p id="a">id="a" <code>&lt;p id="a"></code></p><script>"<p id=a>"</script><i id=b></i><b id=\'c\'></b>'
    assert ids(html) == ["a", "b", "c"]
    assert twice(html) == []
    assert twice(html + '<p id="b">') == ["b"]


@pytest.mark.rest
def test_an_id_that_stands_twice_on_a_hand_written_page_is_reported(project: Path) -> None:  # noqa: F811
    page = project / "docs" / "ko" / "index.md"
    page.write_text("# 집\n\n## 하나 { #one }\n\n## 둘 { #one }\n", encoding="utf-8")
    result = mkdocs(project, "build", "--strict")
    assert result.returncode == 1
    assert 'docs/ko/index.md:3: the id "one" stands twice on this page' in result.stderr


def test_a_lesson_with_a_taken_anchor_is_reported_by_the_build(project: Path) -> None:  # noqa: F811
    edit(project, "#sum-and-mean }", "#lesson-programs }")
    result = mkdocs(project, "build")
    assert result.returncode == 1
    assert "lessons/good.py:7: the anchor #lesson-programs belongs to the page itself" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_cell_with_an_anchor_is_a_place_that_links_lead_to() -> None:
    text = f'{TITLE}# %% anchor="one_cell"\nx = 1\n'
    assert lesson(text).cell_ids == {"cell-one-cell"}
    assert "{ .python .cell-code #cell-one-cell }" in to_markdown(lesson(text), "en")


@pytest.mark.parametrize(
    ("cells", "reported"),
    [
        ('# %% anchor="a"\nx = 1\n\n# %% anchor="a"\ny = 1\n', 'the name anchor="a" is taken by line 7'),
        ('# %% anchor="A b"\nx = 1\n', "the name of an anchor is made of small letters, digits and _"),
        ('# %% exercise="e" anchor="a"\nx = 1\n', "only a plain cell has an anchor"),
    ],
)
def test_an_anchor_of_a_cell_is_a_name_given_once_to_a_plain_cell(cells: str, reported: str) -> None:
    assert any(reported in problem for problem in problems(TITLE + cells)), problems(TITLE + cells)
