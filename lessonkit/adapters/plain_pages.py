"""The course as plain Markdown, a folder for each language, with the settings that another generator needs.

    lessonkit pages OUT

writes OUT/ko and OUT/en: `mkdocs.yml` and `docs`, which MkDocs and Zensical build as they stand. Formulas stay LaTeX
between dollars: showing them is the generator's business.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError, PluginError

from lessonkit.adapters import shown_page
from lessonkit.adapters.build import Build
from lessonkit.adapters.language_build import settings_of, task
from lessonkit.adapters.single_page import plugin_of
from lessonkit.checks.course import read_settings
from lessonkit.lesson.cells import LessonError, Problem
from lessonkit.pages.plain_markdown import Course, plain_nav, plain_pages


def main(settings: Path, out: Path) -> None:
    """Writes every language. Raises LessonError for what cannot be shown, and where OUT is not empty.

    Nothing is written unless all can be.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise LessonError(
            Problem(out, 1, "there is something here already", (), "Name a new folder: lessonkit pages OUT")
        )
    try:
        builds = list(_builds(load_config(str(settings))))
    except (ConfigurationError, PluginError) as error:
        sys.exit(str(error))
    files: dict[Path, str] = {}
    for build in builds:
        course = shown_page.course(build)
        folder = out / build.lang
        files |= {folder / "docs" / name: text for name, text in plain_pages(course)}
        files[folder / "mkdocs.yml"] = _settings(course, build.config, settings)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for build in builds:
        shutil.copytree(build.options.shared, out / build.lang / "docs" / "assets", dirs_exist_ok=True)


def _settings(course: Course, config: MkDocsConfig, settings: Path) -> str:
    """The mkdocs.yml of a language."""
    about = {
        "site_name": config.site_name,
        "site_description": config.site_description,
        "theme": {"name": "material", "language": course.lang},
        "nav": plain_nav(course),
        "markdown_extensions": (read_settings(settings) or {}).get("markdown_extensions", []),
    }
    return yaml.safe_dump(about, allow_unicode=True, sort_keys=False)


def _builds(config: MkDocsConfig) -> Iterator[Build]:
    """What each language's build is about, read."""
    _, *others = plugin_of(config).config.languages.items()
    for one in (config, *(settings_of(task(lang, language, config)) for lang, language in others)):
        plugin = plugin_of(one)
        plugin.on_config(one)
        build = plugin.build(one)
        build.read()
        if build.broken:
            raise LessonError(*(problem for error in build.broken.values() for problem in error.problems))
        yield build
