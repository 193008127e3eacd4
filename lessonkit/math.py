r"""Math at build time: LaTeX to MathML, so that a page needs no script to show a formula.

`pymdownx.arithmatex` with `generic: true` leaves `\(...\)` in a span and `\[...\]` in a div; `replace_math` turns them into
MathML with math-core. What no browser could show well raises `MathError` here, in the build, and not on a reader's screen.
"""

import re
from functools import cache
from html import escape, unescape

from math_core import LatexError, LatexToMathML

from lessonkit.mathfont import missing_characters

_CONVERTER = LatexToMathML(fancy_error=False)
_ARITHMATEX = re.compile(r'<(span|div) class="arithmatex">\\[(\[](.*?)\\[)\]]</\1>', re.DOTALL)
_CODE = re.compile(r"<(pre|code|script|style|textarea)\b.*?</\1>", re.DOTALL)

# What math-core accepts but a page should not show: (pattern, what to write instead).
_REFUSED = (
    (re.compile(r"^\s*$"), "it is empty"),
    (re.compile(r"(?<!\\)(?:\\\\)*%"), r"a bare % starts a comment, so write \%"),
    (
        re.compile(r"\\begin\{(?:align|alignat|equation|gather|multline|flalign)\*?\}"),
        r"numbered environments are as wide as the page, so write \begin{aligned}",
    ),
    (re.compile(r"\\(?:boxed|fbox|b?cancel|xcancel|sout)\b"), r"Chromium draws no boxes and no strokes"),
    (re.compile(r"\\x[a-zA-Z]+arrow"), r"Chromium does not stretch arrows, so write \to"),
    (re.compile(r"\\(?:text|page)?color\b"), r"a fixed colour would be lost in light or in dark"),
)

# What math-core writes and browsers draw poorly.
_REPLACED = {
    "&ApplyFunction;": "\u2061",  # a named character only HTML knows
    "\ufe00": "",  # asks for a second script style, which the font has not
    '<mo stretchy="true">\u0332</mo></mover>': '<mo stretchy="true">‾</mo></mover>',  # \overline went through the letters
    '<mo stretchy="false">\u20d7</mo>': '<mo stretchy="false" mathsize="0.55em">→</mo>',  # \vec stood beside its letter
}


class MathError(ValueError):
    """A formula that cannot be shown, in one sentence; `latex` is the formula as its author wrote it."""

    def __init__(self, latex: str, reason: str) -> None:
        self.latex = latex
        super().__init__(f"The formula `{' '.join(latex.split())}` cannot be shown: {reason.rstrip('.')}.")


def _convert(latex: str, display: bool) -> str:
    """math-core's MathML, mended."""
    try:
        mathml = _CONVERTER.convert_with_local_state(latex, displaystyle=display)
    except LatexError as error:
        offset, _, reason = str(error).partition(": ")
        near = latex[int(offset) :][:20] if offset.isdigit() else ""
        raise MathError(latex, f"{reason.rstrip('.')} (near `{near}`)" if near.strip() else reason) from None
    for written, wanted in _REPLACED.items():
        mathml = mathml.replace(written, wanted)
    return mathml


@cache
def to_mathml(latex: str, *, display: bool) -> str:
    """One `<math>` element for a formula. Material's search leaves it out: it would index `pi=ezi∑jezj`."""
    for pattern, reason in _REFUSED:
        if pattern.search(latex):
            raise MathError(latex, reason)
    mathml = _convert(latex.strip(), display)
    if missing := sorted(missing_characters(mathml)):
        names = ", ".join(f"{character} (U+{ord(character):04X})" for character in missing)
        raise MathError(latex, rf"the math font has no {names}; words go into \text{{...}}")
    return mathml.replace("<math", "<math data-search-exclude", 1)


def replace_math(html: str, *, label: str = "Formula") -> str:
    """The page with MathML for arithmatex's formulas; `label` names the scrolling box of a display formula."""
    if re.search(r'\$\$|\$<span class="arithmatex"', _CODE.sub("", html)):
        raise MathError("$$", "`$$` stands on a line of its own, with a blank line before and after the formula")
    box = f'<div class="math" role="group" aria-label="{escape(label)}" tabindex="0">'

    def formula(match: re.Match[str]) -> str:
        if match[1] == "span":
            return to_mathml(unescape(match[2]), display=False)
        return f"{box}{to_mathml(unescape(match[2]), display=True)}</div>"

    return _ARITHMATEX.sub(formula, html)


def has_math(html: str) -> bool:
    """Whether a finished page holds MathML, and so needs the font."""
    return "<math" in html
