"""What a prose cell may not hold, because its page would not show it as it is meant."""

import pytest
from planting import TITLE, lesson, problems

BEGINS = "a heading begins its line and is written `## Title { #anchor }`"
ANCHOR = "a heading needs an explicit anchor"
ADD = "Add one, the same in each language: { #to-probabilities }"
FORMULA = "this $$ does not stand around a paragraph of its own"
ALONE = "Write $$, the formula and $$ on lines of their own, with blank lines before and after, none within."
BAR, ROW = "a row of a table begins with no bar", "Write each row as: | one | two |"
QUOTE = "block quotes are not used in prose cells"
NOTE = "Use `!!! note` instead."
MINUS = "Write − (U+2212) in prose; code keeps its hyphen."
HYPHEN = (
    f"a hyphen stands for a minus sign\n  # From (-1, 2) to 1-NN, `x[-1]`, $-1$ and [one](https://a.b/-1).\n{MINUS}"
)


def unseen(line: str, character: str) -> str:
    sentence = f"a character that nobody sees (U+{ord(character):04X}) stands in this line"
    return f"8: {sentence}\n  # {line}\nRemove it, or write what was meant."


def cell(markdown: str) -> str:
    """A lesson whose last cell, on line 7, holds this Markdown from line 8 on."""
    return f"{TITLE}# %% [markdown]\n" + "".join(f"# {line}".rstrip() + "\n" for line in markdown.split("\n"))


@pytest.mark.parametrize(
    ("markdown", "messages"),
    [
        ("It fell by -0.91.", ["8: a hyphen stands for a minus sign\n  # It fell by -0.91.\n" + MINUS]),
        ("From (-1, 2) to 1-NN, `x[-1]`, $-1$ and [one](https://a.b/-1).", ["8: " + HYPHEN]),
        ("It fell by −0.91, at 1e-10, in 3-8 lines.\n\n- 2 apples", []),
        ("## Two", [f"8: {ANCHOR}\n  # ## Two\n{ADD}"]),
        ("## 둘 { #둘 }", [f"8: {ANCHOR}\n  # ## 둘 {{ #둘 }}\n{ADD}"]),
        ("## Two { .wide #two }", [f"8: {ANCHOR}\n  # ## Two {{ .wide #two }}\n{ADD}"]),
        (
            "## The loss $L$ { #loss }",
            ["8: a heading holds no math\n  # ## The loss $L$ { #loss }\nSay it in words or in `code`."],
        ),
        ("a\n#1 b", [f"9: {BEGINS}\n  # #1 b\nIf it is none, write \\#."]),
        ("##Two { #two }", [f"8: {BEGINS}\n  # ##Two {{ #two }}\nIf it is none, write \\#."]),
        ("!!! note\n    ## Two { #two }", [f"9: {BEGINS}\n  #     ## Two {{ #two }}\nIf it is none, write \\#."]),
        (
            "Two\n---",
            [
                "9: this line makes a heading of the one above\n  # ---\n"
                "Write `## Title { #anchor }`, or a blank line between them."
            ],
        ),
        (
            "One\n=",
            [
                "9: this line makes a heading of the one above\n  # =\n"
                "Write `## Title { #anchor }`, or a blank line between them."
            ],
        ),
        ("a $$x$$ b", [f"8: {FORMULA}\n  # a $$x$$ b\n{ALONE}"]),
        ("a\n$$\nx\n$$", [f"9: {FORMULA}\n  # $$\n{ALONE}"]),
        ("$$\nx\n$$\na", [f"8: {FORMULA}\n  # $$\n{ALONE}"]),
        ("$$\nx\n$$\n\na\n$$\ny\n$$", [f"13: {FORMULA}\n  # $$\n{ALONE}"]),
        ("$$ x $$\n$$ y $$", [f"8: {FORMULA}\n  # $$ x $$\n{ALONE}"]),
        ("!!! note\n    a\n    $$\n    x\n    $$", [f"10: {FORMULA}\n  #     $$\n{ALONE}"]),
        ("a\n\n$$\nx", [f"10: {FORMULA}\n  # $$\n{ALONE}"]),
        ("$$\nx\n\ny\n$$", [f"8: {FORMULA}\n  # $$\n{ALONE}", f"12: {FORMULA}\n  # $$\n{ALONE}"]),
        ("$a\x0crac{1}{2}$", [unseen("$a\x0crac{1}{2}$", "\x0c")]),
        ("an \uf8ff and `\ue000`", [unseen("an \uf8ff and `\ue000`", "\uf8ff")]),
        ("one\u200bword", [unseen("one\u200bword", "\u200b")]),
        ("a \u202eb", [unseen("a \u202eb", "\u202e")]),
        ("a\u2028b", [unseen("a\u2028b", "\u2028")]),
        ("\U0001f469\u200d\U0001f52c \u2764\ufe0f", []),
        ("a | b\n--|--\n1 | 2", [f"8: {BAR}\n  # a | b\n{ROW}"]),
        ("| a | b |\n|--|--|\n| 1 | 2 |\n3 | 4", [f"11: {BAR}\n  # 3 | 4\n{ROW}"]),
        ("| a | b |\n|--|--|\n| 1 | 2 |\n\nc | d", []),
        ("> a", [f"8: {QUOTE}\n  # > a\n{NOTE}"]),
        ("!!! note\n    > a", [f"9: {QUOTE}\n  #     > a\n{NOTE}"]),
        ("1. > a", [f"8: {QUOTE}\n  # 1. > a\n{NOTE}"]),
        (
            "a\n\n```python\nx = 1\n``` \n\n~~~~text\n~~~",
            [
                "14: this fenced code has no end\n  # ~~~~text\n"
                "Close it with a line of as many ` or ~ as it begins with."
            ],
        ),
    ],
)
def test_what_a_page_would_not_show_as_it_is_meant(markdown: str, messages: list[str]) -> None:
    assert problems(cell(markdown)) == [f"lesson.py:{message}" for message in messages]


