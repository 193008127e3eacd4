"""From bytes to cells: encodings, line ends, markers."""

import subprocess
import sys
from pathlib import Path

import pytest
from planting import CASES, GOOD, TITLE, lesson, planted, problems

from lessonkit.lesson.cells import Code, LessonError, Prose
from lessonkit.lesson.parse import OPTIONS, read

ONLY = "It holds only, each once: " + ", ".join(f'{key}="..."' for key in OPTIONS["code"])
ONLY_MARKDOWN = 'It holds only, each once: lang="...", caption="...", question="...", differs="..."'
FIGURE, CAPTION = '# %% figure="numbers"\n', '# %% [markdown] lang="ko" caption="numbers"\n'


def read_bytes(tmp_path: Path, data: bytes) -> list[str]:
    path = tmp_path / "lesson.py"
    path.write_bytes(data)
    try:
        read(path)
    except LessonError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_the_cells_of_a_lesson() -> None:
    cells = read(CASES / "good.py").cells
    assert [(cell.line, cell.kind, cell.name) for cell in cells[:6]] == [
        (7, "prose", ""),
        (15, "prose", ""),
        (23, "code", ""),
        (26, "prose", ""),
        (35, "prose", ""),
        (45, "code", ""),
    ]
    assert cells[1] == Prose(
        15,
        "prose",
        "en",
        "",
        "# Sum and mean { #sums }\n\nThe sum of **four numbers**, and their `mean()`.\n\n"
        '!!! abstract "Goals"\n    - The mean is 2.50.',
    )
    assert cells[1].file_line(4) == 20


@pytest.mark.parametrize("end", [b"\r\n", b"\r"])
def test_line_ends_change_nothing_but_the_text(tmp_path: Path, end: bytes) -> None:
    path = tmp_path / "lesson.py"
    path.write_bytes(GOOD.encode().replace(b"\n", end))
    read_again = read(path)
    assert read_again.cells == lesson(GOOD).cells
    assert read_again.text.encode() == path.read_bytes()
    fault = planted("# > 2.5", "\n# > 2.5").encode()
    assert read_bytes(tmp_path, fault.replace(b"\n", end))[0].partition(":")[2].startswith("60: a recorded output")


def test_mixed_line_ends() -> None:
    assert lesson(GOOD.replace("\n", "\r", 3).replace("\n", "\r\n", 40)).cells == lesson(GOOD).cells


def test_a_byte_order_mark_is_no_part_of_the_text(tmp_path: Path) -> None:
    path = tmp_path / "lesson.py"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert read(path).text == GOOD


def test_bytes_that_are_not_utf8_are_reported_with_their_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    old, new = "# # 합과 평균 { #sums }".encode(), "# # 합과 ".encode() + "평균".encode("cp949")
    assert read_bytes(tmp_path, GOOD.encode().replace(old, new)) == [
        "lesson.py:8: the file is not UTF-8\n  byte 0xc6 after '# # 합과 '\nSave it as UTF-8."
    ]
    assert read_bytes(tmp_path, GOOD.encode("utf-16")) == [
        "lesson.py:1: the file is not UTF-8\n  byte 0xff after ''\nSave it as UTF-8."
    ]
    assert read_bytes(tmp_path, b"\xef\xbb\xbf# %%\r\rx = '\xff'")[0].startswith("lesson.py:3: the file is not UTF-8")


def test_a_form_feed_does_not_end_a_line() -> None:
    good = lesson(TITLE + '# %%\nprint("a\x0cb")\x0c\n# > a\x0cb\nx = 1\x0c  # n\n\x0c\nprint(x)\n# > 1\n')
    assert [(one.line, one.recorded) for _, one in good.statements] == [(8, ("a\x0cb",)), (10, ()), (12, ("1",))]


@pytest.mark.parametrize("text", ["", "\n\n"])
def test_an_empty_file(text: str) -> None:
    assert problems(text) == ['lesson.py:1: the lesson is empty\nBegin it with a cell: # %% [markdown] lang="ko"']


def test_a_lesson_of_prose_alone() -> None:
    assert lesson(TITLE).code == ()


