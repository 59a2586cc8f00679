"""Documents that are uploaded as files, until they are published: drafts that may change and go."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from championship.models import Document, DocumentFile, Event
from championship.rules.pdf_files import harmless_name, pdf_problem
from championship.services.documents import DocumentError, publish_upload
from championship.services.saving import StaleVersionError, save

PDF = "application/pdf"
# Kinds that the site makes itself, with what to do instead of uploading one.
MADE_HERE = {
    Document.Kind.DECISION: "A decision is entered and published at the desk of its session, where it becomes text.",
    Document.Kind.CLASSIFICATION: "A classification is published at the desk of its session, and is on the board then.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A chosen file: its name, as the browser gave it, and its bytes."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def add_upload(
    event: Event,
    *,
    values: dict[str, Any],
    upload: Upload,
    publish_by: AbstractBaseUser | None = None,
    seen_number: int | None = None,
) -> Document:
    """A new draft on the event's board with its file, published at once when `publish_by` says by whom.

    `values` are fields of the document: kind, title, language, session, event_entry, amends. Raises DocumentError when
    the file is no PDF, is on this board already, or the number is not `seen_number` any more; ValidationError when a
    field is refused. Nothing is kept then.
    """
    with transaction.atomic():
        # Of two people who add the same file at once, the second is told.
        event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        check_kind(values.get("kind", ""))
        check_file(event, upload)
        document = save(Document(event=event, **values), reason="Added to the notice board")
        _write_file(document, upload)
        return _published(document, publish_by, seen_number)


def change_upload(
    document: Document,
    *,
    values: dict[str, Any],
    upload: Upload | None,
    seen_version: int,
    publish_by: AbstractBaseUser | None = None,
    seen_number: int | None = None,
) -> Document:
    """Change a draft, with another file or the one that it has, and publish it as `add_upload` does.

    Raises what `add_upload` raises, and StaleVersionError when somebody saved it after `seen_version`.
    """
    with transaction.atomic():
        draft = _draft(document, seen_version)
        check_kind(values.get("kind", draft.kind))
        for name, value in values.items():
            setattr(draft, name, value)
        if upload is not None:
            check_file(draft.event, upload, beside=draft)
            DocumentFile.objects.filter(document=draft).delete()
            _write_file(draft, upload)
        return _published(save(draft, reason="Changed"), publish_by, seen_number)


def _published(draft: Document, by: AbstractBaseUser | None, seen_number: int | None) -> Document:
    return publish_upload(draft, by=by, seen_number=seen_number) if by else draft


def delete_upload(document: Document, *, seen_version: int, reason: str = "") -> None:
    """Delete a draft with its file. What is published stays for good: DocumentError."""
    with transaction.atomic():
        draft = _draft(document, seen_version)
        draft._change_reason = reason or "Draft deleted"
        draft.delete()


def check_kind(kind: str) -> None:
    """Raise a ValidationError for what is not uploaded."""
    if kind in MADE_HERE:
        raise ValidationError({"kind": MADE_HERE[Document.Kind(kind)]})


def check_file(event: Event, upload: Upload, beside: Document | None = None) -> None:
    """Raise DocumentError when the file is no PDF, or stands on the event's board already."""
    if problem := pdf_problem(upload.content):
        raise DocumentError(problem)
    known = DocumentFile.objects.filter(document__event=event, sha256=upload.sha256).select_related("document")
    same = known.exclude(document=beside).defer("content").first()
    if same is not None:
        what = same.document if same.document.is_published else f"the draft “{same.document.title}”"
        raise DocumentError(f"This very file is on the board already: {what}. Choose another file, or use that one.")


def _draft(document: Document, seen_version: int) -> Document:
    draft = Document.objects.select_for_update(of=("self",)).select_related("event").filter(pk=document.pk).first()
    if draft is None:
        raise DocumentError("This draft was deleted in the meantime. Add the document again.")
    if draft.is_published:
        raise DocumentError(f"It was published in the meantime, as document {draft.number}, and never changes now.")
    if draft.version != seen_version:
        raise StaleVersionError(draft)
    return draft


def _write_file(document: Document, upload: Upload) -> None:
    DocumentFile.objects.create(
        document=document,
        name=harmless_name(upload.name),
        content_type=PDF,
        content=upload.content,
        size=len(upload.content),
        sha256=upload.sha256,
    )
