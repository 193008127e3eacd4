"""The YAML head of a lesson: what it holds, and what is said when it cannot be read."""

import pytest
from planting import GOOD, TITLE, lesson, planted, problems

from lessonkit.lesson.cells import Head

SECONDS = "time_limit is a number of seconds, more than 0 and not over a day"
HOLDS = "It holds: needs: [softmax], time_limit: 120"
NEEDS, LIMIT = "# needs: [first]\n", "# time_limit: 5\n"


def test_the_values_of_a_head() -> None:
    assert lesson(GOOD).head == Head(("first",), 5.0)
    assert lesson(TITLE).head == Head((), 60.0)
    assert lesson(f"\n# ---\n# ---\n\n{TITLE}").head == Head()
    assert lesson(f"# ---\n# time_limit:\n#\n# needs:\n# - a\n# - b\n# ---\n{TITLE}").head == Head(("a", "b"))


def test_comments_without_a_head_stand_before_the_first_cell() -> None:
    message = "lesson.py:1: this stands before the first cell\n  # needs: []\nBegin a cell above it: # %%"
    assert problems(f"# needs: []\n{TITLE}") == [message]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (NEEDS, "# needs: first\n", "3: needs is a list of lesson names\n  # needs: first\nWrite: # needs: [softmax]"),
        (
            NEEDS,
            "# needs: [a.py]\n",
            "3: needs is a list of lesson names\n  # needs: [a.py]\nWrite: # needs: [softmax]",
        ),
        (NEEDS, "# needs: [1]\n", "3: needs is a list of lesson names\n  # needs: [1]\nWrite: # needs: [softmax]"),
        *(
            (LIMIT, f"# time_limit: {much}\n", f"4: {SECONDS}\n  # time_limit: {much}\nWrite: # time_limit: 120")
            for much in ("-5", ".nan", ".inf", "1.0e+300", "9" * 400)
        ),
        (NEEDS, "# minutes: 3\n", f"3: the head of a lesson has no 'minutes'\n  # minutes: 3\n{HOLDS}"),
        (NEEDS, "# 3: needs\n", f"3: the head of a lesson has no 3\n  # 3: needs\n{HOLDS}"),
        (
            NEEDS,
            "# needs: [first\n",
            f"4: the head of the lesson cannot be read: expected ',' or ']', but got ':'\n  # time_limit: 5\n{HOLDS}",
        ),
        (
            NEEDS,
            "# needs:\n# \t- first\n",
            "4: the head of the lesson cannot be read: found character '\\t' that cannot start any token\n"
            f"  # \t- first\n{HOLDS}",
        ),
        (
            NEEDS,
            "# needs: 2026-13-45\n",
            f"1: the head of the lesson cannot be read: month must be in 1..12\n  # ---\n{HOLDS}",
        ),
        (
            "#\n" + NEEDS + LIMIT,
            "# three minutes\n",
            f"2: the head of the lesson is not made of keys and values\n  # three minutes\n{HOLDS}",
        ),
        (
            "#\n" + NEEDS + LIMIT,
            "# - 3\n",
            f"2: the head of the lesson is not made of keys and values\n  # - 3\n{HOLDS}",
        ),
    ],
)
def test_a_head_that_cannot_be_read_is_reported_at_its_line(old: str, new: str, message: str) -> None:
    assert problems(planted(old, new)) == [f"lesson.py:{message}"]


@pytest.mark.parametrize("after", ["", "# ## ---\n", "\n"])
def test_a_head_without_end_does_not_swallow_the_lesson(after: str) -> None:
    message = "lesson.py:1: the head of the lesson has no end\n  # ---\nClose it with a line: # ---"
    assert problems(planted(f"{LIMIT}# ---\n", LIMIT + after)) == [message]


def test_a_rule_in_prose_does_not_end_the_head() -> None:
    text = planted(f"{LIMIT}# ---\n", LIMIT)
    (message,) = problems(text.replace("# 평균은 $", "# ---\n#\n# 평균은 $"))
    assert message.startswith("lesson.py:1: the head of the lesson has no end")
