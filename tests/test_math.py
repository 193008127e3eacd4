"""Formulas become MathML that search skips, that the font of the site can draw and that never widens a page."""

import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import markdown
import pytest
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.otTables import MathGlyphConstruction as GlyphConstruction
from material.plugins.search.plugin import Parser
from sampled import sampled

from lessonkit.formulas import mathfont
from lessonkit.formulas.math import MathError, replace_math, to_mathml
from lessonkit.formulas.mathfont import CHARACTERS, drawn_characters, math_font, missing_characters

ROOT = Path(__file__).parent.parent

FORMULAS = [
    r"p_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}",
    r"\log \sum_j \exp(z_j) = m + \log \sum_j \exp(z_j - m), \quad m = \max_j z_j",
    r"H(P, Q) = -\mathbb{E}_{x \sim P}\left[\log Q(x)\right] = H(P) + \mathrm{KL}(P\,\|\,Q) \ge 0",
    r"\frac{\partial L}{\partial z_k} = p_k - y_k",
    r"\nabla_{\mathbf{W}} L = (\mathbf{p} - \mathbf{y})\mathbf{x}^\top",
    r"y_k = \begin{cases} 1 & \text{정답이면 } (k = y) \\ 0 & \text{otherwise} \end{cases}",
    r"\begin{pmatrix} a & b \\ c & d \end{pmatrix} \begin{bmatrix} 1 \\ 2 \end{bmatrix}",
    r"\begin{aligned} L &= -\frac{1}{N}\sum_{n=1}^{N} \log \hat{y}_n \\ &\approx 0.2447 \end{aligned}",
    r"\underbrace{H(P)}_{\text{엔트로피}} + \overbrace{a + b}^{n} = \overline{x + y}",
    r"\operatorname{softmax}(\mathbf{z} + c), \operatorname*{arg\,max}_k p_k",
    r"\lim_{T \to \infty}, \prod_i \lambda \le 10^{-3}",
    r"\sqrt{2\pi\sigma^2}, \lVert \boldsymbol{\theta} \rVert_2^2, f'(x)",
    r"\vec{w}, \bar{x}, \tilde{x}, \mathbf{1}, \mathcal{L}",
    r"\mathbb{1}[y = k], \Bigl( \tfrac{1}{2} \Bigr)",
    r"\lfloor x \rfloor, \ell, x \mapsto \dots, \theta \leftarrow \theta - \eta g",
]


def arithmatex(source: str) -> str:
    """The HTML that the site's Markdown makes of `source` before formulas are replaced."""
    extensions = ["pymdownx.arithmatex", "pymdownx.superfences", "tables"]
    return markdown.markdown(
        source, extensions=extensions, extension_configs={"pymdownx.arithmatex": {"generic": True}}
    )


def page(source: str, **options: str) -> str:
    return replace_math(arithmatex(source), **options)


@pytest.fixture(scope="module")
def font() -> TTFont:
    return TTFont(io.BytesIO(math_font()))


@pytest.mark.parametrize("latex", FORMULAS)
def test_formula_becomes_one_well_formed_math_element(latex):
    for display in (True, False):
        math = ElementTree.fromstring(to_mathml(latex, display=display))
        assert math.tag == "math"
        assert "data-search-exclude" in math.attrib
        assert math.get("translate") == "no"
        assert math.get("display") == ("block" if display else None)
        assert "merror" not in {element.tag for element in math.iter()}


