"""The pages of notebooks: mkdocs-jupyter renders each .ipynb, by its own options, and what it rendered is kept.

It takes half a second for one. Kept is what it wrote for the same bytes, options and versions, without the styles and
scripts that it writes on each page. Under `mkdocs serve` a page waits until somebody asks for it (`asked`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache, lru_cache, partial
from hashlib import sha256
from html import escape
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from lessonkit.adapters import exporting
from lessonkit.adapters.build import Build
from lessonkit.adapters.kept import digest
from lessonkit.checks.record import write_changed
from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.notebooks import notebook_page
from lessonkit.notebooks.notebook import material, parts
from lessonkit.notebooks.same_outline import check_rendered, disagreements
from lessonkit.pages import minify

OPTIONS = {"cache": False, "ignore_h1_titles": True}
"""Its own cache holds a megabyte of styles for each page, and knows of no versions; titles are the site's."""
RENDERERS = ("mkdocs-jupyter", "nbconvert", "mistune", "Pygments", "Jinja2", "beautifulsoup4")
"""The packages that have a part in what it writes."""
OURS = tuple(Path(str(module.__file__)) for module in (notebook_page, exporting, minify))
"""What has a part in a rendering, and takes from it that which is not kept."""
_disagreements = lru_cache(maxsize=64)(disagreements)


def prepare(build: Build) -> None:
    """Sets the options of mkdocs-jupyter that the pages of notebooks need; finds the cache.

    Before the processes part, that is: if it is a temporary one, they share it, and the first one removes it.
    """
    if build.options.notebooks:
        exporting.use(build.cache / "jupyter")
        build.config.plugins["mkdocs-jupyter"].config.update(OPTIONS)
        be_quiet()


def notebook_folder(build: Build) -> Path:
    """Where the notebooks lie that mkdocs-jupyter renders."""
    return build.cache / "notebooks" / build.lang


def place(page: Page, lesson: Lesson, build: Build, files: Files) -> str:
    """Makes a page that of a notebook; its Markdown, which is empty."""
    page.meta.update(notebook_page.page_meta(lesson, build.lang, files.src_uris[f"{lesson.name}.md"].url))
    page.meta["template"] = "notebook.html"
    vars(page)["render"] = partial(render, page, lesson, build, page.render)
    return ""


def with_contents(page: Page, html: str, build: Build) -> str:
    """The HTML of a page; that of a notebook gets the contents that its headings tell."""
    if Path(str(page.file.abs_src_path)).parent == notebook_folder(build):
        page.toc = get_toc(notebook_page.contents(html))
    return html


def render(
    page: Page,
    lesson: Lesson,
    build: Build,
    theirs: Callable[[MkDocsConfig, Files], None],
    config: MkDocsConfig,
    files: Files,
) -> None:
    """As `Page.render`: fills the content with what `theirs`, mkdocs-jupyter's, renders now or rendered before."""
    key = _key(Path(str(page.file.abs_src_path)), lesson, build)
    kept = _kept(build) / f"{key}.html"
    build.used.add(kept)
    if kept.is_file():
        page.content = kept.read_text(encoding="utf-8")
        return
    if problems := _disagreements(lesson, (build.lang,)):
        page.content = f"<pre>{escape(build.tell(problems))}</pre>"
    elif build.waits(key):
        page.content = notebook_page.waiting(build.lang, key)
    else:
        theirs(config, files)
        page.content = notebook_page.bare(page.content or "")
        if odd := _odd(page.content, lesson, build.lang):
            build.warn(odd)
        else:
            write_changed(kept, page.content.encode())


def _odd(rendered: str, lesson: Lesson, lang: str) -> list[Problem]:
    """What mkdocs-jupyter shows otherwise than other programs do; the page shows it all the same."""
    if not notebook_page.is_known(rendered, lesson, lang):
        return [Problem(lesson.path, 1, notebook_page.UNKNOWN, (), notebook_page.UNKNOWN_HINT)]
    return check_rendered(lesson, lang, notebook_page.rendered_prose(rendered, lesson, lang))


def forget(build: Build) -> None:
    """Removes what was kept for notebooks that this build has no longer."""
    if build.options.notebooks and not build.alone:
        for path in set(_kept(build).glob("*")) - build.used:
            path.unlink(missing_ok=True)


def _kept(build: Build) -> Path:
    return notebook_folder(build) / "rendered"


def _key(path: Path, lesson: Lesson, build: Build) -> str:
    """What tells renderings apart; the text of the page is in it, for the notebook is compared with that."""
    options = sorted(build.config.plugins["mkdocs-jupyter"].config.items())
    texts = build.keep("texts", lesson, (), lambda: digest(repr(_texts(lesson, build.lang))))
    return sha256(path.read_bytes() + repr((options, texts, _versions())).encode()).hexdigest()[:32]


def _texts(lesson: Lesson, lang: str) -> list[str]:
    return [material(part, lang) for part in parts(lesson, lang, "")]


@cache
def _versions() -> tuple[object, ...]:
    """The versions of what renders; of its own files, and of ours, the very bytes: somebody may change them."""
    found = find_spec("mkdocs_jupyter")
    places = found.submodule_search_locations if found else None
    files = sorted(path for place in places or () for path in Path(place).rglob("*") if path.suffix in (".py", ".j2"))
    files += OURS
    return *(version(name) for name in RENDERERS), *(sha256(path.read_bytes()).hexdigest() for path in files)


def be_quiet() -> None:
    """mkdocs-jupyter tells of each notebook that it converts it: a line for each, for --verbose."""
    for name in ("mkdocs.plugins.mkdocs_jupyter", "mkdocs.mkdocs-jupyter"):
        logger = logging.getLogger(name)
        if not any(isinstance(one, _Details) for one in logger.filters):
            logger.addFilter(_Details())


class _Details(logging.Filter):
    """Takes what a plugin is informed of for details."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets warnings pass, and information where details are asked for."""
        return record.levelno > logging.INFO or logging.getLogger("mkdocs").isEnabledFor(logging.DEBUG)
