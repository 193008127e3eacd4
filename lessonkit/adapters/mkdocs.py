"""MkDocs shows lessons: ONE plugin, its methods in the order in which MkDocs calls them.

The main build is the first language's. Each further language is built from the same mkdocs.yml, with its own docs
folder, site folder and address: beside the main build, or at its end. MkDocs keeps one plugin object for all of these
builds, so what a build is about is a `Build`, known by the language of its theme. What happens to a page's HTML is a
list in `lessonkit/html/passes.py`. Priorities (`event_priority`) place these methods before or after those of
Material's search and of mkdocs-jupyter, so the order of the plugins in mkdocs.yml does not matter.
"""

from __future__ import annotations

from functools import lru_cache, partial
from html import escape
from pathlib import Path
from typing import cast

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from lessonkit import assets
from lessonkit.adapters import cache, files, garbage, jupyter, live_pages, on_request, search, settings, shown_page
from lessonkit.adapters.build import Build, log
from lessonkit.adapters.edit_link import source_address
from lessonkit.adapters.folders import can_write
from lessonkit.adapters.language_build import build_language, task
from lessonkit.adapters.options import CourseConfig
from lessonkit.adapters.strict import show_warnings
from lessonkit.adapters.subprocess_build import beside
from lessonkit.adapters.watching import look_when_told
from lessonkit.checks.course import check_later, left_records
from lessonkit.html import passes, site_passes
from lessonkit.lesson.cells import Lesson, LessonError
from lessonkit.lesson.cells import shown as path_shown
from lessonkit.pages.ids import check_ids
from lessonkit.pages.lab_checks import check_labs
from lessonkit.pages.page_languages import check_glossary, check_pages
from lessonkit.pages.wording import forbidden, forbidden_in_page
from lessonkit.running.live import LocalEngine
from lessonkit.words import WORDS, say

_forbidden = lru_cache(maxsize=64)(forbidden)
_forbidden_in_page = lru_cache(maxsize=64)(forbidden_in_page)
AFTER = -50  # after Material's search and mkdocs-jupyter have done the same for a page or for the files
LAST = -100
"""After every other plugin."""


