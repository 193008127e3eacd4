"""Formulas as the search shows them: in one line of text, with what belongs together kept together."""

import pytest

from lessonkit.formulas.linear import linear
from lessonkit.formulas.math import to_mathml

LINES = {
    r"p_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}": "p_i = e^z_i/(∑_(j = 1)^K e^z_j)",
    r"\hat{y} < 1": "y < 1",
    r"\frac{k}{2n}": "k/(2n)",
    r"\frac{P(x)}{Q(x)}": "P(x)/Q(x)",
    r"H(P, Q) = -\sum_i p_i \log q_i": "H(P, Q) = −∑_i p_i log q_i",
    r"\log(1-p)": "log(1−p)",
    r"W^\top x + b": "W^⊤x+b",
    r"\sqrt{1-p}": "√(1−p)",
    r"a \\ b": "a; b",
}


@pytest.mark.parametrize(("latex", "line"), LINES.items())
@pytest.mark.parametrize("display", [False, True])
def test_a_formula_is_one_line_of_text(latex: str, line: str, display: bool) -> None:
    if "\\\\" in latex:
        latex = rf"\begin{{aligned}} {latex} \end{{aligned}}"
    assert linear(to_mathml(latex, display=display)) == line
