from datetime import UTC, datetime

import pytest

from championship.models import Session
from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _after_the_season_of_the_factories(settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


def test_the_short_address_leads_to_the_current_season(client):
    assert client.get("/results/").status_code == 404
    assert "No season yet" in text_of(client.get("/results/"))
    make.make_season(is_current=True)
    assert client.get("/results/").url == "/2030-31/results/"


def test_the_season_shows_every_session_with_its_state_and_winners(client, real_results):
    response = client.get("/2023-24/results/")
    text = text_of(response)
    assert "Race 1 Round 1 Official Sat 2 Dec, 14:00 UTC+8 Car 99 LMP2" in text
    assert text.index("Car 17 LMP3") < text.index("Car 42 GT")
    assert text.count("Held, time not on record") == 3
    assert head_of(response)["description"].startswith("Results of the Asian Le Mans Series 2023/24: 5 of 5 races")
    assert {
        "/2023-24/sepang/qualifying/",
        "/2023-24/sepang/race-1/",
        "/2023-24/sepang/race-1/?class=gt",
        "/2023-24/dubai/race/",
        "/2023-24/abu-dhabi/race-2/",
        "/corrections/",
    } <= set(links_of(response))


def test_the_clock_decides_what_is_a_result(client, settings):
    race = results.make_racing_season(rounds=2).rounds.get(number=1)
    version = results.publish_results(race, ["7", "22"], status="provisional")
    recall(version, by=None, reason="Wrong file.", at=datetime(2030, 12, 20, tzinfo=UTC))
    settings.SITE_NOW = datetime(2030, 12, 1, tzinfo=UTC)
    text = text_of(client.get("/2030-31/results/"))
    assert text.count("Still to come") == 2
    assert "Car 7" not in text
    settings.SITE_NOW = version.published_at
    assert "Race 1 Round 1 Provisional Thu 5 Dec, 14:00 UTC+8 Car 7 LMP2" in text_of(client.get("/2030-31/results/"))
    settings.SITE_NOW = datetime(2030, 12, 20, tzinfo=UTC)
    text = text_of(client.get("/2030-31/results/"))
    assert "Car 7" not in text
    assert "By the timetable the session is over." in text


def test_a_cancelled_race_and_an_event_without_sessions_say_so(client):
    event = make.make_event(make.make_season())
    make.make_session(event, state=Session.State.CANCELLED, state_reason="Fog")
    make.make_event(event.season, "dubai")
    text = text_of(client.get("/2030-31/results/"))
    assert "Race 1 Cancelled" in text
    assert "The sessions of this event have not been published." in text


def test_a_season_without_events_says_so(client):
    make.make_season()
    assert "No event yet" in text_of(client.get("/2030-31/results/"))
    assert client.get("/1999-00/results/").status_code == 404


def test_three_races_cost_no_more_queries_than_one(client):
    season = results.make_racing_season(rounds=3)
    counts = []
    for round_ in season.rounds.all():
        qualifying = make.make_session(round_.event, "qualifying", kind="qualifying")
        round_.grid_from.add(qualifying)
        results.publish_results(round_, ["7", "22"])
        counts.append(queries_of(client, "/2030-31/results/"))
    assert counts[0] == counts[2] <= 12
