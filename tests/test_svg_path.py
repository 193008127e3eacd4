"""Paths of figures: written short, and nowhere else than they were drawn."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lessonkit.drawing.svg_path import path

ROOT = Path(__file__).parent.parent
NUMBER = re.compile(r"-?\d*\.?\d+")
FIGURES = sorted((ROOT / "lessons" / "records").glob("*/*.svg"))
NEAR = 0.0551
"""Half of a tenth of a point, rounded to hundredths before."""


def points(data: str) -> Iterator[tuple[float, float]]:
    """Where a path goes, of straight lines to places (`M`, `L`) or by steps (`l`)."""
    x = y = 0.0
    for letter, numbers in re.findall(r"([MLlz])([^MLlz]*)", data):
        found = iter(map(float, NUMBER.findall(numbers)))
        for one, other in zip(found, found, strict=True):
            x, y = (x + one, y + other) if letter == "l" else (one, other)
            yield x, y


def without_repeats(data: str) -> list[tuple[float, float]]:
    """The places one after the other, in tenths, without those where nothing moves."""
    found = [(round(10 * x), round(10 * y)) for x, y in points(data)]
    return [place for place, before in zip(found, [None, *found], strict=False) if place != before]


def wrong_places(drawn: str, written: str) -> list[tuple[float, float]]:
    """What a written path passes that no drawn point is near."""
    places = list(points(drawn))
    return [(x, y) for x, y in points(written) if not any(abs(x - a) < NEAR and abs(y - b) < NEAR for a, b in places)]


LONG = "M 10.123 20.456 " + " ".join(f"L {1.37 * n:.6f} {-0.25 * n:.6f}" for n in range(40))


@pytest.mark.parametrize("drawn", [LONG, LONG + " z", f"{LONG} z {LONG} z", LONG + " M 5 5 L 5 5 L 9 9"])
def test_a_long_path_goes_where_it_was_drawn(drawn: str) -> None:
    written = path(drawn)
    assert "l" in written
    assert len(written) < 0.6 * len(drawn)
    assert wrong_places(drawn, written) == []
    assert len(without_repeats(written)) == len(without_repeats(drawn))
    assert written.count("z") == drawn.count("z")


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: f"{figure.parent.name}-{figure.stem}")
def test_every_figure_of_the_course_goes_where_it_was_drawn(figure: Path) -> None:
    for drawn in re.findall(r'\bd="([^"]*)"', figure.read_text(encoding="utf-8")):
        if not re.search(r"[CQ]", drawn):
            assert wrong_places(drawn, path(drawn)) == []


def test_a_dot_stays_a_dot() -> None:
    """A line of no length is drawn where its ends are round."""
    assert path(f"{LONG} M 7 7 L 7 7").endswith("M7 7l0 0")


@pytest.mark.parametrize(
    ("drawn", "written"),
    [
        ("M 0 0 L 3.5 0", "M0 0 3.5 0"),  # a tick
        ("M 0 1.123456 C 1 2 3 4 5 6 z", "M0 1.12C1 2 3 4 5 6z"),
        (f"M 1 2 L 3 4 z L 5.25 6.25 {LONG[15:]}", None),  # it goes on from where it began
        (LONG.replace("L", "Q 1 1", 1), None),
    ],
)
def test_what_is_short_or_bent_stays(drawn: str, written: str | None) -> None:
    assert "l" not in path(drawn)
    assert written is None or path(drawn) == written


def test_a_step_that_goes_astray_is_found() -> None:
    assert wrong_places(LONG, path(LONG).replace("1.4-.2", "1.4-.3", 1)) != []
