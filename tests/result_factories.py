"""Results, poles and decisions for tests, beside the small objects of tests/factories.py."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Model, QuerySet

from championship.models import (
    Classification,
    CrewMember,
    Decision,
    DecisionEffect,
    Driver,
    EventEntry,
    PolePosition,
    Round,
    Season,
    Session,
)
from championship.rules.classifications import TimingLine
from championship.services.results import DraftLine, publish_version
from tests.factories import (
    make_entry,
    make_event,
    make_event_entry,
    make_points_settings,
    make_race_class,
    make_round,
    make_season,
    make_title,
)

LAPS = 100
SLOWEST_LAP = 120_000


def make_racing_season(
    slug: str = "2030-31", *, rounds: int = 2, cars: Sequence[str] = ("7", "22", "99"), crew: int = 2
) -> Season:
    """One class with titles for teams and drivers, and an event a month with one round and all cars entered.

    The scale is 25, 18, 15 and a pole is worth 1 point.
    """
    season = make_season(slug)
    make_points_settings(season)
    race_class = make_race_class(season)
    make_title(race_class, "teams")
    make_title(race_class, "drivers")
    # Written together, without history: this is what nearly every test of results begins with.
    entries = [make_entry(race_class, number) for number in cars]
    drivers = Driver.objects.bulk_create(
        Driver(slug=f"driver-{slug}-{car}-{seat}", given_name="Ada", family_name=f"Seat {seat} of {car}", country="FR")
        for car in cars
        for seat in range(1, crew + 1)
    )
    for number in range(1, rounds + 1):
        event = make_event(season, f"event-{number}", starts_on=date(2030, 11, 7) + timedelta(days=28 * number))
        make_round(event, number)
        entered = EventEntry.objects.bulk_create(
            EventEntry(event=event, entry=entry, car_model=entry.car_model) for entry in entries
        )
        CrewMember.objects.bulk_create(
            CrewMember(event_entry=car, seat=index % crew + 1, driver=drivers[index], rating="gold", nationality="FR")
            for index, car in enumerate(car for car in entered for _ in range(crew))
        )
    return season


def unguarded(model: type[Model]) -> QuerySet[Any]:
    """The rows of a model behind the back of its managers, which may refuse changes: what a broken database has."""
    return QuerySet(model)


def make_pole(round_: Round, car_number: str, driver: Driver | None = None, **values: Any) -> PolePosition:
    """A pole position of the car's class in the round; scores follow with the next publication or refresh."""
    car = car_at(round_.race_session, car_number)
    return PolePosition.objects.create(
        round=round_, race_class=car.entry.race_class, event_entry=car, driver=driver, **values
    )


def make_decision(session: Session, car_number: str, *effects: Mapping[str, Any], **values: Any) -> Decision:
    """A decision with `effects`, each the fields of a DecisionEffect: `{"kind": "time_added", "time": 5_000}`."""
    defaults = {"slug": f"car-{car_number.lower()}", "order": session.decisions.count() + 1}
    decision = Decision.objects.create(session=session, event_entry=car_at(session, car_number), **defaults | values)
    for order, effect in enumerate(effects, start=1):
        DecisionEffect.objects.create(decision=decision, order=order, **effect)
    return decision


def car_at(session: Session, car_number: str) -> EventEntry:
    """The car at the session's event; a car of the season that is not entered there yet is entered."""
    known = session.event.event_entries.filter(entry__car_number=car_number).first()
    return known or make_event_entry(session.event, session.event.season.entries.get(car_number=car_number))


def timing_line(car: EventEntry, position: int, status: str = "Classified", **values: Any) -> TimingLine:
    """The car as timed in `position`: each car is ten seconds behind the one before, one not classified stood still."""
    laps = LAPS if status == "Classified" else LAPS // 2
    defaults = {
        "laps": laps,
        "total_time": laps * SLOWEST_LAP + position * 10_000,
        "best_lap_time": SLOWEST_LAP - 10_000 + position * 100,
        "best_lap_number": position,
    }
    return TimingLine(
        car_number=car.entry.car_number,
        race_class=car.entry.race_class.slug,
        position=position,
        status=status,
        **defaults | values,
    )


def draft_lines(
    session: Session,
    car_numbers: Sequence[str],
    *,
    not_classified: Sequence[str] = (),
    drivers: Mapping[str, Sequence[Driver | str]] | None = None,
) -> list[DraftLine]:
    """The timing file of the session: classified cars in finishing order, then those that are not."""
    found = []
    for position, number in enumerate([*car_numbers, *not_classified], start=1):
        car = car_at(session, number)
        crew: Sequence[Driver | str] = (drivers or {}).get(number, ())
        if not crew:
            crew = [seat.driver for seat in car.crew.order_by("seat").select_related("driver") if seat.driver]
        status = "Not classified" if number in not_classified else "Classified"
        slugs = tuple(each if isinstance(each, str) else each.slug for each in crew)
        found.append(DraftLine(timing=timing_line(car, position, status), drivers=slugs))
    return found


def publish_results(
    race: Round | Session,
    car_numbers: Sequence[str],
    *,
    at: datetime | None = None,
    status: str = "official",
    not_classified: Sequence[str] = (),
    drivers: Mapping[str, Sequence[Driver | str]] | None = None,
    decisions: Sequence[Decision] = (),
    cause: str = "",
    **values: Any,
) -> Classification:
    """Publish the next version of the race: these cars in finishing order before `decisions`.

    Cars are entered at the event when they are not yet, and driven by the crew of their event entry unless `drivers`
    says otherwise. `at` defaults to the end of the race, and an hour after the version before.
    """
    session = race.race_session if isinstance(race, Round) else race
    lines = draft_lines(session, car_numbers, not_classified=not_classified, drivers=drivers)
    return publish_lines(session, lines, at=at, status=status, decisions=decisions, cause=cause, **values)


def publish_lines(
    session: Session, lines: Sequence[DraftLine], *, at: datetime | None = None, cause: str = "", **values: Any
) -> Classification:
    """Publish these lines as the next version, official and from the archive unless `values` say otherwise."""
    before = session.classifications.order_by("-version").first()
    end = (session.starts_at or datetime(2030, 12, 7, 6, tzinfo=UTC)) + timedelta(hours=4)
    following = max(end, before.published_at + timedelta(hours=1)) if before else end
    defaults = {
        "version": before.version + 1 if before else 1,
        "status": Classification.Status.OFFICIAL,
        "published_precision": Classification.Precision.MINUTE,
        "decisions": (),
        "from_archive": True,
    }
    return publish_version(
        session=session,
        published_at=at or following,
        lines=lines,
        cause=cause or ("Corrected" if before else ""),
        **defaults | values,
    )
