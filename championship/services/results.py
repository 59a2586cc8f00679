"""Publishing a version of a classification: frozen once, for good, with the scores and tables that follow from it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction

from championship import clock, stamp
from championship.models import (
    AppliedDecision,
    Classification,
    ClassificationState,
    Decision,
    Driver,
    EventEntry,
    Result,
    ResultDriver,
    Session,
    freezing,
)
from championship.record.result_rows import AppliedRow
from championship.rules.checks import Check, stop
from championship.rules.classifications import (
    ClassificationError,
    ClassifiedLine,
    TimingLine,
    baseline,
    classify,
    is_classified,
)
from championship.services import standings
from championship.services.decisions import as_ruling, as_told, frozen
from championship.services.saving import save


class ResultsError(Exception):
    """It cannot be done as asked; the message says why and what to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One car as the timing file has it, and who drove it: slugs of drivers in the order of their seats.

    `missing` names what nobody has typed yet, of which `timing` says 0: such a line is kept, and cannot be published.
    """

    timing: TimingLine
    drivers: tuple[str, ...]
    missing: tuple[str, ...] = ()


def publish_version(
    *,
    session: Session,
    version: int,
    status: str,
    published_at: datetime,
    published_precision: str,
    lines: Sequence[DraftLine],
    decisions: Sequence[Decision],
    contained: Collection[str] = (),
    told: Sequence[AppliedRow] | None = None,
    document_number: str = "",
    cause: str = "",
    source: str = "",
    author: AbstractBaseUser | None = None,
    checker: AbstractBaseUser | None = None,
    single_signed_reason: str = "",
    is_retyped: bool = False,
    warnings: str = "",
    warnings_reason: str = "",
    from_archive: bool = False,
) -> Classification:
    """Freeze a version of the session's classification and bring scores and tables up to date, in one transaction.

    `lines` are those of the timing file, in any order. The decisions that it contains (`contained`, their slugs) are
    undone, which gives the baseline that is frozen; then `decisions` are applied in the given order. `told` says for
    each of them what this version tells of it and applies, by default what the decision says now. Raises ResultsError
    when the lines or the version do not fit, ValidationError when the database refuses the header.
    """
    with transaction.atomic(), freezing():
        # The parent row is the lock: of two publications at once, the second finds the version taken.
        session = Session.objects.select_for_update(of=("self",)).select_related("event__season").get(pk=session.pk)
        _check_version(session, version, published_at)
        cars = cars_of(session)
        drivers = Driver.objects.in_bulk({slug for line in lines for slug in line.drivers}, field_name="slug")
        if problems := line_problems(lines, cars, drivers):
            raise ResultsError(" ".join(problem.text for problem in problems))
        told = [as_told(decision) for decision in decisions] if told is None else told
        timed, classified = replayed(session, lines, told, contained)
        classification = Classification(
            session=session,
            version=version,
            status=status,
            published_at=published_at,
            published_precision=published_precision,
            document_number=document_number,
            cause=cause,
            source=source,
            author=author,
            checker=checker,
            single_signed_reason=single_signed_reason,
            is_retyped=is_retyped,
            warnings=warnings,
            warnings_reason=warnings_reason,
            from_archive=from_archive,
        )
        classification.full_clean()
        classification.save()
        AppliedDecision.objects.bulk_create(frozen(classification, decisions, told))
        crews = {line.timing.car_number: line.drivers for line in lines}
        before = {line.car_number: DraftLine(timing=line, drivers=crews[line.car_number]) for line in timed}
        _freeze_lines(classification, classified, before, cars, drivers)
        stood = ClassificationState.objects.filter(session=session, is_current=True).first()
        if stood is not None:
            stood.is_current = False
            _saved(stood, f"Followed by v{version}")
        _saved(ClassificationState(classification=classification, session=session), "Published")
        standings.refresh(
            session.event.season, cause=str(classification), at=published_at, precision=published_precision
        )
        stamp.raise_stamp()
    return classification


def recall(
    classification: Classification, *, by: AbstractBaseUser | None, reason: str, at: datetime | None = None
) -> Classification | None:
    """Take the version that stands back; the one before it stands again, and is returned (None: there is none).

    `at` is when that happened, by default now. Scores and tables follow; a round without any version no longer
    counts. Raises ResultsError without a reason and for a version that does not stand.
    """
    if not reason.strip():
        raise ResultsError("Say why it is recalled.")
    with transaction.atomic():
        session = (
            Session.objects.select_for_update(of=("self",))
            .select_related("event__season")
            .get(pk=classification.session_id)
        )
        state = ClassificationState.objects.select_related("classification").get(classification=classification)
        if state.recalled_at is not None:
            raise ResultsError(f"{classification} is recalled already.")
        if not state.is_current:
            raise ResultsError(f"{classification} does not stand any more. Recall the version that followed it first.")
        state.is_current = False
        # Where a frozen clock stands before the publication, it was still recalled after it.
        state.recalled_at = max(at or clock.now(), state.classification.published_at)
        state.recalled_by, state.recall_reason = by, reason.strip()
        _saved(state, "Recalled")
        before = (
            ClassificationState.objects.filter(session=session, recalled_at__isnull=True)
            .exclude(pk=state.pk)
            .order_by("-classification__version")
            .first()
        )
        if before is not None:
            before.is_current = True
            _saved(before, f"v{classification.version} was recalled")
        standings.refresh(session.event.season, cause=f"{classification}: recalled", at=state.recalled_at)
        stamp.raise_stamp()
    return before.classification if before else None


def _saved(state: ClassificationState, reason: str) -> None:
    try:
        save(state, reason=reason)
    except ValidationError as error:
        raise ResultsError(" ".join(error.messages)) from error


def cars_of(session: Session) -> dict[str, EventEntry]:
    """The cars of the session's event by number, with what a published line copies from them."""
    rows = EventEntry.objects.filter(event=session.event_id).select_related(
        "entry__race_class", "entry__team", "car_model"
    )
    rows = rows.prefetch_related("crew")
    return {row.entry.car_number: row for row in rows}


