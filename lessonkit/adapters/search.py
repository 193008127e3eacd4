"""The search index of a build: lessons from what they are, other pages from what Material's search reads of them."""

from __future__ import annotations

import json
from copy import copy
from typing import Any

from mkdocs.structure.pages import Page

from lessonkit.adapters import shown_page
from lessonkit.adapters.build import Build
from lessonkit.pages.search_index import paragraphs, readable, search_index
from lessonkit.pages.search_text import lesson_sections
from lessonkit.pages.search_words import index_words


def prepare(build: Build) -> None:
    """Says what Material's search would look for in its templates at each build; our index is written without it."""
    if build.options.search and "material/search" in build.config.plugins:
        settings = build.config.plugins["material/search"].config
        unasked = {"lang": [build.lang], "separator": r"\s+", "pipeline": ["stemmer"]}
        settings.update({name: settings[name] or said for name, said in unasked.items()})


def tell_sections(build: Build) -> None:
    """Lets Material's search have the sections that we publish; to be called once it has its index."""
    plugin: Any = build.config.plugins.get("material/search")
    index: Any = getattr(plugin, "search_index", None)
    if not hasattr(index, "entries"):
        return
    read = index.add_entry_from_context

    def add(page: Page) -> None:
        kind, lesson = shown_page.kind_of(page, build)
        if kind == "lesson" and lesson:
            index.entries += build.keep(
                "search", lesson, page.url, lambda: lesson_sections(lesson, build.lang, page.url)
            )
        elif kind == "written":
            known, shown = len(index.entries), copy(page)
            shown.content = readable(page.content or "")
            read(shown)
            for section in index.entries[known:]:
                section["text"] = paragraphs(section["text"])

    index.add_entry_from_context = add


def write_index(build: Build) -> None:
    """Publishes the index, with what the glossary knows of words."""
    path = build.site / "search" / "search_index.json"
    if build.options.search and path.is_file():
        sections = json.loads(path.read_text(encoding="utf-8"))["docs"]
        if build.is_first and not build.alone:
            build.warn(build.words.astray(one["location"] for one in sections))
        words, asked = index_words(build.glossary, build.words, build.lang), build.words.asked_in(build.lang)
        path.write_text(search_index(sections, words, asked), encoding="utf-8")
    if build.options.offline:  # a page from file:// may load a script, not data
        path.with_suffix(".js").write_text(f"var __index = {path.read_text('utf-8')}", encoding="utf-8")
