"""What Python's own tokenizer tells of code: its comments, and the lines within strings, which nothing may touch."""

from __future__ import annotations

import codecs
import contextlib
import io
import re
import tokenize
from dataclasses import dataclass, field

DECLARATION = re.compile(r"[ \t\f]*#.*?coding[:=][ \t]*(?P<encoding>[-\w.]+)", re.ASCII)
"""A comment that tells Python the encoding of its file, if it stands on one of the first two lines."""
OPENS = {"FSTRING_START", "TSTRING_START"}
CLOSES = {"FSTRING_END", "TSTRING_END"}
"""From Python 3.12 on, a string with fields consists of several tokens; a comment in a field is part of the string."""


@dataclass
class Tokens:
    """Lines are numbered from 1.

    `comments` are those on lines of their own as {line: (column, text)}, `trailing` those behind code as {line: text},
    `strings` the first and last lines of strings that span several.
    """

    comments: dict[int, tuple[int, str]] = field(default_factory=dict)
    trailing: dict[int, str] = field(default_factory=dict)
    strings: list[tuple[int, int]] = field(default_factory=list)

    @property
    def begin_in_string(self) -> set[int]:
        """The lines that begin within a string: what they begin with is text, not indentation."""
        return {line for first, last in self.strings for line in range(first + 1, last + 1)}

    @property
    def end_in_string(self) -> set[int]:
        """The lines that end within a string: whitespace at their end is text."""
        return {line for first, last in self.strings for line in range(first, last)}


def declared(line: str) -> str:
    """The encoding other than UTF-8, known or not, that a line would declare: `rows` of `# One-hot encoding: rows`."""
    found = DECLARATION.match(line)
    with contextlib.suppress(LookupError):
        return found["encoding"] if found and codecs.lookup(found["encoding"]).name != "utf-8" else ""
    return found["encoding"] if found else ""


def scan(source: str) -> Tokens:
    """The tokens of a source with `\\n` between its lines. Raises what `tokenize` raises where it is not Python."""
    found, lines = Tokens(), source.split("\n")
    opened: list[int] = []
    for token in tokenize.generate_tokens(io.StringIO(source, newline="\n").readline):
        name, (line, column) = tokenize.tok_name[token.type], token.start
        if name in OPENS:
            opened.append(line)
        elif name in CLOSES:
            first = opened.pop()
            if not opened and token.end[0] > first:
                found.strings.append((first, token.end[0]))
        elif opened:
            continue
        elif name == "STRING" and token.end[0] > line:
            found.strings.append((line, token.end[0]))
        elif name == "COMMENT" and lines[line - 1][:column].strip():
            found.trailing[line] = token.string
        elif name == "COMMENT":
            found.comments[line] = (column, token.string)
    return found
