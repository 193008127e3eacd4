"""The math font of the site: a small subset of STIX Two Math, the same file for every page.

A served site has all `CHARACTERS` that an author may use (40 kB), a published one those that its pages draw (14 kB):
html/site_passes.py.

Source: STIXTwoMath-Regular.ttf (2.11, SIL Open Font License 1.1, no reserved font name), from the wheel of ziamath.
The copyright and the licence travel in the font's name table. Sizes are in bytes, lengths in font units (1000 an em).
"""

import io
import re
import unicodedata
from functools import cache
from html import unescape
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont


def _span(first: int, last: int) -> str:
    """All characters from one code point to another, both included; what Unicode leaves unassigned is left out."""
    return "".join(c for c in map(chr, range(first, last + 1)) if unicodedata.name(c, ""))


# A browser draws `<mi>p</mi>` with U+1D45D: one letter alone becomes mathematical italic (MathML Core, "math-auto").
_ITALIC_GLYPHS = _span(0x1D434, 0x1D467) + _span(0x1D6A4, 0x1D6A5) + _span(0x1D6E2, 0x1D71B)
ITALIC = {chr(int(unicodedata.decomposition(c).split()[-1], 16)): c for c in _ITALIC_GLYPHS} | {"h": "ℎ"}

CHARACTERS = frozenset(
    _span(0x20, 0x7E)
    + "\u00a0\u2002\u2003\u2009\u200a"  # spaces that math-core writes for ~, \quad, \, in names
    + "\u2061\u2062\u2063\u2064"  # invisible: function application, times, separator, plus
    + "".join(ITALIC[c] for c in "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    + "".join(ITALIC[c] for c in "αβγδεζηθικλμνξπρςστυφχψω∂ϵϑϕϱ")
    + "𝚤𝚥ΓΔΘΛΞΠΣΥΦΨΩ∇"
    + _span(0x1D400, 0x1D433)  # bold letters: \mathbf{x}
    + _span(0x1D7CE, 0x1D7D7)  # bold digits: \mathbf{1}
    + "𝚺𝜶𝜷𝜸𝜹𝜺𝜽𝝀𝝁𝝈𝝓𝝎"  # \boldsymbol{\theta}
    + "𝔼ℝℕℤℙ𝕀𝟙"
    + "𝒜ℬ𝒞𝒟ℰℱ𝒢ℋℐ𝒥𝒦ℒℳ𝒩𝒪𝒫𝒬ℛ𝒮𝒯𝒰𝒱𝒲𝒳𝒴𝒵"
    + "±∓×÷·−∗∘∙⋅⋆⊕⊖⊗⊙∖†"
    + "∑∏∫√∞∝"
    + "∈∉∋⊂⊃⊆⊇∪∩⋃⋂∅∀∃∧∨¬⊤⊥⟂"
    + "≠≡≈≃≅∼≤≥≪≫≲≳≔≜≺≻⊢"
    + "∣∤∥‖⟨⟩⌊⌋⌈⌉"
    + "⋯…⋮⋱′″ℓ°"
    + "←→↑↓↔⇐⇒⇔↦↗↘⟵⟶⟹⟺"
    + "ˆˇ˜¯˙¨̲⃗̂̃‾⏞⏟"  # accents and braces over and under: \hat, \tilde, \bar, \vec, \widehat, \overline, \underbrace
)

# How many ready-made sizes stay of what can also be assembled from pieces. STIX has 13 bracket sizes, 240 units apart.
VERTICAL_SIZES = 9
HORIZONTAL_SIZES = 6

# Chromium reserves room for the widest size of a bracket or a radical whatever size it draws, so that a gap follows it.
# No size may therefore be wider than this many times the smallest.
WIDEST_SIZE = 1.15
NARROWED = "()[]{}⌊⌋⌈⌉⟨⟩√"

CONSTANTS = {
    # Bars are snapped to whole pixels: 68 units would be one pixel or two by chance, these are one up to 21 px.
    "FractionRuleThickness": 46,
    "RadicalRuleThickness": 46,
    # TeX's own sup_drop and sub_drop (cmsy10). With STIX's 230 and 160 the index of p hangs lower than that of z.
    "SuperscriptBaselineDropMax": 386,
    "SubscriptBaselineDropMin": 50,
    # What stands above a long arrow would be as far from it as from the line before: \\xrightarrow{f}.
    "StretchStackTopShiftUp": 500,
}

# Primes drawn for use as superscripts; without these a prime is small and flies high, for Chromium ignores `ssty`.
PRIMES = {0x2032: "minute.ssty", 0x2033: "second.ssty"}


def drawn_characters(mathml: str) -> set[str]:
    r"""The characters that a browser takes from the math font; `\text{...}` is set in the font of the page."""
    body = re.sub(r"<mtext>.*?</mtext>", "", mathml, flags=re.DOTALL)
    body = re.sub(r'<mi(?: class="deep")?>(.)</mi>', lambda letter: ITALIC.get(letter[1], letter[1]), body)
    radical = {"√"} if "<msqrt>" in body or "<mroot>" in body else set()
    return set(unescape(re.sub(r"<[^>]*>", "", body))) | radical


def missing_characters(mathml: str) -> set[str]:
    """What `mathml` needs and the font has not; empty for everything that can be published."""
    return drawn_characters(mathml) - CHARACTERS


def _drop_large_sizes(variants: Any) -> None:
    """Leaves out the largest ready-made sizes of whatever can also be assembled from pieces."""
    for constructions, sizes in (
        (variants.VertGlyphConstruction, VERTICAL_SIZES),
        (variants.HorizGlyphConstruction, HORIZONTAL_SIZES),
    ):
        for construction in constructions:
            if construction.GlyphAssembly:
                del construction.MathGlyphVariantRecord[sizes:]


def _hint_joints(variants: Any) -> None:
    """Corrects two slips of STIX in how pieces overlap: browsers refuse the character, or draw it far too long."""
    for construction in (*variants.VertGlyphConstruction, *variants.HorizGlyphConstruction):
        parts = construction.GlyphAssembly.PartRecords if construction.GlyphAssembly else []
        for part in parts:
            if part is parts[-1] and not part.StartConnectorLength:  # the head of → is described back to front
                part.StartConnectorLength, part.EndConnectorLength = part.EndConnectorLength, 0
            for other in parts:  # ‖ repeats one glyph, and the two say differently how far it may overlap
                if other.glyph == part.glyph:
                    part.StartConnectorLength = max(part.StartConnectorLength, other.StartConnectorLength)
                    part.EndConnectorLength = max(part.EndConnectorLength, other.EndConnectorLength)


def _narrow_tall_sizes(font: TTFont, variants: Any) -> None:
    """Squeezes the sizes and pieces of brackets and radicals to `WIDEST_SIZE`."""
    advances = font["hmtx"].metrics
    narrowed = {font.getBestCmap()[ord(character)] for character in NARROWED}
    squeeze = {}
    for base, construction in zip(variants.VertGlyphCoverage.glyphs, variants.VertGlyphConstruction, strict=True):
        assembly = construction.GlyphAssembly
        glyphs = [record.VariantGlyph for record in construction.MathGlyphVariantRecord]
        glyphs += [part.glyph for part in assembly.PartRecords] if assembly else []
        for glyph in glyphs if base in narrowed else ():
            squeeze[glyph] = min(1, WIDEST_SIZE * advances[base][0] / advances[glyph][0])
    for name, factor in squeeze.items():
        glyph = font["glyf"][name]
        glyph.coordinates.scale((factor, 1))
        glyph.coordinates.toInt()
        advances[name] = tuple(round(factor * length) for length in advances[name])


def _tune(font: TTFont, measured: set[str]) -> None:
    """Changes the font where browsers would show it poorly; each reason stands at its constant."""
    math = font["MATH"].table
    for name, value in CONSTANTS.items():
        getattr(math.MathConstants, name).Value = value
    _drop_large_sizes(math.MathVariants)
    _hint_joints(math.MathVariants)
    _narrow_tall_sizes(font, math.MathVariants)
    glyphs = font.getBestCmap()
    others = PRIMES | {ord(letter): glyphs[ord(ITALIC[letter])] for letter in measured}
    for table in font["cmap"].tables:
        if table.format != 14 and table.isUnicode():
            table.cmap.update(others)


def _measured(characters: frozenset[str]) -> set[str]:
    """The letters that are drawn in italics only.

    Chromium draws U+1D6FD for β and takes the height and depth of β itself. With that in no font of the page these
    were some other font's, and a line over β ran through it.
    """
    return {letter for letter, italic in ITALIC.items() if italic in characters} - characters


@cache
def math_font() -> bytes:
    """The woff2 file of all `CHARACTERS`, with the sizes and pieces of what stretches. The same bytes every time."""
    return subset_of(CHARACTERS)


def source() -> Path:
    """The font that the files are made from."""
    place = distribution("ziamath").locate_file("ziamath/fonts/STIXTwoMath-Regular.ttf")  # ziamath is not imported
    return Path(str(place))


def subset_of(characters: frozenset[str]) -> bytes:
    """A woff2 file of some characters."""
    font = TTFont(io.BytesIO(source().read_bytes()), recalcTimestamp=False, lazy=True)
    measured = _measured(characters)
    _tune(font, measured)
    options = subset.Options()
    options.hinting = False
    options.glyph_names = False
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 5, 13, 14]  # copyright, family, style, version, licence, address of the licence
    options.drop_tables += ["GDEF", "GPOS", "GSUB", "gasp"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=map(ord, characters | measured))
    subsetter.subset(font)
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()
