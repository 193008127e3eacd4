"""The data file of terms: what is wrong with it is told with its line, and it makes the page of the glossary."""

from pathlib import Path

import pytest

from lessonkit.lesson.cells import LessonError
from lessonkit.pages.glossary import Glossary, read_glossary
from lessonkit.pages.glossary_page import glossary_page
from lessonkit.words import LANGUAGES

ROOT = Path(__file__).parent.parent
REAL = ROOT / "docs" / "shared" / "glossary.yml"
LESSONS = {path.stem for path in (ROOT / "lessons").glob("*.py")}
GOOD = """terms:
  - id: loss
    ko: 손실
    en: loss
    also: {ko: [비용], en: [objective]}
    avoid: {ko: [로스*], en: [cost]}
    define:
      ko: 틀린 정도를 재는 수입니다.
      en: A number that says how wrong a model is.
    lesson: softmax
  - id: argmax
    ko: argmax
    en: argmax
    mark: [en]
    define:
      ko: 가장 큰 값의 번호입니다.
      en: The position of the largest value.
    lesson: cross_entropy
homonyms:
  - id: two-losses
    terms: [loss]
    ko: 손실은 두 가지입니다.
    en: Loss has two meanings.
allow:
  - text: 로스*
    where: softmax
    reason: The lesson quotes it.
plain:
  - {lang: ko, write: 이유, avoid: [까닭*], but: [까닭없이]}
"""


def read(tmp_path: Path, text: str, lessons: tuple[str, ...] = ()) -> Glossary:
    """The glossary in a text."""
    path = tmp_path / "glossary.yml"
    path.write_text(text, encoding="utf-8")
    return read_glossary(path, lessons)


def test_reads_terms_with_their_lines(tmp_path: Path) -> None:
    glossary = read(tmp_path, GOOD, ("softmax", "cross_entropy"))
    loss, argmax = glossary.terms
    assert (loss.id, loss.line, argmax.line) == ("loss", 2, 11)
    assert loss.names("ko") == ("손실", "비용")
    assert loss.avoid == {"ko": ("로스*",), "en": ("cost",)}
    assert (loss.mark, argmax.mark) == (LANGUAGES, ("en",))
    assert [(entry.text, entry.where, entry.line) for entry in glossary.allowed] == [("로스*", "softmax", 25)]
    assert glossary.homonyms[0].terms == ("loss",)
    assert [(word.write, word.avoid, word.but) for word in glossary.plain] == [("이유", ("까닭*",), ("까닭없이",))]
    assert list(glossary.avoided("ko")) == [("로스*", "손실"), ("까닭*", "이유")]
    assert list(glossary.avoided("en")) == [("cost", "loss")]


@pytest.mark.parametrize(
    ("old", "new", "line", "told"),
    [
        ("- id: argmax", "- id: loss", 11, "the id 'loss' is taken"),
        ("- id: argmax", "- id: Arg Max", 11, "`id` is an anchor"),
        ("    ko: argmax\n", "", 11, "`ko` is missing"),
        ("    mark: [en]", "    marks: [en]", 11, "there is no key 'marks'"),
        ("mark: [en]", "mark: [fr]", 11, "`mark` is a list of languages"),
        ("en: [objective]", "fr: [objectif]", 2, "`also` is a list of names"),
        ("en: argmax", "en: Objective", 11, "the name 'Objective' is that of loss"),
        ("ko: [로스*]", "ko: [로스*, argmax]", 2, "'argmax' is to be avoided and is a chosen name"),
        ("ko: 가장 큰 값의 번호입니다.", "ko: 가장 큰 값의 번호", 11, "`define` is one sentence"),
        ("The position of the largest value.", "Not a value. A position.", 11, "`define` is one sentence"),
        ("lesson: cross_entropy", "lesson: nowhere", 11, "there is no lesson 'nowhere'"),
        ("terms: [loss]", "terms: [gain]", 20, "there is no term 'gain'"),
        ("text: 로스*", "text: 로스", 25, "'로스' is not among the names to avoid"),
        ("    reason: The lesson quotes it.\n", "", 25, "`reason` is missing"),
        ("lang: ko", "lang: fr", 29, "`lang` is a language"),
        ("write: 이유, ", "", 29, "`write` is missing"),
        ("[까닭*]", "까닭*", 29, "`avoid` is a list of words"),
        ("but: ", "not: ", 29, "there is no key 'not'"),
        ("allow:", "allowed:", 24, "a glossary has no 'allowed'"),
        ("ko: 손실\n", "ko: [손실\n", 4, "this is not valid YAML"),
    ],
)
def test_planted_faults_are_told_with_their_line(tmp_path: Path, old: str, new: str, line: int, told: str) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(LessonError) as caught:
        read(tmp_path, GOOD.replace(old, new), ("softmax", "cross_entropy"))
    assert any(told in problem.sentence and problem.line == line for problem in caught.value.problems), caught.value


@pytest.mark.parametrize("text", ["", "- 1", "terms: 3", "other: []"])
def test_what_is_no_glossary_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(LessonError, match=r"glossary.yml:1: a glossary is a mapping"):
        read(tmp_path, text)


def test_the_glossary_of_the_course_is_whole() -> None:
    glossary = read_glossary(REAL, LESSONS)
    assert len(glossary.terms) > 90
    assert {term.lesson for term in glossary.terms} <= LESSONS


def test_the_page_is_in_the_order_of_its_language(tmp_path: Path) -> None:
    text = GOOD.replace("ko: 손실\n", "ko: 가능도\n")
    korean, english = (glossary_page(read(tmp_path, text), lang, {"softmax": "제목"}) for lang in LANGUAGES)
    assert korean.index("### 가능도") < korean.index("### argmax") < korean.index("#two-losses }")
    assert english.index("### argmax") < english.index("### loss")
    assert "## ㄱ {" in korean
    assert "## A {" in english


def test_an_entry_has_anchor_other_language_definition_lesson_and_warning(tmp_path: Path) -> None:
    page = glossary_page(read(tmp_path, GOOD), "ko", {"softmax": "소프트맥스"})
    entry = page[page.index("### 손실") : page.index("## A")]
    assert '<span lang="en">loss</span> { #loss }' in entry
    assert "틀린 정도를 재는 수입니다." in entry
    assert "[소프트맥스](softmax.md)" in entry
    assert "(#two-losses)" in entry
    assert "비용" in entry
    assert "### argmax { #argmax }" in page, "a name that is the same in both languages stands there once"
    assert "cross_entropy.md" not in page, "a lesson that does not exist is not linked"


def test_double_consonants_stand_with_the_single_ones(tmp_path: Path) -> None:
    page = glossary_page(read(tmp_path, GOOD.replace("ko: 손실\n", "ko: 씨앗\n")), "ko", {})
    assert "## ㅅ {" in page
