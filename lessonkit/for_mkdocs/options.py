"""The options of the plugin `lessons` in mkdocs.yml."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig

from lessonkit.lesson.cells import LANGUAGES


class LanguageConfig(base.Config):
    """One language: where its pages lie, where it is served, and what mkdocs.yml says otherwise for it.

    `for_others`: search engines show these pages to readers of languages that the site does not have.
    """

    name = c.Type(str)
    docs_dir = c.Type(str)
    at = c.Type(str, default="")
    for_others = c.Type(bool, default=False)
    site_name = c.Optional(c.Type(str))
    site_description = c.Optional(c.Type(str))
    sections = c.Type(dict, default={})


class LessonsConfig(base.Config):
    """The options of the plugin in mkdocs.yml; the first language is the one of the main build."""

    folder = c.Dir(exists=False, default="lessons")
    shared = c.Dir(exists=True, default="docs/shared/assets")
    languages = c.DictOfItems(c.SubConfig(LanguageConfig), default={})


def first_language(config: MkDocsConfig) -> str:
    """The language of the main build, which has what all languages share."""
    return next(iter(config.plugins["lessons"].config.languages), LANGUAGES[0])


def is_offline(config: MkDocsConfig) -> bool:
    """Whether a build is read from files: the offline edition."""
    edition = config.plugins.get("offline-edition")
    return edition is not None and edition.config.enabled


def is_first(config: MkDocsConfig) -> bool:
    """Whether a build is the main one."""
    return config.extra["lang"] == first_language(config)
