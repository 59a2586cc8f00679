"""Writing stories on the page of the admin: every field, everybody's rights, and two people at once."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from championship.models import Session
from championship.selectors.pictures import picture_uses
from championship.services import pictures
from championship.services.pictures import PictureInUseError
from news.models import Story
from news.services import publishing, stories
from tests import factories as make
from tests.championship.admin.posting import fields_of, fill, send, signed_in
from tests.news_factories import make_page, make_story, make_topic, publish_story
from tests.reading import queries_of

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
        ({"embargo_until": "9999-12-31T23:59"}, "There is no such day on all clocks"),
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


def test_a_long_list_costs_what_a_short_one_costs(ada):
    bea = make.make_user("bea")
    first = publish_story(headline="One", topic=make_topic())
    stories.save(first, by=bea, typed={"standfirst": "x"}, seen_version=first.version)
    one = queries_of(ada, "/admin/news/story/")
    for words in ("Two", "Three"):
        story = publish_story(headline=words, topic=make_topic(words.lower()))
        stories.save(story, by=make.make_user(words), typed={"standfirst": "x"}, seen_version=story.version)
    assert queries_of(ada, "/admin/news/story/") == one


def test_sessions_are_found_by_event_and_have_no_pages_of_their_own(ada):
    session = make.make_session(make.make_event(make.make_season()), "race-1")
    query = {"term": "race", "app_label": "news", "model_name": "story", "field_name": "sessions"}
    found = ada.get("/admin/autocomplete/", query).json()["results"]
    assert [(row["id"], row["text"]) for row in found] == [(str(session.pk), str(session))]
    assert Session.objects.count() == 1
    assert ada.get("/admin/championship/session/").status_code == 404


# --- two people, and typing that is saved by itself ---------------------------------------------------------------


def autosave_of(story: Story) -> str:
    return reverse("admin:news_story_autosave", args=[story.pk])


def conflict_of(answer) -> dict[str, tuple[str | None, str, str]]:
    return {row.label: (row.mine, row.theirs, row.last_change.who) for row in answer.context["differences"]}


def test_autosave_keeps_the_text_and_answers_with_the_version(ada):
    story = publish_story()
    sent = {"seen_version": story.version, "body": "<p>New.<script>x</script></p>", "headline": "", "slug": "elsewhere"}
    answer = ada.post(autosave_of(story), sent)
    story.refresh_from_db()
    assert answer.json() == {"version": story.version}
    assert (story.body, story.headline, story.slug) == ("<p>New.</p>", "Sepang is back", "sepang-is-back")
    assert (story.has_unsaved, story.editions_saved, story.edited_by.username) == (True, 2, "ada")
    # The answer was lost, so the same comes again.
    assert ada.post(autosave_of(story), sent).json() == {"version": story.version}


def test_autosave_that_comes_too_late_says_who_was_faster_and_keeps_theirs(ada):
    story, bea = make_story(), make.make_user("bea")
    seen = story.version
    stories.save(story, by=bea, typed={"headline": "Theirs"}, seen_version=seen)
    answer = ada.post(autosave_of(story), {"seen_version": seen, "headline": "Mine"})
    assert (answer.status_code, answer.json()) == (409, {"who": "bea", "at": "2030-12-07T12:00:00Z"})
    story.refresh_from_db()
    assert (story.headline, story.has_unsaved) == ("Theirs", False)


def test_autosave_refuses_what_has_no_room_and_who_may_not_write(ada):
    story = make_story()
    answer = ada.post(autosave_of(story), {"seen_version": story.version, "byline": "x" * 101})
    assert (answer.status_code, "Byline: " in answer.json()["message"]) == (422, True)
    answer = ada.post(autosave_of(story), {"seen_version": story.version, "headline": "x" * 121})
    assert (answer.status_code, "Headline: " in answer.json()["message"]) == (422, True)
    answer = ada.post(autosave_of(story), {"seen_version": story.version, "headline": " ", "byline": "Ada"})
    assert answer.json() == {"version": story.version + 1}
    assert signed_in("tim", "Timekeeper").post(autosave_of(story), {}).status_code == 403
    assert ada.get(autosave_of(story)).status_code == 405
    assert ada.post("/admin/news/story/999999/autosave/", {}).status_code == 404


def test_a_save_that_comes_too_late_shows_both_and_keeps_what_was_typed(ada):
    story, bea = make_story(body="<p>Before.</p>"), make.make_user("bea")
    fields = fields_of(ada.get(page_of(story)), "story_form")
    stories.save(
        story, by=bea, typed={"body": "<p>Theirs.</p>", "standfirst": "New."}, seen_version=story.version, links={}
    )
    answer, _ = send(ada, page_of(story), fields, body="<p>Mine.</p>")
    assert conflict_of(answer) == {"Text": ("Mine.", "Theirs.", "bea"), "Standfirst": (None, "New.", "bea")}
    runs = [(run.how, run.text) for line in answer.context["adminform"].form.text_differences for run in line.runs]
    assert runs == [("removed", "Mine"), ("added", "Theirs"), ("same", ".")]
    assert "<del" in answer.text
    kept = fields_of(answer, "story_form")
    assert (kept["body"], kept["standfirst"]) == ("<p>Mine.</p>", "New.")
    story.refresh_from_db()
    assert story.body == "<p>Theirs.</p>"
    assert ada.post(page_of(story), kept).status_code == 302
    assert [edition.body for edition in story.editions.order_by("number")] == [
        "<p>Before.</p>",
        "<p>Theirs.</p>",
        "<p>Mine.</p>",
    ]


@pytest.mark.parametrize("is_saved", [True, False], ids=["saved", "only typed"])
def test_whoever_is_taken_the_other_text_becomes_an_edition(ada, is_saved):
    bea = make.make_user("bea")
    for choice in ("_save", "_take_theirs"):
        story = make_story(choice.strip("_"), body="<p>Before.</p>")
        fields = fields_of(ada.get(page_of(story)), "story_form")
        by_bea = stories.save if is_saved else stories.autosave
        by_bea(story, by=bea, typed={"body": "<p>Theirs.</p>"}, seen_version=story.version)
        answer, _ = send(ada, page_of(story), fields, body="<p>Mine.</p>")
        ada.post(page_of(story), fields_of(answer, "story_form") | {choice: "1"})
        bodies = [edition.body for edition in story.editions.order_by("number")]
        taken = ["<p>Theirs.</p>", "<p>Mine.</p>"]
        assert bodies == ["<p>Before.</p>", *taken, *([taken[0]] if choice == "_take_theirs" else [])]
        story.refresh_from_db()
        assert story.body == bodies[-1]


def test_taking_theirs_when_they_saved_once_more_shows_what_is_there_now(ada):
    story, bea = make_story(body="<p>Before.</p>"), make.make_user("bea")
    fields = fields_of(ada.get(page_of(story)), "story_form")
    stories.save(story, by=bea, typed={"body": "<p>Theirs.</p>"}, seen_version=story.version)
    answer, _ = send(ada, page_of(story), fields, body="<p>Mine.</p>")
    stories.save(story, by=bea, typed={"body": "<p>Theirs, later.</p>"}, seen_version=story.version)
    again = ada.post(page_of(story), fields_of(answer, "story_form") | {"_take_theirs": "1"})
    assert conflict_of(again)["Text"] == ("Mine.", "Theirs, later.", "bea")
    assert story.editions.count() == 3


def test_a_newsdesk_verb_between_opening_and_saving_is_a_conflict_too(ada):
    story = make_story()
    fields = fields_of(ada.get(page_of(story)), "story_form")
    publishing.publish(story, by=None, seen_version=story.version)
    answer, _ = send(ada, page_of(story), fields, headline="Mine")
    assert answer.context["stale"]
    assert (Story.objects.get().headline, Story.objects.get().state) == ("Sepang is back", "live")


# --- pictures -----------------------------------------------------------------------------------------------------


def test_a_picture_that_is_only_typed_stays_and_its_uses_name_the_story_once(ada):
    picture, story = make.make_picture(), make_story()
    block = f'<figure data-block="picture" data-ref="{picture.name}"></figure>'
    ada.post(autosave_of(story), {"seen_version": story.version, "body": block})
    with pytest.raises(PictureInUseError, match=r"is in use: Sepang is back\. Take"):
        pictures.delete(picture)
    assert [(use.kind, use.name) for use in picture_uses(picture)] == [("Story", "Sepang is back")]
    story.refresh_from_db()
    stories.save(story, by=None, typed={"lead_picture": picture}, seen_version=story.version)
    assert [(use.kind, use.name) for use in picture_uses(picture)] == [("Story", "Sepang is back")]
    page = signed_in("boss", "Chief editor").get(reverse("admin:championship_picture_change", args=[picture.pk]))
    assert f'href="{page_of(story)}"' in page.text


def test_a_picture_that_was_typed_and_taken_out_again_may_go(ada):
    picture, story = make.make_picture(), make_story()
    block = f'<figure data-block="picture" data-ref="{picture.name}"></figure>'
    ada.post(autosave_of(story), {"seen_version": story.version, "body": block})
    story.refresh_from_db()
    ada.post(autosave_of(story), {"seen_version": story.version, "body": "<p>None.</p>"})
    pictures.delete(picture)


def test_a_page_that_shows_a_picture_is_led_to_from_its_uses():
    picture, page = make.make_picture(), make_page()
    boss = signed_in("boss", "Chief editor")
    block = f'<figure data-block="picture" data-ref="{picture.name}"></figure>'
    address = reverse("admin:news_page_autosave", args=[page.pk])
    assert boss.post(address, {"seen_version": page.version, "body": block}).status_code == 200
    (use,) = picture_uses(picture)
    answer = boss.get(page_of(use.row))
    assert answer.url == reverse("admin:news_page_change", args=[page.pk])
    assert boss.get("/admin/news/story/999999/change/").url == "/admin/"
