from dataclasses import replace
from decimal import Decimal

import pytest

from championship.rules.consequences import CarPlace, Results, TableRow, TitleTable, consequence
from championship.selectors.consequence_lines import consequence_lines

CAR = CarPlace(
    car_number="7",
    race_class="GT",
    team="Team 7",
    position=1,
    class_position=1,
    status="Classified",
    laps=100,
    total_time=None,
    best_lap_time=None,
)


def lines(before, after):
    return consequence_lines(consequence(before, after))


def told(changes):
    return [(change.what, change.before, change.after) for change in changes]


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        (CAR, replace(CAR, position=2, class_position=2), [("GT", "1st", "2nd"), ("Overall", "1st", "2nd")]),
        (CAR, replace(CAR, class_position=None, status="Disqualified"), [("GT", "1st", "disqualified")]),
        (None, CAR, [("GT", "not in the list", "1st")]),
        (CAR, None, [("GT", "1st", "not in the list")]),
    ],
)
def test_a_car_tells_its_places_before_and_after(before, after, words):
    other = replace(CAR, car_number="22", position=9, class_position=9)
    states = [Results(places=(other, *([car] if car else []))) for car in (before, after)]
    (car,) = lines(*states).cars
    assert (car.car_number, car.team, told(car.changes)) == ("7", "Team 7", words)


def test_a_list_that_comes_or_goes_as_a_whole_is_not_told_car_by_car():
    some = Results(places=(CAR,))
    assert (lines(Results(), some).cars, lines(some, Results()).cars) == ((), ())


def table(*rows, state="open"):
    return TitleTable(
        title="GT Teams",
        slug="gt-teams",
        after_round=1,
        state=state,
        prizes=("24 Hours of Le Mans 2024",),
        rows=tuple(
            TableRow(contender=name, name=name, position=place, points=Decimal(points), is_champion=False)
            for name, place, points in rows
        ),
    )


def test_a_title_tells_leader_state_prizes_and_the_lines_that_move():
    before = Results(tables=(table(("car 7", 1, 25), ("car 22", 2, 18), ("car 4", None, 3)),))
    after = Results(tables=(table(("car 22", 1, 26), ("car 7", None, 25), ("car 9", 2, 1), state="awarded"),))
    found = lines(before, after)
    (title,) = found.titles
    assert told([title.leader, title.state]) == [("Leader", "car 7", "car 22"), ("Title", "open", "awarded")]
    assert title.prizes == ("24 Hours of Le Mans 2024",)
    assert {row.name: told(row.changes) for row in title.rows} == {
        "car 22": [("Place", "2nd", "1st"), ("Points", "18", "26")],
        "car 7": [("Place", "1st", "excluded")],
        "car 9": [("Place", "not in the table", "2nd"), ("Points", "0", "1")],
        "car 4": [("Place", "excluded", "not in the table"), ("Points", "3", "0")],
    }


def test_a_first_table_had_no_leader():
    (title,) = lines(Results(), Results(tables=(table(("car 7", 1, 25)),))).titles
    assert (told([title.leader]), title.state) == ([("Leader", "nobody", "car 7")], None)
