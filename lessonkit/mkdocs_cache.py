"""While MkDocs serves, a page whose Markdown has not changed is not rendered again."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

KEPT = ("content", "toc", "_title_from_render", "present_anchor_ids")
_MADE: dict[tuple[str, str], tuple[tuple, dict, dict]] = {}


def render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """As `Page.render`; what it made is kept for the same Markdown, addresses and set of files."""
    place = (config.extra["lang"], page.file.src_uri)
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
