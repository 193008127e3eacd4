"""The text of a lesson as Python reads it: lines, top-level statements, comments. Its problems gather here."""

from __future__ import annotations

import ast
import re
import tokenize
import warnings
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from lessonkit.lesson.cells import LessonError, Problem, split_lines
from lessonkit.lesson.syntax import conflict, not_python
from lessonkit.lesson.syntax_tree import first_line
from lessonkit.lesson.tokens import Tokens, declared, scan

MARKER = re.compile(r"# %%(?P<rest>.*)")
MARKDOWN = re.compile(r"[ \t]*\[markdown\]")
UNDECLARED = "Say it without the colon or = behind `coding`."


class Source:
    """A text with what Python finds in it. Lines are numbered from 1, as in messages.

    `nodes` are the top-level statements; `comments`, `trailing` and `end_in_string` are as in `Tokens`.
    """

    def __init__(self, path: Path, text: str):
        """Raises LessonError where the text is not Python."""
        self.path = path
        self.lines = split_lines(text)
        self.problems: list[Problem] = []
        source = "\n".join(self.lines)
        try:
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                self.nodes = ast.parse(source, filename=str(path)).body
                compile(source, str(path), "exec", dont_inherit=True)
            self.tokens: Tokens = scan(source)
        except (SyntaxError, ValueError, tokenize.TokenError, RecursionError, MemoryError) as error:
            raise LessonError(self._not_python(error)) from None
        self.comments, self.trailing = self.tokens.comments, self.tokens.trailing
        self.end_in_string = self.tokens.end_in_string
        for warning in caught:
            if warning.filename != str(path):  # of a socket, say, that nobody closed and that ended meanwhile
                continue
            hint = 'Correct it; a backslash that is meant stands in a raw string, r"...", or is written twice.'
            self.problem(min(warning.lineno, len(self.lines)), f"Python warns of this: {warning.message}", hint=hint)

        for number, line in enumerate(self.lines[:2], 1):
            if encoding := declared(line):
                sentence = f"`python` does not run this file, as this line declares its encoding to be {encoding!r}"
                self.problem(number, sentence, hint=UNDECLARED)

    def _not_python(self, error: Exception) -> Problem:
        """What Python could not read. In a prose cell the mark at the beginning of a line was forgotten."""
        if line := conflict(self.lines):
            hint = "Keep one of the two halves, remove the lines of <, = and >, then run git add."
            return Problem(self.path, line, "a merge left its conflict here", (self.line(line),), hint)
        line = min(getattr(error, "lineno", None) or self._null_byte(), len(self.lines))
        evidence = (self.line(line),)
        above = (found for text in reversed(self.lines[:line]) if (found := MARKER.fullmatch(text)))
        marker = next(above, None)
        if marker and MARKDOWN.match(marker["rest"]) and not self.line(line).startswith("#"):
            return Problem(self.path, line, *not_prose(evidence))
        message = getattr(error, "msg", None) or str(error) or type(error).__name__
        sentence, hint = not_python(self.line(line), message)
        return Problem(self.path, line, sentence, evidence, hint)

    def _null_byte(self) -> int:
        return next((number for number, line in enumerate(self.lines, 1) if "\0" in line), 1)

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """The first and last lines of the top-level statements, decorators included."""
        return [(first_line(node, self.lines), node.end_lineno or node.lineno) for node in self.nodes]

    def line(self, number: int) -> str:
        """A line of the text without its end."""
        return self.lines[number - 1]

    def problem(self, line: int, sentence: str, evidence: Iterable[str] | None = None, hint: str = "") -> None:
        """Notes a problem; its evidence is the line itself unless another is given."""
        shown = (self.line(line),) if evidence is None else tuple(evidence)
        self.problems.append(Problem(self.path, line, sentence, shown, hint))


def not_prose(evidence: tuple[str, ...]) -> tuple[str, tuple[str, ...], str]:
    """Sentence, evidence and hint for a line that is no line of a prose cell."""
    hint = "Begin it with `# `, or begin a code cell above it: # %%"
    return "a line of a prose cell begins with `# `", evidence, hint