@pytest.mark.parametrize(
    ("latex", "reason", "hint"),
    [
        (r"\frac{1}{", r"`{` is opened and never closed (at `\frac{1}{`).", ""),
        (r"\frac{a}{\sum_j {e^{z_j}", r"`{` is opened and never closed (at `a}{\sum_j {e^{z_j}`).", ""),
        (r"\left( \frac{a}{b}", r"`\left` is opened and never closed (at `\left( \frac{a}{b}`).", ""),
        (r"\begin{aligned} a &= b", r"`\begin{aligned}` is opened and never closed (at `\begin{aligned} a &=`).", ""),
        ("a} + b", 'Unmatched closing token: "}" (at `} + b`).', ""),
        (r"a \right)", r'Unmatched closing token: "\right" (at `\right)`).', ""),
        (r"a + \sofmax(z)", r'Unknown command "\sofmax" (at `\sofmax(z)`).', ""),
        (r"\text{손실} \foo", r'Unknown command "\foo" (at `\foo`).', ""),
        (r"\text{50\% of} \foo", r'Unknown command "\foo" (at `\foo`).', ""),
        (r"\widetilde{x}", r'Unknown command "\widetilde" (at `\widetilde{x}`).', r"Write \tilde instead."),
        (r"\begin{split} a \end{split}", 'Unknown environment "split"', "Write aligned instead."),
        ("x^2^3", "Duplicate subscript or superscript (at `^3`).", ""),
        ("", "it is empty.", ""),
        ("50 % x", "a bare % starts a comment.", r"Write \%."),
        (r"\begin{align} a &= b \end{align}", "as wide as the page.", r"Write \begin{aligned} or \begin{gathered}."),
        (r"\boxed{x}", "Chromium draws no boxes and no strokes.", "Say it in words."),
        (r"\cancel{x}", "Chromium draws no boxes and no strokes.", "Say it in words."),
        (r"\angl{n}", "Chromium draws no boxes and no strokes.", "Say it in words."),
        (r"\text{\sout{x}}", "Chromium draws no boxes and no strokes.", "Say it in words."),
        (r"\eqref{loss}", "formulas have no numbers that could be referred to.", "Say it in words."),
        (r"\color{red} x", "a fixed colour would be lost in light or in dark.", "Say it in words."),
        (r"\left< x \right>", "< and > are relations, not brackets.", r"Write \langle and \rangle."),
        (r"\text{if $x$}", "Math mode within text mode", r"Close the text before the formula: \text{a }x\text{ b}."),
        (r"\text{a_b}", "Not valid in text mode (at `_b}`).", r"In \text{} write \_ and \&"),
        ("손실", "the math font has no 손 (U+C190), 실 (U+C2E4).", r"Put words into \text{}"),
        (r"\mathfrak{g}", "the math font has no 𝔤 (U+1D524).", "signs into lessonkit/formulas/mathfont.py."),
    ],
)
def test_bad_formula_is_refused_with_its_latex_the_reason_and_a_hint(latex, reason, hint):
    with pytest.raises(MathError, match=re.escape(reason)) as caught:
        to_mathml(latex, display=True)
    assert caught.value.latex == latex
    assert str(caught.value).startswith(f"The formula `{latex}` cannot be shown: ")
    assert "\n" not in str(caught.value)
    assert hint in caught.value.hint
    assert bool(hint) == bool(caught.value.hint)


@pytest.mark.parametrize(
    ("latex", "reason"),
    [
        (r"\begin{aligned} a &= b \\[1em] c &= d \end{aligned}", r"the [1em] after \\ would be printed"),
        (r"\begin{aligned} a &= b \\ [ 3pt ] c &= d \end{aligned}", r"the [ 3pt ] after \\ would be printed"),
        (r"\begin{cases} a \\[-.5\baselineskip] b \end{cases}", r"the [-.5\baselineskip] after \\ would be printed"),
        (r"\begin{aligned} a &= b \\* c &= d \end{aligned}", r"the * after \\ would be printed"),
        (r"\begin{aligned} a &= b \cr[1em] c &= d \end{aligned}", r"the [1em] after \cr would be printed"),
        (r"\begin{aligned} a \\{b} \\[2em] \end{aligned}", r"the [2em] after \\ would be printed"),
        (r"a = b \\ c = d", r"\\ ends no row here and would be lost"),
        (r"\begin{aligned} \frac{a \\ b}{c} \\ d \end{aligned}", r"\\ ends no row here and would be lost"),
        (r"\begin{aligned} \text{a \\ b} \end{aligned}", r"\\ ends no row here and would be lost"),
    ],
)
def test_end_of_a_row_that_would_be_lost_or_printed_is_refused(latex, reason):
    with pytest.raises(MathError, match=re.escape(reason)) as caught:
        to_mathml(latex, display=True)
    assert caught.value.hint


@pytest.mark.parametrize(
    "latex",
    [
        r"\begin{aligned} a &= b \\ c &= d \\ \end{aligned}",
        r"\begin{aligned} a &= b \cr c &= d \end{aligned}",
        r"\begin{aligned} a &= b \\ {}[c] &= d \end{aligned}",
        r"\begin{pmatrix} a \\ b \\ c \end{pmatrix}",
    ],
)
def test_rows_that_are_meant_are_rows(latex):
    rows = ElementTree.fromstring(to_mathml(latex, display=True)).findall(".//mtr")
    assert ["".join(row.itertext()) for row in rows] == [
        text for text in re.sub(r"\\(?:begin|end)\{\w+\}|[&{} ]", "", latex).replace(r"\cr", r"\\").split(r"\\") if text
    ]


