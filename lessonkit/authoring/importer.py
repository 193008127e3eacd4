"""From a notebook or a script, or from a Korean and an English one, to the text of a lesson.

What is missing is a TODO, which fails until it is written; what could not be brought is a note.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from pathlib import Path

from lessonkit.authoring.foreign import Cell, Document, read_document
from lessonkit.authoring.prose import Headings, as_lesson, by_language, counterparts, spoken, with_title_first
from lessonkit.authoring.pythonic import TODO, draws, paired, printed, same_code, unpaired
from lessonkit.lesson.cells import CODE_LANGUAGE
from lessonkit.words import LANGUAGES

TITLE = {"ko": "TODO: 제목을 적습니다", "en": "TODO: write the title"}
CAPTION = {
    "ko": "TODO: 그림이 말하는 한 문장을 적습니다.\n\nTODO: 그림을 보지 못하는 사람에게 축과 값과 모양을 말해 줍니다.",
    "en": "TODO: say what the figure shows.\n\nTODO: tell axes, values and shape to readers who cannot see it.",
}
SOURCE = {
    "ko": ("이 레슨의 출처: {}.", "라이선스: {}."),
    "en": ("This lesson was made from {}.", "Its licence is {}."),
}


@dataclass
class Brought:
    """The text of a lesson, and what its teacher should know about how it came here."""

    text: str
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """Prose in some languages, then code; the same code with the other language's comments, where there is another."""

    prose: Mapping[str, list[str]]
    code: Cell | None
    other: str | None = None


def bring(name: str, single: Sequence[Path], pair: Mapping[str, Path], source: str = "", licence: str = "") -> Brought:
    """The lesson made of one file, or of one for each language. Raises LessonError where one cannot be read."""
    documents = {lang: read_document(path) for lang, path in pair.items()}
    if single:
        documents[""] = read_document(single[0])
    notes = [f"left out: {document.path.name}, {line}" for document in documents.values() for line in document.left_out]
    if len(pair) == len(LANGUAGES):
        steps = list(_aligned(documents, notes))
    else:
        ((lang, document),) = documents.items()
        steps = list(_steps(document, lang))
    licence = licence or next((one.license for one in documents.values() if one.license), "")
    return Brought(_text(name, steps, source, licence), notes)


def _steps(document: Document, lang: str = "") -> Iterator[Step]:
    """The prose before each piece of code, by its language."""
    found = Counter(spoken(cell.text) for cell in document.cells if not cell.is_code)
    usual = max(LANGUAGES, key=lambda one: found[one])  # that of a picture or a formula, which has none
    texts: list[tuple[str, str]] = []
    for cell in document.cells:
        if cell.is_code:
            *before, last = counterparts(texts) or [{}]
            yield from (Step(prose, None) for prose in before)
            yield Step(last, cell)
            texts = []
        else:
            parts = [(lang, cell.text)] if lang else by_language(cell.text)
            texts += [(one or usual, part) for one, part in parts]
    yield from (Step(prose, None) for prose in counterparts(texts))


def _title_alone(steps: Iterable[Step]) -> Iterator[Step]:
    """The steps with the first text, a title as a rule, in a step of its own, as code may stand elsewhere."""
    for number, step in enumerate(steps):
        if number == 0:
            yield Step({lang: texts[:1] for lang, texts in step.prose.items()}, None)
            step = replace(step, prose={lang: texts[1:] for lang, texts in step.prose.items() if texts[1:]})
        yield step


