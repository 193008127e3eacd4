"""What is wrong with a lab, as far as its texts tell: tests/browser/test_moving_labs.py compares what it computes."""

from __future__ import annotations

import ast
import gzip
import re
from collections.abc import Iterator
from functools import lru_cache
from string import Formatter

from lessonkit.checks.lab_record import data_file
from lessonkit.lesson.cells import CODE_LANGUAGE, Lesson, Problem, shown
from lessonkit.lesson.labs import Lab, labs
from lessonkit.pages.labs import lab_file, module, texts
from lessonkit.words import LANGUAGES

MOST = 4096
"""Bytes of a lab, compressed, with its words."""
PARTS = ("controls", "pictures", "solution", "compute", "draw", "say")
"""What a module consists of."""
GUIDE = 'CONTRIBUTING.md tells under "Making a lab" how it is done.'
_CONTROL = re.compile(r'\{\s*name:\s*"(?P<name>\w+)"(?P<rest>[^{}]*)\}')


def check_labs(lesson: Lesson) -> Iterator[Problem]:
    """The problems of the labs of a lesson."""
    for lab in labs(lesson):
        yield from _reference(lesson, lab)
        if module(lab).is_file():
            source = module(lab).read_text(encoding="utf-8")
            yield from _module(lab, source)
            yield from _words(lesson, lab, source)
            yield from _weight(lesson, lab)
        else:
            sentence = f'the lab "{lab.name}" has no module'
            yield Problem(lesson.path, lab.cell.line, sentence, (shown(module(lab)),), f"Write it: {GUIDE}")


def _reference(lesson: Lesson, lab: Lab) -> Iterator[Problem]:
    """The cell holds one function of the state."""
    body = ast.parse(lab.cell.sources[CODE_LANGUAGE]).body
    found = [node for node in body if isinstance(node, ast.FunctionDef)]
    taken = [[one.arg for one in node.args.args] for node in found if node.name == lab.function]
    if taken != [lab.arguments] or len(body) > 1:
        sentence = f'the reference of the lab "{lab.name}" is not one function of its {" and ".join(lab.arguments)}'
        hint = f"Write: def {lab.function}({', '.join(lab.arguments)}):"
        yield Problem(lesson.path, lab.cell.line, sentence, (), hint)


def _module(lab: Lab, source: str) -> Iterator[Problem]:
    """A part that is missing; a control that a screen reader could not name."""
    for part in PARTS:
        if not re.search(rf"^  {part}\b", source, re.MULTILINE):
            sentence = f'the lab "{lab.name}" has no `{part}`'
            yield Problem(module(lab), 1, sentence, (), f"Write it, indented by two spaces: {GUIDE}")
    for found in _CONTROL.finditer(source):
        if not re.search(r'\blabel:\s*"[^"]*\S', found["rest"]):
            line = source.count("\n", 0, found.start()) + 1
            sentence = f'the control "{found["name"]}" has no name that readers hear'
            yield Problem(module(lab), line, sentence, (), 'Give it one: label: "learning rate"')


def _words(lesson: Lesson, lab: Lab, source: str) -> Iterator[Problem]:
    """Texts of the module without a form in a language, and forms of texts that it does not say."""
    said = {text: line for line, text in texts(source)}
    for lang in LANGUAGES:
        line, forms = lab.questions[lang].line, lab.asks(lang).labels
        for text, at in said.items() if lang != CODE_LANGUAGE else ():
            if text not in forms:
                sentence = f'the lab "{lab.name}" says something that has no form in {lang}'
                hint = f"List it in this cell: - {text}: its form"
                yield Problem(lesson.path, line, sentence, (f"{shown(module(lab))}:{at}: {text}",), hint)
            elif _places(text) != _places(forms[text]):
                sentence = f"this form of a text does not fill in what the text fills in ({lang})"
                hint = "Both hold the same names in braces."
                yield Problem(lesson.path, line, sentence, (text, forms[text]), hint)
        for text in forms.keys() - said.keys():
            sentence = f'the lab "{lab.name}" does not say this ({lang})'
            yield Problem(lesson.path, line, sentence, (text,), "Correct the text, or remove its line.")


def _places(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text)} - {None}


def _weight(lesson: Lesson, lab: Lab) -> Iterator[Problem]:
    if lab.variable and (path := data_file(lesson, lab.name)).is_file():
        size = _weighed(path.read_bytes())
        if size > lab.most:
            sentence = f'the data of the lab "{lab.name}" weigh {size:,} bytes, compressed, of at most {lab.most:,}'
            hint = "Round more, leave something out, or allow more in the marker of the lab."
            yield Problem(lesson.path, lab.cell.line, sentence, (shown(path),), hint)
    for lang in LANGUAGES:
        size = _weighed(lab_file(lab, lang)[1].encode())
        if size > MOST:
            sentence = f'the lab "{lab.name}" weighs {size:,} bytes in {lang}, compressed, of at most {MOST:,}'
            yield Problem(module(lab), 1, sentence, (), "Leave something out, or let the kit do it for all labs.")


@lru_cache(maxsize=128)
def _weighed(content: bytes) -> int:
    return len(gzip.compress(content, mtime=0))
