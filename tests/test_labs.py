"""Labs in a lesson's text, what their pages load, and what is said where something is missing.

tests/browser/test_moving_labs.py compares what they compute with torch, and moves them.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from planting import GOOD, lesson, planted, problems

from lessonkit.assets import FOLDER, LABS
from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.labs import labs
from lessonkit.lesson.pace import paces
from lessonkit.lesson.parse import read_unchanged
from lessonkit.notebooks.notebook import parts
from lessonkit.pages import lab_checks
from lessonkit.pages import labs as pages
from lessonkit.pages.render import to_markdown

ROOT = Path(__file__).parent.parent
SOFTMAX = read_unchanged(ROOT / "lessons" / "softmax.py")
LESSONS = [path.stem for path in sorted((ROOT / "lessons").glob("*.py"))]
AFTER = "# %% [markdown]\n"
"""What stands behind the captions of the figure `numbers` in the good lesson."""
QUESTION = {
    "ko": '# %% [markdown] lang="ko" question="sum"\n# 합이 3이 되게 해 보세요.\n#\n# 둘을 더하면 됩니다.\n#\n'
    "# - first: 첫째\n# - {a} of two: 둘 중 {a}\n\n",
    "en": '# %% [markdown] lang="en" question="sum"\n# Make the sum 3.\n#\n# Add the two.\n\n',
}
CELL = '# %% lab="sum"\ndef sum_lab(state):\n    return {"sum": state["a"]}\n\n\n'
LAB = CELL + QUESTION["ko"] + QUESTION["en"]
MODULE = """labs.sum = {
  controls: [{ name: "a", label: "first", min: 0, max: 1, step: 1, value: 0 }],
  pictures: [],
  solution: { a: 1 },
  compute({ a }) {
    return { sum: a };
  },
  draw: () => [],
  say: (state, numbers, { t }) => t("{a} of two", state),
};
"""


def with_lab(lab: str = LAB) -> str:
    """The good lesson with a lab behind the captions of its figure."""
    at = GOOD.index(AFTER, GOOD.rindex('caption="numbers"'))
    return GOOD[:at] + lab + GOOD[at:]


def line_of(text: str, part: str) -> int:
    return text[: text.index(part)].count("\n") + 1


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a module in the place of the course's own."""
    monkeypatch.chdir(tmp_path)
    for module in (pages, lab_checks):
        if hasattr(module, "LABS"):
            monkeypatch.setattr(module, "LABS", tmp_path)
    for name in pages.KIT:
        (tmp_path / name).write_bytes((LABS / name).read_bytes())

    def written(text: str) -> Path:
        path = tmp_path / "sum.js"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def reported(text: str) -> list[str]:
    return [str(problem) for problem in lab_checks.check_labs(lesson(text))]


def test_a_lab_is_read_with_its_figure_and_its_questions() -> None:
    (lab,) = labs(lesson(with_lab()))
    assert (lab.name, lab.figure, lab.function) == ("sum", "numbers", "sum_lab")
    assert lab.asks("ko").labels == {"first": "첫째", "{a} of two": "둘 중 {a}"}
    assert (lab.asks("en").text, lab.asks("en").alternative) == ("Make the sum 3.", "Add the two.")


def test_a_page_shows_nothing_of_it_and_runs_the_same_programs() -> None:
    one, other = lesson(GOOD), lesson(with_lab())
    for lang in ("ko", "en"):
        minutes = (f">{paces(which).whole.minutes}" for which in (other, one))
        assert to_markdown(other, lang).replace(*minutes) == to_markdown(one, lang)
        assert [text for text, _, _ in other.blocks(lang)] == [text for text, _, _ in one.blocks(lang)]
    assert paces(other).whole.questions == paces(one).whole.questions + 1


def test_the_notebook_has_its_reference_and_not_its_question() -> None:
    found = [part for part in parts(lesson(with_lab()), "en", "") if part.kind == "lab"]
    assert [part.text for part in found] == ['def sum_lab(state):\n    return {"sum": state["a"]}']
    assert found[0].is_code
    assert "Make the sum" not in "".join(part.text for part in parts(lesson(with_lab()), "en", ""))


