"""The Markdown of a page, and what Python-Markdown makes of it with the extensions of mkdocs.yml."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest
from mkdocs.utils import yaml_load
from planting import GOOD, TITLE, lesson, planted

from lessonkit.lesson.cells import Lesson, LessonError
from lessonkit.lesson.parse import parse
from lessonkit.pages.render import (
    COLUMNS,
    FigureNotLent,
    description,
    fence,
    keep_code,
    lend_figures,
    put_figures,
    stamp,
    summary,
    title,
    to_markdown,
)
from lessonkit.running.provenance import Platform, Record, record_path

ROOT = Path(__file__).parent.parent
EXTENSIONS = [
    item if isinstance(item, dict) else {item: {}}
    for item in yaml_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))["markdown_extensions"]
]
HERE = Platform("2.13.0", "Linux", "x86_64", "GenuineIntel", "avx2")
STAMP = '<p class="lesson-stamp"><span class="lesson-minutes">1분</span></p>'
END = '\n\n<div class="lesson-end" data-lesson="lesson"></div>\n'
"""The place of what marks a lesson as finished."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><text>value</text></svg>'


def html(text: str) -> str:
    """What the site's Markdown makes."""
    configs = {name: config or {} for item in EXTENSIONS for name, config in item.items()}
    return markdown.markdown(text, extensions=list(configs), extension_configs=configs)


def elements(made: str) -> ElementTree.Element:
    return ElementTree.fromstring(f"<main>{made.replace('&para;', '¶')}</main>")


def page(text: str, lang: str = "en") -> ElementTree.Element:
    """The page of a lesson in a language."""
    return elements(html(to_markdown(lesson(text), lang)))


def of_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [element for element in root.iter() if name in element.get("class", "").split()]


def text_of(element: ElementTree.Element) -> str:
    return "".join(element.itertext())


def in_folder(folder: Path, text: str) -> Lesson:
    """A lesson in a folder of its own, as if recorded there."""
    found = parse(folder / "lesson.py", text)
    record_path(found).parent.mkdir(parents=True)
    record_path(found).write_text(Record(*("0" * 64,) * 2, HERE, "2026-05-12").to_json(), encoding="utf-8")
    return found


def test_a_page_shows_each_cell_in_its_place() -> None:
    kinds = [
        (element.tag, element.get("class", ""))
        for element in page(GOOD)
        if element.tag not in ("h1", "p") or element.get("class")
    ]
    assert kinds == [
        ("p", "lesson-stamp"),
        ("div", "admonition abstract"),
        ("div", "cell-code highlight"),
        ("h2", ""),
        ("div", "arithmatex"),
        ("div", "cell-code highlight"),
        ("div", "no-copy cell-output cell-prose highlight"),
        ("details", "drawing"),
        ("figure", "lesson-figure"),
        ("table", ""),
        ("div", "cell-code cell-starter highlight"),
        ("div", "cell-code cell-check highlight"),
        ("details", "success"),
        ("div", "no-copy cell-output cell-prose highlight"),
        ("h2", ""),
        ("details", "question"),
        ("div", "lesson-end"),
    ]


def test_code_is_not_for_page_translators() -> None:
    html = '<p><code>x</code> <codes> <code class="python">y</code></p>'
    kept = '<p><code translate="no">x</code> <codes> <code translate="no" class="python">y</code></p>'
    assert keep_code(html) == kept


def test_an_output_has_its_title_and_stands_below_its_code() -> None:
    output = of_class(page(GOOD, "ko"), "cell-output")[0]
    assert text_of(output.find("span[@class='filename']")) == "출력"
    assert text_of(output.find("pre")) == "2.5\n1\n2\n"
    assert text_of(of_class(page(GOOD), "filename")[0]) == "Output"


def test_each_page_shows_its_own_comments_and_no_recorded_line() -> None:
    ko, en = (text_of(of_class(page(GOOD, lang), "cell-code")[1]) for lang in ("ko", "en"))
    assert ko.startswith("# 수 네 개\nnumbers = [1, 2, 3, 4]  # n = 4\n")
    assert "    # 합을\n    # 개수로 나눕니다.\n    return" in ko
    assert en.startswith("# four numbers\nnumbers")
    assert "    # The sum by the count.\n    return" in en
    for text in (ko, en):
        assert "# >" not in text
        assert "ko:" not in text
        assert text.endswith("    print(number)\n    # the last comment\n")


@pytest.mark.parametrize(
    "output",
    ["```", "a ```` b", "~~~", '<b> & "c" $d$ **e** {: .f}', "\ttab", "    indented", "!!! note", "[a](b.md) ![c](d)"],
)
def test_the_page_shows_exactly_what_was_printed(output: str) -> None:
    shown = of_class(page(f"{TITLE}# %%\nprint()\n# >\n# > {output}\n# >\n# > z\n"), "cell-output")[0]
    assert text_of(shown.find("pre")) == f"\n{output}\n\nz\n"


