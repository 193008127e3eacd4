"""A figure's recorded SVG made fit to stand in a page: the page's colours, language, ids and text alternative.

Needs no Matplotlib. `HOUSE` are the colours in which figures.py lets lessons draw; each becomes a CSS variable
of the same name (lessonkit/assets/site/figures.css gives its light and its dark value). Any other colour stays.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import Any

from lessonkit.drawing.svg_document import number, read_svg, size_of
from lessonkit.drawing.svg_path import LONG_NUMBER, path, short

HOUSE = {
    "ink": "#1f2430",
    "paper": "#fefefe",
    "axis": "#7c828d",
    "grid": "#e1e4ea",
    "c0": "#2560c8",
    "c1": "#c4520a",
    "c2": "#35a189",
    "c3": "#4a1259",
    "c4": "#97164c",
    "c5": "#57520a",
    "c6": "#1c7aa8",
    "c7": "#6e737c",
}
"""What the colours of the house style are called; c0 to c7 are Matplotlib's C0 to C7, c7 is the grey one."""

_VARIABLE = {value: f"var(--fig-{name})" for name, value in HOUSE.items()}
_SHOWN_WIDTH = 1.12
"""CSS pixels of a figure on a wide page for each point that Matplotlib drew: 6.4 inches become 516 pixels."""

_SLACK = 4
"""How many points a text may stand out of its figure."""

_FUNCTIONS, _UNITS = (
    {"log", "ln", "exp", "sin", "cos", "tan", "tanh", "inf", "nan"},
    {"ms", "μs", "µs", "kB", "MB", "GB"},
)
_SAME_IN_EVERY_LANGUAGE = _FUNCTIONS | _UNITS
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’-](?=\w))*")
_POWER = re.compile(r"(?<![^\W\d_])\d+(?:\.\d+)?[eE][-+−]?\d+")
_INDICES = "0123456789₀₁₂₃₄₅₆₇₈₉ᵢⱼₖₙ"
_REFERENCE = re.compile(r"(?<=url\(#)[^)]+(?=\))")
_GEOMETRY = frozenset({"d", "x", "y", "width", "height", "stroke-width", "stroke-dasharray", "font-size"})
_DROPPED = frozenset({"font-family", "type", "version"})


class FigureError(ValueError):
    """A figure that cannot be shown as it is; the text says why and what corrects it."""


def labels(figure: Mapping[str, Any] | str) -> list[str]:
    """The distinct texts of a figure (its SVG or its drawn data) that each language writes in its own way, as drawn.

    Numbers need no translation, nor do lone letters (`T`, `w1`), formulas of them (`T = 0.5`, `−log p`) and units.
    """
    found = _svg_texts(ET.fromstring(figure)) if isinstance(figure, str) else _data_texts(figure)
    return [text for text in dict.fromkeys(map(str.strip, found)) if _needs_translation(text)]


def _needs_translation(text: str) -> bool:
    """Whether a word is left when numbers, letters with their indices, function names and units are taken away."""
    words = _WORD.findall(_POWER.sub("", text))
    return any(len(word.rstrip(_INDICES)) > 1 and word not in _SAME_IN_EVERY_LANGUAGE for word in words)


def _svg_texts(root: ET.Element) -> Iterator[str]:
    for element in root.iter():
        if element.tag.rpartition("}")[2] == "text":
            yield "".join(element.itertext())


def _data_texts(data: Mapping[str, Any]) -> Iterator[str]:
    """The texts in drawn data: what stands under `texts`, and the `text` of each note."""
    for axes in (*data.get("axes", ()), data):
        for value in axes.get("texts", {}).values():
            yield from [value] if isinstance(value, str) else value
        yield from (note["text"] for note in axes.get("notes", ()))


def inline_svg(svg: str, *, name: str, alt: str, labels: Mapping[str, str] | None) -> str:
    """One `<svg>` element, on one line, to stand in HTML.

    `name` keeps its ids apart from those of other figures of the page, `alt` is its text alternative, and `labels`
    gives each text that needs it in the page's language (None: the texts stay). Raises FigureError when a text has no
    form in `labels`, when `labels` has one for a text that the figure does not show, or when a form is too long, and
    DamagedFigure for what is no recorded figure.
    """
    if not re.fullmatch(r"[\w.-]+", name):
        raise FigureError(f"a figure's name is made of letters, digits, _, - and ., not {name!r}")
    root = read_svg(svg)
    if labels is not None:
        _check_labels(root, labels)
    _plain_names(root)
    _tidy(root)
    _rename_ids(root, name)
    if labels:
        for element in root.iter("text"):
            _translate(element, labels)
        _refuse_long(root)
    width, height = size_of(root)
    root.attrib = {
        "class": "notranslate",  # a page translator would put HTML into the texts and so make them vanish
        "role": "img",
        "aria-label": " ".join(alt.split()),
        "viewBox": short(root.get("viewBox", "")),
        "width": f"{width * _SHOWN_WIDTH:.0f}",
        "height": f"{height * _SHOWN_WIDTH:.0f}",
        "stroke-linejoin": "round",
        "stroke-linecap": "butt",
        "data-search-exclude": "",
    }
    return ET.tostring(root, encoding="unicode")


