r"""Math at build time: LaTeX to MathML, so that a page needs no script to show a formula.

`pymdownx.arithmatex` with `generic: true` leaves `\(...\)` in a span and `\[...\]` in a div; `replace_math` turns them
into MathML with math-core. What browsers would show poorly raises `MathError` in the build, not on a reader's screen.
"""

import re
from functools import cache
from html import escape, unescape
from unicodedata import east_asian_width

from math_core import LatexError, LatexToMathML

from lessonkit.formulas.latex import MACROS, REFUSED, advice, prepared, unclosed, wrong_row
from lessonkit.formulas.mathfont import missing_characters

_CONVERTER = LatexToMathML(fancy_error=False, macros=MACROS)

# What browsers draw. Of the rest that math-core writes: why not.
_DRAWN = re.compile(
    r"math|mrow|mi|mo|mn|mtext|mspace|mfrac|msqrt|mroot|msu[bp]|msubsup|munder|mover|munderover|mmultiscripts"
    r"|mprescripts|none|mtable|mtr|mtd|mpadded|mphantom|b|i|em|u|span|code"
)
_NOT_DRAWN = {
    "menclose": "Chromium draws no boxes and no strokes",
    "s": "Chromium draws no boxes and no strokes",
    "a": "formulas have no numbers that could be referred to",
}

# What math-core writes and browsers draw poorly.
_MENDED = {
    "&ApplyFunction;": "\u2061",  # a named character that only HTML knows
    "\ufe00": "",  # asks for the other style of script letters, which the font has not
    "\ufe01": "",
    "<mtext": "<mrow><mtext",  # an index that is nothing but text stays large in Firefox
    "</mtext>": "</mtext></mrow>",
    # \overline and \underline ran through the letters, \vec stood beside its letter.
    '<mo stretchy="true">\u0332</mo></mover>': '<mo stretchy="true" class="overline">‾</mo></mover>',
    '<mo stretchy="true">\u0332</mo></munder>': '<mo stretchy="true" class="underline">‾</mo></munder>',
    "<mi>f</mi>": '<mi class="deep">f</mi>',  # the one letter that goes below the line in italics only
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
    """A formula that cannot be shown, in one sentence; `latex` is the formula as its author wrote it.

    `hint` says what to write instead; `line` is the line of the fault within the formula, from 0.
    """

    def __init__(self, latex: str, reason: str, hint: str = "", position: int = 0) -> None:
        self.latex, self.hint = latex, hint
        self.line = latex.count("\n", 0, position)
        super().__init__(f"The formula `{' '.join(latex.split())}` cannot be shown: {reason.rstrip('.')}.")


def _near(latex: str, position: int) -> str:
    """What stands at a place of a formula, for a message."""
    return latex[position:].split("\n")[0][:20].rstrip()


def _refused(latex: str, read: str, error: LatexError) -> MathError:
    """math-core's error in `read`, for the author of `latex`; it begins with the place, counted in characters."""
    place, _, message = str(error).partition(": ")
    position, reason = int(place), message.rstrip(".")
    near = _near(read, position)
    if "closing token" in reason and (group := unclosed(read)):
        position, reason = group.start(), f"`{group.group()}` is opened and never closed"
        near = read[max(0, position - 10) : position].split("\n")[-1] + _near(read, position)
    return MathError(latex, f"{reason} (at `{near}`)" if near else reason, advice(message), position)


def _convert(latex: str, display: bool) -> str:
    """math-core's MathML, corrected."""
    read = prepared(latex)
    try:
        mathml = _CONVERTER.convert_with_local_state(read, displaystyle=display)
    except LatexError as error:
        raise _refused(latex, read, error) from None
    for written, wanted in _MENDED.items():
        mathml = mathml.replace(written, wanted)
    return mathml


@cache
def to_mathml(latex: str, *, display: bool) -> str:
    """One `<math>` element for a formula, not for page translators. Raises MathError."""
    for pattern, reason, hint in REFUSED:
        if found := pattern.search(latex):
            raise MathError(latex, reason, hint, found.start())
    if wrong := wrong_row(latex):
        position, reason, hint = wrong
        raise MathError(latex, f"{reason} (at `{_near(latex, position)}`)", hint, position)
    mathml = _convert(latex, display)
    if name := next((name for name in re.findall(r"<(\w+)", mathml) if not _DRAWN.fullmatch(name)), None):
        raise MathError(latex, _NOT_DRAWN.get(name, f"browsers do not know <{name}>"), "Say it in words.")
    if missing := sorted(missing_characters(mathml)):
        names = ", ".join(f"{character} (U+{ord(character):04X})" for character in missing)
        hint = r"Put words into \text{}, signs into lessonkit/formulas/mathfont.py."
        raise MathError(latex, f"the math font has no {names}", hint)
    return mathml.replace("<math", '<math translate="no"', 1)


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
        hint = r"$$ needs blank lines around its block, and | in a table cell is written \vert."
        raise MathError(latex, "Markdown did not take it for one", hint)


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
