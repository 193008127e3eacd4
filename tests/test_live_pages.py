"""The application that lets pages run their blocks: who may ask, what runs, and what the page is told."""

from __future__ import annotations

import http.client
import io
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from small_site import GOOD, make_project, mkdocs
from test_live import linux

from lessonkit.lesson.cells import Lesson
from lessonkit.lesson.parse import read
from lessonkit.live.application import LARGEST_BODY, Live, hosts
from lessonkit.live.blocks import block, digest, names
from lessonkit.live.report import Reported
from lessonkit.running.live import Event, Limits, LocalEngine, Request
from lessonkit.running.live_spares import local_engine
from lessonkit.words import WORDS

HOST = "127.0.0.1:8000"
CELL = "cell-16"
"""The first block of the lesson."""
PAGE = '<!doctype html><html lang="en"><body><div class="lesson-end" data-lesson="good"></div></body></html>'


class Recorded:
    """An engine that runs nothing, and remembers what it was asked."""

    def __init__(self, *events: Event):
        self.events = events or ({"end": "done"},)
        self.ran: list[Request] = []
        self.stopped: list[str] = []

    def run(self, request: Request, on_event: Callable[[Event], None]) -> None:
        self.ran.append(request)
        for event in self.events:
            on_event(event)

    def stop(self, run: str) -> None:
        self.stopped.append(run)

    def status(self) -> dict[str, Any]:
        return {"state": "ready", "platform": {}}


def pages(environ: Mapping[str, Any], start: Callable[..., Any]) -> list[bytes]:
    """A server of one page, and of files."""
    kind = "text/html" if environ["PATH_INFO"].endswith("/") else "text/plain"
    start("200 OK", [("Content-Type", kind), ("Content-Length", str(len(PAGE)))])
    return [PAGE.encode()]


class Site:
    """A served site whose requests are made without a network."""

    def __init__(self, lesson: Lesson, engine: Any = None, more: str = "", mount: str = "/"):
        self.engine = engine or Recorded()
        self.lesson, self.mount = lesson, mount
        self.live = Live(pages, self.engine, lambda: {"good": self.lesson}, hosts(8000, more), mount)

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str | None) -> tuple[str, dict, str]:
        given = {"HTTP_HOST": HOST, **headers}
        environ = {"PATH_INFO": self.mount + path, "REQUEST_METHOD": method, "wsgi.input": io.BytesIO(body)}
        environ |= {key: value for key, value in given.items() if value is not None}
        answer: list[Any] = []

        def start(*values: Any) -> Callable[[bytes], object]:
            answer[:] = values
            return lambda data: None

        text = b"".join(self.live(environ, start)).decode()
        return answer[0][:3], dict(answer[1]), text

    def post(self, name: str, content: object = None, **headers: str | None) -> tuple[str, dict, str]:
        body = json.dumps(content).encode()
        usual = {"HTTP_X_LIVE_TOKEN": self.live.token, "CONTENT_TYPE": "application/json"}
        return self.ask(f"_live/{name}", "POST", body, **{**usual, "CONTENT_LENGTH": str(len(body)), **headers})

    def run(self, cell: str, text: str | None = None, lang: str = "en") -> list[Event]:
        asked = {"lesson": "good", "hash": digest(self.lesson), "cell": cell, "lang": lang}
        status, _, lines = self.post("run", asked | ({} if text is None else {"text": text}))
        assert status == "200", lines
        return [json.loads(line) for line in lines.splitlines() if line]


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    return read(GOOD)


@pytest.fixture(scope="module")
def engine() -> Iterator[LocalEngine]:
    """An engine that has imported Matplotlib only."""
    one = local_engine(Limits(seconds=20), modules=["matplotlib.pyplot"])
    yield one
    one.close()


@pytest.fixture
def site(lesson: Lesson) -> Site:
    return Site(lesson)


