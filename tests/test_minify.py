"""Pages lose bytes that nobody sees, and nothing else."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from lessonkit.pages import minify
from lessonkit.pages.minify import COLOURS, merge_spans, minify_code, slim_blanks

ROOT = Path(__file__).parent.parent
SOURCE = (ROOT / "lessonkit" / "pages" / "minify.py").read_text(encoding="utf-8")
MARKED = highlight(SOURCE, PythonLexer(), HtmlFormatter(nowrap=True))
WRITTEN = {mark: written for written, marks in COLOURS.items() for mark in marks.split()}


def characters(code: str) -> list[tuple[str, str]]:
    """Each visible character with its colour, as the mark that is written for it."""
    found, mark = [], ""
    for tag, name, text in re.findall(r'(<span class="(\w+)">|</span>)|([^<]+)', code):
        if tag:
            mark = WRITTEN.get(name, name)
        found += [(character, mark) for character in unescape(text) if not character.isspace()]
    return found


def text(code: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", code))


def test_every_character_keeps_its_colour() -> None:
    assert characters(merge_spans(MARKED)) == characters(MARKED)
    assert text(merge_spans(MARKED)) == text(MARKED)


def test_a_colour_that_gets_lost_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(minify._WRITTEN, "nf", "")
    assert characters(merge_spans(MARKED)) != characters(MARKED)


def test_few_marks_are_left() -> None:
    assert merge_spans(MARKED).count("<span") < MARKED.count("<span") * 0.5
    assert (
        merge_spans('<span class="p">(</span><span class="n">x</span><span class="p">)</span><span class="o">.</span>')
        == "(x)."
    )
    assert merge_spans('<span class="k">if</span> <span class="ow">not</span>') == '<span class="k">if not</span>'


CELL = '<div class="cell-code highlight"><pre><span></span><code>{}</code></pre></div>'


def cell(source: str) -> str:
    return minify_code(CELL.format(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True))))


@pytest.mark.parametrize(
    ("above", "tests"),
    [
        ("x = 1\nprint(x)\n", "assert x == 1\n"),
        ("x = 1\nprint(x)\n", "assert x == 1\n# why\nassert all(\n    x < 2 for _ in 'ab'\n)\n"),
        ("assert x\nfor i in x:\n    assert i\n", "assert 'a' in x  # so\n"),
    ],
)
def test_asserts_that_end_a_cell_are_as_quiet_as_comments(above: str, tests: str) -> None:
    html = cell(above + tests)
    assert text(html) == above + tests
    quiet = html[html.index(tests.split(" ")[0], len(cell(above)) - len("</code></pre></div>") - 1) :]
    assert "<span" not in quiet
    assert html.count('<span class="c">assert') == 1
    assert html.replace(quiet, "").endswith('\n<span class="c">')


@pytest.mark.parametrize("source", ["assert x\nassert y\n", "assert x\nprint(x)\n", "for i in x:\n    assert i\n"])
def test_other_asserts_are_code(source: str) -> None:
    assert '<span class="c">' not in cell(source)


def test_the_check_of_an_exercise_is_code() -> None:
    checks = CELL.replace("cell-code", "cell-code cell-check")
    html = minify_code(checks.format(highlight("x = 1\nassert x\n", PythonLexer(), HtmlFormatter(nowrap=True))))
    assert '<span class="c">' not in html


def test_a_mark_in_no_group_stays() -> None:
    assert merge_spans('<span class="gd">-</span>') == '<span class="gd">-</span>'


def test_groups_have_one_colour() -> None:
    """The rules of Material and of the site: all marks of a group stand in the same rules, or in none."""
    import material

    styles = Path(material.__file__).parent.joinpath("templates", "assets", "stylesheets").glob("main.*.min.css")
    css = "".join(path.read_text(encoding="utf-8") for path in styles)
    site = (ROOT / "lessonkit" / "assets" / "site" / "site.css").read_text(encoding="utf-8")
    colours = dict(re.findall(r"(--md-code-hl-[\w-]+): *var\((--md-code-[\w-]+)\)", site))
    found: dict[str, str] = {}
    for selectors, colour in re.findall(r"([^{}]*\.highlight \.\w+[^{}]*)\{\s*color: ?var\((--[\w-]+)\)", css + site):
        for mark in re.findall(r"\.highlight \.(\w+)", selectors):
            while colour in colours:
                colour = colours[colour]
            found[mark] = colour
    assert found["n"] == "--md-code-fg-color"
    for written, marks in COLOURS.items():
        shown = {found.get(mark, "--md-code-fg-color") for mark in marks.split()}
        assert len(shown) == 1, (written, shown)
        assert (shown == {"--md-code-fg-color"}) == (written == "")


def test_code_without_marks_and_text_around_code_stay() -> None:
    html = '<p><code>a &lt; b</code> <span class="n">n</span></p><pre><code>x\n\n  y</code></pre>'
    assert minify_code(html) == html


@pytest.mark.parametrize(
    "kept",
    ["<pre>a\n\n\n  b</pre>", '<script type="application/json">[\n\n  1]</script>', "<svg><text>a\n\n b</text></svg>"],
)
def test_blanks_go_where_nobody_sees_them(kept: str) -> None:
    assert slim_blanks(f"<p>\n\n   a\n   </p>{kept}\n \n<p>b  c</p>") == f"<p>\na\n</p>{kept}\n<p>b  c</p>"


def test_scripts_of_a_page_lose_what_only_their_authors_read() -> None:
    assert slim_blanks("<script>\n  // why\n  a = `b\n  c`;\n</script>") == "<script>a=`b\n  c`;</script>"
