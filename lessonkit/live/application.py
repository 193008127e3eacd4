"""The WSGI application around that of a server of pages, which lets pages run their blocks. It runs code: it is strict.

Below `_live/`: POST run {lesson, hash, cell, lang, text} answers events as lines of JSON while they happen; POST stop
{run}; GET status; the script and the style of live pages. A request counts only with a Host of the list (a page that
another name was made to point here has that name), an Origin of the list if it has one, and, for POST, JSON and the
token. The token stands in pages that are asked for by such a Host, and nowhere else; nobody keeps these pages.
"""

from __future__ import annotations

import json
import queue
import re
import secrets
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from lessonkit.assets import LIVE
from lessonkit.lesson.cells import Lesson
from lessonkit.live.blocks import block, digest, names
from lessonkit.live.report import Reported
from lessonkit.running.live import Engine, Event, Request
from lessonkit.words import WORDS

PLACE = "_live/"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
LARGEST_BODY = 60_000
"""Bytes of a request."""
BEAT = 0.5
"""Seconds after which an empty line is sent: only who writes notices that the reader is gone."""
TYPES = {".js": "application/javascript", ".css": "text/css"}
_LANG = re.compile(rb'<html[^>]*\blang="?([\w-]+)')
_LESSON = re.compile(rb'class="?lesson-end"? data-lesson="?([\w-]+)')


class Refused(Exception):
    """A request that is not answered: the status, and a sentence."""

    def __init__(self, status: str, sentence: str):
        super().__init__(sentence)
        self.status = status


def hosts(port: int, more: str = "") -> tuple[set[str], set[str]]:
    """The values of Host and of Origin that may ask: this computer's, and `more`, names with commas between them."""
    ours = {name + end for name in LOOPBACK for end in ((f":{port}", "") if port == 80 else (f":{port}",))}
    others = {name.strip().lower() for name in more.split(",") if name.strip()}
    origins = {f"http://{name}" for name in ours | others} | {f"https://{name}" for name in others}
    return ours | others, origins


