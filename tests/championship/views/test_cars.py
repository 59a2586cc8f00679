from datetime import UTC, datetime

import pytest

from tests import factories as make
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db
LATER = datetime(2031, 6, 1, tzinfo=UTC)


def test_models_are_listed_by_manufacturer_with_the_cars_that_run_them(client, real_season):
    response = client.get("/cars/")
    text = text_of(response)
    assert head_of(response)["title"] == "Cars · Asian Le Mans Series"
    assert "Oreca 13 cars Oreca 07 - Gibson Car 3 LMP2 Car 4 LMP2 Car 22 LMP2" in text
    assert "Aston Martin 2 cars Aston Martin Vantage AMR GT3 Car 77 GT Car 95 GT" in text
    assert text.index("Aston Martin") < text.index("Audi") < text.index("Porsche")
    assert {"/cars/oreca-07/", "/2023-24/entries/34/"} <= set(links_of(response))


def test_a_model_is_shown_with_its_cars_and_crews(client, real_season):
    response = client.get("/cars/ligier-js-p320/")
    text = text_of(response)
    assert head_of(response)["title"] == "Ligier JS P320 - Nissan · Asian Le Mans Series"
    cars = ["Car 2 LMP3", "Car 17 LMP3", "Car 20 LMP3", "Car 26 LMP3", "Car 65 LMP3", "Car 58 LMP3"]
    assert sorted(cars, key=text.index) == cars
    assert "/teams/cd-sport/" in links_of(response)


def test_a_model_is_unknown_until_a_list_with_it_is_published(client, settings):
    settings.SITE_NOW = datetime(2030, 10, 1, tzinfo=UTC)
    season = make.make_season()
    make.make_entry(make.make_race_class(season), "7")
    assert client.get("/cars/oreca-07/").status_code == 404
    make.publish_list(season)
    assert "No cars yet" in text_of(client.get("/cars/"))
    assert client.get("/cars/oreca-07/").status_code == 404
    settings.SITE_NOW = LATER
    assert "Car 7 LMP2" in text_of(client.get("/cars/oreca-07/"))


def test_a_model_that_the_newest_list_dropped_keeps_its_page_and_has_no_place_in_the_list(client, settings):
    settings.SITE_NOW = LATER
    event = make.make_event(make.make_season())
    entered = make.make_event_entry(event, make.make_entry(make.make_race_class(event.season), "7"))
    make.publish_list(event.season, event)
    entered.car_model = make.make_car_model("audi-r8")
    entered.save()
    make.publish_list(event.season, event)
    assert "Oreca" not in text_of(client.get("/cars/"))
    text = text_of(client.get("/cars/oreca-07/"))
    assert "On no entry list at present None of the newest entry lists has a car of this model" in text
    assert "Car 7" not in text


def test_an_unknown_model_is_not_found(client):
    assert client.get("/cars/nothing/").status_code == 404


def test_a_model_of_an_older_season_says_of_which(client, settings):
    settings.SITE_NOW = datetime(2032, 6, 1, tzinfo=UTC)
    old, new = make.make_season("2030-31"), make.make_season("2031-32", is_current=True)
    make.make_entry(make.make_race_class(old), "7")
    make.make_entry(make.make_race_class(old, "GT", 2), "8", car_model=make.make_car_model("audi-r8"))
    make.make_entry(make.make_race_class(new), "70")
    make.publish_list(old)
    make.publish_list(new)
    text = text_of(client.get("/cars/"))
    assert "Audi 1 car Audi-R8 2030/31 Car 8 GT" in text
    assert "Oreca 1 car Oreca-07 Car 70 LMP2" in text


def test_three_models_and_cars_cost_no_more_queries_than_one(client, settings):
    settings.SITE_NOW = LATER
    season = make.make_season()
    race_class = make.make_race_class(season)
    counts = []
    for index in range(3):
        make.make_entry(race_class, crew=3)
        make.make_entry(race_class, crew=3, car_model=make.make_car_model(f"maker{index}-model"))
        make.publish_list(season)
        counts.append((queries_of(client, "/cars/"), queries_of(client, "/cars/oreca-07/")))
    assert counts[0] == counts[2]
    assert max(counts[2]) <= 12
