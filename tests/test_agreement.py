"""Page, notebook and program say the same, or the lesson is refused with its line and what to write instead."""

from __future__ import annotations

import pytest
from mkdocs.utils import yaml_load
from planting import TITLE, lesson, problems
from test_render import ROOT

from lessonkit.notebooks.outline import outline
from lessonkit.notebooks.same_outline import check_rendered, disagreements, notebook_html
from lessonkit.pages.markdown import EXTENSIONS, to_html

LESSONS = sorted((ROOT / "lessons").glob("*.py"))


def text(markdown: str) -> str:
    """A lesson with this Markdown between two paragraphs; it begins on line 10."""
    lines = ["Before.", "", *markdown.split("\n"), "", "After."]
    return f"{TITLE}# %% [markdown]\n" + "".join(f"# {line}\n" if line else "#\n" for line in lines)


def reported(markdown: str) -> list[str]:
    """What is said about it, by the rules or by the comparison, as pytest and the build say it."""
    found = problems(text(markdown))
    return found or [str(problem) for problem in disagreements(lesson(text(markdown)))]


def test_the_extensions_are_those_of_the_site() -> None:
    named = yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
    configs = {
        name: config or {} for one in named for name, config in (one if isinstance(one, dict) else {one: {}}).items()
    }
    assert configs == EXTENSIONS


SAME = [
    "| a | b |\n|---|--:|\n| `x|y` | x \\| y |",
    "| a | b |\n|---|---|\n| `p(x | y)`, `|` | $p$ |\n\n- x",
    "1. a\n    - b\n\n    more\n\n2. c",
    "- a\n    - b\n        - c\n- d\nlazy",
    "- a\n\n    ```python\n    x = 1\n    ```\n\n- b\n\n    $$\n    x\n    $$",
    "- a\n\nA sentence.\n\n1. b",
    "It costs \\$5, \\$5/\\$10 each, US\\$7; $x$는 $5x$이고 $[0, 1)$, $n$번째.",
    "## C\\# and `Vec<int>` { #cs }",
    "## A *b* `c` **d** & e_f { #x }",
    "***both*** and **a *b* c** and snake_case and __bold__ and **굵게(bold)**는",
    "one<br>two, H<sub>2</sub>O, <kbd>a</kbd>, <b>x</b>, 1 < 2 & 3 &lt; 4 &copy; 5",
    "<https://example.org/> and [소](https://ko.wikipedia.org/wiki/소프트맥스) and `www.example.org`",
    '!!! note "A *b* `c`"\n    - a\n    - b\n\n    | a |\n    |---|\n    | `x|y` |\n\n    $$\n    x\n    $$',
    '??? question "Is $x < y$?"\n    1. a\n    2. b',
    "```text\n%%time\n\\\n| a |\n`` x ``\n$5 or $10 www.example.org\n\ttab\n```".replace("%%time", "%time"),
    "***\n\n- - -\n\na\\_b \\* \\# \\\\ x",
    "3~5, 7~9 and a ~~b~~ c",
]


@pytest.mark.parametrize("markdown", SAME)
def test_what_both_show_alike_is_accepted(markdown: str) -> None:
    assert reported(markdown) == []


