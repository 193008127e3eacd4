"""The page for lost readers: at any depth, on hosts that know nothing of the site, which does not know its address."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from reading import Quiet, serving

MISSING = ["nope", "nope/", "nope/deep/", "en/nope/", "en/nope/deep/page.html", "softmax/nope/", "nope/?x=a/b"]


class Host(Quiet):
    """Serves a site below a path, and its 404.html with the status 404 for whatever is not there."""

    below = "/"

    def translate_path(self, path: str) -> str:
        path = path.split("?")[0].split("#")[0]
        inside = path.startswith(self.below)
        return super().translate_path("/" + path.removeprefix(self.below)) if inside else "/nothing"

    def send_error(self, code: int, *_: object) -> None:
        page = (Path(self.directory) / "404.html").read_bytes() if self.path.startswith(self.below) else b"another site"
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


Serve = Callable[[str], str]


@pytest.fixture
def serve(site: Path) -> Iterator[Serve]:
    """Serves the site below a path; gives its address."""
    with contextlib.ExitStack() as servers:

        def start(below: str) -> str:
            host = type("Below", (Host,), {"below": below})
            return servers.enter_context(serving(site, host)) + below.removeprefix("/")

        yield start


WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective }) => violations.push(violatedDirective));
"""


@pytest.mark.parametrize("below", ["/", "/sub/dir/"])
@pytest.mark.parametrize("missing", MISSING)
def test_a_lost_reader_finds_the_way(page: Page, serve: Serve, below: str, missing: str) -> None:
    home = serve(below)
    page.add_init_script(WATCH)
    assert page.goto(home + missing).status == 404
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("h1")).to_have_text("찾는 페이지가 없습니다")
    sizes = page.locator("section > :is(h1, h2)").evaluate_all("(all) => all.map((one) => one.clientHeight)")
    assert len(set(sizes)) == 1, "no language stands behind the other"
    first, title = page.locator("section").first.get_attribute("lang"), page.title()
    assert (first, title) == (("en", "404 - There is no page here") if missing.startswith("en/") else ("ko", title))
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "sticky"
    assert page.evaluate("violations") == []
    inside = page.evaluate("[...document.querySelectorAll('[href], [src]')].map((it) => it.href || it.src)")
    assert [address for address in inside if "//127." in address and not address.startswith(home)] == []
    assert len(inside) > 10
    page.locator("section[lang=en] .md-button").click()
    page.wait_for_url(f"{home}en/")
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("below", ["/", "/sub/dir/"])
def test_the_search_and_the_scheme_of_the_site_are_there(page: Page, serve: Serve, below: str) -> None:
    home = serve(below)
    page.goto(home)
    page.locator(".scheme-switch").click()
    scheme = page.locator("body").get_attribute("data-md-color-scheme")
    page.goto(f"{home}nope/")
    expect(page.locator("section[lang]").first).to_have_attribute("lang", "ko")
    page.goto(f"{home}en/nope/deep/")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator("section[lang]").first).to_have_attribute("lang", "en")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", scheme)
    page.keyboard.press("/")
    page.locator(".md-search__input").fill("softmax")
    link = page.locator(".md-search-result__link").first
    link.wait_for()
    assert link.evaluate("(it) => it.href").startswith(home)


@pytest.mark.parametrize("below", ["/", "/sub/dir/"])
def test_without_scripts_it_is_a_text_that_reads_well(browser: Browser, serve: Serve, below: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{serve(below)}nope/deep/")
    for text in ("찾는 페이지가 없습니다", "There is no page here"):
        expect(page.get_by_text(text)).to_be_visible()
    for text in ("주소의 끝부분을", "remove the end of the address"):
        expect(page.locator("noscript p", has_text=text)).to_be_visible()
    expect(page.locator(".md-header")).to_be_hidden()
    box = page.locator("section[lang=ko]").bounding_box()
    assert 300 < box["width"] < 700
    assert box["y"] < 400
    context.close()


def test_a_page_that_is_not_moved_would_be_bare(page: Page, serve: Serve) -> None:
    """What a host below the root showed before: links to the root of the host, no style."""
    page.add_init_script("window.fetch = async () => ({ ok: false })")
    page.goto(f"{serve('/sub/dir/')}nope/deep/")
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.md-header')).position") == "static"
