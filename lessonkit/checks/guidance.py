"""What an exercise gives to readers who are stuck: a hint before its solution, and a word with each case that fails."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from lessonkit.lesson.cells import Lesson, Problem, Prose
from lessonkit.lesson.prose import headings
from lessonkit.lesson.syntax_tree import parsed
from lessonkit.words import LANGUAGES

HINT = re.compile(r"^\?\?\?\+? tip\b", re.MULTILINE)


def without_hint(lesson: Lesson) -> Iterator[Problem]:
    """The exercises whose task, the prose of their section before them, has no folded hint."""
    task = dict.fromkeys(LANGUAGES, "")
    for cell in lesson.cells:
        if isinstance(cell, Prose):
            kept = {} if any(headings(cell.markdown)) else task
            task |= {lang: f"{kept.get(lang, '')}\n{cell.markdown}" for lang in LANGUAGES if cell.lang in (lang, "")}
        elif cell.kind == "exercise":
            if missing := [lang for lang, text in task.items() if not HINT.search(text)]:
                evidence, hint = (lesson.lines[cell.line - 1],), 'Write one below its task, folded: ??? tip "Hint"'
                sentence = f"the task of this exercise has no hint in {' and '.join(missing)}"
                yield Problem(lesson.path, cell.line, sentence, evidence, hint)
            task = dict.fromkeys(LANGUAGES, "")


def without_message(lesson: Lesson) -> Iterator[Problem]:
    """The asserts of checks that fail without a word."""
    hint = 'Say in a few words which case it is: assert ..., "all the same"'
    for exercise in lesson.exercises.values():
        for statement in exercise.check.statements:
            for node in (inner for top in parsed(statement.source) for inner in ast.walk(top)):
                if isinstance(node, ast.Assert) and node.msg is None:
                    line = statement.line + node.lineno - 1
                    evidence = (lesson.lines[line - 1].strip(),)
                    yield Problem(lesson.path, line, "this assert of a check fails without a word", evidence, hint)
