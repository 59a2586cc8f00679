"""Circuits as pictures: the path of an outline, and where it lands on the sheet."""

import itertools
from io import BytesIO

import pytest
from PIL import Image

from news.drawing.letters import SHEET
from news.drawing.outlines import Venue, draw_calendar, draw_venue, points_of

SQUARE = "M0 0H100V100L0 100Z"


def opened(content):
    return Image.open(BytesIO(content)).convert("RGB")


def ink(image, box):
    """Whether something bright is drawn in this part of a picture, in units of 1280 by 720."""
    return max(image.crop([2 * side for side in box]).convert("L").getextrema()) > 150


def test_straight_pieces_stay_as_they_are():
    assert points_of(SQUARE) == [(0, 0), (100, 0), (100, 100), (0, 100), (0, 0)]
    assert points_of("M0 0L10 0 20 5") == [(0, 0), (10, 0), (20, 5)]


@pytest.mark.parametrize(
    "path", ["M0 0C0 10 10 20 20 20", "M0 0C0 5 5 10 10 10S20 15 20 20", "M0 0Q0 20 20 20", "M0 0Q0-20 20 20"]
)
def test_curves_are_cut_into_short_pieces_and_end_where_they_should(path):
    points = points_of(path)
    assert points[0] == (0, 0)
    assert points[-1] == pytest.approx((20, 20))
    steps = [abs(b[0] - a[0]) + abs(b[1] - a[1]) for a, b in itertools.pairwise(points)]
    assert max(steps) < 5


def test_one_circuit_stands_in_the_middle_above_its_name():
    image = opened(draw_venue(Venue(name="Sepang", outline=SQUARE, line="2 December 2023")))
    assert image.size == (2560, 1440)
    assert ink(image, (430, 50, 470, 460))
    assert ink(image, (400, 510, 880, 600))
    assert not ink(image, (540, 120, 740, 240))
    assert not ink(image, (0, 0, 400, 720))


def test_circuits_of_a_calendar_have_a_row_each():
    venues = [Venue(name=name, outline=SQUARE, line="", figure="1") for name in ("One", "Two", "Three")]
    image = opened(draw_calendar(venues))
    for row in range(3):
        assert ink(image, (100, row * 240 + 10, 400, row * 240 + 230))
        assert ink(image, (410, row * 240 + 10, 700, row * 240 + 230))
    assert image.getpixel((2, 2)) == tuple(bytes.fromhex(SHEET[1:]))


def test_a_circuit_without_an_outline_is_a_name():
    image = opened(draw_venue(Venue(name="Nowhere", outline="", line="")))
    assert ink(image, (400, 510, 880, 600))
    assert not ink(image, (0, 0, 1280, 450))


def test_a_name_that_is_too_long_is_written_smaller():
    image = opened(draw_venue(Venue(name="W" * 60, outline=SQUARE, line="x" * 400)))
    assert not ink(image, (0, 480, 50, 720))
    assert not ink(image, (1230, 480, 1280, 720))
