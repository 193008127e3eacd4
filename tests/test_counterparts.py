"""The two languages of a pair say the same, each in its own language; what may differ is marked with a reason."""

from __future__ import annotations

import pytest
from planting import GOOD, TITLE, lesson, planted

from lessonkit.checks.agreement import check_section
from lessonkit.checks.check import check_text
from lessonkit.checks.pairs import sections
from lessonkit.lesson.parse import read

KO, EN = '# %% [markdown] lang="ko"\n', '# %% [markdown] lang="en"\n'


def reported(text: str) -> list[str]:
    """What is told about the pairs of a lesson."""
    found = lesson(text)
    return [str(problem) for section in sections(found) for problem in check_section(found, section)]


def pair(korean: str, english: str, differs: str = "") -> str:
    """A lesson whose first cells are a title and a pair; both stand after line 7."""
    ko, en = ("".join(f"# {line}".rstrip() + "\n" for line in text.split("\n")) for text in (korean, english))
    marker = f'# %% [markdown] lang="en" differs="{differs}"\n' if differs else EN
    return f"{TITLE}{KO}{ko}\n{marker}{en}"


def sentences(korean: str, english: str, differs: str = "") -> list[str]:
    """The first lines of what is told about a pair."""
    return [message.split("\n")[0].partition(": ")[2] for message in reported(pair(korean, english, differs))]


def test_a_good_lesson_agrees() -> None:
    assert reported(GOOD) == []


