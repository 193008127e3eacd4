"""The ids of a finished page: each stands there once, or links, labels and scripts find the wrong place."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from lessonkit.lesson.cells import Problem
from lessonkit.lesson.text_file import line_of_text

HINT = "Give one of them another name."
_ID = re.compile(r"""<[A-Za-z][^<>]*?\sid=(?:"([^"]*)"|'([^']*)'|([^\s>"']+))""")
_PERHAPS = re.compile(r"id=[\"']?([^\s>\"']+)")
_TEXT = re.compile(r"<(script|style|textarea|title)\b[^>]*>.*?</\1>|<!--.*?-->", re.DOTALL)


def ids(html: str) -> list[str]:
    """The ids of a page in order."""
    page = _TEXT.sub(lambda found: found[0].partition(">")[0] + ">", html)
    return ["".join(found) for found in _ID.findall(page)]


def check_ids(html: str, path: Path) -> list[Problem]:
    """What is wrong with the ids of a finished page that is made from a file."""
    return [
        Problem(path, line_of_text(path, f"#{name}"), f'the id "{name}" stands twice on this page', (), HINT)
        for name in twice(html)
    ]


def twice(html: str) -> list[str]:
    """The ids that stand more than once on a page."""
    if max(Counter(_PERHAPS.findall(html)).values(), default=0) < 2:
        return []
    return [name for name, count in Counter(ids(html)).items() if count > 1]
