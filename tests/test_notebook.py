"""Notebooks: what stands in them, and that a real kernel shows what the lesson recorded."""

from __future__ import annotations

import ast
import base64
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import nbformat
import pytest
from notebooks import differences
from sampled import TRAINING, sampled

from lessonkit.lesson.cells import CODE_LANGUAGE, LAB, Lesson, LessonError
from lessonkit.lesson.parse import parse, read
from lessonkit.notebooks.notebook import notebook, packages, parts, quiet, to_json
from lessonkit.notebooks.notebook_page import cells_of_blocks
from lessonkit.words import LANGUAGES

ROOT = Path(__file__).parent.parent
SMALL = ROOT / "tests" / "cases" / "notebook" / "small.py"
LESSONS = sorted((ROOT / "lessons").glob("*.py"))


@pytest.fixture(scope="module")
def small() -> Lesson:
    return read(SMALL)


def planted(old: str, new: str) -> Lesson:
    """The small lesson with a fault."""
    text = SMALL.read_text(encoding="utf-8")
    assert text.count(old) == 1
    return parse(SMALL, text.replace(old, new))


def sources(book: dict, kind: str) -> list[str]:
    return [cell["source"] for cell in book["cells"] if cell["cell_type"] == kind]


def code(book: dict, beginning: str) -> dict:
    """The code cell that holds a text."""
    return next(cell for cell in book["cells"] if cell["cell_type"] == "code" and beginning in cell["source"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_notebook_is_valid_and_always_the_same(small: Lesson, lang: str) -> None:
    text = to_json(notebook(small, lang))
    assert text == to_json(notebook(read(SMALL), lang))
    book = nbformat.reads(text, as_version=4)
    nbformat.validate(book)
    assert book.metadata.kernelspec.name == "python3"
    assert book.metadata.language_info.name == "python"


def test_the_ids_of_cells_survive_a_new_section(small: Lesson) -> None:
    new = '# %% [markdown]\n# ## More { #more }\n\n# %%\nx = 1\n\n# %% [markdown] lang="ko"\n# ## 그림'
    longer = planted('# %% [markdown] lang="ko"\n# ## 그림', new)
    before = {cell["id"]: cell["source"] for cell in notebook(small, "ko")["cells"]}
    after = {cell["id"]: cell["source"] for cell in notebook(longer, "ko")["cells"]}
    assert before.items() <= after.items()
    assert set(after) - set(before) == {"more-1", "more-2"}


def test_the_first_cell_tells_title_source_and_packages(small: Lesson) -> None:
    first = sources(notebook(small, "en", site_url="https://example.org/en/"), "markdown")[0]
    assert first.startswith('<a id="sum-and-mean"></a>\n\n# Sum and mean\n\n')
    assert "[this lesson's web page](https://example.org/en/small/)" in first
    assert re.search(r"recorded by running it \(torch 2\.\d+\.\d+, \d{4}-\d\d-\d\d\)", first)
    assert "`pip install matplotlib`" in first
    assert "http" not in sources(notebook(small, "ko"), "markdown")[0]


def test_packages_are_named_as_pip_names_them() -> None:
    lesson = planted("numbers = [1, 2, 3]", "from sklearn import datasets\nimport os\nnumbers = [1, 2, 3]")
    assert packages(lesson) == ["scikit-learn", "matplotlib"]


def test_a_code_cell_has_its_own_comments_and_its_recorded_output(small: Lesson) -> None:
    cell = code(notebook(small, "ko"), "The sum is")
    assert cell["source"].startswith("# 세 수\nnumbers = [1, 2, 3]\n")
    assert "# >" not in cell["source"]
    text = "The sum is 6\n1\n2\n3\n"
    assert cell["outputs"] == [{"output_type": "stream", "name": "stdout", "text": text}]
    assert cell["execution_count"] is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("ax.set_title('가')", "ax.set_title('가');"),
        ("f(1,\n  2)  # why", "f(1,\n  2);  # why"),
        ("'가나' + x  # 다", "'가나' + x;  # 다"),
        ("f();", "f();"),
        ("print(1)", "print(1)"),
        ("loss.backward()", "loss.backward()"),
        ("x = 1", "x = 1"),
        ("f()\nassert x", "f()\nassert x"),
        ("", ""),
    ],
)
def test_jupyter_shows_no_value_of_a_last_line(source: str, expected: str) -> None:
    assert quiet(source) == expected


