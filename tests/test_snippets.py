"""Every program that a reader can copy from the built pages runs alone and prints what its page says."""

from __future__ import annotations

import ast
import random
import re
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import read
from lessonkit.programs.runnable import block_program, blocks, programs_of_page
from lessonkit.programs.snippet import Program, check_run
from lessonkit.running.forest import Ran, run
from lessonkit.running.run import environment
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


def test_both_languages_offer_the_same_programs(site: Path, lesson: Lesson) -> None:
    found = pages(site, lesson)
    assert len(found["ko"]) == len(blocks(lesson, "ko"))
    trees = {lang: [ast.dump(ast.parse(text)) for text in programs.values()] for lang, programs in found.items()}
    assert trees["ko"] == trees["en"]
    assert all("# ko:" not in text and "# en:" not in text for programs in found.values() for text in programs.values())


@pytest.mark.rest(100)
def test_every_program_runs_alone(site: Path, lesson: Lesson, record_property) -> None:
    texts = pages(site, lesson)["en"]
    wanted = {number: program for number in texts if (program := block_program(lesson, number, "en"))}
    results = run([texts[number] for number in wanted])
    problems = [
        problem
        for (number, program), ran in zip(wanted.items(), results, strict=True)
        if (problem := failure(program, ran))
    ]
    record_property(
        "programs", f"{lesson.name}: {len(wanted) - len(problems)} of {len(wanted)}, {share(lesson, texts, wanted)}"
    )
    assert not problems, "\n\n".join(map(str, problems))


def share(lesson: Lesson, texts: dict[int, str], wanted: Iterable[int]) -> str:
    """How long the programs are, beside all the code of their pages down to their cells."""
    shown = [len(text.splitlines()) for text, _, _ in blocks(lesson, "en")]
    lines = sum(len(texts[number].splitlines()) for number in wanted)
    return f"{lines / sum(sum(shown[: number + 1]) for number in wanted):.0%} of the lines down to their cells"


def failure(program: Program, ran: Ran) -> object:
    """What is wrong with the run of a program; a starter must stop at an assert."""
    if program.starter:
        stops = ran.error and re.search(r"^\s*assert\b", ran.statement, re.MULTILINE)
        return None if stops else f"{program.name}: the starter does not stop at an assert ({ran.error})"
    return check_run(program, tuple(line.rstrip() for line in ran.output.splitlines()), ran.error)


@pytest.mark.rest
def test_a_random_sample_runs_in_a_bare_interpreter(site: Path, tmp_path: Path, record_property) -> None:
    seed = int(time.time())
    lesson = read(random.Random(seed).choice([path for path in LESSONS if path.stem not in SLOW]))
    texts = pages(site, lesson)["ko"]
    numbers = [n for n in texts if (program := block_program(lesson, n, "ko")) and not program.starter]
    sample = random.Random(seed).sample(numbers, 2)
    record_property("programs", f"{lesson.name}: blocks {sample} also as python -I in empty folders (seed {seed})")
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
        problem = check_run(
            program, tuple(line.rstrip() for line in done.stdout.splitlines()), done.stderr.strip().rpartition("\n")[2]
        )
        assert not problem, f"seed {seed}: {problem}"
        assert [path.name for path in folder.iterdir()] == ["program.py"]
