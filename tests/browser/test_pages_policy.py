"""Every page obeys its own policy, with the headers that hosts should send; what is planted in one is not run."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab_truth import CASES, Case
from playwright.sync_api import BrowserContext, Page, expect
from reading import Quiet, serving, until
from test_moving_labs import SET

from lessonkit.pages.policy import HEADERS

PAGES = [
    "",
    "404.html",
    "glossary/",
    "errata/",
    "en/cross-entropy/",
    "weight-decay/",
    "mnist-capstone/",
    "en/notebooks/weight-decay/",
    "parallel/cross-entropy/",
]
"""Of each kind one, and those with the most inline styles. tests/browser/test_pages.py reads the console of every page,
where violations are errors."""
WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
  violations.push(`${violatedDirective} ${blockedURI}`);
});
"""


class WithHeaders(Quiet):
    """Serves files as a host does that was told the headers."""

    def end_headers(self) -> None:
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()


@pytest.fixture(scope="module")
def served(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """A copy of the site with its address and its folder."""
    folder = tmp_path_factory.mktemp("served") / "site"
    shutil.copytree(site, folder)
    with serving(folder, WithHeaders) as at:
        yield at, folder


@pytest.fixture
def watched(context: BrowserContext) -> Page:
    """A tab that notes violations from the very start of each page."""
    context.add_init_script(WATCH)
    return context.new_page()


def test_every_page_carries_one(served: tuple[str, Path]) -> None:
    pages = list(served[1].rglob("*.html"))
    assert len(pages) > 60
    for page in pages:
        assert page.read_text(encoding="utf-8").count('<meta http-equiv="Content-Security-Policy"') == 1, page


@pytest.mark.parametrize("page", PAGES)
def test_each_kind_of_page_obeys(watched: Page, served: tuple[str, Path], page: str) -> None:
    watched.goto(served[0] + page, wait_until="load")
    assert watched.evaluate("violations") == []


def test_what_readers_do_obeys(watched: Page, served: tuple[str, Path]) -> None:
    watched.goto(f"{served[0]}softmax/")
    watched.locator(".scheme-switch").click()
    watched.locator(".copy-button--program:visible").last.click()
    expect(watched.get_by_role("status")).to_have_text("복사했습니다")
    watched.keyboard.press("/")
    watched.locator(".md-search__input").fill("온도")
    watched.keyboard.press("End")
    expect(watched.locator("[data-md-component=search-result] a:visible").first).to_be_visible()
    assert watched.evaluate("violations") == []


def moved(watched: Page, address: str, case: Case) -> list[str]:
    """The violations while a lab is loaded, answered and shared."""
    watched.goto(f"{address}{case.lesson.slug}/#{case.figure}")
    box = watched.locator(f"#{case.figure} .lab")
    expect(box).to_be_visible()
    watched.evaluate(SET, [case.lab.name, watched.evaluate("(name) => labs[name].solution", case.lab.name)])
    expect(box.locator(".lab-answer")).to_be_visible()
    box.get_by_role("button").last.click()
    watched.wait_for_url(f"**lab.{case.lab.name}=**")
    return watched.evaluate("violations")


def test_a_lab_obeys(watched: Page, served: tuple[str, Path]) -> None:
    """All of them: test_moving_labs.py reads the console while it moves them."""
    assert moved(watched, served[0], CASES["training_recipe"]) == []


def test_a_lab_that_does_not_obey_is_noticed(watched: Page, served: tuple[str, Path]) -> None:
    (script,) = (served[1] / "assets" / "labs").glob("training_recipe.data.*.js")
    text = script.read_text(encoding="utf-8")
    script.write_text(f'{text}document.body.setAttribute("style", "color: red");', encoding="utf-8")
    (violation,) = moved(watched, served[0], CASES["training_recipe"])
    assert violation.startswith("style-src-attr")
    script.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("planted", "directive"),
    [
        ("<script>document.body.dataset.planted = 1</script>", "script-src-elem"),
        ('<img src="assets/none.png" onerror="document.body.dataset.planted = 1">', "script-src-attr"),
        ('<script src="https://example.org/x.js"></script>', "script-src-elem"),
        ('<img src="https://example.org/x.png">', "img-src"),
        ("<style>body { color: red }</style>", "style-src-elem"),
        ('<b style="color: red">b</b>', "style-src-attr"),
    ],
)
def test_what_is_planted_is_blocked(watched: Page, served: tuple[str, Path], planted: str, directive: str) -> None:
    address, folder = served
    html = (folder / "index.html").read_text(encoding="utf-8")
    (folder / "planted.html").write_text(html.replace("</article>", f"{planted}</article>"), encoding="utf-8")
    watched.goto(f"{address}planted.html")
    until(watched, "violations.length")
    assert watched.evaluate("violations")[0].split()[0] == directive
    assert watched.evaluate("document.body.dataset.planted") is None
    (folder / "planted.html").unlink()


def test_a_host_sends_the_headers(watched: Page, served: tuple[str, Path]) -> None:
    address, folder = served
    sent = watched.request.get(address).headers
    assert {name: sent[name.lower()] for name in HEADERS} == HEADERS
    reported = (folder / "_headers").read_text(encoding="utf-8")
    assert reported == "/*\n" + "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
