"""The offline edition in a browser without a network, opened from its files."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from edition import build_edition, dangling
from lab_truth import CASES, Case
from playwright.sync_api import BrowserContext, Page, Request, expect
from reading import SLUGS
from test_moving_labs import SET


@pytest.fixture(scope="module")
def edition(once: Callable[..., Path]) -> Path:
    """The folder that the documented command writes."""
    (folder,) = (path for path in once("offline", build_edition).iterdir() if path.is_dir())
    return folder


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    """A tab without a network, which must meet no error and ask for nothing but files that are there."""
    context.set_offline(True)
    page, wrong = context.new_page(), []
    page.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: None if left(request) else wrong.append(f"failed: {request.url}"))
    page.on(
        "request", lambda request: None if request.url.startswith(("file:", "data:")) else wrong.append(request.url)
    )
    page.wrong = wrong
    yield page
    assert wrong == []


def left(request: Request) -> bool:
    """Whether a request ended because the reader went on to another page."""
    return request.failure == "net::ERR_ABORTED"


def open_page(tab: Page, edition: Path, name: str) -> None:
    tab.goto((edition / name).as_uri())


def test_every_reference_leads_to_a_file(edition: Path) -> None:
    assert list(dangling(edition)) == []
    assert len(list(edition.rglob("*.html"))) > 60


def test_a_dangling_reference_is_reported(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "index.html").write_text('<h2 id="here">')
    (tmp_path / "a.html").write_text(
        '<a href="b/"></a><a href="b/index.html#here"></a><a href="b/index.html#gone"></a>'
        '<a class="x" href="https://example.org/"></a><script src="https://example.org/x.js"></script>'
    )
    assert list(dangling(tmp_path)) == [
        "a.html: b/",
        "a.html: no such anchor: b/index.html#gone",
        "a.html: loads https://example.org/x.js",
    ]


def test_the_zip_holds_the_folder(edition: Path) -> None:
    with ZipFile(edition.with_name(f"{edition.name}.zip")) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    there = {path for path in edition.rglob("*") if path.is_file()}
    assert held == {f"{edition.name}/{path.relative_to(edition).as_posix()}": path.read_bytes() for path in there}
    endings = {path.suffix for path in there}
    assert {".html", ".ipynb", ".py", ".woff2"} <= endings
    assert ".map" not in endings


def test_pages_load_and_labs_with_their_data(edition: Path, tab: Page, subtests: pytest.Subtests) -> None:
    """All but the lessons and notebooks in English, which have what the Korean ones have."""
    cases = {edition / f"{case.lesson.slug}.html": case for case in CASES.values()}
    for path in sorted(edition.rglob("*.html")):
        if path.is_relative_to(edition / "en") and path.stem in SLUGS:
            continue
        with subtests.test(path.relative_to(edition).as_posix()):
            tab.goto(path.as_uri())
            expect(tab.locator("h1").first).to_be_visible()
            if case := cases.pop(path, None):
                answer(tab, case)
            assert tab.wrong == []
    assert cases == {}


def answer(tab: Page, case: Case) -> None:
    """Brings a lab near and sets it as its question asks."""
    tab.locator(f"#{case.figure}").scroll_into_view_if_needed()
    expect(tab.locator(f"#{case.figure} .lab")).to_be_visible()
    tab.evaluate(SET, [case.lab.name, tab.evaluate("(name) => labs[name].solution", case.lab.name)])
    expect(tab.locator(f"#{case.figure} .lab-answer")).to_be_visible()


def test_a_request_that_fails_is_noticed(context: BrowserContext, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text('<script src="gone.js"></script><script>throw new Error("planted")</script>')
    failed, thrown = [], []
    page = context.new_page()
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.on("pageerror", lambda error: thrown.append(str(error)))
    page.goto((tmp_path / "x.html").as_uri())
    assert [address.rpartition("/")[2] for address in failed] == ["gone.js"]
    assert "planted" in thrown[0]


@pytest.mark.parametrize(
    ("start", "word"),
    [
        ("notebooks/softmax.html", "온도"),
        ("index.html", "cross_entropy"),
        ("en/softmax.html", "temperature"),
        ("en/notebooks/learning-rate.html", "momentum"),
    ],
)
def test_search_finds_and_leads_there(edition: Path, tab: Page, start: str, word: str) -> None:
    open_page(tab, edition, start)
    tab.keyboard.press("/")
    tab.locator(".md-search__input").fill(word)
    tab.keyboard.press("End")  # the search listens to keys, and `fill` presses none
    found = tab.locator("[data-md-component=search-result] a[href*='#']:visible", has_text=word).first
    expect(found).to_be_visible()
    page, _, anchor = found.get_attribute("href").partition("#")
    found.click()
    tab.wait_for_url(lambda address: address.partition("?")[0].partition("#")[0] == page.partition("?")[0])
    assert page.startswith((edition / ("en" if start.startswith("en/") else "")).as_uri())
    section = tab.locator(f"article [id='{unquote(anchor)}']")
    expect(section).to_be_in_viewport()
    expect(tab.locator("article")).to_contain_text(word)


@pytest.mark.parametrize("root", ["", "en/"])
def test_a_lesson_has_its_formulas_figures_and_programs(edition: Path, tab: Page, root: str) -> None:
    open_page(tab, edition, f"{root}softmax.html")
    assert tab.evaluate("document.fonts.load('1em \"Lesson Math\"', '∑').then((fonts) => fonts[0].status)") == "loaded"
    assert all(tab.locator("article div.math math").first.bounding_box()[side] > 9 for side in ("width", "height"))
    assert tab.locator("figure.lesson-figure svg[role=img]").first.bounding_box()["width"] > 200
    tab.locator(".copy-button--program:visible").last.click()
    expect(tab.get_by_role("status")).to_have_text("Copied" if root else "복사했습니다")
    assert tab.evaluate("navigator.clipboard.readText()").startswith("import")


def test_both_languages_and_both_schemes(edition: Path, tab: Page) -> None:
    open_page(tab, edition, "softmax.html")
    scheme = "document.body.dataset.mdColorScheme"
    assert tab.evaluate(scheme) == "default"
    tab.locator(".scheme-switch").click()
    assert tab.evaluate(scheme) == "slate"
    tab.locator(".language-switch:visible").first.click()
    tab.wait_for_url("**/en/softmax.html*")
    assert tab.evaluate("document.documentElement.lang") == "en"
    assert tab.evaluate(scheme) == "slate"
    tab.locator(".language-switch:visible").first.click()
    tab.wait_for_url(f"**/{edition.name}/softmax.html*")
    open_page(tab, edition, "index.html")
    assert tab.evaluate(scheme) == "slate"


def test_downloads_stand_beside_their_page(edition: Path, tab: Page) -> None:
    open_page(tab, edition, "en/softmax.html")
    link = tab.locator("a[download][href$='.ipynb']").first
    tab.goto(link.evaluate("link => link.href"))  # by a click, some browsers show a file and others save it
    assert json.loads(tab.locator("body").inner_text())["nbformat"] == 4


def test_a_lab_moves_and_keeps_its_state_in_the_address_of_a_file(edition: Path, tab: Page) -> None:
    open_page(tab, edition, "en/softmax.html")
    tab.locator("#figure-temperature").scroll_into_view_if_needed()
    rock = tab.get_by_label("logit of rock")
    rock.focus()
    tab.keyboard.press("ArrowRight")
    expect(tab.locator(".lab-now")).to_contain_text("0.0878, 0.2637, 0.6485")
    tab.get_by_role("button", name="Copy link to this state").click()
    expect(tab.get_by_role("status")).to_have_text("Link copied")
    tab.goto(tab.evaluate("navigator.clipboard.readText()"))
    tab.locator("#figure-temperature").scroll_into_view_if_needed()
    expect(tab.locator(".lab-now")).to_contain_text("0.0878, 0.2637, 0.6485")
