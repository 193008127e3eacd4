"""What has no form in a notebook, found in the Markdown of a lesson before it is translated."""

from __future__ import annotations

import re

from lessonkit.lesson.prose import HEADING, line_of, paragraphs, without_code, without_math

_ELEMENT = re.compile(r"<(?P<slash>/?)(?P<name>[A-Za-z][\w-]*)(?:[ \t][^<>]*)?/?>")
_HTML = {"br", "b", "i", "em", "strong", "sub", "sup", "kbd", "small", "u"}

_REFUSED = [
    (re.compile(pattern, re.MULTILINE), what)
    for pattern, what in (
        (r"^[ \t]*={3}[ +!]*[ \t]*\"", "a tab"),
        (r"\[\^[\w-]+\]", "a footnote"),
        (r"^[ \t]*\*\[[^\]]+\]:", "an abbreviation"),
        (r"^[ \t]*\[[^\]]+\]:[ \t]", "a link's address on a line of its own"),
        (r"^[ \t]*:[ \t]{3}", "a definition list"),
        (r"==\S[^=]*\S==|\^\^\S[^^]*\^\^", "a highlight"),
        (r"\+\+[a-z][\w+-]*\+\+", "a key"),
        (r":[a-z][a-z0-9]*(?:-[a-z0-9]+)+:", "an icon"),
        (r"-{1,2}8<-{1,2}", "an included file"),
        (r"\{[{%]", "a template"),
        (r"^\[TOC\]", "a table of contents"),
        (r"\{:?[ \t]*#[\w-]+[^}]*\}", "an anchor that is not a heading's"),
        (r"<!--", "an HTML comment"),
        (rf"</?(?!(?:{'|'.join(sorted(_HTML))})[\s/>])[A-Za-z][\w-]*[\s/>]", "an HTML element"),
    )
]


class NotPortable(ValueError):
    """Something that has no form in a notebook; `line` (from 0) is where it stands, `evidence` what it is."""

    def __init__(self, line: int, what: str, evidence: str):
        self.line, self.evidence = line, evidence.strip()
        super().__init__(f"a notebook cannot show {what}")


def refuse(markdown: str) -> None:
    """Raises NotPortable for the first thing in a lesson's Markdown that has no form in a notebook."""
    text = without_math(without_code(markdown))
    text = "\n".join(_without_anchor(line) for line in text.split("\n"))
    for pattern, what in _REFUSED:
        if found := pattern.search(text):
            line = text.count("\n", 0, found.start()) + (found.group()[0] == "\n")
            raise NotPortable(line, what, markdown.split("\n")[line])
    _refuse_open_elements(text, markdown)


def _without_anchor(line: str) -> str:
    heading = HEADING.match(line)
    return f"{heading['marks']} {heading['title']}" if heading else line


def _refuse_open_elements(text: str, markdown: str) -> None:
    """An element that is not closed in its paragraph reaches as far as each reader likes."""
    for start, paragraph in paragraphs(text):
        opened: list[str] = []
        for found in _ELEMENT.finditer(paragraph):
            name = found["name"].lower()
            if found["slash"] and (not opened or opened.pop() != name):
                opened = [name]
                break
            if not found["slash"] and name not in ("br", "wbr") and not found[0].endswith("/>"):
                opened.append(name)
        if opened:
            line = line_of(text, start)
            raise NotPortable(line, f"<{opened[-1]}> that is not closed in its paragraph", markdown.split("\n")[line])
