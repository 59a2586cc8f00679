"""Careers are counted from the newest published versions, on small seasons."""

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from championship.models import Entry, Session, Team
from championship.rules.careers import Figures
from championship.selectors.careers import driver_career, model_career, team_career
from championship.services.results import recall
from tests import factories as make
from tests import result_factories as results

pytestmark = pytest.mark.django_db
LATER = datetime(2031, 6, 1, tzinfo=UTC)


@pytest.fixture
def race(settings):
    """A season with one round, which cars 7, 8 and 9 of LMP2 enter with one driver each."""
    settings.SITE_NOW = LATER
    season = make.make_season()
    race_class = make.make_race_class(season)
    make.make_points_settings(season)
    make.make_title(race_class)
    make.make_title(race_class, "drivers")
    event = make.make_event(season)
    for number in ("7", "8", "9"):
        make.make_event_entry(event, make.make_entry(race_class, number), crew=1)
    return make.make_round(event)


def entry(number):
    return Entry.objects.get(car_number=number)


def driver_of(number, round_):
    return results.car_at(round_.race_session, number).crew.get(seat=1).driver


def test_a_team_has_the_races_of_its_cars(race):
    second = make.make_round(race.event, 2)
    results.make_pole(race, "8")
    results.publish_results(race, ["8", "7", "9"])
    results.publish_results(second, ["7", "9"], not_classified=["8"])
    career = team_career(entry("8").team)
    assert career.figures == Figures(starts=2, wins=1, podiums=1, poles=1, fastest_laps=1, titles=0)
    [season] = career.seasons
    [row] = season.grid.rows
    assert [cell.label for cell in row.cells] == ["1st in LMP2", "Not classified"]
    assert [cell.text for cell in row.cells] == ["1", "NC"]
    assert [cell.has_pole for cell in row.cells] == [True, False]
    assert [place.text for place in row.places] == ["3rd with 26 points"]


def test_a_driver_has_only_the_rounds_that_he_or_she_drove_in_whatever_car(race):
    second = make.make_round(race.event, 2)
    driver = driver_of("7", race)
    results.publish_results(race, ["7", "8", "9"])
    results.publish_results(second, ["7", "8", "9"], drivers={"8": [driver], "7": [make.make_driver()]})
    career = driver_career(driver)
    assert career.figures == Figures(starts=2, wins=1, podiums=2, poles=0, fastest_laps=1, titles=1)
    [season] = career.seasons
    assert [(row.car_number, [cell and cell.text for cell in row.cells]) for row in season.grid.rows] == [
        ("7", ["1", None]),
        ("8", [None, "2"]),
    ]
    assert [place.text for place in season.places] == ["1st with 43 points"]


def test_a_pole_counts_for_who_drove_the_car_and_for_who_set_the_lap(race):
    driver, substitute = driver_of("7", race), make.make_driver()
    results.make_pole(race, "7", driver)
    results.publish_results(race, ["8", "7"], drivers={"7": [substitute]})
    assert driver_career(driver).figures == Figures(starts=0, wins=0, podiums=0, poles=1, fastest_laps=0, titles=0)
    assert driver_career(substitute).figures.poles == 1
    assert driver_career(driver_of("8", race)).figures.poles == 0


def test_a_pole_in_another_round_of_the_event_is_not_that_of_a_driver_who_did_not_drive_it(race):
    second = make.make_round(race.event, 2)
    driver, substitute = driver_of("7", race), make.make_driver()
    results.make_pole(second, "7")
    results.publish_results(race, ["7", "8"])
    results.publish_results(second, ["7", "8"], drivers={"7": [substitute]})
    assert driver_career(driver).figures.poles == 0
    assert driver_career(substitute).figures.poles == 1


def test_a_model_has_the_races_of_its_cars(race):
    model = make.make_car_model("ligier-js")
    entry("9").event_entries.update(car_model=model)
    results.publish_results(race, ["9", "7", "8"])
    assert model_career(model).figures == Figures(starts=1, wins=1, podiums=1, poles=0, fastest_laps=1, titles=0)
    assert model_career(make.make_car_model()).figures.starts == 2


def test_a_title_counts_once_it_is_awarded_and_not_while_it_is_subject_to_official_results(race):
    results.publish_results(race, ["7", "8", "9"], status="provisional")
    assert team_career(entry("7").team).figures.titles == 0
    results.publish_results(race, ["7", "8", "9"])
    assert [title.title_name for title in team_career(entry("7").team).titles] == ["LMP2 Teams"]
    assert [title.title_name for title in driver_career(driver_of("7", race)).titles] == ["LMP2 Drivers"]
    assert team_career(entry("8").team).titles == ()


def test_only_the_newest_version_counts(race):
    results.publish_results(race, ["7", "8", "9"], status="provisional")
    results.publish_results(race, ["8", "7", "9"])
    assert team_career(entry("7").team).figures == Figures(
        starts=1, wins=0, podiums=1, poles=0, fastest_laps=0, titles=0
    )


def test_what_is_published_later_is_not_counted_yet(race, settings):
    published = results.publish_results(race, ["7", "8", "9"])
    results.make_pole(race, "7")
    settings.SITE_NOW = published.published_at - timedelta(minutes=1)
    for career in (team_career(entry("7").team), driver_career(driver_of("7", race))):
        assert not career
        assert career.seasons == ()
    settings.SITE_NOW = published.published_at
    assert team_career(entry("7").team).figures.wins == 1


def test_a_recalled_version_is_not_counted_and_the_one_before_is_again(race):
    results.publish_results(race, ["7", "8", "9"])
    second = results.publish_results(race, ["8", "7", "9"], status="revised")
    assert team_career(entry("7").team).figures.wins == 0
    recall(second, by=make.make_user(), reason="Wrong file")
    assert team_career(entry("7").team).figures.wins == 1


def test_the_results_of_a_session_that_is_no_round_are_no_career(race):
    practice = make.make_session(race.event, "practice", Session.Kind.PRACTICE)
    results.publish_results(practice, ["7", "8", "9"])
    assert not team_career(entry("7").team)


def test_the_newest_season_comes_first(race, settings):
    results.publish_results(race, ["7", "8", "9"])
    season = make.make_season("2031-32")
    race_class = make.make_race_class(season)
    event = make.make_event(season, starts_on=datetime(2031, 12, 7, tzinfo=UTC).date())
    make.make_event_entry(event, make.make_entry(race_class, "77", team=entry("7").team))
    results.publish_results(make.make_round(event), ["77"])
    settings.SITE_NOW = datetime(2032, 6, 1, tzinfo=UTC)
    career = team_career(entry("7").team)
    assert [one.grid.season_label for one in career.seasons] == ["2031/32", "2030/31"]
    assert career.figures.starts == 2


def test_every_race_of_2023_24_has_a_winner_a_pole_and_a_fastest_lap_in_each_class(real_results, settings):
    settings.SITE_NOW = datetime(2024, 6, 1, tzinfo=UTC)
    careers = [team_career(team).figures for team in Team.objects.filter(entries__season=real_results).distinct()]
    assert Figures(
        **{field.name: sum(getattr(career, field.name) for career in careers) for field in fields(Figures)}
    ) == Figures(starts=200, wins=15, podiums=45, poles=15, fastest_laps=15, titles=3)
