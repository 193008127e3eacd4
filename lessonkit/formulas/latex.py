r"""LaTeX as its authors write it: what no page can show, and what math-core reads otherwise than TeX does.

Both are found in the source, for math-core is silent about them: `\\[1em]` would print "[1em]", `\\` outside of rows
vanishes, and a space after `\%` is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MACROS = {
    "cr": r"\\",
    "pmb": r"\boldsymbol{#1}",
    "substack": r"\begin{subarray}{c}#1\end{subarray}",
}
"""Commands that math-core does not know, in terms of those that it does."""

Open = tuple[re.Match[str], ...]
"""The tokens that opened the groups around a place, the outermost first."""

_TOKEN = re.compile(r"\\(?:begin|end)\s*\{[^{}]*\}|\\[a-zA-Z]+|\\.|[{}]", re.DOTALL)
_CLOSED_BY = {"{": "}", r"\begin": r"\end", r"\left": r"\right"}
_TEXT = re.compile(r"\\(?:text[a-z]*|emph|underbar)\s*$")
_SUBSTACK = re.compile(r"\\substack\s*$")
_SIGN = re.compile(r"\\[^a-zA-Z\s'\"`^~=.]")  # accents do take the space before their letter
_LENGTH = re.compile(r"\*|\[[^\]]*\]?|\s*\[\s*[-+]?[\d.]+\s*(?:[a-z]{2}|\\[a-z]+)\s*\]")
_LAST_ROW = re.compile(r"(?<!\\)((?:\\\\)*)\\\\(\s*\\end\b)")  # ended though nothing follows

REFUSED = tuple(
    (re.compile(pattern), reason, hint)
    for pattern, reason, hint in (
        (r"^\s*$", "it is empty", ""),
        (r"(?<!\\)(?:\\\\)*%", "a bare % starts a comment", r"Write \%."),
        (
            r"\\begin\{(?:align|alignat|equation|flalign|gather|multline)\*?\}",
            "numbered environments are as wide as the page",
            r"Write \begin{aligned} or \begin{gathered}.",
        ),
        (r"\\(?:page|text)?color(?:box)?\b", "a fixed colour would be lost in light or in dark", "Say it in words."),
        (r"\\(?:left|middle|right)\s*[<>]", "< and > are relations, not brackets", r"Write \langle and \rangle."),
    )
)
"""What a page should not show, why, and what to do about it."""

_INSTEAD = {
    r"\widetilde": r"\tilde",
    r"\widecheck": r"\check",
    r"\utilde": r"\underline",
    r"\mbox": r"\text",
    r"\hbox": r"\text",
    r"\textnormal": r"\text",
    r"\textup": r"\textrm",
    r"\mathds": r"\mathbb",
    r"\mathbbm": r"\mathbb",
    r"\nicefrac": r"\tfrac",
    r"\sfrac": r"\tfrac",
    r"\newline": r"\\",
    "smallmatrix": "matrix",
    "split": "aligned",
    "eqnarray": "aligned",
    "multlined": "aligned",
}

_ADVICE = {
    "Math mode within text mode": r"Close the text before the formula: \text{a }x\text{ b}.",
    "Not valid in text mode": r"In \text{} write \_ and \&, and close it before a formula.",
    "Switch-like commands": "Put it into braces.",
}


def _read(latex: str) -> Iterator[tuple[re.Match[str], Open, Open]]:
    """The commands and braces in order, each with the groups that are open before and after it."""
    stack: Open = ()
    for token in _TOKEN.finditer(latex):
        before, name = stack, _name(token)
        if name in _CLOSED_BY:
            stack = (*stack, token)
        elif stack and name == _CLOSED_BY[_name(stack[-1])]:
            stack = stack[:-1]
        yield token, before, stack


def _name(token: re.Match[str]) -> str:
    return token.group().partition("{")[0].strip() or "{"


def _argument_of(command: re.Pattern[str], group: re.Match[str]) -> bool:
    """Whether a group is the argument of a command."""
    return _name(group) == "{" and command.search(group.string, 0, group.start()) is not None


def prepared(latex: str) -> str:
    r"""The formula for math-core, which loses the space after a sign in text (`50\% of it`) and shows an empty row."""
    latex = _LAST_ROW.sub(r"\1\2", latex)
    ends = [
        token.end()
        for token, around, _ in _read(latex)
        if _SIGN.fullmatch(token.group()) and any(_argument_of(_TEXT, group) for group in around)
    ]
    pieces = [latex[start:end] for start, end in zip([0, *ends], [*ends, len(latex)], strict=True)]
    return "".join(f"{{}}{piece}" if piece[:1].isspace() and at else piece for at, piece in enumerate(pieces))


def wrong_row(latex: str) -> tuple[int, str, str] | None:
    """The first end of a row that would be lost or printed: its place, what is wrong with it, a hint."""
    for token, around, _ in _read(latex):
        if token.group() not in (r"\\", r"\cr"):
            continue
        if not around or not (_name(around[-1]) == r"\begin" or _argument_of(_SUBSTACK, around[-1])):
            reason = f"{token.group()} ends no row here and would be lost"
            return token.start(), reason, r"Put the rows into \begin{aligned} ... \end{aligned}."
        if found := _LENGTH.match(latex, token.end()):
            hint = rf"Write {token.group()} alone, or {token.group()} {{}} before a bracket that is meant."
            return token.start(), f"the {found.group().strip()} after {token.group()} would be printed", hint
    return None


def unclosed(latex: str) -> re.Match[str] | None:
    """The innermost group that is never closed: the token that opens it."""
    *_, (_, _, still) = ((None, None, ()), *_read(latex))
    return still[-1] if still else None


def advice(message: str) -> str:
    """A hint for a message of math-core, where there is one."""
    name = re.search(r'Unknown (?:command|environment) "([^"]*)"', message)
    if name:
        return f"Write {_INSTEAD[name[1]]} instead." if name[1] in _INSTEAD else ""
    return next((hint for start, hint in _ADVICE.items() if message.startswith(start)), "")
