"""Under `mkdocs serve` a notebook's page is made when somebody asks for it, and no build waits for any other."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from small_site import edit
from test_mkdocs_plugin import Server
from test_notebook_site import new_project

from lessonkit.adapters.build import Build
from lessonkit.adapters.on_request import Asked, new_file
from lessonkit.notebooks.notebook_page import is_waiting, waiting

KEY = "0123abcd"
MADE = "<p>made</p>"


def asked(root: Path, file: Path) -> Asked:
    """The application around one that gives the files of a folder, which a request finds as they are then."""

    def app(environ: dict, start: object) -> list[bytes]:
        return [(root / environ["PATH_INFO"].removeprefix("/s/") / "index.html").read_bytes()]

    return Asked(app, root, "/s/", file)


def test_who_asks_for_a_page_that_waits_gets_it_made(tmp_path: Path) -> None:
    file = tmp_path / "asked"
    file.touch()
    page = tmp_path / "site" / "en" / "notebooks" / "a" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(f"<html>{waiting('en', KEY)}</html>", encoding="utf-8")
    answers: list[list[bytes]] = []

    def ask() -> None:
        answers.append(asked(tmp_path / "site", file)({"PATH_INFO": "/s/en/notebooks/a/"}, None))

    asking = threading.Thread(target=ask)
    asking.start()
    end = time.monotonic() + 10
    while not file.read_text() and time.monotonic() < end:
        time.sleep(0.01)
    assert file.read_text().split() == [KEY]
    assert not answers
    page.write_text(MADE, encoding="utf-8")
    asking.join(10)
    assert answers == [[MADE.encode()]]


@pytest.mark.parametrize("path", ["/s/", "/s/../../secret/", "/s/\0/", "/s/none/", "/"])
def test_other_requests_are_answered_at_once(tmp_path: Path, path: str) -> None:
    root, file = tmp_path / "a" / "site", tmp_path / "asked"
    root.mkdir(parents=True)
    file.touch()
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "index.html").write_text(waiting("en", KEY), encoding="utf-8")
    one = Asked(lambda environ, start: [b"there"], root, "/s/", file)
    assert one({"PATH_INFO": path}, None) == [b"there"]
    assert file.read_text() == ""


def test_a_page_waits_until_its_own_notebook_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "asked"
    file.write_text(f"{KEY}\n", encoding="utf-8")
    waits = [Build.waits(SimpleNamespace(asked=one), key) for one in (file, None) for key in (KEY, "other")]
    assert waits == [False, True, False, False]


def test_the_page_that_waits_says_so_in_its_language() -> None:
    assert is_waiting(waiting("ko", KEY)) == KEY
    assert "만들고 있습니다" in waiting("ko", KEY)
    assert not is_waiting(f"<p>{KEY}</p>")


def test_only_a_server_that_builds_again_lets_pages_wait() -> None:
    def made(command: str, **options: object) -> bool:
        with click.Context(click.Command("serve")) as context:
            context.params.update(options)
            file = new_file(command)
        if file:
            file.unlink()
        return file is not None

    assert made("serve", livereload=True)
    assert not made("serve", livereload=False)
    assert not made("build")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    one = Server(new_project(tmp_path / "project"))
    yield one
    if one.process.poll() is None:
        one.close()


@pytest.mark.rest
def test_a_served_site_makes_the_pages_that_somebody_looks_at(server: Server) -> None:
    kept = {lang: server.project / ".cache" / "notebooks" / lang / "rendered" for lang in ("ko", "en")}
    server.wait_for("en/small/", "Adding three numbers")
    assert not any(folder.exists() for folder in kept.values())
    server.wait_for("en/notebooks/small/", "The sum is 6")
    assert [len(list(kept[lang].glob("*.html"))) if kept[lang].exists() else 0 for lang in ("ko", "en")] == [0, 1]
    edit(server.project, "Adding three", "Summing three", "lessons/small.py")
    server.wait_for("en/small/", "Summing three")
    assert not list(kept["en"].glob("*.html"))
    server.wait_for("en/notebooks/small/", "Summing three")
    server.wait_for("notebooks/small/", "세 수를 더합니다")
    assert "ERROR" not in server.close()
