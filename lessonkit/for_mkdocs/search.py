"""The search for MkDocs: makes the index of Material's search plugin smaller, and tells it what the glossary knows."""

from __future__ import annotations

import json
from pathlib import Path

from jinja2 import Environment
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from lessonkit.lesson.cells import LessonError
from lessonkit.pages.search_index import search_index
from lessonkit.pages.search_words import SearchWords, index_words, read_search_words
from lessonkit.pages.words import SEARCH

WORKER = "assets/search-worker.js"
STAMP = '<p class="lesson-stamp">'
PARTS = ("words.js", "rank.js", "worker.js")
"""What the worker is made of; one file, for a page from file:// can load no second one into it."""


class SearchWordsConfig(base.Config):
    """`file`: what the search knows of words beside the glossary; `scripts`: the folder of the worker's parts."""

    file = c.File(exists=True, default="docs/shared/search.yml")
    scripts = c.Dir(exists=True, default="docs/shared/search")


class SearchWordsPlugin(BasePlugin[SearchWordsConfig]):
    """Rewrites the search index of each language, and adds the worker that reads it."""

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tells the theme what the dialog says."""
        env.globals["search_words"] = SEARCH.get(config.extra["lang"], {})
        return env

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the worker."""
        parts = [(Path(self.config.scripts) / part).read_text(encoding="utf-8") for part in PARTS]
        files.append(File.generated(config, WORKER, content="\n".join(parts)))
        return files

    @event_priority(-100)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keeps from the index what stands below a lesson's title: it says the same of every lesson."""
        return html.replace(STAMP, f'{STAMP[:-1]} data-search-exclude="">')

    @event_priority(-50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """After the search plugin has written its index, before others make use of it."""
        path = Path(config.site_dir) / "search" / "search_index.json"
        words = index_words(config.extra["glossary"], self._words(config))
        docs = json.loads(path.read_text(encoding="utf-8"))["docs"]
        path.write_text(search_index(docs, words), encoding="utf-8")

    def _words(self, config: MkDocsConfig) -> SearchWords:
        try:
            return read_search_words(Path(self.config.file))
        except LessonError as error:
            config.plugins["lessons"].tell(error.problems)
            return SearchWords({}, (), ())

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watches the data."""
        server.watch(self.config.file)
        server.watch(self.config.scripts)
        return server