def test_a_figure_shows_without_trust_and_in_the_dark(small: Lesson) -> None:
    """JupyterLab shows an `<img>` of a notebook that it does not trust, and no SVG."""
    output = code(notebook(small, "ko"), "ax.bar")["outputs"][-1]["data"]
    assert output["text/plain"] == "막대 세 개의 높이는 1, 2, 3입니다."
    image = re.fullmatch(r'<img alt="(.*)" src="data:image/svg\+xml;base64,(.*)">', output["text/html"])
    assert image[1] == output["text/plain"]
    assert base64.b64decode(image[2]).decode() == output["image/svg+xml"]
    svg = ET.fromstring(output["image/svg+xml"])
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    paper = svg[0]
    assert (paper.get("fill"), paper.get("width"), paper.get("height")) == ("#ffffff", "100%", "100%")
    assert "var(" not in output["image/svg+xml"]
    texts = ["".join(text.itertext()) for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert "높이" in texts
    assert "height" not in texts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_block_of_a_page_has_its_cell(lang: str) -> None:
    """By which a link to Colab leads there: Colab takes ids from the metadata."""
    for path in LESSONS[::5]:
        lesson = read(path)
        held = {cell["metadata"]["id"]: cell["source"] for cell in notebook(lesson, lang)["cells"]}
        cells = cells_of_blocks(lesson, lang)
        assert len(cells) == len(lesson.blocks(lang)) > 0
        for block, id_ in zip(lesson.blocks(lang), cells, strict=True):
            assert block.text.rstrip(";\n").split("\n")[0] in held[id_], block.text


def test_a_caption_stands_below_its_figure(small: Lesson) -> None:
    cells = notebook(small, "en")["cells"]
    at = cells.index(code({"cells": cells}, "ax.bar"))
    assert cells[at + 1]["source"] == "**Figure.** The bars rise."


def test_an_exercise_is_its_starter_and_its_solution_is_folded(small: Lesson) -> None:
    cells = notebook(small, "ko")["cells"]
    at = cells.index(code({"cells": cells}, "def mean"))
    starter, check, answer = cells[at : at + 3]
    assert starter["source"] == "def mean(values):\n    ..."
    assert starter["outputs"] == check["outputs"] == []
    assert check["metadata"] == {"id": check["id"], "tags": ["raises-exception"]}  # so "Run all" goes on
    solution = "```python\ndef mean(values):\n    return sum(values) / len(values)\n```\n\n```text\n1.5 7\n```"
    assert answer["source"] == f"<details><summary>풀이 보기</summary>\n\n{solution}\n\n</details>"


def test_a_tolerance_is_reported(small: Lesson) -> None:
    assert "These numbers may differ by up to 5% from one computer to another." in sources(
        notebook(small, "en"), "markdown"
    )


def test_links_lead_to_the_site_or_to_notebooks_beside() -> None:
    lesson = read(SMALL)
    (text,) = (
        text for text in sources(notebook(lesson, "en", lessons=["cross_entropy"]), "markdown") if "terms" in text
    )
    assert "[The sum](#sum-and-mean), [cross entropy](cross_entropy.ipynb#floor), terms." in text
    book = notebook(lesson, "en", site_url="https://example.org/en/", lessons=["cross_entropy"])
    (text,) = (text for text in sources(book, "markdown") if "terms" in text)
    assert "(https://example.org/en/cross-entropy/#floor), [terms](https://example.org/en/glossary/)." in text


def test_what_a_notebook_cannot_show_is_refused_with_its_line() -> None:
    lesson = planted("# Adding three numbers up,", "# Adding three ==numbers== up,")
    notebook(lesson, "ko")
    with pytest.raises(LessonError) as error:
        notebook(lesson, "en")
    line = lesson.lines.index("# Adding three ==numbers== up, $s = a + b$; 3 to 5 of them, 7 to 9 at most.") + 1
    assert str(error.value).startswith(
        f"tests/cases/notebook/small.py:{line}: a notebook cannot show a highlight\n  Adding three =="
    )


@pytest.mark.parametrize("path", sampled(LESSONS, 8), ids=lambda path: path.stem)
def test_the_notebooks_of_both_languages_are_the_same_program(path: Path) -> None:
    lesson = read(path)
    programs = {lang: sources(notebook(lesson, lang), "code") for lang in LANGUAGES}
    trees = [[ast.dump(ast.parse(source)) for source in programs[lang]] for lang in LANGUAGES]
    assert trees[0] == trees[1]
    for lang in LANGUAGES:
        nbformat.validate(nbformat.from_dict(notebook(lesson, lang)))


@pytest.mark.rest
def test_a_kernel_shows_what_is_recorded(small: Lesson, tmp_path: Path) -> None:
    assert differences(small, "ko", tmp_path) == []


@pytest.mark.rest
def test_a_kernel_finds_what_jupyter_shows_otherwise(tmp_path: Path) -> None:
    text = SMALL.read_text(encoding="utf-8")
    for old, new in (
        ("# > The sum is 6", "# > The sum is 7"),
        ("numbers.copy()", "plt.plot(numbers)\n__import__('warnings').warn('Beware')"),
        ("# en: three numbers", "# en: three numbers\nimport matplotlib.pyplot as plt"),
        ("print(sum(numbers) / 7)", "print(sum(numbers) / 7, __file__)"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    lines = text.split("\n")
    first, last = lines.index("# ko: 세 수") + 1, lines.index("print(sum(numbers) / 7, __file__)") + 1
    found = "\n".join(map(str, differences(parse(SMALL, text), "ko", tmp_path)))
    for line, sentence in (
        (first, "prints something else\n  The sum is 6\n  1"),
        (first, "draws 1 figures"),
        (first, "writes to standard error"),
        (last, "raises NameError: name '__file__' is not defined"),
    ):
        assert f"tests/cases/notebook/small.py:{line}: in Jupyter this cell {sentence}" in found


@pytest.mark.rest(40)
@pytest.mark.parametrize("path", [path for path in LESSONS if path.stem not in TRAINING], ids=lambda path: path.stem)
def test_a_kernel_shows_what_a_lesson_records(path: Path, tmp_path: Path) -> None:
    if problems := differences(read(path), "ko", tmp_path):
        raise LessonError(*problems)


@pytest.mark.parametrize("path", sampled(LESSONS, 8), ids=lambda path: path.stem)
def test_a_kernel_is_given_what_the_lesson_runs(path: Path) -> None:
    """A lesson that trains for long is not run once more in a kernel."""
    lesson = read(path)
    cells = [part.cell for part in parts(lesson, "ko", "") if part.is_code and part.kind != LAB]
    assert cells == list(lesson.code)
    shown = sources(notebook(lesson, "ko"), "code")
    kinds = [part.kind for part in parts(lesson, "ko", "") if part.is_code]
    given = [tree(text) for text, kind in zip(shown, kinds, strict=True) if kind not in ("exercise", LAB)]
    assert given == [tree(cell.sources[CODE_LANGUAGE]) for cell in lesson.code if cell.kind != "exercise"]


def tree(source: str) -> str:
    return ast.dump(ast.parse(source))
