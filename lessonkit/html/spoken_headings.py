"""Titles of boxes, exercises and quiz questions as headings for screen readers, whose keys jump from one to the next.

To Markdown they are paragraphs: they stand in no contents, and the look of the page stays as it is.
"""

from __future__ import annotations

import re

HEADING = re.compile(r"<h(?P<level>[1-6])[ >]")
TITLE = re.compile(r'(?P<open><p class="admonition-title">)(?P<title>.*?)(?P<close></p>)', re.DOTALL)
EXERCISE = re.compile(r"(?P<open><p>)<strong>(?P<title>\d+\. .*?)(?P<close></strong>)", re.DOTALL)
EXERCISES = re.compile(r'<h2 id="exercises".*?(?=<h2[ >]|\Z)', re.DOTALL)


def spoken_headings(html: str) -> str:
    """The page with the role of a heading for each such title, one level below the heading that it stands under."""
    html = EXERCISES.sub(lambda part: EXERCISE.sub(_exercise, part[0]), html)
    levels = [(found.start(), int(found["level"])) for found in HEADING.finditer(html)]

    def spoken(found: re.Match[str]) -> str:
        level = next((level for at, level in reversed(levels) if at < found.start()), 1)
        title = f'<span role="heading" aria-level="{min(level + 1, 6)}">{found["title"]}</span>'
        return found["open"] + title + found["close"]

    return TITLE.sub(spoken, html)


def _exercise(found: re.Match[str]) -> str:
    return f'{found["open"]}<strong role="heading" aria-level="3">{found["title"]}{found["close"]}'
