"""A new kind of code cell is put in as ARCHITECTURE.md says; page, notebook, programs and minutes know it by that."""

from __future__ import annotations

import subprocess
import sys

from planting import TITLE

PUT_IN = """
import sys
from pathlib import Path
from lessonkit.lesson import cells
cells.CODE_KINDS += ("trace",)
from lessonkit.lesson import parse
parse.OPTIONS["code"] += ("trace",)
parse.NAMES += ("trace",)
from lessonkit.pages import render
render.RENDERERS["trace"] = render.RENDERERS["code"]

from lessonkit.lesson.pace import paces
from lessonkit.notebooks.notebook import notebook
from lessonkit.notebooks.python_file import plain_program
from lessonkit.programs.standalone import programs

plain, traced = (parse.parse(Path("lesson.py"), text) for text in sys.stdin.read().split("====\\n"))
for made in (
    lambda lesson: render.to_markdown(lesson, "en"),
    lambda lesson: [(cell["source"], cell.get("outputs")) for cell in notebook(lesson, "en")["cells"]],
    lambda lesson: plain_program(lesson, "en"),
    lambda lesson: [program.text("en") for program in programs(lesson)],
    paces,
):
    print(made(plain) == made(traced), end=" ")
print(*(program.name for program in programs(traced)))
"""


def test_a_new_kind_is_a_name_an_option_and_a_renderer() -> None:
    texts = [f"{TITLE}# %%\nx = 1\n\n# %%{option}\nprint(x)\n# > 1\n" for option in ("", ' trace="steps"')]
    run = [sys.executable, "-c", PUT_IN]
    found = subprocess.run(run, input="====\n".join(texts), capture_output=True, text=True, encoding="utf-8")
    assert (found.stdout, found.stderr) == ("True True True True True cell-7 trace-steps\n", "")
