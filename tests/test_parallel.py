"""Two pages become one with both languages: what stands beside what, what stands once, code, links and programs."""

from __future__ import annotations

import re

import pytest
from copied import programs_of_page

from lessonkit.parallel.code import both_codes, moved
from lessonkit.parallel.elements import article, elements
from lessonkit.parallel.links import relinked
from lessonkit.parallel.merge import parallel, rows

LANGS = ("ko", "en")
CODE = '<div class="cell-code highlight"><pre><span></span><code>{}\n</code></pre></div>'
OUTPUT = '<div class="no-copy cell-output highlight"><span class="filename">{}</span><pre><code>3\n</code></pre></div>'
PROGRAMS = '<script type="application/json" id="lesson-programs">{"1":[[0,0,1],"",[1,0,1]]}</script>'


def page(title: str, *content: str) -> str:
    return "\n".join([f'<h1 id="sum">{title}<a class="headerlink" href="#sum">&para;</a></h1>', *content])


def both(left: list[str], right: list[str]) -> str:
    return parallel((page("합", *left), page("Sum", *right)), LANGS, ("차례", "Contents"))


def shapes(left: str, right: str) -> list[str]:
    """Each row as `h2=h2` (once) or `p|p` (beside each other)."""
    found = []
    for one, other in rows(list(elements(left)), list(elements(right))):
        if isinstance(one, list):
            found.append(f"{'+'.join(x.name for x in one)}|{'+'.join(x.name for x in other)}")
        else:
            found.append(f"{one.name}={other.name}")
    return found


def test_elements_of_a_piece_of_html() -> None:
    html = (
        '<p a="x > y">1<br>2</p> text <!-- <p> --><div><div>3</div></div><hr>'
        '<pre>a <b>4</b></pre><script>"</p>"</script>'
    )
    assert [one.name for one in elements(html)] == ["p", "div", "hr", "pre", "script"]
    assert [one.inner for one in elements(html)] == ["1<br>2", "<div>3</div>", "", "a <b>4</b>", '"</p>"']
    first = next(elements(html))
    assert first.attributes == {"a": "x > y"}
    assert first.with_attribute("lang", "ko") == '<p lang="ko" a="x > y">1<br>2</p>'
    assert article(f'<body><article class="x">{html}</article></body>') == html
    assert article("<body></body>") == ""


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("<p>1</p><p>2</p>", "<p>a</p><p>b</p>", ["p|p", "p|p"]),
        ("<p>1</p><ul></ul>", "<p>a</p>", ["p+ul|p"]),
        ('<p>1</p><h2 id="x">2</h2><p>3</p>', '<h2 id="x">b</h2><p>c</p>', ["p|", "h2=h2", "p|p"]),
        ('<h2 id="x">1</h2>', '<h2 id="y">a</h2>', ["h2|h2"]),
        ("", "", []),
        (CODE.format("# 가\nx"), CODE.format("# a\n# b\nx"), ["div=div"]),
        (CODE.format("x"), CODE.format("y"), ["div|div"]),
    ],
)
def test_what_stands_beside_what(left: str, right: str, expected: list[str]) -> None:
    assert shapes(left, right) == expected


def test_a_formula_stands_once_unless_its_words_differ() -> None:
    formula = '<div class="math" aria-label="{}"><math display="block"><mtext>{}</mtext></math></div>'
    assert shapes(formula.format("수식", "x"), formula.format("Formula", "x")) == ["div=div"]
    assert shapes(formula.format("수식", "보"), formula.format("Formula", "paper")) == ["div|div"]


def test_paragraphs_say_their_language_and_ids_stand_once() -> None:
    html = both(['<p id="a">하나</p>', '<h2 id="x">둘</h2>'], ['<p id="a">one</p>', '<h2 id="x">two</h2>'])
    assert '<p lang="ko" id="a">하나</p>\n<p lang="en">one</p>' in html
    assert '<h2 id="x"><span lang="ko">둘</span> <span lang="en">two</span></h2>' in html
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids)) == ["a", "sum", "x"]
    assert '<li><a href="#x"><span lang="ko">둘</span> <span lang="en">two</span></a></li>' in html


def test_items_of_lists_are_counted_where_there_are_as_many() -> None:
    assert 'style="--items: 2"' in both(["<ul><li>1</li><li>2</li></ul>"], ["<ul><li>a</li><li>b</li></ul>"])
    assert "--items" not in both(["<ul><li>1</li><li>2</li></ul>"], ["<ul><li>a</li></ul>"])
    assert "--items" not in both(["<p>1</p>"], ["<p>a</p>"])


