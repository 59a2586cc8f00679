from datetime import UTC, date, datetime

import pytest

from news.selectors.zones import zone_choices
from tests import factories as make
from tests.news_factories import make_story

pytestmark = pytest.mark.django_db


@pytest.fixture
def season(settings):
    settings.SITE_NOW = datetime(2030, 12, 1, tzinfo=UTC)
    found = make.make_season(is_current=True)
    make.make_event(found)
    for slug, name, day in (("dubai", "Dubai Autodrome", 1), ("yas-marina", "Yas Marina Circuit", 8)):
        circuit = make.make_circuit(slug, name=name, time_zone="Asia/Dubai", country="AE")
        make.make_event(found, slug, date(2031, 2, day), circuit=circuit)
    return found


def names(story=None):
    return [choice.name for choice in zone_choices(story)]


def test_the_zones_are_those_of_the_tracks_of_paris_and_utc(season):
    assert [choice.label for choice in zone_choices()] == [
        "Track time of Sepang Circuit (MYT)",
        "Track time of Dubai Autodrome and Yas Marina Circuit (GST)",
        "Paris (CET)",
        "UTC",
    ]


@pytest.mark.parametrize(
    ("now", "first"),
    [
        (datetime(2030, 12, 8, 15, tzinfo=UTC), "Asia/Kuala_Lumpur"),
        # The day after the event has begun at the track.
        (datetime(2030, 12, 8, 17, tzinfo=UTC), "Asia/Dubai"),
        (datetime(2031, 6, 1, tzinfo=UTC), "Asia/Dubai"),
    ],
)
def test_the_track_that_is_on_or_next_or_was_last_comes_first(season, settings, now, first):
    settings.SITE_NOW = now
    assert names()[0] == first
    assert sorted(names()) == ["Asia/Dubai", "Asia/Kuala_Lumpur", "Europe/Paris", "UTC"]


def test_a_story_begins_with_the_zone_of_its_event_also_of_another_season(season):
    story = make_story(links={"events": season.events.filter(slug="dubai")})
    assert names(story)[:2] == ["Asia/Dubai", "Asia/Kuala_Lumpur"]
    circuit = make.make_circuit("fuji", name="Fuji Speedway", time_zone="Asia/Tokyo", country="JP")
    event = make.make_event(make.make_season("2031-32"), "fuji", date(2031, 12, 1), circuit=circuit)
    story = make_story("Other", links={"events": [event]})
    assert names(story)[:2] == ["Asia/Tokyo", "Asia/Kuala_Lumpur"]
    assert zone_choices(story)[0].label == "Track time of Fuji Speedway (JST)"


def test_without_a_season_all_circuits_are_offered_and_without_circuits_two_zones():
    assert names() == ["Europe/Paris", "UTC"]
    make.make_circuit()
    assert names() == ["Asia/Kuala_Lumpur", "Europe/Paris", "UTC"]


def test_a_track_in_the_zone_of_paris_is_offered_once(season):
    circuit = make.make_circuit("le-mans", name="Circuit de la Sarthe", time_zone="Europe/Paris", country="FR")
    make.make_event(season, "le-mans", date(2031, 3, 1), circuit=circuit)
    assert names() == ["Asia/Kuala_Lumpur", "Asia/Dubai", "Europe/Paris", "UTC"]
    assert zone_choices()[2].label == "Track time of Circuit de la Sarthe (CET)"
