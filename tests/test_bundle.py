"""One file of styles and one of scripts where a page had several."""

import re

from lessonkit.pages.bundle import joined, slim

FILES = {"site.css": "a{}", "math.css": "b{}", "one.js": "let one = 1", "two.js": "(() => one)()"}
PAGE = """<link rel="stylesheet" href="../assets/stylesheets/main.min.css">
<link rel="stylesheet" href="../assets/site.css">
<link rel="stylesheet" href="../assets/math.css">
<link rel="stylesheet" href="../assets/print.css" media="print">
<p>Text</p>
<script defer src="../assets/javascripts/bundle.js"></script>
<script defer src="../assets/one.js"></script>
<script defer src="../assets/two.js"></script>
"""


def test_a_page_asks_for_one_file_of_each_kind() -> None:
    html, files = joined(PAGE, FILES.__getitem__)
    style, script = files
    assert (
        re.sub(r"page\.[0-9a-f]{8}", "page", html)
        == """<link rel="stylesheet" href="../assets/stylesheets/main.min.css">
<link rel="stylesheet" href="../assets/page.css">
<link rel="stylesheet" href="../assets/print.css" media="print">
<p>Text</p>
<script defer src="../assets/javascripts/bundle.js"></script>
<script defer src="../assets/page.js"></script>
"""
    )
    assert files[style] == "a{}\nb{}"
    assert files[script] == "let one = 1\n;(() => one)()"  # without the `;` this would call 1
    assert style in html
    assert script in html


def test_a_name_follows_the_content() -> None:
    _, files = joined(PAGE, FILES.__getitem__)
    _, same = joined(PAGE, FILES.__getitem__)
    _, others = joined(PAGE, {**FILES, "math.css": "c{}"}.__getitem__)
    assert same == files
    assert [name in files for name in others] == [False, True]


def test_a_page_with_one_file_keeps_it() -> None:
    html = '<link rel="stylesheet" href="assets/site.css">\n'
    assert joined(html, FILES.__getitem__) == (html, {})


def test_styles_lose_their_comments_and_spaces_and_nothing_else() -> None:
    css = '/* why */\n@media print {\n  a > b { c: "/*  no */"; width: calc(1px + 2px); } /* and */\n}\n'
    css += "\nd :is(e, f) { g: h }\n"
    assert slim("a.css", css) == '@media print{a>b{c:"/*  no */";width:calc(1px + 2px)}}d :is(e,f){g:h}'
    assert slim("a.svg", css) == css


def test_scripts_lose_their_comments_and_nothing_else() -> None:
    kept = ['"https://a.b//c"', "`two  words\n\n  and /* no comment */ ${1 + 1}`", "/\\/\\/ [/*]x/", "'it // stays'"]
    text = slim("a.js", "// a comment\nconst a = [\n  " + ", // why\n  ".join(kept) + ",\n]; /* b */\n")
    assert [one for one in kept if one not in text] == []
    assert not [reported for reported in ("a comment", "why", "b */") if reported in text]
