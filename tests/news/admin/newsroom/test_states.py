"""Where a story stands, at the head of its page, and what each person can do next."""

from datetime import timedelta

import pytest

from news.admin.newsroom.states import story_state
from news.models import Story
from news.services import publishing, stories
from tests.news.admin.newsroom.conftest import NOON
from tests.news_factories import make_page, make_story, publish_story
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("season")]


@pytest.fixture
def people(editor, chief):
    return [client.get("/admin/").wsgi_request.user for client in (editor, chief)]


def said(story, people):
    """The sentence, the button of an editor and that of a chief editor, and the other ways of that one."""
    states = [story_state(Story.everything.get(pk=story.pk), person) for person in people]
    return (states[1].sentence, *(state.button for state in states), [label for label, _ in states[1].links])


def test_a_draft_and_one_that_waits_for_review(people):
    story = make_story()
    ways = ["Editions", "Previews"]
    assert said(story, people) == ("Nobody but editors sees it.", "Send to review", "Publish or schedule", ways)
    stories.submit(story, by=None, seen_version=story.version)
    words = "Nobody but editors sees it. It waits for review since Thu 5 Dec 20:00 MYT (13:00 CET)."
    assert said(story, people) == (words, "Take back from review", "Review and publish", ways)


def test_how_a_story_came_out_of_review_is_said_until_it_is_published(people):
    story = make_story()
    stories.submit(story, by=None, seen_version=story.version)
    stories.take_back(story, by=people[0], seen_version=story.version)
    stories.save(story, by=None, typed={"standfirst": "Another"}, seen_version=story.version)
    assert said(story, people)[0] == "Nobody but editors sees it. Taken back from review (eve)."
    stories.submit(story, by=None, seen_version=story.version)
    publishing.publish(story, by=None, seen_version=story.version)
    assert said(story, people)[0].startswith("Readers see exactly this")
    assert "review" not in said(story, people)[0]


def test_an_embargo_is_said(people):
    story = make_story(embargo_until=NOON + timedelta(days=1))
    assert said(story, people)[0].endswith("sees it. Under embargo until Fri 6 Dec 20:00 MYT (13:00 CET).")


def test_a_scheduled_story(people):
    story = make_story()
    publishing.publish(story, by=None, at=NOON + timedelta(days=1), seen_version=story.version)
    words = "It appears by itself Fri 6 Dec 20:00 MYT (13:00 CET)"
    ways = ["Editions", "Previews", "Take back"]
    assert said(story, people) == (f"{words}.", "Send to review", "Publish now or move", ways)
    stories.save(story, by=None, typed={"standfirst": "New"}, seen_version=story.version)
    assert said(story, people)[0] == f"{words}. Nothing written since is part of it."


def test_a_live_story_with_and_without_a_newer_draft(people):
    story = publish_story()
    ways = ["Editions", "Previews", "Take down"]
    words = "Readers see exactly this, since Sun 1 Dec 14:00 MYT (07:00 CET)."
    assert said(story, people) == (words, "", "", ways)
    stories.save(story, by=None, typed={"standfirst": "New"}, seen_version=story.version)
    words = "Readers see what was published Sun 1 Dec 14:00 MYT (07:00 CET). Nothing written since is public."
    assert said(story, people) == (words, "Send to review", "Update live story", ways)


def test_what_was_taken_down(people):
    story = publish_story()
    publishing.archive(story, by=None, seen_version=story.version, reason="x")
    words = "It was taken down Thu 5 Dec 20:00 MYT (13:00 CET). Readers are told that there is no such story."
    assert said(story, people) == (words, "Send to review", "Publish again", ["Editions", "Previews"])


def test_the_writing_page_begins_with_it(editor, chief):
    story = publish_story()
    stories.save(story, by=None, typed={"standfirst": "New"}, seen_version=story.version)
    text = text_of(chief.get(f"/admin/news/story/{story.pk}/change/"))
    assert "Nothing written since is public. Update live story As readers see it Editions Previews Take down" in text
    assert "Send to review As readers see it" in text_of(editor.get(f"/admin/news/story/{story.pk}/change/"))
    page = make_page()
    answer = chief.get(f"/admin/news/page/{page.pk}/change/")
    assert f'href="/admin/newsroom/{page.pk}/publish/"' in answer.text
