from datetime import UTC, datetime, timedelta

import pytest

from championship import stamp
from news.models import Story, StoryAddress
from news.services import publishing, stories
from news.services.publishing import PublishError
from tests import factories as make
from tests.news_factories import MORNING, make_story, publish_story

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 12, 7, 12, tzinfo=UTC)
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.SITE_NOW = NOON


def public(moment=None):
    return [story.live.headline for story in Story.objects.published(moment)]


def reason_of(story):
    return story.history.first().history_change_reason


def test_publishing_now_shows_the_working_copy_and_tells_caches():
    chief, story = make.make_user("chief"), make_story()
    stories.autosave(story, by=None, typed={"standfirst": "At the last minute"}, seen_version=story.version)
    before = stamp.current()
    edition = publishing.publish(story, by=chief, update_note="No note yet", seen_version=story.version)
    assert (story.state, story.publish_at, story.live, edition.number) == ("live", NOON, edition, 2)
    assert (edition.standfirst, edition.public_from, edition.update_note) == ("At the last minute", NOON, "")
    assert stamp.current() > before
    assert (reason_of(story), story.history.first().history_user) == ("Published", chief)


def test_a_scheduled_story_appears_by_itself(settings):
    story = make_story()
    publishing.publish(story, by=None, at=TOMORROW, seen_version=story.version)
    assert (story.state, public(), list(Story.objects.scheduled())) == ("scheduled", [], [story])
    assert reason_of(story) == "Scheduled for 08 December 2030, 12:00 UTC"
    publishing.publish(story, by=None, at=TOMORROW + timedelta(hours=1), seen_version=story.version)
    assert public(TOMORROW) == []
    settings.SITE_NOW = TOMORROW + timedelta(hours=1)
    assert (story.state, public(), list(Story.objects.scheduled())) == ("live", ["Sepang is back"], [])


def test_a_live_story_can_have_a_newer_draft_and_is_updated_with_a_note():
    story = publish_story()
    stories.save(story, by=None, typed={"headline": "Sepang returns"}, seen_version=story.version)
    assert (story.state, public()) == ("live_with_draft", ["Sepang is back"])
    publishing.publish(story, by=None, update_note="Dates added", seen_version=story.version)
    assert (story.state, public(), story.publish_at) == ("live", ["Sepang returns"], MORNING)
    assert (story.live.public_from, story.live.update_note, reason_of(story)) == (NOON, "Dates added", "Updated")


def test_what_cannot_be_published_says_how_to_mend_it():
    empty = stories.create(by=None, typed={"headline": "Empty"})
    with pytest.raises(PublishError, match="Write a standfirst or a body first"):
        publishing.publish(empty, by=None, seen_version=empty.version)
    live = publish_story()
    with pytest.raises(PublishError, match="Publish it without a time"):
        publishing.publish(live, by=None, at=TOMORROW, seen_version=live.version)
    held = make_story("Held", embargo_until=TOMORROW)
    for moment in (None, TOMORROW - timedelta(minutes=1)):
        with pytest.raises(PublishError, match="under embargo until 08 December 2030, 12:00 UTC"):
            publishing.publish(held, by=None, at=moment, seen_version=held.version)
    with pytest.raises(PublishError, match="Readers do not see this story"):
        publishing.archive(held, by=None, seen_version=held.version, reason="x")
    publishing.publish(held, by=None, at=TOMORROW, seen_version=held.version)
    assert held.state == "scheduled"


def test_an_embargo_that_is_set_later_holds_a_scheduled_story_back():
    story = make_story()
    publishing.publish(story, by=None, at=TOMORROW, seen_version=story.version)
    later = TOMORROW + timedelta(days=1)
    stories.save(story, by=None, typed={"embargo_until": later}, seen_version=story.version)
    assert (public(TOMORROW), public(later), story.public_from) == ([], ["Sepang is back"], later)


def test_a_story_is_taken_down_and_comes_back_under_its_own_date():
    story = publish_story()
    before = stamp.current()
    publishing.archive(story, by=None, seen_version=story.version, reason="Not true")
    assert (story.state, public(), reason_of(story)) == ("archived", [], "Not true")
    assert stamp.current() > before
    with pytest.raises(PublishError):
        publishing.archive(story, by=None, seen_version=story.version, reason="Again")
    publishing.publish(story, by=None, update_note="Corrected", seen_version=story.version)
    assert (story.state, public(), story.publish_at) == ("live", ["Sepang is back"], MORNING)
    assert (story.live.update_note, story.archived_at) == ("Corrected", None)


def test_a_scheduled_story_that_is_taken_back_is_a_draft_again():
    story = make_story()
    stories.submit(story, by=None, seen_version=story.version)
    publishing.publish(story, by=None, at=TOMORROW, seen_version=story.version)
    publishing.archive(story, by=None, seen_version=story.version, reason="Too early")
    assert (story.state, story.publish_at, story.live) == ("draft", None, None)
    assert public(TOMORROW) == []


def test_what_somebody_typed_is_kept_as_theirs_when_another_person_takes_the_story_down():
    ada, bea, story = make.make_user("ada"), make.make_user("bea"), publish_story()
    stories.autosave(story, by=ada, typed={"standfirst": "Ada, typing"}, seen_version=story.version)
    publishing.archive(story, by=bea, seen_version=story.version, reason="Not true")
    kept = story.editions.first()
    assert (kept.standfirst, kept.saved_by, story.has_unsaved) == ("Ada, typing", ada, False)


def test_a_story_keeps_every_address_that_it_was_published_at():
    story = publish_story(headline="First")
    stories.save(story, by=None, typed={"slug": "second"}, seen_version=story.version)
    assert list(StoryAddress.objects.values_list("slug", flat=True)) == ["first"]
    assert story.get_absolute_url() == "/news/first/"
    publishing.publish(story, by=None, seen_version=story.version)
    publishing.publish(story, by=None, seen_version=story.version)
    assert list(StoryAddress.objects.values_list("slug", "story")) == [("first", story.pk), ("second", story.pk)]
    assert story.get_absolute_url() == "/news/second/"


def test_a_preview_keeps_only_the_hash_of_its_secret_and_can_be_revoked(settings):
    editor, story = make.make_user("ada"), make_story()
    preview, secret = publishing.make_preview(story, by=editor, days=2)
    assert secret not in str(vars(preview))
    assert (preview.secret_hash, preview.made_by) == (publishing.hash_of(secret), editor)
    assert list(story.previews.open()) == [preview]
    settings.SITE_NOW = NOON + timedelta(days=2)
    assert list(story.previews.open()) == []
    settings.SITE_NOW = NOON
    publishing.revoke_preview(preview)
    assert list(story.previews.open()) == []
