"""What has not changed is not made again: pages; while MkDocs serves, templates."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2.bccache import Bucket, BytecodeCache
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from lessonkit.adapters.kept import digest, made

KEPT = ("content", "toc", "_title_from_render", "present_anchor_ids")
OF_TEXT_ALONE = {
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "fenced_code",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
}
OF_TEXT_ALONE |= {f"pymdownx.{name}" for name in ("arithmatex", "details", "highlight", "superfences")}
"""Extensions of Markdown that look at nothing but the text. Of others nobody knows: their pages are made each time."""


class Heard(logging.Handler):
    """Whether anything was said, which would not be said again; also what `--quiet` drops, and the next build not."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.anything = False

    def emit(self, record: logging.LogRecord) -> None:
        """Takes note."""
        self.anything = True

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Meanwhile MkDocs says everything to this handler, and to the others what it would have said to them."""
        log = logging.getLogger("mkdocs")
        level, shown, others = log.level, log.getEffectiveLevel(), tuple(log.handlers)

        def is_shown(record: logging.LogRecord) -> bool:
            return record.levelno >= shown

        for other in others:
            other.addFilter(is_shown)
        log.addHandler(self)
        log.setLevel(min(shown, logging.INFO))
        try:
            yield
        finally:
            log.setLevel(level)
            log.removeHandler(self)
            for other in others:
                other.removeFilter(is_shown)


def render(page: Page, folder: Path, config: MkDocsConfig, files: Files) -> None:
    """As `Page.render`; what it made is kept for the same Markdown, settings and addresses of files."""
    extensions = [str(name) for name in config.markdown_extensions]
    if config.hooks or not OF_TEXT_ALONE.issuperset(extensions):
        Page.render(page, config, files)
        return
    settings = (extensions, config.mdx_configs, config.validation, config.use_directory_urls, config.site_url)
    addresses = sorted((file.src_uri, file.url, str(file.inclusion)) for file in files)
    source = (digest(page.markdown or ""), page.file.src_uri, page.file.url, settings, addresses)
    heard = Heard()

    def new() -> tuple[dict[str, Any], dict[str, dict[str, str]]]:
        with heard.listening():
            Page.render(page, config, files)
        links = {file.src_uri: found for file, found in (page.links_to_anchors or {}).items()}
        return {name: getattr(page, name) for name in KEPT}, links

    place = folder / f"{page.file.src_uri.replace('/', '-')}.pickle"
    values, links = made(place, source, new, lambda: not heard.anything)
    for name, value in values.items():
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
