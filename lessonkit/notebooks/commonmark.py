"""A lesson's Markdown in the words that Jupyter, Colab and VS Code understand.

Lessons are written for Material for MkDocs. Notebooks know CommonMark, tables, `$` formulas and some HTML: admonitions
become quotes and `<details>`, anchors `<a id>`, attribute lists go. What has no form there is refused with its line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from html import escape

from lessonkit.lesson.prose import CODE_SPAN, FENCE, HEADING, INLINE, end_of_box
from lessonkit.notebooks.unsupported import NotPortable, refuse

Link = Callable[[str], str | None]
"""Gives the address for a link between pages (`softmax.md#scores`), or None: then only the text of the link is left."""

_FOLDED = re.compile(r"^(?P<indent>[ \t]*)(?P<marks>!!!|\?\?\?\+?)[ \t]+(?P<type>[\w-]+)(?P<rest>.*)$")
_TITLE = re.compile(r'^(?:[ \t]+[\w-]+)*[ \t]+"(?P<title>[^"]+)"[ \t]*$')
_INFO = re.compile(r"^(?P<start>[ \t]*(?:`{3,}|~{3,}))[ \t]*(?:\{[ \t]*\.?)?(?P<language>[\w+-]*)")
_ATTRIBUTE = r'(?:\.[\w-]+|[\w-]+=(?:"[^"]*"|[^\s"}]+))'
_ATTRIBUTES = re.compile(rf"[ \t]*\{{:?[ \t]*{_ATTRIBUTE}(?:[ \t]+{_ATTRIBUTE})*[ \t]*\}}")
_LINK = re.compile(r"(?P<image>!?)\[(?P<text>[^\]]*)\]\((?P<target>[^)\s]+)(?P<title>[^)]*)\)")
_ADDRESS = re.compile(r"^(?:[a-z][a-z0-9+.-]*:|#)", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?<![*\\])(?P<mark>\*\*|\*)(?![*\s])(?P<text>.+?)(?<![\s*\\])(?P=mark)(?!\*)", re.DOTALL)
_BELOW_HEAD = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")


def portable(markdown: str, link: Link) -> str:
    """The Markdown of a lesson for a notebook. Raises NotPortable."""
    refuse(markdown)
    return "\n".join(_blocks(markdown.split("\n"), 0, link))


def _blocks(lines: list[str], first: int, link: Link) -> Iterator[str]:
    """Lines of a notebook for lines of a lesson; `first` is the number of the first one."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if (fence := FENCE.match(line)) and (found := _INFO.match(line)):
            end = _end_of_fence(lines, at, fence["fence"])
            yield from [found["start"] + found["language"], *lines[at + 1 : end]]
        elif line.strip().startswith("$$"):
            end = _end_of_formula(lines, at)
            yield from lines[at:end]
        elif folded := _FOLDED.match(line):
            end = end_of_box(lines, at, len(folded["indent"]))
            yield from _box(folded, lines[at:end], first + at, link)
        elif heading := HEADING.match(line):
            end = at + 1
            yield from [f'<a id="{heading["anchor"]}"></a>', ""] if heading["anchor"] else []
            yield f"{heading['marks']} {_inline(heading['title'], first + at, link)}"
        else:
            end = at + 1
            while end < len(lines) and lines[end].strip() and not _begins_block(lines[end]):
                end += 1
            yield from _inline("\n".join(_bars_in_code(lines[at:end])), first + at, link).split("\n")
        at = end


def _bars_in_code(lines: list[str]) -> list[str]:
    """The lines of a paragraph; of a table, with bars in code that part no cells in a notebook either."""
    text = [line for line in lines if line.strip()]
    if len(text) < 2 or not _BELOW_HEAD.match(text[1]):
        return lines
    return [CODE_SPAN.sub(lambda found: re.sub(r"(?<!\\)\|", r"\|", found[0]), line) for line in lines]


def _begins_block(line: str) -> bool:
    return bool(FENCE.match(line) or _FOLDED.match(line) or HEADING.match(line)) or line.strip().startswith("$$")


def _end_of_fence(lines: list[str], start: int, fence: str) -> int:
    ends = (
        at
        for at in range(start + 1, len(lines))
        if lines[at].strip().startswith(fence) and not lines[at].strip(" \t`~")
    )
    return next(ends, len(lines) - 1) + 1


def _end_of_formula(lines: list[str], start: int) -> int:
    if lines[start].count("$$") > 1:
        return start + 1
    return next((at for at in range(start + 1, len(lines)) if "$$" in lines[at]), len(lines) - 1) + 1


