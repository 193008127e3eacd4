"""Nothing within a string is touched, whatever it looks like: on pages, in notebooks, in programs to download."""
# ruff: noqa: W291, W293

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from planting import TITLE, lesson, problems
from test_mkdocs_plugin import mkdocs
from test_notebook_site import MKDOCS, new_project
from test_render import ROOT, html

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.exercises import solution, starter
from lessonkit.lesson.tokens import scan
from lessonkit.notebooks.notebook import notebook
from lessonkit.notebooks.python_file import plain_program
from lessonkit.pages.render import to_markdown
from lessonkit.words import LANGUAGES

HOSTILE = '''"""a   
   
\tb\tc

    \t
import math
# ko: one
# en: two
# > an output  
# %% exercise="no"
# %% [markdown]
    ### BEGIN SOLUTION
    ### END SOLUTION
# <a id="unused"></a>
#
<!-- course map --> <div data-figure="a"></div> &amp; &lt; $x$ [a](softmax.md) *x*{ .y } |
```
````python
~~~
--8<-- "x" {{ y }} [TOC] ==z== \\\\( \\\\[ \\\\
!!! note "n"
??? question "q"
end  """'''
"""The source of a string that holds everything which means something elsewhere."""

OTHERS = [
    "'a  \\\n   b  \\\n# ko: c'",
    'r"""\\d  \n# en: x\n"""',
    'f"""a  \n{1 + 1}  \n# > {2}\n"""',
    'f"""{\n1  # ko: a comment of the field\n}  \n"""' if sys.version_info >= (3, 12) else 'f"""{\n1\n}  \n"""',
    'rb"""a  \n# %%\n"""',
    '("""a  \n""" f"""b  \n# ko: {0}""")',
    '"""\n\n\n"""',
    '"# ko: not a comment  "',
]
TEXT = f"""{TITLE}# %%
# ko: 문자열
# en: a string
first = {HOSTILE}
print(len(first))
# > 1

# %% folded="optional"
second = {HOSTILE}

# %% exercise="text"
# ko: 써 보세요.
# en: Write it.
def text():
    outside = {HOSTILE}
    ### BEGIN SOLUTION
    inside = {HOSTILE}
    return outside + inside
    ### END SOLUTION


# %% check="text"
expected = {HOSTILE}
assert text() == 2 * expected
"""


@pytest.fixture(scope="module")
def hostile() -> Lesson:
    return lesson(TEXT)


def strings(source: str) -> list[str]:
    """The values of the strings in a source, f-strings in their canonical source."""
    nodes = ast.walk(ast.parse(source))
    fields = [node for node in nodes if isinstance(node, ast.JoinedStr)]
    if fields:
        return [ast.dump(node) for node in fields]
    return [node.value for node in ast.walk(ast.parse(source)) if isinstance(getattr(node, "value", 0), str | bytes)]


def codes(page: str) -> list[str]:
    """The text of each block of code on a page, as a reader copies it."""
    blocks = re.findall(r"<pre[^>]*>(?:<span></span>)?<code[^>]*>(.*?)\n?</code>", page, re.DOTALL)
    return [unescape(re.sub(r"<[^>]+>", "", block)) for block in blocks]


def expected_on_a_page(found: Lesson, lang: str) -> list[str]:
    first, second, exercise, check = (cell.sources[lang] for cell in found.code)
    return [first, "1", second, starter(exercise), check, solution(exercise)]


@pytest.mark.parametrize("source", [HOSTILE, *OTHERS])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_string_is_the_same_in_the_cell_of_each_language(source: str, lang: str) -> None:
    cell = lesson(f"{TITLE}# %%\nx = {source}  # c\n\n\ny = 1  \n").code[0]
    assert strings(cell.sources[lang]) == strings(f"x = {source}\n")
    assert cell.sources[lang].endswith("\ny = 1"), "whitespace after code goes"
    assert cell.recorded == ()