class LessonsPlugin(BasePlugin[CourseConfig]):  # type: ignore[no-untyped-call]  # MkDocs' __init_subclass__ has no types
    """Turns lessons into pages, in every language."""

    serving = False
    alone = ""
    """The lesson whose pages alone `lessonkit check` asks for, in one language after the other."""

    def __init__(self) -> None:
        self.builds: dict[str, Build] = {}
        self.served: dict[str, Lesson] = {}
        """The lessons of the site as it is written now, by their names in addresses."""
        self.engine: LocalEngine | None = None
        self.asked: Path | None = None  # of a served site: `Build.asked`

    def build(self, config: MkDocsConfig) -> Build:
        """The build that a config belongs to."""
        return self.builds[config.theme["language"]]

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remembers whether this is `mkdocs serve`, where a broken lesson must not end the server."""
        self.serving, self.asked = command == "serve", on_request.new_file(command)
        garbage.leave()

    def on_shutdown(self) -> None:
        """The end of a command of MkDocs."""
        if self.engine:
            self.engine.close()
        on_request.remove(self.asked)
        garbage.forget()

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Makes strict mean strict, before any other plugin can warn; begins the build of a language."""
        if config.strict:
            show_warnings()
        is_main = "lang" not in config.extra  # language_build.py names the other languages
        if is_main and (wrong := settings.problems(self.config, config)):
            raise PluginError("\n\n".join(map(str, wrong)))
        if not config.repo_url:
            config.edit_uri = ""  # MkDocs warns of an address that begins nowhere
        if self.config.offline:
            config.use_directory_urls, config.site_url = False, ""
            config.extra.setdefault("polyfills", []).append(f"assets/{assets.FRAME_WORKER.name}")
        first = next(iter(self.config.languages))
        lang = config.theme["language"] = config.extra.get("lang", first)
        config.mdx_configs.setdefault("toc", {})["permalink_title"] = say(lang, "permalink")
        config.extra_css[:0] = [f"assets/{name}" for name in assets.STYLES]
        config.extra_javascript[:0] = [f"assets/{name}" for name in assets.SCRIPTS]
        self.builds[lang] = Build(lang, self.config, config, self.serving, self.alone, self.asked)
        search.prepare(self.builds[lang])
        jupyter.prepare(self.builds[lang])
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Says where a site cannot be written; lets the search have the sections of lessons."""
        if self.build(config).is_first and not can_write(Path(config.site_dir)):
            hint = "Build the site into another folder: mkdocs build --site-dir FOLDER"
            raise PluginError(f"{path_shown(config.site_dir)}: the site cannot be written here\n{hint}")
        search.tell_sections(self.build(config))

    @event_priority(AFTER)
    def on_files(self, files_: Files, *, config: MkDocsConfig) -> Files:
        """Reads the lessons; adds their pages and all other files; lets the other languages be built."""
        build = self.build(config)
        build.read()
        if build.is_first and not self.alone:
            tasks = (task(lang, language, config) for lang, language in list(build.languages.items())[1:])
            build.others = [beside(build_language, one, keep=one["lang"] if self.serving else "") for one in tasks]
        elif build.lang in list(build.languages)[1:2]:
            build.hand_over_programs()
        files.add_all(build, files_)
        if build.is_first and not self.alone:
            build.warn(left_records(Path(self.config.folder)))
            with build.telling():
                build.warn(check_pages({lang: build.root / one.docs_dir for lang, one in build.languages.items()}))
            build.warn(check_glossary(build.glossary))
            build.warn(problem for one in build.lessons.values() for problem in _forbidden(one, build.glossary))
        return files_

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Gives the sections of the navigation their names in this language."""
        names = self.build(config).language.sections
        for item in nav.items:
            if isinstance(item, Section):
                item.title = names.get(item.title, item.title)
        return nav

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """The Markdown of a lesson; of one that is broken, or of a page that cannot be read, its problems."""
        build = self.build(config)
        if error := build.broken.get(page.file.src_uri) or build.unread.get(page.file.src_uri):
            return f"# {say(build.lang, 'broken')}\n\n````text\n{build.tell(error.problems)}\n````\n"
        if lesson := build.lessons.get(page.file.src_uri):
            if build.is_first and not self.alone:
                build.warn((*build.checked(lesson), *check_labs(lesson), *check_later(lesson, config.nav)))
            return build.keep("markdown", lesson, (), lambda: shown_page.source(lesson, build.lang))
        return None

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Puts the course map and the glossary where a page asks for them; lets a page that has not changed be."""
        build = self.build(config)
        kind, lesson = shown_page.kind_of(page, build)
        if kind == "notebook" and lesson:
            return jupyter.place(page, lesson, build, files)
        render = partial(cache.render, page, build.kept_in("pages"))
        vars(page).setdefault("render", render)  # mkdocs-jupyter gives its pages one
        if kind == "parallel" and lesson:
            page.meta.update(shown_page.parallel_meta(lesson, build))
        elif kind == "written":
            path = shown_page.path_of(page)
            if text := build.pages.get(path):
                build.warn(_forbidden_in_page(text, build.glossary, build.lang, path))
            return shown_page.filled(markdown, build)
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The passes over what Markdown has become."""
        build = self.build(config)
        if lesson := build.lessons.get(page.file.src_uri):
            build.await_programs(lesson)
            page.present_anchor_ids = (page.present_anchor_ids or set()) | lesson.cell_ids
        about = shown_page.shown(page, build, files)
        return jupyter.with_contents(page, self._run("content", html, page, build, about), build)

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Tells the theme of the languages and what the search says; keeps its templates compiled."""
        build = self.build(config)
        shown_page.link_parallel_pages(build, files)
        env.bytecode_cache = cache.COMPILED
        env.globals["languages"] = build.languages
        env.globals["language"] = build.lang
        env.globals.update(search_words=WORDS[build.lang]["search"], menu=say(build.lang, "menu"))
        return env

    @event_priority(AFTER)
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Tells the theme where the counterparts of a page are."""
        build = self.build(config)
        config.extra["alternate"] = shown_page.alternates(page, build)
        page.edit_url = source_address(page, config)
        shown_page.escape_description(page)
        more = cast("dict[str, object]", context)  # its type names only what MkDocs itself puts there
        more.update(edit=say(build.lang, "edit"), solved=shown_page.solved(page, build))
        more.update(shown_page.ways_between_languages(page, build))
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """The passes over a whole page."""
        build = self.build(config)
        build.warn(check_ids(output, shown_page.path_of(page)))
        return self._run("page", output, page, build, shown_page.previewed(page, build))

    @event_priority(LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Makes the search index; once all languages are written, runs the passes over the site."""
        build = self.build(config)
        search.write_index(build)
        jupyter.forget(build)
        if not build.is_first:
            (build.site / "404.html").unlink(missing_ok=True)  # there is one for all languages
            return
        for finish in build.others:
            finish()
        site_passes.run(shown_page.written(build))
        self.served = {lesson.slug: lesson for lesson in build.lessons.values()}

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object) -> LiveReloadServer:
        """Watches everything that pages are made of, says where the languages are, and lets pages run their code.

        The first build is done.
        """
        garbage.forget()
        root = Path(config.config_file_path).parent
        folders = sorted({str(root / language.docs_dir) for language in self.config.languages.values()})
        data = [self.config[name] for name in ("folder", "shared", "glossary", "search")]
        for path in (*folders, *data, assets.FOLDER):
            if path and Path(path).exists():
                server.watch(str(path))
        for language in self.config.languages.values():
            log.info(f"{language.name}: {config.site_url}{language.at}")
        on_request.let_ask(server, self.asked)
        look_when_told(server)
        self.engine = live_pages.let_run(server, config, lambda: self.served)
        return server

    def _run(self, stage: passes.Stage, html: str, page: Page, build: Build, about: passes.Shown) -> str:
        """A stage of passes; a page that they cannot go through shows why."""
        try:
            return passes.run(stage, html, about)
        except LessonError as error:
            return f"<pre>{escape(build.tell(error.problems))}</pre>"
