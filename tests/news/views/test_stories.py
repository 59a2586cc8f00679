import re
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from news.services import publishing, stories
from tests import factories as make
from tests import result_factories as results
from tests.news_factories import MORNING, make_story, make_topic, publish_story
from tests.reading import head_of, links_of, queries_of, text_of

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 12, 9, 12, tzinfo=UTC)
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.SITE_NOW = NOON


def update(story, **values):
    stories.save(story, by=None, typed=values, seen_version=story.version)
    publishing.publish(story, by=None, update_note="Mended", seen_version=story.version)


def figure(kind, reference, **options):
    said = "".join(f' data-{name.rstrip("_")}="{value}"' for name, value in options.items())
    return f'<figure data-block="{kind}" data-ref="{reference}"{said}></figure>'


# --- the front page ---------------------------------------------------------------------------------------------


def test_the_front_page_says_that_there_is_no_story_yet(client):
    assert "No story yet" in text_of(client.get("/news/"))


def test_the_newest_story_leads_and_the_others_follow_in_pages(client):
    for day in range(14):
        publish_story(at=MORNING - timedelta(days=day), headline=f"Story number {day}")
    make_story("A draft")
    page = client.get("/news/")
    told = re.findall(r"Story number \d+", text_of(page))
    assert list(dict.fromkeys(told)) == [f"Story number {day}" for day in range(12)]
    assert "story-card-lead" in page.text
    second = client.get("/news/?page=2")
    assert re.findall(r">(Story number \d+)<", second.text) == ["Story number 12", "Story number 13"]
    assert "story-card-lead" not in second.text
    assert ("/news/?page=2" in links_of(page), "/news/" in links_of(second)) == (True, True)
    assert head_of(second)["canonical"] == "http://testserver/news/?page=2"


@pytest.mark.parametrize("number", ["0", "-1", "3", "x", "", "١", "99999", "1e3", "\x00"])
def test_a_page_that_is_not_there_is_not_found(client, number):
    publish_story()
    assert client.get("/news/", {"page": number}).status_code == 404


def test_a_topic_shows_its_own_stories_only(client):
    publish_story(headline="Of races", topic=make_topic())
    publish_story(headline="Of cars", topic=make_topic("cars"))
    make_story("Of drafts", topic=make_topic("drafts"))
    page = client.get("/news/topic/race-reports/")
    assert "Of races" in text_of(page)
    assert "Of cars" not in text_of(page)
    assert "Drafts" not in text_of(page)
    assert head_of(page)["title"] == "Race reports · Asian Le Mans Series"
    assert client.get("/news/topic/drafts/").status_code == 404
    assert client.get("/news/topic/nowhere/").status_code == 404


# --- a story ----------------------------------------------------------------------------------------------------


def test_a_story_says_what_it_is_who_wrote_it_and_when_with_its_zone(client):
    story = publish_story(topic=make_topic(), standfirst="Two races.", body="<h2>When</h2><p>In <em>December</em>.</p>")
    page = client.get("/news/sepang-is-back/")
    text = text_of(page)
    for words in (
        "Race reports",
        "Sepang is back",
        "Two races.",
        "By Ada Editor",
        "Published 1 December 2030, 06:00 UTC",
    ):
        assert words in text
    assert "Updated" not in text
    assert "<h2>When</h2><p>In <em>December</em>.</p>" in page.text
    assert head_of(page) == {
        "title": "Sepang is back · Asian Le Mans Series",
        "description": "Two races.",
        "canonical": "http://testserver/news/sepang-is-back/",
    }
    update(story, headline="Sepang is really back")
    text = text_of(client.get("/news/sepang-is-back/"))
    assert "Sepang is really back" in text
    assert "Updated 9 December 2030, 12:00 UTC: Mended" in text


def test_readers_see_the_edition_and_never_the_draft(client):
    story = publish_story()
    stories.save(story, by=None, typed={"headline": "Secret", "slug": "secret"}, seen_version=story.version)
    stories.autosave(story, by=None, typed={"body": "<p>Secret</p>"}, seen_version=story.version)
    assert "Secret" not in client.get("/news/sepang-is-back/").text
    assert client.get("/news/secret/").status_code == 404


