"""Two pages become one with both languages: what stands beside what, what stands once, code, links and programs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from copied import programs_of_page
from planting import TITLE, lesson
from test_render import html

from lessonkit.html.passes import Shown, run
from lessonkit.lesson.parse import read
from lessonkit.pages.render import CELL, end, to_markdown
from lessonkit.parallel.code import both_codes, moved
from lessonkit.parallel.elements import elements
from lessonkit.parallel.links import relinked
from lessonkit.parallel.merge import parallel

ROOT = Path(__file__).parent.parent
LANGS = ("ko", "en")


def pair(ko: str, en: str, differs: str = "") -> str:
    """The two cells of a pair."""
    second = f' differs="{differs}"' if differs else ""
    cells = (("ko", "", ko), ("en", second, en))
    return "\n".join(f'# %% [markdown] lang="{lang}"{more}\n{comments(text)}' for lang, more, text in cells)


def comments(text: str) -> str:
    return "".join(f"# {line}".rstrip() + "\n" for line in text.split("\n"))


def both(*cells: str) -> str:
    """The content of the page of a lesson in both languages."""
    made = lesson(TITLE + "\n".join(cells))
    pages = []
    for lang in LANGS:
        page, shown = html(to_markdown(made, lang, CELL)), Shown("lesson", lang, made.path, made)
        for stage in ("content", "searched", "page"):
            page = run(stage, page, shown)
        pages.append(page[page.index("<h1") : page.index(end(made))])
    return parallel(made, (pages[0], pages[1]), LANGS, ("차례", "Contents"))


def shapes(page: str) -> list[str]:
    """What stands below the contents and before the end: `h2`, or `p|p` for what stands beside each other."""
    found = []
    for one in list(elements(page))[2:-2]:
        sides = list(elements(one.inner))
        several = [[x.name for x in elements(side.inner)] if side.name == "div" else [side.name] for side in sides]
        inside = ("+".join(names) for names in several)
        found.append("|".join(inside) if "parallel-row" in one.classes else one.name)
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


@pytest.mark.parametrize(
    ("ko", "en", "differs", "expected"),
    [
        ("하나\n\n둘", "one\n\ntwo", "", ["p|p", "p|p"]),
        ("하나\n\n둘\n\n- 가", "one\n\n- a", "paragraphs: x", ["p+p|p", "ul|ul"]),
        ("하나\n\n- 가\n\n둘", "one\n\n- a", "paragraphs: x", ["p|p", "ul|ul", "p|"]),
        ("## 둘 { #x }\n\n- 가", "## Two { #x }\n\none", "paragraphs: x", ["h2", "ul|p"]),
        ("## 둘 { #x }\n\n!!! note\n    가\n\n하나", "## Two { #x }\n\none", "admonitions: x", ["h2", "div+p|p"]),
        ("$$\nx\n$$\n\n하나", "$$\nx\n$$\n\none", "", ["div", "p|p"]),
        ("$$\n\\text{보}\n$$", "$$\n\\text{paper}\n$$", "", ["math|math"]),
        ("| 가 |\n| - |\n| 1 |", "| a |\n| - |\n| 1 |", "", ["div|div"]),
        ("하나\n\n!!! warning\n    둘", "one\n\n!!! warning\n    two", "", ["p|p", "div"]),
        ("하나\n\n```text\nx\n```", "one\n\n```text\nx\n```", "", ["p|p", "div"]),
        ("하나\n\n```text\nx\n```", "one\n\n```text\ny\n```", "", ["p|p", "pre|pre"]),
    ],
)
def test_what_stands_beside_what(ko: str, en: str, differs: str, expected: list[str]) -> None:
    assert shapes(both(pair(ko, en, differs))) == expected


def test_a_pair_that_differs_moves_nothing_in_others() -> None:
    page = both(pair("하나\n\n둘", "one", "paragraphs: x"), "# %%\nx = 1\n", pair("셋\n\n넷", "three\n\nfour"))
    assert shapes(page) == ["p+p|p", "div", "p|p", "p|p"]


def test_a_text_for_every_language_stands_once() -> None:
    page = both("# %% [markdown]\n# Only once\n", pair("하나", "one"))
    assert page.count("Only once") == 1
    assert shapes(page) == ["p", "p|p"]
    page = both("# %% [markdown]\n# ## Once { #once }\n", pair("하나", "one"))
    assert '<li><a href="#once">' in page


def test_paragraphs_say_their_language_and_ids_stand_once() -> None:
    page = both(pair("## 둘 { #x }\n\n하나", "## Two { #x }\n\none"))
    assert '<p lang="ko">하나</p>\n<p lang="en">one</p>' in page
    assert re.search(
        r'<h2 id="x"><span lang="ko">둘</span> <span lang="en">Two<a class="headerlink".*</a></span></h2>', page
    )
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids)) == ["lesson-programs", "sum", "x"]
    assert '<li><a href="#x"><span lang="ko">둘</span> <span lang="en">Two</span></a></li>' in page


def test_items_of_lists_are_counted_where_there_are_as_many() -> None:
    assert 'style="--items: 2"' in both(pair("- 1\n- 2", "- a\n- b"))
    assert "--items" not in both(pair("- 1\n- 2", "- a", "list items: x"))
    assert "--items" not in both(pair("하나", "one"))


def test_a_box_is_one_box_with_rows_of_its_own() -> None:
    page = both(pair('??? question "물음"\n    답\n\n    둘', '??? question "Question"\n    Answer\n\n    Two'))
    assert page.count('<details class="question">') == 1
    assert '<summary><span lang="ko">물음</span> <span lang="en">Question</span></summary>' in page
    assert '<p lang="ko">답</p>\n<p lang="en">Answer</p>' in page
    assert page.count("parallel-row") == 2


def test_a_figure_has_the_labels_of_the_code_and_both_captions_and_texts() -> None:
    figure = '<figure class="lesson-figure" id="figure-x"><svg aria-label="{0}"><text>{1}</text></svg>'
    figure += "<figcaption>{2}</figcaption></figure>"
    said = figure.format("막대 &lt;셋&gt;", "보", "캡션"), figure.format("three bars", "paper", "Caption")
    page = parallel(
        lesson(f"{TITLE}# %%\nx = 1\n"),
        tuple(f"<h1>1</h1>{CELL.format(0)}{CELL.format(2)}{one}" for one in said),
        LANGS,
        ("차례", "Contents"),
    )
    assert page.count("<svg") == page.count('id="figure-x"') == 1
    assert "<text>paper</text>" in page
    assert '<p class="parallel-unseen" lang="ko">막대 &lt;셋&gt;</p>' in page
    assert '<span lang="ko">캡션</span> <span lang="en">Caption</span>' in page


def test_stamps_and_marks_are_left_out() -> None:
    page = both("# %%\nx = 1\n")
    assert "lesson-stamp" not in page
    assert CELL[:9] not in page
    assert page.count('class="lesson-end"') == 1


def test_a_page_that_could_not_be_shown_leaves_the_other_one_alone() -> None:
    assert parallel(lesson(TITLE), ("<h1>1</h1>", ""), LANGS, ("차례", "Contents")) == ""


def test_lines_of_code_stand_once_and_comments_in_both_languages() -> None:
    texts = "# 가\nx = 1\n    # 나\n    # 다\ny", "# a\nx = 1\n    # b\ny"
    code, places = both_codes(texts, texts, LANGS)
    assert re.sub("<[^>]+>", "", code) == "# 가\n# a\nx = 1\n    # 나\n    # 다\n    # b\ny"
    assert code.startswith('<span lang="ko"># 가</span>\n<span lang="en"># a</span>\nx = 1')
    assert moved([[0, 1, 3], "", [0, 0, 0], [0, 4, 4]], [places]) == [[0, 2, 5], "", [0, 0, 1], [0, 6, 6]]


def test_a_colour_that_reaches_over_lines_stays_with_each_of_them() -> None:
    texts = "# 가\n# 나\n# (3,)\nx", "# a\n# b\n# c\n# (3,)\nx"
    codes = tuple(f'<span class="c">{text.removesuffix("x")[:-1]}</span>\nx' for text in texts)
    code, _ = both_codes(texts, codes, LANGS)
    colour = '<span class="c">'
    assert code == (
        f'<span lang="ko">{colour}# 가\n# 나</span></span>\n<span lang="en">{colour}# a\n# b\n# c</span></span>\n'
        f"{colour}# (3,)</span>\nx"
    )


def test_programs_are_reported_by_the_blocks_of_both() -> None:
    first = "# %%\n# ko: 하나\n# en: one\nx = 1\n\n"
    page = both(first, "# %%\n# ko: 둘\n# en: two\nprint(x)\n# > 1\n")
    assert programs_of_page(page)[1] == "# 하나\n# one\nx = 1\n\n# 둘\n# two\nprint(x)"
    assert '<span class="filename"><span lang="ko">출력</span> <span lang="en">Output</span></span>' in page
    assert page.count("cell-output") == 1


@pytest.mark.rest
@pytest.mark.parametrize("path", sorted((ROOT / "lessons").glob("*.py")), ids=lambda path: path.stem)
def test_blocks_of_lessons_differ_in_comments_alone(path: Path) -> None:
    """So each line stands once, and what one language says beside what the other says."""
    made = read(path)
    for one, other in zip(*(made.blocks(lang) for lang in LANGS), strict=True):
        code, _ = both_codes((one.text, other.text), (one.text, other.text), LANGS)
        alone = re.findall(r'<span lang="(..)">(.*?)</span>', code, re.DOTALL)
        assert [lang for lang, _ in alone] == list(LANGS) * (len(alone) // 2)
        assert all(line.lstrip().startswith("#") for _, said in alone for line in said.split("\n"))
        lines = re.sub(r"</?span[^>]*>", "", code).split("\n")
        assert len(lines) == len(one.text.split("\n")) + sum(
            said.count("\n") + 1 for lang, said in alone if lang == "en"
        )


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
    to = [("cross-entropy/", "parallel/cross-entropy/"), ("en/cross-entropy/", "parallel/cross-entropy/")]
    html = f'<a class="term" href="{link}">x</a>'
    assert relinked(html, page, "parallel/softmax/index.html", to) == html.replace(link, expected)
