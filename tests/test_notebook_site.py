"""The pages that show notebooks, and the files to download, in a site built by MkDocs with mkdocs-jupyter."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from small_site import mkdocs

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests" / "cases" / "notebook" / "small.py"
MKDOCS = """
site_name: 시험
site_url: !ENV [SITE_URL, ""]
repo_url: !ENV [REPO_URL, ""]
docs_dir: docs/ko
nav: [index.md, glossary.md, small.md, cross_entropy.md]
theme: {name: lessons}
markdown_extensions:
  - admonition
  - attr_list
  - md_in_html
  - toc: {permalink: true}
  - pymdownx.arithmatex: {generic: true}
  - pymdownx.details
  - pymdownx.superfences
validation: {omitted_files: warn, anchors: warn}
plugins:
  - material/search
  - mkdocs-jupyter: {include: ["*.ipynb"], execute: false, allow_errors: false, no_prompt: true}
  - lessons:
      notebooks: true
      languages:
        ko: {name: 한국어, docs_dir: docs/ko}
        en: {name: English, docs_dir: docs/en, at: en/, site_name: Trial}
"""


def new_project(folder: Path) -> Path:
    for lang, title in (("ko", "집"), ("en", "Home")):
        docs = folder / "docs" / lang
        docs.mkdir(parents=True)
        (docs / "index.md").write_text(f"# {title}\n", encoding="utf-8")
        (docs / "glossary.md").write_text("# 용어\n" if lang == "ko" else "# Terms\n", encoding="utf-8")
    (folder / "docs" / "shared" / "assets").mkdir(parents=True)
    shutil.copytree(SMALL.parent, folder / "lessons")
    (folder / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    return folder


def build(project: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return mkdocs(project, "build", *options, **environment)


def read(project: Path, address: str) -> str:
    return (project / "site" / address).read_text(encoding="utf-8")


ADDRESSES = {"SITE_URL": "https://example.org/s/", "REPO_URL": "https://github.com/me/lessons"}


@pytest.fixture(scope="module")
def site(once: Callable[..., Path]) -> Path:
    """A built site with an address and a repository; the project's folder."""

    def make(folder: Path) -> None:
        result = build(new_project(folder), "--strict", **ADDRESSES)
        assert result.returncode == 0, result.stderr

    return once("notebooks", make)


class Elements(HTMLParser):
    """The elements of a page as (name, attributes)."""

    def __init__(self, html: str):
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def article(html: str) -> str:
    return re.search(r"<article.*</article>", html, re.DOTALL).group()


def hrefs(html: str) -> list[str]:
    return [attributes["href"] for name, attributes in Elements(html).found if name == "a" and "href" in attributes]


@pytest.mark.parametrize(("at", "title"), [("", "합과 평균 (노트북)"), ("en/", "Sum and mean (notebook)")])
def test_each_lesson_has_a_page_for_its_notebook(site: Path, at: str, title: str) -> None:
    html = read(site, f"{at}notebooks/small/index.html")
    assert f"<title>{title}" in html
    assert f'<link rel="canonical" href="https://example.org/s/{at}small/">' in html
    assert (site / "site" / at / "notebooks" / "cross-entropy" / "index.html").exists()


@pytest.mark.rest
def test_that_notebooks_are_converted_is_a_detail(tmp_path: Path) -> None:
    """A line for each notebook of each language would bury what is wrong."""
    quiet, loud = (build(new_project(tmp_path / one), *options) for one, options in (("a", ()), ("b", ["--verbose"])))
    assert quiet.returncode == loud.returncode == 0
    assert "notebook" not in quiet.stderr.replace(str(tmp_path), "").lower()
    assert loud.stderr.count("Converting notebook") == 4


ELSE = """
from mkdocs_jupyter import convert

theirs = convert.nb2html


def on_config(config):
    convert.nb2html = lambda path, **options: CHANGED
"""


def replaced(project: Path, changed: str) -> subprocess.CompletedProcess[str]:
    """A build in which mkdocs-jupyter renders something else."""
    (project / "else.py").write_text(ELSE.replace("CHANGED", changed), encoding="utf-8")
    settings = project / "mkdocs.yml"
    settings.write_text(f"hooks: [else.py]\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")
    return build(project, **ADDRESSES)


def test_the_page_shows_what_mkdocs_jupyter_renders(site: Path, tmp_path: Path) -> None:
    """Prose, code and outputs; the lesson's own page does not."""
    project = new_project(tmp_path)
    words = (("나눌 수", "셀 수"), ("numbers", "amounts"), ("The sum is 6", "The sum is 7"))
    changed = "".join(f".replace({old!r}, {new!r})" for old, new in words)
    result = replaced(project, f"theirs(path, **options){changed}")
    assert result.returncode == 0, result.stderr
    assert (
        "WARNING -  lessons: lessons/small.py:9: the page and the notebook would show this differently" in result.stderr
    )
    assert "셀 수 없습니다" in read(project, "notebooks/small/index.html")
    for at in ("", "en/"):
        old, new = (read(one, f"{at}notebooks/small/index.html") for one in (site, project))
        for before, after in words[1:]:
            assert after not in old
            assert after in new
            assert before not in re.sub(r"<[^>]*>", "", article(new))
        assert article(read(site, f"{at}small/index.html")) == article(read(project, f"{at}small/index.html"))


