import pytest
from django.core.exceptions import ValidationError

from championship.services.crews import NewSeat, set_crew
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    return make.make_entry(make.make_race_class(make.make_season()), crew=2)


def seat(number, driver, rating="gold"):
    return NewSeat(seat=number, driver=driver, rating=rating, nationality="FR" if driver else "")


@pytest.mark.parametrize("kind", ["entry", "event entry"])
def test_a_crew_is_replaced_as_a_whole_and_two_drivers_may_swap_seats(entry, kind):
    parent = entry if kind == "entry" else make.make_event_entry(make.make_event(entry.season), entry, crew=2)
    first, second = (member.driver for member in parent.crew.all())
    set_crew(parent, [seat(1, second), seat(2, first), seat(3, None, "bronze")], reason="Swapped")
    assert [(m.seat, m.driver, m.status, m.rating) for m in parent.crew.all()] == [
        (1, second, "named", "gold"),
        (2, first, "named", "gold"),
        (3, None, "to_be_announced", "bronze"),
    ]
    assert parent.crew.first().history.first().history_change_reason == "Swapped"


@pytest.mark.parametrize(
    ("seats", "message"),
    [
        ([1, 3], "Seat 2 is missing"),
        ([1, 1], "Seat 1 is in the crew twice"),
    ],
)
def test_seats_with_gaps_or_doubles_are_refused_and_the_old_crew_stays(entry, seats, message):
    before = list(entry.crew.values_list("driver"))
    with pytest.raises(ValidationError, match=message):
        set_crew(entry, [seat(number, make.make_driver()) for number in seats])
    assert list(entry.crew.values_list("driver")) == before


def test_a_driver_twice_or_a_seat_without_a_rating_is_refused_and_the_old_crew_stays(entry):
    before = list(entry.crew.values_list("driver"))
    driver = make.make_driver()
    with pytest.raises(ValidationError, match="twice"):
        set_crew(entry, [seat(1, driver), seat(2, driver)])
    with pytest.raises(ValidationError, match="rating"):
        set_crew(entry, [seat(1, None, "")])
    assert list(entry.crew.values_list("driver")) == before
