"""Entering cars of the season into an event."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from championship.models import EventEntry
from championship.services.event_entries import CrewFrom, enter_cars
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    return make.make_season()


@pytest.fixture
def lmp2(season):
    return make.make_race_class(season)


def seats(parent):
    return [(member.seat, member.driver, member.rating, str(member.nationality)) for member in parent.crew.all()]


def test_a_car_enters_with_its_car_model_and_the_crew_of_the_season(season, lmp2):
    event, entry = make.make_event(season), make.make_entry(lmp2, "4", crew=3)
    (entered,) = enter_cars(event=event, entries=[entry], reason="Entered into 4 Hours of Sepang")
    assert (entered.event, entered.entry, entered.car_model, entered.status) == (
        event,
        entry,
        entry.car_model,
        "entered",
    )
    assert seats(entered) == seats(entry)
    assert entered.history.first().history_change_reason == "Entered into 4 Hours of Sepang"


def test_the_crew_of_the_latest_earlier_event_comes_before_that_of_the_season(season, lmp2):
    entry = make.make_entry(lmp2, "4", crew=3)
    first = make.make_event_entry(make.make_event(season, "sepang", date(2030, 12, 7)), entry, crew=2)
    second = make.make_event_entry(make.make_event(season, "dubai", date(2031, 2, 1)), entry, crew=4)
    later = make.make_event_entry(make.make_event(season, "doha", date(2031, 3, 1)), entry, crew=1)
    (entered,) = enter_cars(event=make.make_event(season, "abu-dhabi", date(2031, 2, 8)), entries=[entry])
    assert seats(entered) == seats(second)
    assert seats(entered) not in (seats(first), seats(later), seats(entry))


def test_an_earlier_event_without_a_crew_is_passed_over(season, lmp2):
    entry = make.make_entry(lmp2, "4", crew=3)
    make.make_event_entry(make.make_event(season, "dubai", date(2031, 2, 1)), entry)
    (entered,) = enter_cars(event=make.make_event(season, "abu-dhabi", date(2031, 2, 8)), entries=[entry])
    assert seats(entered) == seats(entry)


def test_the_official_may_take_the_crew_of_the_season_or_none(season, lmp2):
    one, other = (make.make_entry(lmp2, number, crew=2) for number in ("4", "5"))
    earlier = make.make_event(season, "dubai", date(2031, 2, 1))
    for entry in (one, other):
        make.make_event_entry(earlier, entry, crew=3)
    event = make.make_event(season, "abu-dhabi", date(2031, 2, 8))
    (from_season,) = enter_cars(event=event, entries=[one], crew_from=CrewFrom.SEASON)
    (without,) = enter_cars(event=event, entries=[other], crew_from=CrewFrom.NOBODY)
    assert (seats(from_season), seats(without)) == (seats(one), [])


def test_entering_twice_changes_nothing(season, lmp2):
    event, entry = make.make_event(season), make.make_entry(lmp2, "4", crew=3)
    (entered,) = enter_cars(event=event, entries=[entry])
    entered.crew.filter(seat=3).delete()
    before = (seats(entered), EventEntry.history.count())
    assert enter_cars(event=event, entries=[entry]) == []
    assert (seats(entered), EventEntry.history.count()) == before


def test_an_entry_of_another_season_is_refused_and_nobody_enters(season, lmp2):
    event, entry = make.make_event(season), make.make_entry(lmp2, "4")
    stranger = make.make_entry(make.make_race_class(make.make_season("2031-32")), "9")
    with pytest.raises(ValidationError, match="Not entries of the season 2030/31: 9"):
        enter_cars(event=event, entries=[entry, stranger])
    assert not EventEntry.objects.exists()
