"""The glossary's strip of letters and its filter, and the list of names that it is on a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from reading import LANGUAGES
from sound import SCHEMES, found, set_scheme

PHONE = {"width": 360, "height": 740}
MEANING = "h3#softmax ~ p"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A tab of a phone."""
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    yield context.new_page()
    context.close()


def test_without_scripts_the_strip_is_plain_links(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}glossary/")
    expect(page.locator(".letters a").first).to_have_text("ㄱ")
    expect(page.locator(".letters input")).to_have_count(0)
    page.locator(".letters a", has_text="ㅅ").click()
    expect(page.locator("h2", has_text="ㅅ")).to_be_in_viewport()
    context.close()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_where_the_script_does_not_come_all_terms_are_open(phone: Page, address: str, lang: str) -> None:
    phone.route("**/page.*.js", lambda route: route.abort())
    phone.goto(f"{address}{lang}glossary/")
    expect(phone.locator(".letters a").first).to_be_visible()
    expect(phone.locator(MEANING).first).to_be_visible()
    expect(phone.locator("h3#softmax > .headerlink")).to_have_count(1)
    assert phone.evaluate("document.documentElement.scrollHeight / innerHeight") > 25


@pytest.mark.parametrize("width", [360, 1280])
def test_the_strip_stays_and_a_letter_is_seen_below_it(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{address}en/glossary/")
    page.locator(".letters a", has_text="S").focus()
    page.keyboard.press("Enter")
    heading = page.locator("h2#letter-s")
    expect(heading).to_be_in_viewport()
    strip = page.locator(".letters")
    expect(strip).to_be_in_viewport()
    expect(page.locator(".where")).to_be_hidden()
    boxes = [box.bounding_box() for box in (strip, heading)]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]


@pytest.mark.parametrize(
    ("lang", "typed", "term"),
    [
        ("", "교차 엔", "cross-entropy"),
        ("", "소ㅍ", "softmax"),
        ("", "솦", "softmax"),
        ("", "SOFT", "softmax"),
        ("en/", "cross ent", "cross-entropy"),
        ("", "러닝레이트", "learning-rate"),  # a name that the page does not show
        ("en/", "regularisation", "regularization"),
    ],
)
def test_the_filter_hides_the_other_terms(page: Page, address: str, lang: str, typed: str, term: str) -> None:
    page.goto(f"{address}{lang}glossary/")
    box = page.locator(".letters input")
    box.fill(typed)
    expect(page.locator(f"h3#{term}")).to_be_visible()
    expect(page.locator("h3#dropout")).to_be_hidden()
    expect(page.locator(".letters output")).not_to_be_empty()
    assert page.locator(".letters a:visible").count() == page.locator("h2[id^=letter]:visible").count() > 0
    box.press("Escape")
    expect(page.locator("h3#dropout")).to_be_visible()
    expect(page.locator(".letters output")).to_be_empty()
    box.fill("soft" if lang else "소프트")
    expect(page.locator("h3:visible").first).to_be_in_viewport()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_on_a_phone_the_terms_are_a_list_of_names(phone: Page, address: str, lang: str) -> None:
    """It was 35 to 38 screens and 269 to 277 stops of the Tab key; unfolded it is again."""
    phone.goto(f"{address}{lang}glossary/")
    assert phone.evaluate("document.documentElement.scrollHeight / innerHeight") < 12
    stops = 0
    while phone.evaluate("document.activeElement !== document.body") or not stops:
        phone.keyboard.press("Tab")
        stops += 1
        assert stops < 145
    name = phone.locator("h3#softmax > button")
    meaning = phone.locator(MEANING).first
    expect(meaning).to_be_hidden()
    name.tap()
    expect(meaning).to_be_visible()
    expect(name).to_have_attribute("aria-expanded", "true")
    name.tap()
    expect(meaning).to_be_hidden()
    phone.locator(".term-button").evaluate_all("(all) => all.forEach((button) => button.click())")
    assert phone.evaluate("document.documentElement.scrollHeight / innerHeight") > 30


def test_a_term_that_is_led_to_found_printed_or_filtered_is_open(phone: Page, address: str) -> None:
    meaning = phone.locator(MEANING).first
    phone.goto(f"{address}en/glossary/#softmax")
    expect(meaning).to_be_in_viewport()
    phone.goto(f"{address}en/softmax/")
    phone.goto(f"{address}en/glossary/#:~:text=squeezes%20one%20number")
    expect(phone.locator("h3#sigmoid > button")).to_have_attribute("aria-expanded", "true")
    expect(meaning).to_be_hidden()
    phone.evaluate("location.hash = 'softmax'")
    expect(meaning).to_be_visible()
    phone.goto(f"{address}en/softmax/")
    phone.goto(f"{address}en/glossary/")
    phone.locator(".letters input").fill("softmax reg")
    expect(phone.locator("h3#softmax-regression ~ p").first).to_be_visible()
    phone.locator(".letters input").fill("")
    expect(meaning).to_be_hidden()
    phone.emulate_media(media="print")
    expect(meaning).to_be_visible()
    phone.emulate_media(media="screen")
    phone.set_viewport_size({"width": 1280, "height": 740})
    expect(phone.locator(".term-button")).to_have_count(0)
    expect(meaning).to_be_visible()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_axe_finds_nothing_in_the_list_of_names(phone: Page, address: str, lang: str, scheme: str) -> None:
    phone.goto(f"{address}{lang}glossary/#softmax")
    set_scheme(phone, scheme)
    phone.evaluate("scrollTo(0, 0)")  # below the strip, a name that is scrolled half away would be a small target
    assert found(phone) == []