ASKED = {"lesson": "good", "cell": CELL, "lang": "en"}
REFUSED = {
    "another name of the server": ({"HTTP_HOST": "evil.example:8000"}, "403"),
    "a name without the port": ({"HTTP_HOST": "127.0.0.1"}, "403"),
    "another port": ({"HTTP_HOST": "127.0.0.1:8001"}, "403"),
    "two names": ({"HTTP_HOST": f"{HOST},evil.example"}, "403"),
    "no name": ({"HTTP_HOST": None}, "403"),
    "a page of another server": ({"HTTP_ORIGIN": "http://evil.example"}, "403"),
    "a page of another port": ({"HTTP_ORIGIN": "http://127.0.0.1:9999"}, "403"),
    "a file": ({"HTTP_ORIGIN": "null"}, "403"),
    "https, which is not served": ({"HTTP_ORIGIN": f"https://{HOST}"}, "403"),
    "no token": ({"HTTP_X_LIVE_TOKEN": None}, "403"),
    "another token": ({"HTTP_X_LIVE_TOKEN": "가"}, "403"),
    "a form": ({"CONTENT_TYPE": "application/x-www-form-urlencoded"}, "415"),
    "plain text, which needs no leave": ({"CONTENT_TYPE": "text/plain"}, "415"),
    "no kind": ({"CONTENT_TYPE": None}, "415"),
    "no length": ({"CONTENT_LENGTH": None}, "411"),
    "a strange length": ({"CONTENT_LENGTH": "-1"}, "411"),
    "a strange digit": ({"CONTENT_LENGTH": "²"}, "411"),
    "a huge body": ({"CONTENT_LENGTH": str(LARGEST_BODY + 1)}, "413"),
    "a body without end": ({"CONTENT_LENGTH": "9" * 5000}, "413"),
    "GET": ({"REQUEST_METHOD": "GET"}, "405"),
    "PUT": ({"REQUEST_METHOD": "PUT"}, "405"),
}


@pytest.mark.parametrize("name", ["run", "stop"])
@pytest.mark.parametrize("case", REFUSED)
def test_who_may_not_ask_is_refused_and_nothing_runs(site: Site, case: str, name: str) -> None:
    headers, status = REFUSED[case]
    assert site.post(name, ASKED | {"hash": digest(site.lesson), "run": "x"}, **headers)[0] == status
    assert (site.engine.ran, site.engine.stopped) == ([], [])


ALLOWED = [
    {},
    {"HTTP_ORIGIN": f"http://{HOST}"},
    {"HTTP_ORIGIN": "http://localhost:8000"},
    {"HTTP_HOST": "LOCALHOST:8000"},
    {"HTTP_HOST": "[::1]:8000"},
    {"HTTP_HOST": "mine.example", "HTTP_ORIGIN": "https://mine.example"},
]


@pytest.mark.parametrize("headers", ALLOWED)
def test_who_may_ask_is_answered(lesson: Lesson, headers: dict[str, str]) -> None:
    site = Site(lesson, more=" Mine.example ,")
    status, reported, text = site.post("run", ASKED | {"hash": digest(lesson)}, **headers)
    assert (status, reported["Content-Type"], reported["Cache-Control"]) == ("200", "application/x-ndjson", "no-store")
    assert [next(iter(json.loads(line))) for line in text.splitlines()] == ["run", "end"]
    assert site.engine.ran[0].program.endswith('print("The sum is", sum(numbers))')
    assert "Access-Control-Allow-Origin" not in reported


BODIES = [b"", b"{", b"[]", b'"x"', b"\xff", b'{"lesson": 1}', b'{"lesson": {"a": "b"}}', b"[" * 50_000]


@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_what_is_no_request_is_refused(site: Site, body: bytes) -> None:
    usual = {"HTTP_X_LIVE_TOKEN": site.live.token, "CONTENT_TYPE": "application/json"}
    assert site.ask("_live/run", "POST", body, CONTENT_LENGTH=str(len(body)), **usual)[0] == "400"


UNKNOWN = [
    ({"lesson": "../good"}, "404"),
    ({"lesson": ""}, "404"),
    ({"lang": "xx"}, "404"),
    ({"cell": "../../etc/passwd"}, "404"),
    ({"cell": "cell-1"}, "404"),
    ({"cell": ""}, "404"),
    ({"hash": "0"}, "409"),
    ({"hash": ""}, "409"),
]


@pytest.mark.parametrize(("change", "status"), UNKNOWN)
def test_only_the_blocks_of_a_lesson_as_it_stands_run(site: Site, change: dict[str, str], status: str) -> None:
    assert site.post("run", {**ASKED, "hash": digest(site.lesson), **change})[0] == status
    assert not site.engine.ran


def test_an_error_that_a_lesson_explains_is_reported_with_its_section(lesson: Lesson, tmp_path: Path) -> None:
    explains = tmp_path / "good.py"
    heading = "\n# %% [markdown]\n# ## `the list of numbers is empty` { #no-numbers }\n#\n# Fill it.\n"
    explains.write_text(GOOD.read_text(encoding="utf-8") + heading, encoding="utf-8")
    error = {"error": "ValueError", "message": "the list of 3 numbers is empty", "lines": []}
    site = Site(read(explains), Recorded(error, {"end": "error"}))
    reported = next(event for event in site.run(CELL) if "error" in event)
    assert reported["explained"] == {"lesson": "good", "anchor": "no-numbers"}
    reported = next(event for event in Site(lesson, site.engine).run(CELL) if "error" in event)
    assert "explained" not in reported


