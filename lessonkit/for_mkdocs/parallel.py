"""MkDocs shows each lesson in both languages side by side, at `parallel/` and once for the whole site.

These pages are part of the first language's build, which leaves their content open; it is put together from the pages
of both languages once those are written. Nothing of a build lives on `self`. Without this plugin the site has
everything but these pages.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from lessonkit.for_mkdocs.options import is_first
from lessonkit.lesson.cells import Lesson
from lessonkit.pages import site
from lessonkit.pages.render import title
from lessonkit.pages.words import say
from lessonkit.parallel.elements import article
from lessonkit.parallel.links import relinked
from lessonkit.parallel.merge import parallel

FOLDER = "parallel/"
OPEN = "<!-- both languages -->"
"""What stands on a page until its content is made."""
_merged = lru_cache(maxsize=64)(parallel)


class ParallelPlugin(BasePlugin):
    """Adds a page in both languages to each lesson."""

    @event_priority(-60)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds a page beside each lesson's, at the same address below the folder."""
        if is_first(config):
            for name in self._lessons(config):
                beside = files.get_file_from_path(name)
                file = File.generated(config, FOLDER + name, content="", inclusion=InclusionLevel.NOT_IN_NAV)
                file.dest_uri = FOLDER + beside.dest_uri
                files.append(file)
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Says what MkDocs and Material should know of a page. Search finds the lessons themselves."""
        if lesson := self._shown_by(page, config):
            titles = [title(lesson, lang) for lang in self._two(config)]
            name = " / ".join(say(lang, "parallel") for lang in self._two(config))
            about = {"title": " / ".join(titles), "description": f"{name}: {' / '.join(titles)}"}
            looks = {"template": "parallel.html", "hide": ["navigation", "toc"]}
            page.meta.update(about | looks | {"search": {"exclude": True}})
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Leaves the content of a page open."""
        return OPEN if self._shown_by(page, config) else html

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Lets the pages follow each other as their lessons do."""
        order = (files.get_file_from_path(FOLDER + page) for _, page in site.reading_order(config.nav))
        pages = [file.page for file in order if file]
        for page, following in zip(pages, pages[1:], strict=False):
            page.next_page, following.previous_page = following, page
        return env

    @event_priority(-50)
    def on_page_context(self, context: dict, *, page: Page, config: MkDocsConfig, nav: Navigation) -> dict:
        """Tells the theme the ways between a lesson in one language and in both."""
        if self._shown_by(page, config):
            config.extra["alternate"] = []
            url = page.url.removeprefix(FOLDER)
            context["ways"] = [
                {"lang": lang, "name": language.name, "url": language.at + url, "alone": say(lang, "alone")}
                for lang, language in self._languages(config).items()
            ]
        elif page.file.src_uri in self._lessons(config) and len(self._languages(config)) > 1:
            context["parallel"] = {"url": FOLDER + page.url, "name": say(config.extra["lang"], "parallel")}
        return context

    @event_priority(-110)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Fills the pages, once all languages are written (by `lessons`, at -100)."""
        root = Path(config.site_dir)
        if len(self._languages(config)) < 2 or not is_first(config):
            return
        langs = self._two(config)
        roots = [self._languages(config)[lang].at for lang in langs]
        ends = [path.relative_to(root / FOLDER).as_posix() for path in sorted((root / FOLDER).rglob("*.html"))]
        moves = {at + _address(end): FOLDER + _address(end) for at in roots for end in ends}
        names = tuple(say(lang, "contents") for lang in langs)
        for end in ends:
            here = FOLDER + end
            texts = (article((root / at / end).read_text(encoding="utf-8")) for at in roots)
            articles = tuple(relinked(html, at + end, here, moves) for html, at in zip(texts, roots, strict=True))
            page = (root / here).read_text(encoding="utf-8")
            (root / here).write_text(page.replace(OPEN, _merged(articles, langs, names)), encoding="utf-8")

    def _languages(self, config: MkDocsConfig) -> dict:
        return config.plugins["lessons"].config.languages

    def _two(self, config: MkDocsConfig) -> tuple[str, str]:
        first, second, *_ = self._languages(config)
        return first, second

    def _lessons(self, config: MkDocsConfig) -> dict[str, Lesson]:
        return config.plugins["lessons"].lessons() if len(self._languages(config)) > 1 else {}

    def _shown_by(self, page: Page, config: MkDocsConfig) -> Lesson | None:
        """The lesson that a page shows in both languages."""
        name = page.file.src_uri
        return self._lessons(config).get(name.removeprefix(FOLDER)) if name.startswith(FOLDER) else None


def _address(path: str) -> str:
    """How links name a page: `softmax/` for `softmax/index.html`."""
    return path.removesuffix("index.html")
