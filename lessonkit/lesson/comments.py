"""The comments of a code cell: recorded outputs, and the comments that each language has for itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category

from lessonkit.lesson.source import Source
from lessonkit.words import LANGUAGES

RECORDED = re.compile(r"# >(?: |$)")
TAGGED = re.compile(rf"#[ \t]*(?P<lang>{'|'.join(LANGUAGES)}):[ \t]?(?P<text>.*)")
IN_PAIRS = " and, right below it, ".join(f"`# {lang}: ...`" for lang in LANGUAGES)


def is_recorded(source: Source, line: int) -> bool:
    """Whether a line is a recorded output. `#  >` and `#>` are an author's comments."""
    column, text = source.comments.get(line, (None, ""))
    return column == 0 and bool(RECORDED.match(text))


def tagged(source: Source, line: int) -> re.Match[str] | None:
    """The language (`lang`) and the `text` of a comment that only one language shows."""
    return TAGGED.fullmatch(source.comments[line][1]) if line in source.comments else None


def texts(source: Source, first: int, last: int) -> dict[str, str]:
    """These lines as each language shows them: no recorded outputs, its own comments only, without their tags."""
    shown: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
    for number in range(first, last + 1):
        comment = tagged(source, number)
        if comment:
            column, _ = source.comments[number]
            shown[comment["lang"]].append(source.line(number)[:column] + f"# {comment['text']}".rstrip())
        elif not is_recorded(source, number):
            line = source.line(number)
            for lines in shown.values():
                lines.append(line if number in source.end_in_string else line.rstrip())
    return {lang: "\n".join(lines).strip("\n") for lang, lines in shown.items()}


def leading(source: Source, first: int, last: int) -> tuple[int, dict[str, str]]:
    """The comments that each language has for itself right at the beginning: the last of their lines, and the texts."""
    found: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
    while first <= last and (comment := tagged(source, first)):
        found[comment["lang"]].append(comment["text"].strip())
        first += 1
    return first - 1, {lang: " ".join(lines) for lang, lines in found.items()}


def check_comments(source: Source, first: int, last: int) -> None:
    """Comments in one language come in pairs, on lines of their own; everything else is in English."""
    for block in _blocks(source, first, last):
        _check_block(source, block)
    for number in range(first, last + 1):
        line = source.line(number)
        if TAGGED.fullmatch(source.trailing.get(number, "")):
            source.problem(number, "a comment in one language stands on a line of its own", hint=f"Write {IN_PAIRS}.")
        elif not tagged(source, number) and not line.isascii() and any(category(c) == "Lo" for c in line):
            again = "Print it in English, remove this line, then record again with --update-outputs."
            hint = again if is_recorded(source, number) else f"Say it in English, or in comments {IN_PAIRS}."
            source.problem(number, "code and outputs are in English in every language", hint=hint)


def _blocks(source: Source, first: int, last: int) -> Iterator[list[int]]:
    """The tagged comments that stand right below each other, as lists of lines."""
    block: list[int] = []
    for number in range(first, last + 2):
        if number <= last and tagged(source, number):
            block.append(number)
        elif block:
            yield block
            block = []


def _check_block(source: Source, block: list[int]) -> None:
    """A block holds each language's lines in the order of LANGUAGES, once or several times."""
    langs = [found["lang"] for number in block if (found := tagged(source, number))]
    runs = [lang for index, lang in enumerate(langs) if index == 0 or langs[index - 1] != lang]
    if runs == list(LANGUAGES) * (len(runs) // len(LANGUAGES)):
        return
    missing = [lang for lang in LANGUAGES if lang not in langs]
    sentence = (
        f"this comment has no counterpart in {' and '.join(missing)}" if missing else "these comments are not in pairs"
    )
    evidence = [source.line(number).strip() for number in block]
    source.problem(block[0], sentence, evidence, f"Write {IN_PAIRS}.")
