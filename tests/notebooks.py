"""Runs the notebook of a lesson in a real kernel and tells where it shows something else than the lesson."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from lessonkit.checks.compare import Rule
from lessonkit.lesson.cells import Lesson, Problem
from lessonkit.lesson.exercises import solution
from lessonkit.notebooks.notebook import Part, notebook, parts, to_json
from lessonkit.running.provenance import Platform, read_record
from lessonkit.running.run import environment

HERE = "import json\nfrom lessonkit.running.provenance import Platform\nprint(json.dumps(Platform.here().as_dict()))"


def differences(lesson: Lesson, lang: str, folder: Path) -> list[Problem]:
    """What the notebook shows otherwise when a kernel runs it, with the solutions in the place of their starters."""
    cells = list(parts(lesson, lang, ""))
    ran = _run(lesson, lang, cells, folder)
    platform = Platform(**json.loads(ran.cells.pop().outputs[0]["text"]))
    record = read_record(lesson)
    problems = []
    for part, cell in zip(cells, ran.cells, strict=True):
        if part.is_code:
            rule = Rule(record is None or record.platform == platform, part.cell.tolerance)
            problems += _of_cell(lesson, part, cell.outputs, rule)
    return problems


def _run(lesson: Lesson, lang: str, cells: list[Part], folder: Path) -> nbformat.NotebookNode:
    book = nbformat.reads(to_json(notebook(lesson, lang)), as_version=4)
    for part, cell in zip(cells, book.cells, strict=True):
        if part.is_code:
            cell.outputs = []
        if part.kind == "exercise":
            cell.source = solution(part.cell.sources[lang])
    book.cells.append(nbformat.v4.new_code_cell(HERE))
    env = {
        key: value for key, value in environment().items() if key != "MPLBACKEND"
    }  # Jupyter has a backend of its own
    client = NotebookClient(
        book, timeout=lesson.head.time_limit, allow_errors=True, resources={"metadata": {"path": folder}}
    )
    return client.execute(env=env)


def _of_cell(lesson: Lesson, part: Part, outputs: list, rule: Rule) -> list[Problem]:
    def problem(sentence: str, *evidence: str) -> Problem:
        return Problem(lesson.path, part.line, f"in Jupyter this cell {sentence}", evidence)

    printed = "".join(output["text"] for output in outputs if output.get("name") == "stdout")
    lines = tuple(line.rstrip() for line in printed.split("\n")[:-1])
    problems = [] if rule.same_lines(part.cell.recorded, lines) else [problem("prints something else", *lines)]
    for output in outputs:
        match output["output_type"]:
            case "error":
                problems.append(problem(f"raises {output['ename']}: {output['evalue']}"))
            case "execute_result":
                problems.append(problem("shows the value of its last line", output["data"]["text/plain"]))
            case "stream" if output["name"] == "stderr":
                problems.append(problem("writes to standard error", *output["text"].splitlines()))
    pictures = sum("image/png" in output.get("data", {}) for output in outputs)
    if pictures != (part.kind == "figure"):
        problems.append(problem(f"draws {pictures} figures"))
    return problems
