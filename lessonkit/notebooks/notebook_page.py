"""The page that shows a lesson's notebook: mkdocs-jupyter renders the cells, the site renders their prose.

mkdocs-jupyter gets a `shell`, the notebook's code cells under their numbers, so it has work only when code or outputs
change. MkDocs renders `page_markdown`, in which its number stands before each text; `page_html` puts both together.
Pictures stay placeholders of render.put_figures, formulas those of math.replace_math.

Around the cells mkdocs-jupyter writes 617 kB on each page: JupyterLab's styles, MathJax, Mermaid, copy buttons. None of
it stays; what a still notebook needs is lessonkit/assets/notebook.css, published under a name with its hash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.choices import as_shown
from lessonkit.lesson.prose import without_code
from lessonkit.notebooks.notebook import Json, code_cell, material, of_cells, parts
from lessonkit.pages.render import description, title
from lessonkit.pages.slim import slim_marks
from lessonkit.words import say

FILES = ("ipynb", "py")
UNKNOWN = "mkdocs-jupyter left out cells: does lessonkit/notebooks/notebook_page.py know this version?"
_PLACE = re.compile(r'<div data-cell="(\d+)"></div>')
_BESIDE = re.compile(r"(?<=\]\()(?=[\w-]+\.md\b)")
_BELOW_TITLE = re.compile(r'</h1>\s*(?P<stamp><(?:p|div) class="lesson-stamp">.*?(?=</p>))?', re.DOTALL)
_CELL = re.compile(r'id="cell-id=cell-(\d+)"')
_CODE = re.compile(r'<div class="highlight-ipynb[^"]*"><pre>(?:<span></span>)?(.*?)\n?</pre>', re.DOTALL)
_OUTPUT = re.compile(
    r'<div class="jp-RenderedText[^>]*>\s*<pre>(?P<text>.*?)\n?</pre>|(?P<figure><div data-figure="[^"]+"></div>)',
    re.DOTALL,
)
_PYTHON, _SPANS = PythonLexer(stripall=True), HtmlFormatter(nowrap=True)


def _word(lang: str, key: str) -> str:
    return say(lang, key, "notebook")


def shell(lesson: Lesson, lang: str) -> Json:
    """The notebook for mkdocs-jupyter. Its code counts as text and is highlighted here: that takes half the time."""
    cells = []
    for number, part in enumerate(parts(lesson, lang, "")):
        if part.is_code:
            figure = {"text/html": f'<div data-figure="{part.code.name}"></div>'} if part.kind == "figure" else {}
            cells.append({"id": f"cell-{number}", **code_cell(part, figure), "metadata": {}})
    notebook = of_cells(cells)
    notebook["metadata"]["kernelspec"]["language"] = "text"
    return notebook


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


def page_markdown(lesson: Lesson, lang: str, launch: Mapping[str, str]) -> str:
    """The Markdown of the page, which lies one folder below the lessons; `launch` comes from addresses.launch_links."""
    ways = [f"[{_word(lang, 'back')}](../{lesson.name}.md)"]
    for ending in FILES:
        file = f"{lesson.name}.{ending}"
        ways.append(f'[{_word(lang, ending)}]({file}){{ download="{file}" }}')
    ways += (f"[{_word(lang, place)}]({address})" for place, address in launch.items())
    texts: list[str] = []
    for number, part in enumerate(parts(lesson, lang, " ".join(ways) + "\n{ .lesson-stamp }")):
        if not part.is_code:
            texts += [f'<div data-cell="{number}"></div>', _one_up(as_shown(material(part, lang), lang))]
    return "\n\n".join(texts) + "\n"


def _one_up(markdown: str) -> str:
    """Markdown whose links to lessons lead out of the folder; code that looks like a link stays."""
    places = [found.start() for found in _BESIDE.finditer(without_code(markdown))]
    pieces = zip([0, *places], [*places, len(markdown)], strict=True)
    return "../".join(markdown[start:end] for start, end in pieces)


def rendered_prose(prose: str) -> dict[int, str]:
    """The HTML of `page_markdown` by the numbers of the parts."""
    return {int(number): text.strip() for number, text in _numbered(_PLACE, prose)}


def page_html(rendered: str, prose: str, style: str) -> str:
    """The page: the cells that mkdocs-jupyter rendered, with their prose; `style` is where the style sheet lies."""
    cells = rendered_prose(prose)
    cells |= {int(number): _cell(html) for number, html in _numbered(_CELL, rendered)}
    if sorted(cells) != list(range(len(cells))):
        raise ValueError(UNKNOWN)
    html = "\n".join(cells[number] for number in sorted(cells))
    return f'<link rel="stylesheet" href="{style}">\n<div class="notebook">\n{html}\n</div>'


def _numbered(mark: re.Pattern[str], html: str) -> Iterator[tuple[str, str]]:
    """What stands behind each mark, with its number."""
    _, *pieces = mark.split(html)
    return zip(pieces[::2], pieces[1::2], strict=True)


def _cell(html: str) -> str:
    """A code cell and what it printed or drew, without what is around them."""
    found = _CODE.search(html)
    if found is None:
        raise ValueError(UNKNOWN)
    code = _marked(unescape(found[1]))
    lines = [f'<div class="highlight cell-code"><pre><code>{code}</code></pre></div>']
    for output in _OUTPUT.finditer(html):
        if output["figure"]:
            lines.append(f'<figure class="lesson-figure">{output["figure"]}</figure>')
        else:
            text = output["text"].replace("&#39;", "'")
            lines.append(f'<pre class="printed no-copy"><code>{text}\n</code></pre>')
    return "\n".join(lines)


@lru_cache(maxsize=4096)
def _marked(code: str) -> str:
    """Code in colours; both languages show most cells alike."""
    return slim_marks(highlight(code, _PYTHON, _SPANS))


@dataclass(frozen=True)
class Ways:
    """The ways from a lesson to its notebook: shown at `page`, kept in `folder`, run at the places of `launch`."""

    page: str
    folder: str
    launch: Mapping[str, str]


def with_ways(html: str, lesson: Lesson, lang: str, ways: Ways) -> str:
    """The page of the lesson with the ways to its notebook below the title."""
    links = [f'<a href="{ways.page}">{_word(lang, "page")}</a>']
    links += (f'<a href="{ways.folder}{lesson.name}.{ending}" download>{_word(lang, ending)}</a>' for ending in FILES)
    links += (f'<a href="{escape(address)}">{_word(lang, place)}</a>' for place, address in ways.launch.items())
    found = _BELOW_TITLE.search(html)
    if found is None:
        return html
    row = " ".join(links) if found["stamp"] else f'<p class="lesson-stamp">{" ".join(links)}</p>'
    return f"{html[: found.end()]} {row}{html[found.end() :]}"
