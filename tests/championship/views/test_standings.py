"""The tables of a season: all titles in short, and one title with every round and what its numbers are made of."""

from datetime import UTC, datetime, timedelta

import pytest

from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results
from tests.championship.views.table_reading import rows_of, why
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
TEAMS = "/2030-31/standings/lmp2-teams/"
DRIVERS = "/2030-31/standings/lmp2-drivers/"
SEASON = "/2030-31/standings/"
FILE = ["7", "22", "99"]


@pytest.fixture(autouse=True)
def _after_the_season(settings):
    settings.SITE_NOW = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def season():
    """Two rounds, one class, cars 7, 22 and 99 with two drivers each; nothing published."""
    return results.make_racing_season()


def rounds(season):
    return list(season.rounds.order_by("number"))


# One title


def test_the_table_has_points_and_class_position_of_every_round(client, season):
    first, second = rounds(season)
    results.make_pole(second, "7")
    results.publish_results(first, FILE)
    results.publish_results(second, ["99", "22"], not_classified=["7"])
    response = client.get(TEAMS)
    names = {entry.car_number: entry.team.name for entry in season.entries.select_related("team")}
    assert rows_of(response) == [
        f"1 Car 99 LMP2 {names['99']} , champion 15 P3 25 P1 40 points, why?",
        f"2 Car 22 LMP2 {names['22']} 18 P2 18 P2 36 points, why? to the first: −4",
        f"3 Car 7 LMP2 {names['7']} 25 P1 1 with pole position NC 26 points, why? to the first: −14",
    ]
    text = text_of(response)
    assert f"Car 99 of {names['99']} is the champion with 40 points, 4 ahead of car 22. Awarded After round 2." in text
    assert {"/2030-31/event-1/race-1/", "/2030-31/event-2/race-2/v1/", DRIVERS} <= set(links_of(response))


# Provisional and official, earlier rounds


def test_a_provisional_result_counts_and_is_marked_unless_only_official_ones_are_asked_for(client, season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    results.publish_results(second, ["22", "7", "99"], status="provisional")
    response = client.get(TEAMS)
    text = text_of(response)
    assert "Decided, subject to official results After round 2." in text
    assert "Includes the provisional result of 4 Hours of Event-2, Race 2." in text
    assert "provis. provisional result" in text
    official = client.get(f"{TEAMS}?official=1")
    assert rows_of(official)[0].endswith("25 P1 25 points, why?")
    assert "After round 1. Official results only." in text_of(official)
    assert "not counted" in text_of(official)
    assert head_of(official)["canonical"] == f"http://testserver{TEAMS}?official=1"


def test_an_earlier_round_shows_the_table_after_it(client, season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    results.publish_results(second, ["22", "7", "99"])
    response = client.get(f"{TEAMS}?after=1")
    assert [row.split("LMP2")[0] for row in rows_of(response)] == ["1 Car 7 ", "2 Car 22 ", "3 Car 99 "]
    assert "/2030-31/event-2/race-2/" not in links_of(response)
    assert {TEAMS + "?after=2", TEAMS, TEAMS + "?official=1"} <= set(links_of(response))
    assert head_of(response)["title"].startswith("LMP2 Teams standings 2030/31, after round 1 ")


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("after=4", "There is no table after round “4”. There is one after rounds 1 and 2."),
        ("after=x", "There is no table after round “x”. There is one after rounds 1 and 2."),
        ("official=yes", "official “yes” is not known. Write official=1 for official results only, or leave it out."),
    ],
)
def test_a_value_that_no_table_has_is_answered_in_words(client, season, query, message):
    for each in rounds(season):
        results.publish_results(each, FILE)
    response = client.get(f"{TEAMS}?{query}")
    assert message in text_of(response)
    assert "So this is the table after round 2." in text_of(response)
    for ending in ("csv", "json"):
        answer = client.get(f"/2030-31/standings/lmp2-teams.{ending}?{query}")
        assert (answer.status_code, message in answer.content.decode()) == (400, True)


