"""The front page once there are results: the latest one, the titles, the champions."""

from datetime import UTC, date, datetime, timedelta

import pytest

from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results
from tests.reading import links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
AFTER = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def rounds():
    """Two rounds of an event on 7 and 8 December; LMP2 cars 7, 8 and 9, one driver each."""
    season = make.make_season(is_current=True)
    make.make_points_settings(season)
    race_class = make.make_race_class(season)
    make.make_title(race_class)
    event = make.make_event(season)
    for number in ("7", "8", "9"):
        entry = make.make_entry(race_class, number, team=make.make_team(f"team-{number}"))
        make.make_event_entry(event, entry, crew=1)
    day_2 = {"date": date(2030, 12, 8), "starts_at": datetime(2030, 12, 8, 6, tzinfo=UTC)}
    return make.make_round(event, 1), make.make_round(event, 2, **day_2)


def home_at(client, settings, *moment):
    settings.SITE_NOW = datetime(*moment, tzinfo=UTC)
    return client.get("/")


def test_during_the_weekend_the_state_strip_names_the_newest_result(client, settings, rounds):
    results.publish_results(rounds[0], ["7", "8", "9"], status="provisional")
    text = text_of(home_at(client, settings, 2030, 12, 7, 12))
    assert text.startswith("Next session Race 2, 4 Hours of Sepang Sun 8 Dec, 14:00 UTC+8")
    assert "Race 1: provisional result, Published 7 December 2030, 10:00 UTC" in text.partition("This weekend")[0]


def test_in_the_evening_after_the_last_session_the_state_strip_names_the_result(client, settings, rounds):
    make.make_round(make.make_event(rounds[0].season, "dubai", date(2031, 2, 1)), 3)
    results.publish_results(rounds[1], ["9", "7", "8"], status="provisional")
    text = text_of(home_at(client, settings, 2030, 12, 8, 15))
    assert text.startswith(
        "Latest result Race 2: provisional result, Published 8 December 2030, 10:00 UTC This weekend"
    )


def test_home_shows_the_podium_of_the_latest_result_and_leads_to_the_others(client, settings, rounds):
    results.publish_results(rounds[0], ["7", "8", "9"])
    results.publish_results(rounds[1], ["9", "7", "8"], status="provisional")
    response = home_at(client, settings, 2030, 12, 10)
    text = text_of(response).partition("Latest result")[2].partition("Titles")[0]
    assert "4 Hours of Sepang Race 2 Round 2 Provisional Published 8 December 2030, 10:00 UTC" in text
    assert "LMP2 1 Car 9 LMP2 Germany Team 9 2 Car 7 LMP2 Germany Team 7 3 Car 8 LMP2 Germany Team 8" in text
    assert text.endswith("Race 1 Official ")
    assert {
        "/2030-31/sepang/race-2/",
        "/2030-31/sepang/race-2/?class=lmp2",
        "/2030-31/sepang/race-1/",
        "/2030-31/results/",
    } <= set(links_of(response))


def test_home_says_in_a_sentence_how_each_title_stands(client, settings, rounds):
    results.publish_results(rounds[0], ["7", "8", "9"])
    response = home_at(client, settings, 2030, 12, 7, 12)
    assert "LMP2 Teams Car 7 LMP2 Team 7 leads with 25 points, 7 points ahead of car 8." in text_of(response)
    assert {"/2030-31/standings/", "/2030-31/standings/lmp2-teams/"} <= set(links_of(response))


def test_after_the_season_the_state_strip_names_the_champions(client, settings, rounds):
    results.publish_results(rounds[0], ["7", "8", "9"])
    results.publish_results(rounds[1], ["7", "8", "9"])
    text = text_of(home_at(client, settings, 2030, 12, 20))
    assert text.startswith("Champions LMP2: car 7, Team 7 The season is over")


def test_champions_are_named_subject_to_official_results_until_all_are_official(client, settings, rounds):
    results.publish_results(rounds[0], ["7", "8", "9"])
    results.publish_results(rounds[1], ["7", "8", "9"], status="provisional")
    text = text_of(home_at(client, settings, 2030, 12, 20))
    assert text.startswith("Champions LMP2: car 7, Team 7 subject to official results The season is over")


def test_on_the_evening_of_the_finale_champions_and_result_stand_side_by_side(client, settings, rounds):
    results.publish_results(rounds[0], ["7", "8", "9"])
    results.publish_results(rounds[1], ["7", "8", "9"])
    text = text_of(home_at(client, settings, 2030, 12, 8, 15))
    assert text.startswith("Champions LMP2: car 7, Team 7 Race 2: official result, Published 8 December 2030")


def test_nobody_is_called_champion_while_rounds_remain(client, settings, rounds):
    results.publish_results(rounds[0], ["7", "8", "9"])
    assert "hampion" not in text_of(home_at(client, settings, 2030, 12, 7, 12))


def test_the_result_of_the_last_event_stays_until_the_next_has_one(client, settings, rounds):
    make.make_round(make.make_event(rounds[0].season, "dubai", date(2031, 2, 1)), 3)
    results.publish_results(rounds[0], ["7", "8", "9"])
    text = text_of(home_at(client, settings, 2031, 1, 1))
    assert text.startswith("Next session Race 3, 4 Hours of Dubai")
    assert "Latest result All results 2030/31 4 Hours of Sepang Race 1" in text
    assert "official result" not in text.partition("In 31 days")[0]


def test_the_calendar_strip_leads_to_the_results(client, settings, rounds):
    results.publish_results(rounds[0], ["7", "8", "9"])
    text = text_of(home_at(client, settings, 2030, 12, 7, 12))
    assert text.partition("Calendar 2030/31")[2].count("Official result of 4 Hours of Sepang, Race 1") == 1


def test_before_its_publication_a_result_shows_nowhere_on_the_front_page(client, settings, rounds):
    before = text_of(home_at(client, settings, 2030, 12, 7, 9, 59))
    results.publish_results(rounds[0], ["7", "8", "9"])
    assert text_of(home_at(client, settings, 2030, 12, 7, 9, 59)) == before
    assert "Latest result" in text_of(home_at(client, settings, 2030, 12, 7, 10))


def test_a_recalled_result_is_gone_again(client, settings, rounds):
    before = text_of(home_at(client, settings, 2030, 12, 7, 12))
    published = results.publish_results(rounds[0], ["7", "8", "9"])
    recall(published, by=make.make_user(), reason="Wrong file", at=published.published_at + timedelta(hours=1))
    assert text_of(home_at(client, settings, 2030, 12, 7, 12)) == before


def test_every_classification_of_the_season_is_two_taps_from_home(client, settings, rounds):
    dubai = make.make_round(make.make_event(rounds[0].season, "dubai", date(2031, 2, 1)), 3)
    for round_ in (*rounds, dubai):
        results.publish_results(round_, ["7", "8", "9"])
    assert "/2030-31/results/" in links_of(home_at(client, settings, 2031, 6, 1))
    reached = set(links_of(client.get("/2030-31/results/")))
    assert {"/2030-31/sepang/race-1/", "/2030-31/sepang/race-2/", "/2030-31/dubai/race-3/"} <= reached


def test_three_results_cost_no_more_queries_than_one(client, settings, rounds):
    settings.SITE_NOW = AFTER
    make.publish_list(rounds[0].season)
    counts = []
    for round_ in (*rounds, make.make_round(rounds[0].event, 3)):
        results.publish_results(round_, ["7", "8", "9"])
        counts.append(queries_of(client, "/"))
    assert counts[0] == counts[2] <= 16
