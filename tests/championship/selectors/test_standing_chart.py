"""The drawing of a title's points: where its lines, marks and labels stand."""

from decimal import Decimal
from itertools import pairwise

from championship.models import Entry, Standing
from championship.selectors.standing_chart import BOTTOM, LABEL_HEIGHT, MARKED, TOP, chart
from championship.selectors.standing_contenders import Contender
from championship.selectors.standing_lines import StandingLine
from championship.selectors.standing_rounds import RoundHead

HEADS = [RoundHead(number=n, name=f"Race {n}", short_name=f"Place {n}", date=None, state="official") for n in (1, 2, 3)]


def drawn(totals: dict[str, tuple[float, ...]], *, drivers: bool = False):
    """The drawing of cars with these totals after each round, in this order."""
    rounds = range(1, len(next(iter(totals.values()))) + 1)
    lines = [line(number, points[-1], drivers=drivers) for number, points in totals.items()]
    by_round = {n: [row(number, points[n - 1]) for number, points in totals.items()] for n in rounds}
    return chart(lines, by_round, HEADS)


def row(number: str, points: float) -> Standing:
    return Standing(entry=Entry(car_number=number), points=Decimal(str(points)))


def line(number: str, points: float, *, drivers: bool) -> StandingLine:
    who = Contender(
        key=number,
        name=f"Name {number}",
        short_name=f"N. {number}",
        mention="",
        url="",
        team="",
        country="",
        country_name="",
        car_number="" if drivers else number,
        cars=("4",) if drivers else (number,),
    )
    return StandingLine(
        contender=who,
        position=1,
        is_shared=False,
        points=Decimal(str(points)),
        behind=Decimal(0),
        is_champion=False,
        separation="",
        dropped_rounds=(),
    )


def test_one_round_is_no_progress():
    assert drawn({"7": (25,)}) is None


def test_rounds_stand_across_and_points_upwards():
    found = drawn({"7": (25, 50), "22": (18, 18)})
    assert [(column.label, column.x) for column in found.columns] == [("R1 Place 1", "7.0%"), ("R2 Place 2", "80.0%")]
    first, second = found.marked
    assert [point.x for point in first.points] == ["7.0%", "80.0%"]
    assert first.points[0].y > first.points[1].y
    assert second.points[0].y == second.points[1].y
    assert len(first.segments) == 1
    assert (first.label, first.names, first.points_text) == ("No. 7", "Name 7", "50")


def test_the_scale_has_round_steps_from_zero_to_above_the_highest_total():
    ticks = drawn({"7": (25, 83)}).ticks
    assert [tick.label for tick in ticks] == ["0", "20", "40", "60", "80", "100"]
    assert (ticks[0].y, ticks[-1].y) == (BOTTOM, TOP)


def test_negative_and_broken_totals_have_their_place():
    found = drawn({"7": (12.5, 40), "22": (0, -10)})
    assert found.ticks[0].label == "−10"
    assert found.marked[1].end.y == BOTTOM


def test_only_the_first_have_marks_and_labels_that_do_not_collide():
    found = drawn({str(number): (1, 30 - number / 10) for number in range(1, 10)})
    assert (len(found.marked), len(found.faint)) == (MARKED, 3)
    heights = [one.label_y for one in found.marked]
    assert all(below - above >= LABEL_HEIGHT for above, below in pairwise(heights))
    assert TOP <= heights[0] <= heights[-1] <= BOTTOM


def test_labels_at_the_foot_stay_on_the_drawing():
    found = drawn({"7": (25, 50)} | {str(number): (0, number / 10) for number in (3, 2, 1)})
    assert max(one.label_y for one in found.marked) <= BOTTOM


def test_a_higher_total_that_stands_last_in_the_table_keeps_the_labels_in_order():
    found = drawn({"7": (25, 50), "22": (18, 18), "99": (30, 60)})
    heights = {one.label: one.label_y for one in found.marked}
    assert heights["No. 99"] < heights["No. 7"] < heights["No. 22"]


def test_drivers_with_the_same_points_after_every_round_share_a_line():
    (shared,) = drawn({"ada": (25, 50), "bob": (25, 50)}, drivers=True).marked
    assert (shared.label, shared.names) == ("No. 4", "Name ada and Name bob")
