from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from championship.models import EventEntry
from championship.selectors.season_work import season_work
from championship.services import entry_lists
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def season():
    season = make.make_season()
    race_class = make.make_race_class(season)
    event = make.make_round(make.make_event(season)).event
    for number in ("7", "8"):
        make.make_event_entry(event, make.make_entry(race_class, number, crew=1), crew=2)
    return season


def unpublished(season, event):
    changes = entry_lists.preview(season=season, event=event).changes
    return len(changes.added) + len(changes.removed) + len(changes.withdrawn) + len(changes.changed)


def test_before_the_first_list_every_car_is_unpublished(season):
    work = season_work(season)
    assert (work.entry_list.revision, work.entry_list.status, work.entry_list.unpublished) == (0, "", 2)
    assert work.events[0].entry_list.unpublished == 2


def test_it_counts_what_publishing_would_change(season):
    event = season.events.get()
    make.publish_list(season)
    make.publish_list(season, event)
    assert season_work(season).events[0].entry_list.unpublished == 0
    first, second = EventEntry.objects.order_by("pk")
    EventEntry.objects.filter(pk=first.pk).update(status="withdrawn")
    second.crew.get(seat=2).delete()
    make.make_event_entry(event, make.make_entry(season.race_classes.get(), "9"))
    work = season_work(season)
    assert work.events[0].entry_list.unpublished == unpublished(season, event) == 3
    assert work.entry_list.unpublished == unpublished(season, None) == 1
    assert (work.events[0].entry_list.cars, work.events[0].entry_list.withdrawn) == (2, 1)
    assert work.events[0].entry_list.revision == 1


def test_events_stand_in_their_order_with_rounds_and_open_starts(season):
    dubai = make.make_event(season, "dubai", date(2030, 11, 1))
    make.make_session(dubai, "qualifying", "qualifying", start_status="to_be_confirmed", starts_at=None)
    work = season_work(season)
    assert [(e.name, e.rounds, e.sessions, e.unconfirmed) for e in work.events] == [
        ("4 Hours of Dubai", (), 1, 1),
        ("4 Hours of Sepang", (1,), 1, 0),
    ]


def test_a_long_season_costs_no_more_questions(season):
    make.publish_list(season)
    make.publish_list(season, season.events.get())
    with CaptureQueriesContext(connection) as one:
        season_work(season)
    for index in range(2):
        event = make.make_event(season, f"event-{index}", date(2031, 1, 1 + index))
        make.make_event_entry(event, make.make_entry(season.race_classes.get(), crew=1), crew=2)
        make.publish_list(season, event)
    with CaptureQueriesContext(connection) as three:
        season_work(season)
    assert len(three) == len(one)
