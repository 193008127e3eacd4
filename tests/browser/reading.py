"""How the tests read the site: its pages, and what goes wrong in a tab while they are read."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

LANGUAGES = ("", "en/")


def pages(site: Path, lang: str) -> list[str]:
    """The addresses of all pages of a language, below the site's root."""
    found = sorted(path.parent.relative_to(site).as_posix() + "/" for path in site.rglob("index.html"))
    own = [page.removeprefix("./") for page in found if page.startswith("en/") == (lang == "en/")]
    return own if lang else [*own, "404.html"]


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
