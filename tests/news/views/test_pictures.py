"""Pictures of the library in stories."""

import re
from datetime import UTC, datetime

import pytest

from championship.services import pictures
from championship.services.pictures import PictureInUseError
from news.services import publishing
from tests import factories as make
from tests.news_factories import make_story, publish_story
from tests.reading import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.SITE_NOW = datetime(2030, 12, 9, 12, tzinfo=UTC)


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
