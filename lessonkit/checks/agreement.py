"""What is wrong with the pairs of a section: they differ, or are not in their languages, without a reason given.

An author excepts a pair in the marker of one of its cells: `differs="numbers: why"`. An exception that nothing needs
is a problem, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from lessonkit.checks import languages
from lessonkit.checks.counterparts import KINDS, Difference, differences, unmatched
from lessonkit.checks.pairs import Section
from lessonkit.lesson.blocks import blocks
from lessonkit.lesson.captions import said
from lessonkit.lesson.cells import CODE_LANGUAGE, Code, Lesson, Problem, Prose
from lessonkit.lesson.numerals import running_text
from lessonkit.words import LANGUAGES

EXCEPTABLE = (*KINDS, "language", "length")
EXCEPTION = re.compile(rf"(?P<kind>{'|'.join(EXCEPTABLE)}): *(?P<reason>[^;]*\w[^;]*)")
FORM = 'differs="numbers: why they differ; paragraphs: why"'
Pair = tuple[Prose, Prose]


def check_section(lesson: Lesson, section: Section) -> list[Problem]:
    """The problems of a section's pairs, of its comments in one language, and of cells without a language."""
    known = languages.names(lesson.prose(LANGUAGES[0]))
    problems = [problem for pair in section.pairs for problem in _pair(lesson, pair, known)]
    problems += [problem for cell in section.code for problem in _comments(lesson, cell, known)]
    neutral = dict.fromkeys(cell for cells in section.cells.values() for cell in cells if not cell.lang)
    return problems + [problem for cell in neutral for problem in _neutral(lesson, cell)]


def _pair(lesson: Lesson, pair: Pair, known: frozenset[str]) -> Iterator[Problem]:
    found = _differing(pair, known)
    excepted: dict[str, int] = {}
    for cell in pair:
        for part in filter(str.strip, cell.differs.split(";")):
            if exception := EXCEPTION.fullmatch(part.strip()):
                excepted[exception["kind"]] = cell.line
            else:
                hint = f"Write {FORM}, with any of: {', '.join(EXCEPTABLE)}."
                sentence = "this exception has no known kind, or no reason"
                yield Problem(lesson.path, cell.line, sentence, (part.strip(),), hint)
    for difference in found:
        if difference.kind not in excepted:
            yield Problem(lesson.path, difference.line, difference.sentence, difference.evidence, _hint(difference))
    for kind, line in excepted.items():
        if kind not in {difference.kind for difference in found}:
            sentence = f"this pair does not differ in {kind}"
            yield Problem(lesson.path, line, sentence, (lesson.lines[line - 1],), "Remove the exception.")


@lru_cache(maxsize=4096)
def _differing(pair: Pair, known: frozenset[str]) -> tuple[Difference, ...]:
    """What differs in a pair; under `mkdocs serve` most pairs are those of the build before."""
    return *differences(pair), *in_their_languages(pair, known)


def _hint(difference: Difference) -> str:
    if difference.kind == "unfinished":
        return "Write it, in both languages."
    why = f'or give the reason in the second marker: differs="{difference.kind}: ..."'
    return f"Write it in the language of its cell, {why}" if difference.kind == "language" else f"Say it in both, {why}"


def in_their_languages(pair: Pair, known: frozenset[str]) -> Iterator[Difference]:
    """What is not in the language of its cell, is not finished, or says far less than its counterpart."""
    for cell in pair:
        for place in languages.places(cell):
            yield from languages.foreign(cell.lang, place, known)
            if place.kind == "label":
                yield from _label(pair, cell, place)
    two = [blocks(said(cell)) for cell in pair]
    for left, right in zip(*two, strict=False) if len(two[0]) == len(two[1]) else ():
        short = languages.uneven(left.text, pair[0].lang, right.text, pair[1].lang)
        if short:
            cell, block = (pair[0], left) if short == pair[0].lang else (pair[1], right)
            sentence = f"the {short} text says far less than its counterpart"
            evidence = (left.text.strip(), right.text.strip())
            yield Difference("length", cell.lang, cell.file_line(block.line), sentence, evidence)


def _label(pair: Pair, cell: Prose, place: languages.Said) -> Iterator[Difference]:
    """The numbers of a label and of its form are the same."""
    label = cell.markdown.split("\n")[place.line - cell.file_line(0)].removeprefix("- ")
    label = label.removesuffix(f": {place.text}")
    for number in (number for side in unmatched(label, CODE_LANGUAGE, place.text, cell.lang) for number in side):
        sentence = f"the number {number.written} stands only in the label, or only in its form"
        yield Difference("numbers", cell.lang, place.line, sentence, (f"{label}: {place.text}",))


def _comments(lesson: Lesson, cell: Code, known: frozenset[str]) -> Iterator[Problem]:
    """Comments in one language are in it, and say the same numbers."""
    found: dict[str, list[languages.Said]] = {}
    for lang, comment in languages.comments(lesson, cell):
        found.setdefault(lang, []).append(comment)
        for difference in languages.foreign(lang, comment, known):
            hint = f"Write it in the language that its tag names: # {lang}:"
            yield Problem(lesson.path, difference.line, difference.sentence, difference.evidence, hint)
    sides = list(found.items())
    for (lang, mine), (other, theirs) in zip(sides[:1] * (len(sides) - 1), sides[1:], strict=True):
        for one, two in zip(mine, theirs, strict=False):
            alone = unmatched(running_text(one.text), lang, running_text(two.text), other)
            for number in (number for side in alone for number in side):
                sentence = f"the number {number.written} stands in one language of this comment only"
                yield Problem(lesson.path, one.line, sentence, (one.text, two.text), "Say it in both.")


def _neutral(lesson: Lesson, cell: Prose) -> Iterator[Problem]:
    """A cell without a language serves both, so it says nothing in words."""
    words = [word for block in blocks(cell.markdown) for word in languages.words(block.text)]
    if len(words) > languages.FEW:
        hint = "Write it as a pair, with " + " and ".join(f'lang="{lang}"' for lang in LANGUAGES) + "."
        evidence = (" ".join(words[:12]),)
        yield Problem(lesson.path, cell.line, "this cell stands on the pages of both languages", evidence, hint)
    if cell.differs:
        sentence = "a cell without a language differs from none"
        yield Problem(lesson.path, cell.line, sentence, (lesson.lines[cell.line - 1],), "Remove the exception.")
