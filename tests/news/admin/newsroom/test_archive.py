"""Taking a story down, or a scheduled one back."""

from datetime import timedelta

import pytest

from news.models import Story
from news.services import publishing, stories
from tests.championship.admin.posting import fields_of, send
from tests.news.admin.newsroom.conftest import NOON
from tests.news_factories import make_story, publish_story
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("season")]


def page(story):
    return f"/admin/newsroom/{story.pk}/archive/"


def press(client, story, answer=None, reason="Not true"):
    return send(client, page(story), fields_of(answer or client.get(page(story))), reason=reason)[0]


def test_a_story_is_taken_down_for_a_reason(chief, client):
    story = publish_story()
    answer = press(chief, story, reason="")
    assert "This field is required." in text_of(answer)
    assert client.get("/news/sepang-is-back/").status_code == 200
    assert press(chief, story, answer).url == "/admin/newsroom/"
    assert "“Sepang is back” is taken down." in text_of(chief.get("/admin/newsroom/"))
    assert client.get("/news/sepang-is-back/").status_code == 404
    assert Story.objects.get().history.first().history_change_reason == "Not true"
    assert chief.get(page(story)).url == f"/admin/newsroom/{story.pk}/publish/"


def test_a_scheduled_story_is_taken_back(chief):
    story = make_story()
    publishing.publish(story, by=None, at=NOON + timedelta(days=1), seen_version=story.version)
    assert "Take the scheduled story back" in text_of(chief.get(page(story)))
    press(chief, story)
    assert "“Sepang is back” is a draft again, and appears no more by itself." in text_of(chief.get("/admin/newsroom/"))
    assert Story.objects.get().state == "draft"


def test_somebody_was_faster_and_the_reason_stays_typed(chief):
    story = publish_story()
    answer = chief.get(page(story))
    stories.save(story, by=None, typed={"headline": "Another"}, seen_version=story.version)
    assert press(chief, story, answer, reason="").status_code == 409
    answer = press(chief, story, answer)
    assert (answer.status_code, Story.objects.get().archived_at) == (409, None)
    assert fields_of(answer)["reason"] == "Not true"
    assert "Somebody was faster" in text_of(answer)
    press(chief, story, answer)
    assert Story.objects.get().state == "archived"


def test_taking_down_asks_who_it_is_and_whether_one_may(chief, editor, settings):
    story = publish_story()
    assert editor.get(page(story)).status_code == 403
    settings.STEP_UP_AGE = 0
    answer = press(chief, story)
    assert "Is it still you?" in text_of(answer)
    assert Story.objects.get().archived_at is None
