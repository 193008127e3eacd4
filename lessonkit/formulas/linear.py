"""A formula in one line of text, as a hit of the search shows it: `p_i = e^z_i/∑_j e^z_j`."""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree

_SPACED = re.compile(r"[=<>≤≥≠≈≡∼→⟶↦←⇒∈±×·]|:=")
_ONE = re.compile(r"[∂√−]?(?:[\d.]+|[^\W\d]+|[∞*∗′+−⊤])(?:[_^][\w.]+)*(?:\([\w, ]+\))?")
"""What needs no parentheses: a number, a name, either with an index, a function of names."""
_INVISIBLE = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064\u200b"))
_MARKS = {"msub": "_", "msup": "^", "munder": "_", "mover": "^"}


@cache
def linear(mathml: str) -> str:
    """The text of one `<math>` element. Accents are left out; what is long beside a sign stands in parentheses."""
    text = _text(ElementTree.fromstring(re.sub(r"&(?!#|amp;|lt;|gt;)\w+;", " ", mathml)))
    return re.sub(r"(?<=[A-Za-z]) (?=[(_])| (?=,)", "", " ".join(text.split()))


def _text(node: ElementTree.Element) -> str:
    parts = [_text(child) for child in node]
    if not parts:
        text = (node.text or "").translate(_INVISIBLE).strip()
        if node.tag == "mo" and _SPACED.fullmatch(text):
            return f" {text} "
        return f"{text} " if text == "," or (len(text) > 1 and text.isalpha()) else text
    if node.tag in _MARKS:
        base, other = parts
        if node.get("accent") == "true":
            return base
        return f"{base}{_MARKS[node.tag]}{_group(other)}" + (" " if base.strip() in "∑∏" else "")
    if node.tag in {"msubsup", "munderover"}:
        base, low, high = parts
        return f"{base}_{_group(low)}^{_group(high)} "
    if node.tag == "mfrac":
        return "/".join(map(_group, parts))
    if node.tag == "msqrt":
        return f"√{_group(''.join(parts))}"
    if node.tag == "mtable":
        return "; ".join(parts)
    return re.sub(r"(?<=\w)(?=(?:log|ln|max|min|exp)\b)", " ", "".join(parts))


def _group(text: str) -> str:
    short = text.strip()
    return short if _ONE.fullmatch(short) else f"({short})"