def test_a_lesson_that_changed_tells_its_page_to_load_again(site: Site, tmp_path: Path) -> None:
    asked = ASKED | {"hash": digest(site.lesson)}
    assert site.post("run", asked)[0] == "200"
    changed = tmp_path / "good.py"
    changed.write_text(GOOD.read_text(encoding="utf-8").replace("[1, 2, 3]", "[1, 2, 4]"), encoding="utf-8")
    site.lesson = read(changed)
    assert site.post("run", asked)[0] == "409"


def test_a_page_gets_the_token_only_where_it_may_ask_and_nobody_keeps_it(site: Site) -> None:
    _, headers, html = site.ask("en/good/")
    assert site.live.token in html
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Length"] == str(len(html.encode()))
    data = json.loads(html.partition('id="live--data">')[2].partition("</script>")[0])
    assert data["cells"] == [CELL, "figure-bars", "starter-mean", None, "exercise-mean", None, None, None]
    assert data["at"] == "../../_live/"
    for host in ("evil.example:8000", None):
        assert site.ask("en/good/", HTTP_HOST=host)[2] == PAGE
    assert site.ask("good.txt")[2] == PAGE
    for name in ("live.js", "live.css", "status"):
        status, headers, text = site.ask(f"_live/{name}")
        assert (status, headers["Cache-Control"]) == ("200", "no-store")
        assert site.live.token not in text
        assert site.ask(f"_live/{name}", HTTP_HOST="evil.example:8000")[0] == "403"
    assert site.ask("_live/../live.js")[0] == site.ask("_live/")[0] == "404"


def test_it_works_below_the_path_of_a_site(lesson: Lesson) -> None:
    site = Site(lesson, mount="/softmax/")
    assert '"at": "../_live/"' in site.ask("good/")[2]
    assert site.ask("_live/status")[0] == "200"


def test_a_fault_of_the_engine_is_the_end_of_a_run(lesson: Lesson) -> None:
    class Broken(Recorded):
        def run(self, request: Request, on_event: Callable[[Event], None]) -> None:
            raise RuntimeError("broken")

    assert Site(lesson, Broken()).run(CELL)[-1] == {"end": "failed", "message": "RuntimeError: broken"}


@linux
def test_unedited_blocks_give_what_is_recorded(lesson: Lesson, engine: LocalEngine) -> None:
    site = Site(lesson, engine)
    for lang in ("ko", "en"):
        ends = {name: site.run(name, lang=lang)[-1] for name in names(lesson, lang) if name}
        verdicts = {name: end.get("verdict") for name, end in ends.items()}
        expected = {CELL: "same", "figure-bars": "same", "starter-mean": "failed", "exercise-mean": "same"}
        assert verdicts == expected


@linux
def test_an_edit_that_prints_or_draws_something_else_differs(lesson: Lesson, engine: LocalEngine) -> None:
    site = Site(lesson, engine)
    end = site.run(CELL, 'numbers = [1, 2, 4]\nprint("The sum is", sum(numbers))')[-1]
    assert (end["verdict"], end["difference"]) == ("different", ["- The sum is 6", "+ The sum is 7"])
    assert site.run(CELL, 'print("The sum is", 6)  # another way')[-1]["verdict"] == "same"
    figure = "import matplotlib.pyplot as plt\nfig, ax = plt.subplots()\nax.bar([1, 2, 3], [n * 2 for n in numbers])\n"
    *_, drawn, end = site.run("figure-bars", f"{figure}ax.set_ylabel('height'), ax.set_xlabel('other')", "ko")
    assert (end["verdict"], end["drawn"]) == ("different", True)
    assert "높이" in drawn["figure"]
    assert "other" in drawn["figure"]
    assert "var(--fig-c0)" in drawn["figure"]


@linux
def test_an_answer_passes_or_says_where_the_check_stopped(lesson: Lesson, engine: LocalEngine) -> None:
    site = Site(lesson, engine)
    end = site.run("starter-mean", "def mean(values):\n    return sum(values) / len(values)")[-1]
    assert (end["verdict"], end["passed"], end["cases"]) == ("passed", 4, 4)
    *_, error, end = site.run("starter-mean", "def mean(values):\n    return 2")
    assert (error["where"], error["message"]) == ("check", "one number"), "the first case that fails"
    assert (end["verdict"], end["passed"], end["cases"]) == ("failed", 2, 4), "those behind it are tried, too"
    *_, error, end = site.run("starter-mean", "def mean(values):\n    return 1 if values[0] == 1 else None / 2")
    assert (error["error"], end["passed"], end["cases"]) == ("AssertionError", 0, 2), "not the error that came later"
    *_, error, end = site.run("starter-mean", "def mean(values):\n    return 1")
    assert (error["error"], error["where"]) == ("AssertionError", "check")
    assert error["source"] == "assert mean([1, 2, 3]) == 2"
    assert end["verdict"] == "failed"
    *_, error, _ = site.run("starter-mean", "def mean(values):\n    return nothing")
    assert (error["error"], error["line"], error["where"]) == ("NameError", 2, "block")