def test_a_lab_without_its_question_or_its_figure_is_reported() -> None:
    text = with_lab(CELL)
    assert problems(text) == [
        f'lesson.py:{line_of(text, "# %% lab")}: lab="sum" is not followed by its question\n'
        '  # %% lab="sum"\nWrite it: question="sum"'
    ]
    text = GOOD + "\n" + LAB
    assert problems(text) == [
        f'lesson.py:{line_of(text, "# %% lab")}: lab="sum" stands in for no figure\n'
        '  # %% lab="sum"\nPut it right after the captions of the figure that it replaces.'
    ]
    text = with_lab(planted("#\n# Add the two.\n", "", LAB))
    line = line_of(text, '# %% [markdown] lang="en" question')
    assert problems(text)[0].startswith(f"lesson.py:{line}: this question of a lab has no answer")


def test_a_lab_may_count_in_ulps() -> None:
    (lab,) = labs(lesson(with_lab(planted('lab="sum"', 'lab="sum" ulp="2"', LAB))))
    assert (lab.cell.ulp, lab.cell.tolerance) == (2, None)


@pytest.mark.parametrize("said", ['ulp="0"', 'ulp="1.5"', 'ulp=""', 'ulp="10"', 'ulp="2" tolerance="1e-6"'])
def test_other_ulps_are_refused(said: str) -> None:
    text = with_lab(planted('lab="sum"', f'lab="sum" {said}', LAB))
    assert problems(text) == [
        f"lesson.py:{line_of(text, '# %% lab')}: only the numbers of a lab differ by ulps, 1 to 9 of them\n"
        f'  # %% lab="sum" {said}\n'
        'lab="NAME" ulp="2" allows two units in the last place of a float32, in place of a tolerance.'
    ]
    plain = planted("# %%\nimport", '# %% ulp="2"\nimport')
    assert "only the numbers of a lab differ by ulps" in problems(plain)[0]


def test_a_lab_without_a_module_is_reported(write: Callable[[str], Path]) -> None:
    text = with_lab()
    (problem,) = reported(text)
    assert problem.startswith(f'lesson.py:{line_of(text, "# %% lab")}: the lab "sum" has no module\n  sum.js\nWrite it')
    write(MODULE)
    assert reported(text) == []


@pytest.mark.parametrize(
    "cell", ["def other(state):\n    return {}", "def sum_lab(a, b):\n    return {}", "sum_lab = dict", "import math"]
)
def test_a_reference_that_is_no_function_of_the_state_is_reported(write: Callable[[str], Path], cell: str) -> None:
    write(MODULE)
    text = with_lab(LAB.replace(CELL, f'# %% lab="sum"\n{cell}\n\n\n'))
    (problem,) = reported(text)
    assert problem.endswith('the lab "sum" is not one function of its state\nWrite: def sum_lab(state):')
    assert problem.startswith(f"lesson.py:{line_of(text, '# %% lab')}: ")


FAULTS = {
    'label: "first", ': ('sum.js:2: the control "a" has no name that readers hear', ""),
    "  solution: { a: 1 },\n": ('sum.js:1: the lab "sum" has no `solution`', ""),
}


@pytest.mark.parametrize("gone", FAULTS)
def test_a_module_that_lacks_something_is_reported(write: Callable[[str], Path], gone: str) -> None:
    write(MODULE.replace(gone, ""))
    assert FAULTS[gone][0] in [one.split("\n")[0] for one in reported(with_lab())]


def test_a_text_without_korean_is_reported(write: Callable[[str], Path]) -> None:
    write(MODULE)
    text = with_lab(LAB.replace("# - first: 첫째\n", ""))
    line = line_of(text, '# %% [markdown] lang="ko" question')
    assert reported(text) == [
        f'lesson.py:{line}: the lab "sum" says something that has no form in ko\n  sum.js:2: first\n'
        "List it in this cell: - first: its form"
    ]
    assert "does not fill in" in reported(with_lab(LAB.replace("둘 중 {a}", "둘 중 {b}")))[0]
    (problem,) = reported(with_lab(LAB.replace("# - first: 첫째\n", "# - first: 첫째\n# - gone: 없음\n")))
    assert problem == (
        f'lesson.py:{line}: the lab "sum" does not say this (ko)\n  gone\nCorrect the text, or remove its line.'
    )


