"""A teacher's tools: a first lesson from `new` to green, what is brought from elsewhere, and each bad input."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_site import make_project

from lessonkit import cli
from lessonkit.authoring.all_checks import Whole
from lessonkit.authoring.nav import with_page
from lessonkit.authoring.prose import tidied
from lessonkit.authoring.restructuredtext import to_markdown
from lessonkit.authoring.style import check_style
from lessonkit.authoring.template import new_lesson
from lessonkit.checks.guidance import without_hint, without_message
from lessonkit.checks.lengths import wide_lines
from lessonkit.lesson.cells import LessonError, Problem
from lessonkit.lesson.parse import read

STYLE = """# %%
x = 1
def f():
    return x
"""
SETTINGS = """# the course
nav:
  - index.md
  - First part:   # a comment
      - a.md
      - b.md      # the last one
  - Reference:
      - c.md
extra: {x: 1}
"""
WRITTEN = {
    "이 레슨이 무엇을 다루는지 한두 문장으로 소개합니다": "세 수의 평균과 폭을 구합니다",
    "읽고 나면 할 수 있는 일을 적습니다": "평균을 구합니다",
    "아래 코드가 무엇을 하는지 설명합니다": "세 수의 평균을 계산합니다",
    "이 값들이 무엇인지 적습니다": "세 수",
    "그림이 말하는 한 문장을 적습니다": "막대가 점점 높아집니다",
    "그림을 보지 못하는 사람에게 축과 값과 모양을 말해 줍니다": "막대 세 개가 왼쪽에서 오른쪽으로 높아집니다",
    "무엇을 해 볼지 적습니다": "폭을 직접 구해 봅시다",
    "어떤 값을 소수 몇째 자리까지 구할지 적습니다": "합이 12가 되는 넷째 수를 소수 둘째 자리까지 구해 보세요",
    "다른 값을 묻습니다": "평균이 4가 되려면 몇 배를 해야 하는지 소수 둘째 자리까지 구해 보세요",
    "문제를 한 문장으로 적습니다": "가장 큰 값과 가장 작은 값의 차를 구해 보세요",
    "질문을 적습니다": "수를 모두 두 배로 하면 평균은 어떻게 될까요?",
    "그럴듯한 오답": "그대로입니다",
    "왜 고르게 되고 왜 틀렸는지 적습니다": "더하기에서 온 생각이지만, 수가 모두 커지면 평균도 커집니다",
    "정답": "두 배가 됩니다",
    "왜 맞는지 적습니다": "합이 두 배가 되고 개수는 그대로입니다",
    "다른 오답": "네 배가 됩니다",
    "이 답이 왜 틀렸는지 적습니다": "분산과 혼동한 답입니다",
    "say in a sentence or two what this lesson is about": "Find the mean and the spread of numbers",
    "name what readers can do afterwards": "Compute a mean",
    "say what the code below does": "The mean is computed below",
    "say what these values are": "three numbers",
    "say in one sentence what the figure shows": "The bars rise",
    "tell axes, values and shape to whoever cannot see it": "Three bars rise from left to right",
    "say what to try": "Find the spread by yourself",
    "say which number to find, and to how many digits": "Which fourth number makes the sum 12, to two digits",
    "ask for another number": "By how much must the numbers be multiplied to make the mean 4, to two digits",
    "ask in one sentence": "Find the difference between the largest and the smallest value",
    "ask a question": "What happens to the mean if every number is doubled?",
    "a plausible wrong answer": "It stays the same",
    "say why it tempts and why it is wrong": "Adding comes to mind, but where all numbers grow, so does their mean",
    "the right answer": "It doubles",
    "say why it is right": "The sum doubles, and the count stays",
    "another wrong answer": "It is four times as large",
    "say why this one is wrong": "This takes the mean for the variance",
}
"""What a teacher writes for each TODO of a new lesson."""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small course that is the current folder."""
    monkeypatch.chdir(make_project(tmp_path))
    return tmp_path


def files(course: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in course.rglob("*") if path.is_file()}


def sentences(path: Path) -> list[str]:
    """What is wrong with a lesson without running it."""

    def never() -> None:
        raise LessonError(Problem(path, 1, "not recorded, as it does not run"))

    return [problem.sentence for problem in Whole(path, never).problems()]


