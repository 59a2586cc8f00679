"""The stories of data/news/: what they state is in the record, and was public when they appeared."""

import re
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ObjectDoesNotExist
from PIL import Image

from championship.models import Classification, Driver, Team
from news.markup import words_of
from news.models import Story
from news.record import NewsRecord, read_folder, read_news
from news.selectors.blocks import missing_blocks
from news.services import load_news as loader
from news.services.lead_pictures import Drawn
from tests.news.facts import CARDINALS, ORDINALS, Facts, is_said
from tests.reading import links_of, queries_of

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).resolve().parents[2] / "data" / "news"
NEWS = read_news(read_folder(FOLDER))
STORIES = NEWS.stories
# Stories stand on the pages of what they are about.
ON_PAGES_OF = ("event", "team", "driver", "entry")
AFTER = datetime(2024, 3, 1, tzinfo=UTC)
each_story = pytest.mark.parametrize("story", STORIES, ids=[story.slug for story in STORIES])

# “First” and “second” are also said of what is no figure.
FIGURES = re.compile(rf"\b(?:\S*[0-9]\S*|{'|'.join([*CARDINALS[2:], *ORDINALS[3:], 'twice'])})\b", re.IGNORECASE)
# The names of seasons, classes and races are no figures.
NAMES = re.compile(r"2023/24|LMP[23]|[Rr]ace [12]\b")


def text_of(story):
    return [story.headline, story.neutral_headline, story.standfirst, words_of(story.body)]


@each_story
def test_what_a_story_claims_is_in_the_record(story, real_results):
    record = Facts(story.published_at)
    found = {(claim.says, fact): record(fact) for claim in story.claims for fact in claim.facts}
    assert {key for key, answers in found.items() if not answers} == set()
    wrong = {key: answer for key, answers in found.items() for answer in answers if not is_said(answer, key[0])}
    assert wrong == {}


@each_story
def test_every_figure_of_a_story_is_claimed(story):
    text = " | ".join(text_of(story))
    for claim in sorted(story.claims, key=lambda claim: -len(claim.says)):
        text = text.replace(claim.says, "|")
    assert FIGURES.findall(NAMES.sub("", text)) == []


def test_a_wrong_figure_or_name_is_found(real_results):
    record = Facts(AFTER)
    (margin,), (team,) = record("margin sepang/race-1 99 83"), record("result sepang/race-2 4 team")
    assert [is_said(margin, words) for words in ("by 10.537 seconds", "by 10.573 seconds", "by 110.537")] == [1, 0, 0]
    assert [is_said(team, words) for words in ("Crowdstrike Racing by APR wins", "99 Racing wins")] == [1, 0]
    (place,) = record("result sepang/race-1 4 place")
    assert [is_said(place, words) for words in ("came sixth", "6th", "came fifth", "sixteenth")] == [1, 1, 0, 0]


def test_the_check_knows_nothing_that_was_not_public(real_results):
    evening = Facts(datetime(2024, 2, 11, 17, tzinfo=UTC))
    assert (evening("lead gt-teams 5"), Facts(AFTER)("lead gt-teams 5")) == ([("6", "six")], [("2", "two", "twice")])
    with pytest.raises(ObjectDoesNotExist):
        evening("session abu-dhabi/race-2@2 state")
    with pytest.raises(ObjectDoesNotExist):
        Facts(datetime(2023, 12, 1, tzinfo=UTC))("result sepang/race-1 99 place")


@each_story
def test_no_story_tells_of_a_session_before_its_result_was_public(story, real_results):
    for name in story.sessions:
        _, event, session = name.split("/")
        assert Classification.objects.published(story.published_at).filter(
            session__event__slug=event, session__slug=session
        )


@each_story
def test_a_headline_for_readers_who_hide_results_names_nobody(story, real_results):
    if not story.sessions:
        return
    names = [*Team.objects.values_list("name", flat=True), *Driver.objects.values_list("family_name", flat=True)]
    assert [name for name in names if name in story.neutral_headline] == []
    assert story.neutral_headline
    assert not re.search(r"\bwins?\b|\bwon\b", story.neutral_headline)


# --- on the site ------------------------------------------------------------------------------------------------


@pytest.fixture
def loaded(real_results, monkeypatch):
    """The stories in the newsroom, with small pictures: drawing them takes its time, and has tests of its own."""
    colours = iter(range(0, 250, 20))

    def small(*_args, **_values):
        file = BytesIO()
        Image.new("RGB", (64, 36), (next(colours), 90, 90)).save(file, "PNG")
        return Drawn(content=file.getvalue(), focus=(50, 50))

    monkeypatch.setattr(loader, "draw", small)
    loader.load_news(NewsRecord(topics=NEWS.topics, stories=STORIES, pages=()))
    return list(Story.objects.order_by("publish_at"))


def test_every_block_resolves_and_every_link_of_a_text_leads_somewhere(loaded, client):
    linked = set()
    for story in loaded:
        assert missing_blocks(story.body) == ()
        linked |= set(re.findall(r'href="([^"]+)"', story.body))
    assert len(linked) >= 20
    assert {link: code for link in linked if (code := client.get(link).status_code) != 200} == {}


def test_pages_of_news_take_at_most_ten_queries_with_the_stories_loaded(loaded, client):
    addresses = ["/news/", "/news/topic/race-reports/", "/feeds/news.atom"]
    addresses += [story.get_absolute_url() for story in loaded]
    assert {address: count for address in addresses if (count := queries_of(client, address)) > 10} == {}


def test_a_result_that_changed_after_its_report_is_marked_as_amended(loaded, client):
    pages = {story.slug: client.get(story.get_absolute_url()).text for story in loaded}
    amended = {slug for slug, page in pages.items() if "Amended" in page}
    assert amended == {"a-provisional-finale"}


def test_a_story_is_nowhere_before_its_moment(loaded, client, settings):
    for number, story in enumerate(loaded):
        pages = {"/", "/news/", "/feeds/news.atom", "/sitemap.xml", story.topic.get_absolute_url()}
        pages |= {link.subject.get_absolute_url() for link in story.live.links.all() if link.kind in ON_PAGES_OF}
        canaries = [
            word for one in loaded[number:] for word in (f"/news/{one.slug}/", one.headline, one.lead_picture.name)
        ]
        settings.SITE_NOW = story.publish_at - timedelta(seconds=1)
        for page in pages:
            answer = client.get(page)
            assert [word for word in canaries if word in answer.text] == [], page
        lead = f"/pictures/{story.lead_picture.name}-lead-64.jpg"
        assert [client.get(address).status_code for address in (story.get_absolute_url(), lead)] == [404, 404]
        settings.SITE_NOW = story.publish_at
        assert story.get_absolute_url() in links_of(client.get("/news/"))
        assert client.get(lead).headers["Content-Type"] == "image/jpeg"
