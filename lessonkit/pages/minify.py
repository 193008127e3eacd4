"""Pages without the bytes that nobody sees: spans of code that have no colour of their own, spaces of templates.

Pygments marks every name, blank and comma. `minify_code` keeps one span for each run of a colour, as lessonkit/assets/
site/site.css and Material colour them, and none for what is in the colour of the text. The asserts that
end a cell test what it shows, so they are written as quietly as comments. `slim_blanks` leaves one line
break where templates wrote a heap of spaces and breaks; spaces in `<pre>` and the like are never touched, and scripts
lose what only their authors read.
"""

from __future__ import annotations

import re

from rjsmin import jsmin

COLOURS = {
    "": "n w sa x err esc py o p",
    "s": "s s1 s2 sb sc si ss cpf l",
    "m": "m mi mf mb mh mo il",
    "k": "k kd kn kp kr kt nd ni nl nt ow",
    "nf": "nf nc ne nn",
    "nb": "nb bp no kc na nv vc vg vi",
    "c": "c c1 ch cm cs sd",
}
"""The spans of Pygments by their colour, each group under the span that is written; "" is the colour of the text."""

_WRITTEN = {mark: written for written, marks in COLOURS.items() for mark in marks.split()}
_MARK = re.compile(r'<span class="(\w{1,3})">([^<]*)</span>')
_RUN = re.compile(r'<span class="(\w{1,3})">[^<]*(?:</span>\s*<span class="\1">[^<]*)+</span>')
_CODE = re.compile(r"(?<=<code>)[^<]*<span class=.*?(?=</code>)", re.DOTALL)
_CELL = re.compile(
    r'(?P<start><div (?:id="[^"]*" )?class="[^"]*\bcell-code highlight"[^>]*><pre><code>)(?P<code>.*?)(?=</code>)',
    re.DOTALL,
)
_ASSERT = '<span class="k">assert</span>'
_IN_TESTS = re.compile(rf'$|[ )\]}}]|{_ASSERT}|<span class="c">#[^\n]*</span>$')
"""A line of the asserts that end a cell: one of them, a line that continues it, a comment."""
_KEPT = re.compile(r"<(pre|script|style|svg|textarea|title)\b.*?</\1>|<!--.*?-->", re.DOTALL)
_SCRIPT = re.compile(r"<script>(?P<code>.*?)</script>", re.DOTALL)
_BLANKS = re.compile(r"[ \t]*\n[ \t\n]*")


def merge_spans(code: str) -> str:
    """Code as Pygments marked it, with as few spans as its colours need."""

    def one(match: re.Match[str]) -> str:
        written = _WRITTEN.get(match[1], match[1])
        return f'<span class="{written}">{match[2]}</span>' if written else match[2]

    def run(match: re.Match[str]) -> str:
        mark = f'<span class="{match[1]}">'
        return mark + re.sub(r"</?span[^>]*>", "", match[0]) + "</span>"

    return _RUN.sub(run, _MARK.sub(one, code))


def quiet_tests(code: str) -> str:
    """Slim code whose last asserts, if anything stands above them, are as quiet as a comment."""
    lines = code.rstrip("\n").split("\n")
    first = at = len(lines)
    while at and _IN_TESTS.match(lines[at - 1]):
        at -= 1
        first = at if lines[at].startswith(_ASSERT) else first
    above, tests = "\n".join(lines[:first]), "\n".join(lines[first:])
    if not above.strip() or not tests:
        return code
    return f'{above}\n<span class="c">{re.sub(r"</?span[^>]*>", "", tests)}</span>{code[len(code.rstrip()) :]}'


def minify_code(html: str) -> str:
    """The HTML of a page's content with slim spans in its code."""
    slim = _CODE.sub(lambda match: merge_spans(match[0]), html.replace("<pre><span></span><code>", "<pre><code>"))
    return _CELL.sub(lambda match: match["start"] + quiet_tests(match["code"]), slim)


def _slim_script(script: re.Match[str]) -> str:
    return f"<script>{jsmin(script['code'])}</script>"


def slim_blanks(html: str) -> str:
    """A finished page with single line breaks where its templates left many spaces."""
    parts, end = [], 0
    for kept in _KEPT.finditer(html):
        parts += [_BLANKS.sub("\n", html[end : kept.start()]), _SCRIPT.sub(_slim_script, kept[0])]
        end = kept.end()
    return "".join([*parts, _BLANKS.sub("\n", html[end:])])