def write(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for todo, said in WRITTEN.items():
        text, count = re.subn(f"TODO:? {re.escape(todo)}", said, text)
        assert count == 1
    assert "TODO" not in text
    path.write_text(text, encoding="utf-8")


def test_what_a_new_lesson_leaves_to_its_teacher_fails(course: Path, capsys) -> None:
    assert cli.main(["new", "mean", "--ko", "평균", "--en", "Means"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "1. Write what is marked TODO in lessons/mean.py, in both languages.",
        "2. Record the outputs and read them: lessonkit record mean",
        "3. Check it, then look at it: lessonkit check mean && mkdocs serve",
    ]
    path = course / "lessons" / "mean.py"
    todo = sum(line.count("TODO") for line in read(path).lines)
    unfinished = [one for one in sentences(path) if "is not finished" in one]
    assert len(unfinished) == todo == len(WRITTEN)
    assert "good.md, mean.md" in (course / "mkdocs.yml").read_text(encoding="utf-8")
    write(path)
    assert not [one for one in sentences(path) if "record" not in one]


def test_titles_that_are_missing_fail_too(course: Path) -> None:
    assert cli.main(["new", "mean"]) == 0
    unfinished = [one for one in sentences(course / "lessons" / "mean.py") if "is not finished" in one]
    assert len(unfinished) == len(WRITTEN) + 2


@pytest.mark.rest(60)
def test_a_first_lesson_from_nothing_to_green(course: Path, capsys) -> None:
    assert cli.main(["new", "mean", "--ko", "평균", "--en", "Means"]) == 0
    assert cli.main(["check", "mean"]) == 1
    write(course / "lessons" / "mean.py")
    assert cli.main(["record", "mean"]) == 0
    capsys.readouterr()
    assert cli.main(["check", "mean", "--programs"]) == 0, capsys.readouterr().out
    assert "lessons/mean.py: all is well" in capsys.readouterr().out
    built = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict"], capture_output=True, text=True)
    assert built.returncode == 0, built.stderr


@pytest.mark.rest(40)
def test_the_check_tells_links_anchors_and_style(course: Path, capsys) -> None:
    path = course / "lessons" / "good.py"
    text = path.read_text(encoding="utf-8")
    first = next(n for n, line in enumerate(text.split("\n"), 1) if line.startswith("# # "))
    lines = text.split("\n")
    lines[first:first] = ["#", "# [하나](god.md) [둘](#nowhere) [셋](index.md#nowhere)"]
    path.write_text("\n".join(lines).replace("numbers = [1, 2, 3]", "numbers = [1,2,3]"), encoding="utf-8")
    (path.parent / "ruff.toml").write_text('lint.select = ["F"]', encoding="utf-8")
    settings = course / "mkdocs.yml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("[good.md]", "[gone.md]"), encoding="utf-8")
    assert cli.main(["check", "good"]) == 1
    reported = capsys.readouterr().out
    assert reported.count("mkdocs.yml:5: nav names gone.md, and there is no such page\nTake it out of nav.") == 1
    assert reported.count("good.md") == 1, "that nav lacks it is told once"
    assert "`ruff format` lays this line out otherwise\n  numbers = [1,2,3]\n" in reported
    for target in ("god.md", "#nowhere", "index.md#nowhere"):
        assert f"lessons/good.py:{first + 2}: this link leads nowhere: {target}\n" in reported


def test_a_new_lesson_has_the_style_of_ours(tmp_path: Path) -> None:
    root, path = Path(__file__).parents[1], tmp_path / "lessons" / "mean.py"
    path.parent.mkdir()
    shutil.copy(root / "pyproject.toml", tmp_path)
    shutil.copy(root / "lessons" / "ruff.toml", path.parent)
    path.write_text(new_lesson("mean", "평균", "Means"), encoding="utf-8")
    assert check_style(path) == []
    assert [*wide_lines(read(path)), *without_hint(read(path)), *without_message(read(path))] == []


def test_style_is_told_where_a_course_has_rules_for_it(course: Path) -> None:
    path = course / "lessons" / "style.py"
    path.write_text(STYLE, encoding="utf-8")
    assert check_style(path) == []
    (path.parent / "ruff.toml").write_text('lint.select = ["F"]', encoding="utf-8")
    hint = "Run: ruff format lessons/style.py"
    assert list(map(str, check_style(path))) == [
        f"lessons/style.py:3: `ruff format` lays this line out otherwise\n  def f():\n{hint}"
    ]
    path.write_text("import os\n\nprint(y)\n", encoding="utf-8")
    unused, undefined = map(str, check_style(path))
    assert unused == (
        "lessons/style.py:1: ruff says F401: `os` imported but unused\n  import os\n"
        "Run: ruff check --fix lessons/style.py"
    )
    assert undefined.startswith(
        "lessons/style.py:3: ruff says F821: Undefined name `y`\n  print(y)\nCorrect it; https://"
    )


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("good", "there is a lesson of this name"),
        ("index", "there is a hand-written page of this name"),
        ("Bad-Name", "the name of a lesson is made of small letters"),
        ("레슨", "the name of a lesson is made of small letters"),
        ("../up", "the name of a lesson is made of small letters"),
        ("json", "Python has something of this name"),
        ("class", "Python has something of this name"),
        ("numpy", "Python has something of this name"),
        ("conftest", "Python has something of this name"),
    ],
)
def test_a_bad_name_is_refused_and_nothing_is_lost(course: Path, capsys, name: str, sentence: str) -> None:
    before = files(course)
    assert cli.main(["new", name]) == 1
    assert sentence in capsys.readouterr().err
    assert files(course) == before


