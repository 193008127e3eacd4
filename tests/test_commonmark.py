"""What Jupyter, Colab and VS Code get for the Markdown of a lesson; a CommonMark reader is asked where it counts."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from lessonkit.notebooks.commonmark import NotPortable, portable


def link(target: str) -> str | None:
    return {"softmax.md": "softmax.ipynb", "softmax.md#scores": "softmax.ipynb#scores"}.get(target)


def shown(markdown: str) -> str:
    """The HTML that a CommonMark reader makes of it, with `~` striking through as in Jupyter."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(portable(markdown, link))


SAME = [
    "A paragraph\nof two lines, with `code`, **bold**, *stress* and $x_1$.",
    "- a list\n    - in a list\n\n1. numbers",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "[a page](https://example.org/a_(b)) and ![a picture](https://example.org/p.png)",
    "Before\n\n$$\n\\begin{aligned}\na &= b \\\\\nc &= d\n\\end{aligned}\n$$\n\nafter.",
    "[here](#scores)",
    "H<sub>2</sub>O<br>`<div>` and 1 < 2",
    "```python\nx = {'a': 1}  # ~ $ { .x } !!! ??? ==x==\n```",
    "`{ .cited }` and `a ~ b` and `<b>` and `$5`",
    "{0, 1} and {a, b}",
]


@pytest.mark.parametrize("markdown", SAME)
def test_what_notebooks_know_stays(markdown: str) -> None:
    assert portable(markdown, link) == markdown


CHANGED = {
    "an anchor": ("## Scores { #scores }", '<a id="scores"></a>\n\n## Scores'),
    "a numbered heading": ("## Step 1 { #one .numbered }", '<a id="one"></a>\n\n## Step 1'),
    "an attribute list": (
        '[a](https://e.org){ .md-button title="x y" } and *0.5*{ .cited }',
        "[a](https://e.org) and *0.5*",
    ),
    "an attribute list on its own line": ("Text\n{ .lead }", "Text\n"),
    "a link to a lesson": ("[s](softmax.md) [t](softmax.md#scores)", "[s](softmax.ipynb) [t](softmax.ipynb#scores)"),
    "a link that leads nowhere": ("see [the **`terms`**](glossary.md).", "see the **`terms`**."),
    "a range": ("3~5, 7~9 and `3~5`", "3\\~5, 7\\~9 and `3~5`"),
    "a price": ("$5 and \\$6", "<span>&#36;</span>5 and <span>&#36;</span>6"),
    "fenced code with attributes": ("```{ .python .no-copy title='x' }\nx\n```", "```python\nx\n```"),
    "fenced code with options": ("~~~ text hl_lines='1'\nx\n~~~", "~~~text\nx\n~~~"),
    "an admonition": (
        '!!! note "A title"\n    One\n    two.\n\n    - three\n\nAfter',
        "> **A title**\n>\n> One\n> two.\n>\n> - three\n\nAfter",
    ),
    "a formula in an admonition": (
        '!!! tip "T"\n    $$\n    a \\\\\n    b\n    $$\n\n    $$c$$',
        "> **T**\n>\n> $$a \\\\ b$$\n>\n> $$c$$",
    ),
    "a question": ('??? question "Why?"\n    Because.', "<details><summary>Why?</summary>\n\nBecause.\n\n</details>"),
    "an open one": ('???+ question "Why?"\n    So.', "<details open><summary>Why?</summary>\n\nSo.\n\n</details>"),
    "a title in HTML": (
        '??? question "Is `a<b` **so** & $x < y$ a *lot* at $5?"\n    Yes.',
        "<details><summary>Is <code>a&lt;b</code> <strong>so</strong> &amp; $x \\lt  y$ a <em>lot</em> at"
        " <span>&#36;</span>5?</summary>\n\nYes.\n\n</details>",
    ),
    "one within another": (
        '??? question "Q"\n    A\n\n    !!! note "N"\n        B\n\n    ```python\n    c\n    ```',
        "<details><summary>Q</summary>\n\nA\n\n> **N**\n>\n> B\n\n```python\nc\n```\n\n</details>",
    ),
}


@pytest.mark.parametrize("what", CHANGED)
def test_what_notebooks_say_otherwise(what: str) -> None:
    markdown, expected = CHANGED[what]
    assert portable(markdown, link) == expected


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("**굵게(bold)**는", "<strong>굵게(bold)</strong>는"),
        ("**소프트맥스**(softmax)는", "<strong>소프트맥스</strong>(softmax)는"),
        ('그는 **"왜"**라고', "<strong>&quot;왜&quot;</strong>라고"),
        ("이것은*(기울임)*입니다", "<em>(기울임)</em>입니다"),
        ("**`dim`**은", "<strong><code>dim</code></strong>은"),
        ("**$p$**는", "<strong>$p$</strong>는"),
        ("**[링크](softmax.md)**는", '<strong><a href="softmax.ipynb">링크</a></strong>는'),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("값은 3~5, 7~9", "값은 3~5, 7~9"),
    ],
)
def test_commonmark_shows_it_as_meant(markdown: str, html: str) -> None:
    assert html in shown(markdown)


def test_the_markdown_in_a_folded_answer_is_seen() -> None:
    html = shown('??? question "Q"\n    **Bold**\n\n    ```python\n    x\n    ```')
    assert "<strong>Bold</strong>" in html
    assert '<code class="language-python">x' in html


REFUSED = {
    '=== "Tab"': "a tab",
    "Text[^1]": "a footnote",
    "*[HTML]: Hyper": "an abbreviation",
    "[s]: softmax.md": "a link's address on a line of its own",
    "Term\n:   Its definition": "a definition list",
    "a ==mark==": "a highlight",
    "++ctrl+c++": "a key",
    ":material-heart:": "an icon",
    '--8<-- "x.md"': "an included file",
    "{{ page.title }}": "a template",
    "[TOC]": "a table of contents",
    "A paragraph\n{ #place }": "an anchor that is not a heading's",
    "<!-- course map -->": "an HTML comment",
    '<div class="grid">': "an HTML element",
    "x <kbd>a</kbd> <span>b</span>": "an HTML element",
    "![a](picture.png)": "a picture that lies beside the page",
    "!!! note\n    Text": "an admonition without a title in quotes",
}


@pytest.mark.parametrize("markdown", REFUSED)
def test_what_notebooks_cannot_show_is_refused_with_its_line(markdown: str) -> None:
    with pytest.raises(NotPortable) as error:
        portable(f"First\n\n{markdown}", link)
    assert str(error.value) == f"a notebook cannot show {REFUSED[markdown]}"
    lines = markdown.split("\n")
    assert error.value.evidence in lines[error.value.line - 2]
    assert error.value.line - 2 == (1 if len(lines) > 1 and lines[1][0] in ":{" else 0)


@pytest.mark.parametrize("markdown", [one for one in REFUSED if "\n" not in one and "8<" not in one])
def test_the_same_in_code_is_fine(markdown: str) -> None:
    code = f"`` {markdown} ``\n\n```text\n{markdown}\n```"
    assert portable(code, link) == code


def test_a_refusal_within_an_admonition_has_its_line() -> None:
    with pytest.raises(NotPortable) as error:
        portable('Text\n\n??? question "Q"\n    A\n\n    !!! note\n        B', link)
    assert (error.value.line, error.value.evidence) == (5, "!!! note")
