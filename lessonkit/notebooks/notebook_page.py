"""The page of a notebook: the cells that mkdocs-jupyter rendered from the .ipynb, in the look of the site.

Around the cells mkdocs-jupyter writes 600 kB on each page: JupyterLab's styles, MathJax, Mermaid, copy buttons. None of
it stays; what a still notebook needs is lessonkit/assets/notebook.css, published under a name with its hash. Headings
get the anchors that stand before them, for mkdocs-jupyter's are made of ASCII alone; formulas the form in which the
site finds them, links the places of the site; boxes the kind that the lesson gives them. A picture becomes a
placeholder of render.put_figures, in the colours of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.choices import as_shown
from lessonkit.lesson.prose import without_code
from lessonkit.notebooks.notebook import Part, material, parts, with_ids
from lessonkit.pages.minify import merge_spans
from lessonkit.pages.render import description, title
from lessonkit.parallel.elements import elements
from lessonkit.words import say

FILES = ("ipynb", "py")
UNKNOWN = "mkdocs-jupyter shows this lesson's notebook in a form that is not known, so its page has not the site's look"
UNKNOWN_HINT = "Install the version that pyproject.toml names, or teach lessonkit/notebooks/notebook_page.py this one."
_BELOW_TITLE = re.compile(r'</h1>\s*(?P<stamp><(?:p|div) class="lesson-stamp">.*?(?=</p>))?', re.DOTALL)
_NOT_SHOWN = re.compile(r'<(script|style)\b.*?</\1>|<!--.*?-->|(?<= src=")data:[^"]*', re.DOTALL)
_CELL = re.compile(r'<div\b[^>]*\bid="cell-id=[^"]*"[^>]*>')
_PROSE = re.compile(r"<div\b[^>]*\bjp-RenderedMarkdown\b")
_CODE = re.compile(r'<div class="highlight-ipynb[^"]*"><pre>(?:<span></span>)?(.*?)\n?</pre>', re.DOTALL)
_OUTPUT = re.compile(
    r"<div\b[^>]*\bjp-RenderedText\b[^>]*>\s*<pre>(?P<text>.*?)\n?</pre>"
    r"|<div\b[^>]*\bjp-RenderedHTML\b[^>]*>\s*(?P<picture><img\b[^>]*>)",
    re.DOTALL,
)
_HEADING = re.compile(
    r'(?:<p><a id="(?P<id>[^"]+)"></a></p>\s*)?<h(?P<level>[1-6])\b[^>]*>(?P<title>.*?)'
    r'(?:<a class="anchor-link"[^>]*>[^<]*</a>)?</h(?P=level)>',
    re.DOTALL,
)
_FENCED = re.compile(
    r'(?:<div class="highlight">)?<pre>(?:<span></span>|<code>)(.*?)(?:</code>)?</pre>(?:</div>)?', re.DOTALL
)
_FORMULA = re.compile(
    r"(?P<code><(pre|code)\b.*?</\2>)|<p>\s*\$\$(?P<alone>(?:\\.|[^\\$])+)\$\$\s*</p>"
    r"|\$\$(?P<display>(?:\\.|[^\\$])+)\$\$|\$(?P<inline>(?:\\.|[^\\$])+)\$",
    re.DOTALL,
)
_SIGN = re.compile(r"<span>(?:\$|&#36;)</span>")
_CLASSES = re.compile(r"\{[ \t]*#(?P<id>[\w-]+)(?P<names>(?:[ \t]+\.[\w-]+)+)[ \t]*\}")
_KIND = re.compile(r"^[ \t]*(?:!!!|\?\?\?\+?)[ \t]+([\w-]+(?:[ \t]+[\w-]+)*)", re.MULTILINE)
_BOX = re.compile(
    r"<(?P<end>/?)blockquote>(?:\s*<p><strong>(?P<title>.*?)</strong></p>)?|<details(?P<open>[^>]*)>", re.DOTALL
)
_LINKED = re.compile(r'(?<=<a href=")(?P<page>[^"#]+)(?=["#])')
_WAITS = re.compile(r'<div class="notebook" data-waits="([0-9a-f]+)">')
_CONTENTS = re.compile(r'<h(?P<level>[1-3])\b[^>]* id="(?P<id>[^"]+)">(?P<title>.*?)<a class="headerlink"', re.DOTALL)


def _word(lang: str, key: str) -> str:
    return say(lang, key, "notebook")


def page_meta(lesson: Lesson, lang: str, url: str) -> dict[str, object]:
    """What MkDocs and the theme should know of the page; `url` is its lesson's, which is what the search finds."""
    name = say(lang, "title", "notebook", title=title(lesson, lang))
    return {
        "title": name,
        "description": description(lesson, lang),
        "search": {"exclude": True},
        "lesson": {"url": url, "title": _word(lang, "back")},
        "source": f"{lesson.path.parent.name}/{lesson.path.name}",
    }