@pytest.mark.parametrize("arguments", [["new", "x", "--after", "gone"], ["check", "gone"], ["record", "gone"]])
def test_a_lesson_that_is_not_there_is_reported(course: Path, capsys, arguments: list[str]) -> None:
    before = files(course)
    assert cli.main(arguments) == 1
    assert "there is no lesson gone\n  lessons: good\n" in capsys.readouterr().err
    assert files(course) == before


def test_a_page_is_no_lesson(course: Path, capsys) -> None:
    assert cli.main(["check", "docs/ko/index.md"]) == 1
    assert capsys.readouterr().err.endswith("\nCorrect the name.\n"), "`lessonkit new index` would be refused"


def test_what_cannot_be_written_is_told(course: Path, capsys) -> None:
    assert cli.main(["pages", "mkdocs.yml/pages"]) == 1
    assert re.match(r"mkdocs\.yml/pages.*:1: this cannot be read or written\n  .*", capsys.readouterr().err)
    assert cli.main(["new", "x" * 300]) == 1
    assert ".py:1: this cannot be read or written\n  " in capsys.readouterr().err


def test_a_title_is_one_line() -> None:
    assert "# # 두 줄 { #x }\n" in new_lesson("x", "두\n줄", "Two")


def test_the_offline_edition_is_asked_for_in_any_folder_of_the_course(course: Path) -> None:
    """In a process of its own, as `mkdocs --quiet` would silence the warnings of all tests behind this one."""
    (course / "mkdocs.yml").write_text("nav: 3\n", encoding="utf-8")
    command = [sys.executable, "-m", "lessonkit", "offline"]
    told = subprocess.run(command, cwd=course / "lessons", capture_output=True, encoding="utf-8", check=False)
    assert told.returncode == 1
    assert told.stderr.endswith("Aborted with a configuration error!\n")
    assert "Traceback" not in told.stderr


def test_without_a_course_it_says_so(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["new", "mean"]) == 1
    assert "there is no course here: no mkdocs.yml" in capsys.readouterr().err


@pytest.mark.parametrize("settings", ["nav: [", "site_name: x\n", "nav: {}\n", "nav: []\n"])
def test_settings_without_a_place_are_reported_and_stay(course: Path, capsys, settings: str) -> None:
    (course / "mkdocs.yml").write_text(settings, encoding="utf-8")
    before = files(course)
    assert cli.main(["new", "mean"]) == 1
    assert re.match(r"mkdocs\.yml:\d+: ", capsys.readouterr().err)
    assert files(course) == before


def test_nav_keeps_every_other_character() -> None:
    path, lessons = Path("mkdocs.yml"), {"a.md", "b.md"}
    for end in ("\n", "\r\n"):
        text = SETTINGS.replace("\n", end)
        assert with_page(path, text, "n.md", lessons) == text.replace("one" + end, f"one{end}      - n.md{end}")
        assert with_page(path, text, "n.md", lessons, "a.md") == text.replace(
            f"a.md{end}", f"a.md{end}      - n.md{end}"
        )
    assert with_page(path, "nav: [a.md, {P: ['b.md']}]", "n.md", lessons) == "nav: [a.md, {P: ['b.md', n.md]}]"
    assert with_page(path, "nav:\n- X: a.md", "n.md", lessons) == "nav:\n- X: a.md\n- n.md\n"
    with pytest.raises(LessonError, match=r"mkdocs\.yml:3: nav has no page z\.md"):
        with_page(path, SETTINGS, "n.md", lessons, "z.md")


