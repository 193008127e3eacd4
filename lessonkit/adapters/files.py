"""The files of a language's build: pages of lessons, of their notebooks and of both languages, downloads, data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

from mkdocs.structure.files import File, Files, InclusionLevel
from rjsmin import jsmin

from lessonkit import assets
from lessonkit.adapters.build import Build
from lessonkit.adapters.jupyter import notebook_folder
from lessonkit.assets import FRAME_WORKER, NOTEBOOK_STYLE, SEARCH, SEARCH_AT_FIRST_USE, SITE
from lessonkit.checks.check import figure_html
from lessonkit.checks.record import write_changed
from lessonkit.drawing.card import card, png
from lessonkit.formulas.mathfont import math_font
from lessonkit.lesson.cells import CODE_LANGUAGE, Lesson, Problem, shown
from lessonkit.notebooks import notebook_page
from lessonkit.notebooks.notebook import notebook, to_json
from lessonkit.notebooks.python_file import plain_program
from lessonkit.pages import labs, site
from lessonkit.pages.bundle import hashed
from lessonkit.pages.policy import headers_file
from lessonkit.parallel.merge import OPEN
from lessonkit.words import WORDS

NOTEBOOKS, PARALLEL = "notebooks/", "parallel/"
"""Where these pages lie, below the address of their language."""
WORKER = "assets/search-worker.js"
NO_LOGO = '<svg xmlns="http://www.w3.org/2000/svg"/>'


def notebook_style(build: Build) -> str:
    """The address of the style sheet of notebooks, which its content gives it."""
    return "assets/" + hashed(NOTEBOOK_STYLE.name, NOTEBOOK_STYLE.read_bytes())


def add_all(build: Build, files: Files) -> None:
    """Adds everything to the files that MkDocs found."""
    _add_lessons(build, files)
    _add_shared(build, files)
    _add_search(build, files)
    _warn_of_missing_pages(build)
    if build.options.notebooks:
        _add_notebooks(build, files)
    if build.options.parallel and build.is_first and len(build.languages) > 1:
        _add_parallel(build, files)
    _add_for_sharing(build, files)
    _warn_of_lost_pages(build, files)


def _add_lessons(build: Build, files: Files) -> None:
    for name in sorted([*build.lessons, *build.broken]):
        path = Path(build.options.folder) / f"{name.removesuffix('.md')}.py"
        file = File.generated(build.config, name, abs_src_path=str(path))
        file.dest_uri = file.dest_uri.replace("_", "-")
        if beside := files.get_file_from_path(name):
            sentence = f"the lesson {shown(path)} takes the place of this page"
            build.warn([Problem(beside.abs_src_path or name, 1, sentence, (), "Give one of the two another name.")])
            files.remove(beside)
        files.append(file)


def _add_shared(build: Build, files: Files) -> None:
    """What all languages share: the package's styles and scripts, and what the course has of its own."""
    for place in (SITE, Path(build.options.shared)):
        for path in sorted(place.rglob("*")):
            if path.is_file():
                uri = "assets/" + path.relative_to(place).as_posix()
                files.append(File.generated(build.config, uri, abs_src_path=str(path)))
    words = f"const words = {json.dumps(WORDS[build.lang]['scripts'], ensure_ascii=False)};\n"
    files.append(File.generated(build.config, f"assets/{assets.WORDS}", content=words))
    if build.serving:  # a published site has a smaller one (html/site_passes.py)
        files.append(File.generated(build.config, "assets/math.woff2", content=math_font()))
    for name, text in labs.files(iter(build.lessons.values()), build.lang).items():
        files.append(File.generated(build.config, f"assets/labs/{name}", content=text))
    if build.options.offline:
        uri = f"assets/{FRAME_WORKER.name}"
        files.append(File.generated(build.config, uri, abs_src_path=str(FRAME_WORKER)))


def _add_search(build: Build, files: Files) -> None:
    if not build.options.search:
        return
    text = jsmin("\n".join(part.read_text(encoding="utf-8") for part in SEARCH))
    if not build.options.offline:
        name = hashed("search.js", text.encode())
        files.append(File.generated(build.config, f"assets/{name}", content=text))
        text = jsmin(SEARCH_AT_FIRST_USE.read_text(encoding="utf-8").replace("SEARCH", name))
    files.append(File.generated(build.config, WORKER, content=text))


def _warn_of_missing_pages(build: Build) -> None:
    """Every hand-written page exists in every language."""
    pages = {
        lang: {path.relative_to(build.root / one.docs_dir) for path in (build.root / one.docs_dir).rglob("*.md")}
        for lang, one in build.languages.items()
    }
    here = build.root / build.language.docs_dir
    for page in sorted(set().union(*pages.values()) - pages[build.lang]):
        build.warn([Problem(here / page, 1, f"this page has no {build.lang} version")])


