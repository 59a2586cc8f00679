"""Results and careers on the pages of teams, drivers, models, cars and circuits, before and after publication."""

from datetime import UTC, date, datetime, timedelta

import pytest

from championship.models import Entry, PointsSettings
from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results
from tests.reading import links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
LATER = datetime(2031, 6, 1, tzinfo=UTC)
PAGES = ("/teams/dkr/", "/drivers/ada-young/", "/cars/oreca-07/", "/2030-31/entries/7/", "/circuits/sepang/")


@pytest.fixture
def race(settings):
    """Round 1 of a season: car 7 of the team DKR with Ada Young, and cars 8 and 9; the list is published."""
    settings.SITE_NOW = LATER
    season = make.make_season()
    race_class = make.make_race_class(season)
    make.make_points_settings(season)
    make.make_title(race_class)
    make.make_title(race_class, "drivers")
    event = make.make_event(season)
    for number in ("7", "8", "9"):
        team = make.make_team("dkr") if number == "7" else make.make_team()
        make.make_event_entry(event, make.make_entry(race_class, number, team=team), crew=0 if number == "7" else 1)
    seat = {"driver": make.make_driver("ada-young"), "rating": "gold", "nationality": "FR"}
    event.event_entries.get(entry__car_number="7").crew.create(seat=1, **seat)
    make.publish_list(season, event)
    return make.make_round(event)


def test_a_team_shows_its_figures_its_results_and_its_place_in_the_title(client, race):
    results.make_pole(race, "7")
    results.publish_results(race, ["8", "7", "9"])
    response = client.get("/teams/dkr/")
    text = text_of(response)
    assert "Results Start 1 Wins 0 Podium 1 Pole 1 Fastest laps 0 Titles 0" in text
    assert "Car Round R 1, 4 Hours of Sepang, Race 1 In the title Car 7 LMP2 Oreca-07 2 2nd in LMP2" in text
    assert "P, pole position 2nd with 19 points in LMP2 Teams" in text
    assert {"/2030-31/sepang/race-1/", "/2030-31/standings/lmp2-teams/"} <= set(links_of(response))


def test_a_driver_shows_car_and_team_of_each_result_and_the_place_in_the_title(client, race):
    results.publish_results(race, ["7", "8", "9"])
    response = client.get("/drivers/ada-young/")
    text = text_of(response)
    assert "Start 1 Win 1 Podium 1 Poles 0 Fastest lap 1 Title 1" in text
    assert "Champion LMP2 Drivers 2030/31" in text
    assert "Car 7 LMP2 Dkr Oreca-07 1 1st in LMP2 F, fastest lap of the class" in text
    assert "LMP2 Drivers: 1st with 25 points after round 1" in text
    assert "/2030-31/standings/lmp2-drivers/" in links_of(response)


def test_a_model_shows_what_all_its_cars_did(client, race):
    results.publish_results(race, ["8", "7"], not_classified=["9"])
    text = text_of(client.get("/cars/oreca-07/"))
    assert "Starts 3 Win 1 Podiums 2 Poles 0 Fastest lap 1 Title 1" in text
    assert "Champion LMP2 Teams 2030/31 Car 8 LMP2" in text
    assert "NC Not classified" in text


def test_a_car_shows_every_round_with_place_points_and_decisions(client, race):
    second = make.make_round(race.event, 2)
    results.make_pole(second, "7")
    decision = results.make_decision(
        race.race_session, "7", {"kind": "time_added", "time": 15_000}, reason="speeding in the pit lane"
    )
    results.publish_results(race, ["7", "8", "9"], decisions=[decision])
    results.publish_results(second, ["8", "9"], not_classified=["7"], status="provisional")
    response = client.get("/2030-31/entries/7/")
    text = text_of(response)
    assert "LMP2 Teams: 3rd with 19 points after round 2" in text
    assert "Round 1 4 Hours of Sepang, Race 1 2nd 2nd overall, 100 laps 18 Fastest lap of the class 15.000 s" in text
    assert "15.000 s added Speeding in the pit lane" in text
    assert "Round 2 4 Hours of Sepang, Race 2 Not classified 50 laps 1 Provisional Pole position" in text
    assert {"/2030-31/sepang/race-2/", "/2030-31/sepang/race-1/decisions/car-7/"} <= set(links_of(response))


def test_a_car_that_was_entered_and_is_in_no_classification_is_said_to_be_in_none(client, race):
    results.publish_results(race, ["8", "9"])
    text = text_of(client.get("/2030-31/entries/7/"))
    assert "Round 1 4 Hours of Sepang, Race 1 Not in the classification –" in text


