"""What the search index holds of a section: its prose, and of its code the lines that somebody may look for.

Material's index holds each section as HTML of few tags. Most of its code is noise to a search: the same names again and
again, drawing, numbers that were printed. A line of code stays where it takes something from a library that is new in
its section, in the first sections of a page that take it; a line of output where it says something in words, for
readers paste the messages that PyTorch prints.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from html import unescape

from lessonkit.words import LANGUAGES, say

SOLVED = "|".join(
    re.escape(say(lang, key))
    for lang in LANGUAGES
    for key in ("optional", "drawing", "tests", "starter_deeper", "starter", "check", "solution")
)
_REASON_AND_CODE = r"<p>(?:(?!</p>).)*</p>\s*<pre>(?:(?!</pre>).)*</pre>\s*"
WRONG = re.compile(
    rf"(?:{'|'.join(re.escape(say(lang, 'wrong')) for lang in LANGUAGES)})\s*(?:{_REASON_AND_CODE})+", re.S
)
"""Wrong answers; with their reasons they would give the answer away, and double what is kept of exercises."""
OUTPUT = "|".join(re.escape(say(lang, "output")) for lang in LANGUAGES)
PRE = re.compile(rf"(?:(?P<solved>{SOLVED})|(?P<output>{OUTPUT}))?\s*<pre>(?P<lines>.*?)</pre>\s*", re.DOTALL)
BLOCK = re.compile(r"(?:</?(?:p|ul|ol|li|pre)>\s*)+")
TAG = re.compile(r"<[^>]*>")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
NAMES = re.compile(r"(?<![\w.])(?:torch|nn|F|optim|math|np)(?:\.\w+)+|\.[a-z]\w*_(?=\()")
"""What code is looked for by: what it takes from libraries, methods that change a tensor."""
COMMON = {"math.log", "math.exp", "np.array"}
COMMON |= {f"torch.{name}" for name in ("tensor", "Tensor", "float32", "float64", "Generator", "manual_seed", "arange")}
COMMON |= {
    f"torch.{name}" for name in ("cat", "full", "linspace", "meshgrid", "ones", "rand", "randint", "stack", "zeros")
}
"""The tools of every cell: nobody looks for a section by them."""
SECTIONS = 2
"""Sections of a page that keep the code with a name: who looks for it wants the first ones, not the last."""
NOISE = re.compile(r"\s*(?:print|assert|import|from|ax\w*|axes|fig|plt|for)\b|.*\b(?:plt|ax)\.")
SENTENCE = re.compile(r"(?:[A-Za-z]{2,}[ ,:]+){3}[A-Za-z]{2,}")


def section_text(text: str, reported: Counter[str] | None = None) -> str:
    """The text of a section for the index, a paragraph or line of code a line; of the tags only `code` stays.

    `reported`: how many sections of its page kept each name of its code so far, which this one is added to.
    """
    reported = Counter() if reported is None else reported
    seen = {name for name, times in reported.items() if times >= SECTIONS}
    new: set[str] = set()

    def kept(block: re.Match[str]) -> str:
        lines = unescape(TAG.sub("", block["lines"])).splitlines()
        if block["solved"]:
            return ""
        found = filter(SENTENCE.search, lines) if block["output"] else _new(lines, seen, new)
        return "".join(f"<p><code>{_escape(line)}</code></p>" for line in dict.fromkeys(map(str.strip, found)))

    text = WRONG.sub("", text)
    paragraphs = BLOCK.split(PRE.sub(kept, text))
    reported.update(new)
    return "\n".join(filter(None, (" ".join(paragraph.split()) for paragraph in paragraphs)))


def _new(lines: Iterable[str], seen: set[str], new: set[str]) -> Iterator[str]:
    """The lines of code that name something neither `seen` nor `new` so far; it becomes new."""
    for line in lines:
        code = line.partition("#")[0]
        names = set(NAMES.findall(QUOTED.sub("", code))) - COMMON - seen - new
        if names and not NOISE.match(code):
            new |= names
            yield code


def _escape(line: str) -> str:
    """As Material writes text into its index."""
    return line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
