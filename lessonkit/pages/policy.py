"""What a published page allows browsers to do: nothing but what stands in its own files (Content-Security-Policy).

Each page carries its policy itself, since some hosts let nobody set headers. Scripts and styles that stand in the page
are allowed by the hash of their text, so it must be made last. What only a header can say is in `HEADERS`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256
from html import unescape

HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
"""What a host should send with every page, besides (PUBLISHING.md says how)."""

_FIXED = (
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'self'"
)
_SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.DOTALL)
_NOT_RUN = re.compile(r"\bsrc=|\btype=\"?application/(?:ld\+)?json")
_STYLE = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)
_STYLE_ATTRIBUTE = re.compile(r"<[a-zA-Z][^<>]*?\sstyle=\"([^\"]*)\"")
_BEGINNING = re.compile(r"<meta charset=[^>]*>")


def policy(html: str) -> str:
    """The policy of a finished page."""
    scripts = _hashes(found["text"] for found in _SCRIPT.finditer(html) if not _NOT_RUN.search(found["attributes"]))
    styles = _hashes(_STYLE.findall(html))
    attributes = _hashes(map(unescape, _STYLE_ATTRIBUTE.findall(_SCRIPT.sub("", html))))
    if attributes:
        styles = ["'unsafe-hashes'", *styles, *attributes]  # their name; no other attribute is let in
    return f"default-src 'none'; script-src {_list(scripts)}; style-src {_list(styles)}; {_FIXED}"


def with_policy(html: str) -> str:
    """The page with its policy, before anything that could be loaded."""
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
    return _BEGINNING.sub(lambda found: found[0] + tag, html, count=1)


def headers_file() -> str:
    """`HEADERS` as Netlify and Cloudflare Pages read them, from `_headers` at the root of a site."""
    return "/*\n" + "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())


def _hashes(texts: Iterable[str]) -> list[str]:
    return sorted({f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for text in texts})


def _list(sources: list[str]) -> str:
    return " ".join(["'self'", *sources])