def test_a_car_has_no_line_for_an_event_that_does_not_list_it(client, race):
    other = make.make_round(make.make_event(race.season, "dubai", date(2031, 1, 4)), 2)
    results.publish_results(race, ["7", "8", "9"])
    results.publish_results(other, ["8", "9"])
    text = text_of(client.get("/2030-31/entries/7/"))
    assert "Round 1 4 Hours of Sepang" in text
    assert "4 Hours of Dubai, Race" not in text


def test_a_car_that_does_not_score_says_so(client, race):
    PointsSettings.objects.update(late_joiners_score=False)
    event = make.make_event(race.season, "dubai", date(2031, 1, 4))
    late = make.make_entry(Entry.objects.get(car_number="7").race_class, "77")
    for entry in (late, Entry.objects.get(car_number="8")):
        make.make_event_entry(event, entry)
    make.publish_list(race.season, event)
    results.publish_results(race, ["7", "8", "9"])
    results.publish_results(make.make_round(event, 2), ["77", "8"])
    assert "1st 1st overall, 100 laps 0 Fastest lap of the class Does not score" in text_of(
        client.get("/2030-31/entries/77/")
    )


def test_a_circuit_shows_its_winners_by_season_and_class(client, race):
    gt = make.make_race_class(race.season, "GT", 2)
    make.make_event_entry(race.event, make.make_entry(gt, "91"))
    results.publish_results(race, ["7", "8", "91"])
    old = make.make_season("2028-29")
    event = make.make_event(old, starts_on=date(2028, 12, 2))
    make.make_event_entry(event, make.make_entry(make.make_race_class(old, "LMP3"), "3"))
    results.publish_results(make.make_round(event), ["3"], status="provisional")
    response = client.get("/circuits/sepang/")
    text = text_of(response).partition("Winners here")[2].partition("Events here")[0]
    assert text.startswith(" Season 2030/31 Round LMP2 GT Round 1 4 Hours of Sepang, Race 1 Car 7 LMP2 Dkr Car 91 GT")
    assert "Season 2028/29 Round LMP3 Round 1 4 Hours of Sepang, Race 1 Provisional Car 3 LMP3" in text
    assert {"/2028-29/sepang/race-1/", "/2030-31/sepang/race-1/"} <= set(links_of(response))


@pytest.mark.parametrize("address", PAGES)
def test_before_its_publication_a_result_shows_nowhere(client, race, settings, address):
    settings.SITE_NOW = datetime(2030, 12, 7, 9, tzinfo=UTC)
    before = text_of(client.get(address))
    results.make_pole(race, "7")
    published = results.publish_results(race, ["7", "8", "9"])
    assert text_of(client.get(address)) == before
    settings.SITE_NOW = published.published_at
    assert "/2030-31/sepang/race-1/" in links_of(client.get(address))


@pytest.mark.parametrize("address", PAGES)
def test_a_recalled_result_is_gone_again(client, race, address):
    before = text_of(client.get(address))
    published = results.publish_results(race, ["7", "8", "9"])
    recall(published, by=make.make_user(), reason="Wrong file", at=published.published_at + timedelta(hours=1))
    assert text_of(client.get(address)) == before


@pytest.mark.parametrize("address", PAGES)
def test_a_provisional_result_says_that_it_is(client, race, address):
    results.publish_results(race, ["7", "8", "9"], status="provisional")
    assert "rovisional" in text_of(client.get(address))
    results.publish_results(race, ["7", "8", "9"])
    assert "rovisional" not in text_of(client.get(address)).replace("Provisional Entry list", "")


def test_three_results_cost_no_more_queries_than_one(client, race):
    def add(number):
        round_ = race if number == 1 else make.make_round(race.event, number)
        results.make_pole(round_, "7")
        decision = results.make_decision(round_.race_session, "7", {"kind": "time_added", "time": 1_000})
        results.publish_results(round_, ["7", "8", "9"], decisions=[decision])
        return {address: queries_of(client, address) for address in PAGES}

    one = add(1)
    add(2)
    assert add(3) == one
    assert max(one.values()) <= 14


def test_whoever_raced_without_being_on_a_list_has_a_page(client, race, settings):
    stand_in, team, model = make.make_driver("stand-in"), make.make_team("late-team"), make.make_car_model("ligier-js")
    race_class = race.season.race_classes.get()
    make.make_event_entry(race.event, make.make_entry(race_class, "77", team=team, car_model=model))
    published = results.publish_results(race, ["7", "77"], drivers={"77": [stand_in]})
    pages = ("/drivers/stand-in/", "/teams/late-team/", "/cars/ligier-js/")
    assert set(pages) <= set(links_of(client.get("/2030-31/sepang/race-1/")))
    assert ["Start 1" in text_of(client.get(page)) for page in pages] == [True, True, True]
    settings.SITE_NOW = published.published_at - timedelta(minutes=1)
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
