"""What must be true of a lesson as a whole: complete pairs, titles and anchors, names that belong together."""

from __future__ import annotations

import ast
import re

from lessonkit.lesson.cells import ANSWER_KINDS, CODE_LANGUAGE, LAB, Code, Prose
from lessonkit.lesson.exercises import asked, bound
from lessonkit.lesson.prose import headings, paragraphs, without_code, without_fences
from lessonkit.lesson.source import Source
from lessonkit.words import LANGUAGES

Cells = tuple[Prose | Code, ...]
FOLLOWED_BY = {"figure": "caption", "exercise": "check", LAB: "question"}
SIGNS = re.compile(r"[\\*_<>&\[\]$#]")
ITEM = re.compile(r"(?:[-*+]|\d+[.)])[ \t]")
TAKEN = re.compile(r"lesson-programs|shortcuts-title|(?:figure|cell)-.*|.*--.*|__.*")
"""Ids that pages have of their own; tests/test_ids.py collects them from the built site."""
FOLLOWS = {follower: owner for owner, follower in FOLLOWED_BY.items()}


def check_structure(source: Source, cells: Cells) -> None:
    """Notes what is wrong with the cells of a lesson as a whole."""
    if not cells:
        if not source.problems:
            hint = f'Begin it with a cell: # %% [markdown] lang="{LANGUAGES[0]}"'
            source.problem(1, "the lesson is empty", (), hint)
        return
    _check_pairs(source, cells)
    for lang in LANGUAGES:
        _check_title(source, cells, lang)
        _check_anchors(source, cells, lang)
        _check_lists(source, cells, lang)
    _check_names(source, cells)
    _check_neighbours(source, cells)
    _check_answers(source, cells)


def _check_pairs(source: Source, cells: Cells) -> None:
    """Each prose cell with a language stands in a full group, in the order of LANGUAGES."""
    order = ", then ".join(LANGUAGES)
    index = 0
    while index < len(cells):
        cell = cells[index]
        if not isinstance(cell, Prose) or not cell.lang:
            index += 1
        elif _group(cells, index) == list(LANGUAGES):
            index += len(LANGUAGES)
        elif sorted(_group(cells, index)) == sorted(LANGUAGES) and _group(cells, index + 1) != list(LANGUAGES):
            source.problem(cell.line, f"the cells of a pair stand in the order {order}", hint="Let them change places.")
            index += len(LANGUAGES)
        else:
            missing = " or ".join(lang for lang in LANGUAGES if lang != cell.lang)
            hint = f"Write the {missing} cell of the pair next to it ({order})."
            source.problem(cell.line, f"this {cell.lang} cell has no {missing} cell beside it", hint=hint)
            index += 1


def _group(cells: Cells, index: int) -> list[str]:
    """The languages of the cells that could be one pair, from a cell on."""
    group = cells[index : index + len(LANGUAGES)]
    return [cell.lang for cell in group if isinstance(cell, Prose) and cell.name == group[0].name]


def _check_title(source: Source, cells: Cells, lang: str) -> None:
    """The page of a language begins with its title."""
    prose = _prose(cells, lang)
    first = next(headings(prose[0].markdown), None) if prose else None
    before = prose[0].markdown.split("\n")[: first.line] if first else []
    if first is None or first.level != 1 or any(map(str.strip, before)) or isinstance(cells[0], Code):
        line = prose[0].line if prose and isinstance(cells[0], Prose) else cells[0].line
        hint = f'Begin the lesson with a cell [markdown] lang="{lang}" whose first line is: # # Title {{ #anchor }}'
        source.problem(line, f"the {lang} page does not begin with its title", hint=hint)
    elif SIGNS.search(without_code(first.title)):
        sentence = "a title holds signs of Markdown, and stands where they are shown: in menus, tabs and search"
        source.problem(prose[0].file_line(first.line), sentence, hint="Say it in words.")


def _check_anchors(source: Source, cells: Cells, lang: str) -> None:
    """A page has one title, and an anchor only once."""
    prose = _prose(cells, lang)
    found = ((cell.file_line(heading.line), heading) for cell in prose for heading in headings(cell.markdown))
    seen: dict[str | None, int] = {}
    above = 0
    for index, (line, heading) in enumerate(found):
        if heading.level > above + 1 and index:
            sentence = f"this heading of level {heading.level} stands under one of level {above}"
            source.problem(line, sentence, hint=f"Begin it with {'#' * (above + 1)}")
        above = heading.level
        if heading.level == 1 and index:
            source.problem(line, "a page has one title", hint="Use ## for a section.")
        if heading.anchor and TAKEN.fullmatch(heading.anchor):
            sentence = f"the anchor #{heading.anchor} belongs to the page itself: to its figures, code or dialogs"
            source.problem(line, sentence, hint="Give it another name, without figure-, cell- or -- in it.")
        if heading.anchor and heading.anchor in seen:
            sentence = f"the anchor #{heading.anchor} is taken by line {seen[heading.anchor]}"
            source.problem(line, sentence, hint="Give it another name.")
        seen.setdefault(heading.anchor, line)


