"""Decimals of prose are roundings of numbers that the lesson prints or computes with."""

from decimal import Decimal

import pytest
from planting import GOOD, TITLE, lesson, planted

from lessonkit.checks.numbers import agrees, check_section, shown
from lessonkit.checks.pairs import sections


def unshown(text: str) -> list[str]:
    """What is told about the numbers of a lesson."""
    good = lesson(text)
    return [str(problem) for section in sections(good) for problem in check_section(good, section)]


def test_numbers_of_outputs_and_code() -> None:
    code = (
        "x = [-0.5, 1_000.25, 0x10, 1e-3, .75, 2j, True, 1e999]\n"
        'y = f"{x[0] * 0.125:.4f} 9.5"  # 8.5\n'
        "print(x)\n"
        "# > tensor([ 1.5000, -2.5e-01, nan, inf, 3., .5]) v1.25 1.2.3 a7.5 1,234,567.5 6.5%\n"
    )
    found = shown(lesson(f"{TITLE}# %%\n{code}"))
    assert found == sorted(found)
    assert set(found) == {
        *map(Decimal, ("0.5", "1000.25", "16", "0.001", "0.75", "0", "0.125")),
        *map(Decimal, ("1.5", "0.25", "3", "1.2", "1", "234", "567.5", "1234567.5", "6.5")),
    }


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0.67", "0.6652"),
        ("0.7", "0.6652"),
        ("0.6652", "0.6652"),
        ("1.0", "0.95"),
        ("0.13", "0.125"),
        ("0.12", "0.125"),
        ("-0.5", "0.5"),
        ("90.8%", "0.9084"),
        ("90.8 %", "90.84"),
        ("1,234.5", "1234.46"),
        ("2.5e-05", "0.0000251"),
        ("0.0", "0.04"),
        ("3.14159265358979323846264338327950288419", "3.14159265358979323846264338327950288420"),
    ],
)
def test_a_rounding_agrees(written: str, number: str) -> None:
    assert agrees(written, [Decimal(number)])
    assert agrees(written, sorted([Decimal(0), Decimal(number), Decimal(10) ** 9]))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0.66", "0.6652"),
        ("0.6650", "0.6652"),
        ("0.68", "0.6652"),
        ("90.8", "0.9084"),
        ("90.8%", "0.0908"),
        ("1.5", "15"),
        ("0.1", "0"),
    ],
)
def test_anything_else_does_not_agree(written: str, number: str) -> None:
    assert not agrees(written, [Decimal(number)])


@pytest.mark.parametrize("number", ["1.0e99999999999999999999", "1.0e-99999999999999999999", "1.0e999999999"])
def test_an_exponent_beyond_all_bounds_agrees_with_nothing(number: str) -> None:
    assert not agrees(number, [Decimal(1)])
    assert shown(lesson(f'{TITLE}# %%\nprint("{number} 2.5")\n# > {number} 2.5\n')) == [Decimal("2.5")]


def test_without_numbers_nothing_agrees() -> None:
    assert not agrees("0.5", [])


def test_a_good_lesson_shows_its_numbers() -> None:
    assert unshown(GOOD) == []


def reported(line: int, number: str, evidence: str) -> str:
    return (
        f"lesson.py:{line}: the number {number} is in no output and no code of the lesson\n  {evidence}\n"
        f"Print it, correct it, or cite it: *{number}*{{ .cited }} with its source linked beside it."
    )


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        ("The mean is 2.50.", "The mean is 2.51.", [reported(21, "2.51", "- The mean is 2.51.")]),
        ("평균은 2.50입니다", "평균은 2.6입니다", [reported(13, "2.6", "- 평균은 2.6입니다.")]),
        ("| 4 | 2.5 |", "| 4.25 | 2.5 |", [reported(86, "4.25", "| 4.25 | 2.5 |")]),
        (
            "grow **evenly**",
            "grow from 1.0 to 4.1 and 4.1",
            [reported(79, "4.1", "The four numbers grow from 1.0 to 4.1 and 4.1.")],
        ),
        ("# - value: 값", "# - value 9.5: 값 9.5", []),
        (
            "The mean is 2.50.",
            "The mean is *9.5*{ .cited }.",
            [
                "lesson.py:21: the number 9.5 is cited, and its paragraph links no source\n"
                "  - The mean is *9.5*{ .cited }.\nLink the source: [who says so](https://...)"
            ],
        ),
        ("The mean is 2.50.", "The mean is *9.5*{ .cited } ([a](https://a.org)).", []),
        ("The mean is 2.50.", "The mean is [9.5](https://a.org).", []),
    ],
)
def test_a_number_that_nothing_shows_is_reported_with_its_line(old: str, new: str, messages: list[str]) -> None:
    assert unshown(planted(old, new)) == messages