DIFFER = "the page and the notebook would show this differently"
LIST = "A list has a blank line before it"
TABLE = "In a table, write"
REFUSED = {
    "text\n- a\n- b": (DIFFER, LIST),
    "text\n1. a": (DIFFER, LIST),
    "- a\n- b\n\n1. one\n2. two": (DIFFER, LIST),
    "- a\n\n* b": (DIFFER, LIST),
    "1. a\n2. b\n\n- c": (DIFFER, LIST),
    "- a\n  - b": (DIFFER, LIST),
    "- a\n   - b": (DIFFER, LIST),
    "1. a\n   - b": (DIFFER, LIST),
    "1. a\n\n   more": (DIFFER, LIST),
    "- a\n\n  more": (DIFFER, LIST),
    "- a\n\n      code": (DIFFER, LIST),
    "3. a\n4. b": (DIFFER, LIST),
    "2019. It was": (DIFFER, LIST),
    "1) a\n2) b": (DIFFER, LIST),
    "- a\n\n    ```python\n    x\n    ```\n- b": (DIFFER, LIST),
    "- [ ] a: b\n- [x] b: c": ("a choice stands outside of a question", "Write - [x]"),
    "- [ ]\n- [x]": ("a choice is written - [x] choice: explanation", "Write - [x]"),
    "text\n| a | b |\n|---|---|\n| 1 | 2 |": (DIFFER, TABLE),
    "| a | b |\n|---|---|\n| $|x|$ | 2 |": (DIFFER, TABLE),
    "| a | b |\n|---|---|\n| `x\\|y` | 2 |": (DIFFER, TABLE),
    "a\\\nb": ("a backslash at the end of a line", "Write <br>"),
    "a  \nb": ("spaces at the end of a line are not seen", "Write <br>"),
    "a\tb": ("a tab stands in this line", "Write four spaces"),
    "- a\n\n\tb": ("a tab stands in this line", "Write four spaces"),
    "## C# { #cs }": (DIFFER, "Write signs of Markdown in a heading with a backslash"),
    "## Vec<int> { #vec }": ("a notebook cannot show", "Write &lt; for"),
    "a Vec<int> b": ("a notebook cannot show", "Write &lt; for"),
    "<b>bold\n\nnext</b>": ("a notebook cannot show <b> that is not closed", "Say it with"),
    "<em>x": ("a notebook cannot show <em> that is not closed", "Say it with"),
    "#### Deep { #deep }": ("this heading of level 4 stands under one of level 1", "Begin it with ##"),
    "A ($5) or ($10).": ("this `$` is a price rather than a formula", "Write \\$"),
    "$5/$10 each": ("this `$` is a price rather than a formula", "Write \\$"),
    "$5-$10": ("this `$` is a price rather than a formula", "Write \\$"),
    "US$5와US$7": ("this `$` is a price rather than a formula", "Write \\$"),
    "5$와 10$": ("this `$` is a price rather than a formula", "Write \\$"),
    "$5 for one, ten for $": ("this `$` neither begins nor ends a formula", "Write \\$"),
    "$5 each or ten for$": ("this `$` is a price rather than a formula", "Write \\$"),
    "It costs $5.": ("this `$` neither begins nor ends a formula", "Write \\$"),
    "see $x$ and $y + z": ("this `$` neither begins nor ends a formula", "Write \\$"),
    "see https://example.org/": ("an address without < > is a link in a notebook only", "Write <https"),
    "see www.example.org": ("an address without < > is a link in a notebook only", "Write <https"),
    "ask me@example.org": ("an address without < > is a link in a notebook only", "Write <https"),
    "![a](https://example.org/a.png)": ("this picture is not in the lesson", "Draw it: # %% figure="),
    "![a](attachment:a.png)": ("this picture is not in the lesson", "Draw it: # %% figure="),
    "\\\\(x\\\\)": ("this begins a formula in a notebook", "Write a formula as"),
    "\\begin{align}x\\end{align}": ("this begins a formula in a notebook", "Write a formula as"),
    "text\n```python\nx\n```": (DIFFER, "Say it with"),
    "text { .lead } more": (DIFFER, "Say it with"),
    ":math:`x`": ("a role of reStructuredText", "Write `name` or $formula$"),
    ".. note:: Careful": ("a directive of reStructuredText", "Write an admonition"),
    "see :ref:`scores`": ("a role of reStructuredText", "Write `name`"),
    "the ``softmax`` function": ("a literal of reStructuredText", "Write it between single"),
    "`text <https://a.org>`_": ("a link of reStructuredText", "Write [text](address)"),
    "the line |br| breaks": ("a name of reStructuredText", "Write what it stands for"),
    "as in [1]_": ("a citation of reStructuredText", "Write [text](address)"),
    ":param x: the logits": ("a field of reStructuredText", "Write it as a sentence"),
    "+---+---+\n| a | b |\n+===+===+": ("a table of reStructuredText", "Write rows that begin with a bar"),
    "see \\eqref{loss}": ("a reference of LaTeX is text on the page", "Write it in words"),
    "text [](softmax.md) here": ("this link has no text", "Write [text](address)"),
    "Example::": ("this line ends as in reStructuredText", "Write one colon"),
    "```text\n%%time\n```": ("this line begins a cell, for it begins with %%", "A lesson has no magics of IPython"),
    "%%time": ("this line begins a cell, for it begins with %%", "A lesson has no magics of IPython"),
    "Title\n=====": ("this line makes a heading of the one above", "Write `## Title"),
    "> a quote": ("block quotes are not used", "Use `!!! note`"),
    "Text[^1].": ("a notebook cannot show a footnote", "Say it with"),
    "*[HTML]: Hyper": ("a notebook cannot show an abbreviation", "Say it with"),
    "Term\n:   Its definition": ("a notebook cannot show a definition list", "Say it with"),
    "[a][b]\n\n[b]: softmax.md": ("a notebook cannot show a link's address", "Say it with"),
    "![a](a.png)": ("a notebook cannot show a picture that lies beside", "Say it with"),
}


