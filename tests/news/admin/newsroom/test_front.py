"""What editors see first: what waits, what needs a look, what comes next."""

from datetime import timedelta

import pytest

from championship.models import Season
from news.services import publishing, stories
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import fields_of, send, signed_in
from tests.news.admin.newsroom.conftest import NOON
from tests.news_factories import MORNING, make_page, make_story, publish_story
from tests.reading import queries_of, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("season")]

FRONT = "/admin/newsroom/"


def lists(client):
    page = client.get(FRONT).context["page"]
    names = ("to_review", "to_look_at", "scheduled", "mine", "others", "published")
    return {name: [row.headline for row in getattr(page, name)] for name in names}


def person(client):
    return client.get("/admin/").wsgi_request.user


def test_each_story_stands_where_somebody_looks_for_it(editor, chief):
    eve, other = person(editor), person(chief)
    stories.create(by=eve, typed={"headline": "Of mine", "body": "<p>x</p>"})
    stories.create(by=other, typed={"headline": "Of another", "body": "<p>x</p>"})
    sent = make_story("Sent")
    stories.submit(sent, by=eve, seen_version=sent.version)
    later = make_story("Later")
    publishing.publish(later, by=other, at=NOON + timedelta(days=1), seen_version=later.version)
    publish_story(headline="Public")
    newer = publish_story(headline="Written on", at=MORNING - timedelta(hours=1))
    stories.save(newer, by=eve, typed={"standfirst": "New"}, seen_version=newer.version)
    gone = publish_story(headline="Gone")
    publishing.archive(gone, by=other, seen_version=gone.version, reason="x")
    assert lists(editor) == {
        "to_review": ["Sent"],
        "to_look_at": [],
        "scheduled": ["Later"],
        "mine": ["Written on", "Of mine"],
        "others": ["Of another"],
        "published": ["Public", "Written on"],
    }
    assert lists(chief)["mine"] == ["Of another"]
    text = text_of(editor.get(FRONT))
    assert "Written on Live, with a newer draft" in text
    assert "Sent Thu 5 Dec 2030, 12:00 UTC · eve" in text


def test_an_empty_newsroom_says_so_and_offers_to_write(editor):
    text = text_of(editor.get(FRONT))
    assert "Write a story" in text
    assert "Nothing waits." in text
    assert "No fact that a story mentions was changed since." in text
    assert "Nothing appears by itself." in text


def test_pages_of_the_site_are_shown_to_those_who_keep_them(editor, chief):
    about = make_page("About us")
    assert (lists(editor)["others"], lists(chief)["others"]) == ([], ["About us"])
    assert "Page · Written on" in text_of(chief.get(FRONT))
    assert editor.get(f"/admin/newsroom/{about.pk}/editions/").status_code == 403
    assert chief.get(f"/admin/newsroom/{about.pk}/editions/").status_code == 200


def test_old_drafts_are_counted(editor):
    for number in range(22):
        make_story(f"Draft {number}")
    assert "2 older drafts" in text_of(editor.get(FRONT))


def test_a_story_whose_result_was_amended_is_still_right_with_one_press(editor, settings):
    Season.objects.all().update(is_current=False)
    round_ = results.make_racing_season(slug="2031-32", rounds=1).rounds.get()
    settings.SITE_NOW = NOON + timedelta(days=400)
    results.publish_results(round_, ["7", "22", "99"], at=NOON)
    story = publish_story(at=NOON + timedelta(hours=1), links={"sessions": [round_.race_session]})
    results.publish_results(round_, ["22", "7", "99"], at=NOON + timedelta(hours=2), cause="Car 7: five seconds")
    assert "1 needs a look" in text_of(editor.get("/admin/"))
    answer = editor.get(FRONT)
    assert "Race 1: v2 was published, official: Car 7: five seconds Thu 5 Dec, 14:00 UTC" in text_of(answer)
    assert f'href="/2031-32/{round_.event.slug}/race-1/v2/"' in answer.text
    answer, _ = send(editor, f"/admin/newsroom/{story.pk}/looked/", fields_of(answer))
    assert answer.url == FRONT
    text = text_of(editor.get(FRONT))
    assert "“Sepang is back” still holds: you looked at what changed." in text
    assert lists(editor)["to_look_at"] == []
    assert "needs a look" not in text_of(editor.get("/admin/"))


def test_the_first_page_of_the_admin_leads_editors_here(editor):
    sent, later = make_story("Sent"), make_story("Later")
    stories.submit(sent, by=None, seen_version=sent.version)
    publishing.publish(later, by=None, at=NOON + timedelta(days=1), seen_version=later.version)
    text = text_of(editor.get("/admin/"))
    assert "Open the newsroom 1 waits for review Next: Later, Fri 6 Dec, 12:00 UTC" in text
    assert "Open the newsroom" not in text_of(signed_in("tim", "Timekeeper").get("/admin/"))


@pytest.mark.parametrize("address", ["", "agenda/"])
def test_the_newsroom_is_for_editors(address):
    assert signed_in("tim", "Timekeeper").get(FRONT + address).status_code == 403


@pytest.mark.parametrize("address", [FRONT, f"{FRONT}agenda/", "/admin/"])
def test_more_stories_cost_no_more_queries(chief, address):
    def add(number):
        sent, later = make_story(f"Sent {number}"), make_story(f"Later {number}")
        stories.submit(sent, by=None, seen_version=sent.version)
        publishing.publish(later, by=None, at=NOON + timedelta(days=number), seen_version=later.version)
        make_story(f"Draft {number}", embargo_until=NOON + timedelta(days=1))
        publish_story(headline=f"Public {number}")
        make.make_session(Season.objects.get().events.first(), f"race-{number}")

    add(1)
    one = queries_of(chief, address)
    add(2)
    add(3)
    assert queries_of(chief, address) == one
