"""Captions: what stands below a figure, what tells it to whoever cannot see it, and its labels."""

import pytest
from planting import GOOD, lesson, planted, problems

from lessonkit.lesson.captions import Caption, caption, read_caption, replaced_labels, said

HINT = "Write the caption, then a paragraph that tells the picture, then a line a label: - loss: its form"


def test_the_three_parts_of_a_caption() -> None:
    good = lesson(GOOD)
    korean = Caption("수 네 개가 **고르게** 커집니다.", "가로축은 번호, 세로축은 값인 꺾은선입니다.", {"value": "값"})
    assert caption(good, "numbers", "ko") == korean
    english = Caption("The four numbers grow **evenly**.", "A line of the values over their numbers.", {})
    assert caption(good, "numbers", "en") == english


def test_labels_hold_colons_on_both_sides() -> None:
    found = read_caption("a\n\n*b* `c`\n\n- class: cat: 클래스: 고양이\n- exp(x): exp(x)\n\n- loss: 손실")
    assert found.alternative == "b c"
    assert found.labels == {"class: cat": "클래스: 고양이", "exp(x)": "exp(x)", "loss": "손실"}


def test_labels_stay_only_in_the_language_of_the_code() -> None:
    with_labels, without = Caption("a", "b", {"loss": "Loss"}), Caption("a", "b", {})
    assert replaced_labels(without, "en") is None
    assert replaced_labels(without, "ko") == {}, "a figure with labels is then refused"
    assert replaced_labels(with_labels, "en") == replaced_labels(with_labels, "ko") == {"loss": "Loss"}


EN = "# The four numbers grow **evenly**.\n#\n# A line of the values over their numbers.\n"


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        (EN, "# The four numbers grow.\n", 78, "this caption has no text alternative"),
        (EN, "# - value: value\n", 78, "this caption has no text alternative"),
        (EN, "# A.\n#\n# B.\n#\n# C.\n", 78, "this caption is not two paragraphs and a list of labels"),
        (EN, "# A.\n#\n# - value: value\n#\n# C.\n", 78, "this caption is not two paragraphs and a list of labels"),
        ("다.\n#\n# - value", "다.\n# - value", 71, "this caption is not two paragraphs and a list of labels"),
        ("# - value: 값", "# - value 값", 71, "`- value 값` is not a label and its form with `: ` between them"),
        ("# - value: 값", "# - value:", 71, "`- value:` is not a label and its form with `: ` between them"),
        ("# - value: 값", "# - a: b: c", 71, "`- a: b: c` is not a label and its form with `: ` between them"),
        ("# - value: 값", "# - value: 값\n#   다", 71, "`  다` is not a label and its form with `: ` between them"),
        ("# - value: 값", "# - value: 값\n# - value: 수", 71, "the label 'value' is listed twice"),
    ],
)
def test_a_caption_that_would_lose_something(old: str, new: str, line: int, sentence: str) -> None:
    lang = {71: "ko", 78: "en"}[line]
    marker = f'  # %% [markdown] lang="{lang}" caption="numbers"'
    assert problems(planted(old, new)) == [f"lesson.py:{line}: {sentence}\n{marker}\n{HINT}"]


def test_an_empty_caption_is_reported_once() -> None:
    assert [message.split("\n")[0] for message in problems(planted(EN, ""))] == [
        "lesson.py:78: this prose cell is empty"
    ]


def test_what_a_caption_says_leaves_its_labels_out_and_its_lines_in_place() -> None:
    ko, en = (lesson(GOOD).caption("numbers", lang) for lang in ("ko", "en"))
    assert said(ko) == "수 네 개가 **고르게** 커집니다.\n\n가로축은 번호, 세로축은 값인 꺾은선입니다.\n\n"
    assert said(en) == en.markdown
    prose = lesson(GOOD).prose("en")[0]
    assert said(prose) == prose.markdown
