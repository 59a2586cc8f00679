"""The first stories: all of them, once, as an editor would have published them."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from championship.models import Entry, Event, Picture
from championship.services import pictures
from news.models import Page, Story, StoryEdition, Topic
from news.record import Drawing, NewsRecord, NewsRecordError, PageRecord, StoryRecord, TopicRecord
from news.services.lead_pictures import draw
from news.services.load_news import NewsroomNotEmptyError, load_news
from tests.news_factories import make_page, make_story, make_topic

pytestmark = pytest.mark.django_db
DRAWING = Drawing(
    title="Sepang",
    alt="The outline of Sepang.",
    kind="outlines",
    of=("2023-24/sepang",),
    after=None,
    heading="",
)
MOMENT = datetime(2023, 12, 3, 12, tzinfo=UTC)


def story(slug="sepang", **values):
    defaults = {
        "headline": "99 wins",
        "neutral_headline": "Sepang is run",
        "standfirst": "A race.",
        "body": '<p>Text.</p><figure data-block="event" data-ref="2023-24/sepang"></figure>',
        "topic": "races",
        "byline": "",
        "published_at": MOMENT,
        "seasons": (),
        "events": ("2023-24/sepang",),
        "sessions": ("2023-24/sepang/race-1",),
        "entries": ("2023-24/99",),
        "teams": ("99-racing",),
        "drivers": ("ahmad-al-harthy",),
        "related": (),
        "picture": None,
        "claims": (),
    }
    return StoryRecord(slug=slug, **defaults | values)


def page(**values):
    defaults = {"slug": "tickets", "headline": "Tickets", "standfirst": "At the gate.", "body": "<p>Ask.</p>"}
    return PageRecord(**defaults | {"footer_place": 2, "published_at": MOMENT} | values)


def news(*stories):
    return NewsRecord(topics=(TopicRecord(slug="races", name="Races"),), stories=stories)


def refusal(record):
    with pytest.raises(NewsRecordError) as error:
        load_news(record)
    assert not Topic.objects.filter(slug="races").exists()
    return [str(problem) for problem in error.value.problems]


def test_a_story_is_published_as_of_its_moment_with_its_links(real_season):
    load_news(news(story(), story("later", headline="Later", related=("sepang",))))
    first, later = Story.objects.order_by("pk")
    assert (first.slug, first.publish_at, first.live.headline, first.live.topic.name) == (
        "sepang",
        MOMENT,
        "99 wins",
        "Races",
    )
    assert list(first.events.all()) == [Event.objects.get(slug="sepang")]
    assert list(first.entries.all()) == [Entry.objects.get(car_number="99")]
    assert {link.kind for link in first.live.links.filter(in_block=False)} == {
        "event",
        "session",
        "entry",
        "team",
        "driver",
    }
    assert list(later.related.all()) == [first]
    assert [first.state, first.has_newer_draft] == [Story.State.LIVE, False]


def test_a_lead_picture_is_drawn_into_the_library(real_season):
    load_news(news(story(picture=DRAWING)))
    picture = Story.objects.get().live.lead_picture
    assert (picture.title, picture.alt, picture.credit, picture.licence) == (
        "Sepang",
        "The outline of Sepang.",
        "Asian Le Mans Series",
        "own",
    )
    assert (picture.width, picture.height) == (2560, 1440)
    assert not picture.is_decorative


def test_a_picture_that_the_library_has_already_is_taken(real_season):
    drawn = draw(DRAWING, at=MOMENT)
    known = pictures.add(drawn.content, title="By hand", credit="Ada", licence="own", alt="A circuit.")
    load_news(news(story(picture=DRAWING)))
    assert Story.objects.get().lead_picture == known
    assert Picture.objects.get().title == "By hand"


def test_before_its_moment_a_story_is_scheduled(real_season, settings):
    settings.SITE_NOW = datetime(2023, 12, 1, tzinfo=UTC)
    load_news(news(story()))
    assert Story.objects.get().state == Story.State.SCHEDULED
    assert not Story.objects.published().exists()
    assert list(Story.objects.published(MOMENT)) == [Story.objects.get()]


def test_a_topic_that_is_there_is_taken(real_season):
    topic = make_topic("races", "Racing")
    load_news(news(story()))
    assert Story.objects.get().topic == topic
    assert topic.name == "Racing"


@pytest.mark.parametrize("make_text", [make_story, make_page])
def test_a_newsroom_with_a_draft_is_left_alone(real_season, make_text):
    make_text()
    with pytest.raises(NewsroomNotEmptyError):
        load_news(news(story()))
    assert Story.everything.count() == 1


def test_a_page_is_published_as_a_page_with_its_place_in_the_footer(real_season):
    load_news(replace(news(), pages=(page(),)))
    found = Page.objects.get()
    assert (found.slug, found.publish_at, found.live.headline, found.live.footer_place, found.state) == (
        "tickets",
        MOMENT,
        "Tickets",
        2,
        Story.State.LIVE,
    )


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"slug": "news"}, "pages/news.toml: “news” is an address of the site itself. Choose another word."),
        ({"slug": "sepang"}, "pages/sepang.toml: Another story or page was published at this address."),
        (
            {"body": '<figure data-block="event" data-ref="2023-24/monza"></figure>'},
            'pages/tickets.toml, body: The block event shows "2023-24/monza", which is not there.',
        ),
    ],
)
def test_a_page_that_cannot_be_right_is_refused_with_its_file(real_season, values, message):
    (problem,) = refusal(replace(news(story()), pages=(page(**values),)))
    assert problem.startswith(message)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"events": ("2023-24/sepan",)}, 'events: There is no event "2023-24/sepan". Did you mean "2023-24/sepang"?'),
        ({"seasons": ("2024-25",)}, 'seasons: There is no season "2024-25".'),
        ({"sessions": ("2023-24/sepang/race",)}, 'sessions: There is no session "2023-24/sepang/race".'),
        ({"entries": ("2023-24/100",)}, 'entries: There is no car "2023-24/100".'),
        ({"teams": ("nobody",)}, 'teams: There is no team "nobody".'),
        ({"drivers": ("nobody",)}, 'drivers: There is no driver "nobody".'),
        (
            {"body": '<figure data-block="plate" data-ref="2023-24/100"></figure>'},
            'body: The block plate shows "2023-24/100", which is not there.',
        ),
        (
            {"picture": replace(DRAWING, of=("2023-24/sepang", "2023-24/nowhere"))},
            'picture.of: There is no event "2023-24/nowhere".',
        ),
        (
            {"picture": replace(DRAWING, kind="chart", of=("2023-24/gt-teams",))},
            "picture: There was nothing public yet to draw of 2023-24/gt-teams. Draw something else.",
        ),
        ({"slug": "topic"}, "“topic” is an address of the site itself. Choose another word."),
    ],
)
def test_what_the_record_does_not_know_is_refused_and_nothing_is_written(real_season, values, message):
    found = refusal(news(story("fine"), replace(story("wrong"), **values)))
    assert len(found) == 1
    assert message in found[0]
    assert found[0].startswith(f"stories/{values.get('slug', 'wrong')}.toml")
    assert not StoryEdition.objects.exists()
