"""A document is unchangeable once it is published, by every way that leads to its rows; a draft is not."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from championship.models import Document, DocumentFile, FrozenError, freezing
from championship.services.documents import publish_upload
from tests import factories as make
from tests.result_factories import unguarded

pytestmark = pytest.mark.django_db

AT = datetime(2030, 12, 7, tzinfo=UTC)
GIVEN = {"number": 9, "numbering": "event", "published_at": AT}


@pytest.fixture
def event():
    return make.make_event(make.make_season())


def make_draft(event, **values):
    document = Document.objects.create(
        event=event, season=event.season, kind="bulletin", **{"title": "Bulletin"} | values
    )
    make_file(document)
    return document


def make_file(document):
    file = {"name": "b.pdf", "content_type": "application/pdf", "content": b"%PDF", "size": 4, "sha256": "0" * 64}
    return DocumentFile.objects.create(document=document, **file)


@pytest.fixture
def published(event):
    return publish_upload(make_draft(event), by=make.make_user())


def resaved(row):
    row.save()


CHANGES = {
    "save": resaved,
    "delete": lambda row: row.delete(),
    "update": lambda row: type(row).objects.filter(pk=row.pk).update(title="x"),
    "update of some": lambda row: type(row).objects.order_by("pk")[:1].update(title="x"),
    "update of all": lambda row: row.event.documents.update(title="x"),
    "queryset delete": lambda row: type(row).objects.all().delete(),
    "bulk update": lambda row: type(row).objects.bulk_update([row], ["title"]),
    "upsert": lambda row: type(row).objects.bulk_create(
        [row], update_conflicts=True, update_fields=["title"], unique_fields=["id"]
    ),
}
FILE_CHANGES = {
    "save": resaved,
    "delete": lambda row: row.delete(),
    "update": lambda row: type(row).objects.update(name="x"),
    "queryset delete": lambda row: type(row).objects.all().delete(),
    "bulk update": lambda row: type(row).objects.bulk_update([row], ["name"]),
    "upsert": lambda row: type(row).objects.bulk_create(
        [row], update_conflicts=True, update_fields=["name"], unique_fields=["id"]
    ),
    "a second file": lambda row: type(row).objects.bulk_create([type(row)(document=row.document, size=1)]),
}
PUBLISHING = {
    "save": lambda row: resaved(with_values(row)),
    "update": lambda row: type(row).objects.filter(pk=row.pk).update(**GIVEN),
    "bulk update": lambda row: type(row).objects.bulk_update([with_values(row)], list(GIVEN)),
    "bulk create": lambda row: type(row).objects.bulk_create(
        [Document(event=row.event, season=row.season, kind="other", title="x", **GIVEN)]
    ),
}


def with_values(row):
    for name, value in GIVEN.items():
        setattr(row, name, value)
    return row


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_published_document_refuses(published, change):
    before = Document.objects.values().get()
    with pytest.raises((FrozenError, TypeError)):
        change(published)
    assert Document.objects.values().get() == before


@pytest.mark.parametrize("change", FILE_CHANGES.values(), ids=FILE_CHANGES)
def test_the_file_of_a_published_document_refuses(published, change):
    before = DocumentFile.objects.values().get()
    with pytest.raises(FrozenError):
        change(published.file)
    assert DocumentFile.objects.values().get() == before


@pytest.mark.parametrize("publish", PUBLISHING.values(), ids=PUBLISHING)
def test_nobody_publishes_past_the_service(event, publish):
    draft = make_draft(event)
    with pytest.raises(FrozenError, match=r"services\.documents"):
        publish(draft)
    assert not Document.objects.filter(published_at__isnull=False).exists()


def test_behind_the_back_of_the_guards_the_database_would_take_it(published):
    """The control of the tests above: it is the guards that refuse, and not the rows."""
    assert unguarded(Document).filter(pk=published.pk).update(title="x") == 1
    assert unguarded(DocumentFile).update(name="x") == 1


def test_a_draft_may_be_changed_in_every_way(event):
    draft = make_draft(event)
    draft.title = "Second"
    draft.save()
    Document.objects.bulk_update([draft], ["title"])
    assert Document.objects.drafts().update(title="Third") == 1
    draft.file.save()
    assert DocumentFile.objects.update(name="c.pdf") == 1
    DocumentFile.objects.bulk_update([draft.file], ["name"])
    DocumentFile.objects.all().delete()
    make_file(draft).delete()
    DocumentFile.objects.bulk_create([DocumentFile(document=draft, size=1)])
    Document.objects.bulk_create([Document(event=event, season=event.season, kind="other", title="x")])
    Document.objects.filter(title="x").delete()
    draft.delete()
    assert not DocumentFile.objects.exists()


def numbered(event, numbering):
    with transaction.atomic(), freezing():
        Document.objects.create(
            event=event, season=event.season, kind="other", title="x", **{**GIVEN, "numbering": numbering}
        )


def test_a_number_stands_once_at_an_event_however_far_it_counts(event):
    numbered(event, "event")
    with pytest.raises(IntegrityError):
        numbered(event, "season")


def test_a_number_through_the_season_stands_once_in_it(event):
    second, third = (make.make_event(event.season, slug) for slug in ("second", "third"))
    numbered(event, "season")
    numbered(third, "event")
    with pytest.raises(IntegrityError):
        numbered(second, "season")


@pytest.mark.parametrize(
    "values",
    [
        {"number": 9},
        {"number": 9, "numbering": "event"},
        {"published_at": AT},
        {"published_at": AT, "from_archive": True},
        {"numbering": "event"},
    ],
)
def test_a_number_has_a_scope_and_a_moment_and_what_is_published_has_a_number(event, values):
    with pytest.raises(IntegrityError), transaction.atomic(), freezing():
        Document.objects.create(event=event, season=event.season, kind="other", title="x", **values)


def test_its_address_is_its_number(published, event):
    assert published.address == "1"
    assert published.get_absolute_url() == "/2030-31/sepang/documents/1/"
    assert make_draft(event).address == ""
    assert str(published) == "Document 1: Bulletin"
    assert str(published.file) == "b.pdf"


def test_what_it_is_about_belongs_to_its_event(published, event):
    other = make.make_event(event.season, "other")
    race = make.make_session(other)
    document = Document(event=event, kind="other", title="x", session=race)
    with pytest.raises(ValidationError, match="Choose one of this event"):
        document.full_clean()
    document = Document(event=other, kind="other", title="x", amends=published)
    with pytest.raises(ValidationError, match="Choose a published document of this event"):
        document.full_clean()
    draft = make_draft(event)
    with pytest.raises(ValidationError, match="Choose a published document of this event"):
        Document(event=event, kind="other", title="x", amends=draft).full_clean()
    with pytest.raises(ValidationError, match="cannot be null"):
        Document(kind="other", title="x").full_clean()


def test_readers_see_it_from_its_moment_on(published):
    assert list(Document.objects.published(published.published_at)) == [published]
    assert not Document.objects.published(AT.replace(year=2000)).exists()
