"""Timing files of the packaged season, as the provider would write them: for whoever tests what reads them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from championship.record.result_rows import TimingRow
from championship.timing.gaps import expected_gaps
from championship.timing.tables import TimedCar, TimedDriver, TimingTable
from championship.timing.write import write_race, write_timed
from tests.season import packaged_record

RACES = (
    ("sepang", "race-1"),
    ("sepang", "race-2"),
    ("dubai", "race"),
    ("abu-dhabi", "race-1"),
    ("abu-dhabi", "race-2"),
)


def with_gaps(table: TimingTable) -> TimingTable:
    """The table with the gaps that the provider would write."""
    pairs = zip(table.cars, expected_gaps(table), strict=True)
    return replace(table, cars=tuple(replace(car, gap_first=a, gap_previous=b) for car, (a, b) in pairs))


def timing_lines(event: str, session: str) -> tuple[TimingRow, ...]:
    """The lines of the newest version of a race, in timing order."""
    versions = [row for row in packaged_record().classifications if (row.event, row.session) == (event, session)]
    return versions[-1].lines


def race_table(event: str, session: str, lines: Iterable[TimingRow] | None = None) -> TimingTable:
    """Layout A of a race of the packaged season; other `lines` make the file of an earlier hour, or a changed one."""
    record = packaged_record()
    entries = {entry.car_number: entry for entry in record.entries}
    at_event = {entry.car_number: entry for entry in record.event_entries if entry.event == event}
    cars = []
    for line, row in enumerate(timing_lines(event, session) if lines is None else lines, start=2):
        entry = entries[row.car_number]
        cars.append(
            TimedCar(
                line=line,
                position=row.position,
                car_number=row.car_number,
                team=at_event[row.car_number].listed_name or _team(entry.team),
                race_class=_class_name(entry.race_class),
                vehicle=_vehicle(at_event[row.car_number].car_model or entry.car_model),
                status=row.status,
                laps=row.laps,
                total_time=row.total_time,
                best_lap_number=row.best_lap_number,
                best_lap_time=row.best_lap_time,
                drivers=tuple(_driver(slug, in_capitals=True) for slug in row.drivers),
                tyres="M",
                speed=_speed(event, row.best_lap_time),
            )
        )
    return with_gaps(TimingTable(layout="A", cars=tuple(cars)))


def race_file(event: str, session: str, lines: Iterable[TimingRow] | None = None) -> bytes:
    """The same as the bytes of a file."""
    return write_race(race_table(event, session, lines))


def timed_table(event: str, race_classes: Sequence[str]) -> TimingTable:
    """Layout B of a session that all cars of an event in these classes took part in: the best laps are made up."""
    record = packaged_record()
    entries = {entry.car_number: entry for entry in record.entries}
    present = [entry for entry in record.event_entries if entry.event == event]
    present = [entry for entry in present if entries[entry.car_number].race_class in race_classes]
    cars = []
    for position, entry in enumerate(present, start=1):
        best_lap_time = 110_000 + 137 * position
        cars.append(
            TimedCar(
                line=position + 1,
                position=position,
                car_number=entry.car_number,
                team=entry.listed_name or _team(entries[entry.car_number].team),
                race_class=_class_name(entries[entry.car_number].race_class),
                vehicle=_vehicle(entry.car_model or entries[entry.car_number].car_model),
                status="",
                laps=7,
                total_time=None,
                best_lap_number=1 + position % 7,
                best_lap_time=best_lap_time,
                drivers=tuple(
                    replace(_driver(seat.driver, in_capitals=False), rating=seat.rating, nationality=seat.nationality)
                    for seat in entry.crew or entries[entry.car_number].crew
                    if seat.driver
                ),
                tyres="M",
                speed=_speed(event, best_lap_time),
            )
        )
    return with_gaps(TimingTable(layout="B", cars=tuple(cars)))


def timed_file(event: str, race_classes: Sequence[str]) -> bytes:
    """The same as the bytes of a file."""
    return write_timed(timed_table(event, race_classes))


def _class_name(slug: str) -> str:
    return next(row.name for row in packaged_record().race_classes if row.slug == slug)


def _team(slug: str) -> str:
    return next(row.name for row in packaged_record().teams if row.slug == slug)


def _vehicle(slug: str) -> str:
    return next(row.name for row in packaged_record().car_models if row.slug == slug)


def _driver(slug: str, *, in_capitals: bool) -> TimedDriver:
    row = next(row for row in packaged_record().drivers if row.slug == slug)
    given_name, family_name = row.given_name, row.family_name.upper() if in_capitals else row.family_name
    name = f"{given_name} {family_name}".strip()
    return TimedDriver(name=name, given_name=given_name, family_name=family_name)


def _speed(event: str, lap_time: int | None) -> Decimal | None:
    """The speed that the length of the circuit gives, in km/h."""
    if lap_time is None:
        return None
    circuit = next(row.circuit for row in packaged_record().events if row.slug == event)
    length = next(row.length_m for row in packaged_record().circuits if row.slug == circuit)
    return (Decimal(3600) * length / lap_time).quantize(Decimal("0.1"))
