"""Writing stories on the page of the admin: every field, everybody's rights, and two people at once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from championship.models import Session
from news.models import Story
from news.services import publishing, stories
from tests import factories as make
from tests.championship.admin.posting import fill, signed_in
from tests.news_factories import make_story, make_topic, publish_story

pytestmark = pytest.mark.django_db

ADD = "/admin/news/story/add/"
NOON = datetime(2030, 12, 7, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.SITE_NOW = NOON


@pytest.fixture
def ada():
    return signed_in("ada", "Editor")


def page_of(story: Story) -> str:
    return reverse("admin:news_story_change", args=[story.pk])


def test_every_field_is_saved_as_the_first_edition(ada):
    race_class = make.make_race_class(make.make_season())
    event = make.make_event(race_class.season)
    session = make.make_session(event, "race-1")
    entry, team = make.make_entry(race_class, "7"), make.make_team("alpha")
    driver, picture, other, topic = (
        make.make_driver("ada-racer"),
        make.make_picture(),
        make_story("Other"),
        make_topic(),
    )
    answer, _ = fill(
        ada,
        ADD,
        "story_form",
        headline="Sepang is back",
        neutral_headline="News from Sepang",
        standfirst="At last.",
        body='<h2>Why</h2><p onclick="x">Rain<script>alert(1)</script></p>',
        topic=topic.pk,
        byline="Ada Editor",
        lead_picture=picture.pk,
        embargo_until="2030-12-08T09:30",
        seasons=race_class.season_id,
        events=event.pk,
        sessions=session.pk,
        teams=team.pk,
        drivers=driver.pk,
        entries=entry.pk,
        related=other.pk,
    )
    story = Story.objects.get(headline="Sepang is back")
    assert answer.url == page_of(story)
    assert (story.slug, story.neutral_headline, story.standfirst) == ("sepang-is-back", "News from Sepang", "At last.")
    assert (story.body, story.topic, story.byline) == ("<h2>Why</h2><p>Rain</p>", topic, "Ada Editor")
    assert (story.lead_picture, story.embargo_until) == (picture, datetime(2030, 12, 8, 9, 30, tzinfo=UTC))
    edition = story.editions.get()
    assert {link.kind: link.subject for link in edition.links.all()} == {
        "season": race_class.season,
        "event": event,
        "session": session,
        "team": team,
        "driver": driver,
        "entry": entry,
        "related": other,
    }
    assert (edition.saved_by.username, story.state) == ("ada", "draft")
    assert "Saved as edition 1" in ada.get(answer.url).text


def test_a_save_is_the_next_edition_with_its_reason(ada):
    story = publish_story()
    answer, _ = fill(ada, page_of(story), "story_form", headline="Newer", change_reason="Typo", slug="newer")
    story.refresh_from_db()
    assert answer.status_code == 302
    assert (story.headline, story.slug, story.state) == ("Newer", "newer", "live_with_draft")
    assert story.editions.first().reason == story.history.first().history_change_reason == "Typo"
    assert ada.get("/news/sepang-is-back/").status_code == 200


def test_a_slug_that_is_emptied_stays(ada):
    story = make_story()
    fill(ada, page_of(story), "story_form", slug="", headline="Other words")
    story.refresh_from_db()
    assert (story.slug, story.headline) == ("sepang-is-back", "Other words")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"headline": ""}, "This field is required."),
        ({"headline": "x" * 121}, "120"),
        ({"slug": "other"}, "Another story or page has this address"),
        ({"slug": "topic"}, "topic"),
        ({"embargo_until": "2031-01-01T00:00"}, "Readers see this story already"),
    ],
)
def test_what_is_refused_says_why_and_keeps_the_text(ada, typed, message):
    make_story("Other")
    story = publish_story()
    answer, _ = fill(ada, page_of(story), "story_form", **{"body": "<p>Typed just now.</p>", **typed})
    assert answer.status_code == 200
    assert message in answer.text
    assert "Typed just now." in answer.context["adminform"].form["body"].value()
    story.refresh_from_db()
    assert (story.headline, story.editions_saved) == ("Sepang is back", 2)


def test_a_story_is_not_related_to_itself(ada):
    story = make_story()
    answer, _ = fill(ada, page_of(story), "story_form", related=story.pk)
    assert "This is the story itself" in answer.text


# --- rights -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "sees", "writes"),
    [("Editor", 200, 302), ("Chief editor", 200, 302), ("Timekeeper", 403, 403), ("Entries secretary", 403, 403)],
)
def test_editors_write_and_others_do_not_even_read(role, sees, writes):
    story = make_story()
    sent = {"headline": "x", "seen_version": story.version}
    client = signed_in("somebody", role)
    assert client.get(page_of(story)).status_code == client.get("/admin/news/story/").status_code == sees
    assert client.get(ADD).status_code == sees
    assert client.post(page_of(story), sent).status_code == writes
    assert client.post(ADD, {"headline": "y"}).status_code == writes


def test_nobody_deletes_a_story_or_turns_its_history_back():
    story = make_story()
    boss = signed_in("boss", "Chief editor")
    assert boss.post(reverse("admin:news_story_delete", args=[story.pk]), {"post": "yes"}).status_code == 403
    record = story.history.first()
    restore = reverse("admin:news_story_simple_history", args=[story.pk, record.pk])
    assert boss.post(restore, {"seen_version": story.version}).status_code == 403


# --- the list -----------------------------------------------------------------------------------------------------


def test_the_list_finds_stories_by_state_topic_and_words(ada):
    topic = make_topic()
    make_story("Draft")
    waiting = make_story("Waiting")
    stories.submit(waiting, by=None, seen_version=waiting.version)
    publish_story(headline="Live", topic=topic)
    newer = publish_story(headline="Newer")
    stories.autosave(newer, by=None, typed={"standfirst": "x"}, seen_version=newer.version)
    publish_story(headline="Later", at=datetime(2030, 12, 9, tzinfo=UTC))
    gone = publish_story(headline="Gone")
    publishing.archive(gone, by=None, seen_version=gone.version, reason="x")

    def listed(query: str) -> list[str]:
        return sorted(story.headline for story in ada.get(f"/admin/news/story/?{query}").context["cl"].result_list)

    assert {state: listed(f"state={state}") for state in Story.State.values} == {
        "draft": ["Draft"],
        "in_review": ["Waiting"],
        "scheduled": ["Later"],
        "live": ["Live"],
        "live_with_draft": ["Newer"],
        "archived": ["Gone"],
    }
    assert listed(f"topic__id__exact={topic.pk}") == ["Live"]
    assert listed("q=wait") == ["Waiting"]
    states = {story.headline: story.state for story in Story.objects.select_related("live")}
    assert states == {
        "Draft": "draft",
        "Waiting": "in_review",
        "Later": "scheduled",
        "Live": "live",
        "Newer": "live_with_draft",
        "Gone": "archived",
    }


def test_sessions_are_found_by_event_and_have_no_pages_of_their_own(ada):
    session = make.make_session(make.make_event(make.make_season()), "race-1")
    query = {"term": "race", "app_label": "news", "model_name": "story", "field_name": "sessions"}
    found = ada.get("/admin/autocomplete/", query).json()["results"]
    assert [(row["id"], row["text"]) for row in found] == [(str(session.pk), str(session))]
    assert Session.objects.count() == 1
    assert ada.get("/admin/championship/session/").status_code == 404
