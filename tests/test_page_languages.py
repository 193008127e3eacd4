"""Hand-written pages and the sentences of the glossary agree in both languages."""

from pathlib import Path

import pytest

from lessonkit.pages.glossary import read_glossary
from lessonkit.pages.page_languages import check_glossary, check_pages

DOCS = Path(__file__).parent.parent / "docs"
GLOSSARY = """terms:
  - id: loss
    ko: 손실
    en: loss
    define: {ko: 틀린 정도를 재는 수입니다., en: A number that says how wrong a model is.}
"""


def reported(tmp_path: Path, korean: str, english: str) -> list[str]:
    """What is told about a page in two languages."""
    folders = {lang: tmp_path / lang for lang in ("ko", "en")}
    for folder, text in zip(folders.values(), (korean, english), strict=True):
        folder.mkdir()
        (folder / "page.md").write_text(text, encoding="utf-8")
    return [f"{problem.path.parent.name}:{problem.line}: {problem.sentence}" for problem in check_pages(folders)]


def test_the_pages_of_the_site_agree() -> None:
    assert [str(problem) for problem in check_pages({"ko": DOCS / "ko", "en": DOCS / "en"})] == []


def test_the_glossary_of_the_site_is_in_both_languages() -> None:
    assert [str(problem) for problem in check_glossary(read_glossary(DOCS / "shared" / "glossary.yml"))] == []


@pytest.mark.parametrize(
    ("korean", "english", "problems"),
    [
        ("---\na: b\n---\n# 가 { #a }\n\n나다.\n", "---\na: b\n---\n# A { #a }\n\nB.\n", []),
        ("# 가\n\n## 나\n", "# A\n", ["ko:1: the headings of this page differ: ko has 2, en has 1"]),
        ("---\na: b\n---\n# 가\n\nIt is copied.\n", "# A\n\nIt is copied.\n", ["ko:6: this ko text is in English"]),
        ("# 가\n\n나.\n", "# A\n\n복사한 문장입니다.\n", ["en:3: this en text is in Korean"]),
        (
            "# 가\n\n나 7.\n",
            "# A\n\nB 8.\n",
            ["ko:3: the number 7 stands in ko only", "en:3: the number 8 stands in en only"],
        ),
        ("# 가\n\nTODO\n", "# A\n\nB.\n", ["ko:3: this ko text is not finished"]),
    ],
)
def test_what_differs_is_reported(tmp_path: Path, korean: str, english: str, problems: list[str]) -> None:
    assert reported(tmp_path, korean, english) == problems


def test_pages_that_differ_are_named(tmp_path: Path) -> None:
    assert reported(tmp_path, "# 가\n\n나.\n", "# A\n") == [
        "ko:3: the paragraphs of this pair differ: ko has 1, en has 0"
    ]
    (problem,) = check_pages({lang: tmp_path / lang for lang in ("ko", "en")})
    assert problem.evidence == tuple(f"{lang}: {(tmp_path / lang / 'page.md').as_posix()}" for lang in ("ko", "en"))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("틀린 정도를 재는 수입니다.", "A number that says how wrong a model 이다.", "this ko text is in English"),
        ("A number that says how wrong a model is.", "틀린 정도를 재는 수입니다.", "this en text is in Korean"),
        ("틀린 정도를 재는 수입니다.", "TODO 재는 수입니다.", "this ko text is not finished"),
    ],
)
def test_a_sentence_of_the_glossary_in_the_wrong_language(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    path = tmp_path / "glossary.yml"
    path.write_text(GLOSSARY, encoding="utf-8")
    assert check_glossary(read_glossary(path)) == []
    path.write_text(GLOSSARY.replace(old, new), encoding="utf-8")
    assert [(found.line, found.sentence) for found in check_glossary(read_glossary(path))] == [(2, sentence)]
