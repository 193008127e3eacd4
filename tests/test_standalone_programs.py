"""Every program that a reader can copy from the built pages runs alone and does what the lesson does there.

The programs run before the site is built: that the pages offer the same texts is a test of its own.
"""

from __future__ import annotations

import ast
import random
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from copied import programs_of_page
from program_state import check_state, compared

from lessonkit.authoring.run_programs import failure
from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import read
from lessonkit.programs.page_programs import block_program
from lessonkit.programs.standalone import Program, check_run
from lessonkit.running.description import UNREAD
from lessonkit.running.outcome import Outcome
from lessonkit.running.prefix_tree import Ran, run
from lessonkit.running.run import Runner, environment
from lessonkit.words import LANGUAGES

ROOT = Path(__file__).parent.parent
LESSONS = sorted((ROOT / "lessons").glob("*.py"))
SLOW = {"regularization_lab", "mnist_capstone", "train_val_test", "training_recipe"}
FOLDERS = {"ko": "", "en": "en"}


def pages(site: Path, lesson: Lesson) -> dict[str, dict[int, str]]:
    return {
        lang: programs_of_page((site / FOLDERS[lang] / lesson.slug / "index.html").read_text(encoding="utf-8"))
        for lang in LANGUAGES
    }


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request: pytest.FixtureRequest) -> Lesson:
    return read(request.param)


def offered(lesson: Lesson, lang: str) -> dict[int, tuple[Program, str]]:
    """The programs of a page with their texts, by the numbers of their blocks."""
    numbers = range(len(lesson.blocks(lang)))
    return {n: (program, program.text(lang)) for n in numbers if (program := block_program(lesson, n, lang))}


@pytest.mark.rest
def test_both_languages_offer_the_same_programs(site: Path, lesson: Lesson) -> None:
    found = pages(site, lesson)
    assert len(found["ko"]) == len(lesson.blocks("ko"))
    for lang, texts in found.items():
        assert {n: text for n, (_, text) in offered(lesson, lang).items()}.items() <= texts.items()
    trees = {lang: [ast.dump(ast.parse(text)) for text in programs.values()] for lang, programs in found.items()}
    assert trees["ko"] == trees["en"]
    assert all("# ko:" not in text and "# en:" not in text for programs in found.values() for text in programs.values())


@pytest.mark.rest(100)
def test_every_program_runs_alone(lesson: Lesson, runner: Runner, record_property) -> None:
    wanted = offered(lesson, "en")
    programs, texts = zip(*wanted.values(), strict=True)
    results = list(zip(programs, run(texts, names=True), strict=True))
    outcome = runner.run(lesson, names=True)
    assert not outcome.problems, "\n\n".join(map(str, outcome.problems))
    problems = failures(results, outcome)
    if problems:  # what differs from process to process, as the time of day does, is no fault
        with Runner() as other:
            problems = failures(results, outcome, other.run(lesson, names=True))
    names = sum(len(compared(program, outcome, ran)) for program, ran in results if not program.starter)
    found = f"{lesson.name}: {len(wanted) - len(problems)} of {len(wanted)}, {names} names as in the lesson"
    record_property("programs", f"{found}, {share(lesson, wanted)}")
    assert not problems, "\n\n".join(map(str, problems))
    unread = [
        f"line {line}: {name}"
        for line, reported in outcome.names.items()
        for name in reported
        if UNREAD in reported[name].said
    ]
    assert not unread, f"nobody knows what these stand for: {unread}"


def share(lesson: Lesson, wanted: Mapping[int, tuple[Program, str]]) -> str:
    """How long the programs are, beside all the code of their pages down to their cells."""
    shown = [len(text.splitlines()) for text, _, _ in lesson.blocks("en")]
    lines = sum(len(text.splitlines()) for _, text in wanted.values())
    return f"{lines / sum(sum(shown[: number + 1]) for number in wanted):.0%} of the lines down to their cells"


def failures(results: Sequence[tuple[Program, Ran]], outcome: Outcome, again: Outcome | None = None) -> list[object]:
    """What is wrong with the programs, beside a run of the lesson, or two."""
    found = (failure(program, ran, outcome) or check_state(program, outcome, ran, again) for program, ran in results)
    return [problem for problem in found if problem]


@pytest.mark.rest
def test_a_random_sample_runs_in_a_bare_interpreter(
    site: Path, tmp_path: Path, runner: Runner, record_property
) -> None:
    seed = int(time.time())
    lesson = read(random.Random(seed).choice([path for path in LESSONS if path.stem not in SLOW]))
    texts = pages(site, lesson)["ko"]
    numbers = [n for n in texts if (program := block_program(lesson, n, "ko")) and not program.starter]
    sample = random.Random(seed).sample(numbers, 2)
    record_property("programs", f"{lesson.name}: blocks {sample} also as python -I in empty folders (seed {seed})")
    outcome = runner.run(lesson)
    for number in sample:
        folder = tmp_path / str(number)
        folder.mkdir()
        path = folder / "program.py"
        path.write_text(texts[number], encoding="utf-8")
        command = [sys.executable, "-I", path.name]
        done = subprocess.run(
            command, cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False
        )
        program = block_program(lesson, number, "ko")
        error = done.stderr.strip().rpartition("\n")[2] if done.returncode else ""
        problem = check_run(program, done.stdout.splitlines(), error, run=outcome)
        assert not problem, f"seed {seed}: {problem}"
        assert [path.name for path in folder.iterdir()] == ["program.py"]