@pytest.mark.parametrize(
    ("korean", "english", "sentence"),
    [
        ("가나다.\n\n라마바.", "Abc.", "the paragraphs of this pair differ: ko has 2, en has 1"),
        ("가나다.", "Abc.\n\nDef.\n\nGhi.", "the paragraphs of this pair differ: ko has 1, en has 3"),
        ("- 가\n- 나", "- a", "the list items of this pair differ: ko has 2, en has 1"),
        ("1. 가", "1. a\n2. b", "the list items of this pair differ: ko has 1, en has 2"),
        ("| 가 |\n|---|\n| 나 |", "| a |\n|---|", "the table rows of this pair differ: ko has 2, en has 1"),
        ("| 가 | 나 |\n|---|---|", "| a |\n|---|", "the table cells of this pair differ: ko has 2, en has 1"),
        (
            '!!! note "가"\n    나',
            '!!! tip "a"\n    b',
            "the admonitions (note) of this pair differ: ko has 1, en has 0",
        ),
        ('??? question "1. 가"\n    나', "Abc.", "the questions of this pair differ: ko has 1, en has 0"),
        ("가\n\n$$\nx\n$$", "a", "the display formulas of this pair differ: ko has 1, en has 0"),
        (
            '!!! note "가"\n    나\n\n    다',
            '!!! note "a"\n    b\n\nc',
            "from here on the blocks of this pair differ in kind, depth or number",
        ),
        ("1. 가\n2. 나", "6. a\n2. b", "from here on the blocks of this pair differ in kind, depth or number"),
        ("1. 가\n2. 나", "- a\n- b", "from here on the blocks of this pair differ in kind, depth or number"),
        ("- 가\n\n나", "a\n\n- b", "from here on the blocks of this pair differ in kind, depth or number"),
        ("$p_i$가 큽니다.", "$p_j$ is large.", "the formula $p_i$ stands in ko only"),
        ("$a$와 $a$, $b$.", "$a$ and $b$, $b$.", "the formula $a$ stands in ko only"),
        ("$\\log x$가 큽니다.", "It is large.", "the formula $\\logx$ stands in ko only"),
        ("`dim=0`입니다.", "It is `dim=1`.", "the code `dim=0` stands in ko only"),
        ("[가](https://a.org)와 <https://b.org>", "[a](https://a.org)", "the outward link 2 stands in ko only"),
        ("가\n\n```python\nx = 1\n```", "a", "the pieces of fenced code in this pair differ: ko has 1, en has 0"),
        ("가\n\n```python\nx = 1\n```", "a\n\n```python\nx = 2\n```", "the fenced code of this pair differs"),
        ("가\n\n~~~text\n값 3\n~~~", "a\n\n~~~text\nvalue 4\n~~~", "the fenced code of this pair differs"),
        ("가\n\n$$\nx + 1\n$$", "a\n\n$$\nx - 1\n$$", "the display formula $x+1$ stands in ko only"),
        ("값은 7입니다.", "It is 8.", "the number 7 stands in ko only"),
        ("값은 0.50입니다.", "It is 0.5.", "the number 0.50 stands in ko only"),
        ("값은 −0.5입니다.", "It is 0.5.", "the number −0.5 stands in ko only"),
        ("3개 중 2개를 맞힙니다.", "It gets two of four.", "the number 3 stands in ko only"),
        ("1-NN이 하나 있습니다.", "There is one 0-NN, and nothing else.", "the number 1 stands in ko only"),
        ("28만 번 갱신합니다.", "It takes 290,000 updates.", "the number 28만 stands in ko only"),
        ("## 누수 1 { #a }\n\n가", "## Leak 0 { #a }\n\na", "the number 1 stands in ko only"),
        ("[6.2.2절](https://a.org)", "[section 6.2.3](https://a.org)", "the number 6.2.2 stands in ko only"),
        ('!!! note "3가지"\n    나', '!!! note "4 ways"\n    b', "the number 3 stands in ko only"),
        ("| 5 | 가 |\n|---|---|", "| 6 | a |\n|---|---|", "the number 5 stands in ko only"),
        (
            '??? question "1. 클까요?"\n    아닙니다. 작습니다.',
            '??? question "1. Is it large?"\n    Yes. It is small.',
            "this answer says a yes or no that the other language does not say",
        ),
        (
            '??? question "1. 클까요?"\n    크지 않습니다.',
            '??? question "1. Is it large?"\n    It is large.',
            "this answer says a yes or no that the other language does not say",
        ),
        (
            '??? question "1. 클까요?"\n    네, 작지 않습니다.',
            '??? question "1. Is it large?"\n    Yes, it is small.',
            "this answer says a yes or no that the other language does not say",
        ),
        (
            '??? question "1. 클까요?"\n    아니요, 작습니다.',
            '??? question "1. Is it large?"\n    It is large.',
            "this answer says a yes or no that the other language does not say",
        ),
    ],
)
def test_what_differs_is_reported(korean: str, english: str, sentence: str) -> None:
    assert sentence in sentences(korean, english)


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("0.5, 0.25입니다.", "First 0.25, then 0.5."),
        ("50.5 %와 1,234.5입니다.", "They are 50.5% and 1234.5."),
        ("3개 중 2개를 맞힙니다.", "It gets two of three right."),
        ("세 번 가운데 한 번입니다.", "It is 1 in 3."),
        ("10분의 1로 줄고 100배가 됩니다.", "It falls to a tenth and grows a hundredfold."),
        ("28만과 2백, 12만 7천, 686만입니다.", "They are 280,000 and 2 hundred, 127,000, 6.86 million."),
        ("10만 남습니다.", "Only ten remain."),
        ("만분의 3과 1만분의 1입니다.", "They are 3 ten-thousandths and one ten-thousandth."),
        ("21개입니다.", "There are twenty-one."),
        ("$p_i\\text{(확률)}$입니다.", "It is $p_i \\text{(probability)}$."),
        ("$a$이고 $a$입니다.", "It is $a$."),
        ("n − 1로 나눕니다.", "Divide by n − 1."),
        ("[가](https://a.org/7)", "[a](https://a.org/8)"),
        ('??? question "1. 클까요?"\n    아닙니다. 작습니다.', '??? question "1. Is it large?"\n    No, small.'),
        ("Adam은 SGD보다 빠릅니다.\n\n## Adam { #a }", "Adam is faster than SGD.\n\n## Adam { #a }"),
        ('"stop하고 pick theta"라고 적었습니다.', 'It says "stop and pick theta."'),
        ("[가](https://ko.a.org/1)와 <https://b.org>", "<https://b.org> and [a](https://en.a.org/2)"),
        ("가\n\n```python\nx = 1  # 하나\n# 둘\n```", "a\n\n```python\nx = 1  # one\n```"),
        ("가\n\n```\n값 3 -> 4\n```", "a\n\n```\nvalues 3 -> 4\n```"),
    ],
)
def test_what_may_be_said_in_two_ways(korean: str, english: str) -> None:
    assert sentences(korean, english) == []


