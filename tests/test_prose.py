"""What a piece of Markdown says, and what in it is code, math or a link and says nothing."""

import pytest

from lessonkit.lesson.prose import (
    Formula,
    Heading,
    api_names,
    decimals,
    first_paragraph,
    formulas,
    headings,
    links,
    open_fence,
    plain_text,
    uncited,
    without_code,
    without_fences,
)


def test_a_heading_with_a_number_of_its_own() -> None:
    assert list(headings("## Step 1: data { #data .numbered }")) == [Heading(0, 2, "Step 1: data", "data")]
    assert list(headings("## Step 1: data { #data .wide }"))[0].anchor is None


def test_headings() -> None:
    markdown = (
        "# 확률 { #probability }\n\n```python\n# no heading\n```\n###  C# and `F`  {#c}  \n## Bare\n#tag\n####### seven"
    )
    assert list(headings(markdown)) == [
        Heading(0, 1, "확률", "probability"),
        Heading(5, 3, "C# and `F`", "c"),
        Heading(6, 2, "Bare", None),
    ]


def test_fences_open_and_close_with_the_same_marks() -> None:
    markdown = "a\n````text\n```\n~~~~\n````\nb\n~~~ python\n~~~~\n~~~\nc\n    ```\n    d\n    ```\n``` e ``` f"
    assert (
        without_fences(markdown)
        == "a\n        \n   \n    \n    \nb\n          \n    \n   \nc\n       \n     \n       \n``` e ``` f"
    )
    assert open_fence(markdown) is None
    assert open_fence("a\n```python\nx\n``` no end\n````") == 1


def test_code_is_blanked_and_keeps_its_place() -> None:
    assert without_code("a `b` ``c ` d`` \\`e `f\ng` h") == f"a{' ' * 15}\\`e   \n   h"
    assert without_code("a `b\n\nc` d") == "a `b\n\nc` d", "code does not go on in the next paragraph"


def test_formulas_with_the_lines_they_begin_on() -> None:
    markdown = "$a$와 `$b$` \\$5, $6 and $7\n\n$$\n\\frac{c}\n{d}\n$$\n\n$$ e $$\n\nf $g +\nh$ i"
    assert list(formulas(markdown)) == [
        Formula(3, "\\frac{c}\n{d}", True),
        Formula(7, "e", True),
        Formula(0, "a", False),
        Formula(9, "g +\nh", False),
    ]


def test_links() -> None:
    markdown = (
        '[a](softmax.md#t) ![b](c.png "d") [e `[0]`](<f>)\n[g](https://h.org/i_(j)){ .k }\n`[l](m)`\n\n```\n[n](o)\n```'
    )
    assert list(links(markdown)) == [(0, "softmax.md#t"), (0, "c.png"), (0, "<f>"), (1, "https://h.org/i_(j)")]


def test_names_in_code_that_are_dotted_or_called() -> None:
    markdown = "`F.softmax` `dim` `x.sum(dim=0).item()`\n`print()` `a.b` `0.5` `a + b.c` `f(x\n, y)`\n\n```\n`a.b`\n```"
    assert list(api_names(markdown)) == [(0, "F.softmax"), (0, "x.sum"), (1, "print"), (1, "a.b"), (1, "f")]


