"""The editions of a story: read one, compare two, bring one back, name one."""

from datetime import timedelta

import pytest

from championship.models import Event
from news.models import Milestone, Story
from news.services import publishing, stories
from tests.championship.admin.posting import fields_of, send
from tests.news.admin.newsroom.conftest import NOON
from tests.news_factories import MORNING, make_story, publish_story
from tests.reading import queries_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("season")]


@pytest.fixture
def story(season):
    """Published in the morning (2 editions), then written on twice."""
    found = publish_story(links={"events": season.events.filter(slug="sepang")})
    first = {"headline": "Sepang returns", "body": "<p>Sepang is back, at last.</p>"}
    stories.save(found, by=None, typed=first, seen_version=found.version, reason="Shorter")
    second = {"body": "<p>Sepang is <strong>back</strong>, at last.</p>"}
    events = Event.objects.filter(slug="dubai")
    stories.save(found, by=None, typed=second, links={"events": events}, seen_version=found.version)
    return found


def at(story, rest=""):
    return f"/admin/newsroom/{story.pk}/editions/{rest}"


def seen(client, story):
    return [(row.number, row.seen, row.is_live) for row in client.get(at(story)).context["editions"]]


def test_the_list_says_what_readers_saw_and_when(editor, story, settings):
    live = "Readers see it since 1 December 2030, 06:00 UTC"
    assert seen(editor, story) == [(4, "", False), (3, "", False), (2, live, True), (1, "", False)]
    settings.SITE_NOW = NOON + timedelta(hours=1)
    publishing.publish(story, by=None, seen_version=story.version, update_note="Corrected")
    since = "Readers see it since 5 December 2030, 13:00 UTC"
    assert seen(editor, story)[0] == (5, since, True)
    assert seen(editor, story)[3] == (2, "Readers saw it from 1 December 2030, 06:00 UTC", False)
    assert f"{since}, with the note “Corrected”." in text_of(editor.get(at(story)))
    settings.SITE_NOW = NOON + timedelta(hours=2)
    publishing.archive(story, by=None, seen_version=story.version, reason="x")
    assert seen(editor, story)[0] == (5, "Readers saw it until 5 December 2030, 14:00 UTC", False)


def test_the_list_says_what_never_appeared(editor):
    story = make_story()
    for days in (1, 2):
        publishing.publish(story, by=None, at=NOON + timedelta(days=days), seen_version=story.version)
    assert [words for _, words, _ in seen(editor, story)] == [
        "Readers see it from 7 December 2030, 12:00 UTC",
        "It was to appear 6 December 2030, 12:00 UTC; edition 3 came before that",
        "",
    ]
    publishing.archive(story, by=None, seen_version=story.version, reason="x")
    assert seen(editor, story)[0][1] == "It was to appear 7 December 2030, 12:00 UTC, and was taken back"


def test_an_edition_is_shown_as_it_read(editor, story):
    text = text_of(editor.get(at(story, "2/")))
    assert "Sepang is back, at length." in text
    assert "Event: 4 Hours of Sepang 2030/31" in text
    assert "Bring it back as the working copy" in text
    assert "The working copy says the same." in text_of(editor.get(at(story, "4/")))
    assert editor.get(at(story, "9/")).status_code == 404


def test_two_editions_are_compared_word_by_word(editor, story):
    answer = editor.get(f"/admin/newsroom/{story.pk}/compare/?from=2&to=3")
    text = text_of(answer)
    assert "From edition 2 to edition 3" in text
    assert "Headline Sepang removed: is back end of removed added: returns end of added" in text
    assert "Sepang is back, at removed: length end of removed added: last end of added." in text
    assert "<del>" in answer.text
    assert "<ins>" in answer.text


def test_at_first_what_readers_see_is_compared_with_what_is_written(editor, story):
    comparison = editor.get(f"/admin/newsroom/{story.pk}/compare/").context["comparison"]
    assert (comparison.older.number, comparison.newer.number) == (2, 0)
    assert (comparison.links_gone, comparison.links_new) == (
        ("Event: 4 Hours of Sepang 2030/31",),
        ("Event: 4 Hours of Dubai 2030/31",),
    )


def test_what_only_looks_different_and_what_is_the_same_is_said(editor, story):
    compare = f"/admin/newsroom/{story.pk}/compare/"
    text = text_of(editor.get(f"{compare}?from=3&to=4"))
    assert "The words of the text are the same: only bold, italics or the kind of a line differ." in text
    assert "They say the same." in text_of(editor.get(f"{compare}?from=4&to=0"))
    assert editor.get(f"{compare}?from=9&to=0").status_code == 404
    assert editor.get(f"{compare}?from=x&to=²").context["comparison"].older.number == 2


def test_an_edition_comes_back_and_nothing_is_lost(editor, story):
    stories.autosave(story, by=None, typed={"headline": "Typed just now"}, seen_version=story.version)
    answer, _ = send(editor, at(story, "2/restore/"), fields_of(editor.get(at(story, "2/"))))
    assert answer.url == at(story)
    text = text_of(editor.get(at(story)))
    assert "Edition 2 is the working copy again, as edition 6. Nothing is lost" in text
    story = Story.objects.get()
    assert (story.headline, story.state) == ("Sepang is back", "live_with_draft")
    assert story.editions.get(number=5).headline == "Typed just now"


def test_an_edition_does_not_come_back_over_what_somebody_wrote_meanwhile(editor, story):
    fields = fields_of(editor.get(at(story, "2/")))
    stories.save(story, by=None, typed={"headline": "Another"}, seen_version=story.version)
    answer, _ = send(editor, at(story, "2/restore/"), fields)
    assert answer.status_code == 409
    assert "Bring edition 2 back all the same" in text_of(answer)
    assert Story.objects.get().headline == "Another"
    send(editor, at(story, "2/restore/"), fields_of(answer))
    assert Story.objects.get().headline == "Sepang is back"


def test_an_edition_gets_a_name_another_one_and_none(editor, story):
    def call(name):
        editor.post(at(story, "3/milestone/"), {"name": name})
        return text_of(editor.get(at(story)))

    assert "Edition 3 is called “As sent to the team”." in call("As sent to the team")
    assert "Edition 3 As sent to the team" in text_of(editor.get(at(story)))
    assert "The name is not saved: Ensure this value has at most 60 characters" in call("x" * 61)
    assert Milestone.objects.get().named_by.username == "eve"
    assert "Edition 3 has no name any more." in call("")
    assert Milestone.objects.count() == 0


def test_more_editions_cost_no_more_queries(chief, story):
    pages = [f"/admin/newsroom/{story.pk}/{name}/" for name in ("compare", "publish")]
    for address in (at(story), at(story, "2/"), *pages):
        before = queries_of(chief, address)
        stories.save(story, by=None, typed={"standfirst": address}, seen_version=story.version)
        publishing.publish(story, by=None, seen_version=story.version)
        stories.save(story, by=None, typed={"standfirst": "x"}, seen_version=story.version)
        assert queries_of(chief, address) == before
    assert story.publish_at == MORNING
