"""The reading order, the course map, and the way from a page to its counterpart."""

import re

import pytest
from planting import GOOD, TITLE, lesson, planted

from lessonkit.pages.site import counterpart_link, course_map, reading_order

NAV = [
    "index.md",
    {"Basics": ["good.md", {"More": ["sum.md", {"About": "about.md"}]}]},
    {"Last": "good.md"},
    {"Elsewhere": "https://example.org/"},
]
LESSONS = {"good.md": lesson(planted("[first]", "[sum, nowhere]")), "sum.md": lesson(TITLE)}


def test_the_reading_order_is_that_of_the_nav() -> None:
    assert list(reading_order(NAV)) == [
        ("", "index.md"),
        ("Basics", "good.md"),
        ("More", "sum.md"),
        ("More", "about.md"),
        ("", "good.md"),
        ("", "https://example.org/"),
    ]
    assert list(reading_order(None)) == []


def test_the_course_map_tells_lessons_in_reading_order() -> None:
    reported = course_map(NAV, LESSONS, {"Basics": "기초"}, "ko")
    assert re.findall(r"\*\*\[(.+?)\]\((.+?)\)\*\*", reported) == [
        ("합과 평균", "good.md"),
        ("합", "sum.md"),
        ("합과 평균", "good.md"),
    ]
    assert re.findall(r'"course-part">(.+?)<', reported) == ["기초", "More"]
    assert "**수 네 개**의 합과 `mean()`을 구합니다." in reported
    assert '<span class="course-minutes">5분</span>' in reported
    assert ' data-exercises="lesson double">연습 문제 <b>0</b>/1</span>' in reported
    assert '<span class="course-needs">먼저 읽을 레슨: [합](sum.md)</span>' in reported
    assert course_map(NAV, LESSONS, {}, "en").count("The sum of **four numbers**") == 2


def test_a_lesson_that_is_not_in_the_nav_is_not_on_the_map() -> None:
    assert "](sum.md)" not in course_map(["index.md"], LESSONS, {}, "en")
    assert lesson(GOOD).head.needs == ("first",)


@pytest.mark.parametrize(
    ("here", "there", "url", "link"),
    [
        ("", "en/", "softmax/", "en/softmax/"),
        ("en/", "", "softmax/", "../softmax/"),
        ("en/", "ja/", "softmax/", "../ja/softmax/"),
        ("en/", "", "", "../"),
        ("", "en/", "", "en/"),
        ("", "", "", "./"),
    ],
)
def test_the_way_to_the_same_page_in_another_language(here: str, there: str, url: str, link: str) -> None:
    assert counterpart_link(here, there, url) == link
