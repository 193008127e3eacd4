"""Comments that each language has for itself, and code that is the same in all."""

import pytest
from planting import GOOD, TITLE, lesson, planted, problems

WRITE = "Write `# ko: ...` and, right below it, `# en: ...`."
SAY = "Say it in English, or in comments `# ko: ...` and, right below it, `# en: ...`."
ENGLISH = "code and outputs are in English in every language"
PAIR = "# ko: 수 네 개\n# en: four numbers\n"
IN_FUNCTION = "    # ko: 합을\n    # ko: 개수로 나눕니다.\n    # en: The sum by the count.\n"


def test_each_language_shows_its_own_comments() -> None:
    sources = lesson(GOOD).code[1].sources
    assert sources["ko"].split("\n")[:8] == [
        "# 수 네 개",
        "numbers = [1, 2, 3, 4]  # n = 4",
        "",
        "",
        "def mean(values):",
        "    # 합을",
        "    # 개수로 나눕니다.",
        "    return sum(values) / len(values)",
    ]
    assert sources["en"].split("\n")[:2] == ["# four numbers", "numbers = [1, 2, 3, 4]  # n = 4"]
    assert "    # The sum by the count.\n    return" in sources["en"]
    assert sources["ko"].endswith("    print(number)\n    # the last comment")


@pytest.mark.parametrize(
    "comments",
    [
        "# ko: 가\n# en: a\n",
        "# ko: 가\n# ko: 나\n# en: a\n# en: b\n# en: c\n",
        "# ko: 가\n# en: a\n# ko: 나\n# en: b\n",
        "#ko:가\n#  en:  a\n",
        "# n = 4\n# ko: 가\n# en: a\n# n = 5\n",
        "f = [\n    # ko: 가\n    # en: a\n    1,\n]\n",
        "if x:\n    pass\n    # ko: 가\n    # en: a\n",
        "# ko:\n# en:\n",
    ],
)
def test_pairs_of_comments(comments: str) -> None:
    lesson(f"{TITLE}# %%\n{comments}x = 1\n")


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (PAIR, "# ko: 수 네 개\n", [f"46: this comment has no counterpart in en\n  # ko: 수 네 개\n{WRITE}"]),
        (PAIR, "# en: four\n", [f"46: this comment has no counterpart in ko\n  # en: four\n{WRITE}"]),
        (
            PAIR,
            "# en: four\n# ko: 넷\n",
            [f"46: these comments are not in pairs\n  # en: four\n  # ko: 넷\n{WRITE}"],
        ),
        (
            PAIR,
            "# ko: 넷\n\n# en: four\n",
            [
                f"46: this comment has no counterpart in en\n  # ko: 넷\n{WRITE}",
                f"48: this comment has no counterpart in ko\n  # en: four\n{WRITE}",
            ],
        ),
        (
            IN_FUNCTION,
            "    # ko: 합을\n    # en: The sum\n    # ko: 나눕니다.\n",
            [f"52: these comments are not in pairs\n  # ko: 합을\n  # en: The sum\n  # ko: 나눕니다.\n{WRITE}"],
        ),
        (
            "  # n = 4",
            "  # en: n",
            [f"48: a comment in one language stands on a line of its own\n  numbers = [1, 2, 3, 4]  # en: n\n{WRITE}"],
        ),
        ("  # n = 4", "  # 수", [f"48: {ENGLISH}\n  numbers = [1, 2, 3, 4]  # 수\n{SAY}"]),
        ("    # the last comment", "    # 끝", [f"62: {ENGLISH}\n      # 끝\n{SAY}"]),
        ('"value"', '"값"', [f'69: {ENGLISH}\n  ax.set_ylabel("값")\n{SAY}']),
        ("def mean(values):", "def mean(값):", [f"51: {ENGLISH}\n  def mean(값):\n{SAY}"]),
        ('"value"', '"""\n값\n"""', [f"70: {ENGLISH}\n  값\n{SAY}"]),
        ('"value"', '"値"', [f'69: {ENGLISH}\n  ax.set_ylabel("値")\n{SAY}']),
        (
            "# > 2.5",
            "# > 둘",
            [
                f"59: {ENGLISH}\n  # > 둘\n"
                "Print it in English, remove this line, then record again with --update-outputs."
            ],
        ),
    ],
)
def test_what_a_page_could_not_show_in_its_language(old: str, new: str, messages: list[str]) -> None:
    assert problems(planted(old, new)) == [f"lesson.py:{message}" for message in messages]


def test_signs_and_letters_of_math_are_no_language() -> None:
    lesson(planted('"value"', '"α × 10² → −log p ≤ é"'))


def test_every_pair_that_is_broken_is_reported() -> None:
    text = planted(PAIR, "# ko: 넷\n", planted(IN_FUNCTION, "    # en: The sum\n"))
    assert [message.split("\n")[0] for message in problems(text)] == [
        "lesson.py:46: this comment has no counterpart in en",
        "lesson.py:51: this comment has no counterpart in ko",
    ]