def test_a_round_without_a_result_is_an_empty_column_with_its_day(client, season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    text = text_of(client.get(TEAMS))
    assert "After round 1. 1 round to come." in text
    assert "R2 Event 2 2 Jan Points" in text
    second.race_session.state = "cancelled"
    second.race_session.save()
    assert "R2 Event 2 cancelled Points" in text_of(client.get(TEAMS))


def test_before_the_first_result_and_before_its_publication_there_is_no_table(client, season, settings):
    published = results.publish_results(rounds(season)[0], FILE)
    settings.SITE_NOW = published.published_at - timedelta(minutes=1)
    for address in (TEAMS, DRIVERS):
        assert "No table yet The table appears with the first result of the season." in text_of(client.get(address))
        assert rows_of(client.get(address)) == []
    assert "No round has counted yet." in text_of(client.get(SEASON))
    assert [client.get(f"/2030-31/standings/lmp2-teams.{ending}").status_code for ending in ("csv", "json")] == [
        404
    ] * 2


def test_asking_for_a_round_before_there_is_any_table_is_no_mistake(client, season):
    text = text_of(client.get(f"{TEAMS}?after=1"))
    assert "No table yet" in text
    assert "There is no table after" not in text


def test_without_an_official_result_the_official_table_says_so(client, season):
    results.publish_results(rounds(season)[0], FILE, status="provisional")
    text = text_of(client.get(f"{TEAMS}?official=1"))
    assert "No table yet No result of this season is official yet." in text


def test_a_recalled_result_takes_its_table_with_it(client, season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    published = results.publish_results(second, ["22", "7", "99"])
    recall(published, by=make.make_user(), reason="Wrong file")
    assert "After round 1. 1 round to come." in text_of(client.get(TEAMS))


def test_an_unknown_title_or_season_is_not_found(client, season):
    for path in ("lmp2-teams/x", "gt-teams/", "gt-teams.csv", "gt-teams.json"):
        assert client.get(f"/2030-31/standings/{path}").status_code == 404
    assert client.get("/1999/standings/lmp2-teams/").status_code == 404
    assert client.get("/1999/standings/").status_code == 404


# Drivers


def test_a_driver_who_changed_cars_sees_which_one_it_was(client, season):
    first, second = rounds(season)
    guest = make.make_driver("ada-guest")
    results.publish_results(first, FILE, drivers={"7": [guest]})
    results.publish_results(second, FILE, drivers={"22": [guest]})
    response = client.get(DRIVERS)
    row = next(row for row in rows_of(response) if "Ada Guest" in row)
    assert "25 P1 in car 7 18 P2 in car 22 43 points" in row
    assert why(response, "ada-guest").startswith("Ada Guest: 25 + 18 = 43")
    assert "/drivers/ada-guest/" in links_of(response)


def test_the_crew_of_a_car_on_pole_that_did_not_race_has_its_point(client, season):
    first, _ = rounds(season)
    results.make_pole(first, "99")
    results.publish_results(first, ["7", "22"])
    driver = results.car_at(first.race_session, "99").crew.get(seat=1).driver
    response = client.get(DRIVERS)
    assert "Not in the classification, no points for a place; pole position: 1 point." in why(response, driver.slug)
    assert "Not in the classification, no points for a place" in why(client.get(TEAMS), "99")


# The drawing


def test_the_drawing_names_the_first_lines_and_leads_to_the_table(client, season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    assert '<svg class="chart-drawing"' not in client.get(TEAMS).content.decode()
    results.publish_results(second, FILE)
    response = client.get(TEAMS)
    names = {entry.car_number: entry.team.name for entry in season.entries.select_related("team")}
    assert "#matrix" in links_of(response)
    assert f"No. 7: {names['7']}, 50" in text_of(response)
    assert f"Points after each of 2 rounds. {names['7']}: 50 at the end." in text_of(response)


# All titles


def test_the_season_shows_the_first_five_of_every_title_and_who_shares_the_fifth_place(client):
    season = results.make_racing_season(cars=("1", "2", "3", "4", "5", "6"), crew=1)
    first, _ = rounds(season)
    results.publish_results(first, ["1", "2", "3", "4"], not_classified=["5", "6"])
    text = text_of(client.get(SEASON))
    assert "Standings 2030/31 After round 1. 1 round to come." in text
    assert "All 6 cars, round by round: LMP2 Teams" in text
    assert "All 6 drivers, round by round: LMP2 Drivers" in text
    leader = season.entries.get(car_number="1").team.name
    assert f"LMP2 Teams Open Car 1 of {leader} leads with 25 points, 7 ahead of car 2." in text
    assert [text.count(f"Car {number} LMP2") for number in ("5", "6")] == [1, 1]


def test_a_sixth_place_is_left_to_the_page_of_the_title(client):
    season = results.make_racing_season(cars=("1", "2", "3", "4", "5", "6"), crew=1)
    results.publish_results(rounds(season)[0], ["1", "2", "3", "4", "5", "6"])
    text = text_of(client.get(SEASON))
    assert [text.count(f"Car {number} LMP2") for number in ("5", "6")] == [1, 0]


def test_the_season_without_titles_says_so(client):
    make.make_season()
    assert "No title yet" in text_of(client.get(SEASON))


def test_the_short_address_leads_to_the_current_season(client):
    assert client.get("/standings/").status_code == 404
    make.make_season(is_current=True)
    assert client.get("/standings/").url == SEASON


# Costs


@pytest.mark.parametrize("address", [TEAMS, DRIVERS, SEASON])
def test_three_rows_take_as_many_queries_as_one(client, address):
    small = results.make_racing_season(rounds=1, cars=("7",), crew=1)
    results.publish_results(rounds(small)[0], ["7"])
    one = queries_of(client, address)
    race_class = small.race_classes.get()
    event = make.make_event(small, "more")
    for number in ("22", "99"):
        make.make_event_entry(event, make.make_entry(race_class, number), crew=3)
    results.publish_results(make.make_round(event, 2), ["22", "7", "99"], drivers={"7": [make.make_driver()]})
    assert queries_of(client, address) == one <= 13


# The real season


def test_the_gap_in_gt_was_6_until_the_penalties_made_it_2(client, real_results, settings):
    address = "/2023-24/standings/gt-teams/"
    settings.SITE_NOW = datetime(2024, 2, 11, 17, tzinfo=UTC)
    before = text_of(client.get(address))
    assert (
        "Car 91 of Pure Rxcing has won the title, subject to official results: 73 points, 6 ahead of car 88." in before
    )
    assert "Includes the provisional result of 4 Hours of Abu Dhabi, Race 2." in before
    settings.SITE_NOW = datetime(2024, 2, 12, tzinfo=UTC)
    after = client.get(address)
    assert "Car 91 of Pure Rxcing is the champion with 76 points, 2 ahead of car 88." in text_of(after)
    assert "decision on car 19: 1:46.000 added" in why(after, "88")
