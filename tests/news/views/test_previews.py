from datetime import UTC, datetime, timedelta

import pytest

from news.services import publishing, stories
from tests.news_factories import make_story, make_topic, publish_story
from tests.reading import text_of

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 12, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.SITE_NOW = NOON


def test_a_preview_shows_the_draft_to_whoever_has_the_link_and_to_no_cache_or_search_engine(client):
    missing = '<figure data-block="event" data-ref="2030-31/nowhere"></figure>'
    story = make_story(topic=make_topic(), body=f"<p>First</p>{missing}")
    _, secret = publishing.make_preview(story, by=None)
    stories.autosave(story, by=None, typed={"headline": "Typed just now"}, seen_version=story.version)
    answer = client.get(f"/news/preview/{secret}/")
    text = text_of(answer)
    assert "Not published: the draft as of 9 December 2030, 12:00 UTC" in text
    assert "until 16 December 2030, 12:00 UTC" in text
    assert "Typed just now" in text
    assert "No event 2030-31/nowhere" in text
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert '<meta name="robots" content="noindex, nofollow">' in answer.text
    assert "og:image" not in answer.text


def test_a_preview_says_whether_readers_have_the_same(client):
    story = publish_story(at=None)
    _, secret = publishing.make_preview(story, by=None)
    address = f"/news/preview/{secret}/"
    assert "Just as published: the text as of 9 December 2030, 12:00 UTC" in text_of(client.get(address))
    story.refresh_from_db()
    stories.autosave(story, by=None, typed={"headline": "Typed just now"}, seen_version=story.version)
    assert "Not published: the draft as of 9 December 2030, 12:00 UTC" in text_of(client.get(address))


def test_a_preview_that_expired_or_was_revoked_or_guessed_is_not_found(client, settings):
    preview, secret = publishing.make_preview(make_story(), by=None)
    assert client.get(f"/news/preview/{preview.secret_hash}/").status_code == 404
    assert client.get("/news/preview/%00/").status_code == 404
    settings.SITE_NOW = NOON + timedelta(days=7)
    assert client.get(f"/news/preview/{secret}/").status_code == 404
    settings.SITE_NOW = NOON
    publishing.revoke_preview(preview)
    assert client.get(f"/news/preview/{secret}/").status_code == 404
