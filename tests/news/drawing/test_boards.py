"""Plates and letters as pictures."""

from io import BytesIO

import pytest
from PIL import Image

from news.drawing.boards import Card, Prize, draw_cars, draw_entry_list, draw_prizes
from news.drawing.letters import SHEET
from news.drawing.marks import Plate

LMP2, GT = Plate("99", "LMP2", "#0b4ea2", "#ffffff"), Plate("007", "GT", "#f28c00", "#000000")


def opened(content):
    return Image.open(BytesIO(content)).convert("RGB")


def share(image, colour):
    """How much of a picture has exactly this colour."""
    small = image.resize((320, 180), Image.Resampling.NEAREST)
    counted = {found: number for number, found in small.getcolors(60_000)}
    return counted.get(tuple(bytes.fromhex(colour[1:])), 0) / (320 * 180)


@pytest.mark.parametrize("count", [1, 2, 5, 11, 39, 44, 62])
def test_however_many_plates_fill_the_sheet_and_stay_on_it(count):
    image = opened(draw_entry_list([LMP2] * count))
    assert image.size == (2560, 1440)
    assert share(image, LMP2.colour) > 0.2
    for edge in ((0, 0, 2560, 30), (0, 1410, 2560, 1440), (0, 0, 30, 1440), (2530, 0, 2560, 1440)):
        assert image.crop(edge).getcolors() == [((edge[2] - edge[0]) * (edge[3] - edge[1]), sheet())]


def sheet():
    return tuple(bytes.fromhex(SHEET[1:]))


def test_plates_have_the_colours_of_their_classes_in_proportion():
    image = opened(draw_entry_list([LMP2] * 10 + [GT] * 20))
    assert share(image, GT.colour) == pytest.approx(2 * share(image, LMP2.colour), rel=0.1)


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_few_cars_stand_side_by_side_inside_the_square_in_the_middle(count):
    card = Card(plate=GT, name="A team with a very long name indeed", line="Its car")
    image = opened(draw_cars([card] * count, heading="Champions of the whole season"))
    for left in (0, 2000):
        assert image.crop((left, 0, left + 560, 1400)).getcolors() == [(560 * 1400, sheet())]
    assert share(image, GT.colour) > 0.02 * count


def test_each_class_has_a_row_in_its_colour():
    prizes = [
        Prize(
            race_class_name=one.race_class_name,
            colour=one.colour,
            ink=one.ink,
            race=("24 Hours", "of Le Mans"),
            year="2024",
            line="",
        )
        for one in (LMP2, GT)
    ]
    image = opened(draw_prizes(prizes))
    assert [image.getpixel((10, y)) for y in (300, 1100)] == [
        tuple(bytes.fromhex(colour[1:])) for colour in (LMP2.colour, GT.colour)
    ]
