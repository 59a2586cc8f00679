from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from championship.models import Event, Session
from championship.services.saving import save
from tests import factories as make
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db

NASTY = ["%00", "%ED%A0%80", "1" + "0" * 30, "x" * 8000, "a%0D%0ASet-Cookie:%20b=c", "qualifying,warm-up", "<b>"]


def calendar_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def by_uid(calendar):
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


# The page


def test_the_calendar_shows_five_rounds_on_their_days(client, real_season, settings):
    settings.SITE_NOW = datetime(2023, 11, 1, tzinfo=UTC)
    response = client.get("/2023-24/calendar/")
    text = text_of(response)
    for words in (
        "2–3 December 2023 4 Hours of Sepang",
        "Round 1 Race 1 Sat 2 Dec, 14:00 UTC+8",
        "Round 2 Race 2 Sun 3 Dec, 14:00 UTC+8",
        "4 February 2024 4 Hours of Dubai",
        "Round 3 Race Sun 4 Feb, 13:00 UTC+4",
        "10–11 February 2024 4 Hours of Abu Dhabi",
        "Round 4 Race 1 Sat 10 Feb, 15:00 UTC+4",
        "Round 5 Race 2 Sun 11 Feb, 16:00 UTC+4",
    ):
        assert words in text
    assert "Held" not in text
    assert '<time datetime="2023-12-02T14:00:00+08:00" data-local>' in response.content.decode()


def test_the_calendar_offers_every_file_and_links_every_name(client, real_season):
    links = links_of(client.get("/2023-24/calendar/"))
    assert {
        "/2023-24/sepang/",
        "/circuits/yas-marina/",
        "webcal://testserver/2023-24/calendar.ics",
        "webcal://testserver/2023-24/calendar.ics?sessions=race",
        "/2023-24/calendar.ics",
        "/2023-24/calendar.ics?sessions=race",
        "/2023-24/abu-dhabi.ics",
    } <= set(links)


def test_the_calendar_says_which_events_were_held(client, real_season, settings):
    settings.SITE_NOW = datetime(2024, 2, 4, 10, tzinfo=UTC)
    text = text_of(client.get("/2023-24/calendar/"))
    assert "2–3 December 2023 Held" in text
    assert "4 February 2024 This weekend" in text
    assert "10–11 February 2024 4 Hours" in text


def test_the_calendar_has_a_head_of_its_own(client, real_season):
    assert head_of(client.get("/2023-24/calendar/")) == {
        "title": "Calendar 2023/24 · Asian Le Mans Series",
        "description": "The calendar of the Asian Le Mans Series 2023/24: 5 rounds at 3 events: 4 Hours of Sepang, "
        "2–3 December 2023; 4 Hours of Dubai, 4 February 2024; 4 Hours of Abu Dhabi, 10–11 February 2024.",
        "canonical": "http://testserver/2023-24/calendar/",
    }


def test_a_cancelled_event_and_a_postponed_race_are_marked(client):
    season = make.make_season()
    make.make_round(make.make_event(season, is_cancelled=True))
    other = make.make_event(season, "dubai", date(2031, 2, 4))
    make.make_round(other, 2, state=Session.State.POSTPONED, starts_at=None, start_status="to_be_confirmed")
    text = text_of(client.get("/2030-31/calendar/"))
    assert "7–8 December 2030 Cancelled" in text
    assert "Round 2 Race 2 Tue 4 Feb, time to be confirmed Postponed" in text


def test_a_calendar_without_events_says_so(client):
    make.make_season()
    assert "No event yet The calendar of this season has not been published." in text_of(
        client.get("/2030-31/calendar/")
    )


def test_the_calendar_of_an_unknown_season_is_not_found(client):
    assert client.get("/1999/calendar/").status_code == 404
    assert client.get("/1999/calendar.ics").status_code == 404


# Files