@pytest.mark.parametrize("markdown", REFUSED)
def test_what_both_show_differently_is_refused_with_its_line(markdown: str) -> None:
    sentence, hint = REFUSED[markdown]
    message = reported(markdown)[0]
    first, *_, last = message.split("\n")
    path, line, said = first.split(":", 2)
    assert (path, said.strip()[: len(sentence)]) == ("lesson.py", sentence)
    assert 10 <= int(line) < 10 + len(markdown.split("\n"))
    assert last.startswith(hint)


def test_the_difference_is_shown_from_both_sides() -> None:
    assert reported("A sentence.\n\ntext\n- a") == [
        "lesson.py:12: the page and the notebook would show this differently\n  text\n"
        "  page: text - a </p>\n  notebook: text </p> <ul> <li> <p> a\n"
        "A list has a blank line before it and begins with - or 1.; what belongs to an item is indented by four spaces;"
        " between two lists stands a sentence."
    ]


@pytest.mark.parametrize(
    ("first", "second", "sentence"),
    [
        ("- a", "1. b", "this cell begins with a list, right after the list of another cell"),
        ("- a\n\n    more", "- b", "this cell begins with a list, right after the list of another cell"),
        ("- a", "    b", "this cell begins with an indented line"),
        ('!!! note "T"\n    a', "    b", "this cell begins with an indented line"),
    ],
)
def test_what_a_page_would_join_across_cells_is_refused(first: str, second: str, sentence: str) -> None:
    cells = "".join(
        "# %% [markdown]\n" + "".join(f"# {line}".rstrip() + "\n" for line in markdown.split("\n"))
        for markdown in (first, second)
    )
    assert sentence in "\n".join(problems(TITLE + cells))
    between = cells.replace("# %% [markdown]\n# - b", "# %%\nx = 1\n\n# %% [markdown]\n# - b")
    if between != cells:
        assert disagreements(lesson(TITLE + between)) == []


def test_an_outline_tells_what_is_seen() -> None:
    assert outline('<p>a <b>b</b>\n <i class="x">c</i></p><ul><li>d<ul><li><p>e</p></li></ul></li></ul>') == [
        *("<p>", "a ", "<strong>", "b", "</strong>", " ", "<em>", "c", "</em>", "</p>"),
        *("<ul>", "<li>", "<p>", "d", "</p>", "<ul>", "<li>", "<p>", "e", "</p>", "</li>", "</ul>", "</li>", "</ul>"),
    ]
    assert outline("<ol start='3'></ol>") != outline("<ol></ol>") == outline("<ol start='1'></ol>")
    assert outline("<td>a</td>") != outline("<td style='text-align: right'>a</td>")
    assert outline("<pre>a  \n b</pre>") != outline("<pre>a\n b</pre>")


@pytest.mark.parametrize("formula", ["x < y", "a_1 * b_2 * c", "\\frac{a}{b} \\\\ c", "|x|"])
def test_a_formula_is_not_read_as_markdown(formula: str) -> None:
    markdown = f"a ${formula}$ b **$c$**\n\n$$\n{formula}\n$$"
    assert outline(to_html(markdown)) == outline(notebook_html(markdown))
    assert outline(to_html(markdown)) != outline(notebook_html(markdown.replace("c", "d")))


def test_a_page_that_is_rendered_already_is_compared() -> None:
    good = lesson(text("- a\n- [b](softmax.md)"))
    html = to_html("Before.\n\n- a\n- [b](softmax.md)\n\nAfter.").replace("softmax.md", "../softmax/")
    assert check_rendered(good, "ko", {1: html}) == []
    bad = lesson(text("text\n- a"))
    assert check_rendered(bad, "ko", {1: to_html("Before.\n\ntext\n- a\n\nAfter.")}) == disagreements(bad)[:1]
