"""What pages say of themselves: built into one page, then for the site as it is published."""

import json
import re
from html import unescape
from pathlib import Path

import pytest
from planting import lesson

from lessonkit.pages.sharing import Course, Shared, course_data, json_ld, lesson_data, objectives, open_graph

COURSE = Course("ko", "한 걸음씩", "설명", "https://example.org/x/")
TEXT = """# %% [markdown] lang="ko"
# # 제목 { #title }
#
# 첫 **문단**입니다.
#
# !!! abstract "학습 목표"
#     - `dim`을
#       고릅니다.
#     - 둘째

# %% [markdown] lang="en"
# # Title { #title }
#
# The *first* paragraph.
"""


def tags(html: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', html)
    return {name: unescape(value) for name, value in found}


def test_a_preview_with_a_picture() -> None:
    made = tags(open_graph(Shared('"A" & b', "d", "https://u/", "https://u/i.png", "alt", True), COURSE, ["en"]))
    assert made["og:title"] == '"A" & b'
    assert made["og:image"] == "https://u/i.png"
    assert (made["og:image:width"], made["og:image:height"]) == ("1200", "630")
    assert made["og:image:alt"] == "alt"
    assert (made["og:locale"], made["og:locale:alternate"]) == ("ko_KR", "en_US")
    assert (made["og:type"], made["twitter:card"]) == ("article", "summary_large_image")


def test_without_an_address_nothing_is_said_that_needs_one() -> None:
    made = tags(open_graph(Shared("a", "d"), COURSE))
    assert {"og:title", "og:description", "og:site_name"} <= set(made)
    assert not {"og:url", "og:image"} & set(made)
    assert made["twitter:card"] == "summary"


def test_linked_data_cannot_end_its_element() -> None:
    made = json_ld({"name": "</script><b>"})
    assert made.count("</script>") == 1
    assert json.loads(made.partition(">")[2].rpartition("</script>")[0])["name"] == "</script><b>"


def test_a_lesson_as_data() -> None:
    one = lesson(TEXT)
    data = lesson_data(one, COURSE, "title/", 3, "https://i.png")
    assert data["name"] == "제목"
    assert data["description"] == "첫 문단입니다."
    assert (data["position"], data["timeRequired"], data["inLanguage"]) == (3, "PT1M", "ko")
    assert data["teaches"] == objectives(one, "ko") == ["dim을 고릅니다.", "둘째"]
    assert data["url"] == "https://example.org/x/title/"
    assert data["isPartOf"] == {"@type": "Course", "name": "한 걸음씩", "url": "https://example.org/x/"}
    assert "teaches" not in lesson_data(one, Course("en", "n", "d", ""), "title/", 3)
    assert "url" not in lesson_data(one, Course("en", "n", "d", ""), "title/", 3)


def test_a_course_as_data() -> None:
    data = course_data(COURSE, {"a/": lesson(TEXT), "b/": lesson(TEXT)})
    assert [part["position"] for part in data["hasPart"]] == [1, 2]
    assert [part["url"] for part in data["hasPart"]] == ["https://example.org/x/a/", "https://example.org/x/b/"]
    assert data["hasCourseInstance"]["courseWorkload"] == "PT2M"
    assert {"name", "description", "provider", "inLanguage"} <= set(data)


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in site.rglob("*.html")}


@pytest.mark.rest
def test_every_page_has_a_title_and_a_description_of_its_own(pages: dict[str, str]) -> None:
    said: dict[tuple[str, str], str] = {}
    for name, html in pages.items():
        if name.startswith(("404", "en/404")):
            continue
        title = re.search(r"<title>(.*?)</title>", html)[1]
        description = re.search(r'<meta name="description" content="([^"]+)"', html)[1]
        assert 20 <= len(unescape(description)) <= 300, name
        assert said.setdefault((title, description), name) == name
        assert tags(html)["og:description"] == unescape(description), name
        assert unescape(title).startswith(tags(html)["og:title"]), name


@pytest.mark.rest
def test_every_lesson_is_linked_data(pages: dict[str, str], site: Path) -> None:
    positions: dict[str, list[int]] = {"ko": [], "en": []}
    for name, html in pages.items():
        for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html):
            data = json.loads(text)
            if data["@type"] == "Course":
                assert name in ("index.html", "en/index.html")
                assert len(data["hasPart"]) == len(list(site.glob("notebooks/*.ipynb")))
            else:
                positions[data["inLanguage"]].append(data["position"])
                assert {"name", "description", "timeRequired", "teaches", "isPartOf"} <= set(data) or "reprod" in name
    assert sorted(positions["ko"]) == sorted(positions["en"]) == list(range(1, len(positions["ko"]) + 1))
    assert positions["ko"]
