import html
import xml.etree.ElementTree as ET
from datetime import UTC, datetime

import pytest

from news.services import publishing
from tests import factories as make
from tests import result_factories as results
from tests.news_factories import MORNING, make_story, make_topic, publish_story

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.SITE_NOW = datetime(2031, 3, 1, 12, tzinfo=UTC)


def entries(client):
    answer = client.get("/feeds/news.atom")
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 (our own answer)


def told(entry, name):
    return entry.findtext(f"{ATOM}{name}")


def test_an_empty_feed_is_a_feed(client):
    feed = ET.fromstring(client.get("/feeds/news.atom").content)  # noqa: S314
    assert (feed.findtext(f"{ATOM}updated"), feed.findall(f"{ATOM}entry")) == ("1970-01-01T00:00:00+00:00", [])


def test_the_feed_has_the_whole_text_with_picture_and_absolute_links(client):
    publish_story(topic=make_topic(), body='<p>See <a href="/news/">all</a> &amp; \x0bm\u00a0ore.</p>')
    (entry,) = entries(client)
    content = told(entry, "content")
    assert (told(entry, "title"), told(entry, "published")) == ("Sepang is back", "2030-12-01T06:00:00+00:00")
    assert entry.find(f"{ATOM}link").get("href") == "http://testserver/news/sepang-is-back/"
    assert entry.find(f"{ATOM}category").get("term") == "Race reports"
    assert '<p>See <a href="http://testserver/news/">all</a> &amp; m&nbsp;ore.</p>' in content
    assert '<img src="http://testserver/news/sepang-is-back/share-' in content
    assert 'href="/' not in content


def test_a_standfirst_is_text_and_no_markup(client):
    publish_story(standfirst="Tyres\u00a0& <script>alert(1)</script>")
    (entry,) = entries(client)
    # Feed readers take a summary for HTML.
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert told(entry, "summary") == "Tyres\u00a0&amp; &lt;script&gt;alert(1)&lt;/script&gt;"
    assert "<script" not in told(entry, "content")


def test_the_feed_tells_no_result_in_its_titles_and_moves_with_an_update(client):
    story = publish_story(headline="Car 7 wins", neutral_headline="The race at Sepang")
    before = entries(client)[0]
    publishing.publish(story, by=None, seen_version=story.version)
    after = entries(client)[0]
    assert told(after, "title") == "The race at Sepang"
    assert told(after, "id") == told(before, "id")
    assert told(after, "updated") == "2031-03-01T12:00:00+00:00"


def test_data_blocks_are_plain_in_the_feed(client):
    season = results.make_racing_season()
    make.publish_list(season)
    for round_ in season.rounds.all():
        results.publish_results(round_, ["7", "22", "99"])
    blocks = {
        "result": "2030-31/event-1/race-1",
        "standings": "2030-31/lmp2-teams",
        "chart": "2030-31/lmp2-teams",
        "plate": "2030-31/22",
        "event": "2030-31/event-2",
    }
    figures = [f'<figure data-block="{kind}" data-ref="{reference}"></figure>' for kind, reference in blocks.items()]
    publish_story(body="".join(figures))
    make_story("A draft")
    (entry,) = entries(client)
    content = html.unescape(told(entry, "content"))
    team = season.entries.get(car_number="7").team.name
    for words in (
        "4 Hours of Event-1, Race 1</a> (official)",
        f"Car 7</a>, {team}: Ada Seat 1 of 7, Ada Seat 2 of 7",
        "LMP2 Teams 2030/31</a> after round 2.",
        f"Car 7, {team}: 50",
        "Points after each of 2 rounds.",
        "Car 22</a> (LMP2)",
        "4 Hours of Event-2</a>, 2–3 January 2031",
    ):
        assert words in content
    assert "figure" not in content
    assert MORNING.isoformat()[:10] in told(entry, "published")
