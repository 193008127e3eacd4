"""The plain program of a lesson: what stands in it, and that it runs as it is."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest
from sampled import TRAINING, sampled

from lessonkit.checks.compare import Rule
from lessonkit.lesson.cells import CODE_LANGUAGE, LessonError
from lessonkit.lesson.labs import labs
from lessonkit.lesson.parse import parse, read
from lessonkit.notebooks.python_file import plain_program
from lessonkit.running.run import environment
from lessonkit.words import LANGUAGES

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests" / "cases" / "notebook" / "small.py"
LESSONS = sorted((ROOT / "lessons").glob("*.py"))
EXPECTED = '''\
# %%
# 세 수
numbers = [1, 2, 3]
print("The sum is", sum(numbers))
# > The sum is 6
for number in numbers:
    print(number)
# > 1
# > 2
# > 3
numbers.copy()  # a value that Jupyter would show

# %% [markdown]
# ## 그림
#
# [앞의 합](#sum-and-mean)과 [교차 엔트로피](cross_entropy.py#floor), 용어.

# %%
import matplotlib.pyplot as plt

fig, ax = plt.subplots()
ax.bar([1, 2, 3], numbers)
ax.set_ylabel("height")

# %% [markdown]
# **그림.** 막대가 점점 높아집니다.

# %%
def mean(values):
    ...

# %%
# 답을 확인하려면 False를 True로 바꾸고 실행하세요. 오류가 없으면 맞은 것입니다.
if False:
    assert mean([1, 2, 3]) == 2
    text = """one
two"""
    print(mean([1, 2]), len(text))

# %%
print(sum(numbers) / 7)
# > 0.8571428571428571
'''
END = """
# %% [markdown]
# ## Solutions
#
# ### 1. mean
#
# ```python
# def mean(values):
#     return sum(values) / len(values)
# ```
#
# ```text
# 1.5 7
# ```
#
# Common wrong answers:
#
# It does not divide the sum by the count.
#
# ```python
# def mean(values):
#     return sum(values)
# ```
#
# This is the largest value.
#
# ```python
# def mean(values):
#     return max(values)
# ```
#
# This is the smallest value.
#
# ```python
# def mean(values):
#     return min(values)
# ```

