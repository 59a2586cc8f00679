from datetime import UTC, date, datetime
from itertools import product

import pytest

from championship.models import Session
from tests import factories as make
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db

SEPANG = "/2023-24/sepang/"


@pytest.fixture
def event():
    return make.make_event(make.make_season())


def test_an_event_says_when_and_where_it_is(client, real_season, settings):
    settings.SITE_NOW = datetime(2023, 11, 25, tzinfo=UTC)
    text = text_of(client.get(SEPANG))
    assert "2–3 December 2023 4 Hours of Sepang" in text
    assert "Sepang International Circuit, Sepang, Selangor" in text
    assert "Layout Grand Prix Length 5.543 km Turns 15 Country Malaysia" in text


def test_the_timetable_is_in_track_time_and_says_which_session_sets_which_grid(client, real_season, settings):
    settings.SITE_NOW = datetime(2023, 11, 25, tzinfo=UTC)
    response = client.get(SEPANG)
    text = text_of(response)
    assert "Times at the track (UTC+8)" in text
    assert "Day to be confirmed – Qualifying Time to be confirmed Sets the grid of Race 1 and Race 2" in text
    assert "Saturday, 2 December 2023 14:00–18:00 Race 1 Round 1 Grid set by Qualifying" in text
    assert "Sunday, 3 December 2023 14:00–18:00 Race 2 Round 2 Grid set by Qualifying" in text
    assert '<time datetime="2023-12-03T14:00:00+08:00" data-local>' in response.content.decode()


def test_during_a_race_the_timetable_says_so_and_its_qualifying_has_been_held(client, real_season, settings):
    settings.SITE_NOW = datetime(2023, 12, 2, 7, tzinfo=UTC)
    text = text_of(client.get(SEPANG))
    assert "2–3 December 2023 This weekend" in text
    assert "Day not on record – Qualifying Held, time not on record" in text
    assert "14:00–18:00 Race 1 Now, by the timetable" in text
    assert "14:00–18:00 Race 2 Round 2" in text


def test_after_the_event_nothing_is_promised_any_more(client, real_season, settings):
    settings.SITE_NOW = datetime(2023, 12, 4, tzinfo=UTC)
    text = text_of(client.get(SEPANG))
    assert "2–3 December 2023 Held" in text
    assert "to be confirmed" not in text
    assert "Now, by the timetable" not in text


def test_an_event_shows_the_field_of_its_own_list_once_it_is_published(client, real_season, settings):
    settings.SITE_NOW = datetime(2024, 1, 23, tzinfo=UTC)
    assert "No entry list yet" in text_of(client.get("/2023-24/dubai/"))
    settings.SITE_NOW = datetime(2024, 1, 25, tzinfo=UTC)
    response = client.get("/2023-24/dubai/")
    assert "41 cars: 13 LMP2, 6 LMP3, 22 GT Final" in text_of(response)
    links = links_of(response)
    assert {"/2023-24/dubai/entries/", "/2023-24/dubai/entries/?class=lmp2", "/2023-24/entries/99/"} <= set(links)
    assert "/2023-24/entries/56/" not in links


def test_an_event_leads_to_its_neighbours_its_circuit_and_its_calendar(client, real_season):
    links = links_of(client.get("/2023-24/dubai/"))
    assert {SEPANG, "/2023-24/abu-dhabi/", "/circuits/dubai/", "/2023-24/dubai.ics"} <= set(links)
    assert "Previous event" not in text_of(client.get(SEPANG))
    assert "Next event" not in text_of(client.get("/2023-24/abu-dhabi/"))


def test_the_head_of_an_event_page(client, real_season):
    assert head_of(client.get(SEPANG)) == {
        "title": "4 Hours of Sepang 2023/24 · Asian Le Mans Series",
        "description": "4 Hours of Sepang, 2–3 December 2023 at Sepang International Circuit: timetable in track time "
        "and yours, entries and circuit.",
        "canonical": "http://testserver/2023-24/sepang/",
    }


