from dataclasses import replace

import pytest

from championship.rules.classification_changes import FIELDS, OWN_FIELDS, LineChange, compare
from tests.championship.rules.race import OUT, laps_removed, ruled, time_added

BEFORE = ruled()


def by_number(changes):
    return {change.car_number: change for change in changes}


def test_the_same_version_has_no_changes():
    assert compare(BEFORE, BEFORE[::-1]) == ()


def test_a_penalty_changes_the_car_and_moves_the_others():
    after = ruled(["1", time_added(25)])
    changes = compare(BEFORE, after)
    assert [(change.car_number, change.fields, change.is_own) for change in changes] == [
        ("2", ("position",), False),
        ("3", ("position", "class_position"), False),
        ("1", ("position", "class_position", "total_time"), True),
    ]
    moved = by_number(changes)
    assert [(moved[car].places_gained, moved[car].class_places_gained) for car in "123"] == [(-2, -1), (1, 0), (1, 1)]
    assert moved["1"] == LineChange(
        car_number="1", before=BEFORE[0], after=after[2], fields=("position", "class_position", "total_time")
    )


def test_a_penalty_without_a_loss_of_places_is_a_change_too():
    (change,) = compare(BEFORE, ruled(["1", time_added(5)]))
    assert (change.fields, change.places_gained, change.class_places_gained) == (("total_time",), 0, 0)


def test_a_disqualified_car_has_no_place_in_its_class_to_gain_or_lose():
    out = by_number(compare(BEFORE, ruled(["2", OUT])))["2"]
    assert out.fields == ("position", "class_position", "status")
    assert (out.places_gained, out.class_places_gained) == (-7, None)


def test_cars_that_come_or_go_are_told_so_and_those_that_are_gone_stand_last():
    after = [line for line in BEFORE if line.car_number not in ("1", "9")]
    gone = compare(BEFORE, after)
    assert gone == (
        LineChange(car_number="1", before=BEFORE[0], after=None),
        LineChange(car_number="9", before=BEFORE[8], after=None),
    )
    assert [(change.is_removed, change.is_added, change.is_own) for change in gone] == [(True, False, True)] * 2
    come = compare(after, BEFORE)
    assert [(change.car_number, change.is_added, change.is_removed) for change in come] == [
        ("1", True, False),
        ("9", True, False),
    ]
    assert {change.places_gained for change in gone + come} == {None}
    assert {change.class_places_gained for change in gone + come} == {None}
    assert [change.car_number for change in compare(BEFORE[:3], BEFORE[1:4])] == ["4", "1"]


def test_a_car_in_another_class_gains_no_places_there():
    moved = replace(BEFORE[0], race_class="b")
    (change,) = compare(BEFORE[:1], [moved])
    assert (change.fields, change.is_own, change.class_places_gained) == (("race_class",), True, None)


@pytest.mark.parametrize("field", OWN_FIELDS)
def test_every_figure_of_a_car_is_compared(field):
    value = "Other" if field in ("race_class", "status") else 7
    (change,) = compare(BEFORE[:1], [replace(BEFORE[0], **{field: value})])
    assert (change.fields, change.is_own) == ((field,), True)
    assert field in FIELDS


def test_two_decisions_about_two_cars_are_two_own_changes():
    after = ruled(["1", laps_removed(1)], ["3", time_added(1)])
    assert [change.car_number for change in compare(BEFORE, after) if change.is_own] == ["3", "1"]
