"""What must be true of a lesson as a whole: pairs, titles, anchors, names."""

import pytest
from planting import GOOD, TITLE, lesson, planted, problems

from lessonkit.lesson.cells import Prose

KO, EN = '# %% [markdown] lang="ko"\n', '# %% [markdown] lang="en"\n'
CAPTIONS = GOOD[GOOD.index(f'{KO[:-1]} caption="numbers"') : GOOD.index("# %% [markdown]\n")]
EXERCISE = GOOD[GOOD.index("# %% exercise") : GOOD.index(f"{KO}# ## 퀴즈")]
CHECK = EXERCISE[EXERCISE.index("# %% check") :]
QUIZ_KO, QUIZ_EN = (
    GOOD[GOOD.index(f"{KO}# ## 퀴즈") : GOOD.index(f"{EN}# ## Quiz")],
    GOOD[GOOD.index(f"{EN}# ## Quiz") :],
)
MEAN_KO = GOOD[GOOD.index(f"{KO}# ## 평균") : GOOD.index(f"{EN}# ## The mean")]
MEAN_EN = GOOD[GOOD.index(f"{EN}# ## The mean") : GOOD.index("# %%\n# ko: 수")]
MARKER = {"ko": '  # %% [markdown] lang="ko"', "en": '  # %% [markdown] lang="en"'}


def missing(line: int, there: str, gone: str) -> str:
    hint = f"Write the {gone} cell of the pair next to it (ko, then en)."
    return f"lesson.py:{line}: this {there} cell has no {gone} cell beside it\n{MARKER[there]}\n{hint}"


def no_title(line: int, lang: str, evidence: str) -> str:
    begin = f'Begin the lesson with a cell [markdown] lang="{lang}" whose first line is: # # Title {{ #anchor }}'
    return f"lesson.py:{line}: the {lang} page does not begin with its title\n  {evidence}\n{begin}"


def test_half_a_pair() -> None:
    assert problems(planted(MEAN_EN, "")) == [missing(26, "ko", "en")]
    assert problems(planted(MEAN_KO, "")) == [missing(26, "en", "ko")]


def test_half_a_pair_beside_a_whole_one() -> None:
    assert problems(f"{TITLE}{EN}# a\n\n{KO}# 나\n\n{EN}# b\n") == [missing(7, "en", "ko")]
    assert problems(f"{TITLE}{KO}# 가\n\n{KO}# 나\n\n{EN}# b\n") == [missing(7, "ko", "en")]


def test_code_does_not_stand_between_the_halves() -> None:
    assert problems(f"{TITLE}{KO}# 가\n\n# %%\nx = 1\n\n{EN}# a\n") == [missing(7, "ko", "en"), missing(13, "en", "ko")]


def test_a_neutral_cell_is_no_half() -> None:
    assert problems(f"{TITLE}{KO}# 가\n\n# %% [markdown]\n# A\n") == [missing(7, "ko", "en")]


def test_the_order_in_a_pair() -> None:
    assert problems(planted(QUIZ_KO + QUIZ_EN, f"{QUIZ_EN}\n{QUIZ_KO}")) == [
        f"lesson.py:103: the cells of a pair stand in the order ko, then en\n{MARKER['en']}\nLet them change places."
    ]


def test_a_page_begins_with_its_title() -> None:
    assert problems(planted("# # Sum and mean", "# ## Sum and mean")) == [no_title(15, "en", MARKER["en"].strip())]
    before = planted("# # Sum and mean { #sums }\n", "# Welcome.\n#\n# # Sum and mean { #sums }\n")
    assert problems(before) == [no_title(15, "en", MARKER["en"].strip())]
    assert problems(f"{KO}# 가\n\n{EN}# a\n\n{TITLE}") == [
        no_title(1, "ko", MARKER["ko"].strip()),
        no_title(4, "en", MARKER["en"].strip()),
    ]
    assert lesson(f"{KO}\n#\n# # 가 {{ #a }}\n{EN}# # A {{ #a }}\n")