@pytest.mark.parametrize(
    ("markdown", "line"),
    [("a $\\frac{1}$", 8), ("a\n$x + \\frak$\nb", 9), ("a $x +\n\\frac{1}$", 9), ("a\n\n$$\n\\frac{1}\n$$", 11)],
)
def test_a_formula_that_cannot_be_set_is_reported_with_its_line(markdown: str, line: int) -> None:
    (message,) = problems(cell(markdown))
    assert message.startswith(f"lesson.py:{line}: The formula `")
    assert " cannot be shown: " in message
    assert message.split("\n")[1].strip() == f"# {markdown.split(chr(10))[line - 8]}"


def test_an_empty_cell() -> None:
    empty = "this prose cell is empty\n  # %% [markdown]\nWrite it or remove it."
    assert problems(f"{TITLE}# %% [markdown]\n#\n\n") == [f"lesson.py:7: {empty}"]


@pytest.mark.parametrize(
    "markdown",
    [
        "## 확률로 { #to-probabilities }",
        "## `$x` in a shell { #shell }",
        "```python\n# no heading\n> no quote\n$$\n```",
        "````text\n```\n````",
        "`$$`, `> a` and\n\\#1",
        "a\n\n---\n\n| a | b |\n|---|---|\n| 1 | 2 |",
        "$$ x > 0 $$",
        "$$\n> 0\n$$",
        "$$x\n+ y$$",
        "!!! note\n    $$\n    x\n    $$\n\n    a",
        "- a\n\n    $$\n    x\n    $$\n\n- b",
        "It costs \\$5, or \\$\\$.",
        "$a\n+ b$ and $c$",
        "```text inline``` code",
    ],
)
def test_what_pages_show_well(markdown: str) -> None:
    lesson(cell(markdown))


@pytest.mark.parametrize(
    ("markdown", "sentences"),
    [
        ('??? question "1. Why?"', ["this question has no answer"]),
        ('??? question "1. Why?"\n\nBecause.', ["this question has no answer"]),
        ('??? question "1. Why?"\n    ??? tip "So"\n    It is.', ["this admonition holds nothing"]),
        ('!!! note "Well"\n  Nearly indented.', ["this admonition holds nothing"]),
        ('!!! note "Well"\n\n    Indented.\n\n??? question "1. Why?"\n    ```text\n    !!! note\n    ```', []),
        ("A formula \\(x\\) here.", ["this is a formula on the page, and text in a notebook"]),
        ("\\[\nx = 1\n\\]", ["this is a formula on the page, and text in a notebook"]),
        ("The list \\[1, 2\\] and \\(one bracket, and `\\(x\\)`.", []),
    ],
)
def test_what_holds_nothing_and_formulas_of_the_page_alone(markdown: str, sentences: list[str]) -> None:
    found = [message.split("\n")[0].partition(": ")[2] for message in problems(cell(markdown))]
    assert [one for one in found if "holds nothing" in one or "no answer" in one or "formula" in one] == sentences
