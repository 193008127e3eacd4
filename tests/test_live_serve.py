"""`mkdocs serve` itself, with programs running: it is rebuilt, its lessons change, it is killed."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from small_site import edit, make_project
from test_live import folders, left_of, linux, soon
from test_mkdocs_plugin import Server

from lessonkit.running.descendants import descendants
from lessonkit.running.live_spares import FORK

pytestmark = [pytest.mark.rest, linux]
ENDLESS = "import os\nprint(os.getppid(), flush=True)\nos.fork()\nif not os.fork(): os.setsid()\nwhile True: pass"


@pytest.fixture
def server(tmp_path: Path, light: Path) -> Iterator[Server]:
    """A small site that is served, with a torch that is imported at once."""
    one = Server(make_project(tmp_path / "project"))
    one.wait_for("en/good/", 'id="live--data"')
    yield one
    if one.process.poll() is None:
        one.close()


def page(server: Server) -> dict:
    """What a page knows."""
    return json.loads(re.search(r'id="live--data">(.*?)</script>', server.read("en/good/"))[1])


def begin(server: Server, known: dict, text: str) -> http.client.HTTPResponse:
    """The answer to a page that runs its first block with another text."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)
    asked = {"lesson": known["lesson"], "hash": known["hash"], "cell": known["cells"][0], "lang": "en", "text": text}
    headers = {"Content-Type": "application/json", "X-Live-Token": known["token"]}
    connection.request("POST", "/_live/run", json.dumps(asked), headers)
    return connection.getresponse()


def events(answer: http.client.HTTPResponse) -> Iterator[dict]:
    """The events, as they come."""
    for line in answer:
        if line.strip():
            yield json.loads(line)


def test_a_program_runs_through_a_rebuild_after_which_its_page_is_old(server: Server) -> None:
    known = page(server)
    running = begin(server, known, "import time\nprint(1, flush=True)\nwhile True: time.sleep(0.1)")
    coming = events(running)
    run = next(coming)["run"]
    assert next(event for event in coming if "out" in event) == {"out": "1\n"}
    edit(server.project, "Adding", "Adding up")
    server.wait_for("en/good/", "Adding up")
    assert begin(server, known, "print(1)").status == 409
    new = page(server)
    assert new["token"] == known["token"]
    assert [event.get("out") for event in events(begin(server, new, "print(2)"))][2] == "2\n"
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)
    headers = {"Content-Type": "application/json", "X-Live-Token": new["token"]}
    connection.request("POST", "/_live/stop", json.dumps({"run": run}), headers)
    assert connection.getresponse().status == 200
    assert list(coming)[-1]["end"] == "stopped"


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_server_that_is_ended_leaves_no_process_and_no_folder(server: Server, sign: signal.Signals) -> None:
    coming = events(begin(server, page(server), ENDLESS))
    printed = next(event["out"] for event in coming if "out" in event)
    pid = server.process.pid
    worker = next(one.pid for one in descendants(pid) if one.parent == pid and folders(one.pid))
    assert str(worker) in printed
    os.kill(pid, sign)
    server.process.wait(30)
    assert soon(lambda: [one.pid for one in descendants(worker)], []) == []
    assert soon(lambda: folders(worker), []) == []


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_server_whose_programs_are_not_forked_leaves_nothing_either(
    tmp_path: Path, light: Path, monkeypatch: pytest.MonkeyPatch, sign: signal.Signals
) -> None:
    monkeypatch.setenv(FORK, "0")
    server = Server(make_project(tmp_path / "project"))
    server.wait_for("en/good/", 'id="live--data"')
    known = page(server)
    assert {"out": "2\n"} in list(events(begin(server, known, "print(2)")))
    coming = events(begin(server, known, "import os\nprint(os.getpid(), flush=True)\nos.fork()\nwhile True: pass"))
    program = int(next(event["out"] for event in coming if "out" in event))
    assert soon(lambda: len(descendants(program)), 2) == 2
    ours = descendants(server.process.pid)
    os.kill(server.process.pid, sign)
    server.process.wait(30)
    assert left_of(program) == ([], [])
    assert soon(lambda: [one for one in descendants(server.process.pid, ours) if one in ours], []) == []


def stop(server: Server, known: dict, run: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60)
    headers = {"Content-Type": "application/json", "X-Live-Token": known["token"]}
    connection.request("POST", "/_live/stop", json.dumps({"run": run}), headers)
    assert connection.getresponse().status == 200


def test_two_tabs_run_beside_each_other_while_six_windows_wait_for_a_rebuild(server: Server) -> None:
    windows = []
    for _ in range(6):
        epoch, request = re.search(r"livereload\((\d+), ?(\d+)\)", server.read("en/good/")).groups()
        windows.append(http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=60))
        windows[-1].request("GET", f"/livereload/{epoch}/{request}")
    known = page(server)
    tabs = [events(begin(server, known, f"print({tab}, flush=True)\nwhile True: pass")) for tab in (1, 2)]
    runs = [next(coming)["run"] for coming in tabs]
    for tab, coming in enumerate(tabs, 1):
        assert next(event["out"] for event in coming if "out" in event) == f"{tab}\n"
    assert list(events(begin(server, known, "print(3)")))[-1]["end"] == "busy"
    stop(server, known, runs[0])
    assert list(tabs[0])[-1]["end"] == "stopped"
    again = list(events(begin(server, known, "print(4)")))
    assert ({"out": "4\n"} in again, again[-1]["end"]) == (True, "done"), "the other tab goes on beside it"
    stop(server, known, runs[1])
    assert [event for event in tabs[1] if "out" not in event][-1]["end"] == "stopped"
    edit(server.project, "Adding", "Adding up")
    assert [window.getresponse().status for window in windows] == [200] * 6
    pid = server.process.pid
    worker = next(one.pid for one in descendants(pid) if one.parent == pid and folders(one.pid) is not None)
    assert soon(lambda: [one.pid for one in descendants(worker) if one.pid != worker], []) == []
    assert soon(lambda: folders(worker), []) == []