def _warn_of_lost_pages(build: Build, files: Files) -> None:
    """No page lies where another one does, or where another language is."""
    own, taken = build.language.at, dict[str, str]()
    inside = {one.at: lang for lang, one in build.languages.items() if one.at != own and one.at.startswith(own)}
    for file in files.documentation_pages():
        path = shown(file.abs_src_path or file.src_uri)
        lang = next((lang for at, lang in inside.items() if f"{own}{file.dest_uri}".startswith(at)), "")
        other = f"the {lang} pages" if lang else taken.setdefault(file.dest_uri, path)
        if other != path:
            sentence = f"the address of this page, {own}{file.url}, is taken by {other}"
            build.warn([Problem(path, 1, sentence, (), "Give one of the two another name.")])


def _add_notebooks(build: Build, files: Files) -> None:
    files.append(File.generated(build.config, notebook_style(build), content=NOTEBOOK_STYLE.read_bytes()))
    names = tuple(name.removesuffix(".md") for name in sorted([*build.lessons, *build.broken]))
    for lesson in build.lessons.values():
        if build.alone not in ("", lesson.name):
            continue
        with build.telling():
            about = (build.lang, build.pages_at, names)
            made = build.keep("notebooks", lesson, about, partial(_notebook_files, lesson, *about))
            path = notebook_folder(build) / f"{lesson.name}.ipynb"
            write_changed(path, made["ipynb"].encode())
            page = f"{NOTEBOOKS}{lesson.slug}.md"
            hidden = InclusionLevel.NOT_IN_NAV
            files.append(File.generated(build.config, page, abs_src_path=str(path), inclusion=hidden))
            for ending in notebook_page.FILES:
                uri = f"{NOTEBOOKS}{lesson.name}.{ending}"
                files.append(File.generated(build.config, uri, content=made[ending]))


def _notebook_files(lesson: Lesson, lang: str, site_url: str, names: tuple[str, ...]) -> Mapping[str, str]:
    """The notebook and the plain program."""
    return {
        "ipynb": to_json(notebook(lesson, lang, site_url=site_url, lessons=names)),
        "py": plain_program(lesson, lang, site_url=site_url, lessons=names),
    }


def _add_parallel(build: Build, files: Files) -> None:
    """A page beside each lesson's, at the same address below the folder; its content comes last."""
    for name, lesson in build.lessons.items():
        file = File.generated(build.config, PARALLEL + name, content=OPEN, inclusion=InclusionLevel.NOT_IN_NAV)
        at = files.src_uris[name].dest_uri
        file.dest_uri, build.beside[at] = PARALLEL + at, lesson
        files.append(file)


def _add_for_sharing(build: Build, files: Files) -> None:
    """Pictures of pages, which need a whole address, and what some hosts read; once for all languages."""
    pages = (page for _, page in site.reading_order(build.config.nav) if page in build.lessons)
    order = [files.get_file_from_path(page) for page in pages]
    build.course = {file.url: build.lessons[file.src_uri] for file in order if file}
    shown = {"": None, **build.lessons} if build.address and not build.serving else {}
    cards = {name: _card(lesson, build) for name, lesson in shown.items()}
    build.pictures = {name: f"assets/{hashed('card.png', drawn.encode())}" for name, drawn in cards.items()}
    if build.is_first:
        files.append(File.generated(build.config, "_headers", content=headers_file()))
        for uri, drawn in dict(zip(build.pictures.values(), cards.values(), strict=True)).items():
            files.append(File.generated(build.config, uri, content=_png(drawn, build)))


def first_figure(lesson: Lesson | None) -> str | None:
    """The first figure of a lesson, which its picture shows."""
    return next((cell.name for cell in lesson.code if cell.kind == "figure"), None) if lesson else None


def _card(lesson: Lesson | None, build: Build) -> str:
    """The picture of a lesson's first figure as an SVG; of the site where there is none."""
    svg = ""
    if lesson and (figure := first_figure(lesson)):
        with suppress(OSError, ValueError):  # the page itself tells what is wrong with it
            svg = figure_html(lesson, figure, CODE_LANGUAGE)
    path = Path(build.options.shared) / "logo.svg"
    logo = path.read_text(encoding="utf-8") if path.is_file() else NO_LOGO
    return card(svg, logo, getattr(build.languages.get(CODE_LANGUAGE), "site_name", "") or build.config.site_name)


def _png(drawn: str, build: Build) -> bytes:
    """A picture, drawn only if the cache has none of this SVG."""
    kept = build.cache / "cards" / f"{sha256(drawn.encode()).hexdigest()}.png"
    if not kept.is_file():
        write_changed(kept, png(drawn))
    return kept.read_bytes()
