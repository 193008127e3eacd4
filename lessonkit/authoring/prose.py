"""Markdown from elsewhere as a lesson has it: anchors, levels of headings, formulas, quotes; a TODO for a language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest

from lessonkit.authoring.pythonic import TODO, language
from lessonkit.lesson.prose import FENCE, HEADING, without_code, without_fences, without_math
from lessonkit.words import LANGUAGES

SETEXT = re.compile(r"^(?P<title>[^\s#>|-].*)\n(?P<mark>=+|-{3,})[ \t]*$", re.MULTILINE)
CLOSING = re.compile(r"[ \t]+#+[ \t]*$")
TITLE = re.compile(r"^(?:#[ \t].*|.+\n=+[ \t]*)$", re.MULTILINE)
UNSPOKEN = re.compile(r"!\[[^\]]*\]\([^)]*\)|\]\([^)]*\)|<[^>]*>|https?://\S+")
"""What says nothing in any language: pictures, addresses, tags."""
DISPLAY = r"\\begin\{(?P<name>equation|align|gather|multline)(?P<star>\*?)\}(?P<rows>.+?)\\end\{(?P=name)(?P=star)\}"
MATH = re.compile(
    r"`[^`]+`|\\{1,2}\((?P<inline>(?:(?!\n\n).)+?)\\{1,2}\)"
    r"|\s*?(?:^(?P<indent>[ ]*))?(?:\$\$(?P<dollars>.+?)\$\$|\\{1,2}\[(?P<brackets>.+?)\\{1,2}\]|(?<!\$)(?P<bare>"
    + DISPLAY
    + r"))[ \t]*",
    re.DOTALL | re.MULTILINE,
)
"""Code, or a formula as notebooks write it. What stands inside one, as the `\\[1em]` of a row, begins no other."""
ITEM = re.compile(r" *(?P<mark>[-*+]|\d+[.)]) +(?P<text>\S.*)")
NUMBERED = re.compile(r"\d+(?:\.|\)|\.\d[\d.]*)[ \t]")


class Headings:
    """Gives each heading of a lesson an anchor that no other one has, and a level one below the last one's at most."""

    def __init__(self, name: str):
        self.first = name.replace("_", "-")
        self.taken: set[str] = set()
        self.level = 0

    def anchor(self, title: str, level: int) -> str:
        """An anchor for a title in Latin letters; without any, a number."""
        slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"`|\$[^$]*\$", "", title).lower()).strip("-")
        if not self.taken:
            slug = self.first
        if not re.match(r"[a-z]", slug):
            slug = f"section-{len(self.taken)}"
        unique, number = slug, 2
        while unique in self.taken:
            unique, number = f"{slug}-{number}", number + 1
        self.taken.add(unique)
        return unique

    def next_level(self, wanted: int) -> int:
        """The level of the next heading."""
        self.level = 1 if not self.level else max(2, min(wanted, self.level + 1))
        return self.level


def as_lesson(texts: Mapping[str, str], headings: Headings) -> dict[str, str]:
    """The texts of a pair, which have their headings in common; a language that is missing gets them with a TODO."""
    texts = {lang: tidied(text) for lang, text in texts.items()}
    found = {
        lang: [(n, one) for n, line in enumerate(without_fences(text).split("\n")) if (one := HEADING.match(line))]
        for lang, text in texts.items()
    }
    leading = max(found, key=lambda lang: (len(found[lang]), lang == "en"))
    given: list[tuple[int, str]] = []
    for _, one in found[leading]:
        names = [found["en"][len(given)][1]["title"]] if len(found.get("en", [])) > len(given) else []
        level = headings.next_level(len(one["marks"]))
        numbered = " .numbered" if level > 1 and NUMBERED.match(one["title"]) else ""
        given.append((level, headings.anchor((names or [one["title"]])[0], level) + numbered))
    made = {}
    for lang in LANGUAGES:
        if lang not in texts:
            begun = [f"{'#' * level} {TODO[lang]} {{ #{anchor} }}" for level, anchor in given]
            made[lang] = "\n\n".join([*begun, TODO[lang]])
            continue
        lines = texts[lang].split("\n")
        if given and not found[lang]:
            lines[:0] = [f"{'#' * given[0][0]} {TODO[lang]} {{ #{given[0][1]} }}", ""]
        for (number, one), (level, anchor) in zip(found[lang], given, strict=False):
            title = re.sub(r"\$([^$]*)\$", r"`\1`", CLOSING.sub("", one["title"]))
            lines[number] = f"{'#' * level} {title} {{ #{anchor} }}"
        made[lang] = "\n".join(lines)
    return made


def spoken(text: str) -> str:
    """The language of a text; "" where it says nothing in words, as a badge, a picture or a formula."""
    words = UNSPOKEN.sub(" ", without_math(without_code(text)))
    return language(words) if re.search(r"[A-Za-z]{2}|[가-힣]", words) else ""


def by_language(text: str) -> list[tuple[str, str]]:
    """A text with its language; both halves where it says all in two: as many paragraphs, with the same headings."""
    blocks = _blocks(text) if "```" not in text else [text]
    parts: dict[str, list[str]] = {}
    last = spoken(text)
    for block in blocks:
        last = spoken(block) or last
        parts.setdefault(last, []).append(block)
    joined = {lang: "\n\n".join(found) for lang, found in parts.items()}
    return [*joined.items()] if len(parts) > 1 and _alike(*joined.values()) else [(spoken(text), text)]


