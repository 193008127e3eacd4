"""The choices of a quiz question: how an author writes them, what is wrong with them, what readers see without scripts.

    ??? question "1. Add 5 to every logit. Do the probabilities grow?"
        - [ ] They all grow: They cannot, for they sum to 1.
        - [x] They stay the same: The factor $e^5$ cancels.
        - [ ] Only the largest grows: That is what multiplying does.

A page lists the choices and folds the explanations below them. What stands before the choices belongs to the question,
what stands behind them to the explanations. A question without choices stays a fold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from lessonkit.lesson.prose import ADMONITION, LINK, blank, end_of_box, without_code, without_fences, without_math
from lessonkit.words import say

Fault = tuple[int, str, str]
"""The line in the Markdown (from 0), a sentence, and a hint."""

FORM = "- [x] choice: explanation"
FEWEST, MOST = 3, 4
MARK = re.compile(r"\[(?P<mark>[ xX])\][ \t]+(?=\S)")
CHOICE = re.compile(rf"^(?P<indent>[ \t]*)-[ \t]+{MARK.pattern}")
NEARLY = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])?[ \t]*\[[ \t]*(?:[^\w\s]|[xXvVoO])?[ \t]*\](?![(\[:])")
COLON = re.compile(r":(?=\s)")


@dataclass(frozen=True)
class Choice:
    """A choice: its first line (from 0), how many it takes, whether it is right, what it says, and why."""

    line: int
    lines: int
    right: bool
    text: str
    why: str

    @property
    def end(self) -> int:
        """The line after its last one."""
        return self.line + self.lines


@dataclass(frozen=True)
class Question:
    """A question with choices: its title's line, and where its choices begin and end and the box ends, as line numbers.

    An end is the number of the line after the last one.
    """

    line: int
    begin: int
    end: int
    box_end: int
    choices: tuple[Choice, ...]


def parted(text: str) -> tuple[str, str]:
    """A choice and its explanation: what stands before and behind the first colon with a space after it."""
    hidden = LINK.sub(blank, without_math(without_code(text)))
    colon = COLON.search(hidden)
    return (text[: colon.start()].rstrip(), text[colon.end() :].lstrip()) if colon else (text.strip(), "")


@lru_cache(maxsize=1024)
def questions(markdown: str) -> tuple[Question, ...]:
    """The questions that have choices, in order."""
    return tuple(_questions(markdown)) if "[x]" in markdown.lower() or "[ ]" in markdown else ()


def _questions(markdown: str) -> Iterator[Question]:
    lines = without_fences(markdown).split("\n")
    originals = markdown.split("\n")
    for at, line in enumerate(lines):
        head = ADMONITION.match(line)
        if not (head and head["type"] == "question"):
            continue
        box_end = end_of_box(lines, at, len(head["indent"]))
        marks = [n for n in range(at + 1, box_end) if CHOICE.match(lines[n])]
        if not marks:
            continue
        found = []
        for start in marks:
            mark = CHOICE.match(originals[start])
            body = originals[start : _end_of_item(originals, start, box_end)]
            text = "\n".join([body[0][mark.end() if mark else 0 :], *map(str.strip, body[1:])])
            found.append(Choice(start, len(body), bool(mark and mark["mark"] != " "), *parted(text)))
        yield Question(at, found[0].line, found[-1].end, box_end, tuple(found))


def _end_of_item(lines: list[str], at: int, box_end: int) -> int:
    end = at + 1
    while end < box_end and lines[end].strip() and _indent(lines[end]) > _indent(lines[at]):
        end += 1
    return end


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def faults(markdown: str) -> Iterator[Fault]:
    """What is wrong with the choices of a text."""
    found = questions(markdown)
    hint = f"Write {FORM}, and - [ ] for the wrong ones, in a question; in any other list leave the [ ] out."
    known = {choice.line for question in found for choice in question.choices}
    lines = without_math(without_code(markdown)).split("\n")
    for number, line in enumerate(lines):
        if number not in known and CHOICE.match(line):
            yield number, "a choice stands outside of a question", hint
        elif number not in known and NEARLY.match(line):
            yield number, f"a choice is written {FORM}", hint
    for question in found:
        yield from _faults(question, markdown.split("\n"))
    places = {next((at for at, choice in enumerate(one.choices) if choice.right), -1) for one in found}
    if len(found) >= 3 and len(places) == 1:
        hint = "Let choices change places, in both languages."
        yield found[0].line, "the right choice of each question stands at the same place", hint


def _faults(question: Question, lines: list[str]) -> Iterator[Fault]:
    for choice in question.choices:
        if not (choice.text and choice.why):
            hint = f"Say behind a colon why readers pick it and why it is right or wrong: {FORM}"
            yield choice.line, "this choice has no explanation", hint
    right = [choice for choice in question.choices if choice.right]
    if len(right) != 1:
        many = {0: "no choice of this question is right"}.get(len(right), f"{len(right)} choices are right here")
        yield (right[1] if right else question).line, many, "Mark exactly one with [x], the others with [ ]."
    if not FEWEST <= len(question.choices) <= MOST:
        sentence = f"this question has {len(question.choices)} choices"
        yield question.line, sentence, f"Give it {FEWEST} or {MOST}."
    same = [
        choice for at, choice in enumerate(question.choices) if _one_line(choice.text) in _texts(question.choices[:at])
    ]
    for choice in same:
        yield choice.line, "two choices of this question are the same", "Say something else with one of them."
    own = {n for choice in question.choices for n in range(choice.line, choice.end)}
    behind = next((n for n in range(question.end, question.box_end) if lines[n].strip()), None)
    lost = [n for n in range(question.begin, question.end) if lines[n].strip() and n not in own]
    if behind is not None and (behind == question.end or _indent(lines[behind]) > _indent(lines[question.begin])):
        lost.append(behind)
    for number in lost[:1]:
        hint = "A choice is one paragraph; what belongs to all stands before the first one, or behind the last one."
        yield number, "this stands beside the choices and belongs to none", hint


def _texts(choices: tuple[Choice, ...]) -> set[str]:
    return {_one_line(choice.text) for choice in choices}


def as_shown(markdown: str, lang: str) -> str:
    """The Markdown as pages and notebooks show it: of each question with choices a list, and a fold of explanations."""
    return "\n".join(line for line, _ in shown_lines(markdown, lang))


def shown_lines(markdown: str, lang: str) -> Iterator[tuple[str, int]]:
    """The lines of `as_shown`, each with the number of the line that it comes from.

    The fold's class tells scripts which choice is right: `answer-2` for the second.
    """
    lines = markdown.split("\n")
    at = 0
    for question in questions(markdown):
        yield from ((lines[n], n) for n in range(at, question.line))
        head = ADMONITION.match(lines[question.line])
        outer = head["indent"] if head else ""
        inner = f"{outer}    "
        yield lines[question.line].replace("???+", "!!!", 1).replace("???", "!!!", 1), question.line
        yield from ((lines[n], n) for n in range(question.line + 1, question.begin))
        yield from _list(inner, ((choice.line, choice.text) for choice in question.choices))
        yield "", question.line
        right = next((at for at, choice in enumerate(question.choices, 1) if choice.right), 0)
        yield f'{inner}??? success answer-{right} "{say(lang, "why")}"', question.line
        said = ((one.line, f"{say(lang, 'right' if one.right else 'not_right')} {one.why}") for one in question.choices)
        yield from _list(f"{inner}    ", said)
        yield from ((f"    {lines[n]}" if lines[n] else "", n) for n in range(question.end, question.box_end))
        at = question.box_end
    yield from ((lines[n], n) for n in range(at, len(lines)))


def _list(indent: str, items: Iterator[tuple[int, str]]) -> Iterator[tuple[str, int]]:
    """A numbered list. An item takes one line, whatever lines its text had."""
    for number, (line, text) in enumerate(items, 1):
        yield f"{indent}{number}. {_one_line(text)}", line
