"""While MkDocs serves, what has not changed is not made again: pages, their entries in the search, templates."""

from __future__ import annotations

from types import MethodType
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

KEPT = ("content", "toc", "_title_from_render", "present_anchor_ids")
_MADE: dict[tuple[str, str], tuple[tuple[object, ...], dict[str, Any], dict[str, dict[str, str]]]] = {}


def render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """As `Page.render`; what it made is kept for the same Markdown, addresses and set of files."""
    place = (config.theme["language"], page.file.src_uri)
    source = (page.markdown, page.file.url, frozenset(file.src_uri for file in files))
    if _MADE.get(place, (None,))[0] != source:
        Page.render(page, config, files)
        links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
        _MADE[place] = (source, {name: getattr(page, name) for name in KEPT}, links)
        return
    _, made, links = _MADE[place]
    for name, value in made.items():
        setattr(page, name, value)
    page.links_to_anchors = {file: links[file.src_uri] for file in files if file.src_uri in links}


class Compiled(BytecodeCache):
    """Compiled templates, by the hash of their names and for the hash of their texts, while this process lives."""

    def __init__(self) -> None:
        self.made: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Gives what was compiled before."""
        if bucket.key in self.made:
            bucket.bytecode_from_string(self.made[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keeps what was compiled."""
        self.made[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()
_FOUND: dict[tuple[str, str], tuple[tuple[object, ...], list[Any]]] = {}


def remember_search(config: MkDocsConfig, lang: str) -> None:
    """Lets Material's search keep what it found on a page, for the same content; to be called once it has its index."""
    index: Any = getattr(config.plugins.get("material/search"), "search_index", None)
    if not hasattr(index, "entries"):
        return
    look = index.add_entry_from_context

    def add(index: Any, page: Page) -> None:
        place = (lang, page.url)
        source = (page.content, str(page.title), repr(page.meta))
        if _FOUND.get(place, (None,))[0] != source:
            known = len(index.entries)
            look(page)
            _FOUND[place] = (source, index.entries[known:])
        else:
            index.entries += _FOUND[place][1]

    index.add_entry_from_context = MethodType(add, index)
