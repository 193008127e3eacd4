"""How long a lesson takes, and what is no part of its core path."""

from pathlib import Path

import pytest
from planting import GOOD, lesson, planted, problems

from lessonkit.checks.core_path import core_path
from lessonkit.lesson.pace import Pace, paces
from lessonkit.lesson.parse import read

TEXT = """# %% [markdown] lang="ko"
# # 제목 { #title }
#
# 글
#
# ## 둘 { #two }
#
# 글

# %% [markdown] lang="en"
# # Title { #title }
#
# Two words, `one.name` and $x + y$.
#
# ??? question "Why so?"
#     An answer of five words.
#
#     And one more.
#
# ## Two { #two }
#
# Four words are here.

# %%
x = 1

y = x

# %% folded="optional"
z = x
"""


ASKS = """# %% [markdown]
# Double what is given.
"""


def test_what_is_shown_at_once_counts() -> None:
    found = paces(lesson(TEXT))
    assert found.whole == found.core
    assert (found.whole.lines, found.whole.questions, found.whole.exercises) == (2, 1, 0)
    longer = TEXT.replace("An answer of five words.", "An answer of a great many more words.").replace(
        "z = x", "z = x\nw = z"
    )
    assert paces(lesson(longer)).whole == found.whole, "what is folded does not"
    assert paces(lesson(TEXT.replace("Four words", "Now four words"))).whole.words == found.whole.words + 1


def test_a_minute() -> None:
    assert [Pace(words=100).minutes, Pace(words=400).minutes, Pace(lines=45).minutes] == [1, 2, 3]
    assert Pace(words=400, lines=45, exercises=2, questions=1).minutes == 12


def test_sections_and_exercises_that_go_deeper_are_no_part_of_the_core() -> None:
    deeper = TEXT.replace("{ #two }", "{ #two .deeper }")
    found = paces(lesson(deeper))
    assert (found.core.lines, found.whole.lines) == (0, 2)
    fenced = deeper.replace("# Four words are here.", "# ```text\n# # no heading\n# ```")
    assert (
        paces(
            lesson(
                fenced.replace(
                    "## 둘 { #two .deeper }\n#\n# 글", "## 둘 { #two .deeper }\n#\n# ```text\n# # no heading\n# ```"
                )
            )
        ).core.lines
        == 0
    )
    below = deeper.replace(
        "# Four words are here.", "# ### Below { #below }\n#\n# Four words are here.\n#\n# ## Three { #three }"
    )
    assert (
        paces(
            lesson(
                below.replace(
                    "# ## 둘 { #two .deeper }",
                    "# ## 둘 { #two .deeper }\n#\n# ### 밑 { #below }\n#\n# ## 셋 { #three }",
                )
            )
        ).core.lines
        == 2
    )
    found = paces(lesson(planted('exercise="double"', 'exercise="double" path="deeper"')))
    assert (found.core.exercises, found.whole.exercises) == (0, 1)
    asks = GOOD.replace('# %% exercise="double"', f'{ASKS}\n\n\n# %% exercise="double" path="deeper"')
    asked = paces(lesson(asks))
    assert asked.core == found.core, "the text that asks it goes deeper, too"
    assert asked.whole.words == found.whole.words + 4
    head = paces(lesson(asks.replace("# Double what is given.", "# ## Two { #two }\n#\n# Double what is given.")))
    assert head.core.words == head.whole.words == asked.whole.words + 1, "but not where it begins a section"


def test_what_is_wrong_with_a_core_path_is_reported() -> None:
    (problem,) = core_path(lesson(planted('exercise="double"', 'exercise="double" path="deeper"')))
    assert problem.sentence == "the core path has 0 of 1 exercises, less than half"
    *_, problem = core_path(lesson(planted("## The mean { #mean }", "## The mean { #mean .deeper }")))
    assert problem.sentence == "the section #mean goes deeper in one language and not in the other"
    assert "## The mean" in GOOD.splitlines()[problem.line - 1]
    assert list(core_path(lesson(GOOD))) == []


def test_a_core_path_that_is_too_long_is_reported() -> None:
    long = GOOD.replace("## The mean { #mean }", "## The mean { #mean }\n#\n# " + "word " * 200 * 31)
    (problem,) = core_path(lesson(long))
    assert problem.sentence == f"the core path takes {paces(lesson(long)).core.minutes} minutes, more than 30"
    parts = ("## 평균 { #mean", "## The mean { #mean")
    deeper = long
    for part in parts:
        deeper = deeper.replace(part, f"{part} .deeper")
    assert paces(lesson(deeper)).core.minutes < 30
    assert not [one for one in core_path(lesson(deeper)) if "minutes" in one.sentence]


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[1] / "lessons").glob("*.py")), ids=lambda path: path.stem
)
def test_the_core_path_of_every_lesson_takes_30_minutes_at_most(path: Path) -> None:
    assert list(core_path(read(path))) == []


@pytest.mark.parametrize("marker", ['# %% path="deeper"', '# %% exercise="double" path="core"'])
def test_only_an_exercise_has_a_path(marker: str) -> None:
    (message,) = problems(
        planted('# %% exercise="double"', marker) if "exercise" in marker else f"{TEXT}\n{marker}\nw = 1\n"
    )
    assert "only an exercise has a path" in message
