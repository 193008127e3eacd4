"""What ARCHITECTURE.md and CONTRIBUTING.md name is there: modules, tests, and in each package's row its modules."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lessonkit.html import passes, site_passes

ROOT = Path(__file__).parent.parent
KIT = ROOT / "lessonkit"
PACKAGES = {path.parent.name for path in KIT.glob("*/__init__.py")}
PAGES = ("ARCHITECTURE.md", "CONTRIBUTING.md", "CONTRIBUTING.ko.md")


def missing(text: str) -> list[str]:
    """The modules and tests that a page names, and that are not there."""
    found: list[str] = []
    for row in re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| (.*) \|$", text, re.MULTILINE):
        packages = set(re.findall(r"\w+", row[0])) & PACKAGES
        for name in re.findall(r"`([a-z_]+)`", row[1]) if packages else ():
            if not any((KIT / package / f"{name}.py").exists() for package in packages):
                found.append(f"{'/'.join(sorted(packages))}: {name}")
    for package, name in re.findall(
        r"(?<![\w/])(?:lessonkit/)?(\w+)/(\w+)(?=[.`])", " ".join(re.findall(r"`[^`\n]+`", text))
    ):
        inside = KIT / package / name
        if package in PACKAGES and not (
            inside.is_dir() or inside.with_suffix(".py").exists() or [*inside.parent.glob(f"{name}.*")]
        ):
            found.append(f"{package}/{name}")
    found += [name for name in re.findall(r"\btest_\w+\.py", text) if not [*(ROOT / "tests").rglob(name)]]
    return found


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_there(page: str) -> None:
    assert missing((ROOT / page).read_text(encoding="utf-8")) == []


def test_the_way_of_a_page_names_all_passes_in_their_order() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    content, page = re.findall(r"`(?:content|page)` on .*?\((.*?)\)", text)
    written = re.search(r"when all languages are written: (.*?)\.", text)
    names = {stage: [one.__name__ for when, one in passes.PASSES if when == stage] for stage in ("content", "page")}
    assert {"content": content.split(", "), "page": page.split(", ")} == names
    assert written[1].replace(" ", "_").split(",_") == [one.__name__ for one in site_passes.PASSES]


def gone(text: str) -> list[str]:
    """The modules that a source names in its docstrings and comments (`notebooks.outline`, checks/pairs.py), and that
    are not there. A lesson is a value, too: its attributes are not looked at."""
    named = re.findall(r"`(\w+)\.(\w+)`|(?<![\w/])(\w+)/(\w+)\.py\b", text)
    found = ((a or c, b or d) for a, b, c, d in named)
    return [
        f"{one}/{name}"
        for one, name in found
        if one in PACKAGES - {"lesson"} and not (KIT / one / f"{name}.py").exists()
    ]


def test_what_a_source_names_is_there() -> None:
    sources = {path: gone(path.read_text(encoding="utf-8")) for path in KIT.rglob("*.py")}
    assert {path.relative_to(ROOT).as_posix(): names for path, names in sources.items() if names} == {}
    assert gone("`checks.varying` `notebooks.outline` `lesson.text` checks/lab_data.py") == [
        "checks/varying",
        "checks/lab_data",
    ]


def test_what_is_not_there_is_seen() -> None:
    row = "| `checks` | when outputs agree (`compare`, `compared`) |\n"
    text = "`pages/render.RENDERERS`, `pages/rendered.py`, `lessonkit/running/gone` (`test_gone.py`, `test_layers.py`)"
    assert missing(row + text) == ["checks: compared", "pages/rendered", "running/gone", "test_gone.py"]
