"""A cell that says it needs everything takes everything."""

from pathlib import Path

import pytest

from lessonkit.lesson.cells import LessonError
from lessonkit.lesson.parse import parse
from lessonkit.programs.standalone import programs

LESSON = """# %% [markdown]
# # Needs {{ #needs }}

# %%
registry = []


# %%
def hidden():
    return registry


# %%{marker}
print(1)
# > 1
"""


def test_a_cell_keeps_everything_before_it_where_its_author_says_so() -> None:
    alone = programs(parse(Path("x.py"), LESSON.format(marker="")))[-1]
    everything = programs(parse(Path("x.py"), LESSON.format(marker=' needs="all"')))[-1]
    assert everything.kept == (0, 1)
    assert alone.kept != everything.kept
    assert everything.text("en").endswith("print(1)")


def test_it_can_need_all_or_not_say() -> None:
    with pytest.raises(LessonError, match='a cell cannot need "some"'):
        parse(Path("x.py"), LESSON.format(marker=' needs="some"'))
