"""How the tests read the site: who reads, its pages, and what goes wrong in a tab while they are read."""

from __future__ import annotations

import contextlib
import functools
import http.server
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

ROOT = Path(__file__).parents[2]
LANGUAGES = ("", "en/")
SLUGS = [path.stem.replace("_", "-") for path in sorted((ROOT / "lessons").glob("*.py"))]
KINDS = {
    "home": "",
    "lesson": "en/softmax/",
    "notebook": "notebooks/softmax/",
    "both languages": "parallel/softmax/",
    "glossary": "en/glossary/",
    "lost": "404.html",
}
"""One page of each kind."""
VIEW = {"width": 1280, "height": 900}
LASTING = ("route", "add_init_script", "expose_function", "expose_binding")
"""What a test may do to a tab that cannot be undone."""
FORGET = """() => { localStorage.clear(); sessionStorage.clear(); return navigator.clipboard.writeText(""); }"""
EMPTY = {"body": '<!doctype html><link rel="icon" href="data:,"><title>-</title>', "content_type": "text/html"}
"""A page without anything. Without an icon Chromium asks for one, and the next test hears that there is none."""


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def end_headers(self) -> None:
        if re.search(r"/assets/.*\.[0-9a-f]{8}\.", self.path):
            self.send_header("Cache-Control", "max-age=3600, immutable")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextlib.contextmanager
def serving(site: Path, handler: type[Quiet] = Quiet, port: int = 0) -> Iterator[str]:
    """Serves a folder on a free port, or on a given one; its address, which ends in a slash."""
    answer = functools.partial(handler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), answer) as server:
        threading.Thread(target=server.serve_forever, args=[0.05], daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()


def pages(site: Path, group: str) -> list[str]:
    """The addresses, below the site's root, of all pages of a group: a lesson in one language, or all the others."""
    found = sorted(path.relative_to(site).as_posix().removesuffix("index.html") for path in site.rglob("*.html"))
    return [page for page in found if _group(page) == group]


def _group(page: str) -> str:
    lang = "en/" if page.startswith("en/") else ""
    return next((f"{lang}{slug}" for slug in SLUGS if slug in page.split("/")), f"{lang}others")


every_page = pytest.mark.parametrize("group", [f"{lang}{slug}" for slug in [*SLUGS, "others"] for lang in LANGUAGES])
"""For a test of all pages: one for each group, so that workers share them."""


def watch(page: Page) -> list[str]:
    """What goes wrong in a tab from now on: messages in its console, requests that fail or leave the site."""
    wrong: list[str] = []
    page.on("console", lambda said: said.type in ("error", "warning") and wrong.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("requestfailed", lambda request: _left(request) or wrong.append(f"failed: {request.url}"))
    page.on("response", lambda got: got.status >= 400 and wrong.append(f"{got.status}: {got.url}"))
    page.on("request", lambda request: _foreign(request.url) and wrong.append(f"another host: {request.url}"))
    return wrong


def _left(request: Request) -> bool:
    """Whether a request ended because the tab went on to another page."""
    return request.failure == "net::ERR_ABORTED"


def _foreign(url: str) -> bool:
    host = urlsplit(url).hostname
    return bool(host) and host != "127.0.0.1"


def unfold(page: Page) -> None:
    """Opens everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")


def until(page: Page, expression: str) -> None:
    """Waits until an expression is true. Playwright itself asks again by `eval`, which the policy of pages forbids."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"this did not become true: {expression}")


def add_style(page: Page, css: str) -> None:
    """Adds a style as a script may: the policy of the pages lets no other in."""
    page.evaluate(
        """(css) => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets.push(sheet);
        }""",
        css,
    )


class Reader:
    """Somebody who came for the first time and allows the clipboard, with one tab.

    A new one costs half a second, so the next test gets the same one, who has forgotten everything; but not after what
    cannot be undone (`spent`).
    """

    def __init__(self, browser: Browser):
        self.context = browser.new_context(viewport=VIEW)
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.page = self.context.new_page()
        self.spent = False
        self.hosts: set[str] = set()
        self.page.on("framenavigated", lambda frame: self._visits(frame.url))
        self.heard: list[tuple[str, Callable[..., object]]] = []
        add_listener = self.page.on
        self.page.on = lambda event, hear: (self.heard.append((event, hear)), add_listener(event, hear))
        for name in LASTING:
            setattr(self.page, name, self._spending(getattr(self.page, name)))
        self.context.new_cdp_session = self._spending(self.context.new_cdp_session)

    def _spending(self, method: Callable[..., object]) -> Callable[..., object]:
        @functools.wraps(method)
        def call(*arguments: object, **named: object) -> object:
            self.spent = True
            return method(*arguments, **named)

        return call

    def _visits(self, url: str) -> None:
        """Notes the host of a page. What files keep has no host of its own."""
        parts = urlsplit(url)
        if parts.scheme == "http":
            self.hosts.add(f"http://{parts.netloc}/")
        elif parts.scheme != "about":
            self.spent = True

    def forget(self) -> None:
        """Forgets what a test did, on an empty page of each host. No host is asked, for it may be gone by now."""
        if self.spent:
            return
        while self.heard:
            self.page.remove_listener(*self.heard.pop())
        self.context.clear_cookies()
        self.context.route("**/*", lambda route: route.fulfill(**EMPTY))
        for host in sorted(self.hosts):
            self.page.goto(host)
            self.page.evaluate(FORGET)
        self.hosts.clear()
        self.page.emulate_media(media="null", color_scheme="null", reduced_motion="null", forced_colors="null")
        self.page.set_viewport_size(VIEW)
        self.page.mouse.move(0, 0)
        self.context.unroute("**/*")
