"""From a notebook or a script, or from a Korean and an English one, to the text of a lesson.

What is missing is a TODO, which fails until it is written; what could not be brought is a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from lessonkit.authoring.foreign import Cell, Document, read_document
from lessonkit.authoring.prose import Headings, as_lesson
from lessonkit.authoring.pythonic import TODO, comment_blocks, draws, language, paired, printed, same_code
from lessonkit.lesson.cells import CODE_LANGUAGE
from lessonkit.words import LANGUAGES

TITLE = {"ko": "TODO: 제목을 적습니다", "en": "TODO: write the title"}
CAPTION = {
    "ko": "TODO: 그림이 말하는 한 문장을 적습니다.\n\nTODO: 그림을 보지 못하는 사람에게 축과 값과 모양을 말해 줍니다.",
    "en": "TODO: say what the figure shows.\n\nTODO: tell axes, values and shape to readers who cannot see it.",
}
TITLED = re.compile(r"\s*(?:#\s|.*\n=+\s*(?:\n|$))")
"""What begins with a title."""
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
    """Prose in some languages, then code; what the other language's comments say, where there is another."""

    prose: Mapping[str, list[str]]
    code: Cell | None
    comments: list[str] | None = None


def bring(name: str, single: Sequence[Path], pair: Mapping[str, Path], source: str = "", licence: str = "") -> Brought:
    """The lesson made of one file, or of one for each language. Raises LessonError where one cannot be read."""
    documents = {lang: read_document(path) for lang, path in pair.items()}
    if single:
        documents[""] = read_document(single[0])
    notes = [
        f"left out, as only IPython knows it: {document.path.name}, {line}"
        for document in documents.values()
        for line in document.left_out
    ]
    if len(pair) == len(LANGUAGES):
        steps = list(_aligned(documents, notes))
    else:
        ((lang, document),) = documents.items()
        steps = list(_steps(document, lang))
    licence = licence or next((one.license for one in documents.values() if one.license), "")
    return Brought(_text(name, steps, source, licence), notes)


def _steps(document: Document, lang: str = "") -> Iterator[Step]:
    """The prose before each piece of code, by its language."""
    prose: dict[str, list[str]] = {}
    for cell in document.cells:
        if cell.is_code:
            yield Step(prose, cell)
            prose = {}
        else:
            prose.setdefault(lang or language(cell.text), []).append(cell.text)
    if prose:
        yield Step(prose, None)


def _aligned(documents: Mapping[str, Document], notes: list[str]) -> Iterator[Step]:
    """The steps of two documents as one, where their code is the same; where it differs, a note says so."""
    main = CODE_LANGUAGE
    other = next(lang for lang in LANGUAGES if lang != main)
    one, two = ([*_steps(documents[lang], lang)] for lang in (main, other))
    keys = [[same_code(step.code.text) if step.code else "" for step in steps] for steps in (one, two)]
    for tag, a, b, c, d in SequenceMatcher(None, keys[0], keys[1], autojunk=False).get_opcodes():
        if tag == "equal":
            for left, right in zip(one[a:b], two[c:d], strict=True):
                said = comment_blocks(right.code.text) if right.code else None
                yield Step({**left.prose, **right.prose}, left.code, said)
            continue
        cells = {
            lang: [str(step.code.number) for step in steps if step.code]
            for lang, steps in ((main, one[a:b]), (other, two[c:d]))
        }
        places = "; ".join(
            f"{documents[lang].path.name}, cells {', '.join(found) or 'none'}" for lang, found in cells.items()
        )
        notes.append(f"the code differs ({places}): the {main} one stands in the lesson")
        gathered = [text for step in two[c:d] for text in step.prose.get(other, [])]
        for index, step in enumerate(one[a:b]):
            yield Step({**step.prose, **({other: gathered} if gathered and index == 0 else {})}, step.code)
        if a == b and gathered:
            yield Step({other: gathered}, None)


def _title_first(step: Step) -> bool:
    """Whether there is a title before the first code; what stands above it, as a badge or a note, comes after it."""
    for texts in step.prose.values():
        titles = [text for text in texts if TITLED.match(text)]
        texts.sort(key=lambda text: text not in titles[:1])
        if not titles:
            return False
    return bool(step.prose)


def _text(name: str, steps: Sequence[Step], source: str, licence: str) -> str:
    headings, parts, figures = Headings(name), [], 0
    parts.append("# ---\n# needs: []\n# ---")
    if not (steps and _title_first(steps[0])):
        headings.next_level(1)
        anchor = headings.anchor("", 0)
        parts += _pair({lang: f"# {TITLE[lang]} {{ #{anchor} }}\n\n{TODO[lang]}" for lang in LANGUAGES})
    for step in steps:
        parts += _prose(step.prose, headings)
        if step.code is None or not step.code.text.strip():
            continue
        code = paired(printed(step.code.text), step.comments)
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