@pytest.mark.parametrize(
    "code", ['x = "```"', 'x = "<b>&amp; $y$"', "def f():\n\n\n    return {1: 2}", 'x = """\na\n\n\tb"""']
)
def test_the_page_shows_exactly_the_code(code: str) -> None:
    assert text_of(of_class(page(f"{TITLE}# %%\n{code}\n"), "cell-code")[0]) == f"{code}\n"


def test_a_fence_is_longer_than_any_in_its_text() -> None:
    assert fence("a", "text", "b", title="c") == '```{ .text .b title="c" }\na\n```'
    assert fence("a ```` b ``", "text") == "`````{ .text }\na ```` b ``\n`````"


def test_an_exercise_shows_starter_and_check_and_folds_the_solution() -> None:
    root = page(GOOD.replace("    return 2 * value\n", "    twice = 2 * value\n\n    return twice\n"), "ko")
    starter, check = of_class(root, "cell-starter")[0], of_class(root, "cell-check")[0]
    assert text_of(starter) == "시작 코드# 두 배를 돌려주세요.\ndef double(value):\n    ...\n"
    assert text_of(check) == '확인 코드assert double(1.25) == 2.5\nprint("right")\n'
    details = root.find("details[@class='success']")
    assert details.get("open") is None
    assert text_of(details.find("summary")) == "풀이 보기"
    solution = "# 두 배를 돌려주세요.\ndef double(value):\n    twice = 2 * value\n\n    return twice\n"
    assert text_of(of_class(details, "cell-code")[0]) == solution


def test_a_cell_that_readers_may_skip_is_folded_with_its_output() -> None:
    root = page(f'{TITLE}# %% folded="optional"\nprint(1)\n# > 1\n', "ko")
    details = root.find("details")
    assert details.get("open") is None
    assert text_of(details.find("summary")) == "건너뛰어도 되는 코드 보기"
    assert text_of(of_class(details, "cell-code")[0]) == "print(1)\n"
    assert text_of(of_class(details, "cell-output")[0].find("pre")) == "1\n"


def test_asserts_that_test_are_folded_quietly() -> None:
    root = page(f'{TITLE}# %% folded="tests"\nassert True\n', "en")
    details = root.find("details")
    assert (details.get("class"), details.get("open")) == ("drawing", None)
    assert text_of(details.find("summary")) == "Asserts that test this"
    assert text_of(of_class(details, "cell-code")[0]) == "assert True\n"


@pytest.mark.parametrize("options", ['folded="yes"', 'figure="a" folded="optional"'])
def test_only_a_plain_cell_is_folded(options: str) -> None:
    with pytest.raises(LessonError, match="only a plain cell is folded"):
        parse(Path("x.py"), f"{TITLE}# %% {options}\nprint(1)\n")


def test_what_a_solution_prints_is_folded_with_it() -> None:
    root = page(planted("# %% check", "print(double(1))\n# > 2\n\n# %% check"))
    details = root.find("details[@class='success']")
    assert text_of(of_class(details, "cell-output")[0].find("pre")) == "2\n"
    assert [text_of(element.find("pre")) for element in of_class(root, "cell-output")][1:] == ["2\n", "right\n"]


def test_a_figure_stands_in_a_figure_with_its_caption(tmp_path: Path) -> None:
    good = in_folder(tmp_path, GOOD)
    (tmp_path / "records" / "lesson" / "numbers.svg").write_text(SVG, encoding="utf-8")
    for lang, label, alternative in (
        ("ko", "값", "가로축은 번호, 세로축은 값인 꺾은선입니다."),
        ("en", "value", "A line of the values over their numbers."),
    ):
        figure = elements(put_figures(html(to_markdown(good, lang)), good, lang)).find("figure")
        assert figure.get("id") == "figure-numbers"
        assert [child.tag for child in figure] == ["svg", "figcaption"]
        assert figure.find("svg").get("aria-label") == alternative
        assert text_of(figure.find("svg")) == label
        assert text_of(figure.find("figcaption/strong")) in ("고르게", "evenly")


def test_a_tolerance_is_reported_wherever_it_counts() -> None:
    text = planted("# %%\n# ko: 수", '# %% tolerance="0.02"\n# ko: 수')
    text = planted('# %% check="double"', '# %% check="double" tolerance="0.07"', text)
    reported = [text_of(element) for element in of_class(page(text), "cell-tolerance")]
    assert reported == [
        "These numbers may differ by up to 2% from one computer to another.",
        "These numbers may differ by up to 7% from one computer to another.",
    ]


def test_the_stamp_tells_minutes_and_the_record(tmp_path: Path) -> None:
    line = of_class(elements(html(to_markdown(in_folder(tmp_path, GOOD), "ko"))), "lesson-stamp")[0]
    minutes, count, folded = line
    summary, rest = folded
    assert (minutes.get("class"), text_of(minutes)) == ("lesson-minutes", "5분")
    assert (count.get("class"), text_of(count)) == ("exercise-count", "연습 문제 0/1")
    assert count.get("data-exercises") == "lesson double"
    assert (folded.tag, summary.tag, text_of(summary)) == ("details", "summary", "torch 2.13.0에서 검증")
    assert text_of(rest) == "2026-05-12 · Linux x86_64 · avx2"
    assert rest[0].get("datetime") == "2026-05-12"


