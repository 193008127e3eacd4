"""The build of another language: the main build's file, with its own docs, site folder, address and names."""

from __future__ import annotations

from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig

from lessonkit.adapters.options import LanguageConfig
from lessonkit.adapters.subprocess_build import Task


def task(lang: str, language: LanguageConfig, outer: MkDocsConfig) -> Task:
    """What `build_language` has to know of a language, as plain values."""
    return {
        "lang": lang,
        "config_file": outer.config_file_path,
        "docs_dir": str(Path(outer.config_file_path).parent / language.docs_dir),
        "site_dir": str(Path(outer.site_dir) / language.at),
        "site_url": outer.site_url and outer.site_url.rstrip("/") + "/" + language.at,
        "site_name": language.site_name,
        "site_description": language.site_description,
        "use_directory_urls": outer.use_directory_urls,
        "strict": outer.strict,
    }


def settings_of(task: Task) -> MkDocsConfig:
    """The settings of a language. The file is read again, for plugins and theme belong to one build."""
    lang, values = task["lang"], {name: value for name, value in task.items() if name != "lang"}
    config = load_config(**values)
    config.site_url = values["site_url"]
    config.extra["lang"] = lang
    return config


def build_language(task: Task) -> None:
    """Builds a language."""
    build(settings_of(task))
