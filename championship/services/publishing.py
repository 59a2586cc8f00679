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
    DecisionEffect,
    Driver,
    EventEntry,
    PointsSettings,
    Session,
)
from championship.record.result_rows import AppliedRow
from championship.rules.classification_changes import LineChange, compare
from championship.rules.classifications import ClassifiedLine
from championship.rules.classifications import warnings as distance_warnings
from championship.services.decisions import as_told, decisions_in_force, was_told
from championship.services.drafts import contained_decisions, draft_lines, locked, present, standing
from championship.services.results import (
    DraftLine,
    ResultsError,
    cars_of,
    line_problems,
    publish_version,
    replayed,
)
from championship.services.standings import COUNTS_AS_OFFICIAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What publishing the draft now would show the public. Nothing can be published while there are `stops`.

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
    stops: tuple[str, ...]
    warnings: tuple[str, ...]
    fingerprint: str


def preview(draft: ClassificationDraft, status: str) -> Preview:
    """What publishing the draft as `status` (provisional or official) would show. Nothing is written."""
    session = Session.objects.select_related("event__season").get(pk=draft.session_id)
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
            stops.append(str(error))
    if status == Classification.Status.PROVISIONAL and was_official:
        stops.append(f"v{previous.version} is {previous.get_status_display().lower()}. Publish an official version.")
    if version > 1 and not draft.cause:
        stops.append("Say why there is another version: enter the cause in the draft.")
    shown = _shown(classified, lines, cars, drivers, told)
    # Unchanged, a provisional version may become official, which is more than repeating it.
    is_repeated = previous is not None and (was_official or previous.status == status)
    if classified and is_repeated and shown == _shown_before(previous):
        stops.append(f"Nothing changed since v{previous.version}. There is nothing to publish.")
    before = [row.as_classified_line() for row in previous.results.select_related("race_class")] if previous else []
    seen = (draft.pk, draft.version, draft.cause, draft.source, version, status, shown)
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
        stops=tuple(stops),
        warnings=(*_warnings(session, lines, classified, cars, drivers), *_not_applied(session, decisions)),
        fingerprint=hashlib.sha256(repr(seen).encode()).hexdigest()[:32],
    )


def publish_provisional(
    draft: ClassificationDraft,
    *,
    seen: str,
    by: AbstractBaseUser,
    document_number: str = "",
    single_signed_reason: str = "",
) -> Classification:
    """Publish the draft as the next provisional version, exactly as it was previewed; the draft is done then.

    `seen` is the fingerprint of the preview that `by` looked at. Whoever publishes a draft of somebody else that
    nobody checked signs as its checker; alone it needs `single_signed_reason`. A check does not cover decisions that
    were written after it. Raises ResultsError when anything was changed since the preview, when the draft was published
    already, and on every stop of the preview.
    """
    return _publish(
        draft,
        Classification.Status.PROVISIONAL,
        seen=seen,
        by=by,
        document_number=document_number,
        single_signed_reason=single_signed_reason,
    )


def publish_official(
    draft: ClassificationDraft,
    *,
    seen: str,
    by: AbstractBaseUser,
    document_number: str = "",
    single_signed_reason: str = "",
) -> Classification:
    """Publish the draft as the official version, or as a revised one when an official version stands already.

    The rest is as in `publish_provisional`. What was provisional may become official unchanged.
    """
    return _publish(
        draft,
        Classification.Status.OFFICIAL,
        seen=seen,
        by=by,
        document_number=document_number,
        single_signed_reason=single_signed_reason,
    )


def _publish(
    draft: ClassificationDraft,
    status: str,
    *,
    seen: str,
    by: AbstractBaseUser,
    document_number: str,
    single_signed_reason: str,
) -> Classification:
    with transaction.atomic():
        locked(draft.session)
        draft = present(draft)
        now = preview(draft, status)
        if now.fingerprint != seen:
            raise ResultsError("Something was changed since this preview. Look at it again, then publish.")
        if now.stops:
            raise ResultsError(" ".join(now.stops))
        author = draft.author or by
        checker = None if _is_decided_anew(draft) else draft.checker
        checker = checker or (by if by != author else None)
        if checker is None and not single_signed_reason.strip():
            raise ResultsError(
                "Nobody checked this draft with its decisions as they are now. Ask somebody else to check it, "
                "or give the reason for one signature."
            )
        try:
            classification = publish_version(
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
                single_signed_reason=single_signed_reason.strip() if checker is None else "",
            )
        except ValidationError as error:
            raise ResultsError(" ".join(error.messages)) from error
        draft.delete()
    return classification


def _is_decided_anew(draft: ClassificationDraft) -> bool:
    """Whether a decision of the session was written since the draft was: whoever checked it saw another order."""
    since = draft.history.latest().history_date
    decisions = Decision.history.filter(session_id=draft.session_id)
    effects = DecisionEffect.history.filter(decision_id__in=decisions.values("id"))
    return decisions.filter(history_date__gt=since).exists() or effects.filter(history_date__gt=since).exists()


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


def _warnings(
    session: Session,
    lines: Sequence[DraftLine],
    classified: Sequence[ClassifiedLine],
    cars: Mapping[str, EventEntry],
    drivers: Mapping[str, Driver],
) -> list[str]:
    """What an official should look at, and may publish all the same."""
    settings = PointsSettings.objects.filter(season=session.event.season_id).first()
    found = []
    if settings and session.kind == Session.Kind.RACE:
        found += distance_warnings(classified, settings.classified_share)
    group = {race_class.slug: race_class.name for race_class in session.race_classes.all()}
    listed = {line.timing.car_number: line for line in lines}
    for number, line in listed.items():
        if group and line.timing.race_class not in group:
            found.append(f"Car {number} is not of the classes of this session ({', '.join(group.values())}).")
        if not line.drivers:
            found.append(f"Car {number} has no driver. Its points go to nobody in the drivers’ titles.")
        if number in cars:
            crew = {seat.driver_id for seat in cars[number].crew.all()}
            strangers = [drivers[slug] for slug in line.drivers if slug in drivers and drivers[slug].pk not in crew]
            found += [f"{driver} is not in the crew of car {number} at this event." for driver in strangers]
    for number, car in cars.items():
        of_group = not group or car.entry.race_class.slug in group
        if car.status == EventEntry.Status.ENTERED and of_group and number not in listed:
            found.append(f"Car {number} is entered at the event and not in this list.")
    return found


def _not_applied(session: Session, decisions: Sequence[Decision]) -> list[str]:
    imposed = session.decisions.filter(status=Decision.Status.IMPOSED).exclude(pk__in=[row.pk for row in decisions])
    return [f"{decision} is imposed and not applied: it moves nobody." for decision in imposed]
