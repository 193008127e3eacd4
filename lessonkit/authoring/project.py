"""Where the lessons of a course, its settings and its glossary are, read from mkdocs.yml without MkDocs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lessonkit.checks.course import read_settings
from lessonkit.lesson.cells import LessonError, Problem
from lessonkit.lesson.parse import NAME


@dataclass(frozen=True)
class Project:
    """A course: its mkdocs.yml, the folder of its lessons, its glossary."""

    settings: Path
    lessons: Path
    glossary: Path | None

    def lesson(self, name: str) -> Path:
        """The file of a lesson, by its name (`softmax`), its address (`cross-entropy`) or its path.

        Raises LessonError where there is none.
        """
        given = Path(name)
        path = self.lessons / f"{re.sub('-', '_', given.stem if given.suffix in ('.py', '.md') else given.name)}.py"
        if path.is_file():
            return path
        known = ", ".join(sorted(one.stem for one in self.lessons.glob("*.py"))) or "none"
        is_new = NAME.fullmatch(path.stem) and not any(self.settings.parent.glob(f"docs/*/{path.stem}.md"))
        hint = f"Write one: lessonkit new {path.stem}" if is_new else "Correct the name."
        raise LessonError(Problem(path, 1, f"there is no lesson {name}", (f"lessons: {known}",), hint))


def find_project(folder: Path) -> Project:
    """The course that a folder lies in. Raises LessonError where there is no mkdocs.yml in it or above it."""
    root = next((one for one in (folder, *folder.parents) if (one / "mkdocs.yml").is_file()), None)
    if root is None:
        hint = "Go to the folder of the course, the one with mkdocs.yml."
        raise LessonError(Problem(folder / "mkdocs.yml", 1, "there is no course here: no mkdocs.yml", (), hint))
    found = read_settings(root / "mkdocs.yml") or {}
    plugins = found.get("plugins")
    entries = plugins if isinstance(plugins, list) else [plugins]
    options = next((one["lessons"] for one in entries if isinstance(one, dict) and "lessons" in one), None)
    options = options if isinstance(options, dict) else {}
    glossary = options.get("glossary")
    lessons = options.get("folder")
    return Project(
        root / "mkdocs.yml",
        root / (lessons if isinstance(lessons, str) else "lessons"),
        root / glossary if isinstance(glossary, str) else None,
    )
