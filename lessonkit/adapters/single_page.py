"""The pages of one lesson as MkDocs makes them, without those of all others: for `lessonkit check`.

The settings, the plugins and their order are those of `mkdocs build`; only the pages that links of the lesson lead to
are rendered besides, for their anchors. Nothing is written.
"""

from __future__ import annotations

import logging
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.structure.files import File, Files, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from lessonkit.adapters.files import NOTEBOOKS
from lessonkit.adapters.language_build import settings_of, task
from lessonkit.adapters.mkdocs import LessonsPlugin
from lessonkit.lesson.cells import Lesson, Problem, shown, split_lines
from lessonkit.lesson.prose import links
from lessonkit.lesson.text_file import line_of_text, read_text

LINK = re.compile(r"Doc file '(?P<file>[^']*)' contains .*?(?:link|image|reference)s? '(?P<target>[^']*)'(?P<why>.*)")
VALUE = re.compile(r"Config value '(?P<key>\w+)'")
NAV = re.compile(r"A reference to '(?P<page>[^']*)' is included in the 'nav'")
SAID = re.compile(r"Error reading page '[^']*':|The following pages exist in the docs directory.*", re.DOTALL)
"""What is told with its line beside."""
HINT = "Correct the address: another lesson is NAME.md, a section #anchor, both NAME.md#anchor."


class Heard(logging.Handler):
    """What MkDocs and its plugins warn of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a warning or an error."""
        self.messages.append(record.getMessage())


def check_pages(lesson: Lesson, settings: Path) -> list[Problem | str]:
    """What `mkdocs build --strict` would stop at, as far as one lesson is concerned.

    A problem for each link that leads nowhere; anything else as the text of its warning, which names its place.
    """
    log, heard = logging.getLogger("mkdocs"), Heard()
    level, handlers = log.level, log.handlers[:]
    log.setLevel(logging.WARNING)
    log.handlers[:] = [heard]
    try:
        with tempfile.TemporaryDirectory() as site:
            _pages(lesson, load_config(str(settings), site_dir=site))
    except (ConfigurationError, PluginError) as error:
        heard.messages.append(str(error))
    except RecursionError as error:  # of the YAML parser
        heard.messages.append(_setting(settings, str(error)))
    except Abort:  # the settings are refused, which has been logged
        heard.messages = [_setting(settings, text) for text in heard.messages]
    finally:
        log.setLevel(level)
        log.handlers[:] = handlers
    texts = [
        _nav(settings, re.sub(r"^(?:lessons|mkdocs-jupyter|material|search): ", "", text))
        for text in heard.messages
        if not SAID.fullmatch(text)
    ]
    beside, own = f"{shown(lesson.path.parent)}/", f"{shown(lesson.path)}:"
    own_texts = (text for text in dict.fromkeys(texts) if text.startswith(own) or not text.startswith(beside))
    return [_link(lesson, text) or text for text in own_texts if not _is_elsewhere(lesson, text)]


def _setting(settings: Path, message: str) -> str:
    """What MkDocs says about a value of its settings, with the line of its key."""
    key = found["key"] if (found := VALUE.match(message)) else ""
    lines = enumerate(split_lines(read_text(settings)), 1)
    line = next((number for number, text in lines if key and text.startswith(f"{key}:")), 1)
    return f"{shown(settings)}:{line}: {message}"


def _nav(settings: Path, message: str) -> str:
    """What MkDocs says of a page in nav that is not there, with its line; any other message as it is."""
    if not (found := NAV.match(message)):
        return message
    line = line_of_text(settings, found["page"])
    return str(
        Problem(settings, line, f"nav names {found['page']}, and there is no such page", (), "Take it out of nav.")
    )


def _is_elsewhere(lesson: Lesson, message: str) -> bool:
    """Whether a warning of MkDocs is about a link of another page."""
    found = LINK.search(message)
    return found is not None and Path(found["file"]).stem.replace("-", "_") != lesson.name


def _link(lesson: Lesson, message: str) -> Problem | None:
    """A warning of MkDocs about a link of the lesson, with its line."""
    if not (found := LINK.search(message)):
        return None
    line = line_of_text(lesson.path, f"({found['target']})")
    sentence = f"this link leads nowhere: {found['target']}"
    return Problem(lesson.path, line, sentence, (lesson.lines[line - 1].removeprefix("# ").strip(),), HINT)


def _pages(lesson: Lesson, config: MkDocsConfig) -> None:
    """Makes the pages of a lesson in all languages."""
    plugin = plugin_of(config)
    plugin.alone = lesson.name
    config.plugins.on_startup(command="build", dirty=False)
    try:
        _language(lesson, config)
        for lang, language in list(plugin.config.languages.items())[1:]:
            other = settings_of({**task(lang, language, config), "strict": False})
            plugin_of(other).alone = lesson.name
            _language(lesson, other)
    finally:
        config.plugins.on_shutdown()


def plugin_of(config: MkDocsConfig) -> LessonsPlugin:
    """Our plugin among those of a config. Raises PluginError where there is none."""
    plugin = config.plugins.get("lessons")
    if not isinstance(plugin, LessonsPlugin):
        raise PluginError(f"{shown(config.config_file_path)}:1: there is no plugin `lessons`\nAdd it: - lessons")
    return plugin


def _language(lesson: Lesson, config: MkDocsConfig) -> None:
    """The steps of `mkdocs.commands.build.build`, for the pages of one lesson and the anchors of its links."""
    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    env = config.theme.get_env()
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    wanted = (files.get_file_from_path(name) for name in (f"{lesson.name}.md", f"{NOTEBOOKS}{lesson.slug}.md"))
    own = [file for file in wanted if file]
    for file in own:
        _populate_page(_page(file, config), config, files)
    for name in _linked(lesson):
        if (linked := files.get_file_from_path(name)) and linked not in own and linked.is_documentation_page():
            _render(_page(linked, config), config, files)
    env = config.plugins.on_env(env, config=config, files=files)
    pages = files.documentation_pages()
    for file in own:
        _build_page(_page(file, config), config, pages, nav, env)
        _page(file, config).validate_anchor_links(files=files, log_level=logging.WARNING)


def _page(file: File, config: MkDocsConfig) -> Page:
    return file.page or Page(None, file, config)


def _render(page: Page, config: MkDocsConfig, files: Files) -> None:
    """Makes as much of a page as tells its anchors."""
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    page.render(config, files)


def _linked(lesson: Lesson) -> Iterator[str]:
    """The pages that a lesson links to, in any language."""
    targets = (
        urlsplit(target) for cell in lesson.cells if hasattr(cell, "markdown") for _, target in links(cell.markdown)
    )
    return iter(dict.fromkeys(target.path for target in targets if not target.scheme and target.path))
