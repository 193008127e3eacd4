"""What MkDocs's pages are to the passes: a lesson, its notebook, both languages of it, or a text of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape, unescape
from pathlib import Path, PurePosixPath
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from lessonkit.adapters.build import Build
from lessonkit.adapters.files import NOTEBOOKS, PARALLEL, first_figure, notebook_style
from lessonkit.adapters.jupyter import notebook_folder
from lessonkit.html.passes import Kind, Shown
from lessonkit.html.site_passes import Written
from lessonkit.lesson.captions import caption
from lessonkit.lesson.cells import Lesson
from lessonkit.notebooks import notebook_page
from lessonkit.notebooks.addresses import launch_links, page_address
from lessonkit.pages import plain_markdown, sharing, site
from lessonkit.pages.render import CELL, description, title, to_markdown
from lessonkit.pages.solved import header_count
from lessonkit.words import say

GLOSSARY_PAGE = "glossary.md"


def path_of(page: Page) -> Path:
    """The file that a page is made from."""
    return Path(page.file.abs_src_path or page.file.src_uri)


def source(lesson: Lesson, lang: str) -> str:
    """The Markdown of a lesson's page, as MkDocs would read it from a file."""
    about = json.dumps(description(lesson, lang))
    return f"---\ndescription: {about}\n---\n\n{to_markdown(lesson, lang, CELL)}"


def kind_of(page: Page, build: Build) -> tuple[Kind, Lesson | None]:
    """What a page shows, and of which lesson; a broken lesson is none."""
    name, path = page.file.src_uri, path_of(page)
    if name.startswith(PARALLEL) and (lesson := build.lessons.get(name.removeprefix(PARALLEL))):
        return "parallel", lesson
    if path.parent == notebook_folder(build):
        return "notebook", build.lessons[f"{path.stem}.md"]
    return ("lesson", build.lessons.get(name)) if path.suffix == ".py" else ("written", None)


def shown(page: Page, build: Build, files: Files) -> Shown:
    """A page for its passes."""
    kind, lesson = kind_of(page, build)
    more: dict[str, Any] = {}
    glossary = files.get_file_from_path(GLOSSARY_PAGE)
    if glossary and page.file != glossary and not page.meta.get("template") and not page.meta.get("search"):
        more |= {"glossary": build.glossary, "glossary_at": glossary.url_relative_to(page.file)}
    if kind == "notebook" and lesson and (beside := files.get_file_from_path(f"{lesson.name}.md")):
        at, folder = beside.url_relative_to(page.file), get_relative_url(NOTEBOOKS, page.url)
        more |= {"ways": notebook_page.Ways(at, folder, launch(lesson, build), "back")}
        more |= {"links": _links(page, build, files), "style_at": get_relative_url(notebook_style(build), page.url)}
        if build.address:
            page.canonical_url = page_address(lesson.slug, build.pages_at)
    elif kind == "lesson" and lesson and (beside := files.get_file_from_path(f"{NOTEBOOKS}{lesson.slug}.md")):
        at = beside.url_relative_to(page.file)
        folder = get_relative_url(NOTEBOOKS, page.url)
        more |= {"ways": notebook_page.Ways(at, folder, launch(lesson, build))}
    return Shown(kind, build.lang, path_of(page), lesson, build.lessons, **more)


def _links(page: Page, build: Build, files: Files) -> tuple[tuple[str, str], ...]:
    """The addresses of pages as notebooks name them, and where they are from this page."""
    pages = [(file, file.url_relative_to(page.file)) for file in files.documentation_pages()]
    names = [(f"{file.src_uri.removesuffix('.md')}.ipynb", to) for file, to in pages if file.src_uri in build.lessons]
    return (*names, *((build.address + file.url.removeprefix("./"), to) for file, to in pages if build.address))


def launch(lesson: Lesson, build: Build) -> Mapping[str, str]:
    """Where the notebook of a lesson opens to be run."""
    path = f"{build.language.at}{NOTEBOOKS}{lesson.name}.ipynb"
    return launch_links(build.config.repo_url or "", build.options.branch, path)


def escape_description(page: Page) -> None:
    """Lets a description hold quotation marks: Material writes it between some, as it is."""
    if said := page.meta.get("description"):
        page.meta["description"] = escape(str(said))


