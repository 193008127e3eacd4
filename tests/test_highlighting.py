"""Quick highlighting is Pygments's own, token for token."""

from __future__ import annotations

from pathlib import Path

import pytest
from pygments.formatters import HtmlFormatter
from pygments.lexers import NumPyLexer, PythonLexer

from lessonkit.adapters import highlighting

LESSONS = Path(__file__).parent.parent / "lessons"
TEXTS = [
    'x = f"{1:{width}}" # ko: 한글\n',
    "\n\nclass A:\n    '''doc'''\n\n\n",
    "def f(",
    (LESSONS / "softmax.py").read_text(encoding="utf-8"),
]


@pytest.mark.parametrize("lexer", [PythonLexer(), PythonLexer(stripnl=False), PythonLexer(stripall=True), NumPyLexer()])
@pytest.mark.parametrize("formatter", [HtmlFormatter(), HtmlFormatter(style="monokai", classprefix="x-", nowrap=True)])
def test_it_is_as_without_it(lexer: PythonLexer, formatter: HtmlFormatter, monkeypatch: pytest.MonkeyPatch) -> None:
    options = {"style": formatter.style, "classprefix": formatter.classprefix, "nowrap": formatter.nowrap}
    before = [list(lexer.get_tokens(text)) for text in TEXTS]
    classes, css = formatter.ttype2class, formatter.get_style_defs()
    monkeypatch.setattr(PythonLexer, "get_tokens_unprocessed", PythonLexer.get_tokens_unprocessed)
    monkeypatch.setattr(HtmlFormatter, "_create_stylesheet", HtmlFormatter._create_stylesheet)
    highlighting.be_quick()
    for _ in range(2):  # made, then remembered
        assert [list(lexer.get_tokens(text)) for text in TEXTS] == before
        again = HtmlFormatter(**options)
        assert (again.ttype2class, again.get_style_defs()) == (classes, css)
