"""Links for people without an account."""

from datetime import timedelta

import pytest

from news.models import StoryPreview
from news.services import publishing
from tests.championship.admin.posting import signed_in
from tests.news.admin.newsroom.conftest import NOON
from tests.news_factories import make_story
from tests.reading import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("season")]


def test_a_link_is_shown_once_works_and_is_revoked(editor, client):
    story = make_story()
    address = f"/admin/newsroom/{story.pk}/previews/"
    assert "None yet." in text_of(editor.get(address))
    answer = editor.post(address)
    link = answer.context["address"]
    assert f'value="{link}"' in answer.text
    path = link.removeprefix("http://testserver")
    assert "Sepang is back" in text_of(client.get(path))
    text = text_of(editor.get(address))
    assert link not in text
    assert "Works made Thu 5 Dec 2030, 12:00 UTC by eve, works until Thu 12 Dec 2030, 12:00 UTC" in text
    editor.post(f"{address}{StoryPreview.objects.get().pk}/revoke/")
    text = text_of(editor.get(address))
    assert "The link works no more." in text
    assert "Revoked made Thu 5 Dec 2030, 12:00 UTC by eve, revoked Thu 5 Dec 2030, 12:00 UTC" in text
    assert client.get(path).status_code == 404


def test_an_expired_link_says_so(editor, settings):
    story = make_story()
    publishing.make_preview(story, by=None, days=1)
    settings.SITE_NOW = NOON + timedelta(days=2)
    text = text_of(editor.get(f"/admin/newsroom/{story.pk}/previews/"))
    assert "Expired made Thu 5 Dec 2030, 12:00 UTC, worked until Fri 6 Dec 2030, 12:00 UTC" in text


def test_a_link_is_revoked_on_the_page_of_its_own_story_alone(editor):
    preview, _ = publishing.make_preview(make_story(), by=None)
    other = make_story("Other")
    assert editor.post(f"/admin/newsroom/{other.pk}/previews/{preview.pk}/revoke/").status_code == 404
    assert StoryPreview.objects.get().revoked_at is None


def test_previews_are_for_those_who_write():
    story = make_story()
    address = f"/admin/newsroom/{story.pk}/previews/"
    assert signed_in("tim", "Timekeeper").post(address).status_code == 403
    assert StoryPreview.objects.count() == 0
