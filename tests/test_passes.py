"""What happens to a page is one list; where the plugins stand in mkdocs.yml does not matter."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from test_notebook_site import build, new_project

from lessonkit.html import passes, site_passes

STAGES = get_args(passes.Stage)
SHOWN = passes.Shown("written", "ko", Path("docs/ko/index.md"))


def test_the_list_is_in_the_order_of_its_stages() -> None:
    order = [STAGES.index(stage) for stage, _ in passes.PASSES]
    assert order == sorted(order)
    assert set(order) == set(range(len(STAGES)))


def test_a_new_pass_is_a_line_in_the_list(monkeypatch: pytest.MonkeyPatch) -> None:
    def shout(html: str, shown: passes.Shown) -> str:
        return html.upper()

    monkeypatch.setattr(passes, "PASSES", (*passes.PASSES, ("content", shout)))
    assert passes.run("content", "<p>a</p>", SHOWN) == "<P>A</P>"
    assert passes.run("page", "<p>a</p>", SHOWN) == "<p>a</p>"


def test_a_table_is_framed_once_and_one_in_a_table_alone() -> None:
    frame = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">{}</div></div>'.format
    inner = "<table><td>b</td></table>"
    assert passes.tables(f"<p>a</p>{inner}<table class='c'></table>", SHOWN) == (
        f"<p>a</p>{frame(inner)}<table class='c'></table>"
    )
    assert passes.tables(f"<table><td>{inner}</td></table>{inner}", SHOWN) == (
        f"<table><td>{frame(inner)}</td></table>{frame(inner)}"
    )


def test_the_policy_is_made_of_what_is_written() -> None:
    assert site_passes.PASSES[-1] is site_passes.policy


def plugins(text: str) -> list[str]:
    """The entries of `plugins` in a mkdocs.yml, each with its lines."""
    return re.findall(r"^  - .*\n(?:    .*\n)*", text[text.index("plugins:") :], re.MULTILINE)


@pytest.mark.rest
def test_the_order_of_the_plugins_does_not_matter(tmp_path: Path) -> None:
    sites = []
    project = new_project(tmp_path)
    settings = (
        (project / "mkdocs.yml")
        .read_text(encoding="utf-8")
        .replace("notebooks: true", "notebooks: true\n      parallel: true")
    )
    entries = plugins(settings)
    assert len(entries) == 3
    for order in (entries, entries[::-1], [entries[1], entries[0], entries[2]]):
        text = settings.replace("".join(entries), "".join(order))
        (project / "mkdocs.yml").write_text(text, encoding="utf-8")
        result = build(project, "--strict")
        assert result.returncode == 0, result.stderr
        pages = sorted((project / "site").rglob("*.html"))
        sites.append({path: path.read_text(encoding="utf-8") for path in pages})
    assert any("parallel" in path.parts for path in sites[0])
    assert all(one == other for one, other in pairwise(sites))
