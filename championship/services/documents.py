"""The notice board: publishing a document gives it the next number, and nothing changes it afterwards.

Numbers count without gaps within their scope, which is a setting of the season: the event or the season. The next one
is the highest that the scope has plus one, however far the earlier ones counted. So when the setting changes during a
season, numbers at an event go on growing: from the event to the season the next number follows the highest of all
events, and from the season to the event an event that has none begins at 1. None is ever given twice, since what has
one is never deleted.
"""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from championship import clock
from championship.models import (
    Classification,
    Decision,
    Document,
    EntryList,
    Event,
    Season,
    freezing,
)
from championship.rules.decision_texts import DecisionText, as_text, from_text
from championship.rules.decisions import bare
from championship.services.saving import StaleVersionError, save

Numbering = Season.DocumentNumbering


class DocumentError(Exception):
    """The document cannot be published as asked; the message says why and what to do."""


def next_number(event: Event) -> int:
    """The number that a document of the event would get if it were published now. Nothing is locked."""
    return _following(event, Season.objects.get(pk=event.season_id).document_numbering)


def take_number(event: Event) -> tuple[int, str]:
    """The next number of the event's notice board and how far it counts, for a document of this transaction.

    The row of the season is locked until the transaction ends, so that of two publications at once, at whatever
    events, the second waits and gets the following number. Call it before rows that refer to the season or the event
    are written. A transaction that is rolled back takes nothing.
    """
    # NO KEY: those who only refer to the season (its entries, its lists) need not wait.
    season = Season.objects.select_for_update(no_key=True).get(pk=event.season_id)
    return _following(event, season.document_numbering), season.document_numbering


def _following(event: Event, numbering: str) -> int:
    scope = {"season": event.season_id} if numbering == Numbering.SEASON else {"event": event.pk}
    return (Document.objects.filter(**scope).aggregate(last=Max("number"))["last"] or 0) + 1


def publish_decision(decision: Decision, *, by: AbstractBaseUser, reason: str = "") -> Document:
    """Publish the decision as the event's next document, as it is now.

    A decision without a number gets that of its document. If it was published before, the new document amends the
    last one, and `reason` tells readers why. Raises DocumentError when nothing changed since.
    """
    with transaction.atomic(), freezing():
        decision = (
            Decision.objects.select_for_update(of=("self",))
            .select_related("session__event__season", "session__event__circuit", "event_entry__entry__team")
            .get(pk=decision.pk)
        )
        event = decision.session.event
        number, numbering = take_number(event)
        text, before = decision_text(decision), last_document(decision)
        if before is not None and from_text(before.body).says_the_same_as(text):
            raise DocumentError(
                f"Nothing of the decision changed since {_named(before)}. Correct or withdraw the decision first."
            )
        if before is None and decision.status == Decision.Status.WITHDRAWN:
            raise DocumentError("It was withdrawn before it was on the notice board, so there is nothing to take back.")
        if not decision.number:
            decision.number = str(number)
            _saved(decision, f"Published as document {number}")
        document = new_document(decision, replace(text, number=decision.number, amended_because=reason.strip()), before)
        return _publish(document, number, numbering, by=by, at=clock.now(), reason=reason.strip())


def decision_text(decision: Decision) -> DecisionText:
    """What a document would tell of the decision now."""
    car, zone = decision.event_entry, decision.session.event.zone
    return DecisionText(
        number=decision.number,
        car_number=car.entry.car_number,
        competitor=car.team_name,
        session=decision.session.name,
        fact_at=decision.fact_at.astimezone(zone).isoformat() if decision.fact_at else "",
        fact=decision.fact,
        offence=decision.offence,
        effects=tuple(bare(effect.as_effect()) for effect in decision.effects.all()),
        reason=decision.reason,
        status=decision.status,
    )


def last_document(decision: Decision) -> Document | None:
    """The newest document that tells the decision, None while it is not on the notice board."""
    return Document.objects.filter(decision=decision, published_at__isnull=False).order_by("-pk").first()


