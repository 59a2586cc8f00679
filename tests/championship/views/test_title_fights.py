"""Who has won the titles and who still can: the sentences of the title fight."""

from datetime import UTC, datetime, timedelta

import pytest

from championship.models import Adjustment, EligibilityOverride, Title
from championship.services import standings
from tests import factories as make
from tests import result_factories as results
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
ADDRESS = "/2030-31/title-fight/"
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


def team_of(season, car_number: str) -> str:
    return season.entries.get(car_number=car_number).team.name


def test_a_finished_season_says_who_won_by_how_much_and_when(client, season):
    for each in rounds(season):
        results.publish_results(each, FILE)
    text = text_of(client.get(ADDRESS))
    assert (
        f"Awarded Car 7 of {team_of(season, '7')} is the champion with 50 points, 14 ahead of car 22. "
        "It was decided in the last round: 4 Hours of Event-2, Race 2." in text
    )
    assert "Who can still win" not in text


def test_a_title_that_was_decided_early_says_after_which_round(client):
    season = results.make_racing_season(rounds=3)
    season.points_settings.scale.filter(position__gt=1).update(points=0)
    first, second, _ = rounds(season)
    results.publish_results(first, FILE)
    results.publish_results(second, FILE)
    text = text_of(client.get(ADDRESS))
    assert f"Clinched Car 7 of {team_of(season, '7')} can no longer be caught: 50 points, 50 ahead of car 22." in text
    assert "It was decided after round 2, 4 Hours of Event-2, Race 2, with 1 round to go." in text


def test_before_the_last_round_the_page_says_who_can_still_win_and_what_the_leader_needs(client, season):
    results.publish_results(rounds(season)[0], FILE)
    text = text_of(client.get(ADDRESS))
    leader = team_of(season, "7")
    assert (
        f"Open Car 7 of {leader} leads with 25 points, 7 ahead of car 22. "
        "Car 7 (25), car 22 (18) and car 99 (15) can still win the title; nobody else can. "
        f"Car 7 of {leader} is champion with a win in class at 4 Hours of Event-2, Race 2. "
        "From pole position 2nd place in class or better is enough. "
        "With 2nd place in class or better it is enough that car 22 does not win from pole." in text
    )
    assert f"Who can still win Position Car Points Behind At most 1 Car 7 LMP2 {leader} 25 51" in text
    assert "Every result of car 7 that decides the title" in text


def test_when_no_result_can_decide_it_yet_the_page_says_so(client):
    season = results.make_racing_season(rounds=4)
    results.publish_results(rounds(season)[0], FILE)
    assert "No result at 4 Hours of Event-2, Race 2 can decide the title for car 7 yet." in text_of(client.get(ADDRESS))


def test_drivers_of_one_crew_fight_as_one(client, season):
    results.publish_results(rounds(season)[0], FILE)
    crew = results.car_at(rounds(season)[0].race_session, "7").crew.order_by("seat")
    names = " and ".join(sorted(seat.driver.name for seat in crew))
    text = text_of(client.get(ADDRESS))
    assert f"{names} are champions with a win in class at 4 Hours of Event-2, Race 2." in text
    assert f"{names} lead with 25 points" in text


def test_the_fight_as_it_was_after_an_earlier_round(client, season):
    for each in rounds(season):
        results.publish_results(each, FILE)
    response = client.get(f"{ADDRESS}?after=1")
    text = text_of(response)
    assert "This is how the titles stood after round 1, by the results as they are now." in text
    assert "is champion with a win in class at 4 Hours of Event-2, Race 2." in text
    assert {ADDRESS, "/2030-31/standings/lmp2-teams/?after=1"} <= set(links_of(response))
    assert head_of(response)["canonical"] == f"http://testserver{ADDRESS}?after=1"
    assert head_of(response)["title"] == "Title fight 2030/31, after round 1 · Asian Le Mans Series"


def test_a_round_without_a_table_is_answered_in_words(client, season):
    results.publish_results(rounds(season)[0], FILE)
    response = client.get(f"{ADDRESS}?after=2")
    assert "There is no table after round “2”. There is one after round 1." in text_of(response)
    assert head_of(response)["canonical"] == f"http://testserver{ADDRESS}"


