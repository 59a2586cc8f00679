import pytest
from django.core.exceptions import ValidationError

from championship.models import Document
from championship.services.document_uploads import Upload, add_upload, change_upload, delete_upload
from championship.services.documents import DocumentError, publish_upload
from championship.services.saving import StaleVersionError
from tests import factories as make
from tests.document_factories import make_pdf, make_upload, publish_file

pytestmark = pytest.mark.django_db

VALUES = {"kind": "bulletin", "title": "Bulletin 1"}


@pytest.fixture
def event():
    return make.make_event(make.make_season())


def upload(text="Bulletin", name="Bulletin.pdf"):
    return Upload(name=name, content=make_pdf(text))


def test_a_draft_has_its_file_with_a_harmless_name_size_and_hash(event):
    chosen = upload(name="C:\\fakepath\\Bulletin <1>.PDF")
    draft = add_upload(event, values=VALUES, upload=chosen)
    assert (draft.file.name, draft.file.content_type) == ("Bulletin 1.pdf", "application/pdf")
    assert (draft.file.size, draft.file.sha256) == (len(chosen.content), chosen.sha256)
    assert bytes(draft.file.content) == chosen.content
    assert (draft.number, draft.published_at) == (None, None)
    assert draft.history.get().history_change_reason == "Added to the notice board"


def test_what_is_no_pdf_leaves_nothing_behind(event):
    with pytest.raises(DocumentError, match="This is a web page"):
        add_upload(event, values=VALUES, upload=Upload(name="a.pdf", content=b"<html>"))
    assert not Document.objects.exists()


def test_a_field_that_is_refused_leaves_nothing_behind(event):
    other = make.make_session(make.make_event(event.season, "other"))
    with pytest.raises(ValidationError, match="Choose one of this event"):
        add_upload(event, values={**VALUES, "session": other}, upload=upload())
    assert not Document.objects.exists()


@pytest.mark.parametrize("kind", ["decision", "classification"])
def test_what_the_site_makes_itself_is_not_uploaded(event, kind):
    with pytest.raises(ValidationError, match="at the desk of its session"):
        add_upload(event, values={**VALUES, "kind": kind}, upload=upload())
    draft = make_upload(event)
    with pytest.raises(ValidationError, match="at the desk of its session"):
        change_upload(draft, values={"kind": kind}, upload=None, seen_version=draft.version)


def test_the_same_file_twice_on_a_board_is_named_and_on_another_board_it_is_fine(event):
    draft = add_upload(event, values=VALUES, upload=upload())
    with pytest.raises(DocumentError, match="on the board already: the draft “Bulletin 1”"):
        add_upload(event, values=VALUES, upload=upload(name="other name.pdf"))
    change_upload(draft, values={}, upload=upload(), seen_version=draft.version)
    publish_upload(draft, by=None)
    with pytest.raises(DocumentError, match="on the board already: Document 1: Bulletin 1"):
        add_upload(event, values=VALUES, upload=upload())
    add_upload(make.make_event(event.season, "other"), values=VALUES, upload=upload())


def test_a_refused_publication_keeps_no_draft_either(event):
    publish_file(event)
    with pytest.raises(DocumentError, match="would be document 2 and not 1"):
        add_upload(event, values=VALUES, upload=upload(), publish_by=make.make_user(), seen_number=1)
    assert Document.objects.count() == 1


def test_a_change_that_is_refused_changes_neither_file_nor_fields(event):
    draft = make_upload(event)
    publish_file(event, "Faster")
    before = draft.file.sha256
    with pytest.raises(DocumentError, match="not 1"):
        change_upload(
            draft,
            values={"title": "New"},
            upload=upload("New"),
            seen_version=draft.version,
            publish_by=make.make_user(),
            seen_number=1,
        )
    draft = Document.objects.drafts().get()
    assert (draft.title, draft.file.sha256) == ("Bulletin 1", before)


def test_a_stale_a_published_and_a_deleted_draft_are_refused(event):
    draft = make_upload(event)
    with pytest.raises(StaleVersionError):
        change_upload(draft, values={}, upload=None, seen_version=draft.version + 1)
    with pytest.raises(StaleVersionError):
        delete_upload(draft, seen_version=draft.version + 1)
    publish_upload(draft, by=None)
    with pytest.raises(DocumentError, match="published in the meantime, as document 1"):
        delete_upload(draft, seen_version=draft.version)
    other = make_upload(event, "Bulletin 2")
    delete_upload(other, seen_version=other.version, reason="Wrong event")
    assert Document.history.filter(history_type="-").get().history_change_reason == "Wrong event"
    other.pk = 99
    with pytest.raises(DocumentError, match="deleted in the meantime"):
        change_upload(other, values={}, upload=None, seen_version=1)
