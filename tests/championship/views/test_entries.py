from datetime import UTC, datetime, timedelta

import pytest

from championship.models import EventEntry
from tests import factories as make
from tests import result_factories as results
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
LATER = datetime(2031, 6, 1, tzinfo=UTC)


def test_a_car_is_shown_with_its_crew_list_by_list(client, real_season):
    response = client.get("/2023-24/entries/24/")
    text = text_of(response)
    head = head_of(response)
    assert head["title"] == "Car 24, Nielsen Racing, 2023/24 · Asian Le Mans Series"
    assert head["canonical"] == "http://testserver/2023-24/entries/24/"
    assert "Car 24 LMP2 LMP2 Season 2023/24 Car 24, Nielsen Racing" in text
    assert "Nielsen Racing, United Kingdom · Oreca 07 - Gibson" in text
    order = [
        "Season entry list Provisional",
        "4 Hours of Sepang Final",
        "4 Hours of Dubai Final",
        "4 Hours of Abu Dhabi",
    ]
    assert sorted(order, key=text.index) == order
    dubai = text.index("4 Hours of Dubai")
    at_dubai = text[dubai : text.index("4 Hours of Abu Dhabi")]
    assert "Ferdinand Habsburg" in text[:dubai]
    assert "Ferdinand Habsburg" not in at_dubai
    assert "Will Stevens W. Stevens P Platinum" in at_dubai
    assert "Not on the season's own list" not in text
    assert {
        "/2023-24/entries/",
        "/2023-24/sepang/",
        "/2023-24/sepang/entries/r1/",
        "/2023-24/entries/r1/",
        "/teams/nielsen-racing/",
        "/cars/oreca-07/",
        "/drivers/ferdinand-habsburg/",
    } <= set(links_of(response))


def test_a_car_that_joined_later_says_where(client, real_season):
    text = text_of(client.get("/2023-24/entries/18/"))
    assert "Not on the season's own list: this car joined at 4 Hours of Abu Dhabi, rounds 4 and 5." in text


def test_a_withdrawn_car_says_what_is_on_record(client, real_season):
    text = text_of(client.get("/2023-24/entries/56/"))
    assert "Withdrawn from 4 Hours of Dubai: date and reason not on record." in text
    assert "Listed as Team Project 1" in text
    assert "No crew on record." in text


def test_a_car_that_only_classifications_know_has_its_page(client, settings):
    season = results.make_racing_season()
    first = season.rounds.get(number=1)
    published = results.publish_results(first, ["7", "22"])
    settings.SITE_NOW = published.published_at
    team = season.entries.get(car_number="7").team
    response = client.get("/2030-31/entries/7/")
    text = text_of(response)
    assert f"Car 7, {team.name}" in text
    assert "1st 1st overall, 100 laps 25" in text
    assert "This car is on no published entry list." in text
    assert "Crews, list by list" not in text
    assert {team.get_absolute_url(), "/cars/oreca-07/", "/2030-31/event-1/race-1/"} <= set(links_of(response))
    assert client.get("/2030-31/entries/99/").status_code == 404
    settings.SITE_NOW = published.published_at - timedelta(minutes=1)
    assert client.get("/2030-31/entries/7/").status_code == 404


@pytest.mark.parametrize("car_number", ["007", "6", "100"])
def test_a_number_that_nobody_has_is_not_found(client, real_season, car_number):
    assert client.get(f"/2023-24/entries/{car_number}/").status_code == 404


def test_a_number_with_a_small_letter_leads_to_the_one_on_the_plate(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    make.make_entry(make.make_race_class(season), "22A")
    assert client.get("/2030-31/entries/22a/").status_code == 404
    make.publish_list(season)
    response = client.get("/2030-31/entries/22a/")
    assert (response.status_code, response["Location"]) == (301, "/2030-31/entries/22A/")
    assert client.get("/2030-31/entries/22A/").status_code == 200


def test_007_and_7_are_two_pages(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    race_class = make.make_race_class(season)
    make.make_entry(race_class, "7", team=make.make_team("seven"))
    make.make_entry(race_class, "007", team=make.make_team("bond"))
    make.publish_list(season)
    assert "Car 7, Seven" in text_of(client.get("/2030-31/entries/7/"))
    assert "Car 007, Bond" in text_of(client.get("/2030-31/entries/007/"))


def test_an_entry_is_unknown_until_a_list_with_it_is_published(client, settings):
    season = make.make_season()
    make.make_entry(make.make_race_class(season), "7", crew=1)
    settings.SITE_NOW = datetime(2030, 11, 1, 11, 59, tzinfo=UTC)
    make.publish_list(season)
    assert client.get("/2030-31/entries/7/").status_code == 404
    settings.SITE_NOW = LATER
    assert client.get("/2030-31/entries/7/").status_code == 200


def test_a_change_that_is_not_published_does_not_show(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    entry = make.make_entry(make.make_race_class(season), "7", crew=1)
    make.publish_list(season)
    entry.crew.update(driver=make.make_driver("secret-signing"))
    entry.status = "withdrawn"
    entry.save()
    text = text_of(client.get("/2030-31/entries/7/"))
    assert "Secret" not in text
    assert "Withdrawn" not in text


def test_a_car_that_a_newer_revision_dropped_keeps_its_page(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    event = make.make_event(season)
    race_class = make.make_race_class(season)
    make.make_event_entry(event, make.make_entry(race_class, "8"))
    gone = make.make_event_entry(event, make.make_entry(race_class, "7"))
    make.publish_list(season, event)
    EventEntry.objects.filter(pk=gone.pk).delete()
    make.publish_list(season, event)
    text = text_of(client.get("/2030-31/entries/7/"))
    assert "No longer on this list as of r2." in text
    assert "Entry list r1" in text


def test_three_lists_cost_no_more_queries_than_one(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    race_class = make.make_race_class(season)
    make.make_entry(race_class, "8")
    make.publish_list(season)
    entry = make.make_entry(race_class, "7", crew=3)
    counts = []
    for slug in ("sepang", "dubai", "abu-dhabi"):
        event = make.make_event(season, slug)
        make.make_event_entry(event, entry, crew=3)
        make.publish_list(season, event)
        counts.append(queries_of(client, "/2030-31/entries/7/"))
    assert counts[0] == counts[2] <= 15
