"""A text file that somebody wrote: its text, or where its bytes are no UTF-8."""

from __future__ import annotations

import re
from pathlib import Path

from lessonkit.lesson.cells import LessonError, Problem, split_lines

BOM = b"\xef\xbb\xbf"
UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ue000-\uf8ff\U000f0000-\U0010ffff]"
)
"""Characters that no text needs: readers do not see them, or, of private ones, what their own font happens to draw.

Control characters, those that turn the direction of what follows, those without a width (but the joiners of emoji).
"""


def read_text(path: Path) -> str:
    """The text of a file, with its line ends as they are. Raises LessonError where it cannot be read."""
    try:
        data = path.read_bytes().removeprefix(BOM)
    except OSError as error:
        raise LessonError(Problem(path, 1, f"the file cannot be read: {error.strerror}")) from None
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = split_lines(data[: error.start].decode())
        evidence = f"byte 0x{data[error.start]:02x} after {before[-1][-40:]!r}"
        problem = Problem(path, len(before), "the file is not UTF-8", (evidence,), "Save it as UTF-8.")
        raise LessonError(problem) from None


def line_of_text(path: Path, text: str) -> int:
    """The line in a file where a text stands first; 1 where it does not."""
    before, found, _ = read_text(path).partition(text) if path.is_file() else ("", "", "")
    return before.count("\n") + 1 if found else 1
