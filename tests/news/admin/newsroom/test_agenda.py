"""What becomes public when, day by day."""

from datetime import UTC, datetime, timedelta

import pytest

from championship.models import Session
from news.services import publishing, stories
from tests import factories as make
from tests.news.admin.newsroom.conftest import NOON
from tests.news_factories import make_page, make_story, publish_story
from tests.reading import text_of

pytestmark = pytest.mark.django_db

AGENDA = "/admin/newsroom/agenda/"


def days(answer):
    return {
        f"{day.day:%d %b}": [f"{item.at:%H:%M} {item.zone} {item.kind}: {item.text}" for item in day.items]
        for day in answer.context["agenda"].days
    }


def schedule(headline, at, **values):
    story = make_story(headline, **values)
    publishing.publish(story, by=None, at=at, seen_version=story.version)
    return story


def test_an_empty_agenda_says_so(editor):
    answer = editor.get(AGENDA)
    assert days(answer) == {"05 Dec": []}
    text = text_of(answer)
    assert "Nothing is scheduled. Now it is Thu 5 December, 20:00 MYT." in text
    assert "Nothing was published in the last seven days" in text


def test_the_agenda_tells_stories_embargoes_and_sessions_by_day_in_track_time(editor, season):
    event = season.events.get(slug="sepang")
    make.make_session(event)
    make.make_session(event, "race-2", start_status=Session.StartStatus.TO_BE_CONFIRMED)
    schedule("Late on Friday", datetime(2030, 12, 6, 17, tzinfo=UTC))
    schedule("Far ahead", NOON + timedelta(days=40))
    make_story("Held", embargo_until=datetime(2030, 12, 7, 1, tzinfo=UTC))
    publish_story(headline="Of Monday", at=datetime(2030, 12, 2, 8, tzinfo=UTC))
    publish_story(headline="Long ago", at=datetime(2030, 11, 2, 8, tzinfo=UTC))
    updated = publish_story(headline="Of old", at=datetime(2030, 11, 3, 8, tzinfo=UTC))
    stories.save(updated, by=None, typed={"headline": "Of old, updated"}, seen_version=updated.version)
    publishing.publish(updated, by=None, seen_version=updated.version, update_note="Dates added")
    answer = editor.get(AGENDA)
    assert days(answer) == {
        "02 Dec": ["16:00 MYT published: Of Monday"],
        "05 Dec": ["20:00 MYT updated: Of old, updated"],
        "07 Dec": [
            "01:00 MYT appears: Late on Friday",
            "09:00 MYT embargo: Held",
            "14:00 MYT session: 4 Hours of Sepang, Race 1",
        ],
        "14 Jan": ["20:00 MYT appears: Far ahead"],
    }
    text = text_of(answer)
    assert "2 stories appear by themselves." in text
    assert "Saturday 7 December 01:00 appears Late on Friday" in text
    assert "Tuesday 14 January 2031" in text
    assert "Held still a draft: nothing appears by itself" in text
    assert "Of old, updated Dates added" in text
    paris = days(editor.get(AGENDA, {"zone": "Europe/Paris"}))
    assert paris["06 Dec"] == ["18:00 CET appears: Late on Friday"]
    assert days(editor.get(AGENDA, {"zone": "Mars/Base"})) == days(answer)


def test_a_scheduled_story_that_an_embargo_holds_appears_when_that_ends(editor):
    story = schedule("Held back", NOON + timedelta(hours=1))
    until = NOON + timedelta(hours=5)
    stories.save(story, by=None, typed={"embargo_until": until}, seen_version=story.version)
    answer = editor.get(AGENDA)
    assert days(answer)["06 Dec"] == ["01:00 MYT appears: Held back"]
    assert "Held back when its embargo ends" in text_of(answer)


def test_pages_of_the_site_are_on_the_agenda_of_those_who_keep_them(editor, chief):
    story = make_page("Tickets")
    publishing.publish(story, by=None, at=NOON + timedelta(hours=1), seen_version=story.version)
    assert "Tickets" in text_of(chief.get(AGENDA))
    assert "Tickets" not in text_of(editor.get(AGENDA))
