"""Relative links of a page, on a parallel page that lies elsewhere. To a lesson they lead in both languages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

_LINK = re.compile(r'(?<=\s)(?P<name>href|src)="(?P<path>[^"#?:/][^"#?:]*)(?P<rest>[#?][^"]*)?"')


def relinked(html: str, page: str, here: str, parallels: Iterable[tuple[str, str]]) -> str:
    """The HTML of `page` on the page `here`; `parallels` are pages with their parallel ones.

    All addresses are those from the site's root.
    """
    parallel = dict(parallels)

    def link(found: re.Match[str]) -> str:
        target = _resolved(page, found["path"])
        path = _relative(parallel.get(target, target), here)
        return f'{found["name"]}="{path}{found["rest"] or ""}"'

    return _LINK.sub(link, html)


def _resolved(page: str, path: str) -> str:
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    return ("" if target == "." else target) + ("/" if path.endswith(("/", ".")) and target != "." else "")


def _relative(target: str, here: str) -> str:
    path = posixpath.relpath("/" + target, "/" + posixpath.dirname(here))
    return path + "/" * (target.endswith("/") or path.endswith("."))