def bare(rendered: str) -> str:
    """What mkdocs-jupyter rendered without scripts, styles and the data of pictures: a tenth of it."""
    return _NOT_SHOWN.sub("", rendered)


def is_known(rendered: str, lesson: Lesson, lang: str) -> bool:
    """Whether mkdocs-jupyter rendered every cell, in the form that `page_html` knows."""
    return _cells(rendered, lesson, lang) is not None


def rendered_prose(rendered: str, lesson: Lesson, lang: str) -> dict[int, str]:
    """The HTML of the texts by the numbers of the parts."""
    cells = zip(_cells(rendered, lesson, lang) or (), parts(lesson, lang, ""), strict=False)
    return {number: html for number, (html, part) in enumerate(cells) if not part.is_code}


def waiting(lang: str, key: str) -> str:
    """The page of a served site until somebody asks for it; `key` names the notebook."""
    return f'<div class="notebook" data-waits="{key}">\n<p>{_word(lang, "waits")}</p>\n</div>'


def is_waiting(html: str) -> str:
    """The key of the notebook if it is such a page, else nothing."""
    found = _WAITS.search(html)
    return found[1] if found else ""


def page_html(rendered: str, lesson: Lesson, lang: str, links: Iterable[tuple[str, str]], style: str) -> str:
    """The page: the cells that mkdocs-jupyter rendered; in a form that is not known they stay as they are.

    `links` leads from addresses in the notebook to those on the page; `style` is where the style sheet lies.
    """
    cells = _cells(rendered, lesson, lang)
    html = bare(rendered) if cells is None else "\n".join(cells)
    places = dict(links)
    html = _LINKED.sub(lambda found: places.get(found["page"], found["page"]), html)
    return f'<link rel="stylesheet" href="{style}">\n<div class="notebook">\n{html}\n</div>'


def contents(html: str) -> list[Any]:
    """The headings of the page as MkDocs wants them for its contents, each inside the one above it."""
    tree: list[tuple[int, list[Any]]] = [(0, [])]
    for found in _CONTENTS.finditer(html):
        name = " ".join(re.sub(r"<[^>]*>", "", found["title"]).split())
        level, children = int(found["level"]), list[Any]()
        while tree[-1][0] >= level:
            tree.pop()
        tree[-1][1].append({"level": level, "id": found["id"], "name": name, "children": children})
        tree.append((level, children))
    return tree[0][1]


@lru_cache(maxsize=64)
def _cells(rendered: str, lesson: Lesson, lang: str) -> list[str] | None:
    """The cells in the look of the site; None where they are not those of the notebook."""
    _, *pieces = _CELL.split(rendered)
    expected = list(parts(lesson, lang, ""))
    if len(pieces) != len(expected):
        return None
    cells = []
    for html, part in zip(pieces, expected, strict=True):
        cell = _code(html, part) if part.is_code else _prose(html, part, lang)
        if cell is None:
            return None
        cells.append(cell)
    return cells


def _code(html: str, part: Part) -> str | None:
    """A code cell and what it printed or drew, without what is around them."""
    if not (found := _CODE.search(html)):
        return None
    id_ = f' id="{part.code.id}"' if part.code.id else ""
    lines = [f'<div class="highlight cell-code"{id_}><pre><code>{merge_spans(found[1])}\n</code></pre></div>']
    for output in _OUTPUT.finditer(html):
        if output["picture"]:
            lines.append(f'<figure class="lesson-figure"><div data-figure="{part.code.name}"></div></figure>')
        else:
            lines.append(f'<pre class="printed no-copy"><code>{output["text"]}\n</code></pre>')
    return "\n".join(lines)


