from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from championship import stamp
from championship.services.saving import StaleVersionError
from news.models import Milestone, Story, StoryEdition
from news.services import publishing, stories
from tests import factories as make
from tests.news_factories import make_story, make_topic, publish_story

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 12, 7, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.SITE_NOW = NOON


def subjects(edition):
    return [(link.kind, str(link.subject), link.in_block) for link in edition.links.all()]


def test_a_new_story_has_a_slug_from_its_headline_an_edition_and_a_history():
    editor = make.make_user("ada")
    story = stories.create(by=editor, typed={"headline": "Größe & Glück: Sepang"}, reason="Idea")
    assert (story.slug, story.state, story.editions_saved) == ("grosse-gluck-sepang", "draft", 1)
    edition = story.editions.get()
    assert (edition.headline, edition.saved_by, edition.saved_at) == (story.headline, editor, NOON)
    record = story.history.get()
    assert (record.history_user, record.history_change_reason) == (editor, "Idea")


def test_a_slug_is_free_or_gets_a_number():
    assert [make_story("Back").slug for _ in range(3)] == ["back", "back-2", "back-3"]
    assert make_story("Topic").slug == "topic-2"
    assert make_story("東京").slug == "story"


def test_a_slug_that_a_story_once_had_is_not_given_again():
    story = publish_story(headline="Back")
    stories.save(story, by=None, typed={"slug": "moved"}, seen_version=story.version)
    publishing.publish(story, by=None, seen_version=story.version)
    assert make_story("Back").slug == "back-2"
    with pytest.raises(ValidationError, match="published at this address"):
        make_story("Other", slug="back")


def test_a_story_without_a_headline_is_refused():
    with pytest.raises(ValidationError):
        stories.create(by=None, typed={"headline": ""})
    assert not Story.objects.exists()


def test_a_save_freezes_texts_links_and_what_the_blocks_show():
    season = make.make_season()
    race_class = make.make_race_class(season)
    make.make_title(race_class, "teams")
    event = make.make_event(season)
    make.make_session(event, "race-1")
    make.make_entry(race_class, "7")
    team, other = make.make_team("alpha"), make_story("Other")
    blocks = [
        ("result", "2030-31/sepang/race-1"),
        ("standings", "2030-31/lmp2-teams"),
        ("chart", "2030-31/lmp3-teams"),
        ("plate", "2030-31/7"),
        ("event", "2030-31/sepang"),
        ("event", "2030-31/nowhere"),
    ]
    story = make_story()
    edition = stories.save(
        story,
        by=None,
        typed={"body": "".join(f'<figure data-block="{kind}" data-ref="{ref}"></figure>' for kind, ref in blocks)},
        links={"teams": [team], "events": [event], "related": [other]},
        seen_version=story.version,
    )
    assert (edition.number, story.editions_saved, edition.public_from) == (2, 2, None)
    assert subjects(edition) == [
        ("event", str(event), False),
        ("team", "Alpha", False),
        ("related", "Other", False),
        ("session", "4 Hours of Sepang, Race 1", True),
        ("title", "LMP2 Teams 2030/31", True),
        ("entry", str(season.entries.get()), True),
        ("event", str(event), True),
    ]


def test_a_text_is_sanitised_on_every_way_into_the_database():
    evil = '<p onclick="x">Hi<script>alert(1)</script></p>'
    story = make_story(body=evil)
    assert story.body == "<p>Hi</p>"
    stories.autosave(story, by=None, typed={"body": f"{evil}2"}, seen_version=story.version)
    assert story.body == "<p>Hi</p>2"
    story.body = evil
    story.save()
    Story.objects.filter(pk=story.pk).update(standfirst="x", body=f"{evil}3")
    story.refresh_from_db()
    assert story.body == "<p>Hi</p>3"


def test_a_stale_save_is_refused_whichever_way_it_comes():
    story = make_story()
    seen = story.version
    stories.save(story, by=None, typed={"headline": "First"}, seen_version=seen)
    attempts = [
        lambda: stories.save(story, by=None, typed={"headline": "Second"}, seen_version=seen),
        lambda: stories.autosave(story, by=None, typed={"headline": "Second"}, seen_version=seen),
        lambda: stories.submit(story, by=None, seen_version=seen),
        lambda: stories.restore(story, story.editions.last(), by=None, seen_version=seen),
        lambda: publishing.publish(story, by=None, seen_version=seen),
        lambda: publishing.archive(story, by=None, seen_version=seen, reason="x"),
    ]
    for attempt in attempts:
        with pytest.raises(StaleVersionError) as refused:
            attempt()
        assert refused.value.current.headline == "First"
    story.refresh_from_db()
    assert (story.headline, story.editions.count(), story.state) == ("First", 2, "draft")