def test_links_for_the_day_are_shown_only_when_they_are_set(client, event):
    labels = ("Live timing", "Broadcast", "Tickets")
    assert [label for label in labels if label in text_of(client.get("/2030-31/sepang/"))] == []
    event.live_timing_url = "https://timing.example.org/"
    event.tickets_url = "https://tickets.example.org/"
    event.save()
    response = client.get("/2030-31/sepang/")
    assert [label for label in labels if label in text_of(response)] == ["Live timing", "Tickets"]
    assert {"https://timing.example.org/", "https://tickets.example.org/"} <= set(links_of(response))


def test_a_postponed_and_a_cancelled_session_say_why(client, event):
    make.make_session(event, "race-1", state=Session.State.POSTPONED, state_reason="Storm over the circuit")
    make.make_session(event, "race-2", state=Session.State.CANCELLED, state_reason="Flooded track")
    text = text_of(client.get("/2030-31/sepang/"))
    assert "Saturday, 7 December 2030 – Race 1 Postponed Storm over the circuit" in text
    assert "14:00–18:00 Race 2 Cancelled Flooded track" in text


def test_every_link_of_an_event_page_answers(client, event, settings):
    settings.SITE_NOW = datetime(2030, 11, 1, tzinfo=UTC)
    for day in (None, event.starts_on):
        for status, state in product(Session.StartStatus, Session.State):
            is_confirmed = status == Session.StartStatus.CONFIRMED
            if day or not (is_confirmed or (status == "to_be_confirmed" and state == "scheduled")):
                slug = f"{status}-{state}-{'day' if day else 'no-day'}".replace("_", "-")
                values = {} if is_confirmed else {"starts_at": None}
                make.make_session(event, slug, "practice", date=day, start_status=status, state=state, **values)
    links = [link for link in links_of(client.get("/2030-31/sepang/")) if link.startswith("/")]
    files = {link for link in links if link.startswith("/2030-31/sepang/") and link.endswith(".ics")}
    assert [link for link in links if client.get(link).status_code != 200] == []
    assert files == {
        f"/2030-31/sepang/{status}-{state}-day.ics"
        for status in ("confirmed", "to-be-confirmed")
        for state in ("scheduled", "postponed")
    }


def test_an_unconfirmed_start_never_shows_a_clock_time(client, event):
    make.make_session(event, start_status=Session.StartStatus.TO_BE_CONFIRMED)
    text = text_of(client.get("/2030-31/sepang/"))
    assert "Saturday, 7 December 2030 – Race 1 Time to be confirmed" in text
    assert "14:00" not in text


def test_a_session_for_some_classes_names_them(client, event):
    session = make.make_session(event, "qualifying-gt", "qualifying")
    session.race_classes.add(make.make_race_class(event.season, "GT", 3))
    assert "14:00–18:00 Qualifying gt GT" in text_of(client.get("/2030-31/sepang/"))


def test_a_cancelled_event_says_so_for_every_session(client):
    event = make.make_event(make.make_season(), is_cancelled=True)
    make.make_round(event)
    text = text_of(client.get("/2030-31/sepang/"))
    assert "7–8 December 2030 Cancelled" in text
    assert "Race 1 Cancelled" in text
    assert "Add to calendar: " not in text


def test_an_event_without_sessions_and_list_says_so(client, event):
    text = text_of(client.get("/2030-31/sepang/"))
    assert "No timetable yet" in text
    assert "No entry list yet" in text


@pytest.mark.parametrize("address", ["/2030-31/dubai/", "/1999/sepang/", "/2030-31/sepang/nothing/"])
def test_an_unknown_event_is_not_found(client, event, address):
    assert client.get(address).status_code == 404


def test_one_session_or_three_take_as_many_queries(client):
    season = make.make_season(is_current=True)
    race_class = make.make_race_class(season)
    event = make.make_event(season)

    def add(number):
        entry = make.make_entry(race_class)
        make.make_event_entry(event, entry)
        make.publish_list(season, event)
        qualifying = make.make_session(event, f"qualifying-{number}", "qualifying")
        qualifying.race_classes.add(race_class)
        make.make_round(event, number).grid_from.add(qualifying)
        make.make_event(season, f"event-{number}", date(2031, 1, number))

    add(1)
    one = queries_of(client, "/2030-31/sepang/")
    add(2)
    add(3)
    assert queries_of(client, "/2030-31/sepang/") == one <= 13