def test_stacked_conditions_are_rows_too():
    math = ElementTree.fromstring(to_mathml(r"\sum_{\substack{i < n \\ j < m}} x", display=True))
    assert ["".join(row.itertext()) for row in math.findall(".//munder//mtr")] == ["i<n", "j<m"]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        (r"\text{50\% of it}", "50% of it"),
        (r"\text{a\_b \# \$ \& \{ \} x}", "a_b # $ & { } x"),
        (r"\text{ edges }", " edges "),
        (r"\text{정답이면 50\% 확률}", "정답이면 50% 확률"),
        (r"\text{a \textbf{b\% c} d\% e}", "a b% c d% e"),
        (r"\textbf{50\% of it}", "50% of it"),
        (r"\frac{\text{50\% of it}}{\text{if \{ x\}}}", "50% of itif { x}"),
        (r"\text{a\ b~c\, d}", "a b c\u2009 d"),
        (r"\text{caf\' e}", "cafe\u0301"),
        (r"\text{\large a} + \text{b}", "a+b"),
    ],
)
def test_text_keeps_its_blanks(latex, text):
    math = ElementTree.fromstring(to_mathml(latex, display=True))
    assert "".join(math.itertext()).replace("\u00a0", " ") == text


def test_signs_before_a_blank_in_math_are_what_they_were():
    assert to_mathml(r"\{ -1 \}", display=True) == to_mathml(r"\{-1\}", display=True)


def test_the_fault_of_a_long_formula_has_its_line():
    with pytest.raises(MathError) as caught:
        to_mathml("\\begin{aligned}\na &= b \\\\\nc &= \\foo\n\\end{aligned}", display=True)
    assert caught.value.line == 2


def test_percent_that_is_escaped_is_no_comment():
    rows = to_mathml(r"\begin{aligned} 50\% \\ 3\% \end{aligned}", display=True)
    assert rows.count("%") == 2


def test_display_formula_can_be_scrolled_with_the_keyboard_and_has_a_name():
    html = page("앞.\n\n$$\na < b\n\\text{ & }\n$$\n\n뒤.".replace("&", r"\&"), label="수식")
    box = re.search(r'<div class="math" ([^>]*)>(<math.*</math>)</div>', html)
    assert box[1] == 'role="group" aria-label="수식" tabindex="0"'
    assert "&lt;" in box[2]
    assert "arithmatex" not in html
    assert html.startswith("<p>앞.</p>")


def test_inline_formula_is_not_torn_from_its_particle_or_full_stop():
    html = page("확률 $p_i$는 ($z_i$)에서 오고 $x$ 다음은 $y$.")
    unbroken = re.findall(r'<span class="unbroken">(.*?)<math.*?</math>(.*?)</span>', html)
    assert unbroken == [("", "는"), ("(", ")에서"), ("", ".")]
    assert re.search(r" <math[^>]*><mi>x</mi></math> ", html)


def test_wide_inline_formula_scrolls_and_its_neighbours_may_go_to_the_next_line():
    html = page(r"$\log p_i = z_i - \log \sum_j e^{z_j} = z_i - m - \log \sum_j e^{z_j - m}$는")
    assert '<math class="wide" tabindex="0" translate="no" data-search-exclude=""' in html
    assert "unbroken" not in html
    assert 'tabindex="0"' not in page("$p_i$ 값")


def test_code_and_prices_are_left_alone():
    html = page("`$x$` 값은 $5 또는 $6\n\n```\n$$\nx\n$$\n```\n")
    assert "<math" not in html
    assert "<math" in page("$x$")


@pytest.mark.parametrize("source", ["글\n$$\nx\n$$\n글", "글 $$x$$ 글", "| a |\n|---|\n| $p(x|y)$ |\n"])
def test_formula_that_markdown_missed_is_refused(source):
    with pytest.raises(MathError, match="Markdown did not take it for one") as caught:
        page(source)
    assert "needs blank lines around its block" in caught.value.hint


def test_material_search_indexes_the_prose_and_not_the_formula():
    parser = Parser()
    parser.feed("<h1 id='a'>제목</h1>" + page(f"확률 $p_i$는\n\n$$\n{FORMULAS[0]}\n$$\n\n끝 $\\sqrt{{x}}$ 말."))
    text = "".join(piece for section in parser.data for piece in section.text)
    assert re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", text)).strip() == "확률 는 끝 말."


def test_font_is_small_and_the_same_in_every_process():
    code = (
        "from lessonkit.formulas.mathfont import math_font\nimport hashlib\n"
        "print(hashlib.sha256(math_font()).hexdigest())"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    other = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(math_font()).hexdigest()
    assert math_font()[:4] == b"wOF2"
    assert len(math_font()) <= 41_000


def test_the_font_holds_what_it_promises_and_its_licence(font):
    assert set(map(chr, font.getBestCmap())) >= CHARACTERS
    assert "STIX" in font["name"].getDebugName(0)
    assert "SIL Open Font License" in font["name"].getDebugName(13)


def constructions(font: TTFont) -> dict[tuple[str, str], GlyphConstruction]:
    """How characters grow, by axis (`tall`, `wide`) and character."""
    variants = font["MATH"].table.MathVariants
    axes = {
        "tall": dict(zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True)),
        "wide": dict(zip(variants.HorizGlyphCoverage.glyphs, variants.HorizGlyphConstruction, strict=True)),
    }
    glyphs = font.getBestCmap().items()
    return {(axis, chr(code)): of[name] for axis, of in axes.items() for code, name in glyphs if name in of}


