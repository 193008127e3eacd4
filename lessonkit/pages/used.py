"""Styles and scripts only on pages that use them."""

from __future__ import annotations

import re

NEEDED_BY = {
    "figures.css": "<figure",
    "math.css": "<math",
    "copy.js": "cell-code",
    "code-blocks.js": "<pre",
}
"""Files of lessonkit/assets/site, each with what is on the pages that need it. mkdocs.yml names them for all pages."""

_LOADED = re.compile(
    r'<(?:link\b[^>]*\bhref|script\b[^>]*\bsrc)="(?:[^"]*/)?assets/(?P<name>[\w.-]+)"[^>]*>(?:</script>)?\n?'
)


def without_unused(html: str) -> str:
    """The page without what it has no use for."""

    def kept(found: re.Match[str]) -> str:
        return found[0] if NEEDED_BY.get(found["name"], "") in html else ""

    return _LOADED.sub(kept, html)
