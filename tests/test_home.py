"""The front page: each number of what it promises stands in a section that it links, the same in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_claims import WHOLE
from test_errata import LINK

from lessonkit.checks.numbers import agrees, shown
from lessonkit.lesson.cells import Code, Lesson, Prose
from lessonkit.lesson.parse import read_unchanged
from lessonkit.lesson.prose import decimals, headings

ROOT = Path(__file__).parents[1]
LANGUAGES = ("ko", "en")
PROMISE = re.compile(r'^<div class="(?:hook|built)" markdown="1">\n\n(?P<text>.*?)^</div>', re.DOTALL | re.MULTILINE)
SHARE = re.compile(r"\b(\d+)%")


def page(lang: str) -> str:
    return (ROOT / "docs" / lang / "index.md").read_text("utf-8")


def promises(text: str) -> list[str]:
    """The hook as a whole, and each thing that one will have built."""
    hook, built = (found["text"] for found in PROMISE.finditer(text))
    return [hook, *re.findall(r"^- .*$", built, re.MULTILINE)]


def section(lesson: Lesson, anchor: str) -> Lesson | None:
    """A lesson as if it had only the code of one section, up to the next heading. None if there is no such section."""
    found, inside = False, False
    cells: list[Code] = []
    for cell in lesson.cells:
        if isinstance(cell, Prose) and (heads := list(headings(cell.markdown))):
            inside = any(heading.anchor == anchor for heading in heads)
            found |= inside
        elif isinstance(cell, Code) and inside:
            cells.append(cell)
    return Lesson(lesson.path, lesson.text, lesson.head, tuple(cells)) if found else None


def faults(text: str, lessons: dict[str, Lesson]) -> list[str]:
    """Links to no section of a lesson, and what none of the sections linked beside it shows."""
    wrong = []
    for said in promises(text):
        links = [(link["page"], link["anchor"]) for link in LINK.finditer(said)]
        sections = {(name, anchor): section(lessons[name], anchor) for name, anchor in links if anchor}
        wrong += [f"no section {name}#{anchor}" for (name, anchor), one in sections.items() if one is None]
        linked = [one for one in sections.values() if one]
        numbers = sorted(number for one in linked for number in shown(one))
        told = LINK.sub(lambda link: link["text"], said)
        for number in [*(one for _, one in decimals(told)), *WHOLE.findall(told), *SHARE.findall(told)]:
            if not agrees(number, numbers):
                wrong.append(f"{number} is in no linked section")
        printed = {line for one in linked for cell in one.code for line in cell.recorded}
        quoted = re.findall(r"^`(.*)`$", said, re.MULTILINE)
        wrong += [f"no linked section prints {line}" for line in quoted if line not in printed]
    return wrong


@pytest.fixture(scope="module")
def lessons() -> dict[str, Lesson]:
    return {path.stem: read_unchanged(path) for path in (ROOT / "lessons").glob("*.py")}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_the_front_page_promises_is_in_the_lessons_that_it_links(lang: str, lessons: dict[str, Lesson]) -> None:
    assert len(promises(page(lang))) == 4
    assert all(LINK.search(said) for said in promises(page(lang)))
    assert faults(page(lang), lessons) == []


def test_both_languages_promise_the_same() -> None:
    links = [[(one["page"], one["anchor"]) for one in LINK.finditer(page(lang))] for lang in LANGUAGES]
    assert links[0] == links[1]
    numbers = [
        [sorted(set(re.findall(r"\d+(?:\.\d+)?", LINK.sub(r"\g<text>", said)))) for said in promises(page(lang))]
        for lang in LANGUAGES
    ]
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize(
    ("old", "new", "reported"),
    [
        ("0.959", "0.979", "0.979 is in no linked section"),
        ("1.425844", "1.425845", "no linked section prints test accuracy 0.0 %  loss 1.425845"),
        ("#hypotheses", "#theses", "no section train_val_test#theses"),
        ("48 of 200", "48 of 210", "210 is in no linked section"),
    ],
)
def test_what_no_lesson_shows_is_reported(old: str, new: str, reported: str, lessons: dict[str, Lesson]) -> None:
    assert reported in faults(page("en").replace(old, new, 1), lessons)