def test_a_text_that_was_stored_unsafely_is_sanitised_when_it_is_shown(client):
    story = publish_story()
    results.unguarded(type(story.live)).filter(pk=story.live_id).update(standfirst="<script>alert(1)</script>")
    table = story.live._meta.db_table
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET body = %s WHERE id = %s",  # noqa: S608 (our own table)
            ['<p onclick="alert(1)">Hi<script>alert(1)</script></p>', story.live_id],
        )
    page = client.get("/news/sepang-is-back/")
    assert "<p>Hi</p>" in page.text
    assert "alert(1)</script>" not in page.text.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")


def test_an_old_address_leads_to_the_present_one_for_good(client):
    story = publish_story(headline="First")
    update(story, slug="second")
    answer = client.get("/news/first/")
    assert (answer.status_code, answer["Location"]) == (301, "/news/second/")
    publishing.archive(story, by=None, seen_version=story.version, reason="Wrong")
    assert client.get("/news/first/").status_code == client.get("/news/second/").status_code == 404


def test_a_scheduled_story_appears_on_time_and_caches_do_not_keep_the_page_without_it(client, settings):
    publish_story(at=MORNING, headline="Before")
    story = make_story("Sepang is back")
    publishing.publish(story, by=None, at=TOMORROW, seen_version=story.version)
    pages = ("/news/", "/news/before/", "/feeds/news.atom")
    for seconds, fresh, stale in ((60, 5, 30), (20, 5, 15), (3, 3, 0)):
        expected = f"max-age={fresh}, s-maxage={fresh}, stale-while-revalidate={stale},"
        settings.SITE_NOW = TOMORROW - timedelta(seconds=seconds)
        missing = client.get("/news/sepang-is-back/")
        assert missing.status_code == 404
        answers = [missing, *(client.get(address) for address in pages)]
        assert ["Sepang is back" in answer.text for answer in answers] == [False] * 4
        assert [expected in answer["Cache-Control"] for answer in answers] == [True] * 4
    before = client.get("/news/")["ETag"]
    settings.SITE_NOW = TOMORROW
    assert client.get("/news/sepang-is-back/").status_code == 200
    page = client.get("/news/", headers={"if-none-match": before})
    assert (page.status_code, "Sepang is back" in page.text) == (200, True)
    assert "max-age=5" in page["Cache-Control"]


def test_a_story_says_what_it_is_about_as_far_as_the_public_knows(client):
    season = results.make_racing_season()
    make.publish_list(season)
    race_class = season.race_classes.get()
    event, hidden = season.events.first(), make.make_entry(race_class, "987")
    car = season.entries.get(car_number="7")
    links = {
        "seasons": [season],
        "events": [event],
        "sessions": [event.sessions.get()],
        "entries": [car, hidden],
        "teams": [car.team, hidden.team],
        "drivers": [make.make_driver("ada-hidden")],
    }
    publish_story(links=links, body=figure("plate", "2030-31/987"))
    page = client.get("/news/sepang-is-back/")
    assert [link for link in links_of(page) if link.startswith(("/2030-31/", "/teams/", "/drivers/"))] == [
        "/2030-31/",
        "/2030-31/event-1/",
        "/2030-31/event-1/race-1/",
        "/2030-31/entries/7/",
        f"/teams/{car.team.slug}/",
    ]
    for answer in (page, client.get("/news/"), client.get("/feeds/news.atom")):
        assert "987" not in answer.text
        assert hidden.team.name not in answer.text
        assert "Hidden" not in answer.text


def test_related_are_those_the_editor_chose_then_those_that_share_a_link(client):
    season = make.make_season()
    event = make.make_event(season)
    chosen = publish_story(headline="Chosen", at=MORNING - timedelta(days=9))
    publish_story(headline="Same season", links={"seasons": [season]})
    publish_story(headline="Same event", links={"events": [event]})
    make_story("Same draft", links={"events": [event]})
    publish_story(headline="Of the story", links={"events": [event], "seasons": [season], "related": [chosen]})
    text = text_of(client.get("/news/of-the-story/"))
    assert re.findall(r"Chosen|Same \w+", text) == ["Chosen", "Same event"]


