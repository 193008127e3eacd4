"""MkDocs shows lessons: each is a page in every language, and one command builds all languages.

The main build is the first language's. Each further language is built from the same mkdocs.yml, with its own docs
folder, site folder and address: beside the main build, or at its end, after every other plugin. MkDocs keeps one
plugin object for all of these builds, so nothing of a build lives on `self`; what a build is about stands in its config
(`config.extra["lang"]`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from html import escape
from pathlib import Path
from types import MethodType

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from lessonkit.checks.check import check_figures, check_orphans, check_text
from lessonkit.for_mkdocs import garbage
from lessonkit.for_mkdocs.beside import beside
from lessonkit.for_mkdocs.cache import COMPILED, remember_search, render
from lessonkit.for_mkdocs.language_build import build_language, settings
from lessonkit.for_mkdocs.options import LanguageConfig, LessonsConfig, first_language, is_first
from lessonkit.for_mkdocs.shown import lesson_of, lesson_path
from lessonkit.for_mkdocs.source import source_address
from lessonkit.formulas.math import MathError, replace_math
from lessonkit.formulas.mathfont import math_fonts
from lessonkit.lesson.cells import Lesson, LessonError, Problem
from lessonkit.lesson.parse import read_unchanged
from lessonkit.pages import site
from lessonkit.pages.render import description, keep_code, lend_figures, put_figures, to_markdown
from lessonkit.pages.slim import slim_blanks, slim_code
from lessonkit.pages.words import say
from lessonkit.programs.runnable import programs_element

log = get_plugin_logger("lessons")
_finished = lru_cache(maxsize=256)(slim_blanks)


@lru_cache(maxsize=256)
def _content(html: str, label: str) -> str:
    return keep_code(slim_code(replace_math(html, label=label)))


class LessonsPlugin(BasePlugin[LessonsConfig]):
    """Turns lessons into pages, in every language."""

    serving = False

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remembers whether this is `mkdocs serve`, where a broken lesson must not end the server."""
        self.serving = command == "serve"
        garbage.leave()

    def on_shutdown(self) -> None:
        """The end of a command of MkDocs."""
        garbage.forget()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Gives the build its language."""
        lang = config.extra.setdefault("lang", first_language(config))
        config.theme["language"] = lang
        config.mdx_configs.setdefault("toc", {})["permalink_title"] = say(lang, "permalink")
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Lets the search know the pages that it has seen."""
        remember_search(config)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Keeps the templates of the theme compiled from one build to the next."""
        env.bytecode_cache = COMPILED
        return env

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds the pages of the lessons and what all languages share."""
        lessons = sorted(Path(self.config.folder).glob("*.py"))
        if not lessons:
            self._tell(
                [Problem(Path(self.config.folder), 1, "there is no lesson here", (), "Put a lesson there: NAME.py")]
            )
        for path in lessons:
            file = File.generated(config, f"{path.stem}.md", abs_src_path=str(path))
            file.dest_uri = file.dest_uri.replace("_", "-")
            files.append(file)
        for path in sorted(Path(self.config.shared).rglob("*")):
            if path.is_file():
                uri = "assets/" + path.relative_to(self.config.shared).as_posix()
                files.append(File.generated(config, uri, abs_src_path=str(path)))
        for name, font in math_fonts().items():
            files.append(File.generated(config, f"assets/{name}", content=font))
        self._twins(config)
        if is_first(config):
            self._warn(check_orphans(Path(self.config.folder)))
            tasks = (settings(lang, language, config) for lang, language in list(self.config.languages.items())[1:])
            config.extra["others"] = [
                beside(build_language, task, keep=task["lang"] if self.serving else "") for task in tasks
            ]
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Gives the sections of the navigation their names in this language."""
        names = self._language(config).sections
        for item in nav.items:
            if isinstance(item, Section):
                item.title = names.get(item.title, item.title)
        return nav

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """The Markdown of a lesson; of a broken one, its problems."""
        lang = config.extra["lang"]
        if path := lesson_path(page):
            try:
                lesson = read_unchanged(path)
                self._warn(check_text(lesson) if is_first(config) else ())
                return f"---\ndescription: {json.dumps(description(lesson, lang))}\n---\n\n{to_markdown(lesson, lang)}"
            except LessonError as error:
                return self._broken(error.problems, lang)
        return None

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Puts the course map where a page asks for it; lets a page that has not changed be."""
        if "render" not in vars(page):  # mkdocs-jupyter gives its pages one of their own
            page.render = MethodType(render, page)
        if site.COURSE_MAP not in markdown:
            return markdown
        sections, lang = self._language(config).sections, config.extra["lang"]
        return markdown.replace(site.COURSE_MAP, site.course_map(config.nav, self.lessons(), sections, lang))

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Puts formulas in their places, and tells the programs that can be copied."""
        lang, lesson = config.extra["lang"], lesson_of(page)
        try:
            return _content(html, say(lang, "formula")) + (programs_element(lesson, lang) if lesson else "")
        except MathError as error:
            line = page.markdown.count("\n", 0, max(page.markdown.find(error.latex), 0)) + 1
            return self._message([Problem(page.file.abs_src_path, line, str(error))])

    @event_priority(-50)
    def on_page_context(self, context: dict, *, page: Page, config: MkDocsConfig, nav: Navigation) -> dict:
        """Puts figures in their places, once the search has read the page; tells where its twins are."""
        page.content = self._figures(page, config.extra["lang"]).replace(' data-search-exclude=""', "")
        config.extra["alternate"] = [
            {
                "lang": lang,
                "name": language.name,
                "link": site.twin_link(self._language(config).at, language.at, page.url),
            }
            for lang, language in self.config.languages.items()
        ]
        page.edit_url = source_address(page, config)
        context["edit"] = say(config.extra["lang"], "edit")
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Leaves out the blanks of the templates."""
        return _finished(output)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Waits until the other languages are built, once all of the first is written; they share its 404.html."""
        for finish in config.extra.pop("others", ()):
            finish()
        if not is_first(config):
            (Path(config.site_dir) / "404.html").unlink(missing_ok=True)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watches everything that pages are made of, and says where the languages are. The first build is done."""
        garbage.forget()
        folders = {language.docs_dir for language in self.config.languages.values()}
        root = Path(config.config_file_path).parent
        for folder in [*(root / folder for folder in sorted(folders)), self.config.folder, self.config.shared]:
            server.watch(str(folder))
        for language in self.config.languages.values():
            log.info(f"{language.name}: {config.site_url}{language.at}")
        return server

    def lessons(self) -> dict[str, Lesson]:
        """The lessons that can be read, by the names of their pages."""
        lessons = {}
        for path in sorted(Path(self.config.folder).glob("*.py")):
            with suppress(LessonError):
                lessons[f"{path.stem}.md"] = read_unchanged(path)
        return lessons

    def _language(self, config: MkDocsConfig) -> LanguageConfig:
        return self.config.languages[config.extra["lang"]]

    def _twins(self, config: MkDocsConfig) -> None:
        """Every hand-written page exists in every language."""
        root = Path(config.config_file_path).parent
        pages = {
            lang: {path.relative_to(root / language.docs_dir) for path in (root / language.docs_dir).rglob("*.md")}
            for lang, language in self.config.languages.items()
        }
        lang = config.extra["lang"]
        for page in sorted(set().union(*pages.values()) - pages[lang]):
            problem = Problem(root / self._language(config).docs_dir / page, 1, f"this page has no {lang} version")
            log.warning(str(problem))

    def _warn(self, problems: Iterable[Problem]) -> None:
        """Says what is wrong with a lesson that can be shown all the same."""
        for problem in problems:
            log.warning(str(problem))

    def _broken(self, problems: tuple[Problem, ...], lang: str) -> str:
        return f"# {say(lang, 'broken')}\n\n````text\n{self._tell(problems)}\n````\n"

    def _figures(self, page: Page, lang: str) -> str:
        """The content of a page with the figures of its lesson, or with those that it borrows."""
        if lesson := lesson_of(page):
            try:
                return put_figures(page.content, lesson, lang)
            except (OSError, ValueError):
                return self._message(check_figures(lesson))
        try:
            return lend_figures(page.content, self.lessons(), lang)
        except LookupError as error:
            return self._message([Problem(Path(page.file.abs_src_path or page.file.src_uri), 1, str(error))])

    def _message(self, problems: list[Problem]) -> str:
        """What a page shows instead of what is wrong with it."""
        return f"<pre>{escape(self._tell(problems))}</pre>"

    def _tell(self, problems: tuple[Problem, ...] | list[Problem]) -> str:
        """Stops the build with these problems; while serving, logs them and returns their text."""
        text = "\n\n".join(map(str, problems))
        if not self.serving:
            raise PluginError(text)
        log.error(text)
        return text
