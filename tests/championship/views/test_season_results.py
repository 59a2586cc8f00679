"""Results on the pages of the season, of an event and of the calendar, before and after publication."""

from datetime import UTC, date, datetime, timedelta

import pytest

from championship.models import PointsScaleLine, Session
from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results
from tests.reading import links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
LATER = datetime(2031, 6, 1, tzinfo=UTC)
PAGES = ("/2030-31/", "/2030-31/sepang/", "/2030-31/calendar/")


@pytest.fixture
def race(settings):
    """Round 1 of a season with LMP2 cars 7 and 8, and 91 in GT, each with one driver."""
    settings.SITE_NOW = LATER
    season = make.make_season(is_current=True)
    make.make_points_settings(season)
    event = make.make_event(season)
    for position, (name, numbers) in enumerate((("LMP2", "7 8"), ("GT", "91")), start=1):
        race_class = make.make_race_class(season, name, position)
        make.make_title(race_class)
        for number in numbers.split():
            entry = make.make_entry(race_class, number, team=make.make_team(f"team-{number}"))
            seat = make.make_event_entry(event, entry).crew
            driver = make.make_driver(f"ada-of{number}", family_name=f"Of{number}")
            seat.create(seat=1, driver=driver, rating="gold", nationality="FR")
    return make.make_round(event)


# The season


def test_the_season_shows_its_winners_by_round_and_class(client, race):
    make.make_round(race.event, 2)
    results.publish_results(race, ["8", "91", "7"], status="provisional")
    response = client.get("/2030-31/")
    text = text_of(response)
    assert "Round LMP2 GT Round 1 4 Hours of Sepang, Race 1 Provisional Car 8 LMP2 Team 8 Car 91 GT Team 91" in text
    assert {
        "/2030-31/results/",
        "/2030-31/standings/",
        "/2030-31/title-fight/",
        "/2030-31/sepang/race-1/",
        "/2030-31/entries/8/",
    } <= set(links_of(response))


def test_the_season_says_how_its_titles_stand_while_they_are_open(client, race):
    make.make_round(race.event, 2)
    results.publish_results(race, ["8", "91", "7"])
    response = client.get("/2030-31/")
    text = text_of(response)
    assert (
        "Titles Standings 2030/31 LMP2 Teams Car 8 LMP2 Team 8 leads with 25 points, 7 points ahead of car 7." in text
    )
    assert "Champions" not in text
    assert "/2030-31/standings/lmp2-teams/" in links_of(response)


def test_the_season_names_its_champions_once_the_titles_are_awarded(client, race):
    results.publish_results(race, ["8", "91", "7"])
    text = text_of(client.get("/2030-31/"))
    assert "Champions Standings 2030/31 LMP2 Teams Car 8 LMP2 Team 8 is champion with 25 points" in text
    assert "GT Teams Car 91 GT Team 91 is champion with 25 points." in text


def test_champions_are_subject_to_official_results_while_a_result_is_provisional(client, race):
    results.publish_results(race, ["8", "91", "7"], status="provisional")
    text = text_of(client.get("/2030-31/"))
    assert "Team 8 is champion subject to official results, with 25 points" in text
    assert "Champions Standings" not in text


def test_contenders_on_equal_points_are_said_to_be(client, race):
    second = make.make_round(race.event, 2)
    make.make_round(race.event, 3)
    results.publish_results(race, ["8", "91", "7"])
    results.publish_results(second, ["7", "91", "8"])
    text = text_of(client.get("/2030-31/"))
    assert "LMP2 Teams Car 7 LMP2 Team 7 and Car 8 LMP2 Team 8 lead with 43 points." in text


def test_a_lead_on_better_places_is_said_to_be_one(client, race):
    PointsScaleLine.objects.all().delete()
    for position, points in ((1, 3), (2, 2), (3, 1)):
        race.season.points_settings.scale.create(position=position, points=points)
    lmp2 = race.season.race_classes.get(slug="lmp2")
    for number in ("9", "10"):
        make.make_entry(lmp2, number)
    make.make_round(race.event, 3)
    results.publish_results(race, ["7", "8", "9", "10"])
    results.publish_results(make.make_round(race.event, 2), ["10", "8", "7", "9"])
    text = text_of(client.get("/2030-31/"))
    assert "Team 7 leads with 4 points, as many as car 8, and more of the better places." in text


# An event