def _box(head: re.Match[str], lines: list[str], first: int, link: Link) -> Iterator[str]:
    """An admonition: a quote with a bold title. A folded one: `<details>`, with blank lines around its Markdown."""
    title = _TITLE.match(head["rest"])
    if not title:
        raise NotPortable(first, "an admonition without a title in quotes", lines[0])
    indent = len(head["indent"])
    body = list(_blocks([line[indent + 4 :] for line in lines[1:]], first + 1, link))
    if head["marks"] == "!!!":
        new = [f"**{_inline(title['title'], first, link)}**", "", *_formulas_in_a_line(body)]
        yield from (f"{head['indent']}> {line}".rstrip() for line in new)
        return
    opened = " open" if head["marks"].endswith("+") else ""
    new = [f"<details{opened}><summary>{_html(title['title'])}</summary>", "", *body, "", "</details>"]
    yield from (head["indent"] + line if line else "" for line in new)


def _formulas_in_a_line(lines: list[str]) -> Iterator[str]:
    """Jupyter takes formulas out before it reads quotes: a `>` between the lines of one would become part of it."""
    held: list[str] = []
    for line in lines:
        if held or (line.strip().startswith("$$") and line.count("$$") == 1):
            held.append(line.strip())
            if len(held) > 1 and "$$" in line:
                yield "$$" + " ".join(held).replace("$$", "").strip() + "$$"
                held = []
        else:
            yield line
    yield from held


class _Kept:
    """Pieces of a text that nothing may touch, each behind one character that counts as a sign, not as a letter."""

    _FIRST = 0xE000

    def __init__(self) -> None:
        self.pieces: list[str] = []

    def keep(self, piece: str) -> str:
        self.pieces.append(piece)
        return chr(self._FIRST + len(self.pieces) - 1)

    def restore(self, text: str) -> str:
        """The text with its pieces; a piece may hold pieces that were kept before it."""
        while found := re.search("[\ue000-\uf8ff]", text):
            text = text.replace(found.group(), self.pieces[ord(found.group()) - self._FIRST])
        return text


def _inline(text: str, line: int, link: Link) -> str:
    """A paragraph: links lead somewhere, attribute lists go, and what notebooks would misread is said otherwise."""
    kept = _Kept()

    def linked(found: re.Match[str]) -> str:
        target = found["target"]
        if found["image"] and not _ADDRESS.match(target):
            raise NotPortable(
                line + text.count("\n", 0, found.start()), "a picture that lies beside the page", found.group()
            )
        address = target if _ADDRESS.match(target) else link(target)
        if address is None:
            return found["text"]
        end = kept.keep(f"]({address}{found['title']})")
        return f"{found['image']}[{found['text']}{end}"

    text = CODE_SPAN.sub(lambda found: kept.keep(found.group()), text)
    text = INLINE.sub(lambda found: kept.keep(found.group()), text)
    text = _LINK.sub(linked, text)
    text = _ATTRIBUTES.sub("", text)
    text = _EMPHASIS.sub(lambda found: _emphasis(found, text), text)
    text = re.sub(r"\\?\$", "<span>&#36;</span>", text)  # Jupyter reads two of them as a formula, escaped or not
    text = re.sub(r"(?<!\\)~", r"\~", text)  # `3~5, 7~9` would be struck through
    return kept.restore(text)


def _emphasis(found: re.Match[str], text: str) -> str:
    """Emphasis that CommonMark would not see, `**굵게(bold)**는`, said in HTML."""
    before, after = text[: found.start()][-1:], text[found.end() :][:1]
    first, last = found["text"][0], found["text"][-1]
    if _flanks(before, first) and _flanks(after, last):
        return found.group()
    tag = "strong" if found["mark"] == "**" else "em"
    return f"<{tag}>{found['text']}</{tag}>"


def _flanks(outside: str, inside: str) -> bool:
    """Whether a mark between these two belongs to the inner one: a sign inside asks for a space or a sign outside."""
    return not _is_sign(inside) or not outside.strip() or _is_sign(outside)


def _is_sign(character: str) -> bool:
    return unicodedata.category(character)[:1] in "PS" or "\ue000" <= character <= "\uf8ff"


def _html(text: str) -> str:
    """A title as HTML, for Markdown sleeps inside `<summary>`; formulas stay, since MathJax looks there too."""
    kept = _Kept()
    text = CODE_SPAN.sub(lambda found: kept.keep(f"<code>{escape(found['code'].strip(), quote=False)}</code>"), text)
    text = INLINE.sub(lambda found: kept.keep(found.group().replace("<", r"\lt ")), text)
    text = escape(text, quote=False)
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", text)
    text = re.sub(r"(?<![\w*])\*(?!\s)(.+?)(?<!\s)\*(?![\w*])", r"<em>\1</em>", text)
    return kept.restore(text.replace("$", "<span>&#36;</span>"))
