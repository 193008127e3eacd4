"""The words of the course for MkDocs: their page, and a link to it where a page first uses one."""

from __future__ import annotations

from collections.abc import Iterable
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
from lessonkit.lesson.cells import LessonError, Problem
from lessonkit.pages.glossary import Glossary, read_glossary_unchanged
from lessonkit.pages.glossary_page import GLOSSARY, glossary_page
from lessonkit.pages.render import title
from lessonkit.pages.tooltips import tooltips
from lessonkit.pages.wording import forbidden, forbidden_in_page

log = get_plugin_logger("glossary")
PAGE = "glossary.md"
_forbidden = lru_cache(maxsize=64)(forbidden)
_forbidden_in_page = lru_cache(maxsize=64)(forbidden_in_page)


class GlossaryConfig(base.Config):
    """`file`: the data, shared by all languages."""

    file = c.File(exists=True, default="docs/shared/glossary.yml")


class GlossaryPlugin(BasePlugin[GlossaryConfig]):
    """Puts the terms where a page asks for them, and links their first uses."""

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Reads the terms; says where lessons use other words than those chosen, in the first language's build."""
        glossary = config.extra["glossary"] = self._glossary(config)
        if is_first(config):
            for lesson in config.plugins["lessons"].lessons().values():
                self._warn(_forbidden(lesson, glossary))
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Says where a hand-written page uses other words than those chosen; puts the terms where it asks for them."""
        path = Path(page.file.abs_src_path or "")
        if path.suffix == ".md" and path.is_relative_to(config.docs_dir):
            text = path.read_text(encoding="utf-8-sig")
            self._warn(_forbidden_in_page(text, config.extra["glossary"], config.extra["lang"], path))
        if GLOSSARY not in markdown:
            return markdown
        lang = config.extra["lang"]
        titles = {lesson.name: title(lesson, lang) for lesson in config.plugins["lessons"].lessons().values()}
        return markdown.replace(GLOSSARY, glossary_page(config.extra["glossary"], lang, titles))

    @event_priority(70)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Links the first use of each term, before formulas and figures are in the page."""
        target = files.get_file_from_path(PAGE)
        if target is None or page.file == target or page.meta.get("template") or page.meta.get("search"):
            return html
        return tooltips(html, config.extra["glossary"], config.extra["lang"], target.url_relative_to(page.file))

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watches the data."""
        server.watch(self.config.file)
        return server

    def _glossary(self, config: MkDocsConfig) -> Glossary:
        """The terms; while serving, none where the file is wrong."""
        path, lessons = Path(self.config.file), config.plugins["lessons"]
        try:
            return read_glossary_unchanged(path, [found.stem for found in Path(lessons.config.folder).glob("*.py")])
        except LessonError as error:
            lessons.tell(error.problems)
            return Glossary(path, ())

    def _warn(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            log.warning(str(problem))
