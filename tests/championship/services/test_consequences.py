"""What follows from changes that write many rows at once."""

import pytest

from championship.models import EventEntry, StandingList
from championship.services import consequences, event_entries, history
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    """Car 99 joins at the second event, where it does not score; it is third in both rounds."""
    season = results.make_racing_season()
    season.points_settings.late_joiners_score = False
    season.points_settings.save()
    first, second = season.rounds.order_by("number")
    EventEntry.objects.filter(event=first.event, entry__car_number="99").delete()
    results.publish_results(first, ["7", "22"])
    results.publish_results(second, ["99", "7", "22"])
    return season


def points(season):
    newest = StandingList.objects.filter(title__contender="teams", basis="all", round__number=2).latest("version")
    lines = newest.standings.select_related("entry")
    return {line.entry.car_number: line.points for line in lines}, newest.cause


def test_cars_that_are_entered_at_the_first_event_have_not_joined_later(season):
    assert points(season)[0] == {"7": 50, "22": 36}
    first = season.rounds.get(number=1)
    event_entries.enter_cars(event=first.event, entries=[season.entries.get(car_number="99")])
    assert points(season) == ({"99": 25, "7": 43, "22": 33}, f"{first.event.name} has more cars")


def test_entering_nobody_writes_no_table(season):
    before = StandingList.objects.count()
    first = season.rounds.get(number=1)
    assert event_entries.enter_cars(event=first.event, entries=[season.entries.get(car_number="7")]) == []
    assert StandingList.objects.count() == before


def test_a_deleted_row_that_comes_back_brings_its_points_back(season):
    first = season.rounds.get(number=1)
    entered = make.make_event_entry(first.event, season.entries.get(car_number="99"))
    consequences.follow(entered, done="added")
    with_three = points(season)[0]
    tables = history.delete(entered)
    assert {table.title.contender for table in tables} == {"teams", "drivers"}
    assert points(season) == ({"7": 50, "22": 36}, f"Car 99 at {first.event.name} deleted")
    history.restore(EventEntry.history.filter(event=first.event).earliest(), seen_version=None)
    assert points(season) == (with_three, f"Car 99 at {first.event.name} restored")


def test_a_very_long_name_still_makes_a_cause(season):
    first = season.rounds.get(number=1)
    make.make_event_entry(first.event, season.entries.get(car_number="99"))
    consequences.follow(first.event, done="x" * 400)
    assert len(points(season)[1]) == 300


def test_rows_that_no_table_follows_from_are_left_alone(season):
    before = StandingList.objects.count()
    assert consequences.follow(season.entries.first().team, done="changed") == []
    assert StandingList.objects.count() == before
