"""What a lesson's code may not do with Matplotlib is told by its line, before anything runs."""

from __future__ import annotations

import pytest
from planting import TITLE, problems

STYLE = "a lesson does not change style, fonts or settings of Matplotlib"
WINDOW = "a lesson opens no window"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import matplotlib.pyplot as plt\nplt.show()", WINDOW),
        ("import matplotlib.pyplot as draw\nif True:\n    draw.show(block=False)", WINDOW),
        ("from matplotlib.pyplot import show as look\nlook()", WINDOW),
        ("import matplotlib.pyplot\nmatplotlib.pyplot.show()", WINDOW),
        ("import matplotlib.pyplot as plt\nshow = plt.show\nshow()", WINDOW),
        ("import matplotlib\nmatplotlib.use('TkAgg')", WINDOW),
        ("import matplotlib.pyplot as plt\nplt.style.use('ggplot')", STYLE),
        ("import matplotlib.pyplot as plt\nwith plt.style.context('ggplot'):\n    pass", STYLE),
        ("from matplotlib import style\nstyle.use('ggplot')", STYLE),
        ("import matplotlib as mpl\nmpl.style.use('ggplot')", STYLE),
        ("import matplotlib.style\nmatplotlib.style.use('ggplot')", STYLE),
        ("import matplotlib.pyplot as plt\nplt.rcParams['font.size'] = 9", STYLE),
        ("import matplotlib.pyplot as plt\nplt.rcParams['font.size'] += 9", STYLE),
        ("import matplotlib.pyplot as plt\nplt.rcParams.update({'font.size': 9})", STYLE),
        ("from matplotlib import rcParams\nrcParams['font.size'] = 9", STYLE),
        ("import matplotlib as mpl\nsettings = mpl.rcParams\nsettings['font.size'] = 9", STYLE),
        ("import matplotlib as mpl\nmpl.rc('font', size=9)", STYLE),
        ("import matplotlib.pyplot as plt\nwith plt.rc_context({'font.size': 9}):\n    pass", STYLE),
        ("import matplotlib.pyplot as plt\nplt.xkcd()", STYLE),
        ("import matplotlib.pyplot as plt\nplt.set_cmap('hot')", STYLE),
    ],
)
def test_windows_and_other_styles_are_reported(code: str, sentence: str) -> None:
    (problem,) = problems(f"{TITLE}# %%\n{code}\n")
    line = 8 + next(n for n, text in reversed([*enumerate(code.split("\n"))]) if text.strip() not in ("pass", ""))
    assert problem.startswith(f"lesson.py:{line}: {sentence}\n")
    assert "Remove it" in problem


@pytest.mark.parametrize(
    "code",
    [
        "import matplotlib.pyplot as plt\ncolours = plt.rcParams['axes.prop_cycle']",
        "import matplotlib.pyplot as plt\nrc = 3\nrc += 1",
        "def show():\n    return 1\n\n\nshow()",
        "style = {}\nstyle['use'] = 1",
    ],
)
def test_what_only_looks_like_it_is_fine(code: str) -> None:
    assert problems(f"{TITLE}# %%\n{code}\n") == []
