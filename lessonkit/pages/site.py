"""The site as a whole: the reading order, the course map, and a page's counterpart in another language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.pace import paces
from lessonkit.pages.render import duration, summary, title
from lessonkit.pages.solved import exercise_count
from lessonkit.words import say

COURSE_MAP = "<!-- course map -->"
"""Where a hand-written page wants the course map."""

Nav = object
"""The `nav` of mkdocs.yml, or a part of it, as YAML gives it."""


def reading_order(nav: Nav, section: str = "") -> Iterator[tuple[str, str]]:
    """The pages of a `nav` as (section, page) in reading order."""
    if isinstance(nav, str):
        yield section, nav
    elif isinstance(nav, dict):
        for name, inside in nav.items():
            yield from reading_order(inside, section if isinstance(inside, str) else name)
    elif isinstance(nav, list):
        for item in nav:
            yield from reading_order(item, section)


def in_reading_order(nav: Nav, lessons: Mapping[str, Lesson]) -> list[Lesson]:
    """The lessons of a nav, by the names of their pages, in its order."""
    return [lessons[page] for _, page in reading_order(nav) if page in lessons]


def course_map(nav: Nav, lessons: Mapping[str, Lesson], sections: Mapping[str, str], lang: str) -> str:
    """The lessons of a nav as a Markdown list with titles, minutes, exercises, summaries and what to read first.

    `lessons` maps pages (`softmax.md`) to lessons; `sections` maps names of sections to those of this language.
    """
    parts: dict[str, list[str]] = {}
    for section, page in reading_order(nav):
        if page in lessons:
            parts.setdefault(section, []).append(_entry(page, lessons, lang))
    lines, number = [], 1
    for section, entries in parts.items():
        lines += [f'<p class="course-part">{sections.get(section, section)}</p>'] if section else []
        lines += [f'<ol start="{number}" markdown="1">', *entries, "</ol>"]
        number += len(entries)
    listed = [lessons[page] for _, page in reading_order(nav) if page in lessons]
    whole = _whole(listed, lang) if listed else ()
    return '<div class="course-map" markdown="1">\n\n' + "\n\n".join((*whole, *lines)) + "\n\n</div>"


def _whole(lessons: Sequence[Lesson], lang: str) -> tuple[str, str]:
    """What all lessons take together, and the switch that shows what each is about: else the course fits a screen."""
    core, whole = (
        max(1, round(sum(minutes) / 60))
        for minutes in (
            [paces(lesson).core.minutes for lesson in lessons],
            [paces(lesson).whole.minutes for lesson in lessons],
        )
    )
    exercises = sum(len(lesson.exercises) for lesson in lessons)
    told = say(lang, "total", count=len(lessons), core=core, whole=whole, exercises=exercises)
    switch = f'<label><input type="checkbox"> {say(lang, "summaries")}</label>'
    return f'<p class="course-total">{told}</p>', f'<p class="course-more">{switch}</p>'


def _entry(page: str, lessons: Mapping[str, Lesson], lang: str) -> str:
    lesson = lessons[page]
    minutes = f' <span class="course-minutes">{duration(lesson, lang)}</span>{exercise_count(lesson, lang)}'
    needs = [f"{name}.md" for name in lesson.head.needs if f"{name}.md" in lessons]
    first = ", ".join(f"[{title(lessons[need], lang)}]({need})" for need in needs)
    needs_line = f'\n\n<span class="course-needs">{say(lang, "needs")}: {first}</span>' if first else ""
    heading = f"**[{title(lesson, lang)}]({page})**{minutes}"
    return f'<li markdown="block">\n\n{heading}\n\n{summary(lesson, lang)}{needs_line}\n\n</li>'


def counterpart_link(here: str, there: str, url: str) -> str:
    """The address of a page in the language served at `there` (`en/`), from the root of the one served at `here`."""
    return "../" * here.count("/") + there + url or "./"
