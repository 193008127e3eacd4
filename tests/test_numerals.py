"""Numbers of a sentence, written with digits and spelled out."""

import pytest

from lessonkit.lesson.numerals import numbers, running_text, spelled


@pytest.mark.parametrize(
    ("text", "lang", "values"),
    [
        ("0.50, 1,234.5 and 1e-6", "en", [("0.50",), ("1234.5",), ("1e-6",)]),
        ("from −4 to n−1", "en", [("−4",), ("1",)]),
        ("2 million, 3 hundred", "en", [("2000000", "2"), ("300", "3")]),
        ("section 6.2.2 of MLP2", "en", [("6.2.2",), ("2",)]),
        ("28만과 2백", "ko", [("280000", "28"), ("200", "2")]),
        ("12만 7천 번", "ko", [("127000",)]),
        ("686만, 1.5억", "ko", [("6860000", "686"), ("150000000", "1.5")]),
        ("10분의 1과 10분의 3", "ko", [("10",), ("10",), ("3",)]),
        ("만 분의 1만큼", "ko", []),
        ("1,2,3", "ko", [("1",), ("2",), ("3",)]),
    ],
)
def test_written_numbers(text: str, lang: str, values: list[tuple[str, ...]]) -> None:
    assert [number.values for number in numbers(text, lang)] == values


def test_a_number_knows_its_line() -> None:
    assert [(number.line, number.written) for number in numbers("가\n28만 개\n\n3개", "ko")] == [(1, "28만"), (3, "3")]


def test_code_formulas_and_addresses_hold_no_numbers_of_prose() -> None:
    text = running_text("`dim=0` $x_1$ [3개](a.md#b4) <b id='5'> https://a.org/6 { #c7 } 8")
    assert [number.written for number in numbers(text, "en")] == ["3", "8"]


@pytest.mark.parametrize(
    ("text", "lang", "clear", "vague"),
    [
        ("Three of ten, twenty-one", "en", {"3": 1, "10": 1, "21": 1}, {"1": 1}),
        ("two million, a thousandfold", "en", {}, {"2000000": 1, "1000000": 1, "1000": 1}),
        ("one ten-thousandth", "en", {}, {"1": 1, "10000": 1, "1000": 1}),
        ("twice a tenth", "en", {}, {"2": 1, "10": 1}),
        ("셋과 스물", "ko", {"3": 1, "20": 1}, {}),
    ],
)
def test_spelled_numbers(text: str, lang: str, clear: dict[str, int], vague: dict[str, int]) -> None:
    found = spelled(text, lang)
    assert (+found[0], +found[1]) == (clear, vague)
