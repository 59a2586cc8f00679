from datetime import UTC, date, datetime, timedelta

import pytest

from championship.models import Event
from championship.services.recalls import recall
from news.selectors.needs_a_look import needs_a_look
from news.services import publishing, stories
from tests import factories as make
from tests import result_factories as results
from tests.news_factories import make_story, publish_story

pytestmark = pytest.mark.django_db

RACE = datetime(2030, 12, 5, 10, tzinfo=UTC)
STORY = RACE + timedelta(hours=1)
LATER = RACE + timedelta(hours=2)
FIGURE = '<figure data-block="{}" data-ref="{}"></figure>'


@pytest.fixture
def round_(settings):
    settings.SITE_NOW = RACE + timedelta(days=90)
    return results.make_racing_season(rounds=1).rounds.get()


def listed():
    return [(one.headline, *(change.text for change in one.changes)) for one in needs_a_look()]


def test_a_story_whose_results_or_tables_were_amended_needs_a_look(round_):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    publish_story(headline="By session", at=STORY, links={"sessions": [round_.race_session]})
    publish_story(headline="By event", at=STORY, links={"events": [round_.event]})
    publish_story(headline="By result", at=STORY, body=FIGURE.format("result", "2030-31/event-1/race-1"))
    publish_story(headline="By table", at=STORY, body=FIGURE.format("standings", "2030-31/lmp2-teams"))
    publish_story(headline="Of something else", at=STORY, links={"seasons": [round_.season]})
    make_story("A draft", links={"events": [round_.event]})
    assert listed() == []
    results.publish_results(round_, ["22", "7", "99"], at=LATER, cause="Car 7: five seconds")
    change = "4 Hours of Event-1, Race 1: v2 was published, official: Car 7: five seconds"
    table = "LMP2 Teams 2030/31 after round 1: the table was changed: "
    assert listed() == [
        ("By table", f"{table}{round_.season.race_classes.get().titles.last().standing_lists.last().cause}"),
        ("By result", change),
        ("By event", change),
        ("By session", change),
    ]


def test_what_changed_says_when_and_leads_to_the_fact(round_):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    body = FIGURE.format("standings", "2030-31/lmp2-teams")
    story = publish_story(at=STORY, links={"events": [round_.event]}, body=body)
    results.publish_results(round_, ["22", "7", "99"], at=LATER)
    (one,) = needs_a_look()
    assert (one.story, one.version, one.since) == (story.pk, story.version, STORY)
    assert [(change.at, change.url) for change in one.changes] == [
        (LATER, "/2030-31/event-1/race-1/v2/"),
        (LATER, "/2030-31/standings/lmp2-teams/"),
    ]


def test_what_came_before_the_story_or_for_the_first_time_is_no_change(round_):
    publish_story(headline="Before the race", at=RACE - timedelta(days=1), links={"events": [round_.event]})
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    results.publish_results(round_, ["22", "7", "99"], at=LATER)
    publish_story(headline="After the last version", at=LATER, links={"events": [round_.event]})
    assert listed() == []


def test_a_recall_needs_a_look_once_it_has_happened(round_, settings):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    second = results.publish_results(round_, ["22", "7", "99"], at=RACE + timedelta(minutes=30))
    publish_story(at=STORY, links={"sessions": [round_.race_session]})
    settings.SITE_NOW = LATER
    recall(second, by=make.make_user("chief", is_superuser=True), reason="Published by mistake")
    assert listed() == [("Sepang is back", "4 Hours of Event-1, Race 1: v2 was recalled: Published by mistake")]
    settings.SITE_NOW = LATER - timedelta(minutes=1)
    assert listed() == []


def test_a_moved_session_and_a_cancelled_event_need_a_look(round_, settings):
    session = round_.race_session
    session.save()
    Event.objects.get(pk=round_.event_id).save()
    settings.SITE_NOW = None
    publish_story(at=None, headline="Now", links={"events": [round_.event]})
    assert listed() == []
    session.duration_minutes = 120
    session.save()
    event = Event.objects.get(pk=round_.event_id)
    event.note = "Only a note"
    event.save()
    event.starts_on = date(2030, 12, 4)
    event.save()
    assert listed() == [
        (
            "Now",
            "4 Hours of Event-1, Race 1: its time or its state was changed",
            "4 Hours of Event-1: its days were changed, or it was called off",
        )
    ]
    assert {change.url for change in needs_a_look()[0].changes} == {"/2030-31/event-1/"}


def test_an_editor_who_has_looked_or_updated_the_story_is_not_asked_again(round_):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    story = publish_story(at=STORY, links={"sessions": [round_.race_session]})
    other = publish_story(headline="Other", at=STORY, links={"sessions": [round_.race_session]})
    results.publish_results(round_, ["22", "7", "99"], at=LATER)
    assert len(listed()) == 2
    stories.mark_looked(story, by=None, seen_version=story.version)
    publishing.publish(other, by=None, seen_version=other.version)
    assert listed() == []


def test_a_story_that_was_scheduled_before_the_change_needs_a_look_before_and_after_it_appears(round_, settings):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    settings.SITE_NOW = STORY
    story = publish_story(at=LATER + timedelta(hours=9), links={"sessions": [round_.race_session]})
    settings.SITE_NOW = LATER
    results.publish_results(round_, ["22", "7", "99"], at=LATER)
    (one,) = needs_a_look()
    assert (one.story, one.url, len(one.changes)) == (story.pk, "", 1)
    settings.SITE_NOW = LATER + timedelta(hours=10)
    (one,) = needs_a_look()
    assert (one.url, len(one.changes)) == ("/news/sepang-is-back/", 1)


def test_more_stories_take_no_more_queries(round_, django_assert_num_queries):
    results.publish_results(round_, ["7", "22", "99"], at=RACE)
    publish_story(at=STORY, links={"events": [round_.event]}, body=FIGURE.format("chart", "2030-31/lmp2-teams"))
    with django_assert_num_queries(8):
        needs_a_look()
    for number in range(2):
        publish_story(headline=f"More {number}", at=STORY, links={"sessions": [round_.race_session]})
    with django_assert_num_queries(8):
        needs_a_look()
