"""The words of the course for MkDocs: their page, and a link to it where a page first uses one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from lessonkit.for_mkdocs.options import is_first
from lessonkit.pages.glossary import Glossary, read_glossary_unchanged
from lessonkit.pages.glossary_page import GLOSSARY, glossary_page
from lessonkit.pages.handwritten import check_glossary, check_pages
from lessonkit.pages.render import title
from lessonkit.pages.tooltips import tooltips
from lessonkit.pages.wording import forbidden

log = get_plugin_logger("glossary")
PAGE = "glossary.md"
_forbidden = lru_cache(maxsize=64)(forbidden)


class GlossaryConfig(base.Config):
    """`file`: the data, shared by all languages."""

    file = c.File(exists=True, default="docs/shared/glossary.yml")


class GlossaryPlugin(BasePlugin[GlossaryConfig]):
    """Puts the terms where a page asks for them, and links their first uses."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Says where lessons use other words than those chosen; once, in the first language's build."""
        if is_first(config):
            for lesson in config.plugins["lessons"].lessons().values():
                for problem in _forbidden(lesson, self._glossary()):
                    log.warning(str(problem))
            languages = config.plugins["lessons"].config.languages
            root = Path(config.config_file_path).parent
            folders = {lang: root / language.docs_dir for lang, language in languages.items()}
            for problem in [*check_pages(folders), *check_glossary(self._glossary())]:
                log.warning(str(problem))
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Puts the terms where a page asks for them."""
        if GLOSSARY not in markdown:
            return markdown
        lang = config.extra["lang"]
        titles = {lesson.name: title(lesson, lang) for lesson in config.plugins["lessons"].lessons().values()}
        return markdown.replace(GLOSSARY, glossary_page(self._glossary(), lang, titles))

    @event_priority(70)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Links the first use of each term, before formulas and figures are in the page."""
        target = files.get_file_from_path(PAGE)
        if target is None or page.file == target or page.meta.get("template") or page.meta.get("search"):
            return html
        return tooltips(html, self._glossary(), config.extra["lang"], target.url_relative_to(page.file))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watches the data."""
        server.watch(self.config.file)
        return server

    def _glossary(self) -> Glossary:
        return read_glossary_unchanged(Path(self.config.file))
