from io import BytesIO

import pytest
from PIL import Image

from news.drawing.letters import BAND
from news.drawing.marks import Plate
from news.drawing.share import ShareCard, draw, lines_of

LMP2 = Plate("99", "LMP2", "#0b4ea2", "#ffffff")
GT = Plate("007", "GT", "#f28c00", "#000000")


def pixels(card):
    image = Image.open(BytesIO(draw(card))).convert("RGB")
    ends = [image.getpixel((x, 625)) for x in (10, 1190)]
    return image, [f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in ends]


def test_the_bar_below_has_the_colours_of_the_classes_in_equal_parts():
    assert pixels(ShareCard("A", "", "1 May 2030", (LMP2, GT)))[1] == ["#0b4ea2", "#f28c00"]
    assert pixels(ShareCard("A", "", "1 May 2030", (GT,)))[1] == ["#f28c00", "#f28c00"]
    assert len(set(pixels(ShareCard("A", "", "1 May 2030", ()))[1])) == 1


@pytest.mark.parametrize("headline", ["A", "W" * 60, "Größe Šimon Đặng " * 8, "MMMM " * 24, "東京"])
def test_every_headline_stays_inside_its_room(headline):
    image, _ = pixels(ShareCard(headline.strip(), "Race reports", "11 February 2024", (LMP2,) * 4))
    assert image.size == (1200, 630)
    band = Image.new("RGB", image.size, BAND)
    for room in ((0, 140, 60, 480), (0, 478, 1200, 488)):
        assert image.crop(room).tobytes() == band.crop(room).tobytes()


def test_words_are_set_in_lines_that_fit():
    assert lines_of("one two three", 50, 10_000) == ["one two three"]
    assert lines_of("one two three", 50, 120) == ["one", "two", "three"]


def test_a_word_that_no_line_has_room_for_is_cut():
    assert "".join(lines_of("W" * 60, 50, 300)) == "W" * 60
    assert len(lines_of("W" * 60, 50, 300)) > 5


def test_a_picture_weighs_little():
    card = ShareCard("The finale at Abu Dhabi decided all titles", "Race reports", "11 May 2024", (LMP2, GT))
    assert len(draw(card)) < 60_000
