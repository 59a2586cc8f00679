"""Publishing a draft: exactly what was previewed becomes the next version of the classification, or nothing does."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from championship import clock
from championship.models import (
    Classification,
    ClassificationDraft,
    Decision,
    Driver,
    EventEntry,
    Session,
)
from championship.record.result_rows import AppliedRow
from championship.rules.checks import Check, stop
from championship.rules.classification_changes import LineChange, compare
from championship.rules.classifications import ClassifiedLine
from championship.rules.consequences import Results, consequence
from championship.services.decisions import as_told, decisions_in_force, was_told
from championship.services.documents import post_classification, take_number
from championship.services.drafts import contained_decisions, draft_lines, locked, present, standing
from championship.services.publish_checks import is_decided_anew, pending, warnings
from championship.services.results import (
    DraftLine,
    ResultsError,
    cars_of,
    line_problems,
    publish_version,
    replayed,
)
from championship.services.results_snapshot import results_now
from championship.services.standings import COUNTS_AS_OFFICIAL

NOTHING_CHANGED = "Nothing changed since"
CHANGED = "Something was changed since this preview. Look at it again, then publish."


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What publishing the draft now would show the public.

    Nothing can be published while there are `stops`, and with `warnings` only for a reason.

    `status` is what the version would be: an official version of what was official before is a revised one.
    `fingerprint` identifies exactly this; `previous` is the version that stands, None before the first.
    """

    session: Session
    version: int
    status: str
    cause: str
    previous: Classification | None
    lines: tuple[ClassifiedLine, ...]
    drivers: Mapping[str, tuple[str, ...]]
    decisions: tuple[Decision, ...]
    changes: tuple[LineChange, ...]
    checks: tuple[Check, ...]
    fingerprint: str

    @property
    def stops(self) -> tuple[str, ...]:
        return tuple(check.text for check in self.checks if check.is_stop)

    @property
    def warnings(self) -> tuple[str, ...]:
        return tuple(check.text for check in self.checks if not check.is_stop)


def preview(draft: ClassificationDraft, status: str) -> Preview:
    """What publishing the draft as `status` (provisional or official) would show. Nothing is written."""
    session = Session.objects.select_related("event__season", "event__circuit").get(pk=draft.session_id)
    # A text and the choice of that name are one status, also in the fingerprint.
    status = Classification.Status(status)
    lines, cars = draft_lines(draft), cars_of(session)
    drivers = Driver.objects.in_bulk({slug for line in lines for slug in line.drivers}, field_name="slug")
    contained = contained_decisions(draft)
    decisions = decisions_in_force(session, contained)
    told = tuple(as_told(decision) for decision in decisions)
    previous = standing(session)
    was_official = previous is not None and previous.status in COUNTS_AS_OFFICIAL
    if status == Classification.Status.OFFICIAL and was_official:
        status = Classification.Status.REVISED
    newest = session.classifications.order_by("-version").first()
    version = newest.version + 1 if newest else 1
    stops = line_problems(lines, cars, drivers)
    classified: tuple[ClassifiedLine, ...] = ()
    if not stops:
        try:
            _, classified = replayed(session, lines, told, contained)
        except ResultsError as error:
            stops.append(stop(str(error), "decision"))
    if status == Classification.Status.PROVISIONAL and was_official:
        text = f"v{previous.version} is {previous.get_status_display().lower()}. Publish an official version."
        stops.append(stop(text, "version"))
    if version > 1 and not draft.cause:
        stops.append(stop("Say why there is another version: enter the cause in the draft.", "version"))
    shown = _shown(classified, lines, cars, drivers, told)
    # Unchanged, a provisional version may become official, which is more than repeating it.
    is_repeated = previous is not None and (was_official or previous.status == status)
    if classified and is_repeated and shown == _shown_before(previous):
        stops.append(stop(f"{NOTHING_CHANGED} v{previous.version}. There is nothing to publish.", "draft"))
    before = [row.as_classified_line() for row in previous.results.select_related("race_class")] if previous else []
    found = warnings(
        draft, session, lines=lines, classified=classified, decisions=decisions, cars=cars, drivers=drivers
    )
    if status == Classification.Status.OFFICIAL and previous is not None:
        found += pending(previous, session)
    checks = (*stops, *found)
    # That the time to protest runs out while somebody looks is no change.
    lasting = tuple(check for check in checks if check.place != "protest")
    seen = (draft.pk, draft.version, draft.cause, draft.source, version, status, shown, lasting)
    return Preview(
        session=session,
        version=version,
        status=status,
        cause=draft.cause,
        previous=previous,
        lines=classified,
        drivers={line.timing.car_number: line.drivers for line in lines},
        decisions=tuple(decisions),
        changes=compare(before, classified) if classified and previous else (),
        checks=checks,
        fingerprint=hashlib.sha256(repr(seen).encode()).hexdigest()[:32],
    )


def publish_provisional(
    draft: ClassificationDraft,
    *,
    seen: str,
    by: AbstractBaseUser,
    single_signed_reason: str = "",
    warnings_reason: str = "",
    document: int | None = None,
    foreseen: str = "",
) -> Classification:
    """Publish the draft as the next provisional version, exactly as it was previewed; the draft is done then.

    `seen` is the fingerprint of the preview that `by` looked at. Whoever publishes a draft of somebody else that
    nobody checked signs as its checker; alone it needs `single_signed_reason`. A check does not cover decisions that
    were written after it. Warnings need a `warnings_reason`, which is kept with them. The version goes on the notice
    board as the event's next document. `document` is the number that was shown, `foreseen` the fingerprint of the
    consequence that was (`services.consequence_preview`): others are refused. Raises ResultsError when anything was
    changed since the preview, when the draft was published already, and on every stop of the preview.
    """
    return _publish(
        draft,
        Classification.Status.PROVISIONAL,
        seen=seen,
        by=by,
        single_signed_reason=single_signed_reason,
        warnings_reason=warnings_reason,
        document=document,
        foreseen=foreseen,
    )