def test_autosave_keeps_the_text_without_an_edition_a_history_row_or_a_word_to_readers():
    editor, topic, story = make.make_user("ada"), make_topic(), publish_story()
    before = (story.history.count(), stamp.current(), story.version)
    typed = {"headline": "", "standfirst": "Newer", "slug": "elsewhere", "topic": topic}
    version = stories.autosave(story, by=editor, typed=typed, seen_version=story.version)
    assert (story.history.count(), stamp.current(), version) == (before[0], before[1], before[2] + 1)
    assert (story.headline, story.slug, story.standfirst) == ("Sepang is back", "sepang-is-back", "Newer")
    assert (story.topic, story.edited_by, story.has_unsaved) == (topic, editor, True)
    assert (story.state, story.live.standfirst) == ("live_with_draft", "About: Sepang is back.")


def test_writing_a_draft_tells_no_cache():
    story = make_story(links={"seasons": [make.make_season()]})
    before = stamp.current()
    stories.save(story, by=None, typed={"headline": "Newer"}, links={"seasons": []}, seen_version=story.version)
    assert stamp.current() == before
    make_topic()
    assert stamp.current() > before


def test_autosave_refuses_what_has_no_room():
    story = make_story()
    with pytest.raises(ValidationError, match="120"):
        stories.autosave(story, by=None, typed={"headline": "x" * 121}, seen_version=story.version)


def test_a_field_that_no_story_has_is_a_mistake_of_the_program():
    story = make_story()
    with pytest.raises(TypeError, match="heading"):
        stories.save(story, by=None, typed={"heading": "x"}, seen_version=story.version)
    with pytest.raises(TypeError, match="cars"):
        stories.save(story, by=None, typed={}, links={"cars": []}, seen_version=story.version)


def test_a_story_goes_to_review_and_back():
    story = make_story()
    stories.submit(story, by=None, seen_version=story.version)
    assert (story.state, story.history.first().history_change_reason) == ("in_review", "Sent to review")
    stories.take_back(story, by=None, seen_version=story.version, reason="Too long")
    assert (story.state, story.history.first().history_change_reason) == ("draft", "Too long")
    stories.mark_looked(story, by=None, seen_version=story.version)
    assert story.looked_at == NOON


def test_an_edition_comes_back_with_its_links_and_nothing_typed_since_is_lost():
    team = make.make_team("alpha")
    story = make_story(links={"teams": [team]})
    first = story.editions.get()
    stories.save(story, by=None, typed={"headline": "Second"}, links={"teams": []}, seen_version=story.version)
    stories.autosave(story, by=None, typed={"headline": "Third"}, seen_version=story.version)
    edition = stories.restore(story, first, by=None, seen_version=story.version)
    assert [row.headline for row in story.editions.all()] == ["Sepang is back", "Third", "Second", "Sepang is back"]
    assert (story.headline, list(story.teams.all()), edition.number) == ("Sepang is back", [team], 4)
    again = stories.restore(story, edition, by=None, seen_version=story.version)
    assert again.number == 5
    with pytest.raises(ValueError, match="another story"):
        stories.restore(make_story("Other"), first, by=None, seen_version=1)


def test_an_edition_gets_a_name_another_and_none():
    editor, edition = make.make_user("ada"), make_story().editions.get()
    assert stories.name_milestone(edition, name=" ", by=editor) is None
    stories.name_milestone(edition, name=" To the lawyers ", by=editor)
    milestone = stories.name_milestone(edition, name="Cleared", by=None)
    assert (milestone.name, milestone.named_at, milestone.named_by) == ("Cleared", NOON, None)
    assert [row.name for row in Milestone.history.all()] == ["Cleared", "To the lawyers"]
    stories.name_milestone(edition, name="", by=editor)
    assert not Milestone.objects.exists()
    assert StoryEdition.objects.count() == 1