def _prose(html: str, part: Part, lang: str) -> str | None:
    """The text of a cell."""
    if not (found := _PROSE.search(html)):
        return None
    text, written = (
        next(elements(html[found.start() :])).inner.strip(),
        without_code(as_shown(material(part, lang), lang)),
    )
    classes = {id_: names.replace(".", " ").split() for id_, names in _CLASSES.findall(written)}
    permalink = say(lang, "permalink")

    def heading(found: re.Match[str]) -> str:
        tag, id_ = f"h{found['level']}", found["id"]
        if not id_:
            return f"<{tag}>{found['title']}</{tag}>"
        class_ = f' class="{" ".join(classes[id_])}"' if id_ in classes else ""
        link = f'<a class="headerlink" href="#{id_}" title="{permalink}">&para;</a>'
        return f'<{tag}{class_} id="{id_}">{found["title"]}{link}</{tag}>\n'

    text = _FENCED.sub(r'<div class="highlight"><pre><code>\1</code></pre></div>', text)
    text = _FORMULA.sub(_formula, _SIGN.sub("&#36;", text))
    return _boxes(_HEADING.sub(heading, text), _KIND.findall(written)).rstrip()


def _formula(found: re.Match[str]) -> str:
    """A formula as Markdown would have marked it for math.replace_math."""
    if found["code"]:
        return found["code"]
    if found["inline"]:
        return rf'<span class="arithmatex">\({found["inline"]}\)</span>'
    return rf'<div class="arithmatex">\[{found["alone"] or found["display"]}\]</div>'


def _boxes(html: str, kinds: Sequence[str]) -> str:
    """The text with its quotes and folds as admonitions of their kinds, which come in the same order."""
    kind, open_ = iter(kinds), list[bool]()

    def box(found: re.Match[str]) -> str:
        if found["open"] is not None:
            return f'<details class="{next(kind, "note")}"{found["open"]}>'
        if found["end"]:
            return "</div>" if open_ and open_.pop() else found[0]
        open_.append(found["title"] is not None)
        if not open_[-1]:
            return found[0]
        return f'<div class="admonition {next(kind, "note")}">\n<p class="admonition-title">{found["title"]}</p>'

    return _BOX.sub(box, html)


@dataclass(frozen=True)
class Ways:
    """The ways from a lesson to its notebook, or back: to `page`, which `word` names, to the files in `folder`, and to
    the places of `launch` that run it.
    """

    page: str
    folder: str
    launch: Mapping[str, str]
    word: str = "page"


def with_ways(html: str, lesson: Lesson, lang: str, ways: Ways) -> str:
    """The page with the ways below its title."""
    links = [f'<a href="{ways.page}">{_word(lang, ways.word)}</a>']
    links += (f'<a href="{ways.folder}{lesson.name}.{ending}" download>{_word(lang, ending)}</a>' for ending in FILES)
    for place, address in ways.launch.items():
        cells = f' data-cells="{" ".join(cells_of_blocks(lesson, lang))}"' if place == "colab" else ""
        links.append(f'<a href="{escape(address)}"{cells}>{_word(lang, place)}</a>')
    found = _BELOW_TITLE.search(html)
    if found is None:
        return html
    row = " ".join(links) if found["stamp"] else f'<p class="lesson-stamp">{" ".join(links)}</p>'
    return f"{html[: found.end()]} {row}{html[found.end() :]}"


@lru_cache(maxsize=256)
def cells_of_blocks(lesson: Lesson, lang: str) -> tuple[str, ...]:
    """The ids of the cells in which the notebook has the blocks of a lesson's page: a link to Colab leads there."""
    ids = {(part.kind, part.code.line): id_ for id_, part in with_ids(parts(lesson, lang, "")) if part.cell}
    check = {name: exercise.check.line for name, exercise in lesson.exercises.items()}
    return tuple(
        ids["solution" if of.kind == "exercise" else of.kind, check[of.name]]
        if of.kind in ("exercise", "wrong") and not is_starter
        else ids[of.kind, of.line]
        for _, of, is_starter in lesson.blocks(lang)
    )
