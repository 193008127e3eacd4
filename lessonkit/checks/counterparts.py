"""The two cells of a pair are counterparts, block by block: the same kinds, and in each the same facts.

What may differ is said by the author in the marker of the second cell: `differs="numbers: why; paragraphs: why"`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from lessonkit.checks.contrasts import contrasts
from lessonkit.checks.fenced import fenced
from lessonkit.lesson.blocks import Block, blocks
from lessonkit.lesson.captions import said
from lessonkit.lesson.cells import Prose
from lessonkit.lesson.numerals import Number, numbers, running_text, spelled
from lessonkit.lesson.prose import AUTOLINK, CODE_SPAN, formulas, line_of, without_code, without_fences

COUNTED = {
    "paragraph": "paragraphs",
    "list item": "list items",
    "question": "questions",
    "choice": "choices",
    "explanation": "explanations",
    "table row": "table rows",
    "table cell": "table cells",
    "formula": "display formulas",
}
"""The kinds of blocks and their plurals; a block of any other kind is one of the admonitions."""

KINDS = (*COUNTED.values(), "admonitions", "order", "formulas", "code", "numbers", "links", "words")
"""What may differ with a reason."""

OUTWARD = re.compile(rf"\[[^\]]*\]\(<?(?:[A-Za-z]+:|//)|{AUTOLINK.pattern}")
TEXT_IN_MATH = re.compile(r"\\(?:text|textbf|textit|mbox)\{[^{}]*\}")
RIGHT = re.compile(r"\[[xX]\](?=\s)")
HEADING = "heading"
Pair = tuple[Prose, Prose]
Find = Callable[[str], Iterable[tuple[int, str]]]


@dataclass(frozen=True)
class Difference:
    """What one cell of a pair says and the other does not: a sentence about `kind`, at `line` of the file of `lang`."""

    kind: str
    lang: str
    line: int
    sentence: str
    evidence: tuple[str, ...]


def normal(latex: str) -> str:
    """A formula as it is compared: without whitespace, and whatever words it says."""
    return "".join(TEXT_IN_MATH.sub(r"\\text", latex).split())


def differences(pair: Pair) -> Iterator[Difference]:
    """What the two cells of a pair do not share; a missing heading is reported by its anchor (see pairs.py)."""
    found = [blocks(said(cell)) for cell in pair]
    if len({sum(block.kind == HEADING for block in side) for side in found}) > 1:
        found = [tuple(block for block in side if block.kind != HEADING) for side in found]
    uneven = [*_counts(pair, found)] or [*_order(pair, found)]
    if uneven:
        yield from uneven
        found = [(Block("cell", 0, 0, said(cell)),) for cell in pair]
    for two in zip(*found, strict=True):
        yield from _facts(pair, two)
    yield from (Difference("code", *rest) for rest in fenced(pair))
    yield from (Difference("words", pair[0].lang, *rest) for rest in contrasts(pair, found))


def _counts(pair: Pair, found: Sequence[Sequence[Block]]) -> Iterator[Difference]:
    """The kinds of blocks of which one cell has more."""
    kinds = [[COUNTED.get(block.kind, f"admonitions ({block.kind})") for block in side] for side in found]
    counts = [Counter(side) for side in kinds]
    for kind in dict.fromkeys([*kinds[0], *kinds[1]]):
        if counts[0][kind] != counts[1][kind]:
            more, less = (0, 1) if counts[0][kind] > counts[1][kind] else (1, 0)
            line = pair[more].file_line(_parting(found[more], kinds[more], kinds[less], kind).line)
            numbers_of = ", ".join(f"{cell.lang} has {count[kind]}" for cell, count in zip(pair, counts, strict=True))
            evidence = tuple(f"{cell.lang}: the cell at line {cell.line}" for cell in pair)
            name = kind.partition(" (")[0]
            yield Difference(name, pair[more].lang, line, f"the {kind} of this pair differ: {numbers_of}", evidence)


def _order(pair: Pair, found: Sequence[Sequence[Block]]) -> Iterator[Difference]:
    """Where the blocks of two cells, as many of each kind, begin to differ in kind, depth or number."""
    for two in zip(*found, strict=True):
        if len({(block.kind, block.indent, block.number) for block in two}) == 1:
            continue
        sentence = "from here on the blocks of this pair differ in kind, depth or number"
        lines = [cell.file_line(block.line) for cell, block in zip(pair, two, strict=True)]
        kinds = [f"{'indented ' * bool(block.indent)}{block.kind} {block.number}".rstrip() for block in two]
        evidence = tuple(f"{cell.lang} {line}: {kind}" for cell, line, kind in zip(pair, lines, kinds, strict=True))
        yield Difference("order", pair[0].lang, lines[0], sentence, evidence)
        return


def _parting(more: Sequence[Block], kinds: list[str], others: list[str], kind: str) -> Block:
    """The block from which on a cell holds one of a kind that the other lacks."""
    same = next((n for n, (a, b) in enumerate(zip(kinds, others, strict=False)) if a != b), len(others))
    later = [block for block, of in zip(more[same:], kinds[same:], strict=True) if of == kind]
    return later[0] if later else next(block for block, of in zip(more, kinds, strict=True) if of == kind)


def _facts(pair: Pair, two: tuple[Block, Block]) -> Iterator[Difference]:
    """The formulas, code spans and numbers that only one of two blocks has."""
    texts = [running_text(block.text) for block in two]
    alone = unmatched(texts[0], pair[0].lang, texts[1], pair[1].lang)
    for here, there in ((0, 1), (1, 0)):
        cell, other = pair[here], pair[there]
        place = f"{other.lang} {other.file_line(two[there].line)}: {_start(two[there])}"

        def difference(kind: str, line: int, what: str, fact: str) -> Difference:
            at = cell.file_line(two[here].line + line)  # noqa: B023
            sentence = f"the {what} {fact} stands in {cell.lang} only"  # noqa: B023
            return Difference(kind, cell.lang, at, sentence, (f"{cell.lang} {at}: {_start(two[here])}", place))  # noqa: B023

        for kind, (what, find) in IN_BLOCKS.items():
            if only := _only(find, two[here], two[there]):
                lines = {fact: line for line, fact in reversed(list(find(two[here].text)))}
                yield from (difference(kind, lines[fact], what, fact) for fact in only)
        yield from (difference("numbers", number.line, "number", number.written) for number in alone[here])


def _only(find: Find, here: Block, there: Block) -> list[str]:
    """The facts that only one block has; or, where each says another one more often, those that it does."""
    facts = [[fact for _, fact in find(block.text)] for block in (here, there)]
    if facts[0] == facts[1]:
        return []
    mine, theirs = map(Counter, facts)
    more = mine - theirs
    return [fact for fact in more if fact not in theirs or theirs - mine]


def _start(block: Block) -> str:
    text = " ".join(block.text.split())
    return text if len(text) <= 90 else f"{text[:89]}…"


@lru_cache(maxsize=1024)
def _formulas(text: str, *, display: bool = False) -> tuple[tuple[int, str], ...]:
    return tuple((found.line, f"${normal(found.latex)}$") for found in formulas(text) if found.display == display)


@lru_cache(maxsize=1024)
def _code(text: str) -> tuple[tuple[int, str], ...]:
    text = without_fences(text)
    return tuple((line_of(text, found.start()), f"`{found['code'].strip()}`") for found in CODE_SPAN.finditer(text))


@lru_cache(maxsize=1024)
def _outward(text: str) -> tuple[tuple[int, str], ...]:
    """The links that lead out of the course, by their numbers: each language may have its own."""
    found = OUTWARD.finditer(without_code(text))
    return tuple((line_of(text, one.start()), f"{number}") for number, one in enumerate(found, 1))


def _right(text: str) -> Iterator[tuple[int, str]]:
    if mark := RIGHT.match(text):
        yield 0, mark[0].lower()


IN_BLOCKS: dict[str, tuple[str, Find]] = {
    "formulas": ("formula", _formulas),
    "display formulas": ("display formula", partial(_formulas, display=True)),
    "code": ("code", _code),
    "links": ("outward link", _outward),
    "choices": ("mark of the right choice", _right),
}
"""What two blocks share; they need not say it equally often."""


def unmatched(one: str, lang: str, two: str, other: str) -> tuple[list[Number], list[Number]]:
    """The numbers written with digits that only one of two running texts has, where the other does not spell them.

    Where both have such numbers, or a clear number word ("three") is left over, something was changed: words stand for
    none of them then.
    """
    texts = ((one, lang), (two, other))
    left, right = [list(numbers(text, of)) for text, of in texts]
    for same in (lambda a, b: a.values[0] == b.values[0], lambda a, b: not set(a.values).isdisjoint(b.values)):
        for number in list(left):
            if partner := next((candidate for candidate in right if same(number, candidate)), None):
                left.remove(number)
                right.remove(partner)
    if left and right or not (left or right):
        return left, right
    (clear, vague), (mine, too) = (spelled(text, of) for text, of in (texts[::-1] if left else texts))
    clear, vague, alone = Counter(clear), Counter(vague), left or right
    unclear = [number for number in alone if not _take(number.values, clear)]
    covered = {value for number in alone if number not in unclear for value in number.values}
    spare = set(clear - mine - too) - covered
    reported = alone if spare else [number for number in unclear if not _take(number.values[:1], vague)]
    return (reported, []) if left else ([], reported)


def _take(values: Sequence[str], words: Counter[str]) -> bool:
    """Whether a word stands for a number of one of these values; it then stands for no other one."""
    for value in values:
        if words[value] > 0:
            words[value] -= 1
            return True
    return False
