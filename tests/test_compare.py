"""When two outputs agree: to the letter where they were recorded, up to float32 noise elsewhere."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest

from lessonkit.checks.compare import Rule

HERE, ELSEWHERE, TWO_PERCENT = Rule(exact=True), Rule(exact=False), Rule(exact=True, tolerance=0.02)

NOISE = [
    ("tensor([0.0900, 0.2447, 0.6652])", "tensor([0.0900, 0.2448, 0.6652])"),
    ("tensor([ 0.0900, -1.0000])", "tensor([0.0900, -1.0000])"),
    ("0.999", "1.000"),
    ("1.0000e-03", "9.9999e-04"),
    ("1.2346e+04 and 1.0000e-04", "1.2347e+04 and 1.0001e-04"),
    ("1000000.0", "1000005.0"),
    ("1.", "1.000004"),
    ("tensor([1.])", "tensor([1.0000])"),
    ("tensor([-0.])", "tensor([0.])"),
    ("0.2447x faster", "0.2448x faster"),
    ("(0.2447+0.3000j)", "(0.2448+0.3001j)"),
    ("loss=2.303, at 1e-05", "loss=2.304, at 1e-05"),
]
DIFFERENT = [
    ("0.12", "0.13"),
    ("0.2447", "0.2449"),
    ("1.5", "1.6"),
    ("1000000.0", "1000006.0"),
    ("0.0000", "0.0001"),
    ("0.5000", "-0.5000"),
    ("tensor([1.])", "tensor([0.])"),
    ("457.", "458."),
    ("412 of 500", "413 of 500"),
    ("torch.Size([2, 3])", "torch.Size([3, 2])"),
    ("torch 2.13.0", "torch 2.14.0"),
    ("1e-05", "1e-06"),
    ("0.2447 cats", "0.2447 dogs"),
    ("12 3", "123"),
    ("0.25", "1/4"),
    ("0.2447", "0.2447 0.2447"),
    ("# 1.5", "1.5 #"),
    ("# #", "1.5 2.5"),
    ("nan", "0.0000"),
    ("nan", "inf"),
    ("inf", "-inf"),
    ("tensor([nan, 1.])", "tensor([inf, 1.])"),
    ("inf", "1000000.0"),
]


@pytest.mark.parametrize(("recorded", "actual"), NOISE)
def test_noise_agrees_elsewhere_only(recorded, actual):
    assert ELSEWHERE.same_text(recorded, actual)
    assert ELSEWHERE.same_text(actual, recorded)
    assert not HERE.same_text(recorded, actual)


@pytest.mark.parametrize(("recorded", "actual"), DIFFERENT)
def test_more_than_noise_agrees_nowhere(recorded, actual):
    for rule in (HERE, ELSEWHERE):
        assert not rule.same_text(recorded, actual)
        assert not rule.same_text(actual, recorded)


@pytest.mark.parametrize("text", ["nan", "tensor([nan, inf, -inf])", "-0.", "", "# > 1.5.2"])
def test_the_same_text_agrees_everywhere(text):
    assert all(rule.same_text(text, text) for rule in (HERE, ELSEWHERE, TWO_PERCENT))


def test_a_tolerance_is_for_decimals_and_holds_on_every_platform():
    assert TWO_PERCENT.same_text("accuracy 0.90", "accuracy 0.91")
    assert not TWO_PERCENT.same_text("accuracy 0.90", "accuracy 0.92")
    assert not TWO_PERCENT.same_text("accuracy 0.90", "loss 0.90")
    assert not TWO_PERCENT.same_text("1000 steps", "1001 steps")
    assert not TWO_PERCENT.same_text("nan", "0.90")
    assert Rule(exact=False, tolerance=0.0).same_text("0.2447", "0.2448"), "a tolerance never asks for more than noise"


def test_lines_agree_one_by_one():
    assert ELSEWHERE.same_lines(("a", "0.2447"), ("a", "0.2448"))
    assert not ELSEWHERE.same_lines(("a",), ("a", "a"))
    assert not ELSEWHERE.same_lines(("a", "b"), ("b", "a"))


def test_drawn_numbers():
    assert HERE.same_number(0.5, 0.5)
    assert not HERE.same_number(0.5, 0.5000001)
    assert ELSEWHERE.same_number(0.5, 0.5000001)
    assert not ELSEWHERE.same_number(0.2447, 0.2448), "a number that nobody printed has no last digit"
    assert ELSEWHERE.same_number(Decimal("0.2447"), Decimal("0.2448"))
    assert HERE.same_number(math.nan, math.nan)
    assert not ELSEWHERE.same_number(math.nan, math.inf)
    assert not ELSEWHERE.same_number(math.inf, -math.inf)
    assert not ELSEWHERE.same_number(1e30, math.inf)
    assert not ELSEWHERE.same_number(0, 1e-30)