def publish_official(
    draft: ClassificationDraft,
    *,
    seen: str,
    by: AbstractBaseUser,
    single_signed_reason: str = "",
    warnings_reason: str = "",
    document: int | None = None,
    foreseen: str = "",
) -> Classification:
    """Publish the draft as the official version, or as a revised one when an official version stands already.

    The rest is as in `publish_provisional`. What was provisional may become official unchanged.
    """
    return _publish(
        draft,
        Classification.Status.OFFICIAL,
        seen=seen,
        by=by,
        single_signed_reason=single_signed_reason,
        warnings_reason=warnings_reason,
        document=document,
        foreseen=foreseen,
    )


def _publish(
    draft: ClassificationDraft,
    status: str,
    *,
    seen: str,
    by: AbstractBaseUser,
    single_signed_reason: str,
    warnings_reason: str,
    document: int | None,
    foreseen: str,
) -> Classification:
    with transaction.atomic():
        locked(draft.session)
        draft = present(draft)
        now = preview(draft, status)
        if now.fingerprint != seen:
            raise ResultsError(CHANGED)
        if now.stops:
            raise ResultsError(" ".join(now.stops))
        author = draft.author or by
        checker = None if is_decided_anew(draft) else draft.checker
        checker = checker if checker != author else None
        checker = checker or (by if by != author else None)
        if checker is None and not single_signed_reason.strip():
            raise ResultsError(
                "Nobody checked this draft with its decisions as they are now. Ask somebody else to check it, "
                "or give the reason for one signature."
            )
        if now.warnings and not warnings_reason.strip():
            raise ResultsError("There are warnings. Give the reason why it is published all the same.")
        number, numbering = take_number(now.session.event)
        if document is not None and number != document:
            raise ResultsError(
                f"Another document was published in the meantime, so this one would be document {number} and not "
                f"{document}. Look again, then publish."
            )
        before = results_now(now.session) if foreseen else Results()
        classification = freeze(
            draft,
            now,
            author=author,
            checker=checker,
            document_number=str(number),
            single_signed_reason=single_signed_reason.strip() if checker is None else "",
            warnings_reason=warnings_reason.strip() if now.warnings else "",
        )
        if foreseen and consequence(before, results_now(now.session)).fingerprint != foreseen:
            raise ResultsError(CHANGED)
        post_classification(classification, number=number, numbering=numbering, by=by)
        draft._change_reason = f"{draft.PUBLISHED_AS} v{now.version}"
        draft.delete()
    return classification


def freeze(
    draft: ClassificationDraft,
    now: Preview,
    *,
    author: AbstractBaseUser | None,
    checker: AbstractBaseUser | None,
    document_number: str = "",
    single_signed_reason: str = "",
    warnings_reason: str = "",
) -> Classification:
    """Write what `now` shows as a version, in the caller's transaction; ResultsError when the database refuses it."""
    try:
        return publish_version(
            session=now.session,
            version=now.version,
            status=now.status,
            published_at=_not_before(now.session),
            published_precision=Classification.Precision.MINUTE,
            lines=draft_lines(draft),
            decisions=now.decisions,
            contained=contained_decisions(draft),
            document_number=document_number,
            cause=now.cause,
            source=draft.source,
            author=author,
            checker=checker,
            single_signed_reason=single_signed_reason,
            is_retyped=draft.retyped_by_id is not None,
            warnings="\n".join(now.warnings),
            warnings_reason=warnings_reason,
        )
    except ValidationError as error:
        raise ResultsError(" ".join(error.messages)) from error


def _not_before(session: Session) -> datetime:
    """Now, or the moment of the version before, recalled or not, where a frozen clock stands before that."""
    before = session.classifications.order_by("-version").first()
    return max(clock.now(), before.published_at) if before else clock.now()


def _shown(
    classified: Sequence[ClassifiedLine],
    lines: Sequence[DraftLine],
    cars: Mapping[str, EventEntry],
    drivers: Mapping[str, Driver],
    told: Sequence[AppliedRow],
) -> tuple[object, ...]:
    """All that the public would see of a version, to compare with `_shown_before`."""
    crews = {line.timing.car_number: [drivers[slug] for slug in line.drivers] for line in lines if classified}
    return (
        tuple(
            (
                astuple(line),
                cars[line.car_number].team_name,
                cars[line.car_number].team_country,
                cars[line.car_number].car_model.name,
                tuple((driver.slug, driver.given_name, driver.family_name) for driver in crews[line.car_number]),
            )
            for line in classified
        ),
        tuple(told),
    )


def _shown_before(classification: Classification) -> tuple[object, ...]:
    rows = classification.results.select_related("race_class").prefetch_related("drivers__driver")
    return (
        tuple(
            (
                astuple(row.as_classified_line()),
                row.team_name,
                str(row.team_country),
                row.car_model_name,
                tuple((seat.driver.slug, seat.given_name, seat.family_name) for seat in row.drivers.all()),
            )
            for row in rows
        ),
        tuple(was_told(applied) for applied in classification.applied.select_related("decision")),
    )
