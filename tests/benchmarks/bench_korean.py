"""How Korean sentences run, lesson by lesson: python tests/benchmarks/bench_korean.py [LESSON ...] [--short] [--words]

Originals written in Korean have sentences of about 50 characters, few of them within 20. A sentence ends with 다, 요,
까 or 오 and a mark. Headings, tables, display formulas, code blocks and titles of boxes are left out; the text of links
stays; a formula and a piece of code count as one character. `--short` lists sentences within 20 characters where more
than two are in a row, and those over 100; `--words` counts words that join sentences. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import re
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import read
from lessonkit.lesson.prose import ADMONITION, ATTRIBUTES, CODE_SPAN, DISPLAY, HEADING, INLINE, LINK, TAG, URL
from lessonkit.lesson.prose import without_fences as fenceless

ROOT = Path(__file__).parents[2]
SHORT, LONG, ROW = 20, 100, 2
END = re.compile(r"(?<=[다요까오])[.?!]+[\"”’)*]*(?=\s|$)")
ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+")
JOINING = ("즉", "따라서", "예를 들어", "또한", "이유", "때문")


@dataclass(frozen=True)
class Sentence:
    """A sentence as it is counted, with the line of the file on which its paragraph begins."""

    line: int
    text: str

    def __len__(self) -> int:
        return len(self.text)


def paragraphs(markdown: str) -> Iterator[tuple[int, str]]:
    """Each paragraph and list item in one line, with its line from 0."""
    text = DISPLAY.sub(lambda match: "\n" * match.group().count("\n"), fenceless(markdown))
    text = INLINE.sub(lambda match: "F" + "\n" * match.group().count("\n"), text)
    text = CODE_SPAN.sub(lambda match: "C" + "\n" * match.group().count("\n"), text)
    begun, held = 0, []
    for number, line in enumerate([*text.split("\n"), ""]):
        apart = not line.strip() or HEADING.match(line) or ADMONITION.match(line) or line.lstrip().startswith("|")
        if held and (apart or ITEM.match(line)):
            yield begun, " ".join(held)
            held = []
        if not apart:
            begun = begun if held else number
            held.append(ITEM.sub("", line).strip())


def plain(text: str) -> str:
    """A paragraph as a reader sees it."""
    text = LINK.sub(lambda match: match["text"], text)
    for part in (URL, TAG, ATTRIBUTES):
        text = part.sub("", text)
    return re.sub(r"\s+", " ", text.replace("*", "").replace("_", " ")).strip()


def sentences(markdown: str, line: int = 1) -> Iterator[Sentence]:
    """The sentences of a text that begins on a line."""
    for number, paragraph in paragraphs(markdown):
        begin = 0
        text = plain(paragraph)
        for end in END.finditer(text):
            yield Sentence(line + number, text[begin : end.end()].strip())
            begin = end.end()


def of_lesson(lesson: Lesson) -> list[Sentence]:
    """All Korean sentences of a lesson, in the order of the file."""
    return [sentence for cell in lesson.prose("ko") for sentence in sentences(cell.markdown, cell.file_line(0))]


def rows(found: list[Sentence]) -> Iterator[list[Sentence]]:
    """Sentences within 20 characters that follow each other, where they are more than two."""
    row: list[Sentence] = []
    for sentence in [*found, Sentence(0, "x" * LONG)]:
        if len(sentence) <= SHORT:
            row.append(sentence)
        else:
            if len(row) > ROW:
                yield row
            row = []


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", nargs="*")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--words", action="store_true")
    given = parser.parse_args()
    paths = sorted((ROOT / "lessons").glob("*.py"))
    texts = {path.stem: of_lesson(read(path)) for path in paths if not given.lessons or path.stem in given.lessons}
    texts |= {f"{path.stem} (page)": list(sentences(path.read_text(encoding="utf-8"))) for path in pages(given.lessons)}
    print(f"{'':26}{'sentences':>10}{'mean':>7}{'median':>8}{'<= 20':>8}{'in rows':>9}{'> 100':>7}")
    for name, found in texts.items():
        lengths = [len(sentence) for sentence in found] or [0]
        short = sum(length <= SHORT for length in lengths) / len(lengths)
        in_rows = sum(map(len, rows(found)))
        over = sum(length > LONG for length in lengths)
        mean, median = statistics.mean(lengths), statistics.median(lengths)
        print(f"{name:26}{len(found):10}{mean:7.1f}{median:8.0f}{short:8.1%}{in_rows:9}{over:7}")
        if given.short:
            for sentence in [*(one for row in rows(found) for one in row), *(one for one in found if len(one) > LONG)]:
                print(f"    {sentence.line}: {sentence.text}")
        if given.words:
            whole = " ".join(sentence.text for sentence in found)
            print("    " + ", ".join(f"{word} {whole.count(word)}" for word in JOINING))


def pages(asked: list[str]) -> list[Path]:
    """The hand-written Korean pages."""
    return [path for path in sorted((ROOT / "docs" / "ko").glob("*.md")) if not asked or path.stem in asked]


if __name__ == "__main__":
    main()
