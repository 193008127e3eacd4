"""The programs that readers can copy from the page of a lesson, run alone."""

from __future__ import annotations

import re

from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.programs.standalone import Program, check_run, programs
from lessonkit.running.outcome import Outcome
from lessonkit.running.prefix_tree import NOT_ENDED, Ran, run

TRAINS = re.compile(r"\.(?:step|backward|fit|partial_fit)\(")
"""What a program calls that learns from data, as it takes as long as the lesson itself."""


def check_programs(
    lesson: Lesson, lang: str, *, train: bool = True, seconds: float | None = None
) -> tuple[list[Problem], list[Program]]:
    """What is wrong with the programs of a page, and those that did not run or did not end.

    Without `train` those that learn from data do not run; all together have so many seconds.
    """
    made = [(program, program.text(lang)) for program in programs(lesson)]
    chosen = [(program, text) for program, text in made if train or not TRAINS.search(text)]
    late = [program for program, text in made if not train and TRAINS.search(text)]
    ran = run([text for _, text in chosen], seconds=seconds)
    results = [(program, result) for (program, _), result in zip(chosen, ran, strict=True)]
    late += [program for program, result in results if result.error == NOT_ENDED]
    problems = (failure(program, result) for program, result in results if result.error != NOT_ENDED)
    return [problem for problem in problems if problem], late


def failure(program: Program, ran: Ran, outcome: Outcome | None = None) -> Problem | None:
    """What is wrong with the run of a program, beside a run of its lesson if there is one.

    A starter must stop at an assert.
    """
    if program.starter:
        if ran.error and re.search(r"^\s*assert\b", ran.statement, re.MULTILINE):
            return None
        sentence = "the starter does not stop at an assert of its check, when it runs alone"
        evidence = (ran.error or "it ends without an error",)
        return Problem(program.lesson.path, program.cell.line, sentence, evidence, "An assert fails on the starter.")
    return check_run(program, ran.output.splitlines(), ran.error, run=outcome)
