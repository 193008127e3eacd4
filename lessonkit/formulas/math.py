r"""Math at build time: LaTeX to MathML, so that a page needs no script to show a formula.

`pymdownx.arithmatex` with `generic: true` leaves `\(...\)` in a span and `\[...\]` in a div; `replace_math` turns them
into MathML with math-core. What browsers would show poorly raises `MathError` in the build, not on a reader's screen.
"""

import re
from functools import cache
from html import escape, unescape
from unicodedata import east_asian_width

from math_core import LatexError, LatexToMathML

from lessonkit.formulas.mathfont import missing_characters

_CONVERTER = LatexToMathML(fancy_error=False)

# What math-core accepts and a page should not show, with what to do instead.
_REFUSED = [
    (re.compile(pattern), reason)
    for pattern, reason in (
        (r"^\s*$", "it is empty"),
        (r"(?<!\\)(?:\\\\)*%", r"a bare % starts a comment, so write \%"),
        (
            r"\\begin\{(?:align|alignat|equation|flalign|gather|multline)\*?\}",
            r"numbered environments are as wide as the page, so write \begin{aligned}",
        ),
        (r"\\(?:boxed|[bx]?cancel|fbox|sout)\b", "Chromium draws no boxes and no strokes"),
        (r"\\x[a-zA-Z]+arrow", r"Chromium does not stretch arrows, so write \to"),
        (r"\\(?:page|text)?color\b", "a fixed colour would be lost in light or in dark"),
    )
]

# What math-core writes and browsers draw poorly.
_MENDED = {
    "&ApplyFunction;": "\u2061",  # a named character that only HTML knows
    "\ufe00": "",  # asks for the other style of script letters, which the font has not
    "\ufe01": "",
    "<mtext>": "<mrow><mtext>",  # an index that is nothing but text stays large in Firefox
    "</mtext>": "</mtext></mrow>",
    # \overline ran through the letters, \vec stood beside its letter.
    '<mo stretchy="true">\u0332</mo></mover>': '<mo stretchy="true" class="overline">‾</mo></mover>',
    '<mo stretchy="false">\u20d7</mo>': '<mo stretchy="false" mathsize="0.55em">→</mo>',
}

# `before` and `after`: browsers may end a line between a formula and its particle (`$p$는`) or full stop.
_FORMULA = re.compile(
    r'(?P<before>[(\[“‘]*)<span class="arithmatex">\\\((?P<inline>.*?)\\\)</span>(?P<after>[^\s<]*)'
    r'|<div class="arithmatex">\\\[(?P<display>.*?)\\\]</div>',
    re.DOTALL,
)
_CODE = re.compile(r"<(code|pre|script|style|svg|textarea)\b.*?</\1>", re.DOTALL)
_LEFT_OVER = re.compile(r'\$(?:\$|[A-Za-z\\]|<math|<span class="unbroken">)')

# In columns of a terminal (Hangul has two), each about 9 px; a note on the narrowest phone (320 px) is 262 px wide.
_PHONE_LINE = 24


class MathError(ValueError):
    """A formula that cannot be shown, in one sentence; `latex` is the formula as its author wrote it."""

    def __init__(self, latex: str, reason: str) -> None:
        self.latex = latex
        super().__init__(f"The formula `{' '.join(latex.split())}` cannot be shown: {reason.rstrip('.')}.")


def _convert(latex: str, display: bool) -> str:
    """math-core's MathML, mended; its messages begin with the place in `latex`, counted in characters."""
    try:
        mathml = _CONVERTER.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        place, _, reason = str(error).partition(": ")
        near = latex[int(place) :].split("\n")[0][:20]
        raise MathError(latex, f"{reason.rstrip('.')} (at `{near}`)" if near else reason) from None
    for written, wanted in _MENDED.items():
        mathml = mathml.replace(written, wanted)
    return mathml


@cache
def to_mathml(latex: str, *, display: bool) -> str:
    """One `<math>` element for a formula, not for page translators.

    Material's search leaves it out: it would index `pi=ezi∑jezj`.
    """
    for pattern, reason in _REFUSED:
        if pattern.search(latex):
            raise MathError(latex, reason)
    mathml = _convert(latex, display)
    if missing := sorted(missing_characters(mathml)):
        names = ", ".join(f"{character} (U+{ord(character):04X})" for character in missing)
        raise MathError(
            latex, rf"the math font has no {names}: put words into \text{{}}, signs into lessonkit/formulas/mathfont.py"
        )
    return mathml.replace("<math", '<math translate="no" data-search-exclude=""', 1)


def _columns(html: str) -> int:
    """About how wide the text of some HTML is, in columns of a terminal."""
    text = unescape(re.sub(r"<[^>]*>", "", html))
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _inline(latex: str, before: str, after: str) -> str:
    """An inline formula, kept in one line with what touches it or, if it is wide, scrollable and focusable."""
    mathml = to_mathml(latex, display=False)
    if _columns(mathml) > _PHONE_LINE:
        mathml = mathml.replace("<math", '<math class="wide" tabindex="0"', 1)
    whole = before + mathml + after
    return f'<span class="unbroken">{whole}</span>' if whole != mathml and _columns(whole) <= _PHONE_LINE else whole


def _refuse_left_overs(html: str) -> None:
    """Finds the dollar signs of a formula that Markdown did not take for one; a price (`$5`) is none."""
    prose = _CODE.sub("", html)
    if found := _LEFT_OVER.search(prose):
        latex = unescape(re.sub(r"<[^>]*>", "", prose[found.start() :]))[:40]
        raise MathError(latex, r"$$ needs blank lines around its block, and | in a table cell is written \vert")


def replace_math(html: str, *, label: str = "Formula") -> str:
    """The page with MathML for arithmatex's formulas; `label` names the scrolling box of a display formula."""
    box = f'<div class="math" role="group" aria-label="{escape(label)}" tabindex="0">'

    def formula(match: re.Match[str]) -> str:
        if match["display"] is not None:
            return f"{box}{to_mathml(unescape(match['display']).strip(), display=True)}</div>"
        return _inline(unescape(match["inline"]).strip(), match["before"], match["after"])

    page = _FORMULA.sub(formula, html)
    _refuse_left_overs(page)
    return page


def has_math(html: str) -> bool:
    """Whether a finished page holds MathML, and so needs the font."""
    return "<math" in html