class Live:
    """The application. `lessons` gives the lessons as they are served now, by their names in addresses."""

    def __init__(
        self,
        app: WSGIApplication,
        engine: Engine,
        lessons: Callable[[], Mapping[str, Lesson]],
        allowed: tuple[set[str], set[str]],
        mount: str = "/",
    ):
        self.app, self.engine, self.lessons, self.mount = app, engine, lessons, mount
        self.hosts, self.origins = allowed
        self.token = secrets.token_urlsafe(24)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        """Answers a request."""
        path = str(environ.get("PATH_INFO", ""))
        if not path.startswith(self.mount + PLACE):
            return self._page(environ, start, path.removeprefix(self.mount))
        try:
            return self._answer(environ, start, path.removeprefix(self.mount + PLACE))
        except Refused as refused:
            body = f"{refused}\n".encode()
            start(refused.status, _headers("text/plain; charset=utf-8", len(body)))
            return [body]

    def _answer(self, environ: WSGIEnvironment, start: StartResponse, name: str) -> Iterable[bytes]:
        """Raises Refused."""
        self._check(environ)
        post: dict[str, Callable[[dict[str, str]], Iterable[bytes]]] = {"run": self._run, "stop": self._stop}
        if name in post:
            lines = post[name](self._body(environ))
            start("200 OK", _headers("application/x-ndjson"))
            return lines
        if environ["REQUEST_METHOD"] != "GET":
            raise Refused("405 Method Not Allowed", "this is only read")
        if name == "status":
            return _whole(start, "application/json", json.dumps(self.engine.status()).encode())
        file = {path.name: path for path in LIVE.iterdir()}.get(name)
        if file is None:
            raise Refused("404 Not Found", "there is nothing of this name")
        return _whole(start, TYPES[file.suffix], file.read_bytes())

    def _check(self, environ: WSGIEnvironment) -> None:
        """Raises Refused for a request by another name of this server, or from a page of another one."""
        if str(environ.get("HTTP_HOST", "")).lower() not in self.hosts:
            raise Refused("403 Forbidden", "this name may not run code; LESSONS_LIVE_HOSTS can allow it")
        origin = environ.get("HTTP_ORIGIN")
        if origin is not None and str(origin).lower() not in self.origins:
            raise Refused("403 Forbidden", "pages of other servers may not run code")

    def _body(self, environ: WSGIEnvironment) -> dict[str, Any]:
        """What was sent, by who has the token. Raises Refused."""
        if environ["REQUEST_METHOD"] != "POST":
            raise Refused("405 Method Not Allowed", "this is only asked for by POST")
        if not secrets.compare_digest(str(environ.get("HTTP_X_LIVE_TOKEN", "")).encode(), self.token.encode()):
            raise Refused("403 Forbidden", "the token is missing or old; load the page again")
        if environ.get("CONTENT_TYPE") != "application/json":
            raise Refused("415 Unsupported Media Type", "a request is JSON")
        length = str(environ.get("CONTENT_LENGTH") or "")
        if not (length.isascii() and length.isdecimal()):
            raise Refused("411 Length Required", "a request says its length")
        if len(length) > 9 or int(length) > LARGEST_BODY:
            raise Refused("413 Content Too Large", f"a request has at most {LARGEST_BODY:,} bytes")
        try:
            body = json.loads(environ["wsgi.input"].read(int(length)))
        except (ValueError, RecursionError):
            body = None
        if not isinstance(body, dict) or not all(isinstance(value, str) for value in body.values()):
            raise Refused("400 Bad Request", "a request is a JSON object of texts")
        return body

    def _run(self, body: dict[str, str]) -> Iterable[bytes]:
        """Raises Refused for what is no block of a lesson as it stands now."""
        lesson, lang = self.lessons().get(body.get("lesson", "")), body.get("lang", "")
        if lesson is None or lang not in WORDS:
            raise Refused("404 Not Found", "there is no such lesson")
        if body.get("hash") != digest(lesson):
            raise Refused("409 Conflict", "the lesson has changed; load the page again")
        if body.get("cell") not in names(lesson, lang):
            raise Refused("404 Not Found", "the lesson has no such block")
        found = block(lesson, body["cell"], lang, body.get("text"))
        run = secrets.token_hex(8)
        return self._stream(
            Request(run, found.text, found.first, found.check), Reported(found, lang, run, self.lessons())
        )

    def _stream(self, request: Request, reported: Reported) -> Iterator[bytes]:
        """The events of a run. Where the reader goes away the run is ended."""
        events: queue.SimpleQueue[Event] = queue.SimpleQueue()

        def run() -> None:
            try:
                self.engine.run(request, events.put)
            except Exception as error:  # a fault of the engine; the page must not wait for ever
                events.put({"end": "failed", "message": f"{type(error).__name__}: {error}"})

        threading.Thread(target=run, daemon=True).start()
        try:
            yield _line({"run": request.run})
            ended = False
            while not ended:
                try:
                    event = events.get(timeout=BEAT)
                except queue.Empty:
                    yield b"\n"
                    continue
                ended = "end" in event
                reported.platform = reported.platform or self.engine.status().get(
                    "platform", {}
                )  # which it knows when it runs
                for one in reported.take(event):
                    yield _line(one)
        finally:
            self.engine.stop(request.run)

    def _stop(self, body: dict[str, str]) -> list[bytes]:
        self.engine.stop(body.get("run", ""))
        return [_line({"stopped": True})]

    def _page(self, environ: WSGIEnvironment, start: StartResponse, path: str) -> Iterable[bytes]:
        """What the server answers; a page gets what makes it live, if it was asked for by a name of the list."""
        if str(environ.get("HTTP_HOST", "")).lower() not in self.hosts or environ["REQUEST_METHOD"] != "GET":
            return self.app(environ, start)
        status, headers = "", list[tuple[str, str]]()

        def keep(given: str, more: list[tuple[str, str]], _: object = None, /) -> Callable[[bytes], object]:
            nonlocal status
            status, headers[:] = given, more
            return lambda data: None

        body = self.app(environ, keep)
        if not (status.startswith("200") and dict(headers).get("Content-Type", "").startswith("text/html")):
            start(status, headers)
            return body
        html = b"".join(body)
        if close := getattr(body, "close", None):
            close()
        at = html.rfind(b"</body>")
        if at >= 0:
            html = html[:at] + self._tags(html, path).encode() + html[at:]
        kept = [(name, value) for name, value in headers if name not in ("Content-Length", "Cache-Control")]
        start(status, [*kept, ("Content-Length", str(len(html))), ("Cache-Control", "no-store")])
        return [html]

    def _tags(self, html: bytes, path: str) -> str:
        """What makes a page live: its words, and which programs its blocks have."""
        found, of = _LANG.search(html), _LESSON.search(html)
        lang = found[1].decode() if found and found[1].decode() in WORDS else next(iter(WORDS))
        place = "../" * path.count("/") + PLACE
        data: dict[str, Any] = {"at": place, "token": self.token, "lang": lang, "words": WORDS[lang]["live"]}
        if of and (lesson := self.lessons().get(of[1].decode())):
            data |= {"lesson": of[1].decode(), "hash": digest(lesson), "cells": names(lesson, lang)}
        text = json.dumps(data, ensure_ascii=False).replace("</", "<\\/")
        files = f'<link rel="stylesheet" href="{place}live.css"><script defer src="{place}live.js"></script>'
        return f'<script type="application/json" id="live--data">{text}</script>{files}'


def _whole(start: StartResponse, kind: str, body: bytes) -> list[bytes]:
    start("200 OK", _headers(f"{kind}; charset=utf-8", len(body)))
    return [body]


def _headers(kind: str, length: int | None = None) -> list[tuple[str, str]]:
    sized = [] if length is None else [("Content-Length", str(length))]
    return [("Content-Type", kind), *sized, ("Cache-Control", "no-store"), ("X-Content-Type-Options", "nosniff")]


def _line(event: Event) -> bytes:
    return (json.dumps(event, ensure_ascii=False) + "\n").encode(errors="replace")
