"""What can be seen without running a lesson."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import planting
import pytest

from lessonkit.checks.check import check_text, figure_html
from lessonkit.checks.figure_record import figure_files, to_json
from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import parse
from lessonkit.running.provenance import Platform, Record, record_path

ANSWERS = "".join(
    f'\n\n# %% wrong="double"\n# ko: 두 배가 아닙니다.\n# en: {reason}\ndef double(x):\n    return {wrong}\n'
    for reason, wrong in [("A square.", "x**2"), ("It adds two.", "x + 2"), ("The half.", "x / 2")]
)
RIGHT = '\n\n# %% right="double"\ndef double(x):\n    return x + x\n\n'
END = 'print("right")\n# > right\n'
GOOD = planting.planted(END, END + ANSWERS + RIGHT)
"""The good lesson with other answers to its exercise, without which a check of the whole refuses it."""


def planted(old: str, new: str, text: str = GOOD) -> str:
    """The text with another piece in the place of one that stands there once."""
    return planting.planted(old, new, text)


HERE = Platform("2.13.0", "Linux", "x86_64", "GenuineIntel", "avx2")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><text>value</text></svg>'
UPDATE = "Run: pytest lesson.py --update-outputs"


@pytest.fixture
def recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Lesson]:
    """Gives a lesson as it stands after it was recorded from GOOD."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "first.py").write_text("")
    good = parse(tmp_path / "lesson.py", GOOD)
    record_path(good).parent.mkdir(parents=True)
    record_path(good).write_text(Record.of(good, HERE).to_json(), encoding="utf-8")
    (cell,) = (cell for cell in good.code if cell.kind == "figure")
    for path, text in zip(
        figure_files(good, cell), (SVG, to_json(good, cell, SVG, {"size": [1, 1]}, HERE)), strict=True
    ):
        path.write_text(text, encoding="utf-8")
    return lambda text: parse(tmp_path / "lesson.py", text)


def reported(lesson: Lesson) -> list[str]:
    return [str(problem) for problem in check_text(lesson)]


def test_nothing_is_wrong_with_a_good_lesson(recorded: Callable[[str], Lesson]) -> None:
    assert reported(recorded(GOOD)) == []


def test_prose_and_comments_need_no_new_record(recorded: Callable[[str], Lesson]) -> None:
    text = planted("# en: four numbers", "# en: 4 numbers", planted("grow **evenly**", "grow **steadily**"))
    assert reported(recorded(text)) == []


@pytest.mark.parametrize(
    ("old", "new"), [("numbers[:2]", "numbers[:3]"), ("# > 2.5", "# > 2.50"), ("# n = 4\n", "# n = 4\nn = 4\n")]
)
def test_changed_code_or_outputs_need_a_new_record(recorded: Callable[[str], Lesson], old: str, new: str) -> None:
    message = "lesson.py:1: the code or its outputs changed since they were recorded\n"
    assert reported(recorded(planted(old, new))) == [f"{message}  record: records/lesson/record.json\n{UPDATE}"]


def test_pairs_and_numbers_are_held_against_each_other(recorded: Callable[[str], Lesson]) -> None:
    assert [
        message.split("\n")[0] for message in reported(recorded(planted("The mean is 2.50", "The mean is 2.51")))
    ] == [
        "lesson.py:13: the number 2.50 stands in ko only",
        "lesson.py:21: the number 2.51 stands in en only",
        "lesson.py:21: the number 2.51 is in no output and no code of the lesson",
    ]


def test_a_lesson_to_read_first_that_does_not_exist(recorded: Callable[[str], Lesson]) -> None:
    assert reported(recorded(planted("[first]", "[first, second]"))) == [
        "lesson.py:3: there is no lesson second to read first\n  # needs: [first, second]\n"
        "Correct the name, or remove it."
    ]


def test_before_it_is_recorded_a_lesson_has_no_numbers_to_show(recorded: Callable[[str], Lesson]) -> None:
    lesson = recorded(planted("# > 2.5\n", ""))
    for path in record_path(lesson).parent.iterdir():
        path.unlink()
    assert reported(lesson) == [
        'lesson.py:65: the figure "numbers" is not recorded, or its file is damaged\n'
        f"  records/lesson/numbers.svg: No such file or directory\n{UPDATE}",
        f"lesson.py:1: the outputs were never recorded\n  record: records/lesson/record.json\n{UPDATE}",
    ]


def test_a_record_that_cannot_be_read_is_none(recorded: Callable[[str], Lesson]) -> None:
    lesson = recorded(GOOD)
    record_path(lesson).write_text("{}", encoding="utf-8")
    assert reported(lesson)[0].startswith("lesson.py:1: the record of the outputs is damaged\n  record: records/")


