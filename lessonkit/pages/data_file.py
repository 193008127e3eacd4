"""A YAML file that the course keeps data in: read with the lines of its entries, and wrong YAML said with its line."""

from __future__ import annotations

from pathlib import Path

import yaml

from lessonkit.lesson.cells import LessonError, Problem


def read_yaml(path: Path) -> tuple[yaml.Node | None, object]:
    """What a file holds: as a node, which knows its lines, and as a value. Raises LessonError."""
    try:
        loader = yaml.SafeLoader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        return node, loader.construct_document(node) if node else None
    except OSError as error:
        sentence = f"this file cannot be read: {error.strerror}"
        raise LessonError(Problem(path, 1, sentence, (), "mkdocs.yml or pyproject.toml names it.")) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error)
        raise LessonError(Problem(path, mark.line + 1 if mark else 1, f"this is not valid YAML: {reason}")) from None
