"""What the recorder keeps of a figure beside its SVG: what it draws, by which code and where, a digest of that SVG.

A figure has a platform of its own, so that one whose code changed is drawn anew on any machine, and the outputs of its
lesson, which another machine may have recorded, need not change with it.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from lessonkit.drawing.figure_values import Data
from lessonkit.lesson.cells import Code, Lesson, Problem, shown
from lessonkit.lesson.figure_digest import figure_code
from lessonkit.running.provenance import Platform, folder


def figure_files(lesson: Lesson, cell: Code) -> tuple[Path, Path]:
    """The files of a figure: its SVG, and what is kept beside it."""
    svg, data = (folder(lesson) / f"{cell.name}.{kind}" for kind in ("svg", "json"))
    return svg, data


def to_json(lesson: Lesson, cell: Code, svg: str, drawn: Data, platform: Platform) -> str:
    """The text of the file beside the SVG; `drawn` is what figure_data.drawn tells."""
    kept = {"code": figure_code(lesson, cell), "svg": _digest(svg.encode()), "platform": platform.as_dict()}
    return json.dumps(kept | drawn, indent=1) + "\n"


def recorded_drawing(lesson: Lesson, cell: Code) -> Data:
    """What the recorded figure draws; nothing where its file is missing or damaged."""
    return {key: one for key, one in _kept(lesson, cell).items() if key not in ("code", "svg", "platform")}


def drawn_on(lesson: Lesson, cell: Code) -> dict[str, str] | None:
    """The platform that drew the recorded figure (provenance.Platform.as_dict); None where nothing tells it."""
    return _kept(lesson, cell).get("platform")


def check_recorded(lesson: Lesson, cell: Code) -> Problem | None:
    """A figure that is not recorded."""
    svg, data = figure_files(lesson, cell)
    if missing := data if not _kept(lesson, cell) else svg if not svg.exists() else None:
        sentence = f'the figure "{cell.name}" is not recorded'
        evidence = (f"this file is missing or damaged: {shown(missing)}",)
        return Problem(lesson.path, cell.line, sentence, evidence, f"Run: {lesson.update_command}")
    return None


def check_drawn(lesson: Lesson, cell: Code) -> Problem | None:
    """A figure, recorded, that was not drawn by the code as it stands."""
    svg, kept = figure_files(lesson, cell)[0], _kept(lesson, cell)
    if kept.get("code") != figure_code(lesson, cell):
        sentence = f'the figure "{cell.name}" was drawn by other code than stands here now'
        evidence = f"recorded figure: {shown(svg)}"
    elif kept.get("svg") != _digest(svg.read_bytes()):
        sentence = f'the picture of the figure "{cell.name}" is not the one that was recorded'
        evidence = f"it was changed or exchanged: {shown(svg)}"
    else:
        return None
    return Problem(lesson.path, cell.line, sentence, (evidence,), f"Run: {lesson.update_command}")


def _kept(lesson: Lesson, cell: Code) -> Data:
    try:
        kept = json.loads(figure_files(lesson, cell)[1].read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def _digest(svg: bytes) -> str:
    """16 hexadecimal digits for an SVG, whichever line ends Git gave it."""
    return hashlib.sha256(svg.replace(b"\r\n", b"\n")).hexdigest()[:16]
