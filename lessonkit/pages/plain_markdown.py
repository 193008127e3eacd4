"""The course as plain Markdown with its figures as files, for generators other than MkDocs.

What stays is what Python-Markdown and its usual extensions know. What only this site's theme has goes: templates of
pages, figures inside the HTML, links to notebooks and to pages in both languages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from lessonkit.checks.check import check_figures, figure_html
from lessonkit.drawing.figure_file import svg_file
from lessonkit.lesson.captions import caption
from lessonkit.lesson.cells import Lesson, LessonError
from lessonkit.pages.glossary import Glossary
from lessonkit.pages.glossary_page import GLOSSARY, glossary_page
from lessonkit.pages.hand_written import FRONT_MATTER
from lessonkit.pages.render import FIGURE, LENT, FigureNotLent, borrowed, description, not_lent, to_markdown
from lessonkit.pages.site import COURSE_MAP, Nav, course_map, in_reading_order

FOLDER = "figures"


@dataclass(frozen=True)
class Course:
    """What one language shows: lessons by the names of their pages (`softmax.md`), hand-written pages of `docs`.

    `sections` gives the sections of `nav` their names in this language.
    """

    lang: str
    lessons: Mapping[str, Lesson]
    docs: Path
    written: Mapping[Path, str]
    glossary: Glossary
    nav: Nav
    sections: Mapping[str, str]


def plain_pages(course: Course) -> Iterator[tuple[str, str]]:
    """The pages and figures of a language as (path, text). Raises LessonError where one cannot be shown."""
    for page, lesson in course.lessons.items():
        yield page, _lesson(lesson, course.lang)
        for cell in lesson.code:
            if cell.kind == "figure":
                yield _place(lesson, cell.name), _picture(lesson, cell.name, course.lang)
    for path, text in course.written.items():
        try:
            yield path.relative_to(course.docs).as_posix(), _written(text, course)
        except FigureNotLent as error:
            raise not_lent(path, error) from None


def plain_nav(course: Course) -> list[object]:
    """The nav with its sections in the course's language."""

    def named(item: Nav) -> object:
        if isinstance(item, dict):
            return {course.sections.get(name, name): named(inside) for name, inside in item.items()}
        return [named(one) for one in item] if isinstance(item, Sequence) and not isinstance(item, str) else item

    return [named(item) for item in course.nav] if isinstance(course.nav, list) else []


def _lesson(lesson: Lesson, lang: str) -> str:
    about = json.dumps(description(lesson, lang), ensure_ascii=False)
    markdown = FIGURE.sub(lambda found: _image(lesson, found["name"], lang), to_markdown(lesson, lang))
    return f"---\ndescription: {about}\n---\n\n{markdown}"


def filled(markdown: str, course: Course) -> str:
    """A hand-written page with the course map and the glossary where it asks for them."""
    if COURSE_MAP in markdown:
        map_ = course_map(course.nav, course.lessons, course.sections, course.lang)
        markdown = markdown.replace(COURSE_MAP, map_)
    if GLOSSARY in markdown:
        lessons = in_reading_order(course.nav, course.lessons)
        markdown = markdown.replace(GLOSSARY, glossary_page(course.glossary, course.lang, lessons))
    return markdown


def _written(text: str, course: Course) -> str:
    """A hand-written page: what it asks for in place, and front matter without what only this theme knows."""
    found = FRONT_MATTER.match(text)
    matter = dict(yaml.safe_load(found["yaml"]) or {}) if found else {}
    matter.pop("template", None)
    body = text[found.end() :].lstrip("\n") if found else text
    body = filled(body, course)
    body = LENT.sub(lambda found: _image(*borrowed(found["asked"], course.lessons), course.lang), body)
    return f"---\n{yaml.safe_dump(matter, allow_unicode=True, sort_keys=False)}---\n\n{body}" if matter else body


def _place(lesson: Lesson, figure: str) -> str:
    return f"{FOLDER}/{lesson.name}.{figure}.svg"


def _image(lesson: Lesson, figure: str, lang: str) -> str:
    """A figure in Markdown, a block of its own."""
    alternative = re.sub(r"([\\\[\]`*_$])", r"\\\1", caption(lesson, figure, lang).alternative)
    return f"\n![{alternative}]({_place(lesson, figure)})\n"


def _picture(lesson: Lesson, figure: str, lang: str) -> str:
    try:
        return svg_file(figure_html(lesson, figure, lang))
    except (OSError, ValueError):
        raise LessonError(*check_figures(lesson)) from None
