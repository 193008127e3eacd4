"""From the reStructuredText of a sphinx-gallery script to Markdown, as far as that is simple."""

from __future__ import annotations

import re

SECTION = re.compile(
    r"(?:^([^\w\s])\1{2,}[ \t]*\n)?^(?P<title>\S.*)\n(?P<mark>[=\-~^\"'#*+.])(?P=mark){2,}[ \t]*$", re.M
)
BLOCK = re.compile(r"^\.\. (?P<name>[\w-]+)::[ \t]*(?P<argument>.*)\n(?P<body>(?:(?:[ \t]+.*)?\n?)*)", re.M)
ADMONITIONS = {
    "note": "note",
    "warning": "warning",
    "tip": "tip",
    "hint": "tip",
    "important": "warning",
    "seealso": "note",
}
INLINE = (
    (r":math:`([^`]+)`", r"$\1$"),
    (r":(?:py:)?(?:\w+):`~?([^`<]+?)\s*<[^`>]+>`", r"`\1`"),
    (r":(?:py:)?(?:\w+):`~?([^`]+)`", r"`\1`"),
    (r"(?<!`)``(?!`)([^`]+)``(?!`)", r"`\1`"),
    (r"`([^`<]+?)\s*<([^`>]+)>`__?", r"[\1](\2)"),
)


def to_markdown(text: str) -> str:
    """The text in Markdown; what has no simple form stays as it is, and is told when the lesson is read."""
    marks: list[str] = []

    def heading(found: re.Match[str]) -> str:
        if found["mark"] not in marks:
            marks.append(found["mark"])
        return f"{'#' * (marks.index(found['mark']) + 1)} {found['title'].strip()}\n"

    text = re.sub(r"^\.\. _[^:`\n]+:[ \t]*\n", "", text, flags=re.M)  # what other pages of Sphinx would link to
    text = BLOCK.sub(_directive, SECTION.sub(heading, text.expandtabs(4) + "\n"))
    text = re.sub(r"^(?P<before>.*\S)?::[ \t]*\n\n(?P<code>(?:[ \t]+.*\n|\n)+)", _literal, text, flags=re.M)
    for pattern, form in INLINE:
        text = re.sub(pattern, form, text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _directive(found: re.Match[str]) -> str:
    name, argument, body = found["name"], found["argument"].strip(), _dedent(found["body"])
    body = re.sub(r"\A(?::[\w-]+:.*\n?)+", "", body).strip()
    if name == "math":
        return f"\n$$\n{(argument + chr(10) + body).strip()}\n$$\n\n"
    if name in ("code-block", "code", "sourcecode"):
        return f"\n```{argument}\n{body}\n```\n\n"
    if name in ADMONITIONS:
        inside = "\n".join(f"    {line}".rstrip() for line in f"{argument}\n{body}".strip().split("\n"))
        return f'\n!!! {ADMONITIONS[name]} "{name.capitalize()}"\n{inside}\n\n'
    if name in ("contents", "toctree", "index", "currentmodule", "include"):
        return ""
    return found.group()


def _literal(found: re.Match[str]) -> str:
    before = f"{found['before']}:\n\n" if found["before"] else ""
    return f"{before}```\n{_dedent(found['code']).strip()}\n```\n\n"


def _dedent(text: str) -> str:
    lines = text.split("\n")
    depth = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[depth:] for line in lines)