def previewed(page: Page, build: Build) -> Shown:
    """A page with what it says of itself where it is shared."""
    name = PurePosixPath(page.file.src_uri).stem.replace("-", "_") + ".md"
    lesson, config = build.lessons.get(name), build.config
    site_description = config.site_description or ""
    course = sharing.Course(build.lang, config.site_name, site_description, build.address)
    figure, pictures = first_figure(lesson), build.pictures
    about = sharing.Shared(
        title=config.site_name if page.is_homepage else str(page.meta.get("title") or page.title),
        description=unescape(str(page.meta.get("description") or site_description)),
        url=page.canonical_url or "",
        image=build.address.removesuffix(build.language.at) + pictures.get(name, pictures[""]) if pictures else "",
        image_alt=caption(lesson, figure, build.lang).alternative if lesson and figure else config.site_name,
        is_article=lesson is not None,
    )
    data = None
    if page.is_homepage:
        data = sharing.course_data(course, build.course)
    elif lesson and page.url in build.course:
        position = list(build.course).index(page.url) + 1
        data = sharing.lesson_data(lesson, course, page.url, position, about.image)
    others = tuple(one["lang"] for one in alternates(page, build) if one["lang"] != build.lang)
    preview = sharing.Preview(about, course, others, data)
    return Shown(kind_of(page, build)[0], build.lang, path_of(page), preview=preview)


def alternates(page: Page, build: Build) -> list[dict[str, str]]:
    """The page in every language, as Material's templates want it; none for a page that has all of them."""
    if kind_of(page, build)[0] == "parallel":
        return []
    here = build.language.at
    return [
        {"lang": lang, "name": one.name, "link": site.counterpart_link(here, one.at, page.url)}
        for lang, one in build.languages.items()
    ]


def parallel_meta(lesson: Lesson, build: Build) -> dict[str, object]:
    """What MkDocs and Material should know of a page in both languages. Search finds the lessons themselves."""
    langs = _two(build)
    titles = " / ".join(title(lesson, lang) for lang in langs)
    name = " / ".join(say(lang, "parallel") for lang in langs)
    return {
        "title": titles,
        "description": f"{name}: {titles}",
        "template": "parallel.html",
        "hide": ["navigation", "toc"],
        "search": {"exclude": True},
    }


def link_parallel_pages(build: Build, files: Files) -> None:
    """Lets the pages in both languages follow each other as their lessons do."""
    order = (files.get_file_from_path(PARALLEL + page) for _, page in site.reading_order(build.config.nav))
    pages = [file.page for file in order if file and file.page]
    for page, following in zip(pages, pages[1:], strict=False):
        page.next_page, following.previous_page = following, page


def solved(page: Page, build: Build) -> str:
    """For the theme's header: how many exercises of a lesson are solved, as HTML."""
    kind, lesson = kind_of(page, build)
    return header_count(lesson, build.lang) if lesson and kind in ("lesson", "parallel") else ""


def ways_between_languages(page: Page, build: Build) -> dict[str, object]:
    """For the theme: the ways between a lesson in one language and in both."""
    kind, _ = kind_of(page, build)
    if kind == "parallel":
        url = page.url.removeprefix(PARALLEL)
        ways = [
            {"lang": lang, "name": one.name, "url": one.at + url, "alone": say(lang, "alone")}
            for lang, one in build.languages.items()
        ]
        return {"ways": ways}
    if build.options.parallel and page.file.src_uri in build.lessons and len(build.languages) > 1:
        return {"parallel": {"url": PARALLEL + page.url, "name": say(build.lang, "parallel")}}
    return {}


def _two(build: Build) -> tuple[str, ...]:
    return tuple(build.languages)[:2]


def written(build: Build) -> Written:
    """The whole site, now that all languages are written."""
    places = sorted((one.at for one in build.languages.values()), reverse=True)
    return Written(
        site=build.site,
        languages={lang: build.languages[lang].at for lang in _two(build)},
        parallel=PARALLEL,
        lessons=build.beside,
        roots=tuple(build.site / at for at in places),
        serving=build.serving,
        offline=build.options.offline,
    )


def filled(markdown: str, build: Build) -> str:
    """A hand-written page with the course map and the glossary where it asks for them."""
    return plain_markdown.filled(markdown, course(build))


def course(build: Build) -> plain_markdown.Course:
    """What a language shows, without MkDocs."""
    docs, nav = Path(build.config.docs_dir), build.config.nav
    return plain_markdown.Course(
        build.lang, build.lessons, docs, build.pages, build.glossary, nav, build.language.sections
    )
