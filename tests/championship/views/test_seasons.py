from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests import factories as make
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db


def test_the_season_has_five_rounds_with_dates_and_circuits(client, real_season):
    response = client.get("/2023-24/")
    text = text_of(response)
    assert "2 December 2023 – 11 February 2024 Season 2023/24" in text
    assert "5 rounds 3 events 3 classes 39 cars" in text
    for words in (
        "1 4 Hours of Sepang Race 1 Sat 2 Dec, 14:00 UTC+8 Malaysia Sepang International Circuit",
        "3 4 Hours of Dubai Race Sun 4 Feb, 13:00 UTC+4 United Arab Emirates Dubai Autodrome",
        "5 4 Hours of Abu Dhabi Race 2 Sun 11 Feb, 16:00 UTC+4 United Arab Emirates Yas Marina Circuit",
    ):
        assert words in text
    assert {
        "/2023-24/calendar/",
        "/2023-24/entries/",
        "/2023-24/invitations/",
        "/2023-24/sepang/",
        "/circuits/dubai/",
        "/2023-24/entries/?class=gt",
        "/2023-24/entries/99/",
    } <= set(links_of(response))


def test_the_season_shows_its_classes_titles_and_field(client, real_season):
    text = text_of(client.get("/2023-24/"))
    assert "LMP2 races for overall victory Titles for teams and drivers Invitation 24 Hours of Le Mans 2024" in text
    assert "LMP3 Titles for teams and drivers Priority for a place on the grid Road to Le Mans 2024" in text
    assert "39 cars: 11 LMP2, 5 LMP3, 23 GT Provisional" in text


def test_the_season_shows_how_it_scores(client, real_season):
    text = text_of(client.get("/2023-24/"))
    assert "Scoring position 1 2 3 4 5 6 7 8 9 10 Points 25 18 15 12 10 8 6 4 2 1" in text
    assert "Pole position 1 point in each class and round" in text
    assert "Classified from 70 % of the class winner’s laps" in text
    assert "Equal points Most wins, then most second places" in text
    assert "Cars that join later score from their first round" in text


def test_the_five_cars_that_joined_later_appear_as_their_events_list_them(client, real_season, settings):
    def joined(*moment):
        settings.SITE_NOW = datetime(*moment, tzinfo=UTC)
        words = text_of(client.get("/2023-24/")).partition("Joined later")[2].partition("Points")[0].split("Car ")
        return [word.strip() for word in words if word.strip()]

    assert joined(2023, 12, 31) == []
    assert joined(2024, 1, 25) == ["34 LMP2", "47 LMP2", "58 LMP3", "98 GT"]
    assert joined(2024, 2, 11) == ["34 LMP2", "47 LMP2", "58 LMP3", "18 GT", "98 GT"]


def test_points_with_halves_and_seasons_in_which_late_cars_do_not_score(client):
    season = make.make_season()
    make.make_points_settings(
        season,
        (Decimal("62.5"), 40),
        pole_points=Decimal("0.5"),
        classified_share=Decimal("0.755"),
        late_joiners_score=False,
    )
    text = text_of(client.get("/2030-31/"))
    assert "Points 62.5 40" in text
    assert "Pole position 0.5 points in each class and round" in text
    assert "from 75.5 % of" in text
    assert "are classified but do not score" in text


def test_the_field_is_not_shown_before_its_list_is_published(client, real_season, settings):
    settings.SITE_NOW = datetime(2023, 10, 31, tzinfo=UTC)
    text = text_of(client.get("/2023-24/"))
    assert "No entry list yet" in text
    assert "39 cars" not in text


def test_withdrawn_cars_do_not_count_and_reserves_do(client):
    season = make.make_season()
    event = make.make_event(season)
    race_class = make.make_race_class(season)
    for status in ("entered", "reserve", "withdrawn", "not_admitted"):
        make.make_event_entry(event, make.make_entry(race_class), status=status)
    make.publish_list(season, event, at=datetime(2020, 1, 1, tzinfo=UTC))
    assert "2 cars: 2 LMP2" in text_of(client.get("/2030-31/sepang/"))


def test_the_head_of_the_season(client, real_season):
    assert head_of(client.get("/2023-24/")) == {
        "title": "Season 2023/24 · Asian Le Mans Series",
        "description": "The Asian Le Mans Series 2023/24: 5 rounds, classes, titles, what is at stake, and points. "
        "39 cars: 11 LMP2, 5 LMP3, 23 GT.",
        "canonical": "http://testserver/2023-24/",
    }


def test_an_empty_season_says_what_is_still_to_come(client):
    make.make_season()
    text = text_of(client.get("/2030-31/"))
    for words in ("Dates to be announced", "No round yet", "No class yet", "No entry list yet", "Not settled yet"):
        assert words in text


def test_an_unknown_season_is_not_found(client):
    assert client.get("/1999/").status_code == 404


@pytest.mark.parametrize(("short", "long"), [("/calendar/", "/2030-31/calendar/"), ("/entries/", "/2030-31/entries/")])
def test_a_short_address_leads_to_the_current_season(client, short, long):
    make.make_season("2029-30")
    make.make_season(is_current=True)
    response = client.get(short)
    assert (response.status_code, response.url) == (302, long)


@pytest.mark.parametrize("address", ["/calendar/", "/entries/"])
def test_a_short_address_without_a_current_season_says_so(client, address):
    response = client.get(address)
    assert response.status_code == 404
    assert "No season yet The next season has not been announced here." in text_of(response)


def test_one_round_or_three_take_as_many_queries(client):
    season = make.make_season(is_current=True)
    make.make_points_settings(season)

    def add(number):
        race_class = make.make_race_class(season, f"C{number}", number)
        make.make_invitation(make.make_title(race_class))
        make.make_entry(race_class)
        make.publish_list(season, at=datetime(2020, 1, 1, tzinfo=UTC))
        circuit = make.make_circuit(f"circuit-{number}")
        make.make_round(make.make_event(season, f"event-{number}", date(2031, 1, number), circuit=circuit), number)

    add(1)
    one = queries_of(client, "/2030-31/")
    add(2)
    add(3)
    assert queries_of(client, "/2030-31/") == one <= 15