def _check_lists(source: Source, cells: Cells, lang: str) -> None:
    """A list does not go on from cell to cell: the page would join what a notebook keeps apart."""
    shown = [cell for cell in cells if isinstance(cell, Code) or cell.lang in (lang, "")]
    for before, cell in zip(shown, shown[1:], strict=False):
        if isinstance(before, Prose) and isinstance(cell, Prose) and {before.kind, cell.kind} == {"prose"}:
            edges = [text for _, text in paragraphs(without_fences(before.markdown)) if text[0] not in " \t"]
            if edges and ITEM.match(edges[-1]) and ITEM.match(cell.markdown):
                sentence = "this cell begins with a list, right after the list of another cell"
                source.problem(
                    cell.file_line(0), sentence, hint="Put a sentence between them, or make one cell of both."
                )


def _prose(cells: Cells, lang: str) -> list[Prose]:
    return [cell for cell in cells if isinstance(cell, Prose) and cell.lang in (lang, "")]


def _check_names(source: Source, cells: Cells) -> None:
    """No two cells of a kind (and a language) have one name; a lab's data lie beside the figures, by its name."""
    seen: dict[tuple[str, str, str], int] = {}
    for cell in cells:
        kind = "figure" if isinstance(cell, Code) and cell.data else cell.kind
        key = (kind, cell.name, cell.lang if isinstance(cell, Prose) else "")
        if cell.name and key in seen and cell.kind not in ANSWER_KINDS:
            sentence = f'the name {cell.kind}="{cell.name}" is taken by line {seen[key]}'
            source.problem(cell.line, sentence, hint="Give it another name, or remove it.")
        seen.setdefault(key, cell.line)
    anchors: dict[str, int] = {}
    for cell in cells:
        if isinstance(cell, Code) and cell.anchor and anchors.setdefault(cell.anchor, cell.line) != cell.line:
            sentence = f'the name anchor="{cell.anchor}" is taken by line {anchors[cell.anchor]}'
            source.problem(cell.line, sentence, hint="Give it another name, or remove it.")


def _check_neighbours(source: Source, cells: Cells) -> None:
    """Figures have their captions right after them, exercises their checks."""
    for before, cell, after in zip((None, *cells), cells, (*cells[1:], None), strict=False):
        follower, owner = FOLLOWED_BY.get(cell.kind), FOLLOWS.get(cell.kind)
        if follower and (after is None or (after.kind, after.name) != (follower, cell.name)):
            sentence = f'{cell.kind}="{cell.name}" is not followed by its {follower}'
            source.problem(cell.line, sentence, hint=f'Write it: {follower}="{cell.name}"')
        if owner and (before is None or before.name != cell.name or before.kind not in (owner, cell.kind)):
            sentence = f'{cell.kind}="{cell.name}" does not follow its {owner}'
            source.problem(cell.line, sentence, hint=f'Put it after {owner}="{cell.name}".')
        if cell.kind == LAB and (before is None or before.kind != "caption"):
            sentence = f'{LAB}="{cell.name}" stands in for no figure'
            source.problem(cell.line, sentence, hint="Put it right after the captions of the figure that it replaces.")


def _check_answers(source: Source, cells: Cells) -> None:
    """Other answers stand right after the check of their exercise, and bind what it asks for."""
    exercises = {cell.name: cell for cell in cells if isinstance(cell, Code) and cell.kind == "exercise"}
    for before, cell in zip((None, *cells), cells, strict=False):
        if not isinstance(cell, Code) or cell.kind not in ANSWER_KINDS:
            continue
        if cell.name not in exercises:
            sentence = f'{cell.kind}="{cell.name}" answers an exercise that there is not'
            source.problem(cell.line, sentence, hint=f"The exercises: {', '.join(exercises) or 'none'}")
        elif before is None or before.name != cell.name or before.kind not in ("check", *ANSWER_KINDS):
            sentence = f'{cell.kind}="{cell.name}" does not follow the check of its exercise'
            source.problem(cell.line, sentence, hint=f'Put it right after check="{cell.name}".')
        else:
            missing = set(asked(exercises[cell.name].sources[CODE_LANGUAGE])) - set(
                bound(ast.parse(cell.sources[CODE_LANGUAGE]))
            )
            if missing:
                sentence = f"this answer says nothing of {', '.join(sorted(missing))}, which the exercise asks for"
                source.problem(cell.line, sentence, hint="Answer with the same names as the solution.")