def test_a_lab_over_its_weight_is_reported(write: Callable[[str], Path]) -> None:
    noise = "".join(sha256(bytes([n])).hexdigest() for n in range(150))
    write(MODULE + f'labs.noise = "{noise}";\n')
    found = reported(with_lab())
    assert all("compressed, of at most 4,096" in problem for problem in found), found
    assert [problem.split(":")[0] for problem in found] == ["sum.js", "sum.js"]


def test_the_kit_is_light() -> None:
    assert sum(len(gzip.compress(text.encode(), mtime=0)) for text in pages.kit_files().values()) <= 6144


def test_every_module_belongs_to_a_lesson() -> None:
    found = [lab.name for name in LESSONS for lab in labs(read_unchanged(ROOT / "lessons" / f"{name}.py"))]
    assert sorted(found) == sorted(path.stem for path in LABS.glob("*.js") if path.name not in pages.KIT)


def figure(name: str) -> str:
    return f'<figure class="lesson-figure" id="figure-{name}">'


def test_a_figure_names_the_files_of_its_lab() -> None:
    files = pages.files(iter([SOFTMAX]), "ko")
    html = pages.with_labs(figure("temperature") + figure("exp-then-divide"), SOFTMAX, "ko")
    names = " ".join(files)
    assert html == figure("temperature").replace(">", f' data-lab="{names}">') + figure("exp-then-divide")
    assert [name.split(".")[0] for name in files] == ["kit", "kit", "softmax"]


def test_a_borrowed_figure_names_them_too() -> None:
    borrowed = '<figure class="lesson-figure">\n<div data-figure="softmax/temperature"></div></figure>'
    html = pages.lend_labs(borrowed, {"softmax.md": SOFTMAX}, "en")
    assert html == borrowed.replace(">", f' data-lab="{" ".join(pages.files(iter([SOFTMAX]), "en"))}">', 1)
    for other in (borrowed.replace("temperature", "exp_then_divide"), borrowed.replace("softmax/", "gone/")):
        assert pages.lend_labs(other, {"softmax.md": SOFTMAX}, "en") == other


def words_of(one: Lesson, lang: str) -> dict[str, str]:
    _, text = pages.lab_file(labs(one)[0], lang)
    return json.loads(text[text.index(".words=") + 7 :].rstrip(";\n"))


def test_the_file_of_a_lab_has_the_words_of_its_language() -> None:
    assert words_of(SOFTMAX, "ko")["logit of rock"] == "바위의 로짓"
    assert set(words_of(SOFTMAX, "en")) == {"?", "!"}
    assert words_of(SOFTMAX, "ko")["?en"] == words_of(SOFTMAX, "en")["?"]  # for the page in both languages


AROUND = re.compile(
    r"(?:^|[\s,>~+(])(?:html|body|main|article|\.notebook|\.md-typeset|\.md-content[^\s:]*)[^\s>~+,{]*:has\([^{},]*\)\s+[^\s~+,{]",
    re.M,
)


def looking_down(css: str) -> list[str]:
    """The selectors by which everything within a page hangs on what is anywhere in it."""
    return AROUND.findall(css)


def test_what_a_lab_draws_has_no_style_of_the_whole_page_computed_again() -> None:
    """Chromium took 14 to 36 ms a redraw for one such selector, and 3 ms without it (bench_labs.py)."""
    styles = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.css")}
    assert len(styles) > 5
    assert {name: found for name, css in styles.items() if (found := looking_down(css))} == {}
    assert looking_down(".guesses article:has(> .lesson-stamp) .cell-output:not(.seen) > p {")
    assert looking_down(":is(.md-content__inner, .notebook):has(> h2.numbered) > h2::before {")
    assert not looking_down("h2:has(~ h2.numbered)::before {")