def _aligned(documents: Mapping[str, Document], notes: list[str]) -> Iterator[Step]:
    """The steps of two documents as one, where their code is the same; where it differs, a note says so."""
    main = CODE_LANGUAGE
    other = next(lang for lang in LANGUAGES if lang != main)
    one, two = ([*_title_alone(_steps(documents[lang], lang))] for lang in (main, other))
    keys = [[same_code(step.code.text) if step.code else "" for step in steps] for steps in (one, two)]
    opcodes = SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes()
    moved = _moved(
        keys,
        [range(a, b) for tag, a, b, _, _ in opcodes if tag != "equal"],
        [range(c, d) for tag, _, _, c, d in opcodes if tag != "equal"],
    )

    def told(what: str, left: Sequence[Step], right: Sequence[Step]) -> None:
        cells = {
            lang: [str(step.code.number) for step in steps if step.code]
            for lang, steps in ((main, left), (other, right))
        }
        places = "; ".join(
            f"{documents[lang].path.name}, cells {', '.join(found) or 'none'}" for lang, found in cells.items()
        )
        notes.append(f"the code {what} ({places}): the {main} one stands in the lesson")

    def both(left: Step, right: Step) -> Step:
        """The step that stands in two documents."""
        if left.code and right.code:
            place = f"{documents[other].path.name}, cell {right.code.number}"
            notes.extend(f"left out: {place}: # {text}" for text in unpaired(left.code.text, right.code.text))
        return Step({**left.prose, **right.prose}, left.code, right.code.text if right.code else None)

    for tag, a, b, c, d in opcodes:
        if tag == "equal":
            yield from (both(left, right) for left, right in zip(one[a:b], two[c:d], strict=True))
            continue
        left = [n for n in range(a, b) if n not in moved]
        right = [two[n] for n in range(c, d) if n not in moved.values()]
        if left or right:
            told("differs", [one[n] for n in left], right)
        gathered = {other: texts} if (texts := [text for step in right for text in step.prose.get(other, [])]) else {}
        for n in range(a, b):
            if n in moved:
                told("stands elsewhere", [one[n]], [two[moved[n]]])
                yield both(one[n], two[moved[n]])
            else:
                yield Step({**one[n].prose, **(gathered if n == left[0] else {})}, one[n].code)
        if gathered and not left:
            yield Step(gathered, None)


def _moved(keys: Sequence[Sequence[str]], left: Sequence[range], right: Sequence[range]) -> dict[int, int]:
    """The steps of the first document whose code stands at another place of the second one, each with that place."""
    free, moved = [n for one in right for n in one if keys[1][n]], {}
    for number in (n for one in left for n in one):
        if (found := next((n for n in free if keys[1][n] == keys[0][number]), None)) is not None:
            free.remove(found)
            moved[number] = found
    return moved


def _text(name: str, steps: Sequence[Step], source: str, licence: str) -> str:
    headings, parts, figures = Headings(name), [], 0
    parts.append("# ---\n# needs: []\n# ---")
    until_code = next((number for number, step in enumerate(steps, 1) if step.code), len(steps))
    if titled := next((step for step in steps[:until_code] if with_title_first(step.prose)), None):
        rest = (replace(step, prose={}) if step is titled else step for step in steps)
        steps = [replace(titled, code=None), *rest]
    else:
        headings.next_level(1)
        anchor = headings.anchor("", 0)
        parts += _pair({lang: f"# {TITLE[lang]} {{ #{anchor} }}\n\n{TODO[lang]}" for lang in LANGUAGES})
    for step in steps:
        parts += _prose(step.prose, headings)
        if step.code is None or not step.code.text.strip():
            continue
        code = paired(printed(step.code.text), step.other)
        is_figure = step.code.drew or draws(step.code.text)
        figures += is_figure
        marker = f'# %% figure="figure_{figures}"' if is_figure else "# %%"
        parts.append(f"{marker}\n{code}")
        if is_figure:
            parts += _pair(CAPTION, f' caption="figure_{figures}"')
    if source or licence:
        address = f"<{source}>" if re.match(r"https?://", source) else source
        given = {
            lang: [form.format(value) for form, value in zip(SOURCE[lang], (address, licence), strict=True) if value]
            for lang in LANGUAGES
        }
        parts += _pair({lang: " ".join(lines) for lang, lines in given.items()})
    return "\n\n".join(parts) + "\n"


def _prose(prose: Mapping[str, list[str]], headings: Headings) -> Iterator[str]:
    """The pairs of a step: cell by cell where each language has as many, else all in one."""
    if not prose:
        return
    counts = {len(texts) for texts in prose.values()}
    rows = zip(*prose.values(), strict=True) if len(counts) == 1 else [["\n\n".join(texts) for texts in prose.values()]]
    for row in rows:
        shown = dict(zip(prose, row, strict=True))
        made = as_lesson(shown, headings)
        yield from _pair(made)


def _pair(texts: Mapping[str, str], options: str = "") -> Iterator[str]:
    for lang in LANGUAGES:
        body = "\n".join(f"# {line}".rstrip() for line in texts[lang].split("\n"))
        yield f'# %% [markdown] lang="{lang}"{options}\n{body}'
