"""What happens to the pages of a site once they are all written."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from lessonkit.formulas.math import replace_math
from lessonkit.formulas.mathfont import drawn_characters, math_font
from lessonkit.html import site_passes
from lessonkit.html.site_passes import FORMULA, Written

STYLE = '@font-face { src: url("math.woff2"); }'


def written(site: Path, *, serving: bool = False) -> Written:
    """A site of two languages, each with its own assets."""
    roots = (site / "en", site)
    for root in roots:
        (root / "assets").mkdir(parents=True)
        (root / "assets" / "math.css").write_text(STYLE, encoding="utf-8")
    return Written(site, roots, {}, {}, "", serving=serving, offline=False)


def formula(latex: str) -> str:
    return replace_math(f'<span class="arithmatex">\\({latex}\\)</span>')


def undrawn(site: Path) -> set[str]:
    """What pages of a published site draw and its font of formulas has not."""
    (font,) = (site / "assets").glob("math.*.woff2")
    pages = (path.read_text(encoding="utf-8") for path in site.rglob("*.html"))
    drawn = drawn_characters("".join(one for page in pages for one in FORMULA.findall(page)))
    return {one for one in drawn if not one.isspace()} - set(
        map(chr, TTFont(io.BytesIO(font.read_bytes())).getBestCmap())
    )


def test_the_font_of_formulas_has_what_the_pages_draw(tmp_path: Path) -> None:
    site = written(tmp_path)
    pages = {
        tmp_path / "index.html": formula(r"\frac{x_i}{2}"),
        tmp_path / "en" / "index.html": formula(r"\sqrt{\alpha}"),
    }
    for path, html in pages.items():
        path.write_text(html, encoding="utf-8")
    assert site_passes.math_font(pages, site) == pages
    assert undrawn(tmp_path) == set()
    names = {path.relative_to(root).as_posix() for root in site.roots for path in root.glob("assets/*.woff2")}
    (name,) = names
    assert all(Path(name).name in (root / "assets" / "math.css").read_text(encoding="utf-8") for root in site.roots)
    assert (tmp_path / name).stat().st_size < len(math_font()) / 4
    (tmp_path / "later.html").write_text(formula(r"\beta"), encoding="utf-8")
    assert undrawn(tmp_path) == {"𝛽"}, "what a page draws and the font has not is found"


@pytest.mark.parametrize(
    ("html", "offline", "early"),
    [
        (formula("x"), False, True),
        (f"<details>{formula('x')}</details>", False, False),
        (f"<details><p>x</p></details>{formula('x')}", False, True),
        ("<p>words</p>", False, False),
        (formula("x"), True, False),
    ],
)
def test_the_font_is_asked_for_early_where_a_formula_is_seen(
    tmp_path: Path, html: str, offline: bool, early: bool
) -> None:
    sheet = '<link rel="stylesheet" href="../assets/math.css">'
    page = tmp_path / "a" / "index.html"
    pages = {page: sheet + html, tmp_path / "index.html": formula("y")}
    made = site_passes.math_font(pages, replace(written(tmp_path), offline=offline))[page]
    (font,) = (path.name for path in tmp_path.glob("assets/*.woff2"))
    link = f'<link rel="preload" href="../assets/{font}" as="font" type="font/woff2" crossorigin>\n'
    assert made == (link if early else "") + sheet + html


def test_another_choice_of_characters_has_another_name(tmp_path: Path) -> None:
    names = set()
    for latex in ("x", "y"):
        site = written(tmp_path / latex)
        site_passes.math_font({Path("a.html"): formula(latex)}, site)
        names |= {path.name for path in (tmp_path / latex / "assets").glob("*.woff2")}
    assert len(names) == 2


@pytest.mark.parametrize(("html", "serving"), [("<p>words</p>", False), (formula("x"), True)])
def test_a_site_without_formulas_needs_no_font_and_a_served_one_has_all(
    tmp_path: Path, html: str, serving: bool
) -> None:
    site_passes.math_font({tmp_path / "index.html": html}, written(tmp_path, serving=serving))
    assert (tmp_path / "assets" / "math.css").read_text(encoding="utf-8") == STYLE


@pytest.mark.rest
def test_the_font_of_the_course_has_what_its_pages_draw(site: Path) -> None:
    assert undrawn(site) == set()
    assert len(re.findall(r"math\.\w+\.woff2", (site / "assets" / "math.css").read_text(encoding="utf-8"))) == 1
