"""The pictures of shared pages."""

import struct
from pathlib import Path

import pytest

from lessonkit.checks.check import figure_html
from lessonkit.drawing.card import FONT, HEIGHT, WIDTH, card, png
from lessonkit.lesson.parse import read

ROOT = Path(__file__).parent.parent
LOGO = (ROOT / "docs/shared/assets/logo.svg").read_text(encoding="utf-8")


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", picture[16:24])


@pytest.mark.rest
def test_a_card_of_a_figure_has_its_size_and_its_texts() -> None:
    softmax = read(ROOT / "lessons" / "softmax.py")
    drawn = card(figure_html(softmax, "exp_then_divide", "en"), LOGO, "Name & co")
    assert "Name &amp; co" in drawn
    assert "scissors" in drawn
    made = png(drawn)
    assert size(made) == (WIDTH, HEIGHT) == (1200, 630)
    assert made == png(drawn)
    assert made != png(card("", LOGO, "Name & co"))


def test_words_are_drawn_without_a_font_of_the_machine() -> None:
    assert FONT.is_file()
    assert png(card("", LOGO, "a")) != png(card("", LOGO, ""))


def test_a_card_without_a_figure_shows_the_logo() -> None:
    assert size(png(card("", LOGO, "Name"))) == (WIDTH, HEIGHT)
    assert png(card("", LOGO, "")) != png(card("", LOGO.replace("#4580e6", "#ffffff"), ""))
