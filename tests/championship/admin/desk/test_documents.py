"""Officials put documents on the notice board of an event."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from championship.models import Document, EventDuty
from championship.rules.pdf_files import LARGEST_FILE
from championship.services.documents import publish_decision
from tests import factories as make
from tests import result_factories as results
from tests.championship.admin.posting import fields_of, signed_in
from tests.document_factories import make_pdf, make_upload, publish_file
from tests.reading import queries_of, text_of

pytestmark = pytest.mark.django_db

BOARD = "/admin/desk/2030-31/event-1/documents/"
ADD = f"{BOARD}add/"
FIELDS = {"kind": "bulletin", "title": "Bulletin 1", "language": "en", "seen_number": "1"}


@pytest.fixture
def event(settings):
    settings.SITE_NOW = datetime(2030, 12, 5, 14, 5, tzinfo=UTC)
    return results.make_racing_season(rounds=1, cars=("7", "22")).events.get()


@pytest.fixture
def official():
    return signed_in("sam", "Stewards' secretary")


def pdf(text="Bulletin", name="bulletin.pdf"):
    return SimpleUploadedFile(name, make_pdf(text), content_type="application/pdf")


def add(client, do="save", **values):
    return client.post(ADD, {**FIELDS, "do": do, "file": pdf(), **values})


def change(client, document, do, **values):
    address = f"{BOARD}{document.pk}/"
    return client.post(address, {**fields_of(client.get(address)), "do": do, **values})


def test_a_document_is_kept_as_a_draft_then_published_under_the_number_that_the_button_says(client, event, official):
    publish_file(event, "Regulations")
    response = add(official, session=event.sessions.get().pk, event_entry=results.car_at(event.sessions.get(), "7").pk)
    draft = Document.objects.drafts().get()
    assert response.url == f"{BOARD}{draft.pk}/"
    assert (draft.file.name, draft.file.size, draft.event_entry.entry.car_number) == (
        "bulletin.pdf",
        len(make_pdf("Bulletin")),
        "7",
    )
    assert draft.history.first().history_user.username == "sam"
    page = official.get(response.url)
    assert "Publish as document 2" in page.content.decode()
    assert change(official, draft, "publish").url == BOARD
    published = Document.objects.get(pk=draft.pk)
    assert (published.number, published.published_by.username) == (2, "sam")
    assert published.history.latest().history_change_reason == "Published as document 2"
    assert "Published as document 2. It is on the notice board." in official.get(BOARD).content.decode()
    assert "Bulletin 1" in text_of(client.get("/2030-31/event-1/documents/"))


def test_a_document_is_published_at_once(event, official):
    assert add(official, "publish").url == BOARD
    assert Document.objects.get().number == 1


def test_what_is_typed_beside_the_publish_button_is_what_is_published(event, official):
    draft = make_upload(event)
    change(official, draft, "publish", title="  Bulletin\x0b 1,\tcorrected ", language="fr", file=pdf("Other"))
    document = Document.objects.get()
    assert (document.title, document.language, document.number) == ("Bulletin 1, corrected", "fr", 1)
    assert bytes(document.file.content) == make_pdf("Other")


def test_a_draft_keeps_its_file_when_no_other_is_chosen_and_can_be_deleted(event, official):
    draft = make_upload(event)
    before = draft.file.sha256
    change(official, draft, "save", title="Second title")
    draft = Document.objects.get()
    assert (draft.title, draft.file.sha256) == ("Second title", before)
    assert change(official, draft, "delete").url == BOARD
    assert not Document.objects.exists()
    assert Document.history.filter(history_type="-").exists()


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"title": ""}, "Give it a title"),
        ({"kind": "decision"}, "Select a valid choice"),
        ({"file": ""}, "Choose the PDF."),
        ({"file": SimpleUploadedFile("a.pdf", b"")}, "The file is empty"),
        ({"file": SimpleUploadedFile("a.pdf", b"<html>")}, "This is a web page, not a PDF"),
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_typed_is_lost(event, official, values, message):
    response = add(official, "publish", **{"title": "Bulletin 9", **values})
    assert response.status_code in (400, 409)
    assert message in text_of(response)
    if "title" not in values:
        assert fields_of(response)["title"] == "Bulletin 9"
    assert not Document.objects.exists()


def test_a_file_that_is_too_large_is_refused_before_it_is_read(event, official, monkeypatch):
    monkeypatch.setattr("championship.admin.desk.document_forms.LARGEST_FILE", 100)
    monkeypatch.setattr("championship.admin.desk.document_forms.Upload", None)
    response = add(official)
    assert f"at most {LARGEST_FILE // 1024 // 1024} MB are kept" in text_of(response)
    assert "Choose the file again, too" in text_of(response)


def test_the_same_file_twice_is_recognised(event, official):
    add(official, "publish")
    response = add(official, title="Again", seen_number="2")
    assert response.status_code == 409
    assert "This very file is on the board already: Document 1: Bulletin 1." in text_of(response)


def test_a_number_that_somebody_else_took_meanwhile_is_shown_before_another_is_given(event, official):
    publish_file(event, "Faster")
    response = add(official, "publish")
    assert response.status_code == 409
    assert "this one would be document 2 and not 1. Look again, then publish." in text_of(response)
    assert fields_of(response)["seen_number"] == "2"
    assert Document.objects.count() == 1


def test_nobody_overwrites_a_draft_that_somebody_else_saved(event, official):
    draft = make_upload(event)
    mine = fields_of(official.get(f"{BOARD}{draft.pk}/"))
    change(signed_in("eve", "Entries secretary"), draft, "save", title="Hers")
    for do, words in (("publish", "send it to replace theirs"), ("delete", "Look at it again, then delete it")):
        response = official.post(f"{BOARD}{draft.pk}/", {**mine, "title": "Mine", "do": do})
        assert response.status_code == 409
        assert words in text_of(response)
        assert fields_of(response)["title"] == "Mine"
    assert Document.objects.get().title == "Hers"
    official.post(f"{BOARD}{draft.pk}/", {**fields_of(response), "do": "save"})
    assert Document.objects.get().title == "Mine"


def test_a_draft_that_was_published_or_deleted_meanwhile_leads_back_to_the_board(event, official):
    draft = make_upload(event)
    mine = fields_of(official.get(f"{BOARD}{draft.pk}/"))
    change(official, draft, "publish")
    response = official.post(f"{BOARD}{draft.pk}/", {**mine, "do": "save"}, follow=True)
    assert "It was published in the meantime, as document 1" in response.content.decode()
    assert official.get(f"{BOARD}999/").status_code == 404


def test_a_published_document_is_shown_with_what_can_be_done_about_it(event, official):
    document = publish_file(event, "Bulletin 1", kind="bulletin")
    response = official.get(f"{BOARD}{document.pk}/")
    assert "It is published and never changes." in text_of(response)
    amend = f"{ADD}?amends=1"
    assert amend in response.content.decode()
    fields = fields_of(official.get(amend))
    assert (fields["title"], fields["amends"], fields["kind"]) == ("Bulletin 1 (amended)", str(document.pk), "bulletin")
    decision = publish_decision(results.make_decision(event.sessions.get(), "7", {"kind": "fine"}), by=None)
    page = official.get(f"{BOARD}{decision.pk}/").content.decode()
    assert f"/admin/championship/decision/{decision.decision_id}/change/" in page
    assert "that amends it" not in page


@pytest.mark.parametrize("asked", ["", "x", "99", "9" * 30])
def test_an_amendment_of_nothing_is_an_empty_form(event, official, asked):
    assert fields_of(official.get(f"{ADD}?amends={asked}"))["title"] == ""


def test_the_board_shows_drafts_and_what_is_published(event, official):
    make_upload(event, "Waiting", event_entry=results.car_at(event.sessions.get(), "22"))
    publish_file(event, "Out")
    text = text_of(official.get(BOARD))
    assert "The next one is document 2." in text
    assert "Drafts Waiting Bulletin, car 22, English," in text
    assert "1 Out Bulletin Thu 5 Dec, 22:05 EN," in text


def test_an_empty_board_says_so(event, official):
    text = text_of(official.get(BOARD))
    assert "What somebody adds and does not publish yet waits here." in text
    assert "Nothing yet." in text
    assert official.get("/admin/desk/2030-31/nowhere/documents/").status_code == 404


def test_who_may_only_read_sees_the_drafts_and_no_button(event):
    draft = make_upload(event)
    reader = signed_in("ed", "Editor")
    page = reader.get(f"{BOARD}{draft.pk}/")
    assert "You may look at this draft, and not change it." in text_of(page)
    assert "<button" not in page.content.decode().split('id="content-main"')[1]
    assert "Add a document" not in text_of(reader.get(BOARD))
    for do in ("save", "publish", "delete"):
        assert reader.post(f"{BOARD}{draft.pk}/", {**FIELDS, "do": do}).status_code == 403
    assert reader.get(ADD).status_code == 403
    assert Document.objects.drafts().exists()


def test_who_is_on_duty_elsewhere_publishes_nothing_here(event, official):
    draft = make_upload(event)
    elsewhere = make.make_event(event.season, "elsewhere")
    EventDuty.objects.create(user_id=int(official.session["_auth_user_id"]), event=elsewhere)
    assert official.post(f"{BOARD}{draft.pk}/", {**FIELDS, "do": "publish"}).status_code == 403
    assert official.get("/admin/desk/2030-31/elsewhere/documents/add/").status_code == 200


def test_the_event_leads_to_its_board(event, official):
    assert BOARD in official.get(f"/admin/championship/event/{event.pk}/change/").content.decode()
    assert "/2030-31/event-1/documents/" in official.get(BOARD).content.decode()


def test_three_documents_cost_no_more_queries_than_one(event, official):
    def grow(number):
        make_upload(event, f"Draft {number}", event_entry=results.car_at(event.sessions.get(), "22"))
        publish_file(event, f"Bulletin {number}", event_entry=results.car_at(event.sessions.get(), "7"))
        return queries_of(official, BOARD)

    one = grow(1)
    grow(2)
    assert grow(3) == one


def test_who_proved_nothing_for_a_while_is_asked_first_and_loses_neither_file_nor_typing(event, official, monkeypatch):
    def asks(request):
        return None if request.POST.get("confirm_answer") else HttpResponse(f"Is it still you? {request.POST['title']}")

    monkeypatch.setattr("championship.admin.desk.documents.question", asks)
    response = official.post(ADD, {**FIELDS, "do": "publish", "file": pdf()}, follow=True)
    assert "Kept as a draft with its file. Press the button to publish it" in response.content.decode()
    draft = Document.objects.drafts().get()
    change(official, draft, "publish", title="Second title", file=pdf("Other"))
    draft = Document.objects.drafts().get()
    assert (draft.title, bytes(draft.file.content)) == ("Second title", make_pdf("Other"))
    assert change(official, draft, "publish", title="Third").content == b"Is it still you? Third"
    assert Document.objects.drafts().exists()
    change(official, draft, "publish", title="Third", confirm_answer="123456")
    assert Document.objects.get().number == 1
    assert Document.objects.get().title == "Third"
