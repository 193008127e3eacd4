"""From a lesson to the Markdown of its page in one language, and what that Markdown leaves for later as placeholders.

The Markdown is Material's: fenced code with attributes, admonitions, `md_in_html`. Figures are put in after Markdown
has been turned into HTML (`put_figures`), because an SVG of some kilobytes has no business in a Markdown parser.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from html import escape
from pathlib import Path

from lessonkit.checks.check import figure_html
from lessonkit.lesson.captions import caption
from lessonkit.lesson.cells import (
    ANSWER_KINDS,
    CODE_LANGUAGE,
    LAB,
    LABELLED,
    Code,
    Exercise,
    Lesson,
    LessonError,
    Problem,
)
from lessonkit.lesson.choices import as_shown
from lessonkit.lesson.pace import paces
from lessonkit.lesson.prose import first_paragraph, headings, plain_text
from lessonkit.lesson.text_file import line_of_text
from lessonkit.pages.solved import exercise_count, exercises_told
from lessonkit.running.accepted_values import name_asked, numbers_written
from lessonkit.running.provenance import Record, read_record
from lessonkit.words import say

FIGURE = re.compile(r'<div data-figure="(?P<name>[^"/]+)"></div>')
LENT = re.compile(r"<div\b[^>]*\bdata-figure=([\"'])(?P<asked>.*?)\1[^>]*>\s*</div>")
_FRAMED = re.compile(r"<figure\b[^>]*\blesson-figure\b(?:(?!</figure).)*\Z", re.DOTALL)
"""What comes before something that stands in a figure of the site's look."""

CELL = "<!-- cell {} -->"
"""What stands above the cells of a page until all languages are written (html/site_passes.py)."""

COLUMNS = re.compile(r"\n *\[|\S {2,}\S(.*\n)+.*\S {2,}\S")
"""Rows of a tensor, or two lines with wide spaces inside: an output whose lines are better scrolled than wrapped."""


def title(lesson: Lesson, lang: str) -> str:
    """The title of the page."""
    return next(headings(lesson.prose(lang)[0].markdown)).title


def description(lesson: Lesson, lang: str) -> str:
    """The first paragraph of the page as plain text."""
    return plain_text(summary(lesson, lang))


def summary(lesson: Lesson, lang: str) -> str:
    """The first paragraph of the page in Markdown."""
    return first_paragraph(lesson.prose(lang)[0].markdown)


def to_markdown(lesson: Lesson, lang: str, mark: str = "") -> str:
    """The page of a lesson. Above each of its cells stands a `mark`, formatted with the number of the cell."""
    parts: list[str] = []
    for number, cell in enumerate(lesson.cells):
        if isinstance(cell, Code):
            parts += [mark.format(number), *RENDERERS[cell.kind](lesson, cell, lang)]
        elif cell.lang in (lang, "") and cell.kind not in LABELLED:
            text = _deeper(as_shown(cell.markdown, lang), lang)
            if not parts:
                heading, _, text = text.strip("\n").partition("\n")
                parts = [heading, stamp(lesson, read_record(lesson), lang)]
            parts += [mark.format(number), text.strip("\n")]
    return "\n\n".join(filter(None, [*parts, end(lesson)])) + "\n"


def end(lesson: Lesson) -> str:
    """What tells scripts that a page shows a lesson to its end."""
    return f'<div class="lesson-end" data-lesson="{lesson.slug}"{exercises_told(lesson)}></div>'


def put_figures(html: str, lesson: Lesson, lang: str) -> str:
    """The page with its figures in their places."""
    return FIGURE.sub(lambda found: figure_html(lesson, found["name"], lang), html)


class FigureNotLent(Exception):
    """A figure that a hand-written page asks for and cannot have; `name` as it stands there, LESSON/FIGURE."""

    def __init__(self, name: str, sentence: str):
        super().__init__(sentence)
        self.name = name