def test_a_provisional_decision_is_subject_to_official_results(client, season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    results.publish_results(second, FILE, status="provisional")
    text = text_of(client.get(ADDRESS))
    assert "has won the title, subject to official results: 50 points, 14 ahead of car 22." in text
    assert "Includes the provisional result of 4 Hours of Event-2, Race 2." in text


def test_an_excluded_contender_is_out_of_the_fight(client, season):
    first, _ = rounds(season)
    results.publish_results(first, FILE)
    title = Title.objects.get(race_class__season=season, contender="teams")
    car = season.entries.get(car_number="7")
    Adjustment.objects.create(title=title, entry=car, round=first, kind="exclusion", reason="Engine")
    standings.refresh(season, cause="Decision")
    text = text_of(client.get(ADDRESS))
    assert "Car 22 (18) and car 99 (15) can still win the title; nobody else can." in text
    assert "Who can still win; 1 other cannot" in text


def test_cars_that_score_no_more_are_out_of_the_fight(client, season):
    first, second = rounds(season)
    results.publish_results(first, FILE)
    for entry in season.entries.exclude(car_number="7"):
        EligibilityOverride.objects.create(entry=entry, scores_points=False, from_round=second, reason="Guest")
    standings.refresh(season, cause="Cars 22 and 99 score no more")
    text = text_of(client.get(ADDRESS))
    assert "Car 7 of" in text
    assert "can no longer be caught: 25 points, 7 ahead of car 22." in text
    assert "Cars 7 (25), 22 (18) and 99 (15) can still win the title" not in text


def test_before_the_first_result_is_public_the_fight_has_not_begun(client, season, settings):
    published = results.publish_results(rounds(season)[0], FILE)
    settings.SITE_NOW = published.published_at - timedelta(minutes=1)
    assert "The fight has not begun" in text_of(client.get(ADDRESS))


def test_a_season_without_titles_has_no_fight_and_an_unknown_one_is_not_found(client):
    make.make_season()
    assert "The fight has not begun" in text_of(client.get(ADDRESS))
    assert client.get("/1999/title-fight/").status_code == 404


def test_many_contenders_are_counted(client):
    season = results.make_racing_season(cars=[str(number) for number in range(1, 9)], crew=1)
    results.publish_results(rounds(season)[0], [str(number) for number in range(1, 9)])
    text = text_of(client.get(ADDRESS))
    assert "8 cars can still win the title." in text
    assert "8 crews or drivers can still win the title." in text


def test_three_contenders_take_as_many_queries_as_one(client):
    season = results.make_racing_season(rounds=1, cars=("7",), crew=1)
    make.make_round(make.make_event(season, "more"), 2)
    results.publish_results(rounds(season)[0], ["7"])
    one = queries_of(client, ADDRESS)
    for number in ("22", "99"):
        make.make_event_entry(rounds(season)[0].event, make.make_entry(season.race_classes.get(), number), crew=1)
    results.publish_results(rounds(season)[0], FILE)
    assert queries_of(client, ADDRESS) == one <= 13


def test_a_car_on_pole_that_did_not_race_fights_with_its_crew_of_the_event(client, season):
    first, _ = rounds(season)
    results.make_pole(first, "99")
    results.publish_results(first, ["7", "22"])
    crew = results.car_at(first.race_session, "99").crew.order_by("seat")
    names = " and ".join(sorted(seat.driver.name for seat in crew))
    text = text_of(client.get(ADDRESS))
    assert f"{names} (1) can still win the title; nobody else can." in text
    assert "car 99 (1) can still win the title; nobody else can." in text


def test_a_large_crew_is_counted(client):
    season = results.make_racing_season(crew=5)
    results.publish_results(rounds(season)[0], FILE)
    assert "5 drivers lead with 25 points, 7 ahead of 5 drivers." in text_of(client.get(ADDRESS))


def test_a_title_whose_contenders_are_all_excluded_has_no_winner(client):
    season = results.make_racing_season(rounds=1, cars=("7",))
    (only,) = rounds(season)
    make.make_invitation(Title.objects.get(race_class__season=season, contender="teams"))
    results.publish_results(only, ["7"])
    title = Title.objects.get(race_class__season=season, contender="teams")
    car = season.entries.get(car_number="7")
    Adjustment.objects.create(title=title, entry=car, round=only, kind="exclusion", reason="Engine")
    standings.refresh(season, cause="Decision")
    text = text_of(client.get(ADDRESS))
    assert "Every contender is excluded." in text
    assert "can still win" not in text.partition("LMP2 Drivers")[0]
    assert "Car 7" not in text_of(client.get("/2030-31/invitations/"))


def test_without_points_settings_there_is_no_fight_even_where_tables_are_left(client, season):
    before = text_of(client.get(ADDRESS))
    results.publish_results(rounds(season)[0], FILE)
    assert text_of(client.get(ADDRESS)) != before
    season.points_settings.delete()
    assert text_of(client.get(ADDRESS)) == before
