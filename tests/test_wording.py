"""Lessons call things what the glossary calls them."""

import re
from pathlib import Path

import pytest
from planting import TITLE, lesson

from lessonkit.lesson.parse import read_unchanged
from lessonkit.pages.glossary import Allowed, Glossary, Plain, Term, read_glossary
from lessonkit.pages.wording import forbidden, forbidden_in_page, names_to_avoid

ROOT = Path(__file__).parent.parent


def term(ident: str, korean: str, english: str, avoid_ko: tuple[str, ...] = (), avoid_en: tuple[str, ...] = ()) -> Term:
    """A term with names to avoid."""
    name = {"ko": korean, "en": english}
    return Term(ident, 1, name, dict.fromkeys(name, "."), avoid={"ko": avoid_ko, "en": avoid_en})


TERMS = (
    term("likelihood", "가능도", "likelihood", ("우도",)),
    term("label", "레이블", "label", ("라벨*",)),
    term("loss", "손실 함수", "loss function", ("로스", "손실함수"), ("cost function",)),
    term("hyperparameter", "하이퍼파라미터", "hyperparameter"),
    term("parameter", "매개변수", "parameter", ("파라미터*",)),
    term("normalization", "정규화", "normalization", ("L2 정규화",), ("normalise*",)),
    term("batch", "미니배치", "mini-batch", ("미니 배치",), ("mini batch",)),
)
PLAIN = (
    Plain("ko", "즉", ("곧",), 1),
    Plain("ko", "낸 것", ("손",), 2, ("손으로",)),
    Plain("ko", "비교하다", ("견주*",), 3),
)
GLOSSARY = Glossary(Path("glossary.yml"), TERMS, plain=PLAIN)


def found(markdown: str, lang: str = "ko") -> list[str]:
    """The names to avoid in a text."""
    return [item.text for item in names_to_avoid(markdown, GLOSSARY, lang)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("우도는 큽니다.", ["우도"]),
        ("**우도**(likelihood)는", ["우도"]),
        ("우도라고도 합니다. 최고의 우도입니다.", ["우도", "우도"]),
        ("배우도록 합니다. 우도록. 기우도 좋습니다.", []),
        ("라벨링한 데이터", ["라벨링한"]),
        ("로스를 줄입니다. 크로스를 로스쿨에서", ["로스"]),
        ("하이퍼파라미터는 파라미터가 아닙니다.", ["파라미터가"]),
        ("L2 정규화와 정규화", ["L2 정규화"]),
        ("미니\n배치에서", ["미니 배치"]),
        ("`우도` $우도$ <b title='우도'>", []),
        ('노트의 말은 "우도"와 “우도”입니다.', []),
        ("[우도](https://example.org/) <https://example.org/우도>", []),
        ("[우도](softmax.md#우도)", ["우도"]),
        ('!!! warning "우도 조심"\n    "우도"는', ["우도"]),
        ("```\n우도\n```\n우도", ["우도"]),
        ("곧 1이며, 곧바로 곧게 줄곧 갑니다.", ["곧"]),
        ("손으로 손글씨를 쓰고 손이 손을 이깁니다.", ["손", "손"]),
        ("둘을 견주면 견주었고, 견과류는 아닙니다.", ["견주면", "견주었고"]),
    ],
)
def test_korean_with_particles(text: str, names: list[str]) -> None:
    assert found(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cost functions and the cost\nfunction.", ["Cost functions", "cost function"]),
        ("The cost of a function; a cost-function; accost function.", []),
        ("Normalised, renormalise, normalize.", ["Normalised"]),
        ("A mini batch, not a mini-batch.", ["mini batch"]),
        ('He says "cost function".', []),
    ],
)
def test_english_at_word_borders(text: str, names: list[str]) -> None:
    assert found(text, "en") == names


LESSON = TITLE + (
    '# %% [markdown] lang="ko"\n# 첫 줄.\n# 우도가 큽니다.\n\n'
    '# %% [markdown] lang="en"\n# First line.\n# A cost function.\n\n'
    "# %%\n# ko: 라벨을 셉니다.\n# en: Count the labels.\nlikelihood = 1\n"
)


def test_a_lesson_is_reported_line_and_right_word() -> None:
    problems = forbidden(lesson(LESSON), GLOSSARY)
    assert [(problem.line, problem.sentence) for problem in problems] == [
        (9, "the glossary has another name for '우도': 가능도"),
        (13, "the glossary has another name for 'cost function': loss function"),
        (16, "the glossary has another name for '라벨을': 레이블"),
    ]
    assert problems[0].evidence == ("우도가 큽니다.",)


def test_exceptions_hold_for_their_page_and_are_reported_when_needless() -> None:
    here = Allowed("우도", "lesson", "Said once.", 7)
    elsewhere = Allowed("cost function", "softmax", "Said once.", 8)
    needless = Allowed("파라미터*", "lesson", "Said once.", 9)
    glossary = Glossary(Path("glossary.yml"), TERMS, allowed=(here, elsewhere, needless))
    problems = forbidden(lesson(LESSON), glossary)
    assert [(str(problem.path), problem.line) for problem in problems] == [
        ("glossary.yml", 9),
        ("lesson.py", 13),
        ("lesson.py", 16),
    ]
    assert "needs no exception" in problems[0].sentence


def test_a_page_is_reported_its_lines_in_its_language() -> None:
    page = Path("docs/ko/errata.md")
    problems = forbidden_in_page("# 제목\n\n우도와 cost function\n", GLOSSARY, "ko", page)
    assert [(problem.line, problem.evidence) for problem in problems] == [(3, ("우도와 cost function",))]
    allowed = Glossary(Path("glossary.yml"), TERMS, allowed=(Allowed("우도", "errata", "Said once.", 7),))
    assert forbidden_in_page("우도", allowed, "ko", page) == []
    assert forbidden_in_page("nothing", allowed, "en", page) == [], "an exception is judged by its language's page"


@pytest.mark.parametrize("path", sorted((ROOT / "lessons").glob("*.py")), ids=lambda path: path.stem)
def test_the_lessons_use_the_words_of_the_course(path: Path, course_glossary: Glossary) -> None:
    assert [str(problem) for problem in forbidden(read_unchanged(path), course_glossary)] == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "docs").glob("??/*.md")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_the_pages_use_the_words_of_the_course(path: Path, course_glossary: Glossary) -> None:
    text = path.read_text(encoding="utf-8")
    assert [str(problem) for problem in forbidden_in_page(text, course_glossary, path.parent.name, path)] == []


def test_korean_headings_and_fractions() -> None:
    """No heading is a statement; `1/p` is read as a fraction, which ends in a consonant."""
    wrong = re.compile(r"^# #+ .*다(?= \{)|\$[^$]*(?<![\w.])1/[^$\s]*\$[가는를와](?![가-힣])", re.MULTILINE)
    assert wrong.findall("# ## 배치에서는 N으로 나눈다 { #batch }\n한없이 커지는 $1/p_y$가, $1/p$이 { #a }") == [
        "# ## 배치에서는 N으로 나눈다",
        "$1/p_y$가",
    ]
    lessons = sorted((ROOT / "lessons").glob("*.py"))
    assert [(path.stem, found) for path in lessons for found in wrong.findall(path.read_text(encoding="utf-8"))] == []


@pytest.fixture(scope="module")
def course_glossary() -> Glossary:
    """The glossary of the course."""
    return read_glossary(ROOT / "docs" / "shared" / "glossary.yml")
