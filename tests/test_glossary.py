"""The data file of terms: what is wrong with it is reported with its line, and it makes the page of the glossary."""

from pathlib import Path

import pytest

from lessonkit.lesson.cells import Lesson, LessonError
from lessonkit.lesson.parse import parse, read_unchanged
from lessonkit.pages.first_lessons import first_lessons
from lessonkit.pages.glossary import Glossary, read_glossary
from lessonkit.pages.glossary_page import glossary_page
from lessonkit.pages.tooltips import meanings
from lessonkit.words import LANGUAGES

ROOT = Path(__file__).parent.parent
REAL = ROOT / "docs" / "shared" / "glossary.yml"
LESSONS = {path.stem for path in (ROOT / "lessons").glob("*.py")}
SAYS = """# %% [markdown] lang="ko"
# # 제목 { #title }
#
# TEXT

# %% [markdown] lang="en"
# # Title { #title }
#
# A sentence.
"""
GOOD = """terms:
  - id: loss
    ko: 손실
    en: loss
    also: {ko: [비용], en: [objective]}
    avoid: {ko: [로스*], en: [cost]}
    define:
      ko: 틀린 정도를 재는 수입니다.
      en: A number that says how wrong a model is.
    unlike: {en: [loss of hearing]}
  - id: argmax
    ko: argmax
    en: argmax
    mark: [en]
    define:
      ko: 가장 큰 값의 번호입니다.
      en: The position of the largest value.
    only: [cross_entropy]
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


def lesson(text: str, name: str) -> Lesson:
    return parse(Path(f"{name}.py"), text)


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
    ("old", "new", "line", "reported"),
    [
        ("- id: argmax", "- id: loss", 11, "the id 'loss' is taken"),
        ("- id: argmax", "- id: Arg Max", 11, "`id` is an anchor"),
        ("    ko: argmax\n", "", 11, "`ko` is missing"),
        ("    mark: [en]", "    marks: [en]", 11, "there is no key 'marks'"),
        ("mark: [en]", "mark: [fr]", 11, "`mark` is a list of languages"),
        ("en: [objective]", "fr: [objectif]", 2, "`also` is a list of names"),
        ("en: [objective]", "en: ['*']", 2, "`also` is a list of names"),
        ("en: argmax", "en: Objective", 11, "the name 'Objective' is that of loss"),
        ("ko: [로스*]", "ko: [로스*, argmax]", 2, "'argmax' is to be avoided and is a chosen name"),
        ("ko: 가장 큰 값의 번호입니다.", "ko: 가장 큰 값의 번호", 11, "`define` is one sentence"),
        ("The position of the largest value.", "Not a value. A position.", 11, "`define` is one sentence"),
        ("only: [cross_entropy]", "only: [nowhere]", 11, "there is no lesson 'nowhere'"),
        ("only: [cross_entropy]", "only: []", 11, "`only` is a list of lessons"),
        ("unlike: {en: [loss of hearing]}", "unlike: [loss of hearing]", 2, "`unlike` is a list of phrases"),
        ("    only: [cross_entropy]\n", "    lesson: softmax\n", 11, "there is no key 'lesson'"),
        ("terms: [loss]", "terms: [gain]", 20, "there is no term 'gain'"),
        ("text: 로스*", "text: 로스", 25, "'로스' is not among the names to avoid"),
        ("    reason: The lesson quotes it.\n", "", 25, "`reason` is missing"),
        ("lang: ko", "lang: fr", 29, "`lang` is a language"),
        ("write: 이유, ", "", 29, "`write` is missing"),
        ("[까닭*]", "까닭*", 29, "`avoid` is a list of words"),
        ("but: ", "not: ", 29, "there is no key 'not'"),
        ("allow:", "allowed:", 24, "a glossary has no 'allowed'"),
        ("ko: 손실\n", "ko: [손실\n", 4, "this is not valid YAML"),
        ("    ko: argmax\n", "    ko: argmax\n    ko: 최댓값의 자리\n", 13, "the key 'ko' stands here twice"),
    ],
)
def test_planted_faults_are_reported_with_their_line(
    tmp_path: Path, old: str, new: str, line: int, reported: str
) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(LessonError) as caught:
        read(tmp_path, GOOD.replace(old, new), ("softmax", "cross_entropy"))
    assert any(reported in problem.sentence and problem.line == line for problem in caught.value.problems), caught.value


@pytest.mark.parametrize("text", ["", "- 1", "terms: 3", "other: []"])
def test_what_is_no_glossary_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(LessonError, match=r"glossary.yml:1: a glossary is a mapping"):
        read(tmp_path, text)


def test_the_glossary_of_the_course_is_whole() -> None:
    glossary = read_glossary(REAL, LESSONS)
    assert len(glossary.terms) > 90


def test_the_page_is_in_the_order_of_its_language(tmp_path: Path) -> None:
    text = GOOD.replace("ko: 손실\n", "ko: 가능도\n")
    korean, english = (glossary_page(read(tmp_path, text), lang, ()) for lang in LANGUAGES)
    assert korean.index("### 가능도") < korean.index("### argmax") < korean.index("#two-losses }")
    assert english.index("### argmax") < english.index("### loss")
    assert "## ㄱ {" in korean
    assert "## A {" in english


def test_an_entry_has_anchor_other_language_definition_lesson_and_warning(tmp_path: Path) -> None:
    first = lesson(SAYS.replace("TEXT", "확률입니다."), "first")
    second, third = (lesson(SAYS.replace("TEXT", "손실은 수입니다."), name) for name in ("second", "third"))
    page = glossary_page(read(tmp_path, GOOD), "ko", [first, second, third])
    entry = page[page.index("### 손실") : page.index("## A")]
    assert '<span lang="en">loss</span> { #loss data-typed="비용 로스 objective cost" }' in entry
    assert "틀린 정도를 재는 수입니다." in entry
    assert "[제목](second.md){ data-search-exclude }" in entry, "the first lesson that says it, not the first of all"
    assert "(#two-losses)" in entry
    assert "비용" in entry
    assert "### argmax { #argmax }" in page, "a name that is the same in both languages stands there once"
    argmax = page[page.index("### argmax") : page.index("#homonyms")]
    assert ".md" not in argmax, "no lesson says it"


def test_double_consonants_stand_with_the_single_ones(tmp_path: Path) -> None:
    page = glossary_page(read(tmp_path, GOOD.replace("ko: 손실\n", "ko: 씨앗\n")), "ko", ())
    assert "## ㅅ {" in page


OTHER_WORDS = {
    "en": [
        ("accuracy", "learning_rate", "We replay their runs to float32 accuracy."),
        ("map-estimation", "standardization", "Transform with training statistics only, and map weights back."),
        ("map-estimation", "", "Read the list as a map of traps. Map it."),
        ("bias", "momentum_adam", "They are scaled up (bias correction) before the division."),
        ("random-seed", "maximum_likelihood", "That small difference is the seed of the overfitting below."),
        ("score", "maximum_likelihood", "We predict five exam scores."),
        ("convergence", "maximum_likelihood", "The estimate converges to the truth."),
        ("weight", "maximum_likelihood", "The Gaussian likelihood weights them by their precision."),
        ("parameter", "maximum_likelihood", "Nothing tells which parameter is better."),
        ("weight", "cross_entropy", "Weight each hand's surprisal by its probability."),
        ("score", "train_val_test", "Leaks inflate a score."),
        ("score", "mnist_capstone", "The score of a test is no logit."),
        ("score", "", "An exam score is no logit."),
        ("weight", "cross_entropy_in_pytorch", "To make rare classes count more, pass one weight per class."),
        ("weight", "cross_entropy", "So the weights of the average come from the true distribution."),
        ("weight", "cross_entropy_in_pytorch", "Give classes 0 to 4 the weights 1, 2, 3, 4, 5."),
        ("numerical-stability", "learning_rate", "The stability of a rate."),
    ],
    "ko": [
        ("accuracy", "standardization", "float32의 정확도로 노트와 같은 표입니다."),
        ("temperature", "maximum_likelihood", "같은 방의 온도를 온도계 두 개로 쟀습니다."),
        ("normalization", "maximum_likelihood", "정규화 항이 없으면 0으로 갑니다."),
        ("score", "train_val_test", "점수를 부풀리는 일이 있습니다."),
        ("score", "", "시험 점수 세 개로 최종 점수를 맞힙니다."),
        ("weight", "cross_entropy_in_pytorch", "weight에 클래스별 가중치를 줍니다."),
        ("weight", "maximum_likelihood", "σ가 다르면 1/σ²을 가중치(weight)로 씁니다."),
        ("score", "", "z-점수 정규화라고도 합니다."),
    ],
}
"""A term, a lesson, and a sentence of it in which the name of the term is another word."""
SENSES = {
    "en": [
        ("map-estimation", "maximum_likelihood", "The MAP estimate, or MAP, has a penalty."),
        ("score", "softmax", "Softmax turns scores into probabilities."),
        ("score", "", "The score of a class is a logit."),
        ("bias", "softmax", "A bias is added."),
        ("weight", "weight_decay", "Each weight shrinks; weights decay."),
        ("accuracy", "train_val_test", "An accuracy of 0%."),
        ("random-seed", "learning_rate", "The seed is set once."),
        ("stochastic-gradient-descent", "momentum_adam", "Plain SGD is enough."),
    ],
    "ko": [
        ("temperature", "softmax", "온도를 낮추면 뾰족해집니다."),
        ("score", "softmax_gradient", "가장 낮은 점수를 받았습니다."),
        ("weight", "weight_decay", "가중치의 크기에 벌점을 매깁니다."),
        ("normalization", "standardization", "정규화와 표준화는 다릅니다."),
    ],
}


@pytest.mark.parametrize(
    ("lang", "ident", "name", "text"), [(lang, *one) for lang, many in OTHER_WORDS.items() for one in many]
)
def test_another_sense_of_a_word_is_no_term(lang: str, ident: str, name: str, text: str) -> None:
    assert ident not in {term.id for _, term in meanings(text, read_glossary(REAL), lang, name)}


@pytest.mark.parametrize(
    ("lang", "ident", "name", "text"), [(lang, *one) for lang, many in SENSES.items() for one in many]
)
def test_the_sense_of_a_term_is_found(lang: str, ident: str, name: str, text: str) -> None:
    assert ident in {term.id for _, term in meanings(text, read_glossary(REAL), lang, name)}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_some_lesson_says_each_term(lang: str) -> None:
    glossary = read_glossary(REAL, LESSONS)
    lessons = [read_unchanged(path) for path in sorted((ROOT / "lessons").glob("*.py"))]
    found = first_lessons(glossary, lessons, lang)
    assert [term.id for term in glossary.terms if term.id not in found] == []
    listed = {name for term in glossary.terms for name in term.only}
    unused = {
        (term.id, name)
        for term in glossary.terms
        for name in term.only
        if term.id not in first_lessons(glossary, [one for one in lessons if one.name == name], lang)
        and term.id
        not in first_lessons(glossary, [one for one in lessons if one.name == name], LANGUAGES[lang == "ko"])
    }
    assert listed
    assert unused == set(), "`only` names lessons that say the term"