# %%
# Show the figures in windows.
plt.show()
"""


def output(program: str, folder: Path) -> tuple[str, ...]:
    """What a program prints, run in an empty folder by a Python that knows nothing of this project."""
    path = folder / "program.py"
    path.write_text(program, encoding="utf-8")
    command = [sys.executable, "-I", "-W", "ignore", str(path)]
    done = subprocess.run(
        command, cwd=folder, env=environment(), capture_output=True, text=True, encoding="utf-8", timeout=600
    )
    assert done.returncode == 0, done.stderr
    assert [path.name for path in folder.iterdir()] == ["program.py"]
    return tuple(line.rstrip() for line in done.stdout.split("\n")[:-1])


def test_the_program_of_a_lesson() -> None:
    assert EXPECTED in plain_program(read(SMALL), "ko", lessons=["cross_entropy"])
    assert plain_program(read(SMALL), "en").endswith(END)


def test_it_says_what_the_marks_are_and_links_to_the_site() -> None:
    program = plain_program(read(SMALL), "en", site_url="https://example.org/en/", lessons=["cross_entropy"])
    assert "# The content is that of [this lesson's web page](https://example.org/en/small/)." in program
    assert "Below code, lines with `# >` are recorded outputs." in program
    assert "[cross entropy](https://example.org/en/cross-entropy/#floor)" in program


def test_only_anchors_that_are_linked_to_stay() -> None:
    program = plain_program(read(SMALL), "ko")
    assert program.startswith('# %% [markdown]\n# <a id="sum-and-mean"></a>\n#\n# # 합과 평균\n')
    assert program.count("<a id") == 1


def test_a_title_that_python_would_take_for_the_encoding_of_the_file() -> None:
    title, head = "# # One-hot encoding: from labels to vectors", "# ---\n# needs: []\n# ---\n"
    prose = f'# %% [markdown] lang="ko"\n{title} {{ #one }}\n\n# %% [markdown] lang="en"\n{title} {{ #one }}\n'
    program = plain_program(parse(SMALL, f"{head}{prose}# %%\nprint(1)\n# > 1\n"), "en")
    assert program.startswith(f"# %% [markdown]\n#\n{title}\n")
    compile(program.encode(), "program", "exec")
    with pytest.raises(LessonError, match=r"small.py:2: `python` does not run this file"):
        parse(SMALL, prose)


@pytest.mark.parametrize("comment", ["# One-hot encoding: rows", "# ko: 인코딩 encoding=rows\n# en: encoding=rows"])
def test_a_comment_that_python_would_take_for_the_encoding_of_a_program(comment: str) -> None:
    prose = SMALL.read_text(encoding="utf-8").partition("# %%\n")[0]
    assert parse(SMALL, f"{prose}# %%\n{comment.replace('rows', 'utf-8')}\nx = 1\n")
    with pytest.raises(LessonError, match="a program that begins with this comment does not run"):
        parse(SMALL, f"{prose}# %%\n{comment}\nx = 1\n")


def test_jupytext_reads_its_cells() -> None:
    book = jupytext.reads(plain_program(read(SMALL), "ko"), fmt="py:percent")
    kinds = "".join(cell.cell_type[0] for cell in book.cells)
    assert kinds == "mmcmcmcccmmmc"
    assert book.cells[0].source.startswith('<a id="sum-and-mean"></a>\n\n# 합과 평균\n')


def test_comments_below_a_statement_stay_with_it() -> None:
    text = SMALL.read_text(encoding="utf-8").replace("    print(number)\n", "    print(number)\n    # > no output\n")
    assert "    print(number)\n    # > no output\n# > 1\n" in plain_program(parse(SMALL, text), "ko")


@pytest.mark.rest
def test_it_runs_as_it_is_and_tells_when_an_exercise_is_solved(tmp_path: Path) -> None:
    program = plain_program(read(SMALL), "ko")
    assert output(program, tmp_path) == ("The sum is 6", "1", "2", "3", "0.8571428571428571")
    solved = program.replace("    ...", "    return sum(values) / len(values)").replace("if False:", "if True:")
    assert "1.5 7" in output(solved, tmp_path)
    with pytest.raises(AssertionError, match="AssertionError"):
        output(program.replace("if False:", "if True:"), tmp_path)


@pytest.mark.parametrize("path", sampled(LESSONS, 8), ids=lambda path: path.stem)
def test_both_languages_are_the_same_program(path: Path) -> None:
    lesson = read(path)
    trees = [ast.dump(ast.parse(plain_program(lesson, lang))) for lang in LANGUAGES]
    assert trees[0] == trees[1]


@pytest.mark.parametrize("path", sampled(LESSONS, 8), ids=lambda path: path.stem)
def test_the_program_of_a_lesson_has_its_statements_in_order(path: Path) -> None:
    """And no others, but for the lab's reference, exercises that are yet to be solved, and the windows at the end."""
    lesson = read(path)
    ran = [cell for cell in lesson.code if cell.kind in ("code", "figure")]
    own = [one for cell in ran for one in statements(cell.sources[CODE_LANGUAGE])]
    asked = [lab.cell.sources[CODE_LANGUAGE] for lab in labs(lesson)]
    asked += [exercise.starter("ko") for exercise in lesson.exercises.values()]
    more = [one for source in asked for one in statements(source)]
    program = statements(plain_program(lesson, "ko"))
    assert [one for one in program if one in own] == own
    rest = [one for one in program if one not in own and one not in more and not one.startswith("if False:")]
    assert rest == ["plt.show()"] * any(cell.kind == "figure" for cell in ran)


def statements(source: str) -> list[str]:
    """Statements as Python would write them."""
    return [ast.unparse(statement) for statement in ast.parse(source).body]


@pytest.mark.rest(30)
@pytest.mark.parametrize("path", [path for path in LESSONS if path.stem not in TRAINING], ids=lambda path: path.stem)
def test_the_program_of_a_lesson_prints_what_is_recorded(path: Path, tmp_path: Path) -> None:
    lesson = read(path)
    cells = [cell for cell in lesson.code if cell.kind in ("code", "figure")]
    found = iter(output(plain_program(lesson, "ko"), tmp_path))
    for cell in cells:
        for recorded in cell.recorded:
            assert Rule(False, cell.tolerance).same_text(recorded, line := next(found)), f"{path}:{cell.line}: {line}"
    assert list(found) == []
