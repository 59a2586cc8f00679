from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from championship.rules.entry_lists import (
    Change,
    ChangedLine,
    ListChanges,
    ListLine,
    ListSeat,
    compare,
    fingerprint,
    in_order,
)

YOLUC = ListSeat(
    seat=1, driver="salih-yoluc", given_name="Salih", family_name="Yoluc", rating="bronze", nationality="TR"
)
UNKNOWN = ListSeat(seat=2, driver="", given_name="", family_name="", rating="gold", nationality="")


def line(car_number="90", **values):
    plain = {
        "race_class": "lmp2",
        "race_class_name": "LMP2",
        "team": "tf-sport",
        "team_name": "TF Sport",
        "team_country": "GB",
        "car_model": "oreca-07",
        "car_model_name": "Oreca 07 - Gibson",
        "status": "entered",
        "withdrawn_on": None,
        "withdrawal_reason": "",
        "crew": (YOLUC, UNKNOWN),
    }
    return ListLine(car_number=car_number, **plain | values)


def test_lists_are_ordered_by_class_then_by_car_number():
    lines = [line("9", race_class="gt"), line("83"), line("007", race_class="gt"), line("3")]
    ordered = in_order(lines, {"lmp2": 1, "gt": 2})
    assert [row.car_number for row in ordered] == ["3", "83", "007", "9"]


def test_the_same_list_has_no_changes():
    assert not compare([line()], [line()])
    assert compare([line()], [line()]) == ListChanges()


def test_a_car_that_joins_is_added_and_one_that_disappears_is_removed():
    changes = compare([line("3")], [line("4")])
    assert changes == ListChanges(added=(line("4"),), removed=(line("3"),))


def test_a_withdrawal_is_told_once_and_not_as_a_change_of_status():
    gone = line("56", status="withdrawn", withdrawn_on=date(2024, 1, 30))
    assert compare([line("56")], [gone]) == ListChanges(withdrawn=(gone,))
    assert compare([gone], [gone]) == ListChanges()


def test_a_seat_that_is_filled_tells_who_and_with_which_rating():
    named = replace(UNKNOWN, driver="rene-binder", given_name="René", family_name="Binder", nationality="AT")
    after = line(crew=(YOLUC, named))
    assert compare([line()], [after]).changed == (
        ChangedLine(
            line=after,
            changes=(Change(what="Seat 2", before="To be announced, Gold", after="René Binder, Gold, AT"),),
        ),
    )


def test_a_seat_that_comes_or_goes_is_told_with_an_empty_side():
    after = line(crew=(YOLUC,))
    (changed,) = compare([line()], [after]).changed
    assert changed.changes == (Change(what="Seat 2", before="To be announced, Gold", after=""),)


def test_every_field_that_readers_see_is_compared():
    after = line(
        race_class_name="LMP2 Pro/Am",
        team_name="TF Racing",
        team_country="IE",
        car_model_name="Oreca 07-Gibson",
        status="reserve",
    )
    (changed,) = compare([line()], [after]).changed
    assert [change.what for change in changed.changes] == ["Class", "Team", "Team country", "Car", "Status"]


def test_the_reason_of_a_withdrawal_can_be_added_later():
    before = line(status="withdrawn")
    after = line(status="withdrawn", withdrawn_on=date(2024, 1, 30), withdrawal_reason="Accident")
    (changed,) = compare([before], [after]).changed
    assert [change.what for change in changed.changes] == ["Withdrawn on", "Reason"]


def test_a_fingerprint_differs_when_anything_differs():
    assert fingerprint([line()]) == fingerprint([line()])
    assert fingerprint([line()]) != fingerprint([line(team_country="IE")])
    assert fingerprint([line("3"), line("4")]) != fingerprint([line("4"), line("3")])


@given(
    st.lists(st.sampled_from(["1", "2", "3", "007", "22A"]), unique=True),
    st.lists(st.sampled_from(["1", "2", "3", "007", "22A"]), unique=True),
)
def test_every_car_is_in_at_most_one_group_and_only_joiners_and_leavers_count(before, after):
    changes = compare([line(number) for number in before], [line(number) for number in after])
    assert {row.car_number for row in changes.added} == set(after) - set(before)
    assert {row.car_number for row in changes.removed} == set(before) - set(after)
    assert (changes.withdrawn, changes.changed) == ((), ())
