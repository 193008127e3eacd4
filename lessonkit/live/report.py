"""What a page is told of a run: events in terms of its block, and how what it gave stands to what is recorded."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lessonkit.checks.compare import Rule, changed_lines
from lessonkit.checks.figure_record import drawn_on, recorded_drawing
from lessonkit.drawing.figure_difference import difference
from lessonkit.drawing.figure_svg import FigureError, inline_svg, labels
from lessonkit.lesson.captions import caption, replaced_labels
from lessonkit.lesson.cells import Code, Lesson
from lessonkit.live.blocks import BlockProgram, recorded
from lessonkit.live.symptoms import explained
from lessonkit.running.accepted_values import known_wrong
from lessonkit.running.live import Event
from lessonkit.running.live_program import NAME
from lessonkit.running.outcome import WHITESPACE
from lessonkit.running.provenance import Record, read_record
from lessonkit.words import say

_PLACE = re.compile(re.escape(NAME) + r":(\d+)")
"""How a warning names its line."""


class Reported:
    """A run of a block as its page sees it. `run` is its name, `platform` that of the engine, known when it ends.

    `lessons` are those that may explain an error.
    """

    def __init__(self, block: BlockProgram, lang: str, run: str, lessons: Mapping[str, Lesson] | None = None):
        self.block, self.lang, self.run, self.lessons = block, lang, run, lessons or {}
        self.platform: Mapping[str, str] = {}
        self.own = False
        self.text = ""
        self.cases: Event = {}
        self.drawings: list[Any] = []

    def take(self, event: Event) -> Iterator[Event]:
        """What the page is told of an event."""
        match event:
            case {"own": _}:
                self.own = True
                yield event
            case {"out": text}:
                self.text += text if self.own else ""
                yield event
            case {"cases": _, "passed": _}:
                self.cases = event
            case {"err": text}:
                yield {"err": _PLACE.sub(self._place, text)}
            case {"figure": svg}:
                self.drawings.append(event.get("data"))
                yield self._figure(svg)
            case {"error": kind, "message": message, "lines": lines}:
                where = explained(self.lessons, message)
                yield {
                    "error": kind,
                    "message": message,
                    **self._where(lines),
                    **({"explained": where} if where else {}),
                }
            case {"end": how}:
                yield event | (self._verdict(how) if how in ("done", "error") else {})
            case _:
                yield event

    def _place(self, found: re.Match[str]) -> str:
        line = self.block.line(int(found[1]))
        return say(self.lang, "line", "live", line=line) if line else say(self.lang, "before", "live")

    def _where(self, lines: list[int]) -> dict[str, Any]:
        """The line of the block that led to an error, the innermost one, and where it was raised."""
        inside = [line for line in map(self.block.line, lines) if line]
        if not lines:
            return {"where": "elsewhere"}
        raised = lines[-1]
        where = "block" if self.block.line(raised) else "before" if raised < self.block.first else "check"
        shown = {} if where == "block" else {"source": self.block.text.split("\n")[raised - 1].strip()}
        return {"where": where, **shown, **({"line": inside[-1]} if inside else {})}

    def _figure(self, svg: str) -> Event:
        """A figure as the page shows it: its colours, its labels where the lesson has a form for them."""
        name, cell, lesson = f"run-{self.run}-{len(self.drawings)}", self.block.of.cell, self.block.of.lesson
        alternative, forms = say(self.lang, "figure", "live"), {}
        if cell.kind == "figure":
            said = caption(lesson, cell.name, self.lang)
            forms = replaced_labels(said, self.lang) or {}
            alternative = alternative if self.block.edited else said.alternative
        for shown in ({text: forms.get(text, text) for text in labels(svg)}, None):
            try:
                return {"figure": inline_svg(svg, name=name, alt=alternative, labels=shown)}
            except FigureError as error:  # an edit made a label longer than its room: then all stay as they are drawn
                problem = str(error)
            except ValueError as error:
                problem = str(error)
                break
        return {"undrawn": problem}

    def _verdict(self, how: str) -> Event:
        """How the run stands to the record: same, different; of an exercise's answer: passed, failed."""
        program = self.block.of
        if program.starter:
            return {"verdict": "passed" if how == "done" else "failed", **self.cases, **self._known(how)}
        if how == "error":
            return {}
        printed = self.text.removesuffix("\n").split("\n") if self.text else []
        rule = self._rule(read_record(program.lesson), program.cells[-1].tolerance or program.cell.tolerance)
        lines = changed_lines(tuple(recorded(program)), tuple(line.rstrip(WHITESPACE) for line in printed), rule)
        drawn = self._differs(program.cell)
        if not lines and not drawn:
            return {"verdict": "same"}
        difference = [line[:2] + line[2:].removeprefix("# >").removeprefix(" ") for line in lines]
        return {"verdict": "different", "difference": difference, "drawn": drawn}

    def _known(self, how: str) -> Event:
        """Which of the wrong answers that the lesson explains an answer is, if it is one of them."""
        if how == "done" or not self.block.edited:
            return {}
        first = self.block.first - 1
        answer = "\n".join(self.block.text.split("\n")[first : first + self.block.lines])
        with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            at = known_wrong(self.block.of.lesson.exercises[self.block.of.cell.name], answer, self.lang)
            return {} if at is None else {"known": at}
        return {}

    def _rule(self, record: Record | None, tolerance: float | None) -> Rule:
        return Rule(record is None or record.platform.as_dict() == self.platform, tolerance)

    def _differs(self, cell: Code) -> bool:
        """Whether the figure differs from the recorded one."""
        if cell.kind != "figure":
            return False
        if len(self.drawings) != 1 or self.drawings[0] is None:
            return True
        platform = drawn_on(self.block.of.lesson, cell)
        rule = Rule(platform in (None, self.platform), cell.tolerance)
        try:
            kept = recorded_drawing(self.block.of.lesson, cell)
            return difference(kept, self.drawings[0], same_number=rule.same_number) is not None
        except (ValueError, TypeError, AttributeError, LookupError):
            return True
