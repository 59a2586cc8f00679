"""The points of a title as a picture."""

from decimal import Decimal
from io import BytesIO

from PIL import Image

from news.drawing.chart import BOTTOM, RIGHT, TOP, Contender, Fight, draw_chart
from news.drawing.marks import Plate

PLATE = Plate("91", "GT", "#f28c00", "#000000")
ACCENT = (255, 166, 61)


def contender(*totals, is_bright=True):
    totals = tuple(Decimal(total) for total in totals)
    return Contender(plate=PLATE, accent="#ffa63d", totals=totals, is_bright=is_bright)


def drawn(*contenders):
    fight = Fight(name="GT teams", line="", rounds=("R1", "R2"), contenders=contenders)
    return Image.open(BytesIO(draw_chart(fight))).convert("RGB")


def column(image, x):
    """The heights, in units, at which the colour of the class crosses a line down the picture."""
    return [y for y in range(TOP - 20, BOTTOM + 20) if image.getpixel((2 * x, 2 * y)) == ACCENT]


def test_the_leader_has_the_colour_and_ends_at_the_top():
    image = drawn(contender("25", "50"), contender("18", "25"), contender("1", "1", is_bright=False))
    assert min(column(image, RIGHT)) <= TOP < max(column(image, RIGHT))
    assert abs(column(image, (90 + RIGHT) // 2)[0] - (TOP + BOTTOM) / 2) <= 10


def test_equal_totals_have_a_plate_each():
    image = drawn(contender("25", "50"), contender("18", "50"))
    orange = [y for y in range(720) if image.getpixel((2 * (RIGHT + 40), 2 * y)) == (242, 140, 0)]
    assert len(orange) > 140


def test_a_title_without_points_is_drawn():
    assert drawn(contender("0", "0")).size == (2560, 1440)
    assert drawn().size == (2560, 1440)


def test_points_below_nothing_stay_on_the_sheet():
    assert drawn(contender("-5", "62.5"), contender("-5", "-10")).size == (2560, 1440)
