"""What must be true among the lessons of a course: titles, their order in the nav, whose records there are."""

from __future__ import annotations

import keyword
import re
import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import yaml

from lessonkit.lesson.cells import Lesson, Problem, Prose, shown, split_lines
from lessonkit.lesson.prose import headings, links
from lessonkit.running.provenance import FOLDER
from lessonkit.words import LANGUAGES

HEADING = re.compile(r"# #+ .*\{[ \t]*#(?P<anchor>[\w-]+)[^}]*\}[ \t]*")
FIGURE = re.compile(r"# %%.*\bfigure=\"(?P<name>\w+)\".*")
ANCHORED = re.compile(r"# %%.*\banchor=\"(?P<name>\w+)\".*")
TITLE = re.compile(r"# # +(?P<title>.*?) *(?:\{[^}]*\})? *")


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml without MkDocs: what `!ENV` and other tags would give is of no interest here."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def nav_pages(settings: Path) -> list[str] | None:
    """The pages of the nav in mkdocs.yml in reading order; None where there is no such file or no nav in it."""
    nav = (read_settings(settings) or {}).get("nav")
    return list(_pages(nav)) if nav else None


def read_settings(path: Path) -> dict[str, object] | None:
    """What mkdocs.yml says, without MkDocs; None where there is no such file or it cannot be read."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - it derives from SafeLoader
    except (OSError, ValueError, yaml.YAMLError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _pages(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for item in nav.values() if isinstance(nav, dict) else nav:
            yield from _pages(item)


def check_title(lesson: Lesson) -> list[Problem]:
    """A title that another lesson beside this one has too."""
    problems = []
    for lang in LANGUAGES:
        cell = lesson.prose(lang)[0]
        heading = next(headings(cell.markdown))
        for path in sorted(lesson.path.parent.glob("*.py")):
            is_other = path.name != lesson.path.name and path.is_file()  # what cannot be read is told elsewhere
            if is_other and "TODO" not in heading.title and heading.title in _titles(_text(path)):
                sentence = f"the title {heading.title!r} is that of {path.name} too"
                line = cell.file_line(heading.line)
                evidence, hint = (lesson.lines[line - 1],), "Give one of the two another title: pages are found by it."
                problems.append(Problem(lesson.path, line, sentence, evidence, hint))
    return list(dict.fromkeys(problems))


def _text(path: Path) -> str:
    """What stands in a file, well or not."""
    return _version(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=64)
def _version(path: Path, mtime: int) -> str:
    return path.read_bytes().decode(errors="replace")


@lru_cache(maxsize=64)
def _titles(text: str) -> frozenset[str]:
    return frozenset(found["title"] for line in split_lines(text) if (found := TITLE.fullmatch(line)))


def check_course(lesson: Lesson, pages: Sequence[str] | None) -> list[Problem]:
    """What is wrong with a lesson among the others; `pages` are those of the nav, None where there is none."""
    in_nav = [*check_order(lesson, pages), *check_links(lesson, pages)] if pages else []
    return [*check_file_name(lesson), *check_title(lesson), *in_nav]


def hides(name: str) -> bool:
    """Whether Python or pytest would take the file of a lesson called so for something else: a module, settings."""
    if keyword.iskeyword(name) or name in sys.stdlib_module_names or name == "conftest":
        return True
    found = find_spec(name)
    return bool(found and found.origin and found.submodule_search_locations)  # a package, which no lesson is


def check_file_name(lesson: Lesson) -> list[Problem]:
    """A lesson whose file would be imported in place of something else, by whoever runs a lesson beside it."""
    if not hides(lesson.name):
        return []
    sentence = f"Python has something called {lesson.name}, which this file hides from the lessons beside it"
    hint = f"Rename it, as in: git mv {shown(lesson.path)} {shown(lesson.path.with_name('my_' + lesson.path.name))}"
    return [Problem(lesson.path, 1, sentence, (), hint)]


def check_later(lesson: Lesson, nav: object) -> list[Problem]:
    """The same in a build, whose nav is as YAML gives it; of a lesson that it forgets MkDocs tells itself."""
    pages = list(_pages(nav))
    return check_course(lesson, pages if f"{lesson.name}.md" in pages else None)


def check_links(lesson: Lesson, pages: Sequence[str]) -> list[Problem]:
    """The links to lessons, anchors and pages that are not there; `pages` are those of the nav."""
    hint = "Correct the link, or leave it out."
    return [
        Problem(lesson.path, line, reason, (lesson.lines[line - 1],), hint)
        for line, target in _links(lesson)
        if (reason := _leads_nowhere(lesson, pages, target))
    ]


@lru_cache(maxsize=64)
def _links(lesson: Lesson) -> list[tuple[int, str]]:
    cells = (cell for cell in lesson.cells if isinstance(cell, Prose))
    return [(cell.file_line(line), target) for cell in cells for line, target in links(cell.markdown)]


def _leads_nowhere(lesson: Lesson, pages: Sequence[str], target: str) -> str:
    """Why a link leads nowhere; "" where it leads somewhere, or to where only the build can look."""
    page, _, anchor = target.partition("#")
    if page and ("/" in page or ":" in page):
        return ""
    path = lesson.path.with_name(f"{page.removesuffix('.md')}.py") if page else lesson.path
    if page.endswith(".md") and path.is_file():
        anchors = _anchors(_text(path))
    elif not page:
        anchors = _anchors(lesson.text)
    elif page in pages:
        return ""
    else:
        return f"this link leads to {page}, and the nav has no such page"
    missing = anchor and anchor not in anchors
    return f"this link leads to #{anchor}, and {path.name} has no such anchor" if missing else ""


@lru_cache(maxsize=64)
def _anchors(text: str) -> frozenset[str]:
    """The anchors of a lesson's page."""
    lines = split_lines(text)
    figures = {f"figure-{found['name'].replace('_', '-')}" for line in lines if (found := FIGURE.fullmatch(line))}
    cells = {f"cell-{found['name'].replace('_', '-')}" for line in lines if (found := ANCHORED.fullmatch(line))}
    return frozenset(figures | cells | {found["anchor"] for line in lines if (found := HEADING.fullmatch(line))})


def check_order(lesson: Lesson, pages: Sequence[str]) -> list[Problem]:
    """A lesson that the nav forgets, or that needs one which the nav has only after it."""
    page = f"{lesson.name}.md"
    if page not in pages:
        hint = f"Add `- {page}` to nav in mkdocs.yml, at its place in the reading order."
        return [Problem(lesson.path, 1, "this lesson is not in the nav, so nobody finds it", (), hint)]
    line = next((number for number, text in enumerate(lesson.lines, 1) if text.startswith("# needs:")), 1)
    later = [need for need in lesson.head.needs if f"{need}.md" in pages[pages.index(page) :]]
    hint = "Change their order in nav in mkdocs.yml, or remove it from needs."
    evidence = (lesson.lines[line - 1],)
    sentence = "the lesson {} should be read first, and comes later in the nav"
    return [Problem(lesson.path, line, sentence.format(need), evidence, hint) for need in later]


def left_records(lessons: Path) -> list[Problem]:
    """The records in a folder of lessons that belong to none, as a rename leaves them."""
    hint = "Was the lesson renamed? git mv the folder to its new name, or remove it: git rm -r '{}'"
    left = sorted(path for path in (lessons / FOLDER).glob("*") if not path.name.startswith("."))
    return [
        Problem(path, 1, "these records belong to no lesson", (), hint.format(shown(path)))
        for path in left
        if not (lessons / f"{path.name}.py").exists()
    ]