def replayed(
    session: Session, lines: Iterable[DraftLine], decisions: Iterable[AppliedRow], contained: Collection[str]
) -> tuple[tuple[TimingLine, ...], tuple[ClassifiedLine, ...]]:
    """The baseline of a timing file that has the decisions `contained`, and the order that follows with `decisions`.

    Raises ResultsError when a decision does not fit the lines, or the file contains one that there is not.
    """
    known = session.decisions.filter(slug__in=contained).select_related("event_entry__entry")
    undone = [replace(decision.as_ruling(), is_contained=True) for decision in known.prefetch_related("effects")]
    for slug in sorted(set(contained) - {ruling.key for ruling in undone}):
        raise ResultsError(f"The timing file is said to contain the decision “{slug}”, which there is not. Enter it.")
    by_best_lap = session.kind != Session.Kind.RACE
    try:
        timed = baseline([line.timing for line in lines], undone, by_best_lap=by_best_lap)
        return timed, classify(timed, [as_ruling(row) for row in decisions], by_best_lap=by_best_lap)
    except ClassificationError as error:
        raise ResultsError(str(error)) from error


def line_problems(
    lines: Sequence[DraftLine], cars: Mapping[str, EventEntry], drivers: Mapping[str, Driver]
) -> list[Check]:
    """Why these lines cannot be published, each with what to mend; empty when they can."""
    if not lines:
        return [stop("There is no car in it. Enter the lines of the timing file first.", "draft")]
    found = []
    numbers = Counter(line.timing.car_number for line in lines)
    for number in (number for number, count in numbers.items() if count > 1):
        found.append(stop(f"Car {number} is in it twice. Keep one line.", "line", number))
    if sorted(line.timing.position for line in lines) != list(range(1, len(lines) + 1)):
        text = f"The positions are not 1 to {len(lines)} without a gap. Number the lines as the file does."
        found.append(stop(text, "draft"))
    for line in lines:
        found += _car_problems(line.timing, cars.get(line.timing.car_number))
        number = line.timing.car_number
        found += [stop(f"Car {number}: the {what} are missing. Type them.", "line", number) for what in line.missing]
    sits_in: dict[str, str] = {}
    for line in lines:
        car = line.timing.car_number
        for slug in line.drivers:
            if slug not in drivers:
                text = f"Car {car}: there is no driver “{slug}”. Enter the person first, or mend the spelling."
                found.append(stop(text, "line", car))
            elif sits_in.setdefault(slug, car) != car:
                text = f"{drivers[slug]} is in car {sits_in[slug]} and in car {car}. Take one of them out."
                found.append(stop(text, "line", car))
        if len(set(line.drivers)) < len(line.drivers):
            found.append(stop(f"Car {car} has the same driver twice. Keep one.", "line", car))
    return found


