"""What is wrong with a page written by hand is reported with its line, by a build that ends and one that serves."""

from __future__ import annotations

from pathlib import Path

import pytest
from sampled import sampled
from small_site import make_project, mkdocs

from lessonkit.lesson.cells import LessonError
from lessonkit.lesson.text_file import line_of_text
from lessonkit.pages.hand_written import read_page


def has_template(name: str) -> bool:
    return name == "home.html"


def reported(tmp_path: Path, data: bytes) -> str:
    """What is said about a page."""
    path = tmp_path / "page.md"
    path.write_bytes(data)
    with pytest.raises(LessonError) as caught:
        read_page(path, has_template)
    return str(caught.value).replace(tmp_path.as_posix() + "/", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"# A\n\n\xff\n", "page.md:3: the file is not UTF-8"),
        (b"---\ntitle: [a\n---\n# A\n", "page.md:3: the front matter is not valid YAML"),
        (b"---\ntitle: a\n  b: c\n---\n", "page.md:3: the front matter is not valid YAML"),
        (b"---\ndate: 2026-13-01\n---\n", "page.md:1: the front matter is not valid YAML: month must be in 1..12"),
        (b"---\na: " + b"[" * 5000 + b"\n---\n", "page.md:1: the front matter is not valid YAML: maximum recursion"),
        (b"---\n- a\n---\n# A\n", "page.md:2: front matter is made of keys and values"),
        (b"---\ntitle: a\ntemplate: gone.html\n---\n", "page.md:3: the theme has no template gone.html"),
    ],
)
def test_a_fault_is_reported_with_its_line(tmp_path: Path, text: bytes, said: str) -> None:
    assert reported(tmp_path, text).startswith(said)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"# A\n",
        b"\xef\xbb\xbf# A\n",
        b"---\ntemplate: home.html\n---\n# A\n",
        b"---\n---\n",
        b"---\r\na: b\r\n---\r\n",
    ],
)
def test_a_good_page_is_read(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "page.md"
    path.write_bytes(text)
    assert read_page(path, has_template) == text.removeprefix(b"\xef\xbb\xbf").decode()


def test_a_text_has_a_line_behind_the_front_matter_too(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("---\ntitle: a\n---\n\n$x$\n", encoding="utf-8")
    assert (line_of_text(path, "$x$"), line_of_text(path, "$y$"), line_of_text(tmp_path / "no.md", "x")) == (5, 1, 1)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    sampled(
        [
            (
                "docs/en/index.md",
                '# Home\n\n<div data-figure="good/no"></div>\n',
                "docs/en/index.md:3: no lesson good has a",
            ),
            ("docs/en/index.md", "---\ntitle: a\n---\n$\\nosuch$\n", "docs/en/index.md:4: The formula"),
            ("docs/en/index.md", "---\n- a\n---\n", "docs/en/index.md:2: front matter is made of"),
            ("lessons/other.py", None, "lessons/other.py:1: the file cannot be read: Is a directory"),
        ],
        every=4,
    ),
)
def test_the_build_says_so_without_a_traceback(tmp_path: Path, name: str, data: str | None, said: str) -> None:
    project = make_project(tmp_path)
    (project / name).mkdir() if data is None else (project / name).write_text(data, encoding="utf-8")
    result = mkdocs(project, "build")
    assert result.returncode != 0
    assert said in result.stderr
    assert "Traceback" not in result.stderr
