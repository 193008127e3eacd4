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
        ("# ## The mean { #mean }\n", "", [lacks(27, "en", "heading", "mean", "## #mean")]),
        (
            "[first lesson](first.md#sum)",
            "[first lesson](first.md)",
            [
                lacks(29, "en", "internal link", "mean", "first.md#sum"),
                lacks(38, "ko", "internal link", "mean", "first.md"),
            ],
        ),
        ("`mean()`을", "평균을", [lacks(18, "ko", "API name", "sums", "mean")]),
    ],
)
def test_what_one_language_lacks_is_reported_once_with_its_place(old: str, new: str, messages: list[str]) -> None:
    assert differences(planted(old, new)) == messages


def test_the_levels_of_headings_are_compared() -> None:
    korean = planted("# ## 평균 { #mean }", "# ## 더 { #more }\n#\n# ## 평균 { #mean }")
    both = planted("# ## The mean { #mean }", "# ## More { #more }\n#\n# ### The mean { #mean }", korean)
    assert differences(both) == [
        lacks(29, "en", "heading", "more", "## #mean"),
        lacks(40, "ko", "heading", "more", "### #mean"),
    ]


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("[가](https://a.org) [나](a.md)", "[b](a.md), [c](mailto:a@b.org) [d](//e.org)"),
        ("`x.sum(dim=0)` `dim=0`", "`x.sum()`"),
    ],
)
def test_what_need_not_be_the_same_sentence(korean: str, english: str) -> None:
    assert differences(f"{TITLE}{KO}# {korean}\n\n{EN}# {english}\n") == []


def test_a_neutral_cell_serves_both() -> None:
    assert differences(f"{TITLE}{KO}# `a.b`\n\n{EN}# a\n\n# %% [markdown]\n# `a.b`\n") == []
    neutral = "# %% [markdown]\n# ## B {{ #b }}\n#\n# `a.b`\n\n".replace("{{", "{").replace("}}", "}")
    text = f"{TITLE}{neutral}{KO}# `a.c`\n\n{EN}# a\n"
    assert differences(text) == [lacks(13, "en", "API name", "b", "a.c")]


def test_a_fact_in_another_section_does_not_count() -> None:
    text = f"{TITLE}{KO}# `a.b`\n\n{EN}# a\n\n{KO}# ## 나 {{ #b }}\n\n{EN}# ## B {{ #b }}\n#\n# `a.b`\n"
    assert differences(text) == [lacks(8, "en", "API name", "sum", "a.b"), lacks(19, "ko", "API name", "b", "a.b")]


def test_a_section_knows_its_code_and_its_pairs() -> None:
    sums, mean, quiz = sections(lesson(GOOD))
    assert [[cell.kind for cell in section.code] for section in (sums, mean, quiz)] == [
        ["code"],
        ["code", "figure", "exercise", "check"],
        [],
    ]
    assert [(one.line, two.line) for one, two in mean.pairs] == [(26, 35), (71, 78)]