def test_one_cell_can_serve_every_language() -> None:
    neutral = lesson("# %% [markdown]\n# # PyTorch { #pytorch }\n")
    assert neutral.prose("ko") == neutral.prose("en") == neutral.cells


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            FIGURE,
            '# %% figure="numbers" size="2"\n',
            f'66: this cell marker is not understood\n  # %% figure="numbers" size="2"\n{ONLY}',
        ),
        (FIGURE, "# %% figure=numbers\n", f"66: this cell marker is not understood\n  # %% figure=numbers\n{ONLY}"),
        (FIGURE, "# %% figure='numbers'\n", f"66: this cell marker is not understood\n  # %% figure='numbers'\n{ONLY}"),
        (FIGURE, "# %% Drawing\n", f"66: this cell marker is not understood\n  # %% Drawing\n{ONLY}"),
        (FIGURE, '# %% lang="en"\n', f'66: this cell marker is not understood\n  # %% lang="en"\n{ONLY}'),
        (FIGURE, '# %%figure="numbers"\n', f'66: this cell marker is not understood\n  # %%figure="numbers"\n{ONLY}'),
        (
            FIGURE,
            '# %% figure="numbers" figure="others"\n',
            f'66: this cell marker is not understood\n  # %% figure="numbers" figure="others"\n{ONLY}',
        ),
        (
            CAPTION,
            '# %% [markdown] lang=ko caption="numbers"\n',
            f'71: this cell marker is not understood\n  # %% [markdown] lang=ko caption="numbers"\n{ONLY_MARKDOWN}',
        ),
        (
            CAPTION,
            '# %% [markdown] lang="ko" tolerance="0.1"\n',
            f'71: this cell marker is not understood\n  # %% [markdown] lang="ko" tolerance="0.1"\n{ONLY_MARKDOWN}',
        ),
        (
            FIGURE,
            '# %% figure="../numbers"\n',
            "66: the name of a figure is made of small letters, digits and _\n"
            '  # %% figure="../numbers"\nWrite: figure="my_name"',
        ),
        (
            CAPTION,
            '# %% [markdown] lang="ko" caption=""\n',
            "71: the name of a caption is made of small letters, digits and _\n"
            '  # %% [markdown] lang="ko" caption=""\nWrite: caption="my_name"',
        ),
        (
            CAPTION,
            '# %% [markdown] lang="kr" caption="numbers"\n',
            "71: this cell has no known language\n"
            '  # %% [markdown] lang="kr" caption="numbers"\nGive it one of: lang="ko", lang="en"',
        ),
        (
            CAPTION,
            '# %% [markdown] caption="numbers"\n',
            "71: this cell has no known language\n"
            '  # %% [markdown] caption="numbers"\nGive it one of: lang="ko", lang="en"',
        ),
        (
            "# %%\nimport",
            "#%%\nimport",
            "23: a cell marker begins with `# %%`\n  #%%\nWrite it with one space.",
        ),
        (
            "# The four numbers grow **evenly**.",
            "#\tThe four numbers grow.\nevenly",
            "79: a line of a prose cell begins with `# `\n  #\tThe four numbers grow.\n"
            "Begin it with `# `, or begin a code cell above it: # %%",
        ),
        (
            '# %% [markdown] lang="ko"\n# # 합과',
            '"""Sums."""\n# %% [markdown] lang="ko"\n# # 합과',
            '7: this stands before the first cell\n  """Sums."""\nBegin a cell above it: # %%',
        ),
        (
            "def mean(values):\n",
            "def mean(values):\n# %%\n",
            "52: a cell begins inside a statement\n  # %%\nEnd the statement before it.",
        ),
        (
            "[1, 2, 3, 4]",
            "[\n    1,\n# %%\n]",
            "50: a cell begins inside a statement\n  # %%\nEnd the statement before it.",
        ),
    ],
)
def test_what_is_no_cell_is_reported_once_with_its_line(old: str, new: str, message: str) -> None:
    assert problems(planted(old, new)) == [f"lesson.py:{message}"]


def test_a_file_without_cells() -> None:
    assert problems("x = 1\n") == [
        "lesson.py:1: this stands before the first cell\n  x = 1\nBegin a cell above it: # %%"
    ]


def test_what_only_looks_like_a_marker() -> None:
    text = f'{TITLE}# %%\nx = """\n# %% [markdown]\n#%%\n"""\nif x:\n    # %% of all\n    x = 1\n# % %\n'
    assert [cell.line for cell in lesson(text).code] == [7]


def test_blanks_in_a_marker() -> None:
    cells = lesson(
        '# %%  [markdown]\tlang="ko" \n# # 가 { #a }\n# %% [markdown] lang="en"\n# # A { #a }\n# %%  \nx = 1'
    )
    assert [type(cell) for cell in cells.cells] == [Prose, Prose, Code]


def test_every_problem_is_reported_in_the_order_of_lines() -> None:
    text = planted("# time_limit: 5", "# time_limit: x", planted("# > 2.5", "\n# > 2.5", planted("# n = 4", "# 수")))
    assert [message.split(":")[1] for message in problems(text)] == ["4", "48", "60"]


def test_a_third_language_is_one_more_name() -> None:
    program = """
import lessonkit.words
lessonkit.words.LANGUAGES = ("ko", "en", "ja")
from pathlib import Path
from lessonkit.lesson.cells import LessonError
from lessonkit.lesson.parse import OPTIONS, parse
cells = ["# %% [markdown] lang=" + f'"{lang}"' + "\\n# # T { #t }\\n\\n" for lang in ("ko", "en", "ja")]
code = "# %%\\n# ko: a\\n# en: b\\n# ja: c\\nx = 1\\n"
cell = parse(Path("a.py"), "".join(cells) + code).code[0]
print(sorted(cell.sources.items()))
try:
    parse(Path("a.py"), "".join(cells[:2]) + code.replace("# ja: c\\n", ""))
except LessonError as error:
    print(error)
"""
    reported = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert reported.stdout.splitlines() == [
        "[('en', '# b\\nx = 1'), ('ja', '# c\\nx = 1'), ('ko', '# a\\nx = 1')]",
        "a.py:1: this ko cell has no en or ja cell beside it",
        '  # %% [markdown] lang="ko"',
        "Write the en or ja cell of the pair next to it (ko, then en, then ja).",
        "",
        "a.py:1: the ja page does not begin with its title",
        '  # %% [markdown] lang="ko"',
        'Begin the lesson with a cell [markdown] lang="ja" whose first line is: # # Title { #anchor }',
        "",
        "a.py:4: this en cell has no ko or ja cell beside it",
        '  # %% [markdown] lang="en"',
        "Write the ko or ja cell of the pair next to it (ko, then en, then ja).",
        "",
        "a.py:8: this comment has no counterpart in ja",
        "  # ko: a",
        "  # en: b",
        "Write `# ko: ...` and, right below it, `# en: ...` and, right below it, `# ja: ...`.",
    ]
