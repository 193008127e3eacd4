"""Numbers typed as answers: the rule measured from a check agrees with it, is recorded, and held against it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from planting import TITLE, lesson

from lessonkit.checks.typed_answers import check_typed, rules
from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.lesson.parse import parse, read
from lessonkit.pages.render import to_markdown
from lessonkit.running.accepted_values import TRIED, Measured, TypedRule, name_asked, numbers_of, numbers_written
from lessonkit.running.attempts import Attempts
from lessonkit.running.outcome import Outcome
from lessonkit.running.provenance import Platform, Record, read_record

ROOT = Path(__file__).parent.parent
HERE = Platform("", "Linux", "x86_64", "", "")


def exercise(solution: str, check: str) -> Lesson:
    """A lesson with one exercise."""
    indented = f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION"
    return lesson(f'{TITLE}# %% exercise="one"\n{indented}\n\n# %% check="one"\n{check}\n')


def measured(solution: str, check: str) -> Measured | None:
    return Attempts(exercise(solution, check).exercises["one"], "lesson.py", 0).typed({"math": math})


@pytest.mark.parametrize(
    ("solution", "check", "rule"),
    [
        ("x = 2.5", "assert abs(x - 2.5) < 1e-3", ((2.5,), (1e-3,), (1e-3,), False)),
        ("x = 2.5", "assert abs(x - 2.4999) < 1e-3", ((2.5,), (0.0011,), (0.0009,), False)),
        ("x = -1.0", "assert x == -1", ((-1.0,), (0.0,), (0.0,), False)),
        ("x = 3", "assert x == 3", ((3.0,), (0.0,), (0.0,), False)),
        ("x = 3", "assert isinstance(x, int) and 2 <= x < 9", ((3.0,), (1.0,), (5.0,), True)),
        ("x = 0", "assert type(x) is int and x < 3", ((0.0,), (None,), (2.0,), True)),
        ("x = 10.0", "assert x > 9", ((10.0,), (1.0,), (None,), False)),
        ("x = 1e-9", "assert abs(x - 1e-9) < 1e-12", ((1e-9,), (1e-12,), (1e-12,), False)),
        ("x = 1e9", "assert abs(x / 1e9 - 1) < 1e-6", ((1e9,), (1000.0,), (1000.0,), False)),
        ("x = [0.5, 4]", "assert abs(x[0] - 0.5) < 0.01 > abs(x[1] - 4)", ((0.5, 4), (0.01,) * 2, (0.01,) * 2, False)),
    ],
)
def test_the_rule_is_what_the_check_accepts(solution: str, check: str, rule: tuple) -> None:
    found = measured(solution, check)
    assert found
    right, below, above, integer = rule
    assert found.rule.right == right
    assert found.rule.integer == integer
    for mine, theirs in ((found.rule.below, below), (found.rule.above, above)):
        assert [one is None for one in mine] == [one is None for one in theirs]
        assert [one or 0 for one in mine] == pytest.approx([one or 0 for one in theirs], rel=2e-3)
    assert len(found.tried) == TRIED
    assert found.against(found.rule) is None
    if any(below) and None not in (*below, *above):
        assert found.against(replace(found.rule, below=tuple(one / 2 for one in below))), "the rule is too narrow"
        assert found.against(replace(found.rule, above=tuple(one * 2 + 1 for one in above))), "the rule is too wide"


@pytest.mark.parametrize(
    ("solution", "check"),
    [
        ("x = 'a'", "assert x == 'a'"),
        ("x = True", "assert x is True"),
        ("x = {'a': 1}", "assert x['a'] == 1"),
        ("x = math.inf", "assert x > 1"),
        ("x = list(range(9))", "assert len(x) == 9"),
        ("x = y = 2", "assert x == y == 2"),
        ("def x(a):\n    return a", "assert x(1) == 1"),
    ],
)
def test_what_nobody_types_is_not_asked_for(solution: str, check: str) -> None:
    if solution.startswith("def"):
        solution = "x = lambda a: a"
    assert measured(solution, check) is None


def test_a_check_that_accepts_several_places_has_no_rule() -> None:
    found = measured("x = 1.0", "assert abs(abs(x - 2) - 1) < 1e-4")
    assert found
    other = replace(found, tried=(*found.tried, (3.0,)), accepted=(*found.accepted, True))
    assert other.against(other.rule) == (3.0,)
    outcome = Outcome(HERE, {}, {}, {}, (), typed={"one": other})
    assert rules(None, outcome) == {}


@pytest.mark.parametrize("value", [1, 2.5, [1, 2.0], (3,), -1e9])
def test_numbers_that_can_be_typed(value: Callable) -> None:
    assert numbers_of(value) is not None


@pytest.mark.parametrize("value", [True, None, "1", math.nan, math.inf, [], [[1]], 1e13, [1, None]])
def test_what_is_no_number_to_type(value: object) -> None:
    assert numbers_of(value) is None


def test_a_record_keeps_its_rules_and_a_page_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    found = exercise("x = 2.5", "assert abs(x - 2.5) < 1e-3")
    seen = measured("x = 2.5", "assert abs(x - 2.5) < 1e-3")
    assert seen
    outcome = Outcome(HERE, {}, {}, {}, (), typed={"one": seen})
    record = Record.of(found, HERE)
    assert "typed" not in json.loads(record.to_json())
    reported = check_typed(found, record, outcome, "one")
    assert reported
    assert reported.line == found.exercises["one"].cell.line
    assert reported.hint == "Run: pytest lesson.py --update-outputs"
    kept = Record.from_json(replace(record, typed=rules(record, outcome)).to_json())
    assert kept.typed == {"one": seen.rule}
    assert check_typed(found, kept, outcome, "one") is None
    wide = replace(kept, typed={"one": replace(seen.rule, above=(0.01,))})
    reported = check_typed(found, wide, outcome, "one")
    assert reported
    assert reported.evidence[1].startswith("at 2.50")
    gone = check_typed(found, kept, replace(outcome, typed={}), "one")
    assert gone
    assert gone.sentence == reported.sentence
    near = replace(kept, typed={"one": replace(seen.rule, above=(0.0010001,))})
    assert rules(near, outcome) == near.typed, "what the check accepts is left alone"
    monkeypatch.setattr("lessonkit.pages.render.read_record", lambda _: kept)
    page = to_markdown(found, "ko")
    assert '<div class="typed-answer" data-exercise="one" data-name="x" data-rule="{&quot;right&quot;:[2.5]' in page
    assert page.index("typed-answer") < page.index("??? success")
    monkeypatch.setattr("lessonkit.pages.render.read_record", lambda _: record)
    assert "typed-answer" not in to_markdown(found, "ko")


@pytest.mark.parametrize(
    "damaged",
    [{"one": 3}, {"one": {}}, 7, {"one": {"right": [1], "below": [1, 2], "above": [1], "integer": False}}],
)
def test_a_damaged_rule_makes_no_record(damaged: object) -> None:
    values = json.loads(Record.of(exercise("x = 1", "assert x == 1"), HERE).to_json()) | {"typed": damaged}
    with pytest.raises(ValueError, match="not a record"):
        Record.from_json(json.dumps(values))


def test_whole_numbers_and_limits_are_kept() -> None:
    rule = TypedRule((3.0,), (1.0,), (None,), True)
    assert [rule.accepts((one,)) for one in (1.0, 2.0, 2.5, 3.0, 1e9)] == [False, True, False, True, True]
    assert not rule.accepts((3.0, 3.0))


FEWEST = 2
"""How many exercises of a lesson ask for something that readers without Python can type."""


def too_few(lesson: Lesson, record: Record | None) -> list[Problem]:
    """A lesson with fewer exercises whose answer can be typed than each must have, by its record."""
    typed = sorted(lesson.exercises.keys() & record.typed.keys()) if record else []
    if record is None or len(typed) >= FEWEST:
        return []
    sentence = f"readers can type the answers of {len(typed) or 'no'} exercise{'s'[: len(typed) != 1]}, not of {FEWEST}"
    hint = "Ask for numbers, too: an exercise whose solution is one assignment, and a check that accepts an interval."
    return [Problem(lesson.path, 1, sentence, tuple(typed), hint)]


def test_every_lesson_asks_for_two_values() -> None:
    lessons = Path(__file__).parents[1] / "lessons"
    assert [one for path in sorted(lessons.glob("*.py")) for one in too_few(read(path), read_record(read(path)))] == []
    softmax = read(lessons / "softmax.py")
    record = read_record(softmax)
    assert record
    fewer = replace(record, typed={name: rule for name, rule in record.typed.items() if name != "predict"})
    (problem,) = too_few(softmax, fewer)
    assert problem.sentence == "readers can type the answers of 1 exercise, not of 2"
    assert problem.evidence == ("ratio_temperature",)
    renamed = parse(softmax.path, softmax.text.replace('="ratio_temperature"', '="another"'))
    assert "of no exercises" in too_few(renamed, fewer)[0].sentence
    assert too_few(softmax, None) == [], "that nothing is recorded is told by itself"


WRITTEN = {
    "x = 0.5": (0.5,),
    "x = [0.25, -1, (3)]": (0.25, -1.0, 3.0),
    "x = 10 * (1 - 0.6) ** 3": (10 * 0.4**3,),
    "x = 2**31 - 1": (2147483647.0,),
    "x = math.log(1 + math.exp(-1)) / 2": (math.log(1 + math.exp(-1)) / 2,),
    "x = True": None,
    "x = 'a'": None,
    "x = 1 / 0": None,
    "x = 10.0 ** 10**9": None,
    "x = (-1) ** 0.5": None,
    "x = math.sqrt(-1)": None,
    "x = -math.inf": None,
    "x = other + 1": None,
    "x = torch.tensor(100.0).log().item()": None,
    "x = exit()": None,
    "x = []": None,
    "x = 1\nx = 2": None,
    "def x():\n    return 1": None,
}


@pytest.mark.parametrize("source", WRITTEN)
def test_the_numbers_of_a_wrong_answer_are_read_and_not_run(source: str) -> None:
    text = (
        f'{TITLE}# %% exercise="one"\n### BEGIN SOLUTION\nx = 7\n### END SOLUTION\n\n# %% check="one"\nassert x == 7\n'
    )
    wrong = f'\n# %% wrong="one"\n# ko: 아닙니다.\n# en: No.\n{source}\n'
    answer = lesson(text + wrong).exercises["one"].wrong[0]
    found = numbers_written(answer.sources["en"], "x")
    assert found == (None if WRITTEN[source] is None else pytest.approx(WRITTEN[source]))


def test_the_wrong_answers_of_our_lessons_are_known_to_the_pages_and_not_right() -> None:
    known = asked = 0
    for path in sorted(ROOT.glob("lessons/*.py")):
        one = read(path)
        record = read_record(one)
        for name, rule in (record.typed if record else {}).items():
            for answer in one.exercises[name].wrong:
                numbers = numbers_written(answer.sources["en"], name_asked(one.exercises[name]))
                asked, known = asked + 1, known + (numbers is not None)
                assert numbers is None or len(numbers) != len(rule.right) or not rule.accepts(numbers)
    assert known > 0.9 * asked > 50
