"""The styles, and the scripts, of a page in one small file each: a browser asks less often and paints sooner."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache

from rcssmin import cssmin
from rjsmin import jsmin

KINDS = {
    "css": re.compile(r'<link rel="stylesheet" href="(?P<folder>(?:[^"]*/)?assets/)(?P<name>[\w.-]+\.css)">\n?'),
    "js": re.compile(r'<script defer src="(?P<folder>(?:[^"]*/)?assets/)(?P<name>[\w.-]+\.js)"></script>\n?'),
}
"""The files of lessonkit/assets/site that a page loads; those of Material lie in folders of their own."""

TAGS = {"css": '<link rel="stylesheet" href="{}">', "js": '<script defer src="{}"></script>'}
BETWEEN = {"css": "\n", "js": "\n;"}


def hashed(name: str, data: bytes) -> str:
    """A file's name with a piece of its content's hash: `notebook.1a2b3c4d.css`. Browsers may keep it for ever."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(data).hexdigest()[:8]}.{ending}"


@lru_cache(maxsize=128)
def slim(name: str, text: str) -> str:
    """A style or a script without what only its authors read; any other file as it is."""
    return {"css": cssmin, "js": jsmin}.get(name.rpartition(".")[2], str)(text)


def joined(html: str, read: Callable[[str], str]) -> tuple[str, dict[str, str]]:
    """The page with one file of each kind where it had several, and the texts of these files by name.

    `read` gives the text of a file by its name. The new files belong into the folder of the old ones; their names
    hold a hash of their content, so browsers may keep them for ever.
    """
    texts = {}
    for kind, loaded in KINDS.items():
        found = list(loaded.finditer(html))
        if len(found) > 1:
            text = BETWEEN[kind].join(read(one["name"]) for one in found)
            name = hashed(f"page.{kind}", text.encode())
            texts[name] = text
            first = found[0].start()
            html = html[:first] + TAGS[kind].format(found[0]["folder"] + name) + "\n" + loaded.sub("", html[first:])
    return html, texts
