"""What an official should look at before a list goes out. Nothing here prevents it: a warning wants a reason."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from championship import clock
from championship.models import (
    Classification,
    ClassificationDraft,
    CrewMember,
    Decision,
    DecisionEffect,
    Driver,
    EventEntry,
    PointsSettings,
    Rating,
    Session,
    TimingImport,
)
from championship.rules.checks import Check, odd_laps, warning
from championship.rules.classifications import ClassifiedLine
from championship.rules.classifications import warnings as distance_warnings
from championship.rules.protests import protest_window
from championship.services.results import DraftLine
from championship.services.timing_imports import table_of
from championship.timing.cross_checks import remarks

# More remarks about a timing file than this are counted: its own page tells them all.
MOST_REMARKS = 5
# How an applied file is named in the source of the draft that it became.
FILE_IN_SOURCE = re.compile(r"\(SHA-256 ([0-9a-f]{12})\)")


def warnings(
    draft: ClassificationDraft,
    session: Session,
    *,
    lines: Sequence[DraftLine],
    classified: Sequence[ClassifiedLine],
    decisions: Sequence[Decision],
    cars: Mapping[str, EventEntry],
    drivers: Mapping[str, Driver],
) -> list[Check]:
    """All warnings of a draft, those of the list first; `classified` is empty while it cannot be made."""
    return [
        *_of_the_race(session, lines, classified),
        *_of_lines(session, lines, cars, drivers),
        *_of_crews(session, cars, {line.timing.car_number: line.drivers for line in lines}, drivers),
        *_of_decisions(session, decisions),
        *_of_age(draft),
        *_of_file(draft),
    ]


def pending(previous: Classification, session: Session) -> list[Check]:
    """Why the version that stands should not become official yet: it may be protested, or something is open."""
    found = []
    state, season, name = previous.state, session.event.season, f"v{previous.version}"
    flags = {
        "is under investigation": state.is_under_investigation,
        "is protested": state.is_protested,
        "is subject to an appeal": state.is_subject_to_appeal,
    }
    found += [warning(f"{name} {words}.", "version") for words, is_set in flags.items() if is_set]
    if season.protest_minutes and previous.published_precision == Classification.Precision.MINUTE:
        window = protest_window(previous.published_at, season.time_to_protest, clock.now())
        if window.is_open:
            closes_at = window.closes_at.astimezone(session.event.zone)
            text = f"The time to protest against {name} is not over: it closes at {closes_at:%H:%M} track time."
            found.append(warning(text, "protest"))
    return found


def is_decided_anew(draft: ClassificationDraft) -> bool:
    """Whether a decision of the session was written since the draft was: whoever checked it saw another order.

    The number that the notice board gives a decision moves nobody.
    """
    since = draft.history.latest().history_date
    decisions = Decision.history.filter(session_id=draft.session_id)
    effects = DecisionEffect.history.filter(decision_id__in=decisions.values("id"))
    if effects.filter(history_date__gt=since).exists():
        return True
    return any(not _is_only_numbered(record) for record in decisions.filter(history_date__gt=since))


def _is_only_numbered(record: Any) -> bool:
    before = record.prev_record
    return before is not None and {"number"} == {
        field.name
        for field in Decision._meta.concrete_fields
        if field.name != "version" and getattr(record, field.attname) != getattr(before, field.attname)
    }


def _of_the_race(session: Session, lines: Sequence[DraftLine], classified: Sequence[ClassifiedLine]) -> list[Check]:
    if session.kind != Session.Kind.RACE:
        return []
    settings = PointsSettings.objects.filter(season=session.event.season_id).first()
    short = distance_warnings(classified, settings.classified_share) if settings else ()
    return [*map(warning, short), *odd_laps([line.timing for line in lines])]


def _of_lines(
    session: Session, lines: Sequence[DraftLine], cars: Mapping[str, EventEntry], drivers: Mapping[str, Driver]
) -> list[Check]:
    """Cars and drivers that do not fit the entries of the event."""
    group = {race_class.slug: race_class.name for race_class in session.race_classes.all()}
    listed = {line.timing.car_number: line for line in lines}
    found = []
    for number, line in listed.items():
        if group and line.timing.race_class not in group:
            text = f"Car {number} is not of the classes of this session ({', '.join(group.values())})."
            found.append(warning(text, "line", number))
        if not line.drivers:
            text = f"Car {number} has no driver. Its points go to nobody in the drivers’ titles."
            found.append(warning(text, "line", number))
        if number in cars:
            crew = {seat.driver_id for seat in cars[number].crew.all()}
            strangers = [drivers[slug] for slug in line.drivers if slug in drivers and drivers[slug].pk not in crew]
            found += [
                warning(f"{driver} is not in the crew of car {number} at this event.", "crew", number)
                for driver in strangers
            ]
    for number, car in cars.items():
        of_group = not group or car.entry.race_class.slug in group
        if car.status == EventEntry.Status.ENTERED and of_group and number not in listed:
            found.append(warning(f"Car {number} is entered at the event and not in this list.", "car", number))
    return found


def _of_crews(
    session: Session,
    cars: Mapping[str, EventEntry],
    drove: Mapping[str, Collection[str]],
    drivers: Mapping[str, Driver],
) -> list[Check]:
    """Seats that nobody is named for, and ratings that another event of the season has otherwise."""
    found = []
    seats = [(number, seat) for number, car in cars.items() if number in drove for seat in car.crew.all()]
    for number, seat in seats:
        if seat.driver_id is None:
            text = f"Seat {seat.seat} of car {number} is still to be announced at this event."
            found.append(warning(text, "crew", number))
    names = {driver.pk: driver for driver in drivers.values()}
    others: dict[tuple[int, str], str] = {}
    elsewhere = CrewMember.objects.filter(event_entry__event__season=session.event.season_id, driver__in=names)
    for pk, rating, event in elsewhere.exclude(event_entry__event=session.event_id).values_list(
        "driver", "rating", "event_entry__event__name"
    ):
        others.setdefault((pk, rating), event)
    for number, seat in seats:
        other = next(((rating, at) for (pk, rating), at in others.items() if pk == seat.driver_id), None)
        if other and (seat.driver_id, seat.rating) not in others:
            text = (
                f"{names[seat.driver_id]} is {Rating(seat.rating).label} in car {number} here, "
                f"and {Rating(other[0]).label} at {other[1]}."
            )
            found.append(warning(text, "crew", number))
    return found


def _of_decisions(session: Session, decisions: Sequence[Decision]) -> list[Check]:
    counting = {row.pk for row in decisions}
    imposed = session.decisions.filter(status=Decision.Status.IMPOSED).exclude(pk__in=counting)
    found = [
        warning(f"{decision} is imposed and not applied: it moves nobody.", "decision", decision.slug)
        for decision in imposed.select_related("event_entry__entry", "session__event")
    ]
    told = set(
        Decision.objects.filter(pk__in=counting, documents__published_at__isnull=False).values_list("pk", flat=True)
    )
    found += [
        warning(
            f"The decision about car {decision.event_entry.entry.car_number} counts and is on no document of the "
            "notice board.",
            "decision",
            decision.slug,
        )
        for decision in decisions
        if decision.pk not in told
    ]
    return found


def _of_age(draft: ClassificationDraft) -> list[Check]:
    if not is_decided_anew(draft):
        return []
    text = "A decision was written or changed after this draft. Whoever checked it saw another order."
    return [warning(text, "draft")]


def _of_file(draft: ClassificationDraft) -> list[Check]:
    """What the timing file of the draft gives away: it was shown when the file was applied, and somebody went on."""
    named = FILE_IN_SOURCE.search(draft.source)
    if named is None:
        return []
    applied = TimingImport.objects.filter(session=draft.session_id, state=TimingImport.State.APPLIED).defer("content")
    staged = applied.filter(sha256__startswith=named[1]).first()
    if staged is None:
        return []
    found = remarks(table_of(staged), entered=None, planned=draft.session.duration_minutes)
    texts = [
        f"In {staged.file_name}, car {row.car_number}: {row.text}" if row.car_number else row.text for row in found
    ]
    if len(texts) > MOST_REMARKS:
        texts = [*texts[:MOST_REMARKS], f"{len(texts) - MOST_REMARKS} more remarks about {staged.file_name}."]
    return [warning(text, "import", str(staged.pk)) for text in texts]
