"""Pictures of the library in stories."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from championship.services import pictures
from championship.services.pictures import PictureInUseError
from news.models import Partner
from news.services import publishing, stories
from tests import factories as make
from tests.news_factories import make_story, publish_story
from tests.reading import queries_of

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 12, 9, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _noon(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_NOW = NOON


def block(picture, caption=""):
    inside = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure data-block="picture" data-ref="{picture.name}">{inside}</figure>'


def pictures_in(page):
    return re.findall(r'<img src="[^"]*?/pictures/([a-z2-7]{26})-(lead)?', page.text)


def test_a_story_has_one_large_picture_and_shows_others_in_its_text_with_their_credit(client):
    lead, inside = make.make_picture(shade=1), make.make_picture(shade=2, credit="A. Photographer")
    publish_story(lead_picture=lead, body=f"<p>a</p>{block(inside, 'The &amp; start')}")
    page = client.get("/news/sepang-is-back/")
    assert pictures_in(page) == [(lead.name, "lead"), (inside.name, "")]
    assert "story-tile" not in page.text
    assert page.text.count('fetchpriority="high"') == 1
    assert "The &amp; start. " in page.text
    assert "A. Photographer" in page.text
    assert pictures_in(client.get("/news/")) == [(lead.name, "lead")]
    feed = client.get("/feeds/news.atom").text
    assert f"http://testserver/pictures/{lead.name}-lead" in feed
    assert f"http://testserver/pictures/{inside.name}-" in feed


def test_a_picture_that_was_cut_anew_is_still_found_by_its_former_name(client):
    picture = make.make_picture()
    publish_story(body=block(picture))
    former = picture.name
    prepared = pictures.prepare_again(picture, focus=(10, 10))
    pictures.save(picture, prepared=prepared)
    assert picture.name != former
    assert pictures_in(client.get("/news/sepang-is-back/")) == [(picture.name, "")]


def test_a_picture_that_an_edition_shows_stays(client):
    lead, inside, unused = (make.make_picture(shade=shade) for shade in (1, 2, 3))
    make_story(lead_picture=lead, body=block(inside))
    for picture in (lead, inside):
        with pytest.raises(PictureInUseError):
            pictures.delete(picture)
    pictures.delete(unused)


def test_a_picture_that_is_not_there_shows_readers_nothing_and_editors_why(client):
    missing = '<figure data-block="picture" data-ref="aaaaaaaaaaaaaaaaaaaaaaaaaa"></figure>'
    story = publish_story(body=f"<p>a</p>{missing}")
    assert "aaaaaaaaaa" not in client.get("/news/sepang-is-back/").text
    _, secret = publishing.make_preview(story, by=None)
    assert "No picture aaaaaaaaaaaaaaaaaaaaaaaaaa in the library" in client.get(f"/news/preview/{secret}/").text


def test_more_pictures_take_no_more_queries(client):
    found = [make.make_picture(shade=shade) for shade in range(4)]
    publish_story(headline="One", lead_picture=found[0], body=block(found[1]))
    publish_story(headline="Three", lead_picture=found[0], body="".join(block(picture) for picture in found[1:]))
    assert queries_of(client, "/news/one/") == queries_of(client, "/news/three/") <= 6


def is_public(client, picture):
    answer = client.get(f"/pictures/{picture.name}-160.jpg")
    assert answer.status_code in (200, 404)
    return answer.status_code == 200


@pytest.fixture
def two():
    """A story's lead picture, and one in its text."""
    return make.make_picture(shade=1), make.make_picture(shade=2)


def make_with(two, **values):
    return make_story(lead_picture=two[0], body=f"<p>a</p>{block(two[1])}", **values)


def test_pictures_of_a_draft_or_in_review_are_not_public(client, two):
    story = make_with(two)
    assert [is_public(client, one) for one in two] == [False, False]
    stories.submit(story, by=None, seen_version=story.version)
    assert [is_public(client, one) for one in two] == [False, False]
    publish_story(story, at=None)
    assert [is_public(client, one) for one in two] == [True, True]


def test_pictures_of_a_scheduled_story_become_public_with_it(client, two, settings):
    publish_story(make_with(two), at=NOON + timedelta(hours=1))
    assert [is_public(client, one) for one in two] == [False, False]
    settings.SITE_NOW = NOON + timedelta(hours=1)
    assert [is_public(client, one) for one in two] == [True, True]


def test_pictures_respect_the_embargo(client, two, settings):
    story = make_with(two, embargo_until=NOON + timedelta(hours=2))
    publish_story(story, at=NOON + timedelta(hours=2))
    settings.SITE_NOW = NOON + timedelta(hours=2, minutes=-1)
    assert [is_public(client, one) for one in two] == [False, False]
    settings.SITE_NOW = NOON + timedelta(hours=2)
    assert [is_public(client, one) for one in two] == [True, True]


def test_pictures_of_a_story_that_was_taken_down_are_gone(client, two):
    story = publish_story(make_with(two))
    publishing.archive(story, by=None, seen_version=story.version, reason="Wrong")
    assert [is_public(client, one) for one in two] == [False, False]


def test_pictures_of_a_newer_draft_wait_for_its_publication_and_former_ones_go(client, two):
    story = publish_story(make_with(two))
    newer = make.make_picture(shade=3), make.make_picture(shade=4)
    typed = {"lead_picture": newer[0], "body": block(newer[1])}
    stories.autosave(story, by=None, typed=typed, seen_version=story.version)
    assert [is_public(client, one) for one in (*two, *newer)] == [True, True, False, False]
    stories.save(story, by=None, typed=typed, seen_version=story.version)
    assert [is_public(client, one) for one in (*two, *newer)] == [True, True, False, False]
    publishing.publish(story, by=None, seen_version=story.version)
    assert [is_public(client, one) for one in (*two, *newer)] == [False, False, True, True]


def test_a_preview_shows_the_pictures_of_the_draft_to_whoever_has_it_and_no_others(client, two, settings):
    story = make_with(two)
    other = make.make_picture(shade=3)
    preview, secret = publishing.make_preview(story, by=None)
    page = client.get(f"/news/preview/{secret}/").text
    found = re.findall(rf'<img src="(/news/preview/{secret}/pictures/[^"]*)"', page)
    assert [re.search("[a-z2-7]{26}", one)[0] for one in found] == [one.name for one in two]
    assert 'src="/pictures/' not in page
    for one in found:
        answer = client.get(one)
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/jpeg", "private, no-store")
        assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "no-referrer")
    assert client.get(f"/news/preview/{secret}/pictures/{other.name}-160.jpg").status_code == 404
    assert client.get(f"/news/preview/{preview.secret_hash}/pictures/{two[0].name}-160.jpg").status_code == 404
    publishing.revoke_preview(preview)
    assert client.get(found[0]).status_code == 404


def test_a_partner_shows_a_logo_from_the_first_to_the_last_day(client, settings):
    logo = make.make_picture()
    day = NOON.date()
    Partner.objects.create(name="Tyres", kind="Tyre partner", logo=logo, starts_on=day, ends_on=day)
    assert is_public(client, logo)
    settings.SITE_NOW = NOON + timedelta(days=1)
    assert not is_public(client, logo)