def not_growing(file: bytes) -> set[str]:
    """The characters that have larger sizes or pieces in STIX and lost them."""
    ours = constructions(TTFont(io.BytesIO(file)))
    whole = constructions(TTFont(mathfont.source()))
    lost = set()
    for (axis, character), construction in whole.items():
        kept = ours.get((axis, character))
        if character in CHARACTERS and (
            kept is None
            or bool(kept.GlyphAssembly) != bool(construction.GlyphAssembly)
            or len(kept.MathGlyphVariantRecord) < min(len(construction.MathGlyphVariantRecord), 6)
        ):
            lost.add(character)
    return lost


def test_whatever_grows_in_stix_grows_in_the_font():
    assert not_growing(math_font()) == set()
    assert len({one for _, one in constructions(TTFont(mathfont.source()))} & CHARACTERS) >= 40


@pytest.mark.parametrize("character", sampled("⏟‖√‾→∫", every=6))
def test_a_glyph_that_is_taken_out_of_the_font_is_reported(character):
    assert not_growing(mathfont.subset_of(CHARACTERS - {character})) == {character}


def test_pieces_of_what_grows_overlap_by_what_the_font_demands(font):
    least = font["MATH"].table.MathVariants.MinConnectorOverlap
    for place, construction in constructions(font).items():
        parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
        for before, after in zip(parts, parts[1:], strict=False):
            assert min(before.EndConnectorLength, after.StartConnectorLength) >= least, place
        for part in parts:
            if part.PartFlags & 1:  # repeated
                assert min(part.StartConnectorLength, part.EndConnectorLength) >= least, place


def test_no_bracket_reserves_much_more_room_than_its_smallest_size(font):
    for character in mathfont.NARROWED:
        cmap, advances = font.getBestCmap(), font["hmtx"].metrics
        construction = constructions(font)["tall", character]
        parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
        glyphs = [r.VariantGlyph for r in construction.MathGlyphVariantRecord] + [part.glyph for part in parts]
        smallest = advances[cmap[ord(character)]][0]
        assert max(advances[glyph][0] for glyph in glyphs) <= smallest * mathfont.WIDEST_SIZE + 1, character


def test_coverage_sees_what_the_browser_draws():
    assert drawn_characters("<math><mi>p</mi><mi>log</mi><mo>&lt;</mo></math>") == set("𝑝log<")
    assert drawn_characters('<mi mathvariant="normal">∇</mi><mi>h</mi><msqrt><mi>∂</mi></msqrt>') == set("∇ℎ√𝜕")
    assert missing_characters("<mtext>손실</mtext><mi>x</mi>") == set()
    assert missing_characters("<mi>𝔤</mi><mo>≔</mo><mi>한</mi>") == set("𝔤한")


def prose(path: Path) -> str:
    """The Markdown of a page, or of the prose cells of a lesson."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        return text
    cells = re.split(r"^# %%", text, flags=re.MULTILINE)[1:]
    lines = [line for cell in cells if cell.startswith(" [markdown]") for line in [*cell.splitlines()[1:], ""]]
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines)


SOURCES = [*ROOT.glob("lessons/*.py"), *ROOT.glob("docs/**/*.md")]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_formula_of_the_site_can_be_shown(path):
    html = page(prose(path))
    assert "arithmatex" not in html
    assert missing_characters("".join(re.findall(r"<math.*?</math>", html, re.DOTALL))) == set()


def test_prose_of_a_lesson_is_read_and_a_bad_formula_in_it_is_found(tmp_path):
    lesson = tmp_path / "lesson.py"
    lesson.write_text(
        '# %% [markdown] lang="ko"\n# 값 $\\bad$는\n#\n# $$\n# x\n# $$\n\n# %%\nprint("$$")\n', encoding="utf-8"
    )
    assert prose(lesson) == "값 $\\bad$는\n\n$$\nx\n$$\n\n"
    with pytest.raises(MathError, match="Unknown command"):
        page(prose(lesson))


def test_stylesheet_loads_the_font_from_beside_itself():
    css = (ROOT / "lessonkit/assets/site/math.css").read_text(encoding="utf-8")
    assert re.findall(r'url\("(.*?)"\)', css) == ["math.woff2"]
