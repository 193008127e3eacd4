"""Pictures in figures are small and show what Matplotlib drew."""

from __future__ import annotations

import base64
import io
import re

import pytest

from lessonkit.drawing.pixels import without_idle_channels

Image = pytest.importorskip("PIL.Image")
PNG = re.compile(r"data:image/png;base64,([A-Za-z0-9+/=\s]+)")


def svg(picture: object) -> str:
    """A figure with a picture, as Matplotlib writes it: four channels, lines of base64."""
    written = io.BytesIO()
    picture.convert("RGBA").save(written, "PNG")
    return f'<svg><image href="data:image/png;base64,\n{base64.encodebytes(written.getvalue()).decode()}"/></svg>'


def pictures(text: str) -> list:
    return [Image.open(io.BytesIO(base64.b64decode(found))) for found in PNG.findall(text)]


@pytest.mark.parametrize(
    ("colour", "mode"),
    [(lambda x: (x, x, x, 255), "L"), (lambda x: (x, 0, 9, 255), "RGB"), (lambda x: (x, x, x, x), "RGBA")],
)
def test_the_same_pixels_in_as_many_channels_as_they_need(colour: object, mode: str) -> None:
    picture = Image.new("RGBA", (16, 16))
    picture.putdata([colour(x) for x in range(256)])
    before = svg(picture)
    after = without_idle_channels(before)
    (small,) = pictures(after)
    assert small.mode == mode
    assert small.convert("RGBA").tobytes() == picture.tobytes()
    assert len(after) < len(before)
    assert without_idle_channels(after) == after


def test_each_picture_of_a_figure_and_nothing_else() -> None:
    grey, red = Image.new("L", (9, 9), 7), Image.new("RGB", (9, 9), (200, 0, 0))
    text = without_idle_channels(svg(grey) + "<text>0.5</text>" + svg(red))
    assert [picture.mode for picture in pictures(text)] == ["L", "RGB"]
    assert text.count("<text>0.5</text>") == 1
