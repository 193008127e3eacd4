"""What a page says of itself to search engines and to places where it is shared: Open Graph, JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.pace import paces
from lessonkit.lesson.prose import plain_text
from lessonkit.pages.render import description, title
from lessonkit.words import WORDS

IMAGE_SIZE = (1200, 630)
_OBJECTIVES = re.compile(r"^!!! abstract .*\n(?P<list>(?:[ \t]*\n|[ \t]+.*\n?)+)", re.MULTILINE)
_ITEM = re.compile(r"^\s+[-*] +(.+(?:\n\s{6,}\S.*)*)", re.MULTILINE)


@dataclass(frozen=True)
class Course:
    """The site in one language. `url` is its address, empty where nobody knows it yet."""

    lang: str
    name: str
    description: str
    url: str


@dataclass(frozen=True)
class Shared:
    """A page: its title, description and whole address; `image` is the whole address of its picture."""

    title: str
    description: str
    url: str = ""
    image: str = ""
    image_alt: str = ""
    is_article: bool = False


@dataclass(frozen=True)
class Preview:
    """What the head of a page says of it: as a preview and, where there is `data`, as linked data."""

    page: Shared
    course: Course
    others: tuple[str, ...] = ()
    data: Mapping[str, object] | None = None


def head(preview: Preview) -> str:
    """The elements of a page's head."""
    tags = open_graph(preview.page, preview.course, preview.others)
    return tags + (json_ld(preview.data) if preview.data else "")


def open_graph(page: Shared, course: Course, others: Sequence[str] = ()) -> str:
    """The `<meta>` elements for a page's preview; `others` are the languages that the page also exists in."""
    tags = {
        "og:type": "article" if page.is_article else "website",
        "og:site_name": course.name,
        "og:title": page.title,
        "og:description": page.description,
        "og:locale": WORDS[course.lang]["locale"],
        "og:url": page.url,
    }
    lines = [_meta("property", name, value) for name, value in tags.items() if value]
    lines += (_meta("property", "og:locale:alternate", WORDS[lang]["locale"]) for lang in others)
    if page.image:
        width, height = IMAGE_SIZE
        image = {"": page.image, ":type": "image/png", ":width": width, ":height": height, ":alt": page.image_alt}
        lines += (_meta("property", f"og:image{part}", value) for part, value in image.items() if value)
    lines.append(_meta("name", "twitter:card", "summary_large_image" if page.image else "summary"))
    return "".join(lines)


def _meta(kind: str, name: str, value: object) -> str:
    return f'<meta {kind}="{name}" content="{escape(str(value))}">\n'


def json_ld(data: Mapping[str, object]) -> str:
    """Linked data as an element; browsers do not run it."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("</", "<\\/")
    return f'<script type="application/ld+json">{text}</script>\n'


def course_data(course: Course, lessons: Mapping[str, Lesson]) -> dict[str, object]:
    """The course as schema.org describes one; `lessons` in reading order, by the addresses of their pages."""
    minutes = sum(paces(lesson).whole.minutes for lesson in lessons.values())
    parts = [lesson_data(lesson, course, at, number) for number, (at, lesson) in enumerate(lessons.items(), 1)]
    return {
        **_course(course),
        "description": course.description,
        "inLanguage": course.lang,
        "isAccessibleForFree": True,
        "educationalLevel": "Beginner",
        "provider": {"@type": "Organization", "name": course.name, **_at(course.url)},
        "hasCourseInstance": {"@type": "CourseInstance", "courseMode": "Online", "courseWorkload": f"PT{minutes}M"},
        "hasPart": [{key: part[key] for key in ("@type", "name", "position", "url") if key in part} for part in parts],
    }


def lesson_data(lesson: Lesson, course: Course, at: str, position: int, image: str = "") -> dict[str, object]:
    """A lesson as part of its course; `at` is the address of its page below that of the course."""
    return {
        "@type": "LearningResource",
        "name": title(lesson, course.lang),
        "description": description(lesson, course.lang),
        "inLanguage": course.lang,
        "learningResourceType": "Tutorial",
        "isAccessibleForFree": True,
        "position": position,
        "timeRequired": f"PT{paces(lesson).whole.minutes}M",
        **({"teaches": taught} if (taught := objectives(lesson, course.lang)) else {}),
        **({"image": image} if image else {}),
        **_at(course.url and course.url + at),
        "isPartOf": _course(course),
    }


def objectives(lesson: Lesson, lang: str) -> list[str]:
    """What a lesson says that one learns in it."""
    found = _OBJECTIVES.search(lesson.prose(lang)[0].markdown + "\n")
    return [plain_text(" ".join(item.split())) for item in _ITEM.findall(found["list"])] if found else []


def _course(course: Course) -> dict[str, object]:
    return {"@type": "Course", "name": course.name, **_at(course.url)}


def _at(url: str) -> dict[str, object]:
    return {"url": url} if url else {}
