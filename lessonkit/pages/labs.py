"""What pages load for a lab: the kit that all labs share, and the lab's module with its words in the page's language.

The module says its texts in English, in three places: `t("...")`, `label: "..."` and `options: ["..."]`. The question
cell of another language lists the form of each, as captions do. A page names the files in the `data-lab` of the figure.
What the recorder keeps for a lab is a script of its own, for a page from `file://` may load no data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from lessonkit.assets import LABS
from lessonkit.checks.lab_record import data_file
from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.labs import Lab, labs
from lessonkit.lesson.prose import plain_text
from lessonkit.pages.bundle import hashed, slim
from lessonkit.words import LANGUAGES

KIT = ("kit.css", "kit.js")
"""What every lab loads first."""

_STRING = r'"((?:[^"\\]|\\.)*)"'
_TEXTS = re.compile(rf"\bt\(\s*{_STRING}|\blabel:\s*{_STRING}")
_BORROWED = re.compile(r'(?P<tag><figure\b[^>]*)>(?P<rest>\s*<div data-figure="(?P<asked>[^"]+)">)')
_OPTIONS = re.compile(r"\boptions:\s*\[([^\]]*)\]")


def module(lab: Lab) -> Path:
    """The file of a lab in JavaScript."""
    return LABS / f"{lab.name}.js"


def texts(source: str) -> Iterator[tuple[int, str]]:
    """The texts of a module with their lines (from 1)."""
    for found in _TEXTS.finditer(source):
        yield source.count("\n", 0, found.start()) + 1, json.loads(f'"{found[1] or found[2]}"')
    for found in _OPTIONS.finditer(source):
        for text in re.findall(_STRING, found[1]):
            yield source.count("\n", 0, found.start()) + 1, json.loads(f'"{text}"')


def kit_files() -> Mapping[str, str]:
    """The kit by the names of its files."""
    paths = [LABS / name for name in KIT]
    found = ((path.name, slim(path.name, path.read_text(encoding="utf-8"))) for path in paths)
    return {hashed(name, text.encode()): text for name, text in found}


def lab_file(lab: Lab, lang: str) -> tuple[str, str]:
    """The name of a lab's file and its text in a language. Raises OSError where there is no module."""
    asked = lab.asks(lang)
    words = {"?": plain_text(asked.text), "!": asked.alternative, **asked.labels}
    for other in LANGUAGES[1:] if lang == LANGUAGES[0] else ():  # a page in both languages has the files of the first
        words |= {f"?{other}": plain_text(lab.asks(other).text), f"!{other}": lab.asks(other).alternative}
    text = slim(f"{lab.name}.js", module(lab).read_text(encoding="utf-8"))
    text += f"\nlabs.{lab.name}.words={json.dumps(words, ensure_ascii=False, separators=(',', ':'))};\n"
    return hashed(f"{lab.name}.js", text.encode()), text


def data_script(lesson: Lesson, lab: Lab) -> tuple[str, str]:
    """The name of the script of a lab's data, and its text. Raises OSError where they are not recorded."""
    text = f"labs.{lab.name}.data={data_file(lesson, lab.name).read_text(encoding='utf-8').strip()};\n"
    return hashed(f"{lab.name}.data.js", text.encode()), text


def files_of(lesson: Lesson, lab: Lab, lang: str) -> Mapping[str, str]:
    """The files of a lab beside the kit, in the order in which a page loads them; none where one is missing."""
    try:
        return dict([lab_file(lab, lang), *([data_script(lesson, lab)] if lab.variable else [])])
    except OSError:
        return {}


def files(lessons: Iterator[Lesson], lang: str) -> Mapping[str, str]:
    """All files of the labs of these lessons in a language, as they lie in assets/labs/; none where there is no lab."""
    found: dict[str, str] = {}
    for lesson in lessons:
        for lab in labs(lesson):
            found |= files_of(lesson, lab, lang)
    return {**kit_files(), **found} if found else {}


def with_labs(html: str, lesson: Lesson, lang: str) -> str:
    """The page of a lesson whose figures say which lab takes their place."""
    for lab in labs(lesson):
        if names := _names(lesson, lab, lang):
            named = f' id="figure-{lab.figure.replace("_", "-")}"'
            html = html.replace(named, f'{named} data-lab="{names}"', 1)
    return html


def lend_labs(html: str, lessons: Mapping[str, Lesson], lang: str) -> str:
    """A hand-written page whose borrowed figures, which stand in a `<figure>`, say which lab takes their place."""

    def lent(found: re.Match[str]) -> str:
        of, _, figure = found["asked"].partition("/")
        lesson = lessons.get(f"{of}.md")
        names = [_names(lesson, lab, lang) for lab in labs(lesson) if lab.figure == figure] if lesson else []
        return f'{found["tag"]} data-lab="{names[0]}">{found["rest"]}' if any(names) else found[0]

    return _BORROWED.sub(lent, html)


def _names(lesson: Lesson, lab: Lab, lang: str) -> str:
    """The files of a lab, the lab's own last, by the names that its page asks for; "" where one is missing."""
    found = files_of(lesson, lab, lang)
    return " ".join([*kit_files(), *found]) if found else ""
