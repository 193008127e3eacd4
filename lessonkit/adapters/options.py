"""The options of the plugin `lessons` in mkdocs.yml."""

from __future__ import annotations

from mkdocs.config import base
from mkdocs.config import config_options as c


class LanguageConfig(base.Config):  # type: ignore[no-untyped-call]  # MkDocs' __init_subclass__ has no types
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


class CourseConfig(base.Config):  # type: ignore[no-untyped-call]  # MkDocs' __init_subclass__ has no types
    """The options of the plugin; the first language is the one of the main build.

    `glossary`, `search`: the data of the words of the course. `notebooks`, `parallel`: whether lessons have these
    pages; `branch`: where in `repo_url` the workflow puts the notebooks, for Colab and Binder to find. `offline`:
    whether the site is to be opened as files. `cache`: what is kept between builds.
    """

    folder = c.Dir(exists=False, default="lessons")
    shared = c.Dir(exists=True, default="docs/shared/assets")
    languages = c.DictOfItems(c.SubConfig(LanguageConfig), default={})
    glossary = c.Optional(c.File(exists=False))
    search = c.Optional(c.File(exists=False))
    notebooks = c.Type(bool, default=False)
    branch = c.Type(str, default="notebooks")
    parallel = c.Type(bool, default=False)
    offline = c.Type(bool, default=False)
    cache = c.Type(str, default=".cache")
