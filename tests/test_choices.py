"""The choices of a quiz question: how they are read, told where they are wrong, and shown without scripts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from planting import TITLE, lesson, problems
from test_counterparts import sentences

from lessonkit.lesson.cells import LessonError
from lessonkit.lesson.choices import Question, as_shown, faults, parted, questions, shown_lines
from lessonkit.lesson.parse import read_unchanged
from lessonkit.lesson.prose import plain_text
from lessonkit.notebooks.notebook import translated
from lessonkit.notebooks.same_outline import disagreements
from lessonkit.pages.markdown import to_html
from lessonkit.words import LANGUAGES

GOOD = """Before.

??? question "1. Is it $a: b$?"
    All of them:

    - [ ] `x[: 2]`: As $x: y$
      says.
    - [x] Two: Since it is.
    - [ ] Three: It is not.

    And so on.

After."""
"""A question with everything that it may hold, in lines 0 to 13."""
SHOWN = """Before.

!!! question "1. Is it $a: b$?"
    All of them:

    1. `x[: 2]`
    2. Two
    3. Three

    ??? success answer-2 "Answer and reasons"
        1. Wrong. As $x: y$ says.
        2. **Right.** Since it is.
        3. Wrong. It is not.

        And so on.

After."""
LESSONS = [read_unchanged(path) for path in sorted((Path(__file__).parents[1] / "lessons").glob("*.py"))]


def reported(*choices: str) -> list[str]:
    """What is told about a question with these choices: line and sentence."""
    text = "\n".join(['??? question "1. Q"', *(f"    {choice}" if choice else "" for choice in choices)])
    return [f"{line}: {sentence}" for line, sentence, _ in faults(text)]


def test_a_question_is_read() -> None:
    (found,) = questions(GOOD)
    assert (found.line, found.begin, found.end, found.box_end) == (2, 5, 9, 11)
    assert [(one.line, one.right, one.text, one.why) for one in found.choices] == [
        (5, False, "`x[: 2]`", "As $x: y$\nsays."),
        (7, True, "Two", "Since it is."),
        (8, False, "Three", "It is not."),
    ]
    assert not list(faults(GOOD))


def test_it_is_a_list_and_a_fold_without_scripts() -> None:
    assert as_shown(GOOD, "en") == SHOWN
    html = to_html(as_shown(GOOD, "en"))
    assert re.search(r'<div class="admonition question">.*<ol>.*</ol>\s*<details class="success answer-2">', html, re.S)
    lines = GOOD.split("\n")
    for text, number in shown_lines(GOOD, "en"):
        words = re.findall(r"Before|All of|Two|Three|Since|not|And so|After", text)
        assert all(word in lines[number] for word in words)


def test_a_question_without_choices_stays_a_fold() -> None:
    text = '??? question "1. Q"\n    An answer.\n\n    - a\n    - b'
    assert as_shown(text, "ko") == text
    assert not questions(text)
    assert not list(faults(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a: b: c", ("a", "b: c")),
        ("12:30 or 3:1", ("12:30 or 3:1", "")),
        ("[a: b](softmax.md) is: c", ("[a: b](softmax.md) is", "c")),
        ("a:\n  b", ("a", "b")),
        ("a", ("a", "")),
        ("a: ", ("a", "")),
    ],
)
def test_the_first_colon_parts_a_choice_from_its_explanation(text: str, parts: tuple[str, str]) -> None:
    assert parted(text) == parts


THREE = ("- [ ] a: 1", "- [x] b: 2", "- [ ] c: 3")
UNEXPLAINED = "this choice has no explanation"
BESIDE = "this stands beside the choices and belongs to none"
FORM = "a choice is written - [x] choice: explanation"
NEARLY = ("* [ ] d: 4", "1. [ ] d: 4", "-[ ] d: 4", "- [] d: 4", "- [v] d: 4", "- [ x ] d: 4", "- [✓] d: 4", "[ ] d: 4")


@pytest.mark.parametrize(
    ("choices", "messages"),
    [
        (THREE, []),
        ((*THREE, "- [ ] d: 4"), []),
        ((*THREE, "", "all of them"), []),
        (("- [ ] a: 1", "- [x] b", "- [ ] c: 3"), [f"2: {UNEXPLAINED}"]),
        (("- [ ] a: 1", "- [x] b:", "- [ ] : 3"), [f"2: {UNEXPLAINED}", f"3: {UNEXPLAINED}"]),
        (("- [ ] a: 1", "- [ ] b: 2", "- [ ] c: 3"), ["0: no choice of this question is right"]),
        (("- [x] a: 1", "- [ ] b: 2", "- [X] c: 3"), ["3: 2 choices are right here"]),
        (THREE[:2], ["0: this question has 2 choices"]),
        ((*THREE, "- [ ] d: 4", "- [ ] e: 5"), ["0: this question has 5 choices"]),
        (("- [ ] a: 1", "- [x] b: 2", "- [ ] a: 3"), ["3: two choices of this question are the same"]),
        ((*THREE[:2], "", "text", "", THREE[2]), [f"4: {BESIDE}"]),
        ((*THREE[:2], "", "    more", THREE[2]), [f"4: {BESIDE}"]),
        ((*THREE[:2], "", "    ```", "    x", "    ```", THREE[2]), [f"4: {BESIDE}"]),
        ((*THREE, "", "    more"), [f"5: {BESIDE}"]),
        ((*THREE, "- d"), [f"4: {BESIDE}"]),
    ],
)
def test_what_is_wrong_with_choices_is_reported(choices: tuple[str, ...], messages: list[str]) -> None:
    assert reported(*choices) == messages


@pytest.mark.parametrize("nearly", [*NEARLY, "- [ ]", "- [x]"])
def test_what_is_nearly_a_choice_is_reported(nearly: str) -> None:
    assert f"5: {FORM}" in reported(*THREE, "", nearly)
    assert [sentence for _, sentence, _ in faults(f"Text\n\n{nearly}")] == [FORM]


def test_choices_that_readers_can_guess_by_their_place_are_reported() -> None:
    def quiz(*places: int) -> str:
        boxes = ("\n".join(f"    - [{'x' if n == at else ' '}] {n}: why" for n in range(3)) for at in places)
        return "\n\n".join(f'??? question "Q"\n{box}' for box in boxes)

    sentence = "the right choice of each question stands at the same place"
    assert [one[1] for one in faults(quiz(1, 1, 1))] == [sentence]
    assert not list(faults(quiz(1, 1, 2)))
    assert not list(faults(quiz(1, 1)))


def test_a_fault_is_reported_with_its_place_and_what_helps() -> None:
    text = '??? question "1. Q"\n    - [ ] a: 1\n    - [x] b\n    - [ ] c: 3'
    cell = "".join(f"# {line}\n" for line in text.split("\n"))
    assert problems(f"{TITLE}# %% [markdown]\n{cell}") == [
        "lesson.py:10: this choice has no explanation\n  #     - [x] b\n"
        "Say behind a colon why readers pick it and why it is right or wrong: - [x] choice: explanation"
    ]


KO = ("- [ ] 가 2: 나", "- [x] 다: 라 3", "- [ ] 아니요, 마: 바")
EN = ("- [ ] a 2: b", "- [x] c: d 3", "- [ ] No, e: f")


@pytest.mark.parametrize(
    ("english", "sentence"),
    [
        (EN, None),
        ((*EN, "- [ ] g: h"), "the choices of this pair differ: ko has 3, en has 4"),
        ((EN[0], EN[2], EN[1]), "the mark of the right choice [x] stands in ko only"),
        ((EN[2], EN[1], EN[0]), "the number 2 stands in ko only"),
        (("- [ ] a: b 2", *EN[1:]), "the number 2 stands in ko only"),
        ((EN[0], "- [x] c: d 4", EN[2]), "the number 3 stands in ko only"),
        ((*EN[:2], "- [ ] Yes, e: f"), "this answer says a yes or no that the other language does not say"),
    ],
)
def test_both_languages_have_the_same_choices_in_the_same_order(english: tuple[str, ...], sentence: str | None) -> None:
    sides = ('??? question "1. Q"\n    ' + "\n    ".join(side) for side in (KO, english))
    found = sentences(*(side.replace("Q", word) for side, word in zip(sides, ("물음", "Question"), strict=True)))
    assert sentence in found if sentence else not found


@pytest.mark.parametrize(
    ("korean", "english", "agree"),
    [
        ("합은 그대로입니다. 방향도 바뀝니다.", "The sum stays. Its direction does not change.", False),
        ("합은 그대로이고 방향은 바뀌지 않습니다.", "The sum stays. Its direction changes, too.", False),
        ("합은 그대로이고 방향은 바뀌지 않습니다.", "The sum stays. Its direction never changes.", True),
        ("합이 달라질 수 없습니다.", "The sum can change at any time.", False),
        ("합이 달라질 수 있습니다.", "The sum cannot change at any time.", False),
        ("합이 달라질 수 없습니다.", "The sum cannot change at any time.", True),
        ("합이 늘지 않을 때도 있지만, 줄 수 있습니다.", "It may not grow, but it cannot shrink either.", False),
        ("합이 늘지 않을 때도 있지만, 줄 수 없습니다.", "It may not grow, but it can always shrink.", False),
        ("합이 늘지 않을 때도 있지만, 줄 수 있습니다.", "It may not grow, but it can always shrink.", True),
    ],
)
def test_both_languages_affirm_and_deny_the_same_in_an_explanation(korean: str, english: str, agree: bool) -> None:  # noqa: FBT001
    sides = ((*KO[:2], f"- [ ] 사: {korean}"), (*EN[:2], f"- [ ] g: {english}"))
    found = sentences(
        *(f'??? question "{word}"\n    ' + "\n    ".join(side) for word, side in zip(("가", "a"), sides, strict=True))
    )
    assert found == [] if agree else ["this answer says a yes or no that the other language does not say"]


def test_choices_that_change_places_between_two_questions_are_reported() -> None:
    korean, english = (f'??? question "{word}"\n    ' + "\n    ".join(side) for word, side in (("가", KO), ("a", EN)))
    more, less = f"{korean}\n    - [ ] 사: 아\n\n{korean}", f"{english}\n\n{english}\n    - [ ] g: h"
    assert "from here on the blocks of this pair differ in kind, depth or number" in sentences(more, less)


def test_what_a_notebook_cannot_show_is_reported_at_the_line_of_its_choice() -> None:
    with pytest.raises(LessonError) as error:
        translated(LESSONS[0], "en", GOOD.replace("Three: It", "Three: Vec<int>"), 101, lambda target: target)
    assert error.value.problems[0].line == 109


def test_page_and_notebook_show_the_same_choices() -> None:
    cell = "".join(f"# {line}".rstrip() + "\n" for line in GOOD.split("\n"))
    assert not disagreements(lesson(f"{TITLE}# %% [markdown]\n{cell}"))


def course(lang: str) -> list[tuple[str, Question]]:
    """All questions of the course that have choices, with their lessons."""
    return [(one.name, found) for one in LESSONS for cell in one.prose(lang) for found in questions(cell.markdown)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_quiz_of_the_course_has_choices_for_every_question_or_for_none(lang: str) -> None:
    for one in LESSONS:
        quiz = [cell.markdown for cell in one.prose(lang) if "{ #quiz }" in cell.markdown]
        with_choices = sum(len(questions(text)) for text in quiz)
        assert with_choices in (0, sum(text.count("??? question") for text in quiz)), one.name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_neither_place_nor_length_gives_the_right_choice_away(lang: str) -> None:
    found = course(lang)
    assert len(found) >= 70
    places = Counter(at for _, one in found for at, choice in enumerate(one.choices) if choice.right)
    assert all(0.25 <= places[at] / len(found) <= 0.42 for at in range(3)), places
    longest = shortest = 0
    for name, one in found:
        lengths = [len(plain_text(choice.text)) for choice in one.choices]
        right = next(len(plain_text(choice.text)) for choice in one.choices if choice.right)
        assert max(lengths) <= max(2 * min(lengths), min(lengths) + 8), (name, one.choices)
        longest += lengths.count(right) == 1 and right == max(lengths)
        shortest += lengths.count(right) == 1 and right == min(lengths)
    assert longest <= 0.4 * len(found), longest
    assert shortest <= 0.4 * len(found), shortest
