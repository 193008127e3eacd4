"""What a cell may need without saying so: aliases, counters, draws, settings. Each case's programs run alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from lessonkit.lesson.cells import Problem
from lessonkit.lesson.parse import read
from lessonkit.programs.snippet import Program, check_run, programs
from lessonkit.running.forest import Ran, run

CASES = sorted((Path(__file__).parent / "cases" / "snippets").glob("*.py"))
UNSEEN = {"unseen"}
"""Cases that no analysis of the text could see through; their authors are told."""


@pytest.fixture(scope="module")
def results() -> dict[str, list[tuple[Program, Ran]]]:
    """Every program of every case, run."""
    found = [program for path in CASES for program in programs(read(path))]
    by_case: dict[str, list[tuple[Program, Ran]]] = {path.stem: [] for path in CASES}
    for program, ran in zip(found, run([program.text("en") for program in found]), strict=True):
        by_case[program.lesson.name].append((program, ran))
    return by_case


def problem_of(program: Program, ran: Ran) -> Problem | None:
    return check_run(program, ran.output.splitlines(), ran.error)


@pytest.mark.parametrize("case", sorted({path.stem for path in CASES} - UNSEEN))
def test_every_program_of_the_case_runs_alone(case: str, results: dict[str, list[tuple[Program, Ran]]]) -> None:
    assert results[case]
    for program, ran in results[case]:
        problem = problem_of(program, ran)
        assert problem is None, f"{problem}\n\n{program.text('en')}"


def test_what_no_analysis_sees_is_caught_by_running(results: dict[str, list[tuple[Program, Ran]]]) -> None:
    *_, (program, ran) = results["unseen"]
    problem = problem_of(program, ran)
    assert problem.sentence == "the program of this code cell does not run alone as it does in the lesson"
    assert "- 3" in problem.evidence
    assert "+ 1" in problem.evidence
    assert problem.mend.endswith('needs="all"')


def test_a_program_that_lost_a_line_is_caught(results: dict[str, list[tuple[Program, Ran]]]) -> None:
    program = next(program for program, _ in results["alias"] if program.kept)
    text = program.text("en").split("\n")
    broken = run(["\n".join(text[1:])])[0]
    assert problem_of(program, broken) is not None