def not_lent(path: Path, error: FigureNotLent) -> LessonError:
    """The problem of a hand-written page that asks for such a figure."""
    hint = "Write: LESSON/FIGURE, as the lesson names them."
    return LessonError(Problem(path, line_of_text(path, error.name), str(error), (), hint))


def borrowed(asked: str, lessons: Mapping[str, Lesson]) -> tuple[Lesson, str]:
    """The lesson and the figure that a page borrows as LESSON/FIGURE. Raises FigureNotLent where there is none."""
    of, _, name = asked.partition("/")
    lesson = lessons.get(f"{of}.md")
    if not lesson or name not in {cell.name for cell in lesson.code if cell.kind == "figure"}:
        raise FigureNotLent(asked, f"no lesson {of} has a figure {name}")
    return lesson, name


def lend_figures(html: str, lessons: Mapping[str, Lesson], lang: str) -> str:
    """A hand-written page with the figures it borrows from lessons. Raises FigureNotLent for one that no lesson has.

    A figure may be borrowed more than once, and without a `<figure>` around it.
    """
    showings: Counter[str] = Counter()

    def lent(found: re.Match[str]) -> str:
        lesson, name = borrowed(found["asked"], lessons)
        showings[found["asked"]] += 1
        try:
            svg = figure_html(lesson, name, lang, showing=showings[found["asked"]])
        except (OSError, ValueError) as error:
            raise FigureNotLent(found["asked"], f"{lesson.name} cannot show its figure {name}: {error}") from None
        return svg if _FRAMED.search(html[: found.start()]) else f'<div class="lesson-figure">{svg}</div>'

    return LENT.sub(lent, html)


def keep_code(html: str) -> str:
    """The page with code that a browser's page translator leaves alone."""
    return re.sub(r"<code(?=[ >])", '<code translate="no"', html)


def _deeper(markdown: str, lang: str) -> str:
    """Headings that go deeper say so in words, as data for the style sheet."""
    lines = markdown.split("\n")
    for heading in headings(markdown):
        if heading.deeper:
            lines[heading.line] = lines[heading.line].replace(".deeper", f'.deeper data-deeper="{say(lang, "deeper")}"')
    return "\n".join(lines)


def duration(lesson: Lesson, lang: str) -> str:
    """The minutes of a lesson, of its core path too where that is shorter."""
    core, whole = paces(lesson).core.minutes, paces(lesson).whole.minutes
    return say(lang, "minutes" if core == whole else "minutes_core", core=core, minutes=whole)


def stamp(lesson: Lesson, record: Record | None, lang: str) -> str:
    """The line below the title: minutes to read, and that outputs were verified; where and when is folded behind it."""
    minutes = f'<span class="lesson-minutes">{duration(lesson, lang)}</span>{exercise_count(lesson, lang)}'
    if not record:
        return f'<p class="lesson-stamp">{minutes}</p>'
    key = "verified" if record.platform.torch else "verified_plain"
    text = say(lang, key, torch=record.platform.torch)
    detail = escape(say(lang, "platform", "page", date=record.date, **record.platform.as_dict()).rstrip(" ·"))
    return (
        f'<div class="lesson-stamp">{minutes} <details><summary class="lesson-verified">{text}</summary>'
        f'<p><time datetime="{record.date}">{detail}</time></p></details></div>'
    )


def _plain(lesson: Lesson, cell: Code, lang: str) -> Iterator[str]:
    (block,) = lesson.blocks_of(cell, lang)
    parts = [fence(block.text, "python", "cell-code", id=cell.id), *_output(lesson, cell, lang)]
    looks = "success" if cell.folded == "optional" else "drawing"
    yield from [folded(say(lang, cell.folded), parts, looks)] if cell.folded else parts


