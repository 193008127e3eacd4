"""Both languages say the same thing, section by section."""

import pytest
from planting import GOOD, TITLE, lesson, planted

from lessonkit.checks.pairs import check_section, sections

KO, EN = '# %% [markdown] lang="ko"\n', '# %% [markdown] lang="en"\n'


def differences(text: str) -> list[str]:
    """What is told about all sections of a lesson."""
    good = lesson(text)
    return [str(problem) for section in sections(good) for problem in check_section(good, section)]


def lacks(line: int, lang: str, kind: str, section: str, fact: str) -> str:
    """The message where one of two languages lacks a fact."""
    other = {"ko": "en", "en": "ko"}[lang]
    return (
        f"lesson.py:{line}: {lang} lacks this {kind}, which {other} has in section #{section}\n"
        f"  {fact}\nSay it in {lang} too, or remove it from {other}."
    )


def test_a_good_lesson_says_the_same_in_both_languages() -> None:
    assert differences(GOOD) == []


def test_sections_begin_where_a_cell_holds_a_heading() -> None:
    found = list(sections(lesson(GOOD)))
    assert [(section.anchor, section.line) for section in found] == [("sums", 7), ("mean", 26), ("quiz", 103)]
    assert [len(section.cells["ko"]) for section in found] == [1, 3, 1]
    assert [[cell.line for cell in section.cells["en"]] for section in found] == [[15], [35, 78, 83], [109]]


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            "# ## The mean { #mean }",
            "# ## The mean { #average }",
            [lacks(27, "en", "heading", "mean", "## #mean"), lacks(36, "ko", "heading", "mean", "## #average")],
        ),
        (
            "# ## The mean { #mean }",
            "# ### The mean { #mean }",
            [lacks(27, "en", "heading", "mean", "## #mean"), lacks(36, "ko", "heading", "mean", "### #mean")],
        ),
        ("# ## The mean { #mean }\n", "", [lacks(27, "en", "heading", "mean", "## #mean")]),
        (
            "\\sum_i x_i \\quad \\text{(mean)}",
            "\\sum_i x_n \\quad \\text{(mean)}",
            [
                lacks(32, "en", "display formula", "mean", "\\bar{x} = \\frac{1}{n} \\sum_i x_i \\quad \\text"),
                lacks(41, "ko", "display formula", "mean", "\\bar{x} = \\frac{1}{n} \\sum_i x_n \\quad \\text"),
            ],
        ),
        (
            '# !!! abstract "Goals"',
            '# !!! note "Goals"',
            [lacks(12, "en", "admonition", "sums", "abstract"), lacks(20, "ko", "admonition", "sums", "note")],
        ),
        (
            "[first lesson](first.md#sum)",
            "[first lesson](first.md)",
            [
                lacks(29, "en", "internal link", "mean", "first.md#sum"),
                lacks(38, "ko", "internal link", "mean", "first.md"),
            ],
        ),
        ("`mean()`을", "평균을", [lacks(18, "ko", "API name", "sums", "mean")]),
        ("# - value: 값\n", "# - value: 값\n# - 0.5 s: 0.5초\n", []),
        (
            "The mean is 2.50.",
            "The mean is 2.5.",
            [lacks(13, "en", "decimal", "sums", "2.50"), lacks(21, "ko", "decimal", "sums", "2.5")],
        ),
        ("The mean is 2.50.", "The mean is 2.50, or 2.50.", []),
        ("10, not 2.50", "10", [lacks(107, "en", "decimal", "quiz", "2.50")]),
    ],
)
def test_what_one_language_lacks_is_told_once_with_its_place(old: str, new: str, messages: list[str]) -> None:
    assert differences(planted(old, new)) == messages


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("0.5, 0.25", "0.25 then 0.5"),
        ("50.5 %와 1,234.5", "50.5% and 1234.5"),
        ("−0.5", "$-0.5$, −0.5"),
        ("[가](https://a.org) [나](a.md)", "[b](a.md), [c](mailto:a@b.org) [d](//e.org)"),
        ("`x.sum(dim=0)` `dim=0`", "`x.sum()`"),
        ("$a$", "$b$"),
        ("!!! note\n#     가", '!!! note "a"\n#     b'),
        ("3과 4", "5"),
    ],
)
def test_what_need_not_be_the_same_sentence(korean: str, english: str) -> None:
    assert differences(f"{TITLE}{KO}# {korean}\n\n{EN}# {english}\n") == []


def test_a_neutral_cell_serves_both() -> None:
    assert differences(f"{TITLE}{KO}# 0.5\n\n{EN}# a\n\n# %% [markdown]\n# 0.5\n") == []
    neutral = "# %% [markdown]\n# ## B { #b }\n#\n# 0.5\n\n"
    text = f"{TITLE}{neutral}{KO}# 0.25\n\n{EN}# a\n"
    assert differences(text) == [lacks(13, "en", "decimal", "b", "0.25")]


def test_a_fact_in_another_section_does_not_count() -> None:
    text = f"{TITLE}{KO}# 0.5\n\n{EN}# a\n\n{KO}# ## 나 {{ #b }}\n\n{EN}# ## B {{ #b }}\n#\n# 0.5\n"
    assert differences(text) == [lacks(8, "en", "decimal", "sum", "0.5"), lacks(19, "ko", "decimal", "b", "0.5")]