def _car_problems(line: TimingLine, car: EventEntry | None) -> list[Check]:
    number = line.car_number
    if car is None:
        text = f"Car {number} is not entered at the event. Enter it there, or mend the number."
        return [stop(text, "car", number)]
    found = []
    race_class = car.entry.race_class
    if line.race_class != race_class.slug:
        text = (
            f"Car {number} is in the class {race_class.slug} by its entry, not in {line.race_class}. "
            "Mend the line or the entry."
        )
        found.append(stop(text, "line", number))
    if is_classified(line.status) and car.status == EventEntry.Status.WITHDRAWN:
        text = f"Car {number} is withdrawn from the event. Enter it again, or mend its status here."
        found.append(stop(text, "car", number))
    return found


def _check_version(session: Session, version: int, published_at: datetime) -> None:
    before = session.classifications.order_by("-version").first()
    following = before.version + 1 if before else 1
    if version != following:
        raise ResultsError(f"{session}: the next version is v{following}, not v{version}.")
    if before and published_at < before.published_at:
        raise ResultsError(f"{session}: v{version} would be older than v{before.version}. Mend its time.")


def _freeze_lines(
    classification: Classification,
    classified: Sequence[ClassifiedLine],
    lines: Mapping[str, DraftLine],
    cars: Mapping[str, EventEntry],
    drivers: Mapping[str, Driver],
) -> None:
    rows = []
    for line in classified:
        car, timing = cars[line.car_number], lines[line.car_number].timing
        rows.append(
            Result(
                classification=classification,
                event_entry=car,
                position=line.position,
                class_position=line.class_position,
                car_number=line.car_number,
                race_class=car.entry.race_class,
                team=car.entry.team,
                team_name=car.team_name,
                team_country=car.team_country,
                car_model=car.car_model,
                car_model_name=car.car_model.name,
                status=line.status,
                laps=line.laps,
                total_time=line.total_time,
                best_lap_time=line.best_lap_time,
                best_lap_number=line.best_lap_number,
                timing_position=timing.position,
                timing_status=timing.status,
                timing_laps=timing.laps,
                timing_total_time=timing.total_time,
                timing_best_lap_time=timing.best_lap_time,
                timing_best_lap_number=timing.best_lap_number,
            )
        )
    Result.objects.bulk_create(rows)
    flags = {(number, seat.driver_id): seat.nationality for number, car in cars.items() for seat in car.crew.all()}
    ResultDriver.objects.bulk_create(
        ResultDriver(
            result=row,
            seat=seat,
            driver=drivers[slug],
            given_name=drivers[slug].given_name,
            family_name=drivers[slug].family_name,
            nationality=flags.get((row.car_number, drivers[slug].pk), drivers[slug].country),
        )
        for row in rows
        for seat, slug in enumerate(lines[row.car_number].drivers, start=1)
    )
