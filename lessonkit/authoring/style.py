"""How the code of a lesson is laid out, and what else ruff says of it, where a course has rules of its own for that."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from lessonkit.lesson.cells import Problem, shown, split_lines
from lessonkit.lesson.text_file import read_text

RULES = "ruff.toml"
"""Beside the lessons; without it, and where ruff is not installed, nothing is asked of their style."""


def check_style(path: Path) -> list[Problem]:
    """The first line that `ruff format` would write otherwise, and each that `ruff check` reports."""
    if find_spec("ruff") is None or not path.with_name(RULES).is_file():
        return []
    problems, lines = [], split_lines(read_text(path))
    layout = _said("format", "--diff", path)
    if found := re.search(r"^@@ -(\d+).*\n((?: .*\n)*)[-+]", layout, re.MULTILINE):
        line = min(int(found[1]) + found[2].count("\n"), len(lines))
        sentence, hint = "`ruff format` lays this line out otherwise", f"Run: ruff format {shown(path)}"
        problems.append(Problem(path, line, sentence, (lines[line - 1],), hint))
    for one in json.loads(_said("check", "--output-format=json", path) or "[]"):
        line, sentence = one["location"]["row"], f"ruff says {one['code']}: {one['message']}"
        hint = f"Run: ruff check --fix {shown(path)}" if one["fix"] else f"Correct it; {one['url']} says why."
        problems.append(Problem(path, line, sentence, (lines[line - 1],), hint))
    return problems


def _said(*arguments: str | Path) -> str:
    command = [sys.executable, "-m", "ruff", *arguments, "--quiet"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False).stdout
