"""What must be true among the lessons of a course, told by pytest and by the build."""

from __future__ import annotations

from pathlib import Path

import pytest
from planting import TITLE
from test_mkdocs_plugin import edit, mkdocs
from test_mkdocs_plugin import project as site_project  # noqa: F401

from lessonkit.checks.course import check_file_name, check_links, check_order, check_title, left_records, nav_pages
from lessonkit.lesson.parse import parse, read

ROOT = Path(__file__).parent.parent


def test_the_nav_of_the_site_is_read_without_mkdocs() -> None:
    pages = nav_pages(ROOT / "mkdocs.yml")
    assert pages[0] == "index.md"
    assert pages.index("softmax.md") < pages.index("cross_entropy.md") < pages.index("mnist_capstone.md")
    assert nav_pages(ROOT / "nothing.yml") is None


@pytest.mark.parametrize("text", ["", "nav:\n", "nav: [\n", "- a\n", "site_name: !ENV [A, b]\n", "\x00"])
def test_settings_without_a_nav(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert nav_pages(tmp_path / "mkdocs.yml") is None


def test_our_lessons_are_in_order() -> None:
    pages = nav_pages(ROOT / "mkdocs.yml")
    for path in sorted((ROOT / "lessons").glob("*.py")):
        lesson = read(path)
        assert check_order(lesson, pages) == []
        assert check_title(lesson) == []
        assert check_file_name(lesson) == []
        assert check_links(lesson, pages) == []
    assert left_records(ROOT / "lessons") == []


def test_a_lesson_that_the_nav_forgets_or_has_too_early() -> None:
    lesson = parse(Path("second.py"), f"# ---\n# needs: [third, first]\n# ---\n\n{TITLE}")
    assert [str(one) for one in check_order(lesson, ["first.md", "second.md", "third.md"])] == [
        "second.py:2: the lesson third should be read first, and comes later in the nav\n  # needs: [third, first]\n"
        "Change their order in nav in mkdocs.yml, or remove it from needs."
    ]
    assert [str(one) for one in check_order(lesson, ["first.md", "third.md"])] == [
        "second.py:1: this lesson is not in the nav, so nobody finds it\n"
        "Add `- second.md` to nav in mkdocs.yml, at its place in the reading order."
    ]


def test_a_lesson_whose_file_python_would_import_for_something_else() -> None:
    (message,) = [str(one) for one in check_file_name(parse(Path("numpy.py"), TITLE))]
    assert message == (
        "numpy.py:1: Python has something called numpy, which this file hides from the lessons beside it\n"
        "Rename it, as in: git mv numpy.py my_numpy.py"
    )


def test_a_title_that_another_lesson_has(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.py").write_text(TITLE.replace("합", name), encoding="utf-8")
    (message,) = [str(one) for one in check_title(read(tmp_path / "two.py"))]
    assert message == (
        f"{tmp_path}/two.py:5: the title 'Sum' is that of one.py too\n  # # Sum {{ #sum }}\n"
        "Give one of the two another title: pages are found by it."
    )


def test_pytest_tells_what_is_wrong_among_lessons(project) -> None:
    path = project.write("one", "x = 1\n")
    (path.parent / "two.py").write_bytes(path.read_bytes())
    (project.path / "mkdocs.yml").write_text("nav: [two.md]\n", encoding="utf-8")
    left = project.path / "lessons" / "records" / "gone"
    left.mkdir(parents=True)
    (left / "record.json").write_text("{}", encoding="utf-8")
    result = project.pytest("lessons")
    text = result.stdout.str()
    assert "lessons/one.py:1: this lesson is not in the nav, so nobody finds it" in text
    assert "lessons/one.py:2: the title 'Case one' is that of two.py too" in text
    assert "lessons/records/gone:1: these records belong to no lesson" in text
    assert "or remove it: git rm -r 'lessons/records/gone'" in text
    assert (left / "record.json").exists(), "told, not deleted"
    assert path.exists()


@pytest.mark.parametrize(
    ("argument", "sentence"),
    [
        ("lessons/one.ipynb", "lessons/one.ipynb: a notebook is no lesson."),
        ("lessons/part", "lessons/part: lessons lie in lessons/ itself, not in a folder of their own. Move it there."),
        ("lessons/part/one.py", "lessons/part/one.py: lessons lie in lessons/ itself"),
    ],
)
def test_pytest_says_what_is_no_lesson(project, argument: str, sentence: str) -> None:
    path = project.path / argument
    path.parent.mkdir(exist_ok=True)
    path.mkdir() if not path.suffix else path.write_text("{}", encoding="utf-8")
    result = project.command(argument)
    assert result.returncode == 4
    assert f"ERROR: {sentence}" in result.stderr


@pytest.mark.rest
def test_the_build_tells_what_is_wrong_among_lessons(site_project: Path) -> None:  # noqa: F811
    text = (site_project / "lessons" / "good.py").read_text(encoding="utf-8")
    (site_project / "lessons" / "later.py").write_text(text, encoding="utf-8", newline="\n")
    (site_project / "lessons" / "records" / "gone").mkdir()
    edit(site_project, "# needs: []", "# needs: [later]")
    edit(site_project, "[good.md]", "[good.md, later.md]", "mkdocs.yml")
    result = mkdocs(site_project, "build", "--strict")
    assert result.returncode == 1
    assert "lessons/good.py:3: the lesson later should be read first, and comes later in the nav" in result.stderr
    assert "lessons/later.py:7: the title '합과 평균' is that of good.py too" in result.stderr
    assert "lessons/good.py:7: the title '합과 평균' is that of later.py too" in result.stderr
    assert "lessons/records/gone:1: these records belong to no lesson" in result.stderr
    assert "Traceback" not in result.stderr
    text = text.replace("# # 합과 평균", "# # 나중에").replace("# # Sum and mean", "# # Later")
    (site_project / "lessons" / "later.py").write_text(text, encoding="utf-8", newline="\n")
    again = mkdocs(site_project, "build").stderr
    assert "the title" not in again, "what is kept of one lesson does not hang on another"


@pytest.mark.rest
@pytest.mark.parametrize("kind", ["folder", "link to nowhere"])
def test_what_is_named_like_a_lesson_and_cannot_be_read(site_project: Path, kind: str) -> None:  # noqa: F811
    path = site_project / "lessons" / "other.py"
    path.mkdir() if kind == "folder" else path.symlink_to("nowhere.py")
    result = mkdocs(site_project, "build", "--strict")
    assert result.returncode == 1
    assert "lessons/other.py:1: the file cannot be read: " in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("nope.md", "this link leads to nope.md, and the nav has no such page"),
        ("first.py", "this link leads to first.py, and the nav has no such page"),
        ("first.md#nope", "this link leads to #nope, and first.py has no such anchor"),
        ("#nope", "this link leads to #nope, and second.py has no such anchor"),
        ("first.md#sum", ""),
        ("#sum", ""),
        ("#figure-one-two", ""),
        ("glossary.md#anything", ""),
        ("https://example.org/nope.md#nope", ""),
    ],
)
def test_links_of_a_lesson_are_reported_with_their_line(tmp_path: Path, target: str, sentence: str) -> None:
    (tmp_path / "first.py").write_text(TITLE, encoding="utf-8")
    figure = '# %% figure="one_two"\nfig, ax = plt.subplots()\n\n'
    captions = "".join(f'# %% [markdown] lang="{lang}" caption="one_two"\n# A.\n#\n# B.\n\n' for lang in ("ko", "en"))
    text = f"{TITLE}{figure}{captions}# %% [markdown]\n# See [there]({target}).\n"
    found = check_links(parse(tmp_path / "second.py", text), ["first.md", "second.md", "glossary.md"])
    line = text.split("\n").index(f"# See [there]({target}).") + 1
    assert [(one.line, one.sentence, one.hint) for one in found] == (
        [(line, sentence, "Correct the link, or leave it out.")] if sentence else []
    )