def _output(lesson: Lesson, cell: Code, lang: str) -> Iterator[str]:
    """What a cell prints. That of a check stands below its exercise: it is the solution that makes it."""
    if cell.recorded:
        prose = () if COLUMNS.search("\n".join(cell.recorded)) else ("cell-prose",)
        yield fence("\n".join(cell.recorded), "text", "no-copy", "cell-output", *prose, title=say(lang, "output"))
    if cell.tolerance:
        yield f'<p class="cell-tolerance">{say(lang, "tolerance", percent=cell.tolerance * 100)}</p>'


def _figure(lesson: Lesson, cell: Code, lang: str) -> Iterator[str]:
    yield folded(say(lang, "drawing"), (code(block.text) for block in lesson.blocks_of(cell, lang)), "drawing")
    yield from _output(lesson, cell, lang)
    place, text = f'<div data-figure="{cell.name}"></div>', caption(lesson, cell.name, lang).text
    yield (
        f'<figure class="lesson-figure" id="figure-{cell.name.replace("_", "-")}" markdown="1">\n{place}\n'
        f'<figcaption markdown="span">\n{text}\n</figcaption>\n</figure>'
    )


def _exercise(lesson: Lesson, cell: Code, lang: str) -> Iterator[str]:
    starter, check, solution, *wrong = lesson.blocks_of(cell, lang)
    label = say(lang, "starter_deeper" if cell.deeper else "starter")
    yield fence(starter.text, "python", "cell-code", "cell-starter", title=label)
    yield fence(check.text, "python", "cell-code", "cell-check", title=say(lang, "check"))
    yield from _typed(lesson, lesson.exercises[cell.name])
    yield folded(say(lang, "solution"), [code(solution.text), *_output(lesson, cell, lang)])
    if wrong:
        answers = (part for one in wrong for part in (one.cell.reasons[lang], code(one.text)))
        yield folded(say(lang, "wrong"), answers, "failure")


def _typed(lesson: Lesson, exercise: Exercise) -> Iterator[str]:
    """Where a number can be typed as answer, for typed.js; nothing is seen of it without scripts."""
    record, name = read_record(lesson), exercise.cell.name
    if record and (rule := record.typed.get(name)):
        value = name_asked(exercise)
        wrong = [
            numbers_written(one.sources[CODE_LANGUAGE], value) for one in exercise.wrong
        ]  # in the order of the reasons below
        rule_json, wrong_json = (escape(json.dumps(one, separators=(",", ":"))) for one in (asdict(rule), wrong))
        asked = f'data-exercise="{name}" data-name="{value}"'
        yield f'<div class="typed-answer" {asked} data-rule="{rule_json}" data-wrong="{wrong_json}"></div>'


RENDERERS: dict[str, Callable[[Lesson, Code, str], Iterable[str]]] = {
    "code": _plain,
    "figure": _figure,
    "exercise": _exercise,
    "check": _output,
    **dict.fromkeys((*ANSWER_KINDS, LAB), lambda *_: ()),
}
"""How each kind of code cell looks. A new kind is a name in cells.CODE_KINDS, one in parse.OPTIONS, and a line here."""


def fence(text: str, language: str, *classes: str, title: str = "", id: str = "") -> str:
    """Fenced code whose fence is longer than any in the text."""
    longest = max((len(ticks) for ticks in re.findall(r"`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    named = [*([f"#{id}"] if id else []), *([f'title="{title}"'] if title else [])]
    attributes = " ".join([f".{language}", *(f".{name}" for name in classes), *named])
    return f"{ticks}{{ {attributes} }}\n{text}\n{ticks}"


def code(text: str) -> str:
    """Code that a page shows as a block of its own, with its ways to copy it."""
    return fence(text, "python", "cell-code")


def folded(label: str, parts: Iterable[str], kind: str = "success") -> str:
    """A fold of these parts."""
    lines = "\n\n".join(parts).split("\n")
    return "\n".join([f'??? {kind} "{label}"', *(f"    {line}" if line else "" for line in lines)])
