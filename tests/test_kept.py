"""What a build keeps for the next one is used only where it would be made the same way again."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from small_site import make_project, mkdocs, page

from lessonkit.adapters import kept


class Maker:
    """Makes something, and counts how often."""

    def __init__(self, place: Path):
        self.place, self.times = place, 0

    def __call__(self, source: object, lasting: bool = True) -> str:
        """What is made of `source`, in a process that knows nothing yet."""
        kept.HERE.clear()

        def make() -> str:
            self.times += 1
            return f"made of {source}"

        return kept.made(self.place, source, make, lambda: lasting)


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Maker:
    monkeypatch.setattr(kept, "HERE", {})
    return Maker(tmp_path / "place.pickle")


def test_the_same_is_made_once_and_another_again(maker: Maker) -> None:
    assert [maker("a"), maker("a"), maker("b"), maker("b")] == ["made of a", "made of a", "made of b", "made of b"]
    assert maker.times == 2


@pytest.mark.parametrize("data", [b"", b"\x80\x04", b"cposix\nnothing\n.", b"\x80\x04K\x01."])
def test_a_file_that_cannot_be_read_is_made_again(maker: Maker, data: bytes) -> None:
    maker("a")
    maker.place.write_bytes(data)
    assert maker("a") == "made of a"
    assert maker.times == 2


def test_what_may_not_last_is_made_again(maker: Maker) -> None:
    maker("a", lasting=False)
    maker("a")
    assert maker.times == 2


def test_other_surroundings_make_it_again(maker: Maker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A package of another version; a line of this package's own code."""
    maker("a")
    (tmp_path / "other-2.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    kept.surroundings.cache_clear()
    maker("a")
    assert maker.times == 2
    shutil.copytree(kept.PACKAGE, tmp_path / "lessonkit", ignore=shutil.ignore_patterns("assets", "__pycache__"))
    monkeypatch.setattr(kept, "PACKAGE", tmp_path / "lessonkit")
    with (tmp_path / "lessonkit" / "pages" / "render.py").open("a", encoding="utf-8") as file:
        file.write("# another line\n")
    kept.surroundings.cache_clear()
    maker("a")
    monkeypatch.undo()
    kept.surroundings.cache_clear()
    assert maker.times == 3


@pytest.mark.rest
def test_a_second_build_is_the_first_and_a_changed_file_shows(tmp_path: Path) -> None:
    project = make_project(tmp_path)

    def built() -> tuple[str, dict[str, bytes]]:
        result = mkdocs(project, "build")
        assert result.returncode == 0, result.stderr
        files = [path for path in sorted((project / "site").rglob("*")) if path.is_file()]
        return result.stderr, {str(path): path.read_bytes() for path in files if path.name != "sitemap.xml.gz"}

    first = built()
    assert list((project / ".cache" / "made").rglob("*.pickle"))
    assert built()[1] == first[1]
    home = project / "docs" / "ko" / "index.md"
    home.write_text(home.read_text(encoding="utf-8") + "\n[어디로](nowhere.md)\n", encoding="utf-8")
    for _ in range(2):  # what MkDocs says of a page, it says each time
        said, _ = built()
        assert "nowhere.md" in said
        assert "어디로" in (project / "site" / "index.html").read_text(encoding="utf-8")
    record = project / "lessons" / "records" / "good" / "record.json"
    record.write_text(re.sub(r'"date": "[\d-]+"', '"date": "1999-12-31"', record.read_text("utf-8")), encoding="utf-8")
    built()
    assert ["1999-12-31" in page(project, at) for at in ("good/", "en/good/")] == [True, True]


@pytest.mark.rest
@pytest.mark.parametrize("strict", [("--strict",), ("--strict", "--quiet")], ids=["loud", "quiet"])
def test_what_a_quiet_build_did_not_say_still_fails_a_strict_one(tmp_path: Path, strict: tuple[str, ...]) -> None:
    project = make_project(tmp_path)
    (project / "docs" / "ko" / "index.md").write_text("# 집\n\n[어디로](nowhere.md)\n", encoding="utf-8")
    quiet = mkdocs(project, "build", "--quiet")
    assert (quiet.returncode, "nowhere.md" in quiet.stderr) == (0, False)
    for _ in range(2):
        result = mkdocs(project, "build", *strict)
        assert result.returncode == 1
        assert "nowhere.md" in result.stderr


@pytest.mark.rest
def test_a_page_that_may_look_elsewhere_is_made_each_time(tmp_path: Path) -> None:
    """An extension of Markdown that is not known: here one that reads a file."""
    project = make_project(tmp_path)
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8").replace("[admonition,", "[pymdownx.snippets, admonition,")
    settings.write_text(text, encoding="utf-8")
    home = project / "docs" / "ko" / "index.md"
    home.write_text("# 집\n\n--8<-- 'part.txt'\n", encoding="utf-8")
    for word in ("하나", "둘"):
        (project / "part.txt").write_text(f"{word}\n", encoding="utf-8")
        result = mkdocs(project, "build")
        assert result.returncode == 0, result.stderr
        assert word in page(project, "")