def test_a_label_without_a_form(recorded: Callable[[str], Lesson]) -> None:
    sentence = 'lesson.py:71: the figure "numbers" cannot be shown in ko'
    hint = "List each label that the figure draws once, in a line of its own: - label: its form"
    assert reported(recorded(planted("#\n# - value: 값\n", ""))) == [
        f"{sentence}\n  labels without a form in this language: 'value'\n{hint}"
    ]
    assert reported(recorded(planted("- value: 값", "- value: 값\n# - loss: 손실"))) == [
        f"{sentence}\n  labels that the figure does not show: 'loss'\n{hint}"
    ]


def test_labels_may_have_a_form_in_the_language_of_the_code(recorded: Callable[[str], Lesson]) -> None:
    text = planted("over their numbers.\n", "over their numbers.\n#\n# - value: Value\n")
    assert reported(recorded(text)) == []
    assert ">Value</text>" in figure_html(recorded(text), "numbers", "en")
    assert ">value</text>" in figure_html(recorded(GOOD), "numbers", "en")


DAMAGED = {
    "<svg": "it is not XML",
    "": "it is not XML",
    "<html/>": "it is no <svg> but a <html>",
    "<svg/>": "its <svg> has no viewBox of four numbers",
    SVG.replace("0 0 10 10", "0 0 10"): "its <svg> has no viewBox of four numbers",
    SVG.replace("0 0 10 10", "0 0 0 10"): "its <svg> has no viewBox of four numbers",
    SVG.replace("0 0 10 10", "a b c d"): "its <svg> has no viewBox of four numbers",
    SVG.replace("<text>", "<script>alert(1)</script><text>"): "it holds an element that no figure draws: <script>",
    SVG.replace("<text>", "<g><foreignObject/></g><text>"): "it holds an element that no figure draws: <foreignObject>",
    SVG.replace("<text>", "<a href='#x'/><text>"): "it holds an element that no figure draws: <a>",
    SVG.replace("<text>", "<animate/><text>"): "it holds an element that no figure draws: <animate>",
    SVG.replace("<svg ", "<svg onload='alert(1)' "): "an element of it acts: onload",
    SVG.replace("<text>", "<text onClick='a()'>"): "an element of it acts: onClick",
    SVG.replace(
        "<text>", "<image href='https://example.org/x.png'/><text>"
    ): "it loads something from elsewhere: https",
    SVG.replace("<text>", "<image href='data:image/svg+xml;base64,AA'/><text>"): "it loads something from elsewhere: d",
    SVG.replace("<text>", "<use href='other.svg#a'/><text>"): "it loads something from elsewhere: other.svg#a",
    SVG.replace("<text>", "<text fill='url(https://example.org/)'>"): "it loads something from elsewhere: url(",
    SVG.replace("<text>", "<text style='fill: url(//example.org)'>"): "it loads something from elsewhere: fill: url",
    SVG.replace("<text>", "<text x='wide'>"): "a <text> has no number for x: wide",
    SVG.replace("<text>", "<text x='1' font-size='15 pt'>"): "a <text> has no number for font-size: 15 pt",
    f"<!DOCTYPE svg [<!ENTITY a 'aaaa'>]>{SVG.replace('value', '&a;')}": "it declares entities",
}
"""What stands in the file of a figure, and what is said about it."""


def test_a_text_without_place_or_size_has_those_of_svg(recorded: Callable[[str], Lesson]) -> None:
    lesson = recorded(GOOD)
    record_path(lesson).with_name("numbers.svg").write_text(SVG.replace("<text>", "<text x='1'>"), encoding="utf-8")
    assert '<text x="1">값</text>' in figure_html(lesson, "numbers", "ko")


@pytest.mark.parametrize("data", DAMAGED)
def test_a_figure_whose_file_is_broken_or_hostile(recorded: Callable[[str], Lesson], data: str) -> None:
    lesson = recorded(GOOD)
    record_path(lesson).with_name("numbers.svg").write_text(data, encoding="utf-8")
    (message,) = reported(lesson)
    assert message.startswith(
        'lesson.py:66: the figure "numbers" is not recorded, or its file is damaged\n'
        f"  records/lesson/numbers.svg: the figure is damaged: {DAMAGED[data]}"
    )
    assert message.endswith(UPDATE)
    with pytest.raises(OSError, match="the figure is damaged: "):
        figure_html(lesson, "numbers", "ko")


def test_a_lesson_that_appears_beside_it_is_not_imported(recorded: Callable[[str], Lesson], tmp_path: Path) -> None:
    """What is kept for a served site holds only while the same files lie there."""
    lesson = recorded(planted("# n = 4\n", "# n = 4\nimport other\n"))
    sentence = "a lesson stands alone: it does not import the lesson other"
    for there in (False, True, False):
        (tmp_path / "other.py").touch() if there else (tmp_path / "other.py").unlink(missing_ok=True)
        assert any(sentence in message for message in reported(lesson)) == there