def test_the_file_of_the_season_has_every_race_at_its_moment(client, real_season):
    calendar = calendar_of(client, "/2023-24/calendar.ics")
    starts = {uid: event["DTSTART"].dt for uid, event in by_uid(calendar).items()}
    track = {"Sepang": ZoneInfo("Asia/Kuala_Lumpur"), "Gulf": ZoneInfo("Asia/Dubai")}
    assert starts == {
        "2023-24-sepang-race-1@testserver": datetime(2023, 12, 2, 14, tzinfo=track["Sepang"]),
        "2023-24-sepang-race-2@testserver": datetime(2023, 12, 3, 14, tzinfo=track["Sepang"]),
        "2023-24-dubai-race@testserver": datetime(2024, 2, 4, 13, tzinfo=track["Gulf"]),
        "2023-24-abu-dhabi-race-1@testserver": datetime(2024, 2, 10, 15, tzinfo=track["Gulf"]),
        "2023-24-abu-dhabi-race-2@testserver": datetime(2024, 2, 11, 16, tzinfo=track["Gulf"]),
    }
    assert {str(event["STATUS"]) for event in calendar.walk("VEVENT")} == {"CONFIRMED"}
    assert calendar["X-WR-CALNAME"] == "Asian Le Mans Series 2023/24"


def test_a_session_in_the_file_says_where_and_how_long(client, real_season):
    event = by_uid(calendar_of(client, "/2023-24/sepang/race-1.ics"))["2023-24-sepang-race-1@testserver"]
    assert event["SUMMARY"] == "4 Hours of Sepang, Race 1"
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=4)
    assert event["LOCATION"] == "Sepang International Circuit, Sepang, Selangor, Malaysia"
    assert event["GEO"].to_ical() == "2.76056;101.7375"
    assert event["URL"] == "http://testserver/2023-24/sepang/"
    assert event["DESCRIPTION"] == (
        "Round 1 of the Asian Le Mans Series 2023/24. It starts at 14:00 track time (UTC+8)."
    )
    assert event["SEQUENCE"] == 0


def test_the_file_of_an_event_leaves_out_what_has_no_time_on_record(client, real_season):
    events = by_uid(calendar_of(client, "/2023-24/sepang.ics"))
    assert set(events) == {"2023-24-sepang-race-1@testserver", "2023-24-sepang-race-2@testserver"}
    assert client.get("/2023-24/sepang/qualifying.ics").status_code == 404


def test_the_file_is_written_as_the_format_demands(client, real_season):
    response = client.get("/2023-24/calendar.ics")
    lines = response.content.split(b"\r\n")
    assert response["Content-Disposition"] == 'inline; filename="asian-le-mans-series-2023-24.ics"'
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert b"\n" not in b"".join(lines)
    assert max(len(line) for line in lines) <= 75
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT3H" in lines


def test_an_unconfirmed_start_is_a_tentative_day_and_keeps_its_identity(client):
    event = make.make_event(make.make_season())
    session = make.make_session(event, start_status=Session.StartStatus.TO_BE_CONFIRMED)
    before = by_uid(calendar_of(client, "/2030-31/sepang.ics"))["2030-31-sepang-race-1@testserver"]
    assert (before["DTSTART"].dt, before["DTEND"].dt) == (date(2030, 12, 7), date(2030, 12, 8))
    assert (str(before["STATUS"]), before["SEQUENCE"]) == ("TENTATIVE", 0)
    session.start_status = Session.StartStatus.CONFIRMED
    save(session)
    after = by_uid(calendar_of(client, "/2030-31/sepang.ics"))["2030-31-sepang-race-1@testserver"]
    assert after["DTSTART"].dt == datetime(2030, 12, 7, 6, tzinfo=UTC)
    assert (str(after["STATUS"]), after["SEQUENCE"]) == ("CONFIRMED", 1)
    assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt


def test_a_cancelled_session_stays_in_the_file_as_cancelled(client):
    event = make.make_event(make.make_season())
    make.make_session(event, state=Session.State.CANCELLED, state_reason="Flooded track")
    found = by_uid(calendar_of(client, "/2030-31/sepang/race-1.ics"))["2030-31-sepang-race-1@testserver"]
    assert str(found["STATUS"]) == "CANCELLED"
    assert found["SUMMARY"] == "Cancelled: 4 Hours of Sepang, Race 1"
    assert "Flooded track." in found["DESCRIPTION"]


def test_cancelling_an_event_moves_its_sessions_on_in_subscribed_calendars(client):
    event = make.make_event(make.make_season())
    make.make_session(event)
    event.is_cancelled = True
    save(event)
    found = by_uid(calendar_of(client, "/2030-31/calendar.ics"))["2030-31-sepang-race-1@testserver"]
    assert (str(found["STATUS"]), found["SEQUENCE"]) == ("CANCELLED", 1)


