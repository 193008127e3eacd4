"""The engine's packages import only downwards, in the order that lessonkit/__init__.py states."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import lessonkit

ROOT = Path(__file__).parent.parent
KIT = ROOT / "lessonkit"
LINES = re.findall(r"^    (\w+(?:, \w+)*)  ", lessonkit.__doc__, re.MULTILINE)
LAYER = {name: number for number, line in enumerate(LINES) for name in line.split(", ")}
MODULES = sorted(path for path in KIT.rglob("*.py") if path.stem != "__init__")
LESSONS = sorted((ROOT / "lessons").glob("*.py"))
ADAPTERS = {"adapters": {"mkdocs", "material", "pytest", "_pytest", "xdist"}}
"""What these packages may import, and no others."""
LONGER = {"programs/dataflow.py": 830}
"""Modules that may have more than 250 lines. In `dataflow` one recursion lives: statements have expressions, these call
functions, whose bodies are statements. Cut into modules of 250 lines it was seven classes that called each other."""


def imported(path: Path) -> Iterator[str]:
    """What a module imports, wherever it does so: `lessonkit.lesson.cells`, `pytest`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{item.name}" for item in node.names)
        elif isinstance(node, ast.Import):
            yield from (item.name for item in node.names)


def package(path: Path) -> str:
    """The package of a module; an adapter is its own."""
    return path.relative_to(KIT).parts[0].removesuffix(".py")


def test_the_docstring_names_every_package_once() -> None:
    packages = {path.parent.name for path in KIT.glob("*/__init__.py")}
    assert sorted(", ".join(LINES).split(", ")) == sorted(packages | {package(path) for path in MODULES})


def test_packages_import_only_from_lines_above_their_own() -> None:
    for path in MODULES:
        for name in imported(path):
            root, other, *_ = [*name.split("."), ""]
            if root == "lessonkit" and other != package(path):
                assert LAYER[other] < LAYER[package(path)], f"{path.relative_to(ROOT)} imports {name}"


def test_no_modules_import_each_other() -> None:
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts) for path in MODULES}
    graph = {}
    for path in MODULES:
        known = {name if name in names else name.rpartition(".")[0] for name in imported(path)}
        graph[".".join(path.relative_to(ROOT).with_suffix("").parts)] = known & names
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def test_modules_stay_small() -> None:
    lines = {path.relative_to(KIT).as_posix(): len(path.read_text().splitlines()) for path in MODULES}
    assert {name: count for name, count in lines.items() if count > LONGER.get(name, 250)} == {}
    assert {name: lines[name] for name in LONGER if lines[name] <= 250} == {}, "needs no exception any more"


def test_only_the_adapters_know_mkdocs_and_pytest() -> None:
    for path in MODULES:
        known = {name.split(".")[0] for name in imported(path)} & set.union(*ADAPTERS.values())
        assert known <= ADAPTERS.get(package(path), set()), path.stem


def test_lessons_never_import_the_engine() -> None:
    assert LESSONS
    for path in LESSONS:
        assert not any(name.split(".")[0] == "lessonkit" for name in imported(path)), path.stem
