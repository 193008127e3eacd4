"""The quick tests run always, the rest with --all; what is left out or not installed is told in one line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lessonkit.adapters.pytest_all import missing_requirements

TESTS = """
import pytest

def test_quick(): pass

@pytest.mark.rest
def test_slow(): pass

@pytest.mark.parametrize("n", [1, pytest.param(2, marks=pytest.mark.rest)])
def test_both(n): pass
"""


def further(result: pytest.RunResult) -> list[str]:
    return [line for line in result.outlines if "further test" in line]


@pytest.mark.rest
@pytest.mark.parametrize("workers", [[], ["-n", "2"]])
def test_the_rest_runs_with_all_and_is_counted_without(project, workers):
    project.pytester.makepyfile(test_some=TESTS)
    result = project.pytest("test_some.py", *workers)
    result.assert_outcomes(passed=2, deselected=0 if workers else 2)
    assert further(result) == ["2 further tests run with --all"]
    result = project.pytest("test_some.py", "--all", *workers)
    result.assert_outcomes(passed=4)
    assert further(result) == []


def test_a_test_of_the_rest_that_is_asked_for_is_reported_how(project):
    project.pytester.makepyfile(test_some=TESTS)
    result = project.pytest("test_some.py::test_slow")
    assert result.ret == pytest.ExitCode.NO_TESTS_COLLECTED
    assert further(result) == ["1 further test runs with --all"]
    result = project.pytest("test_some.py", "-k", "quick")
    assert further(result) == ["2 further tests run with --all"], "-k is about what is left"


REQUIREMENTS = """# What runs the lessons.
pytest  # is here
No_Such.Thing==2.0  # and this is not
-e .
--extra-index-url https://example.org/none

nothing-else[extra]>=1 ; python_version >= "3"
not-for-us ; python_version < "3"
"""


def test_what_is_not_installed_is_one_sentence_before_any_test(project):
    (project.path / "requirements.txt").write_text(REQUIREMENTS, encoding="utf-8")
    assert missing_requirements(project.path / "requirements.txt") == ["No_Such.Thing", "nothing-else"]
    assert missing_requirements(project.path / "none.txt") == []
    project.pytester.makeconftest("raise ImportError('a storm')")
    done = project.command()
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    reported = "not installed: No_Such.Thing, nothing-else. Run: pip install -r requirements.txt"
    assert [line.removeprefix("ERROR: ") for line in (done.stdout + done.stderr).splitlines() if line] == [reported]


@pytest.mark.rest
def test_without_a_browser_one_line_is_skipped(project, monkeypatch):
    """The hooks of tests/browser in a project of their own, on a machine without browsers."""
    folder = project.path / "browser"
    folder.mkdir()
    ours = Path(__file__).parent / "browser"
    for name in ("conftest.py", "reading.py"):
        (folder / name).write_text((ours / name).read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "test_kinds.py").write_text(
        "import pytest\n@pytest.mark.parametrize('n', range(9))\ndef test_page(page, n): pass\ndef test_file(): pass\n"
    )
    (folder / "test_others.py").write_text("def test_page(page): pass\ndef test_other(firefox): pass\n")
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))
    reason = "no Chromium on this machine for {} tests (apt-get install chromium-headless-shell)"
    done = project.command("-rs", "browser")
    assert "1 passed, 1 skipped, 2 deselected" in done.stdout
    (skipped,) = (line for line in done.stdout.splitlines() if line.startswith("SKIPPED"))
    assert skipped.endswith(reason.format(9))
    done = project.command("--all", "browser", CI="true")
    assert "2 failed, 1 passed" in done.stdout
    assert f"FAILED browser::chromium - Failed: {reason.format(10)}" in done.stdout
    assert "FAILED browser::firefox - Failed: no Firefox on this machine for 1 tests" in done.stdout