def test_an_embargo_cannot_hide_what_readers_see():
    story = publish_story()
    later = NOON + timedelta(days=1)
    with pytest.raises(ValidationError, match="take it down first"):
        stories.save(story, by=None, typed={"embargo_until": later}, seen_version=story.version)
    draft = make_story("Draft")
    stories.save(draft, by=None, typed={"embargo_until": later}, seen_version=draft.version)
    assert draft.embargo_until == later


@pytest.mark.parametrize(
    ("stored", "typed"), [(None, NOON - timedelta(hours=1)), (NOON - timedelta(hours=1), None)], ids=["set", "emptied"]
)
def test_a_save_does_not_change_since_when_readers_see_it(stored, typed):
    story = publish_story(embargo_until=stored, at=NOON - timedelta(minutes=30) if stored else NOON - timedelta(days=9))
    if stored:
        Story.everything.filter(pk=story.pk).update(publish_at=NOON - timedelta(days=9))
        story.refresh_from_db()
    since = story.public_from
    with pytest.raises(ValidationError, match="since when"):
        stories.save(story, by=None, typed={"embargo_until": typed}, seen_version=story.version)
    assert Story.objects.get().public_from == since


def test_a_save_does_not_show_readers_what_an_embargo_held(settings):
    story = publish_story(make_story(), at=NOON + timedelta(minutes=5))
    held = {"embargo_until": NOON + timedelta(days=1)}
    stories.save(story, by=None, typed=held, seen_version=story.version)
    settings.SITE_NOW = NOON + timedelta(minutes=10)
    with pytest.raises(ValidationError, match="at once"):
        stories.save(story, by=None, typed={"embargo_until": None}, seen_version=story.version)
    assert not Story.objects.published().exists()
    stories.save(story, by=None, typed=held, seen_version=story.version)


def test_what_another_person_typed_becomes_an_edition_of_theirs_before_it_is_written_over():
    ada, bea = make.make_user("ada"), make.make_user("bea")
    verbs = {
        "save": lambda story: stories.save(story, by=ada, typed={"standfirst": "Ada"}, seen_version=story.version),
        "autosave": lambda story: stories.autosave(
            story, by=ada, typed={"standfirst": "Ada"}, seen_version=story.version
        ),
        "restore": lambda story: stories.restore(
            story, story.editions.get(number=1), by=ada, seen_version=story.version
        ),
    }
    marks = (stories.submit, stories.take_back, stories.mark_looked)
    verbs |= {mark.__name__: lambda story, mark=mark: mark(story, by=ada, seen_version=story.version) for mark in marks}
    for name, verb in verbs.items():
        story = make_story(name)
        stories.autosave(story, by=bea, typed={"standfirst": "Bea"}, seen_version=story.version)
        verb(story)
        kept = story.editions.get(number=2)
        assert (kept.standfirst, kept.saved_by, kept.reason) == ("Bea", bea, stories.KEPT), name


def test_own_typing_needs_no_edition_before_it_goes_on():
    ada, story = make.make_user("ada"), make_story()
    for words in ("One", "One, two"):
        stories.autosave(story, by=ada, typed={"standfirst": words}, seen_version=story.version)
    assert story.editions.count() == 1
    stories.save(story, by=ada, typed={"standfirst": "One, two, three"}, seen_version=story.version)
    assert [edition.standfirst for edition in story.editions.order_by("number")] == [
        "About: Sepang is back.",
        "One, two, three",
    ]


def test_autosave_of_what_is_stored_already_changes_nothing():
    story = publish_story()
    seen = story.version
    assert stories.autosave(story, by=None, typed={"headline": story.headline}, seen_version=seen) == seen
    assert (story.has_unsaved, story.state) == (False, "live")


def test_a_request_that_comes_twice_is_no_conflict_unless_somebody_came_between():
    ada, bea, story = make.make_user("ada"), make.make_user("bea"), make_story()
    seen, typed = story.version, {"standfirst": "Ada"}
    version = stories.autosave(story, by=ada, typed=typed, seen_version=seen)
    assert stories.autosave(story, by=ada, typed=typed, seen_version=seen) == version
    with pytest.raises(StaleVersionError):
        stories.autosave(story, by=bea, typed=typed, seen_version=seen)
    with pytest.raises(StaleVersionError):
        stories.autosave(story, by=ada, typed={"standfirst": "Ada, later"}, seen_version=seen)
