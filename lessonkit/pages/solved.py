"""What a page tells assets/site/exercises.js, which keeps and counts the exercises that a reader has solved."""

from __future__ import annotations

from lessonkit.lesson.cells import Lesson
from lessonkit.words import say


def exercise_count(lesson: Lesson, lang: str) -> str:
    """How many exercises of a lesson are solved, behind a space; the browser counts. "" without any."""
    if not lesson.exercises:
        return ""
    text = say(lang, "exercises", done="<b>0</b>", all=len(lesson.exercises))
    return f' <span class="exercise-count"{exercises_told(lesson)}>{text}</span>'


def header_count(lesson: Lesson, lang: str) -> str:
    """The same for the header of a page, where only numbers fit on a phone. "" without any."""
    if not lesson.exercises:
        return ""
    words = f"<span>{say(lang, 'solved')} </span>"
    return f'<span class="exercise-count"{exercises_told(lesson)}>{words}<b>0</b>/{len(lesson.exercises)}</span>'


def exercises_told(lesson: Lesson) -> str:
    """The attribute that names a lesson and its exercises in the order of the page. "" without exercises."""
    return f' data-exercises="{" ".join((lesson.slug, *lesson.exercises))}"' if lesson.exercises else ""
