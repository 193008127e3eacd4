"""The site's Markdown without MkDocs: its extensions, as mkdocs.yml names them, and the HTML that they make."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from markdown import Markdown

EXTENSIONS: dict[str, dict[str, Any]] = {
    "admonition": {},
    "attr_list": {},
    "md_in_html": {},
    "tables": {},
    "toc": {"permalink": True, "toc_depth": 3},
    "pymdownx.arithmatex": {"generic": True, "inline_syntax": ["dollar"], "block_syntax": ["dollar"]},
    "pymdownx.details": {},
    "pymdownx.highlight": {"anchor_linenums": False, "stripnl": False},
    "pymdownx.superfences": {"preserve_tabs": True},
}
"""The same as `markdown_extensions` of mkdocs.yml; tests/test_agreement.py compares them."""


@lru_cache(maxsize=1)
def _converter() -> Markdown:
    return Markdown(extensions=list(EXTENSIONS), extension_configs=EXTENSIONS)


def to_html(markdown: str) -> str:
    """What the site makes of Markdown, before figures and formulas are put in."""
    return _converter().reset().convert(markdown)