SENTENCE = "Softmax turns a handful of scores into probabilities that sum to one."


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        (SENTENCE, SENTENCE),
        (f"첫째 문장은 한국어입니다. {SENTENCE}", f"The first sentence is Korean. {SENTENCE}"),
        (SENTENCE.replace("a handful", "a 몇 handful").replace("sum", "합 sum"), SENTENCE),
        ("Quiz", "Quiz"),
        ("- see the next lesson", "- see the next lesson"),
        ("| number of classes |\n|---|", "| number of classes |\n|---|"),
        ('!!! note "What you learn"\n    가나다', '!!! note "What you learn"\n    abc'),
        ('??? question "1. Does it grow?"\n    아닙니다.', '??? question "1. Does it grow?"\n    No.'),
        (
            '??? question "1. 커지나요?"\n    It does not grow.',
            '??? question "1. Does it grow?"\n    It does not grow.',
        ),
        ("## What we saw { #a }", "## What we saw { #a }"),
    ],
)
def test_english_in_the_korean_half_is_reported(korean: str, english: str) -> None:
    assert "this ko text is in English" in sentences(korean, english)


def test_korean_in_the_english_half_is_reported() -> None:
    assert sentences("소프트맥스는 점수를 확률로 바꿉니다.", "소프트맥스는 점수를 확률로 바꿉니다.") == [
        "this en text is in Korean"
    ]
    assert sentences("보는 가위에 집니다.", 'Paper ("보") loses to scissors, as everybody knows.') == []


@pytest.mark.parametrize(
    "text", ["TODO", "TODO: 번역", "가나다 TBD", "FIXME 가나다", "...", "…", "번역 필요", "[번역]"]
)
def test_what_is_left_to_do_is_reported(text: str) -> None:
    assert sentences(text, "Softmax.") == ["this ko text is not finished"]


@pytest.mark.parametrize("text", ["TODO", "To be continued. TBD", "Lorem ipsum dolor sit amet.", "???"])
def test_what_is_left_to_do_in_english_is_reported(text: str) -> None:
    assert sentences("가나다.", text) == ["this en text is not finished"]


def test_a_stub_is_reported() -> None:
    assert sentences("한국어입니다.", f"{SENTENCE} {SENTENCE}") == ["the ko text says far less than its counterpart"]


def test_a_lesson_whose_korean_half_is_copied_english_is_reported_cell_by_cell() -> None:
    text = GOOD.replace("수 네 개가 **고르게** 커집니다.", "The four numbers grow **evenly**.")
    assert [message.split("\n")[0] for message in reported(text)] == ["lesson.py:72: this ko text is in English"]
    text = planted("가로축은 번호, 세로축은 값인 꺾은선입니다.", "A line of the values over their numbers.")
    assert [message.split("\n")[0] for message in reported(text)] == ["lesson.py:74: this ko text is in English"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("# ko: 수 네 개\n", "# ko: four numbers\n", "46: this ko text is in English"),
        ("# en: four numbers\n", "# en: 수 네 개\n", "47: this en text is in Korean"),
        ("# ko: 수 네 개\n", "# ko: TODO\n", "46: this ko text is not finished"),
        ("# ko: 수 네 개\n", "# ko: 수 5개\n", "46: the number 5 stands in one language of this comment only"),
        ("# - value: 값\n", "# - value: the value\n", "76: this ko text is in English"),
        ("# - value: 값\n", "# - value 3: 값 4\n", "76: the number 3 stands only in the label, or only in its form"),
    ],
)
def test_comments_and_labels_too(old: str, new: str, message: str) -> None:
    assert f"lesson.py:{message}" in [found.split("\n")[0] for found in reported(planted(old, new))]


