"""Styles and scripts only where they are used."""

import re

from lessonkit.assets import SCRIPTS, SITE, STYLES
from lessonkit.pages.prune_assets import NEEDED_BY, without_unused

HEAD = """<link rel="stylesheet" href="../assets/site.css">
  <link rel="stylesheet" href="../assets/math.css">
<script src="../assets/copy.js"></script>
<script src="assets/javascripts/bundle.js"></script>
"""


def test_a_page_loads_what_it_uses() -> None:
    assert without_unused(page := HEAD + '<math></math><div class="cell-code"></div>') == page


def test_a_page_without_formulas_and_code_does_not_load_their_files() -> None:
    page = without_unused(HEAD)
    assert "site.css" in page
    assert "bundle.js" in page
    assert "math.css" not in page
    assert "copy.js" not in page
    assert "</script>\n<script" not in page


def test_a_page_keeps_the_style_of_a_borrowed_figure_without_a_frame() -> None:
    sheet = '<link rel="stylesheet" href="assets/figures.css">\n'
    for inside in ('<svg><path fill="var(--fig-c0)"/></svg>', '<div class="lesson-figure"></div>'):
        assert without_unused(sheet + inside) == sheet + inside
    assert without_unused(sheet + "<p>words</p>") == "<p>words</p>"


def test_what_the_sheets_style_is_what_keeps_them() -> None:
    """A file that styles only elements of some kinds, or sets variables, is known by each of these."""
    sheet = (SITE / "figures.css").read_text(encoding="utf-8")
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    classes = {name for name in re.findall(r"\.([a-z-]+)(?=[\s{:>,])", sheet) if not name.startswith("md-")}
    assert classes == {"lesson-figure"}
    assert set(re.findall(r"^\s*(--[a-z]+)-", sheet, re.MULTILINE)) == {"--fig"}
    assert {"lesson-figure", "--fig-"} < set(NEEDED_BY["figures.css"])


def test_the_files_are_there_and_loaded() -> None:
    assert set(NEEDED_BY) <= {*STYLES, *SCRIPTS}
    assert all((SITE / name).is_file() for name in (*STYLES, *SCRIPTS[1:]))