@pytest.mark.parametrize("change", [{"is_cancelled": True}, {"circuit": "dubai"}], ids=["cancelled", "moved"])
def test_a_change_of_the_event_is_a_newer_state_of_its_sessions(client, change):
    event = make.make_event(make.make_season())
    make.make_session(event)
    before = by_uid(calendar_of(client, "/2030-31/sepang.ics"))["2030-31-sepang-race-1@testserver"]
    # Calendar files count whole seconds.
    long_ago = before["DTSTAMP"].dt - timedelta(days=1)
    Session.history.update(history_date=long_ago)
    Event.history.update(history_date=long_ago)
    for name, value in change.items():
        setattr(event, name, make.make_circuit(value) if name == "circuit" else value)
    save(event)
    after = by_uid(calendar_of(client, "/2030-31/sepang.ics"))["2030-31-sepang-race-1@testserver"]
    assert after["SEQUENCE"] == before["SEQUENCE"] + 1
    assert after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt
    assert after["DTSTAMP"].dt == Event.history.latest().history_date.replace(microsecond=0)


def test_a_postponed_session_is_a_tentative_day_until_it_is_scheduled_with_its_new_time(client):
    session = make.make_session(make.make_event(make.make_season()))
    session.state = Session.State.POSTPONED
    save(session)
    found = by_uid(calendar_of(client, "/2030-31/sepang.ics"))["2030-31-sepang-race-1@testserver"]
    assert found["SUMMARY"] == "Postponed: 4 Hours of Sepang, Race 1"
    assert (found["DTSTART"].dt, found["DTEND"].dt) == (date(2030, 12, 7), date(2030, 12, 8))
    assert (str(found["STATUS"]), found["SEQUENCE"]) == ("TENTATIVE", 1)
    assert found["DESCRIPTION"].endswith("The time is to be confirmed.")
    session.state, session.starts_at = Session.State.SCHEDULED, datetime(2030, 12, 7, 9, tzinfo=UTC)
    save(session)
    found = by_uid(calendar_of(client, "/2030-31/sepang.ics"))["2030-31-sepang-race-1@testserver"]
    assert found["DTSTART"].dt == datetime(2030, 12, 7, 9, tzinfo=UTC)
    assert (str(found["STATUS"]), found["SEQUENCE"]) == ("CONFIRMED", 2)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", {"practice", "qualifying", "race-1"}),
        ("?sessions=", {"practice", "qualifying", "race-1"}),
        ("?sessions=race", {"race-1"}),
        ("?sessions=RACE,%20qualifying", {"race-1", "qualifying"}),
        ("?sessions=race&sessions=practice", {"race-1", "practice"}),
        ("?utm_source=x", {"practice", "qualifying", "race-1"}),
    ],
)
def test_the_file_of_the_season_may_be_asked_for_some_kinds_of_session(client, query, slugs):
    event = make.make_event(make.make_season())
    for slug, kind in (("practice", "practice"), ("qualifying", "qualifying"), ("race-1", "race")):
        make.make_session(event, slug, kind)
    found = by_uid(calendar_of(client, f"/2030-31/calendar.ics{query}"))
    assert set(found) == {f"2030-31-sepang-{slug}@testserver" for slug in slugs}


@pytest.mark.parametrize("value", NASTY)
def test_a_kind_of_session_that_does_not_exist_is_refused_in_words(client, value):
    make.make_season()
    response = client.get(f"/2030-31/calendar.ics?sessions={value}")
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "is not a kind of session. Use practice, qualifying or race" in response.content.decode()
    assert len(response.content) < 300


def test_a_file_without_sessions_is_still_a_calendar(client):
    make.make_event(make.make_season())
    for address in ("/2030-31/calendar.ics", "/2030-31/sepang.ics"):
        calendar = calendar_of(client, address)
        assert by_uid(calendar) == {}
        assert len(calendar.subcomponents) == 1


@pytest.mark.parametrize("address", ["/2030-31/calendar/", "/2030-31/calendar.ics", "/2030-31/sepang.ics"])
def test_one_event_or_three_take_as_many_queries(client, address):
    season = make.make_season(is_current=True)
    make.make_round(make.make_event(season))
    one = queries_of(client, address)
    for number, slug in enumerate(("dubai", "abu-dhabi"), start=2):
        event = make.make_event(season, slug, date(2031, 2, number), circuit=make.make_circuit(slug))
        make.make_round(event, number)
    assert queries_of(client, address) == one <= 6
