from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from championship.models import Event, Round, Session
from championship.services.saving import save
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return make.make_event(make.make_season())


@pytest.mark.parametrize("slug", ["calendar", "entries", "results", "standings", "invitations"])
def test_an_event_cannot_take_an_address_of_the_site_map(event, slug):
    event.slug = slug
    with pytest.raises(ValidationError, match="address of the site"):
        event.full_clean()


def test_a_session_outside_the_days_of_its_event_is_refused(event):
    session = make.make_session(event)
    session.date += timedelta(days=5)
    session.starts_at += timedelta(days=5)
    with pytest.raises(ValidationError, match="The event lasts from 07 December 2030 to 08 December 2030"):
        session.full_clean()


def test_the_day_of_a_start_is_that_at_the_track(event):
    session = make.make_session(event, starts_at=datetime(2030, 12, 6, 22, tzinfo=UTC))
    session.full_clean()
    assert session.starts_at_track.isoformat() == "2030-12-07T06:00:00+08:00"
    session.starts_at = datetime(2030, 12, 7, 17, tzinfo=UTC)
    with pytest.raises(ValidationError, match="At the track this is 08 December 2030"):
        session.full_clean()


def test_the_day_follows_from_the_start_when_it_is_left_empty(event):
    session = make.make_session(event, start_status="to_be_confirmed", date=date(2030, 12, 7))
    session.date = None
    session.full_clean()
    assert session.date == date(2030, 12, 7)


def test_calendars_learn_of_a_new_time_but_not_of_a_new_name(event):
    session = make.make_session(event)
    session.name = "The race"
    save(session)
    assert Session.objects.get().calendar_revision == 0
    session.starts_at += timedelta(hours=1)
    save(session)
    session.state = Session.State.CANCELLED
    session.save(update_fields=["state"])
    assert Session.objects.get().calendar_revision == 2


def test_a_round_is_a_race_of_its_own_event(event):
    qualifying = make.make_session(event, "qualifying", "qualifying")
    elsewhere = make.make_session(make.make_event(event.season, "dubai"), "race")
    for session, message in ((qualifying, "kind “Race”"), (elsewhere, "session of this event")):
        with pytest.raises(ValidationError, match=message):
            Round(event=event, number=1, race_session=session).full_clean()


def test_line_breaks_of_a_note_are_kept_as_files_write_them(event):
    event.note = "Two rounds.\r\nOne qualifying."
    save(event)
    assert Event.objects.get().note == "Two rounds.\nOne qualifying."
