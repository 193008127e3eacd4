"""The corrections pages: each row leads to the cells of lessons that run it, the same in both languages."""

import re
from pathlib import Path

import pytest

from lessonkit.checks.numbers import agrees, shown
from lessonkit.lesson.cells import Code, Lesson, Prose
from lessonkit.lesson.parse import parse
from lessonkit.lesson.prose import decimals, headings

ROOT = Path(__file__).parents[1]
NO_PROOF_NEEDED = {"b20"}
"""Typos: nothing runs."""

ROW = re.compile(r"^### .*\{ #(?P<row>\w+) \}$", re.MULTILINE)
LINK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<page>\w+)\.md(?:#(?P<anchor>[\w-]+))?\)")
PROOF = re.compile(r"^- \*\*(?:Proof|증명):\*\* (?P<links>.*)$", re.MULTILINE)
CORRECTION = re.compile(r"^- \*\*(?:Correction|바로잡음):\*\* (.*)$", re.MULTILINE)


def rows(text: str) -> dict[str, list[tuple[str, str]]]:
    """The page and anchor of each link of proof, by row."""
    _, *parts = ROW.split(text)
    return {
        row: [
            (link["page"], link["anchor"] or "") for proof in PROOF.finditer(body) for link in LINK.finditer(proof[0])
        ]
        for row, body in zip(parts[::2], parts[1::2], strict=True)
    }


def proving(lesson: Lesson) -> dict[str, Code]:
    """The cells of a lesson that links lead to and that run what they prove: with an assertion or a recorded output."""
    return {cell.id: cell for cell in lesson.code if cell.id and (cell.recorded or "assert " in cell.sources["en"])}


def alone(lesson: Lesson, cell: Code) -> Lesson:
    """A lesson as if it had only this cell."""
    return Lesson(lesson.path, lesson.text, lesson.head, (cell,))


def unproved(text: str, cells: dict[str, dict[str, Code]]) -> list[str]:
    """What is wrong with a corrections page: a row without proof, a link that leads to no cell that proves it."""
    wrong = []
    for row, links in rows(text).items():
        if not links and row not in NO_PROOF_NEEDED:
            wrong.append(f"{row}: no proof")
        for page, anchor in links:
            if page in cells and anchor not in cells[page]:
                wrong.append(f"{row}: {page}.md#{anchor} is no cell that proves it")
        if links and not any(page in cells for page, _ in links):
            wrong.append(f"{row}: no link to a lesson")
    return wrong


@pytest.fixture(scope="module")
def lessons() -> dict[str, Lesson]:
    return {path.stem: parse(path, path.read_text("utf-8")) for path in (ROOT / "lessons").glob("*.py")}


@pytest.fixture(scope="module")
def cells(lessons: dict[str, Lesson]) -> dict[str, dict[str, Code]]:
    return {name: proving(lesson) for name, lesson in lessons.items()}


def strays(text: str, language: str, lessons: dict[str, Lesson]) -> list[str]:
    """What a corrections page says that its proofs do not: numbers, and titles of sections."""
    wrong = []
    _, *parts = ROW.split(text)
    for row, body in zip(parts[::2], parts[1::2], strict=True):
        proofs = [link for proof in PROOF.finditer(body) for link in LINK.finditer(proof[0]) if link["page"] in lessons]
        cells = [(lessons[link["page"]], proving(lessons[link["page"]]).get(link["anchor"] or "")) for link in proofs]
        numbers = sorted(number for lesson, cell in cells if cell for number in shown(alone(lesson, cell)))
        correction = "".join(CORRECTION.findall(body))
        share = "%" if re.search("points|포인트", correction) else ""
        for _, number in decimals(correction):
            if not agrees(number, numbers) and not agrees(f"{number}{share}", numbers):
                wrong.append(f"{row}: {number} is in no cell of its proof")
        for link in proofs:
            if link["text"] not in titles(lessons[link["page"]], language):
                wrong.append(f"{row}: no section is called {link['text']}")
    return wrong


def titles(lesson: Lesson, language: str) -> set[str]:
    cells = [cell for cell in lesson.cells if isinstance(cell, Prose) and cell.lang == language]
    return {heading.title for cell in cells for heading in headings(cell.markdown)}


def page(language: str) -> str:
    return (ROOT / "docs" / language / "errata.md").read_text("utf-8")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_row_leads_to_the_cells_that_prove_it(language: str, cells: dict[str, dict[str, Code]]) -> None:
    assert len(rows(page(language))) == 39
    assert unproved(page(language), cells) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_each_row_says_what_its_proof_shows(language: str, lessons: dict[str, Lesson]) -> None:
    assert strays(page(language), language, lessons) == []


def test_what_no_proof_shows_is_reported(lessons: dict[str, Lesson]) -> None:
    text = (
        "### A { #e1 }\n\n- **Correction:** It is 0.2637, not 0.2638.\n- **Proof:** [Quizz](softmax.md#cell-nudged)\n"
    )
    assert strays(text, "en", lessons) == ["e1: 0.2638 is in no cell of its proof", "e1: no section is called Quizz"]


def test_both_languages_have_the_same_rows_and_proofs() -> None:
    assert rows(page("ko")) == rows(page("en"))


def test_a_link_to_a_whole_page_is_reported(cells: dict[str, dict[str, Code]]) -> None:
    text = "### A { #e1 }\n\n- **Proof:** [Here](softmax.md)\n"
    assert unproved(text, cells) == ["e1: softmax.md# is no cell that proves it"]


def test_a_link_to_no_cell_is_reported(cells: dict[str, dict[str, Code]]) -> None:
    first = "### A { #e1 }\n\n- **증명:** [여기](softmax.md#quiz)\n\n"
    text = first + "### B { #e2 }\n\n- **Proof:** [There](softmax.md#nowhere)\n"
    assert unproved(text, cells) == [
        "e1: softmax.md#quiz is no cell that proves it",
        "e2: softmax.md#nowhere is no cell that proves it",
    ]


def test_a_row_without_a_link_to_a_lesson_is_reported(cells: dict[str, dict[str, Code]]) -> None:
    text = "### A { #e1 }\n\nNothing.\n\n### B { #e2 }\n\n- **Proof:** [There](glossary.md#a)\n"
    assert unproved(text, cells) == ["e1: no proof", "e2: no link to a lesson"]