def test_an_event_shows_podiums_with_crews_poles_and_decisions(client, race):
    results.make_pole(race, "7", lap_time=112_345)
    decision = results.make_decision(
        race.race_session, "7", {"kind": "time_added", "time": 25_000}, reason="unsafe release"
    )
    results.publish_results(race, ["7", "8", "91"], decisions=[decision])
    response = client.get("/2030-31/sepang/")
    text = text_of(response)
    assert "Race 1 Round 1 Official Published 7 December 2030, 10:00 UTC Full classification of Race 1" in text
    assert "LMP2 1 Car 8 LMP2 Germany Team 8 Ada Of8 2 Car 7 LMP2 Germany Team 7 Ada Of7 GT 1 Car 91 GT" in text
    assert "Pole position Car 7 LMP2 Team 7 1:52.345" in text
    assert "Decisions Car 7: 25.000 s added Unsafe release" in text
    assert {
        "/2030-31/sepang/race-1/",
        "/2030-31/sepang/race-1/?class=gt",
        "/2030-31/sepang/race-1/decisions/car-7/",
        "/2030-31/results/",
        "/2030-31/standings/",
    } <= set(links_of(response))


def test_an_event_shows_its_sessions_in_the_order_of_the_timetable(client, race):
    qualifying = make.make_session(
        race.event, "qualifying", Session.Kind.QUALIFYING, starts_at=datetime(2030, 12, 7, 2, tzinfo=UTC)
    )
    results.publish_results(race, ["7", "8", "91"])
    results.publish_results(qualifying, ["8", "7", "91"])
    text = text_of(client.get("/2030-31/sepang/"))
    assert text.index("Full classification of Qualifying") < text.index("Full classification of Race 1")
    assert "Qualifying Official Published" in text


def test_a_decision_that_a_newer_version_leaves_out_is_no_longer_shown(client, race):
    decision = results.make_decision(race.race_session, "7", {"kind": "laps_removed", "laps": 2})
    results.publish_results(race, ["7", "8", "91"], decisions=[decision])
    assert "Car 7: 2 laps removed" in text_of(client.get("/2030-31/sepang/"))
    results.publish_results(race, ["7", "8", "91"], cause="The appeal succeeded")
    assert "2 laps removed" not in text_of(client.get("/2030-31/sepang/"))


def test_a_session_in_which_nobody_is_classified_says_so(client, race):
    results.publish_results(race, [], not_classified=["7", "8", "91"])
    assert "No car is classified." in text_of(client.get("/2030-31/sepang/"))


def test_the_timetable_leads_to_the_results(client, race):
    make.make_round(race.event, 2)
    results.publish_results(race, ["7", "8", "91"], status="provisional")
    response = client.get("/2030-31/sepang/")
    timetable = text_of(response).partition("Timetable")[2].partition("Circuit")[0]
    assert timetable.count("Provisional result") == 1
    assert "/2030-31/sepang/race-2/" not in links_of(response)


# The calendar


def test_the_calendar_leads_to_each_result(client, race):
    make.make_round(make.make_event(race.season, "dubai", date(2031, 2, 1)), 2)
    results.publish_results(race, ["7", "8", "91"], status="provisional")
    response = client.get("/2030-31/calendar/")
    assert text_of(response).count("Provisional result of 4 Hours of Sepang, Race 1") == 1
    assert [link for link in links_of(response) if "/race-" in link] == ["/2030-31/sepang/race-1/"]


# All of them


@pytest.mark.parametrize("address", PAGES)
def test_before_its_publication_a_result_shows_nowhere(client, race, settings, address):
    settings.SITE_NOW = datetime(2030, 12, 7, 9, tzinfo=UTC)
    before = text_of(client.get(address))
    results.make_pole(race, "7")
    published = results.publish_results(race, ["7", "8", "91"])
    assert text_of(client.get(address)) == before
    settings.SITE_NOW = published.published_at
    assert "/2030-31/sepang/race-1/" in links_of(client.get(address))


@pytest.mark.parametrize("address", PAGES)
def test_a_recalled_result_is_gone_again(client, race, address):
    before = text_of(client.get(address))
    published = results.publish_results(race, ["7", "8", "91"])
    recall(published, by=make.make_user(), reason="Wrong file", at=published.published_at + timedelta(hours=1))
    assert text_of(client.get(address)) == before


def test_three_results_cost_no_more_queries_than_one(client, race):
    def add(number):
        round_ = race if number == 1 else make.make_round(race.event, number)
        results.make_pole(round_, "7")
        decision = results.make_decision(round_.race_session, "7", {"kind": "time_added", "time": 1_000})
        results.publish_results(round_, ["7", "8", "91"], decisions=[decision])
        return {address: queries_of(client, address) for address in PAGES}

    make.publish_list(race.season)
    make.publish_list(race.season, race.event)
    one = add(1)
    add(2)
    assert add(3) == one
    assert max(one.values()) <= 16