def _check_labels(root: ET.Element, forms: Mapping[str, str]) -> None:
    """Raises FigureError unless each text that needs one has a form, and each form a text."""
    shown = list(dict.fromkeys(map(str.strip, _svg_texts(root))))
    missing = [text for text in shown if _needs_translation(text) and not forms.get(text, "").strip()]
    unused = [text for text in forms if text not in shown]
    parts = []
    if missing:
        parts.append(f"labels without a form in this language: {', '.join(map(repr, missing))}")
    if unused:
        parts.append(f"labels that the figure does not show: {', '.join(map(repr, unused))}")
    if parts:
        raise FigureError("; ".join(parts))


def _translate(element: ET.Element, forms: Mapping[str, str]) -> None:
    form = forms.get("".join(element.itertext()).strip())
    if form:
        element[:] = []
        element.text = form.strip()


def _refuse_long(root: ET.Element) -> None:
    """Raises FigureError for texts that surely leave the figure (Hangul is 0.9 em wide, other characters about 0.5)."""
    size = size_of(root)
    for element in root.iter("text"):
        said = "".join(element.itertext())
        turned = element.get("transform", "")
        upright = "rotate" in turned
        if "x" not in element.attrib or (upright and "rotate(-90" not in turned):
            continue
        wide = sum(unicodedata.east_asian_width(one) in "WF" for one in said)
        long = (0.9 * wide + 0.5 * (len(said) - wide)) * number(element, "font-size")
        before = {"middle": long / 2, "end": long}.get(element.get("text-anchor", ""), 0)
        place = size[1] - number(element, "y") if upright else number(element, "x")
        room = size[1] if upright else size[0]
        if place - before < -_SLACK or place - before + long > room + _SLACK:
            raise FigureError(f"the label {said!r} is longer than its room; shorten it, or move it in the code")


def _plain_names(root: ET.Element) -> None:
    """Takes namespaces away (HTML has none), drops metadata and style sheets, turns inline styles into attributes."""
    for parent in list(root.iter()):
        parent.tag = parent.tag.rpartition("}")[2]
        for child in [child for child in parent if re.search(r"\}(metadata|style)$", child.tag)]:
            parent.remove(child)
        given = {key.rpartition("}")[2]: value for key, value in parent.attrib.items()}
        declarations = (part.split(":", 1) for part in given.pop("style", "").split(";") if part.strip())
        given |= {key.strip(): value.strip() for key, value in declarations}
        shown = {key: _value(key, value) for key, value in given.items() if key not in _DROPPED}
        parent.attrib = {key: value for key, value in shown.items() if value}


def _value(key: str, value: str) -> str:
    """An attribute's value with colours of the page and no more digits than the eye can see."""
    if key in ("fill", "stroke"):
        return _VARIABLE.get(value.lower(), value)
    if key == "d":
        return path(value)
    if key == "transform":
        value = re.sub(r"\s*rotate\(-?0(?:\.0+)? [^)]*\)", "", value)
        return LONG_NUMBER.sub(lambda match: f"{float(match[0]):.6g}", value)
    if key == "href":
        return "".join(value.split())
    if key in _GEOMETRY:
        return short(value.removesuffix("px"))
    return value


def _tidy(element: ET.Element) -> None:
    """Drops what is not seen and groups that say nothing, from the leaves up."""
    kept: list[ET.Element] = []
    for child in element:
        _tidy(child)
        if child.tag == "path" and child.get("fill") == "none" and child.get("stroke", "none") == "none":
            continue
        if child.tag in ("g", "defs") and not len(child):
            continue
        kept += child if child.tag == "g" and not set(child.attrib) - {"id"} else [child]
        child.tail = None
    if element.tag != "text":
        element.text = None
    element[:] = kept


def _rename_ids(root: ET.Element, name: str) -> None:
    """Numbers the ids that something refers to, behind the figure's name and a dot, and drops all others.

    Anchors of headings and the ids of the interface hold no dot, so none of them is ever met.
    """
    new: dict[str, str] = {}

    def renamed(old: str) -> str:
        return new.setdefault(old, f"{name}.{len(new) + 1}")

    for element in root.iter():
        for key in ("clip-path", "fill", "stroke"):
            if key in element.attrib:
                element.set(key, _REFERENCE.sub(lambda match: renamed(match[0]), element.attrib[key]))
        target = element.get("href", "")
        if target.startswith("#"):
            element.set("href", "#" + renamed(target[1:]))
    for element in root.iter():
        old = element.attrib.pop("id", "")
        if old in new:
            element.set("id", new[old])
