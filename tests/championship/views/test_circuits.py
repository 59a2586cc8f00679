from datetime import date

import pytest

from tests import factories as make
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db


def test_the_list_has_every_circuit_with_its_measures(client, real_season):
    response = client.get("/circuits/")
    text = text_of(response)
    for words in (
        "Dubai Autodrome United Arab Emirates Motor City, Dubai, United Arab Emirates 5.390 km 17 turns",
        "Sepang International Circuit Malaysia Sepang, Selangor, Malaysia 5.543 km 15 turns",
        "Yas Marina Circuit United Arab Emirates Yas Island, Abu Dhabi, United Arab Emirates 5.281 km 16 turns",
        "The outlines are schematic",
    ):
        assert words in text
    assert {"/circuits/dubai/", "/circuits/sepang/", "/circuits/yas-marina/"} <= set(links_of(response))


def test_a_circuit_says_that_its_outline_is_schematic(client, real_season):
    response = client.get("/circuits/sepang/")
    text = text_of(response)
    assert "Schematic outline: the character of the circuit, not its exact course." in text
    assert "Layout Grand Prix Length 5.543 km Turns 15 Position 2.7606° N, 101.7375° E" in text
    assert "Time zone Asia/Kuala Lumpur" in text
    assert 'aria-label="Schematic outline of Sepang International Circuit"' in response.content.decode()


def test_a_circuit_lists_its_events_the_newest_season_first(client):
    circuit = make.make_circuit()
    for slug, year in (("2028-29", 2028), ("2030-31", 2030)):
        make.make_event(make.make_season(slug), name=f"Race of {year}", starts_on=date(year, 12, 1), circuit=circuit)
    make.make_event(make.make_season("2029-30"), "dubai", circuit=make.make_circuit("dubai"))
    links = [link for link in links_of(client.get("/circuits/sepang/")) if link.endswith("/sepang/")]
    assert links == ["/2030-31/sepang/", "/circuits/sepang/", "/2028-29/sepang/", "/circuits/sepang/"]


def test_a_circuit_without_outline_and_events_says_what_is_known(client):
    make.make_circuit(outline="", latitude="-23.5", longitude="-46.7")
    text = text_of(client.get("/circuits/sepang/"))
    assert "Schematic" not in text
    assert "Position 23.5000° S, 46.7000° W" in text
    assert "No event here yet" in text


def test_the_head_of_a_circuit_page(client, real_season):
    assert head_of(client.get("/circuits/yas-marina/")) == {
        "title": "Yas Marina Circuit · Asian Le Mans Series",
        "description": "Yas Marina Circuit, Yas Island, Abu Dhabi, United Arab Emirates: 5.281 km, 16 turns, and the "
        "events of the Asian Le Mans Series there.",
        "canonical": "http://testserver/circuits/yas-marina/",
    }


def test_no_circuit_is_said_in_words_and_an_unknown_one_is_not_found(client):
    assert "No circuit yet" in text_of(client.get("/circuits/"))
    assert client.get("/circuits/monza/").status_code == 404


def test_one_circuit_or_three_take_as_many_queries(client):
    make.make_season(is_current=True)
    make.make_circuit()
    one = queries_of(client, "/circuits/")
    make.make_circuit("dubai")
    make.make_circuit("yas-marina")
    assert queries_of(client, "/circuits/") == one <= 12


def test_one_event_or_three_at_a_circuit_take_as_many_queries(client):
    season = make.make_season(is_current=True)
    make.make_round(make.make_event(season))
    one = queries_of(client, "/circuits/sepang/")
    for number in (2, 3):
        make.make_round(make.make_event(season, f"event-{number}"), number)
    assert queries_of(client, "/circuits/sepang/") == one <= 12
