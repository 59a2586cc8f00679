from datetime import UTC, datetime, timedelta

import pytest

from news.selectors.needs_a_look import needs_a_look
from news.services import publishing, stories
from tests import factories as make
from tests import result_factories as results
from tests.news_factories import make_page, make_story, make_topic, publish_page, publish_story
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 12, 9, 12, tzinfo=UTC)
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.SITE_NOW = NOON


def update(page, **values):
    stories.save(page, by=None, typed=values, seen_version=page.version)
    publishing.publish(page, by=None, seen_version=page.version)


def archive(page):
    publishing.archive(page, by=None, seen_version=page.version, reason="Over")


def test_a_page_says_what_it_is_and_when_it_was_last_changed(client):
    page = publish_page(standfirst="Who we are.", body="<h2>The series</h2><p>For <em>prototypes</em>.</p>")
    found = client.get("/about/")
    assert "<h2>The series</h2><p>For <em>prototypes</em>.</p>" in found.text
    assert "Home About this site About this site Who we are. The series For prototypes." in text_of(found)
    assert "Last changed on 1 December 2030" in text_of(found)
    assert "Published" not in text_of(found)
    assert head_of(found) == {
        "title": "About this site · Asian Le Mans Series",
        "description": "Who we are.",
        "canonical": "http://testserver/about/",
    }
    update(page, headline="Who we are")
    assert "Last changed on 9 December 2030" in text_of(client.get("/about/"))


def test_a_page_names_the_address_to_write_to_or_says_that_there_is_none(client, settings):
    publish_page()
    settings.CONTACT = ""
    assert "has not named an address to write to yet" in text_of(client.get("/about/"))
    settings.CONTACT = "mailto:desk@example.org"
    found = client.get("/about/")
    assert "Write to desk@example.org." in text_of(found)
    assert "mailto:desk@example.org" in links_of(found)


def test_readers_see_the_edition_and_a_changed_address_leads_on_for_good(client):
    page = publish_page()
    stories.save(page, by=None, typed={"headline": "Secret", "slug": "us"}, seen_version=page.version)
    assert "Secret" not in client.get("/about/").text
    assert client.get("/us/").status_code == 404
    publishing.publish(page, by=None, seen_version=page.version)
    moved = client.get("/about/")
    assert (moved.status_code, moved["Location"]) == (301, "/us/")
    archive(page)
    assert {client.get(path).status_code for path in ("/about/", "/us/")} == {404}


def test_a_story_and_a_page_never_answer_at_each_others_address(client):
    publish_page()
    story = publish_story(slug="sepang")
    update(story, slug="sepang-is-back")
    for path in ("/sepang-is-back/", "/sepang/", "/news/about/", "/news/about/share-0123456789abcdef.png", "/nowhere/"):
        assert client.get(path).status_code == 404, path
    assert "Off the track" in text_of(client.get("/nowhere/"))
    assert client.get("/news/sepang/")["Location"] == "/news/sepang-is-back/"


@pytest.mark.parametrize("state", ["draft", "scheduled", "held", "archived"])
def test_what_is_not_public_stands_at_no_address_and_in_no_list(client, state):
    page = make_page("Zyzzyva", footer_place=1, embargo_until=TOMORROW if state == "held" else None)
    if state != "draft":
        at = TOMORROW if state in ("scheduled", "held") else NOON
        publishing.publish(page, by=None, at=at, seen_version=page.version)
    if state == "archived":
        archive(page)
    assert client.get("/about/").status_code == 404
    for path in ("/about/", "/", "/sitemap.xml", "/news/", "/.well-known/security.txt"):
        assert "zyzzyva" not in client.get(path).text.lower()
        assert "/about/" not in client.get(path).text.replace('href="http://testserver/about/"', "")


def test_a_scheduled_page_appears_by_itself(client, settings):
    publish_page(footer_place=1, at=TOMORROW)
    settings.SITE_NOW = TOMORROW
    assert "About this site, at length." in text_of(client.get("/about/"))
    assert '<a href="/about/">About this site</a>' in client.get("/").text


def test_pages_stand_in_no_list_of_news(client, settings):
    season = results.make_racing_season()
    type(season).objects.update(is_current=True)
    make.publish_list(season)
    event = season.events.get(slug="event-1")
    page = publish_page(headline="Zyzzyva", topic=make_topic())
    links = {"events": [event], "entries": season.entries.all()}
    stories.save(page, by=None, typed={}, links=links, seen_version=page.version)
    publishing.publish(page, by=None, seen_version=page.version)
    related = make_story(links={**links, "related": [page]})
    publishing.publish(related, by=None, seen_version=related.version)
    car = season.entries.get(car_number="7")
    paths = [
        "/",
        "/news/",
        "/feeds/news.atom",
        "/news/sepang-is-back/",
        event.get_absolute_url(),
        car.get_absolute_url(),
    ]
    for path in paths:
        assert "zyzzyva" not in client.get(path).text.lower(), path
    assert client.get("/news/topic/race-reports/").status_code == 404
    results.publish_results(season.rounds.get(number=1), ["7"])
    results.publish_results(season.rounds.get(number=1), ["7"], cause="Corrected")
    assert [one.headline for one in needs_a_look() if one.headline == "Zyzzyva"] == []


def test_the_footer_lists_the_pages_with_a_place_in_their_order(client):
    publish_page(headline="Privacy", slug="privacy", footer_place=20)
    publish_page(headline="About", slug="about", footer_place=10)
    publish_page(headline="Press", slug="press", footer_place=20)
    publish_page(headline="Not listed", slug="not-listed")
    footer = client.get("/nowhere/").text.partition("<footer")[2]
    found = [place for place in ("about", "press", "privacy", "not-listed") if f'href="/{place}/"' in footer]
    assert found == ["about", "press", "privacy"]
    assert footer.index("/about/") < footer.index("/press/") < footer.index("/privacy/")


def test_pages_are_in_the_sitemap(client):
    publish_page()
    assert "<loc>http://testserver/about/</loc>" in client.get("/sitemap.xml").text


def test_a_page_with_every_kind_of_block_takes_ten_queries_at_most(client, real_results, settings):
    settings.SITE_NOW = None
    blocks = {
        "result": ["2023-24/sepang/race-1", "2023-24/sepang/race-2"],
        "standings": ["2023-24/lmp2-teams", "2023-24/gt-teams"],
        "chart": ["2023-24/gt-teams"],
        "plate": ["2023-24/99", "2023-24/4"],
        "event": ["2023-24/sepang", "2023-24/dubai"],
    }

    def figures(most):
        named = ((kind, reference) for kind, all_ in blocks.items() for reference in all_[:most])
        return "".join(f'<figure data-block="{kind}" data-ref="{ref}"></figure>' for kind, ref in named)

    publish_page(body=figures(1), slug="one", at=datetime(2024, 3, 1, tzinfo=UTC), footer_place=1)
    publish_page(body=figures(2), slug="two", at=datetime(2024, 3, 1, tzinfo=UTC), footer_place=2)
    assert queries_of(client, "/one/") == queries_of(client, "/two/") <= 10
    found = client.get("/two/")
    for words in ("Dubai", "Race 2", "LMP2 Teams", "Car 99"):
        assert words.lower() in found.text.lower()
    assert "Amended" not in found.text