KNOWN = {
    "def mean(values):\n    return sum(values)": 0,
    "def mean(values):  # mine\n\n    return (max(values) + (min(values))) / 2\n": 2,
    "def mean(numbers):\n    return 7": None,
    "def mean(values):\n    return sum(values) / len(values)": None,
}


@pytest.mark.parametrize("answer", KNOWN)
def test_an_answer_that_the_lesson_knows_to_be_wrong_is_told_so(lesson: Lesson, answer: str) -> None:
    how = "done" if "len" in answer else "error"
    end = Site(lesson, Recorded({"end": how})).run("starter-mean", answer)[-1]
    assert end.get("known") == KNOWN[answer]


@linux
def test_an_edited_block_may_use_every_name_defined_above_it(lesson: Lesson, engine: LocalEngine) -> None:
    site = Site(lesson, engine)
    assert not block(lesson, "figure-bars", "en").edited
    _, own, out, end = site.run("figure-bars", "print(numbers)")  # of the cell above only what it needs
    assert (own, out, end["verdict"]) == ({"own": True}, {"out": "[1, 2, 3]\n"}, "different")
    *_, error, _ = site.run("figure-bars", "import math\nprint(numberz)")
    assert (error["error"], error["line"]) == ("NameError", 2)
    *_, error, _ = site.run("figure-bars", "x = 1\ny = (\n")
    assert (error["error"], error["line"], error["where"]) == ("SyntaxError", 2, "block")


STRANGE = ["", "\n\n", "\0", "é = 1\nprint(é)", "x" * 50_000, "(" * 5000, "if 1:", "\tx", "return", "'\ud800'"]


@linux
@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_any_text_has_one_end(lesson: Lesson, engine: LocalEngine, text: str) -> None:
    for name in (CELL, "figure-bars", "starter-mean"):
        events = Site(lesson, engine).run(name, text)
        assert [one for one in events if "end" in one] == events[-1:]
        assert events[-1]["end"] in ("done", "error")


def test_a_warning_names_the_line_of_the_block(lesson: Lesson) -> None:
    reported = Reported(block(lesson, "figure-bars", "en"), "en", "run")
    first = reported.block.first
    assert list(reported.take({"err": f"<program>:{first + 1}: W\n<program>:1: W"})) == [
        {"err": "line 2: W\nearlier code: W"}
    ]


class Silent(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.rest
@linux
def test_a_reader_who_goes_away_ends_the_run(lesson: Lesson, engine: LocalEngine) -> None:
    gone = threading.Event()

    class Heard(Recorded):
        def run(self, request: Request, on_event: Callable[[Event], None]) -> None:
            engine.run(request, on_event)

        def stop(self, run: str) -> None:
            engine.stop(run)
            gone.set()

    site = Site(lesson, Heard())
    with make_server("127.0.0.1", 0, site.live, handler_class=Silent) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port)
        asked = ASKED | {"hash": digest(lesson), "text": "print(1, flush=True)\nwhile True: pass"}
        headers = {"Host": HOST, "X-Live-Token": site.live.token, "Content-Type": "application/json"}
        connection.request("POST", "/_live/run", json.dumps(asked), headers)
        answer = connection.getresponse()
        said = (json.loads(line) for line in answer if line.strip())  # an empty line says that the server is there
        assert [next(iter(next(said))) for _ in range(3)] == ["run", "own", "out"]
        answer.close()
        connection.close()
        assert gone.wait(10)
        server.shutdown()
    assert Site(lesson, engine).run(CELL)[-1]["verdict"] == "same"


OURS = ("_live", "live-", "Live-Token", WORDS["ko"]["live"]["missing"])


@pytest.mark.rest
def test_nothing_of_it_is_built(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    built = mkdocs(project, "build")
    assert built.returncode == 0, built.stderr
    files = [path for path in (project / "site").rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        text = path.read_text(encoding="utf-8", errors="replace")
        assert not [one for one in ("_live", "live-", "Live-Token", WORDS["ko"]["live"]["missing"]) if one in text], (
            path
        )