@pytest.mark.parametrize(
    ("markdown", "numbers"),
    [
        ("0.67입니다. 약 1.5배, -0.5와 −0.25", ["0.67", "1.5", "-0.5", "-0.25"]),
        ("90.8%입니다, 12.5 % and 3.5%p.", ["90.8%", "12.5 %", "3.5%"]),
        ("0.1~0.3, 0.4-0.5, 0.6–0.7, (0.8,0.9)", ["0.1", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9"]),
        ("ends in 0.67. And 1.5x or 2.5kB", ["0.67", "1.5", "2.5"]),
        ("1,234.5 and 12,345,678.25, but (0.1,234.5)", ["1,234.5", "12,345,678.25", "0.1", "234.5"]),
        ("1.5e-05 and 2.5E+3", ["1.5e-05", "2.5E+3"]),
        ("torch 2.13.0, v3.11, 2024.05.12, 2024. 5. 12., 192.168.0.1", []),
        ("5, 10%, 1,000, 1/3, 3:2, x1.5, a.5, softmax.py", []),
        ("## 1.5 times { #a }\n\n| 0.09 | 0.24 |\n|---|---|\n| **0.67** | 1 |", ["1.5", "0.09", "0.24", "0.67"]),
        ('!!! note "0.5"\n    0.25\n\n- 0.75', ["0.5", "0.25", "0.75"]),
        ("`0.5` $0.5$\n\n$$\n0.5\n$$\n\n```\n0.5\n```\n\na $0.5 +\n0.5$ b", []),
        ("[0.5](https://a.org/1.5) <https://a.org/2.5> https://a.org/3.5 ![4.5](a.png)", []),
        ('<span style="width: 0.5em" data-x="1.5">2.5</span> <!-- 3.5 -->', ["2.5"]),
        ("**0.5**{ .cited } *1.5*{.cited} _2.5_{ .cited #a } **3.5**", ["3.5"]),
        ('??? question "Is it 0.5?"\n    No, 1.5.\n\n    2.5\n\n3.5', ["0.5", "1.5", "2.5", "3.5"]),
        ('- a\n\n    ???+ question "b"\n        1.5\n    2.5\n\n!!! question\n    3.5', ["1.5", "2.5", "3.5"]),
        ('```\n??? question "a"\n```\n\n0.5', ["0.5"]),
    ],
)
def test_decimals_of_running_prose(markdown: str, numbers: list[str]) -> None:
    assert [number for _, number in decimals(markdown)] == numbers


def test_decimals_know_their_lines() -> None:
    assert list(decimals("a\n\n```\n1.5\n```\n2.5\n`x\ny` 3.5")) == [(5, "2.5"), (7, "3.5")]


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("*0.886*{ .cited }", [(0, "0.886")]),
        ("[a](https://a.org)\n\nb\n*0.886*{ .cited }", [(3, "0.886")]),
        ("*0.886*{ .cited } in\n[a](https://a.org)", []),
        ("*0.886*{ .cited } (<https://a.org>)", []),
        ("`*0.886*{ .cited }`", []),
    ],
)
def test_cited_numbers_whose_paragraph_links_no_source(markdown: str, found: list[tuple[int, str]]) -> None:
    assert list(uncited(markdown)) == found


@pytest.mark.parametrize(
    ("markdown", "paragraph"),
    [
        ("# A { #a }\n\nb\n`c`\n\nd", "b\n`c`"),
        ("# A { #a }\nb", "b"),
        ("# A { #a }\n\n!!! note\n    b\n\n- c\n\n1. d\n\n$$\ne\n$$\n\n| f |\n\n<p>g</p>\n\n**h** i", "**h** i"),
        ("# A { #a }", ""),
    ],
)
def test_the_first_paragraph(markdown: str, paragraph: str) -> None:
    assert first_paragraph(markdown) == paragraph


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("**소프트맥스**(softmax)는 *확률*을\n[준다](a.md){ .b }.", "소프트맥스(softmax)는 확률을 준다."),
        ("`F.softmax`, `a * b`, `__init__`, `{0}` and `**kw`", "F.softmax, a * b, __init__, {0} and **kw"),
        ("2 * 3 * 4, a_b_c, {0, 1} and 3 < 4", "2 * 3 * 4, a_b_c, {0, 1} and 3 < 4"),
        ("***a*** _b_ __c__ **a `b` c**", "a b c a b c"),
        ("the rate $\\eta$, $p_i$ and \\$5, \\*", "the rate \\eta, p_i and $5, *"),
        ('<span class="a">b</span> ![c](d.png) [e `[0]`](f.md)', "b c e [0]"),
        ("*0.886*{ .cited }", "0.886"),
    ],
)
def test_plain_text(markdown: str, text: str) -> None:
    assert plain_text(markdown) == text