@pytest.mark.rest
def test_a_rendering_that_is_not_known_is_shown_and_reported(tmp_path: Path) -> None:
    """Of another version of mkdocs-jupyter, say: the page shows it, a strict build fails."""
    project = new_project(tmp_path)
    result = replaced(project, "'<p>Cells of tomorrow</p><script>alert(1)</script>'")
    assert result.returncode == 0
    assert (
        "WARNING -  lessons: lessons/small.py:1: mkdocs-jupyter shows this lesson's notebook in a form that"
        in result.stderr
    )
    html = read(project, "notebooks/small/index.html")
    assert "<p>Cells of tomorrow</p>" in html
    assert "alert(1)" not in html
    again = build(project, "--strict", **ADDRESSES)
    assert again.returncode == 1
    assert "in a form that is not known" in again.stderr
    assert "Traceback" not in again.stderr


def test_nothing_of_jupyterlab_is_left(site: Path) -> None:
    html = read(site, "notebooks/small/index.html")
    elements = Elements(article(html)).found
    assert not [name for name, _ in elements if name in ("script", "style", "clipboard-copy")]
    assert not [attributes for _, attributes in elements if any(key.startswith("on") for key in attributes)]
    assert "jp-" not in html
    assert "mathjax" not in html.lower()
    assert "In [" not in html
    addresses = [
        attributes.get("src") or attributes.get("href", "") for name, attributes in Elements(html).found if name != "a"
    ]
    ours = (
        "https://example.org/s/small/",
        "https://example.org/s/notebooks/small/",
        "https://example.org/s/en/notebooks/small/",
    )
    assert {address for address in addresses if "//" in address} <= set(ours)


def test_it_is_light(site: Path) -> None:
    html = re.sub(r"<svg.*?</svg>", "", read(site, "notebooks/small/index.html"), flags=re.DOTALL)
    assert len(html.encode()) < 60_000
    assert len(gzip.compress(html.encode())) < 15_000


@pytest.mark.parametrize("at", ["", "en/"])
def test_its_styles_are_one_file_named_by_its_content(site: Path, at: str) -> None:
    (style,) = (site / "site" / at / "assets").glob("notebook.*.css")
    assert re.fullmatch(r"notebook\.[0-9a-f]{8}\.css", style.name)
    own = ".notebook .printed"
    assert own in style.read_text(encoding="utf-8")
    for page, has_it in (("notebooks/small", True), ("notebooks/cross-entropy", True), ("small", False)):
        sheets = re.findall(r'assets/(page\.[0-9a-f]{8}\.css)"', read(site, f"{at}{page}/index.html"))
        styles = "".join((style.parent / name).read_text(encoding="utf-8") for name in sheets)
        assert (own in styles) == has_it, page


def test_prose_is_that_of_the_site(site: Path) -> None:
    html = article(read(site, "notebooks/small/index.html"))
    assert re.search(r'<h1 id="sum-and-mean">합과 평균', html)
    assert re.search(r'<h2 id="picture">그림', html)
    assert "<strong>빈 목록(empty list)</strong>은" in html
    assert re.search(r'<p class="admonition-title"><span role="heading" aria-level="\d">빈 목록</span></p>', html)
    assert html.count("<math") >= 3
    assert "$" not in re.sub(r"<[^>]*>", "", html)
    assert (
        '<div class="highlight cell-code"><pre><code translate="no"><span class="c"># 세 수</span>\nnumbers = [' in html
    )
    assert '<pre class="printed no-copy"><code translate="no">The sum is 6\n1\n2\n3\n</code></pre>' in html
    assert "3~5개, 많으면 7~9개" in html


def test_its_contents_are_in_the_sidebar(site: Path) -> None:
    html = read(site, "notebooks/small/index.html")
    contents = re.search(r'<nav class="md-nav md-nav--secondary".*?</nav>', html, re.DOTALL).group()
    assert hrefs(contents) == ["#picture", "#quiz"]
    assert "그림" in contents


def test_figures_are_in_the_language_and_the_colours_of_the_page(site: Path) -> None:
    for at, own, foreign in (("", "높이", "height"), ("en/", "height", "높이")):
        html = article(read(site, f"{at}notebooks/small/index.html"))
        svg = re.search(r'<figure class="lesson-figure">\s*(<svg.*?</svg>)', html, re.DOTALL).group(1)
        assert f">{own}</text>" in svg
        assert f">{foreign}</text>" not in svg
        assert "var(--fig-c0)" in svg


def test_an_exercise_is_its_starter_and_a_folded_solution(site: Path) -> None:
    html = article(read(site, "en/notebooks/small/index.html"))
    assert re.search(r'<details class="success">\s*<summary>Show the solution</summary>', html)
    text = re.sub(r"<[^>]*>", "", html)
    assert text.index("    ...\n") < text.index("Show the solution") < text.index("return sum(values) / len(values)")


