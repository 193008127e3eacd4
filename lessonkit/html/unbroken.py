"""Where a line of text may not end: before a Korean particle, and within a number such as 1e-5 or a name such as 1-NN.

Browsers keep Korean words together (`word-break: keep-all`), but end a line between a bracket, a quote or a percent
sign and what is said of it: "층(layer)" and "에서". For inline code a style does it (site.css), for formulas
`formulas/math.py`.
"""

from __future__ import annotations

import re

_ELSEWHERE = re.compile(r"(<(code|pre|script|style|svg|math|textarea)\b.*?</\2>|<[^>]*>)", re.DOTALL)
_TOGETHER = re.compile(r"[)\]%’”][가-힣]|\de[-−]\d|\b\d-[A-Z]")
"""The two letters between which a browser would end a line; around them it does not."""


def unbroken(html: str) -> str:
    """The page with an element around whatever a browser would take apart."""
    parts = _ELSEWHERE.split(html)  # text, tag or element, name of the element, text, ...
    for at in range(0, len(parts), 3):
        parts[at] = _TOGETHER.sub(r'<span class="unbroken">\g<0></span>', parts[at])
    return "".join(part for at, part in enumerate(parts) if at % 3 < 2)
