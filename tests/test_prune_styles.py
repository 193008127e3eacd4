"""Material's style sheets without what can match nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessonkit.html.site_passes import Written, one_style_sheet
from lessonkit.pages.prune_styles import needed, words_of, words_of_theme

WORDS = {"here", "there", "state", "on", "two-words", "ltr"}


@pytest.mark.parametrize(
    "rule",
    [
        ".here{a:b}",
        "a.here>.there:hover{a:b}",
        "#here{a:b}",
        "[data-state=on] .here{a:b}",
        "[data-state]{a:b}",
        "[dir=ltr] .here{a:b}",
        "kbd{a:b}",
        "a:not(.gone){a:b}",
        "@media print{.here{a:b}}",
        "@media screen{@supports (a:b){.here{a:b}}}",
        "@keyframes gone{0%{a:b}}",
        '@font-face{font-family:"x"}',
        ".here{mask:url(\"data:image/svg+xml,<svg viewBox='0 0 24 24'/>\")}",
        "h1,h2,.two-words{a:b}",
    ],
)
def test_a_rule_that_may_match_stays(rule: str) -> None:
    assert needed(rule, WORDS) == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".gone{a:b}",
        ".here .gone{a:b}",
        ".here.gone{a:b}",
        "#gone{a:b}",
        "[data-state=gone] .here{a:b}",
        '[data-state="gone"]{a:b}',
        "[dir=rtl] .here{a:b}",
        "@media print{.gone{a:b}}",
        ":root{--unread:url(x)}",
        "@media screen{:root{--unread:1px}}",
    ],
)
def test_a_rule_that_cannot_match_goes(rule: str) -> None:
    assert needed(".here{c:d}" + rule + "b{e:f}", WORDS) == ".here{c:d}b{e:f}"


def test_one_selector_of_several_goes() -> None:
    assert needed(".gone,.here,[dir=rtl] .here{a:b}", WORDS) == ".here{a:b}"


def test_variables_go_with_those_that_read_them() -> None:
    css = ":root{--a:var(--b);--b:1px;--c:2px;--d:3px;color:red}.gone{top:var(--a)}.here{top:var(--c)}"
    kept = ":root{--c:2px;--d:3px;color:red}.here{top:var(--c)}"
    assert needed(css, {*WORDS, *words_of(["style('--d')"])}) == kept


def test_a_feature_that_is_off_counts_where_a_page_has_it() -> None:
    theme = words_of_theme(['make("md-tooltip2","md-search")'])
    assert "md-search" in theme
    assert "md-tooltip2" not in theme
    assert not words_of_theme(["--md-mermaid-edge-color"])
    assert "md-tooltip2" in words_of(['<p class="md-tooltip2">'])


def test_the_sheets_of_a_language_become_one(tmp_path: Path) -> None:
    for at in ("assets", "en/assets"):
        (tmp_path / at / "stylesheets").mkdir(parents=True)
        (tmp_path / at / "javascripts").mkdir()
        (tmp_path / at / "stylesheets/main.1.css").write_text(".here{a:b}.made{c:d}.gone{e:f}", encoding="utf-8")
        (tmp_path / at / "stylesheets/palette.1.css").write_text(".here{g:h}", encoding="utf-8")
        (tmp_path / at / "javascripts/bundle.js").write_text('add("made")', encoding="utf-8")
    sheets = (f'<link rel="stylesheet" href="{{0}}assets/stylesheets/{name}.1.css">' for name in ("main", "palette"))
    sheet = "\n".join([*sheets, '<p class="here">'])
    (tmp_path / "index.html").write_text(sheet.format(""), encoding="utf-8")
    (tmp_path / "en/softmax").mkdir()
    (tmp_path / "en/softmax/index.html").write_text(sheet.format("../"), encoding="utf-8")
    written = Written(tmp_path, (tmp_path / "en", tmp_path), {}, {}, "", serving=False, offline=False)
    pages = {path: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.html")}
    pages = one_style_sheet(pages, written)
    (made,) = (tmp_path / "en/assets").glob("*.css")
    assert made.read_text(encoding="utf-8") == ".here{a:b}.made{c:d}.here{g:h}"
    page = pages[tmp_path / "en/softmax/index.html"]
    assert page == f'<link rel="stylesheet" href="../assets/{made.name}">\n<p class="here">'
    assert (tmp_path / "assets" / made.name).is_file()