@pytest.mark.parametrize("source", [HOSTILE, *OTHERS])
def test_a_string_is_the_same_in_the_program(source: str) -> None:
    text = f'{TITLE}# %%\nx = {source}\n\n# %% exercise="e"\n### BEGIN SOLUTION\ny = {source}\n### END SOLUTION\n\n'
    program = plain_program(lesson(f'{text}# %% check="e"\nz = {source}\nassert y == z\n'), "en")
    tree = ast.parse(program)
    values = {node.targets[0].id: ast.dump(node.value) for node in ast.walk(tree) if isinstance(node, ast.Assign)}
    assert values["x"] == values["z"] == ast.dump(ast.parse(source).body[0].value)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_shows_strings_as_they_are(hostile: Lesson, lang: str) -> None:
    assert codes(html(to_markdown(hostile, lang))) == expected_on_a_page(hostile, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_notebook_shows_strings_as_they_are(hostile: Lesson, lang: str) -> None:
    first, second, exercise, check = (cell.sources[lang] for cell in hostile.code)
    cells = notebook(hostile, lang)["cells"]
    code = [cell["source"] for cell in cells if cell["cell_type"] == "code"]
    assert code == [first, second, starter(exercise), check]
    assert solution(exercise) in cells[-1]["source"]
    assert solution(exercise) in re.sub(r"^# ?", "", plain_program(hostile, lang), flags=re.MULTILINE)


def test_a_starter_keeps_the_strings_around_its_solution(hostile: Lesson) -> None:
    text = starter(hostile.code[2].sources["en"])
    assert strings(text)[0] == strings(f"x = {HOSTILE}")[0]
    assert text.endswith('end  """\n    ...')


@pytest.mark.rest
def test_the_built_site_shows_strings_as_they_are(tmp_path: Path) -> None:
    """Through MkDocs and mkdocs-jupyter, in the pages and the files of the site."""
    project = new_project(tmp_path)
    extensions = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("markdown_extensions:")[2]
    ours, theirs = extensions.partition("\nvalidation:")[0], MKDOCS.partition("markdown_extensions:")
    text = f"{theirs[0]}markdown_extensions:{ours}\nvalidation:{theirs[2].partition('validation:')[2]}"
    (project / "mkdocs.yml").write_text(text.replace("small.md,", "small.md, hostile.md,"), encoding="utf-8")
    (project / "lessons" / "hostile.py").write_text(TEXT, encoding="utf-8", newline="\n")
    result = mkdocs(project, "build")
    assert result.returncode == 0, result.stderr
    found = lesson(TEXT)
    for lang, folder in (("ko", ""), ("en", "en/")):
        expected = expected_on_a_page(found, lang)
        page = (project / "site" / folder / "hostile" / "index.html").read_text(encoding="utf-8")
        assert codes(page) == expected
        shown = codes((project / "site" / folder / "notebooks/hostile/index.html").read_text(encoding="utf-8"))
        first, output, second, given, check, answer = expected
        assert shown == [first, output, second, given, check, answer]
        book = json.loads((project / "site" / folder / "notebooks/hostile.ipynb").read_text(encoding="utf-8"))
        assert book["cells"][1]["source"] == first
        program = (project / "site" / folder / "notebooks/hostile.py").read_text(encoding="utf-8")
        assert program == plain_program(found, lang, lessons=("cross_entropy", "hostile", "small"))


def test_the_program_prints_what_the_strings_say(tmp_path: Path) -> None:
    text = f"{TITLE}# %%\nprint(ascii({HOSTILE}))\n"
    path = tmp_path / "program.py"
    path.write_text(plain_program(lesson(text), "ko"), encoding="utf-8", newline="\n")
    ran = subprocess.run([sys.executable, path], capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert ran.stdout == ascii(ast.literal_eval(HOSTILE)) + "\n", ran.stderr


def test_lines_within_strings() -> None:
    found = scan('x = """a\nb""" + f"""{1}\n{2}\n"""  # c\n# d\n')
    assert found.begin_in_string == {2, 3, 4}
    assert found.end_in_string == {1, 2, 3}
    assert (found.trailing, found.comments) == ({4: "# c"}, {5: (0, "# d")})


@pytest.mark.parametrize("character", ["\x02", "\x1c", "\x85", "\u202e", "\u2066", "\u200b", "\ue000"])
@pytest.mark.parametrize("where", ['x = "{}"', "x = 1  # {}", 'x = """\n{}"""'])
def test_a_character_that_nobody_sees_is_refused_in_code(character: str, where: str) -> None:
    (message,) = problems(f"{TITLE}# %%\n{where.format(character)}\n")
    line = 8 + where.count("\n")
    assert message.startswith(
        f"lesson.py:{line}: a character that nobody sees (U+{ord(character):04X}) stands in this line\n"
    )
    assert message.endswith(f"Remove it, or write it as an escape in a string: {ascii(character)}")


def test_a_solution_cannot_hold_a_line_that_begins_a_cell() -> None:
    text = TEXT.replace("    return outside + inside", '    return """\n%%time\n"""')
    (message,) = problems(text)
    line = text.split("\n").index("%%time") + 1
    assert message.startswith(f"lesson.py:{line}: this line would begin a cell where the program to download")
