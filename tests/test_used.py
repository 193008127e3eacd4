"""Styles and scripts only where they are used."""

from pathlib import Path

from lessonkit.pages.used import NEEDED_BY, without_unused

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


def test_the_files_are_there_and_loaded() -> None:
    root = Path(__file__).parent.parent
    named = (root / "mkdocs.yml").read_text(encoding="utf-8")
    for name in NEEDED_BY:
        assert f"- assets/{name}\n" in named
        assert (root / "docs/shared/assets" / name).is_file()