NOTEBOOK = [
    (
        "markdown",
        "Matrix products\n===============\n\nEnergy is \\\\(e = mc^2\\\\) here:\n$$ s = a + b $$\n> A remark.",
    ),
    ("code", "%matplotlib inline\n!pip install numpy\nimport matplotlib.pyplot as plt\nimport numpy as np"),
    ("markdown", "### Values of $x$\nThey are:\n* one\n* two"),
    ("code", "# the values to look at\nx = np.array([1, 2])  # two small values\nx * 2"),
    ("code", "plt.plot(x)\nplt.show()"),
]


def notebook(path: Path, cells: list[tuple[str, str]]) -> Path:
    extra = {"code": {"execution_count": None, "outputs": []}, "markdown": {}, "raw": {}}
    made = [
        {"cell_type": kind, "id": f"c{n}", "metadata": {}, "source": text, **extra[kind]}
        for n, (kind, text) in enumerate(cells)
    ]
    content = {"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return path


def brought(course: Path, *arguments: str) -> str:
    """The text of the lesson `brought`, which can be read and is told to be unfinished."""
    assert cli.main(["import", *arguments, "--name", "brought"]) == 0
    path = course / "lessons" / "brought.py"
    read(path)
    assert "is not finished" in "".join(sentences(path))
    assert "brought.md" in (course / "mkdocs.yml").read_text(encoding="utf-8")
    return path.read_text(encoding="utf-8")


def test_a_notebook_is_brought(course: Path, capsys) -> None:
    file = notebook(course / "products.ipynb", NOTEBOOK)
    text = brought(course, str(file), "--source", "https://example.org/x", "--license", "CC BY 4.0")
    reported = capsys.readouterr().out
    assert "products.ipynb, cell 2: %matplotlib inline" in reported
    assert "products.ipynb, cell 2: !pip install numpy" in reported
    assert "# # Matrix products { #brought }\n" in text
    assert "Energy is $e = mc^2$ here:\n#\n# $$\n# s = a + b\n# $$\n#\n" in text
    assert '# !!! note "Note"\n#     A remark.\n' in text
    assert "# ## Values of `x` { #values-of }\n#\n# They are:\n#\n# - one\n# - two\n" in text
    assert "# ko: TODO: 한국어로 적습니다.\n# en: the values to look at\n" in text
    assert "# en: two small values\nx = np.array([1, 2])\nprint(x * 2)\n" in text
    assert '# %% figure="figure_1"\nplt.plot(x)\n' in text
    assert "This lesson was made from <https://example.org/x>. Its licence is CC BY 4.0.\n" in text


def test_a_percent_script_is_brought(course: Path) -> None:
    file = course / "script.py"
    file.write_text(
        "# %% [markdown]\n# # 평균\n#\n# 두 수의 평균입니다.\n\n# %%\nx = 3  # 두 수의 합\nx / 2\n", encoding="utf-8"
    )
    text = brought(course, str(file))
    assert "# # 평균 { #brought }\n" in text
    assert "# # TODO: write it in English. { #brought }\n" in text
    assert "# ko: 두 수의 합\n# en: TODO: write it in English.\nx = 3\nprint(x / 2)\n" in text


@pytest.mark.parametrize("mark", ["#" * 60, "# %%"])
def test_a_script_of_sphinx_gallery_is_brought(course: Path, mark: str) -> None:
    file = course / "plot_it.py"
    file.write_text(
        f'''"""
A title
=======

It uses :func:`torch.add` and ``x``, see `the page <https://example.org>`_ and :math:`a + b`.

.. note::
   Mind the gap.
"""

x = 1
{mark}
# A section
# ---------
# More text about what follows in the code below.

x + 1
''',
        encoding="utf-8",
    )
    text = brought(course, str(file))
    assert "# # A title { #brought }\n" in text
    assert "It uses `torch.add` and `x`, see [the page](https://example.org) and $a + b$.\n" in text
    assert '# !!! note "Note"\n#     Mind the gap.\n' in text
    assert "# ## A section { #a-section }\n#\n# More text about what follows in the code below.\n" in text
    assert text.endswith("# %%\nprint(x + 1)\n")


def test_two_files_with_the_same_code_become_one_lesson(course: Path, capsys) -> None:
    sides = {
        "en": ["# Sums\n\nText.", "x = 1  # a small number", "## More\n\nNext.", "y = 2", "End."],
        "ko": ["# 합\n\n글입니다.", "x = 1  # 작은 수", "## 더\n\n다음입니다.", "y = 3", "끝입니다."],
    }
    kinds = ["markdown", "code", "markdown", "code", "markdown"]
    paths = {
        lang: notebook(course / f"{lang}.ipynb", list(zip(kinds, texts, strict=True))) for lang, texts in sides.items()
    }
    assert cli.main(["import", "--ko", str(paths["ko"]), "--en", str(paths["en"]), "--name", "sums"]) == 0
    assert (
        "the code differs (en.ipynb, cells 4; ko.ipynb, cells 4): the en one stands in the lesson"
        in capsys.readouterr().out
    )
    text = (course / "lessons" / "sums.py").read_text(encoding="utf-8")
    read(course / "lessons" / "sums.py")
    for part in (
        "# # 합 { #sums }",
        "# # Sums { #sums }",
        "# ## 더 { #more }",
        "# ## More { #more }",
        "# 끝입니다.",
        "# End.",
    ):
        assert f"{part}\n" in text
    assert "# ko: 작은 수\n# en: a small number\nx = 1\n" in text
    assert "y = 2\n" in text
    assert "y = 3" not in text
    assert "TODO" not in text


def code_cells(text: str) -> list[str]:
    return [part.split("\n", 1)[1].strip("\n") for part in text.split("# %%")[1:] if "lang=" not in part.split("\n")[0]]


def prose_cells(text: str, lang: str) -> list[str]:
    """The texts in a language that are not left to the teacher, each on one line."""
    parts = [part.partition("\n") for part in text.split("# %%")[1:]]
    texts = [re.findall(r"^# ?(.*\S)", body, re.M) for marker, _, body in parts if f'lang="{lang}"' in marker]
    found = [" / ".join(lines) for lines in texts]
    return [one for one in found if not one.startswith(("TODO", "# TODO", "## TODO", "### TODO"))]


def test_cells_that_are_no_python_are_left_out_whole_and_told(course: Path, capsys) -> None:
    cells = [
        ("markdown", "# Title"),
        ("code", "%%bash\nls -la\npwd"),
        ("code", "%%html\nx"),
        ("code", "%%unknown\nnot at all Python"),
        ("code", "%%unknown\nx = 1"),
        ("code", "%%time\ny"),
        ("raw", "first\nsecond"),
    ]
    text = brought(course, str(notebook(course / "n.ipynb", cells)))
    reported = capsys.readouterr().out
    for line in (
        "2: %%bash",
        "2: ls -la",
        "2: pwd",
        "3: %%html",
        "3: x",
        "4: not at all Python",
        "5: %%unknown",
        "6: %%time",
    ):
        assert f"left out: n.ipynb, cell {line}\n" in reported
    assert "left out: n.ipynb, cell 7, which is raw: second\n" in reported
    assert code_cells(text) == ["x = 1", "print(y)"]


def test_a_notebook_in_another_language_is_refused(course: Path, capsys) -> None:
    before = notebook(course / "r.ipynb", [("code", "x <- c(1)")])
    for metadata in ({"kernelspec": {"language": "R", "name": "ir"}}, {"language_info": {"name": "R"}}):
        content = {**json.loads(before.read_text("utf-8")), "metadata": metadata}
        before.write_text(json.dumps(content), encoding="utf-8")
        assert cli.main(["import", "r.ipynb"]) == 1
        assert "r.ipynb:1: the code of this notebook is R, and a lesson is Python\n" in capsys.readouterr().err


def test_an_old_notebook_is_brought(course: Path) -> None:
    cells = [
        {"cell_type": "heading", "level": 1, "source": "Old"},
        {"cell_type": "code", "input": "x = 3\nx", "language": "python", "outputs": [], "collapsed": False},
    ]
    book = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": ""}, "worksheets": [{"cells": cells}]}
    (course / "old.ipynb").write_text(json.dumps(book), encoding="utf-8")
    text = brought(course, "old.ipynb")
    assert prose_cells(text, "en") == ["# Old { #brought }"]
    assert code_cells(text) == ["x = 3\nprint(x)"]


@pytest.mark.parametrize(
    "badge", ['<a href="https://x.org"><img src="y.svg" alt="Open"/></a>', "[![Open](y.svg)](https://x.org)"]
)
@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_a_badge_is_in_no_language_and_the_title_stays_the_title(course: Path, badge: str, between: str) -> None:
    title = "# 로지스틱 회귀\n글입니다."
    one = notebook(course / "one.ipynb", [("markdown", f"{badge}{between}{title}"), ("code", "x = 1")])
    two = notebook(course / "two.ipynb", [("markdown", badge), ("markdown", title), ("code", "x = 1")])
    for name, file in (("one", one), ("two", two)):
        assert cli.main(["import", str(file), "--name", name]) == 0
        text = (course / "lessons" / f"{name}.py").read_text("utf-8")
        assert text.index(f"# # 로지스틱 회귀 {{ #{name} }}") < text.index("글입니다.")
        assert text.index(f"# # 로지스틱 회귀 {{ #{name} }}") < text.index(badge)
        assert prose_cells(text, "en") == []


def test_both_languages_in_one_notebook_become_pairs(course: Path) -> None:
    cells = [
        ("markdown", "# 평균\n두 수의 평균입니다."),
        ("markdown", "# Mean\nThe mean of two numbers."),
        ("code", "# 두 수를 더합니다\n# Add two numbers\nx = 1 + 2"),
        ("markdown", "## 결과\n결과를 봅니다.\n\n## Result\nLook at the result."),
        ("markdown", "한 문단입니다.\n\n$$x$$"),
        ("markdown", "## Import"),
        ("code", "x"),
    ]
    text = brought(course, str(notebook(course / "both.ipynb", cells)))
    assert prose_cells(text, "ko") == [
        "# 평균 { #brought } / 두 수의 평균입니다.",
        "## 결과 { #result } / 결과를 봅니다.",
        "한 문단입니다. / $$ / x / $$",
    ]
    assert prose_cells(text, "en") == [
        "# Mean { #brought } / The mean of two numbers.",
        "## Result { #result } / Look at the result.",
        "## Import { #import }",
    ]
    assert "# ko: 두 수를 더합니다\n# en: Add two numbers\nx = 1 + 2\n" in text


def test_headings_that_have_a_number_keep_it(course: Path) -> None:
    cells = [("markdown", "# 1. A\nText."), ("markdown", "## 1.1 B"), ("markdown", "## 2) C"), ("markdown", "## 3 D")]
    text = brought(course, str(notebook(course / "n.ipynb", cells)))
    for heading in ("# 1. A { #brought }", "## 1.1 B { #section-1 .numbered }", "## 2) C { #section-2 .numbered }"):
        assert f"# {heading}\n" in text
    assert "## TODO: 한국어로 적습니다. { #section-1 .numbered }\n" in text


def test_forms_of_colab_and_cells_of_comments(course: Path, capsys) -> None:
    form = '#@title 설정 { run: "auto" }\nn = 3 #@param {type: "slider"}\nn'
    cells = [
        ("markdown", "# 제목"),
        ("code", form),
        ("code", "# 말로만 합니다\n# 두 줄"),
        ("code", "from google.colab import drive"),
    ]
    assert cli.main(["import", str(notebook(course / "n.ipynb", cells)), "--name", "brought"]) == 0
    text = (course / "lessons" / "brought.py").read_text(encoding="utf-8")
    assert 'left out: n.ipynb, cell 2: #@param {type: "slider"}\n' in capsys.readouterr().out
    assert code_cells(text)[0] == "n = 3\nprint(n)"
    assert prose_cells(text, "ko")[1:] == ["설정", "말로만 합니다 / 두 줄"]
    assert "google.colab is there on Colab only" in sentences(course / "lessons" / "brought.py")


SPYDER = '''# -*- coding: utf-8 -*-
"""
Made by Kim.
"""
#%% Read the data
x = 3

#%%% A part
x

# %% [raw]
# --- raw
'''
DATABRICKS = """# Databricks notebook source
# MAGIC %md
# MAGIC # Read the data
# MAGIC Made by Kim.

# COMMAND ----------

x = 3

# COMMAND ----------

# DBTITLE 1,A part
x

# COMMAND ----------

# MAGIC %sh
# MAGIC ls
"""
NBCONVERT = """#!/usr/bin/env python
# coding: utf-8

# # Read the data
#
# Made by Kim.

# In[1]:


get_ipython().run_line_magic('matplotlib', 'inline')
x = 3

# ## A part

# In[ ]:


x


# In[ ]:




"""
PYCHARM = "#%% md\n# # Read the data\n# Made by Kim.\n#%%\nx = 3\n#%% md\n# ## A part\n#%%\nx\n"


@pytest.mark.parametrize(
    ("script", "left"),
    [
        (SPYDER, ["cell 4, which is raw: --- raw"]),
        (DATABRICKS, ["cell 4: %%sh", "cell 4: ls"]),
        (NBCONVERT, ["cell 2: get_ipython().run_line_magic('matplotlib', 'inline')"]),
        (PYCHARM, []),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_marks_of_other_programs(course: Path, capsys, script: str, left: list[str], end: str) -> None:
    (course / "n.py").write_bytes(script.replace("\n", end).encode())
    text = brought(course, "n.py")
    assert re.findall(r"left out: n.py, (.*)", capsys.readouterr().out) == left
    assert code_cells(text) == ["x = 3", "print(x)"]
    said = " / ".join(prose_cells(text, "en"))
    assert re.fullmatch(r".*#+ Read the data \{ #[\w-]+ \} / .*#+ A part \{ #a-part \}", said)
    assert "Made by Kim." in said


def test_marks_of_sphinx_are_no_prose(course: Path, capsys) -> None:
    banner = "#" * 60
    (course / "n.py").write_text(
        f'"""\n.. _label:\n\nA title\n=======\n\nText.\n"""\n\n{banner}\n# Part\n# ----\n# More.\n\nx = 1\n\n'
        "# sphinx_gallery_thumbnail_number = 2\n\n# %%\n# End\n# ---\n\n# sphinx_gallery_start_ignore\ny = 2\n",
        encoding="utf-8",
    )
    text = brought(course, "n.py")
    assert prose_cells(text, "en") == ["# A title { #brought } / Text.", "## Part { #part } / More.", "## End { #end }"]
    assert code_cells(text) == ["x = 1", "y = 2"]
    assert "cell 4: # sphinx_gallery_thumbnail_number = 2\n" in capsys.readouterr().out


def test_code_that_stands_elsewhere_in_the_other_file(course: Path, capsys) -> None:
    a, b = ("a = 1  # {}", "b = 2  # {}")
    sides = {
        "en": ["# Sums", b.format("two"), "## One", a.format("one")],
        "ko": ["# 합", "## 하나", a.format("하나"), b.format("둘")],
    }
    kinds = {"en": ["markdown", "code"] * 2, "ko": ["markdown", "markdown", "code", "code"]}
    for lang, texts in sides.items():
        notebook(course / f"{lang}.ipynb", list(zip(kinds[lang], texts, strict=True)))
    assert cli.main(["import", "--ko", "ko.ipynb", "--en", "en.ipynb", "--name", "sums"]) == 0
    assert "the code stands elsewhere (en.ipynb, cells" in capsys.readouterr().out
    text = (course / "lessons" / "sums.py").read_text(encoding="utf-8")
    read(course / "lessons" / "sums.py")
    assert "# ko: 하나\n# en: one\na = 1\n" in text
    assert "# ko: 둘\n# en: two\nb = 2\n" in text
    assert "# # 합 { #sums }" in text
    assert "# ## 하나 {" in text
    assert "a = 1" not in text.replace("a = 1", "", 1)


def test_comments_that_stand_in_one_of_two_files(course: Path, capsys) -> None:
    """Each finds its half by the code around it; one without a half in the code that stays is told."""
    codes = {"en": "x = 1\n# the second one\nx + 1  # their sum", "ko": "# 첫째 값\nx = 1\n# 둘째 값\nx + 1  # 두 합"}
    for lang, code in codes.items():
        notebook(course / f"{lang}.ipynb", [("markdown", {"en": "# Sums", "ko": "# 합"}[lang]), ("code", code)])
    assert cli.main(["import", "--ko", "ko.ipynb", "--en", "en.ipynb", "--name", "sums"]) == 0
    assert "left out: ko.ipynb, cell 2: # 첫째 값\n" in capsys.readouterr().out
    assert code_cells((course / "lessons" / "sums.py").read_text(encoding="utf-8")) == [
        "x = 1\n# ko: 둘째 값\n# en: the second one\n# ko: 두 합\n# en: their sum\nprint(x + 1)"
    ]


def test_what_stands_above_the_title_comes_after_it(course: Path) -> None:
    file = notebook(
        course / "badge.ipynb", [("markdown", "A badge."), ("markdown", "# Title\n\nText."), ("code", "x = 1")]
    )
    text = brought(course, str(file))
    assert text.index("# # Title { #brought }") < text.index("# A badge.")
    file = notebook(course / "bare.ipynb", [("code", "x = 1"), ("markdown", "# Part\n\nText.")])
    assert cli.main(["import", str(file), "--name", "bare"]) == 0
    text = (course / "lessons" / "bare.py").read_text(encoding="utf-8")
    assert "# # TODO: write the title { #bare }\n" in text
    assert "# ## Part { #part }\n" in text


def test_bad_files_are_reported_and_nothing_is_written(course: Path, capsys) -> None:
    (course / "bad.ipynb").write_text("{", encoding="utf-8")
    (course / "list.ipynb").write_text("[]", encoding="utf-8")
    (course / "empty.py").write_text("", encoding="utf-8")
    (course / "latin.py").write_bytes(b"x = 1  # \xe9\n")
    (course / "page.md").write_text("# x", encoding="utf-8")
    (course / "merge.ipynb").write_text("{\n<<<<<<< HEAD\n", encoding="utf-8")
    notebook(course / "good.ipynb", NOTEBOOK)
    before = files(course)
    for name in ("bad.ipynb", "list.ipynb", "empty.py", "latin.py", "page.md", "gone.ipynb"):
        assert cli.main(["import", name, "--name", "brought"]) == 1, name
        assert re.match(rf"{re.escape(name)}:1: .+", capsys.readouterr().err), name
    assert cli.main(["import", "merge.ipynb", "--name", "brought"]) == 1
    assert capsys.readouterr().err.startswith("merge.ipynb:2: ")
    assert cli.main(["import", "good.ipynb"]) == 1, "there is a lesson of this name"
    assert cli.main(["import"]) == 2
    assert cli.main(["import", "good.ipynb", "--ko", "bad.ipynb"]) == 2
    assert files(course) == before


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("* a\n  * b\n    * c\n* d", "- a\n    - b\n        - c\n- d"),
        ("- a\n    - b\n        - c\n- d", "- a\n    - b\n        - c\n- d"),
        ("1) a\n   + b\n2) c", "1. a\n    - b\n2. c"),
        ("- a\n  more\n\n  own paragraph\n- b", "- a\n    more\n\n    own paragraph\n- b"),
        ("1. a\n\n   $$x$$\n\n2. b", "1. a\n\n    $$\n    x\n    $$\n\n2. b"),
        ("- a:\n  $$\n  x\n  $$\n  b", "- a:\n\n    $$\n    x\n    $$\n\n    b"),
        ("- a\n\nText.\n\n    code", "- a\n\nText.\n\n    code"),
        ("Text:\n1) a", "Text:\n\n1. a"),
        ("**a**\n*b* c\n-1 d", "**a**\n*b* c\n-1 d"),
    ],
)
def test_lists_from_elsewhere(text: str, tidy: str) -> None:
    assert tidied(text) == tidy


def test_forms_from_elsewhere() -> None:
    assert tidied("a\n```\n> \\(x\\)\n```\nb  ") == "a\n```\n> \\(x\\)\n```\nb"
    assert tidied("x \\begin{align}a &= b\\end{align} y").split() == (
        ["x", "$$", "\\begin{aligned}", "a", "&=", "b", "\\end{aligned}", "$$", "y"]
    )
    for text, formula in {
        "$$\n\\begin{equation}\na \\label{e}\n\\end{equation}\n$$": "a",
        "$$\\begin{align*}a &= b \\nonumber \\\\\nc\n\\end{align*}$$": "\\begin{aligned} a &= b \\\\ c \\end{aligned}",
        "\\begin{gather}a \\\\ b\\end{gather}": "\\begin{aligned} a \\\\ b \\end{aligned}",
        "\\[ a \\\\[1em] b \\]": "a \\\\[1em] b",
        "\\begin{equation}\\begin{split}a &= b\\end{split}\\end{equation}": "\\begin{aligned}a &= b\\end{aligned}",
    }.items():
        tidy = tidied(f"x \\(y\\) and\n{text}\nthen $$z$$ and `\\(`, \\(u\\\\(v)\\).")
        assert " ".join(tidy.split()) == f"x $y$ and $$ {formula} $$ then $$ z $$ and `\\(`, $u\\\\(v)$."
    assert to_markdown("See::\n\n    x = 1\n\nEnd.") == "See:\n\n```\nx = 1\n```\n\nEnd."
    assert to_markdown(".. math::\n\n   a + b\n") == "$$\na + b\n$$"


def test_the_package_is_imported_without_torch_and_mkdocs() -> None:
    code = "import sys, lessonkit; print([m for m in ('torch', 'mkdocs', 'yaml') if m in sys.modules], lessonkit.read)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("[] <function read")


def test_contributing_has_the_same_outline_in_both_languages() -> None:
    root = Path(__file__).parent.parent
    outlines = [
        [len(one) for one in re.findall(r"^(#{1,6}) ", re.sub(r"```.*?```", "", text, flags=re.S), re.MULTILINE)]
        for text in ((root / name).read_text(encoding="utf-8") for name in ("CONTRIBUTING.md", "CONTRIBUTING.ko.md"))
    ]
    assert outlines[0] == outlines[1]
    assert len(outlines[0]) > 10
