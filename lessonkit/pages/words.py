"""What the pages themselves say around a lesson, in each language. A third language is one more entry here."""

from __future__ import annotations

WORDS: dict[str, dict[str, str]] = {
    "ko": {
        "also": "다른 이름",
        "first_lesson": "처음 배우는 레슨",
        "homonym": "같은 말, 다른 뜻",
        "homonyms": "같은 말, 다른 뜻",
        "output": "출력",
        "formula": "수식",
        "minutes": "{minutes}분",
        "verified": "torch {torch}에서 확인한 출력",
        "verified_plain": "실행해서 확인한 출력",
        "platform": "{date} · {system} {machine} · {capability}",
        "tolerance": "이 숫자는 컴퓨터에 따라 {percent:g}%까지 다를 수 있습니다.",
        "starter": "시작 코드",
        "check": "확인 코드",
        "solution": "풀이 보기",
        "optional": "건너뛰어도 되는 코드 보기",
        "broken": "이 레슨을 보여 줄 수 없습니다",
        "needs": "먼저 읽을 레슨",
        "permalink": "이 절의 링크",
        "edit": "이 페이지 고치기",
        "parallel": "나란히 보기",
        "contents": "이 레슨의 차례",
        "alone": "한국어로만 읽기",
    },
    "en": {
        "also": "Also called",
        "first_lesson": "First lesson",
        "homonym": "One word, two meanings",
        "homonyms": "One word, two meanings",
        "output": "Output",
        "formula": "Formula",
        "minutes": "{minutes} min",
        "verified": "Outputs verified with torch {torch}",
        "verified_plain": "Outputs verified by running them",
        "platform": "{date} · {system} {machine} · {capability}",
        "tolerance": "These numbers may differ by up to {percent:g}% from one computer to another.",
        "starter": "Starter",
        "check": "Check",
        "solution": "Show the solution",
        "optional": "Show the optional code",
        "broken": "This lesson cannot be shown",
        "needs": "Read first",
        "permalink": "Link to this section",
        "edit": "Edit this page",
        "parallel": "Side by side",
        "contents": "In this lesson",
        "alone": "Read in English only",
    },
}

SEARCH: dict[str, dict[str, str]] = {
    "ko": {
        "search.result.initializer": "검색을 준비하고 있습니다",
        "search.result.placeholder": "찾을 말을 입력하세요",
        "search.result.none": "찾은 곳이 없습니다. 다른 말로 찾아보세요.",
        "search.result.one": "페이지 1개에서 찾았습니다",
        "search.result.other": "페이지 #개에서 찾았습니다",
        "search.result.more.one": "이 페이지에서 1곳 더 보기",
        "search.result.more.other": "이 페이지에서 #곳 더 보기",
        "search.result.term.missing": "없는 말",
    },
    "en": {
        "search.result.none": "Nothing found. Try another word.",
        "search.result.one": "Found on 1 page",
        "search.result.other": "Found on # pages",
    },
}
"""What the search dialog says instead of Material's words, under Material's keys; `#` is a number."""


def say(lang: str, key: str, **values: object) -> str:
    """A text of the interface, filled in."""
    return WORDS[lang][key].format(**values)