def test_code_does_not_come_before_the_title() -> None:
    assert problems(f"# %%\nx = 1\n\n{TITLE}") == [no_title(1, "ko", "# %%"), no_title(1, "en", "# %%")]
    assert problems("# %%\nx = 1\n") == [no_title(1, "ko", "# %%"), no_title(1, "en", "# %%")]


def test_a_page_has_one_title() -> None:
    assert problems(planted("# ## 퀴즈", "# # 퀴즈")) == [
        "lesson.py:104: a page has one title\n  # # 퀴즈 { #quiz }\nUse ## for a section."
    ]


def test_an_anchor_stands_only_once_on_a_page() -> None:
    assert problems(planted("# ## 퀴즈 { #quiz }", "# ## 퀴즈 { #mean }")) == [
        "lesson.py:104: the anchor #mean is taken by line 27\n  # ## 퀴즈 { #mean }\nGive it another name."
    ]
    twice = "# %% [markdown]\n# # A { #a }\n#\n# ## B { #a }\n"
    assert problems(twice) == [
        "lesson.py:4: the anchor #a is taken by line 2\n  # ## B { #a }\nGive it another name."
    ], "a cell of every language is reported once"


def test_a_figure_is_followed_by_its_caption() -> None:
    missing_caption = (
        'lesson.py:66: figure="numbers" is not followed by its caption\n'
        '  # %% figure="numbers"\nWrite it: caption="numbers"'
    )
    assert problems(planted(CAPTIONS, "")) == [missing_caption]
    assert problems(planted(CAPTIONS, f"# %%\nx = 1\n\n{CAPTIONS}")) == [
        missing_caption,
        'lesson.py:74: caption="numbers" does not follow its figure\n'
        '  # %% [markdown] lang="ko" caption="numbers"\nPut it after figure="numbers".',
    ]


def test_a_caption_follows_its_figure() -> None:
    message = (
        'lesson.py:71: caption="numbers" does not follow its figure\n'
        '  # %% [markdown] lang="ko" caption="numbers"\nPut it after figure="numbers".'
    )
    assert problems(planted('# %% figure="numbers"', "# %%")) == [message]
    assert message in problems(planted('# %% figure="numbers"', '# %% figure="others"'))


def test_an_exercise_is_followed_by_its_check() -> None:
    message = (
        'lesson.py:89: exercise="double" is not followed by its check\n'
        '  # %% exercise="double"\nWrite it: check="double"'
    )
    assert problems(planted(CHECK, "")) == [message]
    assert problems(planted(CHECK, f"# %%\nx = 1\n\n{CHECK}"))[0] == message


def test_a_check_follows_its_exercise() -> None:
    assert problems(planted(EXERCISE, CHECK)) == [
        'lesson.py:89: check="double" does not follow its exercise\n'
        '  # %% check="double"\nPut it after exercise="double".'
    ]


@pytest.mark.parametrize(
    ("piece", "reported"),
    [
        (
            EXERCISE,
            ['103: the name exercise="double" is taken by line 89', '112: the name check="double" is taken by line 98'],
        ),
        (
            CAPTIONS,
            [
                '83: the name caption="numbers" is taken by line 71',
                '90: the name caption="numbers" is taken by line 78',
            ],
        ),
    ],
)
def test_a_name_belongs_to_one_cell(piece: str, reported: list[str]) -> None:
    found = problems(planted(piece, piece * 2))
    assert [message.split("\n")[0] for message in found] == [f"lesson.py:{sentence}" for sentence in reported]
    assert {message.split("\n")[-1] for message in found} == {"Give it another name, or remove it."}


def test_the_structure_is_left_alone_while_cells_cannot_be_read() -> None:
    unread = planted('# %% figure="numbers"', "# %% figure=numbers")
    assert [message.split("\n")[0] for message in problems(unread)] == [
        "lesson.py:66: this cell marker is not understood"
    ]


def test_a_neutral_cell_may_hold_the_title() -> None:
    (title,) = lesson("# %% [markdown]\n# # A { #a }\n").cells
    assert title == Prose(1, "prose", "", "", "# A { #a }")
