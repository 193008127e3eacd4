"""MkDocs shows each lesson as a notebook, and offers the notebook and a plain program to download.

A plugin of its own; mkdocs.yml names it after `mkdocs-jupyter`, which renders the cells, and `lessons`, whose folders
and languages it shares. Without it the site has everything but the notebooks. Nothing of a build lives on `self`.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from lessonkit.checks.record import write_changed
from lessonkit.for_mkdocs.cache import render
from lessonkit.for_mkdocs.nbconvert import be_quick
from lessonkit.lesson.cells import Lesson, LessonError, Problem
from lessonkit.lesson.parse import read_unchanged
from lessonkit.notebooks import notebook_page
from lessonkit.notebooks.addresses import launch_links, page_address
from lessonkit.notebooks.agreement import check_rendered
from lessonkit.notebooks.notebook import notebook, to_json
from lessonkit.notebooks.program import plain_program
from lessonkit.pages.joined import hashed
from lessonkit.pages.render import put_figures
from lessonkit.running.provenance import folder

FOLDER = "notebooks/"
"""Where the notebooks lie, below the address of their language."""
STYLE = "notebook.css"

log = get_plugin_logger("notebooks")


class NotebooksConfig(base.Config):
    """`branch`: where in `repo_url` .github/workflows/site.yml puts the notebooks, for Colab and Binder to find.

    `template`: of the theme, for the pages of notebooks.
    """

    branch = c.Type(str, default="notebooks")
    template = c.Type(str, default="main.html")
    cache = c.Type(str, default=".cache/notebooks")


class NotebooksPlugin(BasePlugin[NotebooksConfig]):
    """Adds a notebook to each lesson, in every language."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Gives mkdocs-jupyter a cache for each language: it throws away whatever the current build did not use."""
        be_quick()
        config.plugins["mkdocs-jupyter"].config["cache_dir"] = str(self._cache(config) / "rendered")
        return config

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Adds pages and downloads. After mkdocs-jupyter, which would lose the source of a page that it wraps."""
        css = self._style(config)
        files.append(File.generated(config, _style_uri(css), content=css.read_bytes()))
        names = tuple(sorted(path.stem for path in self._lessons(config).glob("*.py")))
        for name in names:
            if lesson := self._lesson(name, config):
                self._add(files, lesson, names, config)
        return files

    def _add(self, files: Files, lesson: Lesson, names: tuple[str, ...], config: MkDocsConfig) -> None:
        """Adds the page and the downloads of a lesson."""
        try:
            made = _files(lesson, config.extra["lang"], config.site_url or "", names, _version(folder(lesson)))
        except LessonError as error:
            self._tell(error.problems, config)
            return
        shell = self._cache(config) / f"{lesson.name}.ipynb"
        write_changed(shell, made["shell"].encode())
        page = f"{FOLDER}{lesson.slug}.md"
        files.append(File.generated(config, page, abs_src_path=str(shell), inclusion=InclusionLevel.NOT_IN_NAV))
        for ending in notebook_page.FILES:
            files.append(File.generated(config, f"{FOLDER}{lesson.name}.{ending}", content=made[ending]))

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The prose of a notebook's page, which mkdocs-jupyter does not look at."""
        lesson = self._shown_by(page, config)
        if not lesson:
            return markdown
        lang = config.extra["lang"]
        beside = files.get_file_from_path(f"{lesson.name}.md")
        page.meta.update(notebook_page.page_meta(lesson, lang, beside.url), template=self.config.template)
        return notebook_page.page_markdown(lesson, lang, self._launch(lesson, config))

    @event_priority(50)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Puts cells and prose together; tells the page of a lesson where its notebook is."""
        lang = config.extra["lang"]
        if lesson := self._shown_by(page, config):
            style = get_relative_url(_style_uri(self._style(config)), page.url)
            if config.site_url:
                page.canonical_url = page_address(lesson.slug, config.site_url)
            prose = _prose(page, config, files)
            self._tell(check_rendered(lesson, lang, notebook_page.rendered_prose(prose)), config)
            return put_figures(notebook_page.page_html(html, prose, style), lesson, lang)
        path = Path(page.file.abs_src_path or "")
        shown = files.get_file_from_path(f"{FOLDER}{path.stem.replace('_', '-')}.md")
        if path.suffix == ".py" and shown:
            to = {"page": shown.url_relative_to(page.file), "folder": get_relative_url(FOLDER, page.url)}
            lesson = self._lesson(path.stem, config)
            return notebook_page.with_ways(html, lesson, lang, **to, launch=self._launch(lesson, config))
        return html

    def _tell(self, problems: Iterable[Problem], config: MkDocsConfig) -> None:
        """Stops the build with problems; while serving, logs them."""
        text = "\n\n".join(map(str, problems))
        if text and not config.plugins["lessons"].serving:
            raise PluginError(text)
        if text:
            log.error(text)

    def _shown_by(self, page: Page, config: MkDocsConfig) -> Lesson | None:
        """The lesson whose notebook a page shows."""
        path = Path(page.file.abs_src_path or "")
        return self._lesson(path.stem, config) if path.parent == self._cache(config) else None

    def _lesson(self, name: str, config: MkDocsConfig) -> Lesson | None:
        """A lesson; None for a broken one, of which `lessons` tells."""
        path = self._lessons(config) / f"{name}.py"
        with suppress(LessonError):
            return read_unchanged(path)

    def _launch(self, lesson: Lesson, config: MkDocsConfig) -> dict[str, str]:
        language = config.plugins["lessons"].config.languages[config.extra["lang"]]
        return launch_links(config.repo_url or "", self.config.branch, f"{language.at}{FOLDER}{lesson.name}.ipynb")

    def _lessons(self, config: MkDocsConfig) -> Path:
        return Path(config.plugins["lessons"].config.folder)

    def _style(self, config: MkDocsConfig) -> Path:
        return Path(config.plugins["lessons"].config.shared).parent / STYLE

    def _cache(self, config: MkDocsConfig) -> Path:
        return Path(config.config_file_path).parent / self.config.cache / config.extra["lang"]


def _prose(page: Page, config: MkDocsConfig, files: Files) -> str:
    """The prose of the page, with its contents and anchors, as MkDocs renders it: mkdocs-jupyter replaced that."""
    render(page, config, files)
    return page.content


def _style_uri(css: Path) -> str:
    return "assets/" + hashed(STYLE, css.read_bytes())


def _version(records: Path) -> tuple[tuple[str, int], ...]:
    """What tells whether the records of a lesson changed."""
    return tuple((path.name, path.stat().st_mtime_ns) for path in sorted(records.glob("*")))


@lru_cache(maxsize=64)
def _files(lesson: Lesson, lang: str, site_url: str, names: tuple[str, ...], version: object) -> dict[str, str]:
    """The notebook, the plain program, and the shell for mkdocs-jupyter; made anew only when something changed."""
    return {
        "ipynb": to_json(notebook(lesson, lang, site_url=site_url, lessons=names)),
        "py": plain_program(lesson, lang, site_url=site_url, lessons=names),
        "shell": to_json(notebook_page.shell(lesson, lang)),
    }
