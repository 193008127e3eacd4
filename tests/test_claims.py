"""The page of claims: each leads to a cell whose assert tests the reason, and says nothing that this cell does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from test_errata import LINK, alone, titles

from lessonkit.checks.numbers import agrees, shown
from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import read_unchanged
from lessonkit.lesson.prose import decimals

ROOT = Path(__file__).parents[1]
CLAIM = re.compile(r"^### .*\{ #(?P<claim>[\w-]+) \}$", re.MULTILINE)
PARTS = {"ko": ("대조", "결과", "셀"), "en": ("Control", "Result", "Cell")}
WHOLE = re.compile(r"(?<![\w.,])\d[\d,]*\d(?![\w.]*\d)|(?<![\w.,])\d(?![\d.,])")
"""Numbers without a point."""


def page(lang: str) -> str:
    return (ROOT / "docs" / lang / "claims.md").read_text("utf-8")


def claims(text: str, lang: str) -> dict[str, dict[str, str]]:
    """The parts of each claim: what it says of its control and its result, and its link."""
    _, *parts = CLAIM.split(text)
    found = {}
    for claim, body in zip(parts[::2], parts[1::2], strict=True):
        found[claim] = dict(re.findall(r"^- \*\*(\w+):\*\* (.*)$", body, re.MULTILINE))
        assert tuple(found[claim]) == PARTS[lang], claim
    return found


def faults(text: str, lang: str, lessons: dict[str, Lesson]) -> list[str]:
    """What is wrong with a page of claims: links to no cell with an assert, numbers that the cell does not have."""
    wrong = []
    for claim, parts in claims(text, lang).items():
        control, result, where = parts.values()
        link = LINK.search(where)
        lesson = lessons.get(link["page"]) if link else None
        cells = {one.id: one for one in lesson.code if one.id} if lesson else {}
        if not link or not lesson or link["anchor"] not in cells:
            wrong.append(f"{claim}: no link to a cell")
            continue
        cell = cells[link["anchor"]]
        if "assert " not in cell.sources["en"]:
            wrong.append(f"{claim}: the cell asserts nothing")
        if link["text"] not in titles(lesson, lang):
            wrong.append(f"{claim}: no section is called {link['text']}")
        numbers = shown(alone(lesson, cell))
        said = f"{control} {result}"
        for number in [*(one for _, one in decimals(said)), *WHOLE.findall(said)]:
            if not agrees(number, numbers):
                wrong.append(f"{claim}: {number} is not in the cell")
    return wrong


@pytest.fixture(scope="module")
def lessons() -> dict[str, Lesson]:
    return {path.stem: read_unchanged(path) for path in (ROOT / "lessons").glob("*.py")}


@pytest.mark.parametrize("lang", PARTS)
def test_each_claim_leads_to_the_cell_that_tests_its_reason(lang: str, lessons: dict[str, Lesson]) -> None:
    assert faults(page(lang), lang, lessons) == []


def test_most_lessons_have_a_claim_and_no_cell_is_named_for_nothing(lessons: dict[str, Lesson]) -> None:
    reported = {(link["page"], link["anchor"]) for link in LINK.finditer(page("en"))}
    texts = {
        path.stem: path.read_text("utf-8") for path in [*(ROOT / "docs/en").glob("*.md"), *ROOT.glob("lessons/*.py")]
    }
    named = {(name, one) for name, lesson in lessons.items() for one in lesson.cell_ids}
    linked = "".join(texts.values())
    assert [(a, b) for a, b in named if f"{a}.md#{b})" not in linked and f"(#{b})" not in texts[a]] == []
    assert len({name for name, _ in named & reported}) >= 16


def test_both_languages_have_the_same_claims() -> None:
    both = [
        {claim: LINK.search(parts[PARTS[lang][2]]) for claim, parts in claims(page(lang), lang).items()}
        for lang in PARTS
    ]
    links = [{claim: (link["page"], link["anchor"]) for claim, link in one.items() if link} for one in both]
    assert links[0] == links[1]
    assert len(links[0]) >= 25


def test_corrections_and_claims_lead_to_each_other() -> None:
    for lang in PARTS:
        assert "(claims.md)" in (ROOT / "docs" / lang / "errata.md").read_text("utf-8")
        assert "(errata.md)" in page(lang)


@pytest.mark.parametrize(
    ("old", "new", "reported"),
    [
        ("0.1753", "0.1754", "softmax-index-only: 0.1754 is not in the cell"),
        ("cell-index-only", "index", "softmax-index-only: no link to a cell"),
        ("cell-index-only", "cell-gone", "softmax-index-only: no link to a cell"),
        ("Adding 100 to", "Adding 300 to", "softmax-not-exp: 300 is not in the cell"),
        (
            "[Exponentiate the logit",
            "[Exponentiate a logit",
            "softmax-index-only: no section is called Exponentiate a logit",
        ),
    ],
)
def test_what_a_cell_does_not_show_is_reported(old: str, new: str, reported: str, lessons: dict[str, Lesson]) -> None:
    assert old in page("en")
    assert any(one.startswith(reported) for one in faults(page("en").replace(old, new, 1), "en", lessons))
