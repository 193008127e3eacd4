"""The engine's modules import only downwards, in the order that lessonkit/__init__.py states."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import lessonkit

ROOT = Path(__file__).parent.parent
LINES = re.findall(r"^    (\w+(?:, \w+)*)  ", lessonkit.__doc__, re.MULTILINE)
LAYER = {name: number for number, line in enumerate(LINES) for name in line.split(", ")}
MODULES = sorted(path for path in (ROOT / "lessonkit").glob("*.py") if path.stem != "__init__")
LESSONS = sorted((ROOT / "lessons").glob("*.py"))
ADAPTERS = {"mkdocs": {"mkdocs", "material"}, "pytest": {"pytest", "_pytest"}}
"""What the modules whose names begin so may import, and no others."""


def imported(path: Path) -> Iterator[str]:
    """What a module imports, wherever it does so: `lessonkit.cells`, `pytest`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{item.name}" for item in node.names)
        elif isinstance(node, ast.Import):
            yield from (item.name for item in node.names)


def test_the_docstring_names_every_module_once() -> None:
    assert sorted(", ".join(LINES).split(", ")) == [path.stem for path in MODULES]


def test_modules_import_only_from_layers_above_in_the_list() -> None:
    for path in MODULES:
        for name in imported(path):
            package, _, rest = name.partition(".")
            if package == "lessonkit":
                assert LAYER[rest.split(".")[0]] < LAYER[path.stem], f"{path.stem} imports {name}"


def test_only_the_adapters_know_mkdocs_and_pytest() -> None:
    for path in MODULES:
        known = {name.split(".")[0] for name in imported(path)} & set.union(*ADAPTERS.values())
        assert known <= ADAPTERS.get(path.stem.split("_")[0], set()), path.stem


def test_lessons_never_import_the_engine() -> None:
    assert LESSONS
    for path in LESSONS:
        assert not any(name.split(".")[0] == "lessonkit" for name in imported(path)), path.stem
