from datetime import UTC, datetime

import pytest

from championship.models import DriverAlias
from tests import factories as make
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
LATER = datetime(2031, 6, 1, tzinfo=UTC)


def test_the_drivers_are_listed_from_a_to_z(client, real_season):
    response = client.get("/drivers/")
    html = response.content.decode()
    assert head_of(response)["title"] == "Drivers · Asian Le Mans Series"
    assert html.count('class="driver-name"') == 140
    names = ["Jonathan <b>Adam", "Louis <b>Delétraz", "Lorcan <b>Hanafin", "Yuey <b>Tan"]
    found = [name for name in names if name in html]
    assert sorted(found, key=html.index) == found
    assert {"#letter-a", "#letter-d", "/drivers/louis-deletraz/", "/2023-24/entries/99/"} <= set(links_of(response))
    assert 'id="letter-d"' in html


def test_a_name_stands_under_its_plain_letter(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    entry = make.make_entry(make.make_race_class(season), "7")
    for seat, (given, family) in enumerate((("Zoë", "Ångström"), ("Adam", "Šimek"), ("Bo", "Anders")), start=1):
        driver = make.make_driver(f"driver-{seat}", given_name=given, family_name=family)
        entry.crew.create(seat=seat, driver=driver, rating="silver", nationality="SE")
    make.publish_list(season)
    text = text_of(client.get("/drivers/")).partition("the plate is the car.")[2]
    order = ["A Sweden Bo Anders", "Zoë Ångström", "S Sweden Adam Šimek"]
    assert sorted(order, key=text.index) == order


def test_the_index_shows_rating_and_country_of_the_newest_crew(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    entry = make.make_entry(make.make_race_class(season), "7")
    driver = make.make_driver("ada-young")
    entry.crew.create(seat=1, driver=driver, rating="silver", nationality="FR")
    make.publish_list(season)
    event = make.make_event(season)
    seat = make.make_event_entry(event, entry).crew.create(seat=1, driver=driver, rating="gold", nationality="GB")
    make.publish_list(season, event)
    seat.rating = "platinum"
    seat.save()
    text = text_of(client.get("/drivers/")).partition("the plate is the car.")[2]
    assert "United Kingdom Ada Young G Gold Car 7 LMP2" in text


def test_a_driver_is_shown_seat_by_seat_with_the_rating_of_the_day(client, real_season):
    response = client.get("/drivers/rene-binder/")
    text = text_of(response)
    assert head_of(response)["title"] == "René Binder · Asian Le Mans Series"
    assert "Driver · Austria René Binder" in text
    assert "Rated gold as of 4 Hours of Abu Dhabi 2023/24" in text
    lists = ["Season entry list", "4 Hours of Sepang", "4 Hours of Dubai"]
    assert sorted(lists, key=text.index) == lists
    assert "Julien Andlauer" in text
    assert {"/2023-24/entries/22/", "/2023-24/dubai/entries/", "/teams/proton-competition/", "/cars/oreca-07/"} <= set(
        links_of(response)
    )


def test_a_driver_names_other_spellings(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    driver = make.make_driver("someone-else")
    DriverAlias.objects.create(driver=driver, name="Some Onelse")
    entry = make.make_entry(make.make_race_class(season), "7")
    entry.crew.create(seat=1, driver=driver, rating="gold", nationality="GB")
    make.publish_list(season)
    assert "Also listed as Some Onelse" in text_of(client.get("/drivers/someone-else/"))


def test_a_driver_without_a_country_is_neutral(client, real_season):
    assert "Driver · Neutral, listed without a country" in text_of(client.get("/drivers/nikita-mazepin/"))


def test_a_driver_is_unknown_until_a_crew_with_him_or_her_is_published(client, settings):
    settings.SITE_NOW = datetime(2030, 10, 1, tzinfo=UTC)
    season = make.make_season()
    entry = make.make_entry(make.make_race_class(season), "7")
    driver = make.make_driver("secret-signing")
    assert client.get("/drivers/secret-signing/").status_code == 404
    entry.crew.create(seat=1, driver=driver, rating="gold", nationality="GB")
    make.publish_list(season)
    assert "No drivers yet" in text_of(client.get("/drivers/"))
    assert client.get("/drivers/secret-signing/").status_code == 404
    settings.SITE_NOW = LATER
    assert "Driver · France Secret Signing" in text_of(client.get("/drivers/secret-signing/"))


def test_a_driver_whom_the_newest_list_dropped_keeps_the_page_and_has_no_place_in_the_index(client, settings):
    settings.SITE_NOW = LATER
    event = make.make_event(make.make_season())
    crew = make.make_event_entry(event, make.make_entry(make.make_race_class(event.season), "7")).crew
    crew.create(seat=1, driver=make.make_driver("gone-elsewhere"), rating="gold", nationality="GB")
    make.publish_list(event.season, event)
    crew.all().delete()
    make.publish_list(event.season, event)
    assert "No drivers yet" in text_of(client.get("/drivers/"))
    text = text_of(client.get("/drivers/gone-elsewhere/"))
    assert "Gone Elsewhere On no entry list at present None of the newest entry lists names this driver" in text
    assert "Car 7" not in text


def test_an_unknown_driver_is_not_found(client):
    assert client.get("/drivers/nobody/").status_code == 404


def test_three_drivers_and_seats_cost_no_more_queries_than_one(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    driver = make.make_driver("ada-young")
    entry = make.make_entry(make.make_race_class(season), "7")
    counts = []
    for slug in ("sepang", "dubai", "abu-dhabi"):
        event = make.make_event(season, slug)
        crew = make.make_event_entry(event, entry, crew=2).crew
        crew.create(seat=3, driver=driver, rating="gold", nationality="FR")
        make.publish_list(season, event)
        counts.append((queries_of(client, "/drivers/"), queries_of(client, "/drivers/ada-young/")))
    assert counts[0] == counts[2]
    assert max(counts[2]) <= 12