def counterparts(texts: Sequence[tuple[str, str]]) -> list[dict[str, list[str]]]:
    """The texts between two pieces of code, each beside its counterpart in another language where it has one."""
    found: dict[str, list[str]] = {}
    for lang, text in texts:
        found.setdefault(lang, []).append(text)
    rows = [*zip_longest(*found.values(), fillvalue="")]
    if len(found) < 2 or all(_alike(*row) for row in rows):
        return [found] if found else []
    groups: list[dict[str, list[str]]] = []
    for lang, text in texts:
        (before,) = groups[-1].values() if groups and len(groups[-1]) == 1 else ([],)
        if before and lang not in groups[-1] and _alike(before[0], text):
            groups[-1][lang] = [text]
        else:
            groups.append({lang: [text]})
    return groups


def _alike(*texts: str) -> bool:
    """Whether texts may say the same: as many paragraphs, with the same headings."""
    return len({tuple(len(block) - len(block.lstrip("#")) for block in _blocks(text)) for text in texts}) == 1


def _blocks(text: str) -> list[str]:
    return re.split(r"\n[ \t]*\n", text.strip("\n"))


def with_title_first(prose: Mapping[str, list[str]]) -> bool:
    """Whether there is a title; what stands above it, as a badge or a note, comes after it."""
    has_title = False
    for texts in prose.values():
        for number, text in enumerate(texts):
            if found := TITLE.search(without_fences(text)):
                above = text[: found.start()].strip("\n")
                rest = text[found.start() : found.end()], above, text[found.end() :].strip("\n")
                texts[:] = ["\n\n".join(filter(None, rest)), *texts[:number], *texts[number + 1 :]]
                has_title = True
                break
    return has_title


def tidied(text: str) -> str:
    """Forms of Markdown that a lesson writes otherwise: underlined headings, `\\[ \\]`, quotes, spaces at line ends."""
    inside, parts = False, []
    chunk: list[str] = []
    for line in text.replace("\t", "    ").split("\n"):
        fence = FENCE.match(line)
        if fence and not inside:
            parts.append(_tidied("\n".join(chunk)))
            chunk = []
        chunk.append(line.rstrip())
        if fence:
            if inside:
                parts.append("\n".join(chunk))
                chunk = []
            inside = not inside
    parts.append("\n".join(chunk) if inside else _tidied("\n".join(chunk)))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(part for part in parts if part)).strip("\n")


def _tidied(text: str) -> str:
    text = SETEXT.sub(lambda found: f"{'#' if found['mark'][0] == '=' else '##'} {found['title']}", text)
    text = MATH.sub(_formula, text)
    text = re.sub(r"(?:^>[^\n]*\n?)+", _quote, text, flags=re.M)
    text = re.sub(r"^(#{1,6}[ \t][^\n]*)\n(?=\S)", r"\1\n\n", text, flags=re.M)
    text = re.sub(r"^(?![ \t]*(?:[-*+]|\d+\.) |[ \t]|#|$)([^\n]+)\n(?=(?:[-*+]|1[.)]) )", r"\1\n\n", text, flags=re.M)
    return _lists(text)


def _lists(text: str) -> str:
    """Lists marked with - and 1., what belongs to an item indented by four spaces a level."""
    lines, depths = text.split("\n"), list[int]()
    for number, line in enumerate(lines):
        depth = len(line) - len(line.lstrip(" "))
        if found := ITEM.match(line):
            depths = [*(one for one in depths if one < depth), depth]
            mark = "-" if found["mark"] in "*+-" else f"{found['mark'][:-1]}."
            lines[number] = f"{' ' * 4 * (len(depths) - 1)}{mark} {found['text']}"
        elif line and not depth:
            depths = []
        elif line and depths and depth > depths[0]:
            level = sum(one < depth for one in depths)
            lines[number] = f"{' ' * 4 * level}{line.lstrip(' ')}" if depth < 4 * level else line
    return "\n".join(lines)


def _formula(found: re.Match[str]) -> str:
    if found["inline"]:
        return f"${found['inline'].strip()}$"
    body = found["dollars"] or found["brackets"] or found["bare"]
    if not body:
        return found.group()
    if display := re.fullmatch(DISPLAY, body.strip(), re.DOTALL):
        body = re.sub(r"\\label\{[^}]*\}|\\no(?:number|tag)\b", "", display["rows"]).replace("{split}", "{aligned}")
        if re.search(r"&|\\\\", body) and not (display["name"] == "equation" and "\\begin" in body):
            body = f"\\begin{{aligned}}\n{body}\n\\end{{aligned}}"
    indent = found["indent"] or ""
    lines = [indent + line.strip() for line in body.split("\n") if line.strip()]
    return "\n".join(["\n", f"{indent}$$", *lines, f"{indent}$$", "\n"])


def _quote(found: re.Match[str]) -> str:
    lines = [re.sub(r"^> ?", "", line) for line in found.group().rstrip("\n").split("\n")]
    return '\n!!! note "Note"\n' + "\n".join(f"    {line}".rstrip() for line in lines) + "\n\n"