def test_the_stamp_of_a_lesson_without_torch_or_without_anything() -> None:
    plain = Record("", "", Platform("", "Linux", "x86_64", "", ""), "2026-05-12")
    reported = stamp(lesson(TITLE), plain, "en")
    assert ">Verified by running</summary>" in reported
    assert ">2026-05-12 · Linux x86_64</time>" in reported
    nothing = STAMP.replace("1분", "1 min")
    assert stamp(lesson(TITLE), None, "en") == nothing
    assert to_markdown(lesson(TITLE), "en") == f"# Sum {{ #sum }}\n\n{nothing}{END}"


def test_title_summary_and_description() -> None:
    good = lesson(planted("Sum and mean {", "`sum` and mean {"))
    assert (title(good, "ko"), title(good, "en")) == ("합과 평균", "`sum` and mean")
    assert summary(good, "ko") == "**수 네 개**의 합과 `mean()`을 구합니다."
    assert description(good, "ko") == "수 네 개의 합과 mean()을 구합니다."
    assert description(lesson(TITLE), "en") == ""


def test_a_neutral_cell_stands_on_every_page() -> None:
    for lang in ("ko", "en"):
        assert len(list(page(GOOD, lang).iter("table"))) == 1
    assert to_markdown(lesson("# %% [markdown]\n# # A { #a }\n#\n# b\n"), "ko") == f"# A {{ #a }}\n\n{STAMP}\n\nb{END}"


def test_headings_keep_their_anchors() -> None:
    for lang in ("ko", "en"):
        assert [element.get("id") for element in page(GOOD, lang) if element.tag in ("h1", "h2")] == [
            "sums",
            "mean",
            "quiz",
        ]


def test_a_hand_written_page_borrows_a_figure() -> None:
    path = ROOT / "lessons" / "standardization.py"
    lessons = {"standardization.md": parse(path, path.read_text(encoding="utf-8"))}
    made = lend_figures('<p>a</p><div data-figure="standardization/valleys"></div>', lessons, "ko")
    assert made.startswith('<p>a</p><div class="lesson-figure"><svg')
    assert ">표준화</text>" in made
    framed = '<figure class="lesson-figure"><div data-figure="standardization/valleys"></div></figure>'
    assert lend_figures(framed, lessons, "ko").startswith('<figure class="lesson-figure"><svg')


def test_no_id_is_twice_on_a_page_that_borrows_figures() -> None:
    """Neither of figures of one name from two lessons, nor of one that is borrowed twice."""
    names = ("standardization", "softmax_regression")
    paths = [ROOT / "lessons" / f"{name}.py" for name in names]
    lessons = {f"{path.stem}.md": parse(path, path.read_text(encoding="utf-8")) for path in paths}
    places = [f'<div data-figure="{name}/loss_curves"></div>' for name in (*names, names[0])]
    made = lend_figures("\n".join(places), lessons, "en")
    ids = re.findall(r'\bid="([^"]+)"', made)
    assert len(ids) == len(set(ids)) >= 6
    assert {one.rpartition(".")[0] for one in ids} == {
        "standardization.loss_curves",
        "standardization.loss_curves-2",
        "softmax_regression.loss_curves",
    }
    assert set(re.findall(r"url\(#([^)]+)\)", made)) <= set(ids)


def test_a_figure_is_borrowed_however_its_place_is_written() -> None:
    path = ROOT / "lessons" / "standardization.py"
    lessons = {"standardization.md": parse(path, path.read_text(encoding="utf-8"))}
    for place in (
        "<div data-figure='standardization/valleys'></div>",
        '<div class="wide" data-figure="standardization/valleys">\n</div>',
    ):
        assert "<svg" in lend_figures(place, lessons, "en")
    with pytest.raises(FigureNotLent, match="no lesson valleys has a figure"):
        lend_figures('<div data-figure="valleys"></div>', lessons, "en")


@pytest.mark.parametrize("asked", ["nowhere/valleys", "standardization/nothing"])
def test_a_figure_that_no_lesson_has_cannot_be_borrowed(asked: str) -> None:
    path = ROOT / "lessons" / "standardization.py"
    lessons = {"standardization.md": parse(path, path.read_text(encoding="utf-8"))}
    lesson_name, _, name = asked.partition("/")
    with pytest.raises(FigureNotLent, match=f"no lesson {lesson_name} has a figure {name}"):
        lend_figures(f'<div data-figure="{asked}"></div>', lessons, "ko")


@pytest.mark.parametrize(
    ("output", "columns"),
    [
        ("tensor([[1., 2.],\n        [3., 4.]])", True),
        ("[[1 2]\n [3 4]]", True),
        ("step  loss\n   1  0.5", True),
        ("size  loss\nand a line between\n   1  0.5", True),
        ("tensor([0.1, 0.2])", False),
        ("a message: of one line  with a wide space", False),
        ("two lines\nof words", False),
        ("  indented\n  twice", False),
    ],
)
def test_columns_of_an_output_are_reported_from_sentences(output: str, columns: bool) -> None:
    assert bool(COLUMNS.search(output)) is columns