def test_what_a_story_is_about_stands_by_kind_with_cars_by_class_and_number(client, season):
    cars = [season.entries.get(car_number=number) for number in ("99", "7", "22")]
    publish_story(links={"entries": cars, "teams": [cars[0].team], "seasons": [season]})
    about = client.get("/news/sepang-is-back/").text.partition('class="story-about"')[2].partition("</footer>")[0]
    assert re.findall(r"<dt[^>]*>(\w+)</dt>", about) == ["Season", "Cars", "Team"]
    assert re.findall(r'href="/2030-31/entries/(\w+)/"', about) == ["7", "22", "99"]


def test_blocks_about_the_same_thing_are_no_landmarks_that_would_need_names_of_their_own(client, season):
    body = "".join(figure("result", "2030-31/event-1/race-1", top=top) for top in (1, 2))
    publish_story(body=body)
    page = client.get("/news/sepang-is-back/").text
    assert page.count('role="group" aria-label="Result: ') == 2
    assert "<aside" not in page


# --- queries ----------------------------------------------------------------------------------------------------


@pytest.fixture
def season():
    season = results.make_racing_season()
    make.publish_list(season)
    for round_ in season.rounds.all():
        results.publish_results(round_, ["7", "22", "99"])
    return season


def everything(season, count):
    """The text and the links of a story about as much as `count` says."""
    cars = ["7", "22", "99"][:count]
    races = [1, 2, 1][:count]
    blocks = [figure("plate", f"2030-31/{car}") for car in cars]
    blocks += [figure("result", f"2030-31/event-{race}/race-{race}", top=race) for race in races]
    blocks += [figure("standings", "2030-31/lmp2-teams", top=place) for place in range(1, count + 1)]
    blocks += [figure("chart", f"2030-31/lmp2-{kind}") for kind in ("teams", "drivers", "teams")[:count]]
    blocks += [figure("event", f"2030-31/event-{number}") for number in races]
    entries = list(season.entries.filter(car_number__in=cars))
    return "<p>a</p>".join(blocks), {"entries": entries, "teams": [entry.team for entry in entries]}


@pytest.mark.parametrize("address", ["/news/story/", "/news/", "/news/topic/race-reports/", "/feeds/news.atom"])
def test_news_pages_take_at_most_ten_queries_for_1_and_3_of_everything(client, season, settings, address):
    settings.SITE_NOW = NOON + timedelta(days=90)
    counts = []
    for number in (1, 3):
        body, links = everything(season, number)
        slug = "story" if number == 1 else "another"
        links["related"] = [publish_story(headline=f"Earlier {number}-{place}") for place in range(number)]
        publish_story(at=NOON, headline="Story", slug=slug, body=body, links=links, topic=make_topic())
        publish_story(headline="More", body=body, links=links, topic=make_topic())
        counts.append(queries_of(client, address.replace("story", slug)))
    assert counts[0] == counts[1] <= 10


# --- the picture for other sites --------------------------------------------------------------------------------


def share_url(client, address="/news/sepang-is-back/"):
    return re.search(r'property="og:image" content="http://testserver(.*?)"', client.get(address).text).group(1)


def test_a_story_has_a_picture_for_other_sites_that_is_kept_under_its_content(client):
    story = publish_story()
    address = share_url(client)
    answer = client.get(address)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", "public, max-age=31536000, immutable")
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert Image.open(BytesIO(answer.content)).size == (1200, 630)
    update(story, headline="Another headline")
    assert share_url(client) != address
    assert "immutable" not in client.get(address)["Cache-Control"]


def test_the_picture_of_a_story_that_is_not_public_is_not_there(client, settings):
    story = publish_story()
    address = share_url(client)
    publishing.archive(story, by=None, seen_version=story.version, reason="Wrong")
    assert client.get(address).status_code == 404