def test_a_box_is_one_box_with_rows_of_its_own() -> None:
    box = '<details class="question">\n<summary>{}</summary>\n<p>{}</p>\n</details>'
    html = both([box.format("물음", "답")], [box.format("Question", "Answer")])
    assert html.count('<details class="question">') == 1
    assert '<summary><span lang="ko">물음</span> <span lang="en">Question</span></summary>' in html
    assert '<p lang="ko">답</p>\n<p lang="en">Answer</p>' in html


def test_a_figure_has_the_labels_of_the_code_and_both_captions_and_texts() -> None:
    figure = '<figure class="lesson-figure" id="figure-x"><svg aria-label="{0}"><text>{1}</text></svg>'
    figure += "<figcaption>{2}</figcaption></figure>"
    html = both([figure.format("막대 &lt;셋&gt;", "보", "캡션")], [figure.format("three bars", "paper", "Caption")])
    assert html.count("<svg") == html.count('id="figure-x"') == 1
    assert "<text>paper</text>" in html
    assert '<p class="parallel-unseen" lang="ko">막대 &lt;셋&gt;</p>' in html
    assert '<span lang="ko">캡션</span> <span lang="en">Caption</span>' in html


def test_stamp_scripts_and_forms_are_left_out() -> None:
    more = ['<p class="lesson-stamp">x</p>', "<script>y</script>", "<form>z</form>"]
    assert "<p" not in both(more, more)


def test_lines_of_code_stand_once_and_comments_in_both_languages() -> None:
    code, places = both_codes("# 가\nx = 1\n    # 나\n    # 다\ny\n", "# a\nx = 1\n    # b\ny\n", LANGS)
    assert re.sub("<[^>]+>", "", code) == "# 가\n# a\nx = 1\n    # 나\n    # 다\n    # b\ny\n"
    assert code.startswith('<span lang="ko"># 가</span>\n<span lang="en"># a</span>\nx = 1')
    assert places == [(0, 1), (2, 2), (3, 3), (4, 5), (6, 6), (7, 7)]
    assert moved([[0, 1, 3], "", [0, 0, 0]], [places]) == [[0, 2, 5], "", [0, 0, 1]]


def test_programs_are_reported_by_the_blocks_of_both() -> None:
    left = [CODE.format("# 하나\nx = 1"), CODE.format("# 둘\nprint(x)"), OUTPUT.format("출력"), PROGRAMS]
    right = [CODE.format("# one\nx = 1"), CODE.format("# two\nprint(x)"), OUTPUT.format("Output"), PROGRAMS]
    html = both(left, right)
    assert programs_of_page(html)[1] == "# 하나\n# one\nx = 1\n\n# 둘\n# two\nprint(x)"
    assert '<span class="filename"><span lang="ko">출력</span> <span lang="en">Output</span></span>' in html
    assert html.count("cell-output") == 1


def test_where_code_differs_no_program_is_reported() -> None:
    html = both([CODE.format("x"), CODE.format("y"), PROGRAMS], [CODE.format("x"), CODE.format("z"), PROGRAMS])
    assert "lesson-programs" not in html


@pytest.mark.parametrize(
    ("page", "link", "expected"),
    [
        ("softmax/index.html", "../cross-entropy/#x", "../cross-entropy/#x"),
        ("en/softmax/index.html", "../cross-entropy/", "../cross-entropy/"),
        ("softmax/index.html", "../glossary/#x", "../../glossary/#x"),
        ("en/softmax/index.html", "../glossary/#x", "../../en/glossary/#x"),
        ("en/softmax/index.html", "../", "../../en/"),
        ("softmax/index.html", "../", "../../"),
        ("softmax/index.html", "#x", "#x"),
        ("softmax/index.html", "https://example.org/a", "https://example.org/a"),
        ("softmax/index.html", "mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_links_lead_where_they_led_or_to_both_languages(page: str, link: str, expected: str) -> None:
    to = {"cross-entropy/": "parallel/cross-entropy/", "en/cross-entropy/": "parallel/cross-entropy/"}
    html = f'<a class="term" href="{link}">x</a>'
    assert relinked(html, page, "parallel/softmax/index.html", to) == html.replace(link, expected)
