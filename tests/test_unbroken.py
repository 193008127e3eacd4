"""Where a line of text may not end."""

from __future__ import annotations

import re

import pytest

from lessonkit.html.unbroken import unbroken

KEPT = re.compile(r'<span class="unbroken">(.*?)</span>')


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ('<a href="x">층</a>(layer)에서 온 점수', [")에"]),
        ("구간 [0, 1]을, 10%씩, “예”의", ["]을", "%씩", "”의"]),
        ("1e-5까지 줄이고 4.2e-5에서, 2.5e−10", ["1e-5", "2e-5", "5e−1"]),
        ("1-NN은 1-nn, 2026-A", ["1-N"]),
        ("learning-rate 64-128 x-1 (a) 가", []),
        ('<p title="a)가">가</p><code>f(1e-5)가</code><svg><text>a)가</text></svg><pre><code>1e-5</code></pre>', []),
    ],
)
def test_what_stays_on_one_line(html: str, kept: list[str]) -> None:
    shown = unbroken(html)
    assert KEPT.findall(shown) == kept
    assert KEPT.sub(r"\1", shown) == html
