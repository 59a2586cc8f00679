"""Pages and partners in the admin: written by chief editors, with the page and the history of stories."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from news.models import Page, Partner, Story
from news.services import publishing
from tests import factories as make
from tests.championship.admin.posting import fields_of, fill, send, signed_in
from tests.news_factories import make_page, make_story
from tests.reading import text_of

pytestmark = pytest.mark.django_db

ADD = "/admin/news/page/add/"
LIST = "/admin/news/page/"


@pytest.fixture(autouse=True)
def _noon(settings):
    settings.SITE_NOW = datetime(2030, 12, 7, 12, tzinfo=UTC)


@pytest.fixture
def chief():
    return signed_in("chief", "Chief editor")


def page_of(page: Story) -> str:
    return reverse("admin:news_page_change", args=[page.pk])


def test_a_chief_editor_writes_a_page_and_it_has_an_edition_and_a_history(chief):
    typed = {"headline": "Tickets", "standfirst": "At the gate.", "body": "<p>Ask.</p>", "footer_place": "20"}
    answer, _ = fill(chief, ADD, "page_form", **typed)
    page = Page.objects.get()
    assert answer.url.startswith(page_of(page))
    assert (page.slug, page.footer_place, page.topic, page.byline) == ("tickets", 20, None, "")
    assert (page.editions.get().headline, page.state) == ("Tickets", Story.State.DRAFT)
    fill(chief, page_of(page), "page_form", headline="Tickets and travel", change_reason="Travel too")
    page.refresh_from_db()
    assert (page.headline, page.editions_saved) == ("Tickets and travel", 2)
    assert [row.history_change_reason for row in page.history.all()] == ["Travel too", "Made"]
    assert [str(row.history_user) for row in page.history.all()] == ["chief", "chief"]


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("news", "“news” is an address of the site itself"),
        ("2023-24", "“2023-24” is the address of a season"),
        ("sepang-is-back", "Another story or page has this address"),
        ("about", "Another story or page has this address"),
    ],
)
def test_an_address_that_is_taken_is_refused_when_it_is_typed(chief, slug, message):
    make_story()
    make_page()
    answer, _ = fill(chief, ADD, "page_form", headline="Tickets", slug=slug, body="<p>Typed just now.</p>")
    assert message in answer.text
    assert "Typed just now." in answer.text
    assert Page.objects.count() == 1


def test_a_page_that_is_called_like_a_season_gets_an_address_beside_it(chief):
    fill(chief, ADD, "page_form", headline="2023/24", body="<p>What was.</p>")
    assert Page.objects.get().slug == "2023-24-2"


def test_pages_and_stories_are_never_in_each_others_list(chief):
    page, story = make_page("Zyzzyva"), make_story("Quagga")
    lists = {kind: chief.get(f"/admin/news/{kind}/").text for kind in ("page", "story")}
    assert {kind: ("Zyzzyva" in text, "Quagga" in text) for kind, text in lists.items()} == {
        "page": (True, False),
        "story": (False, True),
    }
    for address in (f"/admin/news/story/{page.pk}/change/", f"/admin/news/page/{story.pk}/change/"):
        assert chief.get(address).status_code == 302
    related = {"app_label": "news", "model_name": "story", "field_name": "related", "term": "a"}
    suggested = [one["text"] for one in chief.get("/admin/autocomplete/", related).json()["results"]]
    assert suggested == ["Quagga"]


def test_a_page_is_kept_as_it_is_typed_published_updated_and_taken_down_with_the_one_button(chief, client):
    page = make_page()
    kept = chief.post(f"/admin/news/page/{page.pk}/autosave/", {"body": "<p>Typed.</p>", "seen_version": page.version})
    assert kept.json() == {"version": page.version + 1}
    publish = f"/admin/newsroom/{page.pk}/publish/"
    answer = chief.get(publish)
    assert answer.context["plan"].label == "Publish now"
    assert "neutral" not in answer.text
    send(chief, publish, fields_of(answer), promise=answer.context["plan"].key)
    assert "Typed." in client.get("/about/").text
    fill(chief, page_of(page), "page_form", headline="Who we are", slug="us")
    answer = chief.get(publish)
    assert answer.context["plan"].label == "Update live page"
    assert "Its address becomes /us/. /about/ leads there from then on." in text_of(answer)
    send(chief, publish, fields_of(answer), promise=answer.context["plan"].key)
    assert (client.get("/about/")["Location"], "Who we are" in client.get("/us/").text) == ("/us/", True)
    archive = f"/admin/newsroom/{page.pk}/archive/"
    send(chief, archive, fields_of(chief.get(archive)), reason="Moved")
    assert {client.get(path).status_code for path in ("/about/", "/us/")} == {404}
    assert "/admin/news/page/" in chief.get("/admin/newsroom/").text


def test_a_preview_shows_a_page_without_what_only_stories_have(client):
    _, secret = publishing.make_preview(make_page(), by=None)
    answer = client.get(f"/news/preview/{secret}/")
    assert "About this site, at length." in text_of(answer)
    assert "story-tile" not in answer.text
    assert 'content="A page for whoever has its link."' in answer.text


@pytest.mark.parametrize("role", ["Editor", "Timekeeper"])
def test_nobody_else_reads_or_writes_pages(role):
    somebody, page = signed_in("somebody", role), make_page()
    of_the_newsroom = (f"/admin/newsroom/{page.pk}/{name}/" for name in ("publish", "editions", "previews", "archive"))
    for address in (ADD, LIST, page_of(page), *of_the_newsroom):
        assert somebody.get(address).status_code == 403
    (record,) = page.history.all()
    for address in ("", f"{record.pk}/"):
        assert somebody.get(f"/admin/news/story/{page.pk}/history/{address}").status_code == 403
    assert "About this site" not in somebody.get("/admin/").text


def test_chief_editors_keep_the_partners_and_editors_read_them(chief):
    typed = {"name": "Rubber", "kind": "Tyre partner", "url": "https://rubber.example/", "place": "1"}
    refused, _ = fill(
        chief, "/admin/news/partner/add/", "partner_form", **typed, logo=make.make_picture(licence="editorial").pk
    )
    assert "This picture is for editorial use only." in refused.text
    fill(chief, "/admin/news/partner/add/", "partner_form", **typed)
    partner = Partner.objects.get()
    assert (partner.name, str(partner.history.get().history_user)) == ("Rubber", "chief")
    editor = signed_in("editor", "Editor")
    change = reverse("admin:news_partner_change", args=[partner.pk])
    assert "Rubber" in editor.get(change).text
    assert (editor.post(change).status_code, editor.get("/admin/news/partner/add/").status_code) == (403, 403)
