from datetime import UTC, datetime

import pytest

from championship.models import TeamAlias
from tests import factories as make
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
LATER = datetime(2031, 6, 1, tzinfo=UTC)


def test_the_teams_are_listed_with_their_cars(client, real_season):
    response = client.get("/teams/")
    text = text_of(response)
    assert head_of(response)["title"] == "Teams · Asian Le Mans Series"
    assert "33 teams on the entry lists" in text
    assert "Germany Proton Competition Car 22 LMP2 Car 55 LMP2" in text
    assert "Italy AF Corse Car 83 LMP2 Car 21 GT Car 82 GT" in text
    assert {"/teams/proton-competition/", "/2023-24/entries/22/"} <= set(links_of(response))


def test_a_team_is_shown_with_its_cars_and_crews(client, real_season):
    response = client.get("/teams/proton-competition/")
    text = text_of(response)
    assert head_of(response)["canonical"] == "http://testserver/teams/proton-competition/"
    assert "Team · Germany Proton Competition" in text
    lists = "Season entry list 4 Hours of Sepang 4 Hours of Dubai 4 Hours of Abu Dhabi"
    assert f"{lists} Italy Giorgio Roda G. Roda B Bronze" in text
    assert text.index("Car 22 LMP2") < text.index("Car 55 LMP2")
    assert {"/2023-24/", "/2023-24/sepang/entries/", "/2023-24/entries/55/", "/cars/oreca-07/"} <= set(
        links_of(response)
    )


def test_a_team_names_the_other_spellings_of_its_name(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    event = make.make_event(season)
    team = make.make_team("triple-eight")
    TeamAlias.objects.create(team=team, name="Triple Eight JMR")
    entry = make.make_entry(make.make_race_class(season), "88", team=team)
    make.make_event_entry(event, entry, listed_name="Johor Motorsports")
    make.publish_list(season, event)
    assert "Also listed as Johor Motorsports, Triple Eight JMR" in text_of(client.get("/teams/triple-eight/"))


def test_a_change_of_crew_begins_a_new_row(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    entry = make.make_entry(make.make_race_class(season), "7", team=make.make_team("dkr"), crew=1)
    make.publish_list(season)
    for slug, crew in (("sepang", 0), ("dubai", 1)):
        event = make.make_event(season, slug)
        event_entry = make.make_event_entry(event, entry, crew=crew)
        if not crew:
            seat = entry.crew.get()
            event_entry.crew.create(seat=1, driver=seat.driver, rating=seat.rating, nationality=seat.nationality)
        make.publish_list(season, event)
    html = client.get("/teams/dkr/").content.decode()
    assert html.count('class="spell"') == 2
    assert "Season entry list 4 Hours of Sepang" in text_of(client.get("/teams/dkr/"))


def test_a_team_is_unknown_until_a_list_with_it_is_published(client, settings):
    season = make.make_season()
    make.make_entry(make.make_race_class(season), "7", team=make.make_team("secret-racing"))
    settings.SITE_NOW = datetime(2030, 10, 1, tzinfo=UTC)
    assert client.get("/teams/secret-racing/").status_code == 404
    make.publish_list(season)
    assert "No teams yet" in text_of(client.get("/teams/"))
    assert client.get("/teams/secret-racing/").status_code == 404
    settings.SITE_NOW = LATER
    assert "Secret Racing" in text_of(client.get("/teams/"))
    assert "Germany Secret Racing" in text_of(client.get("/teams/secret-racing/"))


def test_a_team_that_the_newest_list_dropped_keeps_its_page_and_has_no_place_in_the_list(client, settings):
    settings.SITE_NOW = LATER
    event = make.make_event(make.make_season())
    race_class = make.make_race_class(event.season)
    make.make_event_entry(event, make.make_entry(race_class, "8"))
    gone = make.make_event_entry(event, make.make_entry(race_class, "7", team=make.make_team("gone-racing")))
    make.publish_list(event.season, event)
    gone.delete()
    make.publish_list(event.season, event)
    assert "Gone Racing" not in text_of(client.get("/teams/"))
    text = text_of(client.get("/teams/gone-racing/"))
    assert "Germany Gone Racing On no entry list at present None of the newest entry lists names this team" in text
    assert "Car 7" not in text


def test_an_unknown_team_is_not_found(client):
    assert client.get("/teams/nobody/").status_code == 404


def test_three_teams_and_cars_cost_no_more_queries_than_one(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    race_class = make.make_race_class(season)
    team = make.make_team("dkr")
    counts = []
    for _index in range(3):
        make.make_entry(race_class, team=team, crew=3)
        make.make_entry(race_class, crew=3)
        make.publish_list(season)
        counts.append((queries_of(client, "/teams/"), queries_of(client, "/teams/dkr/")))
    assert counts[0] == counts[2]
    assert max(counts[2]) <= 12
