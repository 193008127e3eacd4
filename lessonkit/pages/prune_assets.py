"""Styles and scripts only on pages that use them."""

from __future__ import annotations

import re

NEEDED_BY = {
    "figures.css": ("<figure", "lesson-figure", "--fig-"),
    "math.css": ("<math",),
    "copy.js": ("cell-code",),
    "code-blocks.js": ("<pre",),
    "choices.js": ('class="success answer-',),
    "labs.js": ("data-lab=",),
    "exercises.js": ("data-exercises=",),
    "typed.js": ('class="typed-answer"',),
    "terms.js": ('class="term"',),
    "letters.css": ('class="letters"',),
    "letters.js": ('class="letters"',),
}
"""Files of lessonkit/assets/site, each with texts of which a page that needs it holds one: what the file styles or
finds, and the variables that it sets. All pages load the others."""

_LOADED = re.compile(
    r'<(?:link\b[^>]*\bhref|script\b[^>]*\bsrc)="(?:[^"]*/)?assets/(?P<name>[\w.-]+)"[^>]*>(?:</script>)?\n?'
)


def without_unused(html: str) -> str:
    """The page without what it has no use for."""

    def kept(found: re.Match[str]) -> str:
        return found[0] if any(text in html for text in NEEDED_BY.get(found["name"], ("",))) else ""

    return _LOADED.sub(kept, html)
