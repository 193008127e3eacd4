"""Pages that are written by hand: what MkDocs would pass over in silence or fail at without saying where."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import yaml

from lessonkit.lesson.cells import LessonError, Problem
from lessonkit.lesson.text_file import read_text

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*$", re.DOTALL | re.MULTILINE)


def read_page(path: Path, has_template: Callable[[str], bool]) -> str:
    """The text of a page, front matter and all. Raises LessonError with what is wrong with it."""
    text = _read(path, path.stat().st_mtime_ns if path.exists() else 0)
    found = FRONT_MATTER.match(text)
    template = (yaml.safe_load(found["yaml"]) or {}).get("template") if found else None
    if template and not has_template(str(template)):
        line = next((n for n, one in enumerate(text.splitlines(), 1) if one.startswith("template:")), 1)
        raise LessonError(Problem(path, line, f"the theme has no template {template}", (), "Correct its name."))
    return text


@lru_cache(maxsize=64)
def _read(path: Path, mtime: int) -> str:
    text = read_text(path)
    if not (found := FRONT_MATTER.match(text)):
        return text
    try:
        values = yaml.safe_load(found["yaml"])
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a date that there is not is a ValueError
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        line = mark.line + 2 if mark else 1
        raise LessonError(Problem(path, line, f"the front matter is not valid YAML: {reason}")) from None
    if not isinstance(values, dict | type(None)):
        raise LessonError(Problem(path, 2, "front matter is made of keys and values", (), "Write: title: ..."))
    return text