def new_document(decision: Decision, text: DecisionText, before: Document | None) -> Document:
    """The decision's next document, unsaved and without a number."""
    title = f"{text.session}, decision on car {text.car_number}"
    if text.status == Decision.Status.WITHDRAWN:
        title += " (withdrawn)"
    elif before is not None:
        title += " (amended)"
    return Document(
        event=decision.session.event,
        kind=Document.Kind.DECISION,
        title=title,
        session=decision.session,
        event_entry=decision.event_entry,
        decision=decision,
        amends=before,
        body=as_text(text),
    )


def publish_upload(
    document: Document,
    *,
    by: AbstractBaseUser | None,
    seen_version: int | None = None,
    seen_number: int | None = None,
) -> Document:
    """Publish a draft with its file as the event's next document.

    `seen_version` and `seen_number` are what the person saw: StaleVersionError when the draft was changed since,
    DocumentError when it would get another number by now. DocumentError also when it is published already, or has no
    file.
    """
    with transaction.atomic(), freezing():
        draft = Document.objects.select_for_update(of=("self",)).select_related("event").filter(pk=document.pk).first()
        if draft is None:
            raise DocumentError("This draft was deleted in the meantime. Add the document again.")
        if draft.is_published:
            raise DocumentError(f"It is published already, as {_named(draft)}.")
        if seen_version is not None and draft.version != seen_version:
            raise StaleVersionError(draft)
        if not hasattr(draft, "file"):
            raise DocumentError("There is no file to publish. Choose the PDF first, then publish.")
        number, numbering = take_number(draft.event)
        if seen_number is not None and number != seen_number:
            raise DocumentError(
                f"Another document was published in the meantime, so this one would be document {number} and not "
                f"{seen_number}. Look again, then publish."
            )
        return _publish(draft, number, numbering, by=by, at=clock.now())


def post_classification(
    classification: Classification, *, number: int, numbering: str, by: AbstractBaseUser | None
) -> Document:
    """Put a version on the notice board under a number of `take_number`, in the transaction that publishes it.

    It amends the document of the version before it, unless it turns a provisional classification into an official one.
    """
    status = classification.get_status_display().lower()
    document = Document(
        event=classification.session.event,
        kind=Document.Kind.CLASSIFICATION,
        title=f"{classification.session.name}, {status} classification v{classification.version}",
        session=classification.session,
        classification=classification,
        amends=_document_before(classification),
    )
    with freezing():
        return _publish(document, number, numbering, by=by, at=classification.published_at)


def _document_before(classification: Classification) -> Document | None:
    corrects = {classification.status}
    if classification.status == Classification.Status.REVISED:
        corrects.add(Classification.Status.OFFICIAL)
    earlier = Document.objects.filter(
        classification__session=classification.session,
        classification__version__lt=classification.version,
        classification__status__in=corrects,
    )
    return earlier.order_by("-classification__version").first()


def post_entry_list(entry_list: EntryList, *, number: int, numbering: str, by: AbstractBaseUser | None) -> Document:
    """Put a revision of an event's entry list on its notice board, as `post_classification` does a version."""
    document = Document(
        event=entry_list.event,
        kind=Document.Kind.ENTRY_LIST,
        title=f"Entry list r{entry_list.revision}, {entry_list.get_status_display().lower()}",
        entry_list=entry_list,
        amends=Document.objects.filter(entry_list__event=entry_list.event).order_by("-entry_list__revision").first(),
    )
    with freezing():
        return _publish(document, number, numbering, by=by, at=entry_list.published_at)


def _publish(
    document: Document, number: int, numbering: str, *, by: AbstractBaseUser | None, at: datetime, reason: str = ""
) -> Document:
    document.number, document.numbering = number, numbering
    document.published_at, document.published_by = at, by
    _saved(document, reason or f"Published as document {number}")
    return document


def _saved(row: Document | Decision, reason: str) -> None:
    try:
        save(row, reason=reason)
    except ValidationError as error:
        raise DocumentError(" ".join(error.messages)) from error


def _named(document: Document) -> str:
    return f"document {document.number}" if document.number else "its document from the archive"