def test_a_cell_for_both_languages_says_nothing_in_words() -> None:
    english = TITLE + "# %% [markdown]\n# One text for the pages of both languages.\n"
    assert reported(english) == [
        "lesson.py:7: this cell stands on the pages of both languages\n"
        '  One text for the pages of both languages\nWrite it as a pair, with lang="ko" and lang="en".'
    ]
    assert reported(TITLE + "# %% [markdown]\n# | $n$ | `mean` |\n# |---|---|\n# | 4 | 2.5 |\n") == []


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("파선", "실선", 'this caption says "solid" 1 times in ko, 0 times in en'),
        ("왼쪽", "오른쪽", 'this caption says "left" 0 times in ko, 1 times in en'),
        ("가로축", "세로축", 'this caption says "horizontal axis" 0 times in ko, 1 times in en'),
        ("검증", "훈련", 'this caption says "training" 1 times in ko, 0 times in en'),
    ],
)
def test_captions_point_at_the_same_things(old: str, new: str, sentence: str) -> None:
    korean = "가로축은 번호, 세로축은 검증 손실입니다. 왼쪽의 파선이 회색입니다."
    english = (
        "The horizontal axis is the number, the vertical axis the validation loss. On the left a dashed line is gray."
    )
    good = planted("가로축은 번호, 세로축은 값인 꺾은선입니다.", korean)
    good = planted("A line of the values over their numbers.", english, good)
    assert reported(good) == []
    assert sentence in reported(good.replace(korean, korean.replace(old, new)))[0]


def test_a_difference_with_a_reason_is_no_problem() -> None:
    reason = "English needs a second sentence (for the article)."
    assert sentences("가나다.", "Abc.\n\nDef.", f"paragraphs: {reason}") == []
    assert sentences("7입니다.", "It is $x$.", "numbers: the symbol; formulas: the number") == []
    assert sentences("7입니다.", "It is $x$.", "numbers: the symbol") == ["the formula $x$ stands in en only"]


@pytest.mark.parametrize(
    ("differs", "sentences_reported"),
    [
        ("paragraphs: a reason", ["this pair does not differ in paragraphs"]),
        ("paragraphs", ["this exception has no known kind, or no reason"]),
        ("paragraphs:", ["this exception has no known kind, or no reason"]),
        ("sentences: a reason", ["this exception has no known kind, or no reason"]),
        ("unfinished: a reason", ["this exception has no known kind, or no reason"]),
    ],
)
def test_an_exception_that_nothing_needs_or_understands_is_reported(
    differs: str, sentences_reported: list[str]
) -> None:
    assert sentences("가나다.", "Abc.", differs) == sentences_reported


def test_what_is_left_to_do_has_no_exception() -> None:
    assert sentences("TODO", "Abc.", "language: later, really") == [
        "this ko text is not finished",
        "this pair does not differ in language",
    ]


def test_a_message_shows_both_sides_and_what_to_do() -> None:
    assert reported(pair("값은 7입니다.", "It is 8."))[0] == (
        "lesson.py:8: the number 7 stands in ko only\n"
        "  ko 8: 값은 7입니다.\n  en 11: It is 8.\n"
        'Say it in both, or give the reason in the second marker: differs="numbers: ..."'
    )


def test_pytest_and_the_build_tell_it(project) -> None:
    path = project.write("case", '# %% [markdown] lang="ko"\n# It is copied text.\n\n' + EN + "# It is copied text.\n")
    assert [problem.sentence for problem in check_text(read(path))][:1] == ["this ko text is in English"]
    project.pytest("-k", "pair").stdout.fnmatch_lines(["*case.py:5: this ko text is in English"])


def test_whatever_stands_there_is_answered_soon() -> None:
    words, marks, digits = "a" * 20_000, "-." * 10_000, "9" * 20_000
    assert reported(pair(f"가 {words}", f"b {words}")) == []
    assert reported(pair(f"가 {marks}", f"b {marks}")) == []
    assert reported(pair(f"가 {digits}.{digits}만", f"b {digits} million, 1e99999999 million"))
