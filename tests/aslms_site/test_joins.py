"""Stories and partners on the sport's own pages."""

from datetime import UTC, datetime, timedelta

import pytest

from news.models import Partner
from news.services import publishing
from tests import factories as make
from tests import result_factories as results
from tests.news_factories import MORNING, make_story, publish_story
from tests.reading import links_of, queries_of, text_of

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 12, 9, 12, tzinfo=UTC)


@pytest.fixture
def season(settings):
    settings.SITE_NOW = NOON
    season = results.make_racing_season()
    type(season).objects.update(is_current=True)
    make.publish_list(season)
    return season


def subject(season, page):
    """The links of a story about what stands at an address."""
    car = season.entries.get(car_number="7")
    event = season.events.get(slug="event-1")
    driver = event.event_entries.get(entry=car).crew.first().driver
    make.publish_list(season, event)
    return {
        "event": (event.get_absolute_url(), {"events": [event]}),
        "session": (event.get_absolute_url(), {"sessions": [event.sessions.get()]}),
        "entry": (car.get_absolute_url(), {"entries": [car]}),
        "team of a car": (car.team.get_absolute_url(), {"entries": [car]}),
        "team": (car.team.get_absolute_url(), {"teams": [car.team]}),
        "driver": (driver.get_absolute_url(), {"drivers": [driver]}),
        "home": ("/", {}),
    }[page]


@pytest.mark.parametrize("page", ["home", "event", "session", "entry", "team", "team of a car", "driver"])
def test_a_page_shows_the_stories_about_it_once_they_are_public(client, season, page):
    address, links = subject(season, page)
    story = make_story(links=links)
    assert "All news" not in text_of(client.get(address))
    publishing.publish(story, by=None, at=NOON + timedelta(hours=1), seen_version=story.version)
    assert "All news" not in text_of(client.get(address))
    publishing.publish(story, by=None, at=MORNING, seen_version=story.version)
    publish_story(headline="About another", links={"teams": [make.make_team("other")]})
    found = client.get(address)
    assert "/news/sepang-is-back/" in links_of(found)
    assert ("About another" in text_of(found)) == (page == "home")


def test_home_shows_one_large_and_four_small_and_keeps_no_longer_than_the_next(client, season, settings):
    for day in range(6):
        publish_story(headline=f"Story {day}", at=MORNING - timedelta(days=day))
    page = client.get("/")
    assert [f"/news/story-{day}/" in links_of(page) for day in range(6)] == [True] * 5 + [False]
    assert (page.text.count("story-card-lead"), page.text.count("story-card-line")) == (1, 4)
    story = make_story("Scheduled")
    publishing.publish(story, by=None, at=NOON + timedelta(seconds=2), seen_version=story.version)
    assert "max-age=2," in client.get("/")["Cache-Control"]


@pytest.mark.parametrize("page", ["home", "event", "entry", "team", "driver"])
def test_more_stories_take_no_more_queries(client, season, page):
    address, links = subject(season, page)
    publish_story(links=links)
    one = queries_of(client, address)
    for number in range(2):
        publish_story(headline=f"More {number}", links=links)
    assert queries_of(client, address) == one


# --- partners ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", "/2030-31/"])
def test_partners_stand_on_the_front_page_and_the_present_season_and_there_is_no_block_without_any(
    client, season, address
):
    assert "Partners" not in text_of(client.get(address))
    without = queries_of(client, address)
    logo = make.make_picture(licence="cc-by-4.0", credit="Ada")
    values = {"url": "https://rubber.example/", "words": "Brings the tyres.", "logo": logo}
    Partner.objects.create(name="Rubber", kind="Tyre partner", **values)
    Partner.objects.create(name="Quiet", kind="Partner")
    Partner.objects.create(name="Over", kind="Partner", ends_on=NOON - timedelta(days=1))
    found = client.get(address)
    assert "Partners Quiet Partner Rubber Tyre partner Brings the tyres. Picture: Ada, CC BY 4.0" in text_of(found)
    assert "Over" not in text_of(found)
    assert '<a href="https://rubber.example/" rel="sponsored noopener">Rubber</a>' in found.text
    assert queries_of(client, address) == without
    type(season).objects.update(is_current=False)
    assert "Partners" not in text_of(client.get("/2030-31/"))