def test_links_work_from_a_folder_below(site: Path) -> None:
    found = hrefs(article(read(site, "notebooks/small/index.html")))
    for link in (
        "../../cross-entropy/#floor",
        "../../glossary/",
        "#sum-and-mean",
        "../../small/",
        "../small.ipynb",
        "../small.py",
    ):
        assert link in found
    for link in found:
        target = link.partition("#")[0]
        if target and "//" not in target:
            assert (site / "site/notebooks/small" / target).exists(), link


def test_the_page_of_the_lesson_links_to_it(site: Path) -> None:
    for at, text in (("", "노트북으로 보기"), ("en/", "View as notebook")):
        html = article(read(site, f"{at}small/index.html"))
        assert f'<a href="../notebooks/small/">{text}</a>' in html
        assert (
            f'href="https://colab.research.google.com/github/me/lessons/blob/notebooks/{at}notebooks/small.ipynb"'
            in html
        )
        cells = re.search(r'colab[^>]* data-cells="([^"]*)"', html)[1].split(" ")
        assert len(cells) == html.count('class="cell-code') + html.count(" cell-code")
        held = {cell["id"] for cell in json.loads(read(site, f"{at}notebooks/small.ipynb"))["cells"]}
        assert set(cells) <= held
        assert {"../notebooks/small.ipynb", "../notebooks/small.py"} <= set(hrefs(html))
        assert html.index("lesson-stamp") < html.index("../notebooks/small/") < html.index("</p>")


@pytest.mark.parametrize("at", ["", "en/"])
def test_the_search_finds_the_lesson_and_not_its_notebook_too(site: Path, at: str) -> None:
    index = json.loads(read(site, f"{at}search/search_index.json"))
    places = [entry["location"] for entry in index["docs"]]
    assert "small/" in places
    assert not [place for place in places if place.startswith("notebooks/")]


def test_the_downloads_link_to_the_site_in_their_language(site: Path) -> None:
    for at in ("", "en/"):
        book = json.loads(read(site, f"{at}notebooks/small.ipynb"))
        assert any(f"https://example.org/s/{at}cross-entropy/#floor" in cell["source"] for cell in book["cells"])
        assert f"https://example.org/s/{at}small/" in read(site, f"{at}notebooks/small.py")


@pytest.mark.rest
def test_a_build_renders_only_notebooks_that_changed(site: Path, tmp_path: Path) -> None:
    project = shutil.copytree(site, tmp_path / "project")
    before = read(project, "notebooks/small/index.html")
    edited = project / "lessons" / "small.py"
    text = edited.read_text(encoding="utf-8")
    edited.write_text(text.replace("세 수를 더합니다.", "세 수를 모두 더합니다."), encoding="utf-8")
    result = build(project, "--verbose", **ADDRESSES)
    assert result.stderr.count("Converting notebook") == 1
    assert read(project, "notebooks/small/index.html") == before.replace("세 수를 더합니다.", "세 수를 모두 더합니다.")
    assert "Converting notebook" not in build(project, "--verbose", **ADDRESSES).stderr


@pytest.mark.rest
def test_what_is_kept_is_of_notebooks_that_are_there(site: Path, tmp_path: Path) -> None:
    project = shutil.copytree(site, tmp_path / "project")
    kept = project / ".cache" / "notebooks" / "ko" / "rendered"
    before = sorted(kept.iterdir())
    assert len(before) == 2
    assert sum(len(path.read_bytes()) for path in before) < 200_000
    before[0].write_text("<p>old</p>", encoding="utf-8")
    (project / "lessons" / "small.py").unlink()
    (project / "lessons" / "cross_entropy.py").write_bytes((SMALL.parent / "cross_entropy.py").read_bytes() + b"\n")
    settings = project / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("small.md, ", ""), encoding="utf-8")
    assert build(project, **ADDRESSES).returncode == 0
    assert len(list(kept.iterdir())) == 1


@pytest.mark.rest
def test_without_a_repository_there_is_no_colab(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    assert build(project).returncode == 0
    html = read(project, "small/index.html") + read(project, "notebooks/small/index.html")
    assert "colab" not in html.lower()
    assert "mybinder" not in html
    assert "cross_entropy.ipynb#floor" in read(project, "notebooks/small.ipynb")


def test_what_a_notebook_cannot_show_stops_the_build_with_its_line(tmp_path: Path) -> None:
    project = new_project(tmp_path)
    lesson = project / "lessons" / "small.py"
    text = lesson.read_text(encoding="utf-8").replace("막대가 점점", "막대가 ==점점==")
    lesson.write_text(text, encoding="utf-8")
    result = build(project)
    line = text.split("\n").index("# 막대가 ==점점== 높아집니다.") + 1
    assert result.returncode != 0
    assert f"lessons/small.py:{line}: a notebook cannot show a highlight" in result.stderr
    assert "Traceback" not in result.stderr
