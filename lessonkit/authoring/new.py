"""Adds a lesson to a course: its file, which must not be there yet, and its page in the nav. Both, or neither."""

from __future__ import annotations

from pathlib import Path

from lessonkit.authoring.nav import with_page
from lessonkit.authoring.project import Project
from lessonkit.checks.course import hides, nav_pages
from lessonkit.checks.record import write_changed
from lessonkit.lesson.cells import LessonError, Problem, shown
from lessonkit.lesson.parse import NAME
from lessonkit.lesson.text_file import BOM, read_text
from lessonkit.running.provenance import FOLDER

NEXT = (
    "1. Write what is marked TODO in {path}, in both languages.",
    "2. Record the outputs and read them: lessonkit record {name}",
    "3. Check it, then look at it: lessonkit check {name} && mkdocs serve",
)


def check_name(project: Project, name: str) -> None:
    """Raises LessonError where no new lesson can be called so."""
    path = project.lessons / f"{name}.py"
    hint = "Choose another name."
    taken = [
        (path.exists(), "there is a lesson of this name"),
        ((project.lessons / FOLDER / name).exists(), "there are records of a lesson of this name"),
        (_has_page(project, f"{name}.md"), "there is a hand-written page of this name"),
    ]
    if not NAME.fullmatch(name):
        hint = "Write it as in: my_lesson"
        sentence = "the name of a lesson is made of small letters, digits and _, and begins with a letter"
        raise LessonError(Problem(path, 1, sentence, (name,), hint))
    if hides(name):
        raise LessonError(
            Problem(path, 1, "Python has something of this name, which the file would hide", (name,), hint)
        )
    for wrong, sentence in taken:
        if wrong:
            raise LessonError(Problem(path, 1, sentence, (name,), hint))


def _has_page(project: Project, page: str) -> bool:
    return any(project.settings.parent.glob(f"docs/*/{page}"))


def add(project: Project, name: str, text: str, after: str = "") -> list[str]:
    """Writes a lesson and puts its page into nav; what to do next, a line each. Raises LessonError before it writes."""
    check_name(project, name)
    path, page = project.lessons / f"{name}.py", f"{name}.md"
    settings = read_text(project.settings)
    if page not in (nav_pages(project.settings) or ()):
        lessons = {f"{one.stem}.md" for one in project.lessons.glob("*.py")}
        last = f"{project.lesson(after).stem}.md" if after else ""
        settings = with_page(project.settings, settings, page, _main(project, lessons), last)
    bom = BOM if project.settings.read_bytes().startswith(BOM) else b""
    try:
        write_changed(path, text.encode())
        write_changed(project.settings, bom + settings.encode())
    except OSError as error:
        path.unlink(missing_ok=True)
        sentence = "nothing can be written here, so there is no new lesson"
        raise LessonError(Problem(Path(error.filename or path), 1, sentence, (str(error),))) from None
    return [line.format(path=shown(path), name=name) for line in NEXT]


def _main(project: Project, lessons: set[str]) -> set[str]:
    """The lessons of the sections that hold lessons and nothing else; all of them where there is no such section."""
    pages = nav_pages(project.settings) or []
    others = [index for index, page in enumerate(pages) if page not in lessons and index]
    first = [page for page in pages[: others[0]] if page in lessons] if others else []
    return set(first) or lessons
