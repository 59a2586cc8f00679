"""Timing files for tests, made of what is entered: as the provider would write them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from championship.models import EventEntry, Session
from championship.rules.classifications import TimingLine
from championship.timing.tables import TimedCar, TimedDriver, TimingTable
from championship.timing.write import write_race, write_timed
from tests import result_factories as results


def timed_driver(name: str, **values: Any) -> TimedDriver:
    """`Tom DILLMANN`: the family name is what follows the first word."""
    given, _, family = name.partition(" ")
    return TimedDriver(**{"name": name, "given_name": given, "family_name": family} | values)


def timed_car(car: EventEntry, line: TimingLine, number: int, drivers: Sequence[str] | None = None) -> TimedCar:
    """The line of a car in the file, under the names of its entry; the crew as it is entered unless `drivers` say."""
    crew = [seat for seat in car.crew.order_by("seat") if seat.driver]
    if drivers is None:
        people = [
            TimedDriver(
                name=f"{seat.driver.given_name} {seat.driver.family_name.upper()}",
                given_name=seat.driver.given_name,
                family_name=seat.driver.family_name.upper(),
            )
            for seat in crew
        ]
    else:
        people = [timed_driver(name) for name in drivers]
    return TimedCar(
        line=number,
        position=line.position,
        car_number=line.car_number,
        team=car.team_name,
        race_class=car.entry.race_class.name,
        vehicle=car.car_model.name,
        status=line.status,
        laps=line.laps,
        total_time=line.total_time,
        best_lap_number=line.best_lap_number,
        best_lap_time=line.best_lap_time,
        drivers=tuple(people),
    )


def race_table(
    session: Session,
    car_numbers: Sequence[str],
    *,
    not_classified: Sequence[str] = (),
    drivers: Mapping[str, Sequence[str]] | None = None,
) -> TimingTable:
    """The race with these cars in finishing order, then those that are not classified."""
    lines = results.draft_lines(session, car_numbers, not_classified=not_classified)
    cars = [
        timed_car(
            results.car_at(session, line.timing.car_number),
            line.timing,
            number,
            (drivers or {}).get(line.timing.car_number),
        )
        for number, line in enumerate(lines, start=2)
    ]
    return TimingTable(layout="A", cars=tuple(cars))


def changed(table: TimingTable, car: str, /, **values: Any) -> TimingTable:
    """The table with something else about one car."""
    cars = tuple(replace(one, **values) if one.car_number == car else one for one in table.cars)
    return replace(table, cars=cars)


def race_file(session: Session, car_numbers: Sequence[str], **values: Any) -> bytes:
    return write_race(race_table(session, car_numbers, **values))


def timed_table(session: Session, car_numbers: Sequence[str]) -> TimingTable:
    """A timed session with these cars, the fastest first, and their crews with rating and nationality."""
    cars = []
    for line in results.draft_lines(session, car_numbers):
        car = results.car_at(session, line.timing.car_number)
        seats = [seat for seat in car.crew.order_by("seat").select_related("driver") if seat.driver]
        people = [
            TimedDriver(
                name=f"{seat.driver.given_name} {seat.driver.family_name}",
                given_name=seat.driver.given_name,
                family_name=seat.driver.family_name,
                rating=seat.rating,
                nationality=str(seat.nationality),
            )
            for seat in seats
        ]
        plain = timed_car(car, line.timing, len(cars) + 2)
        cars.append(replace(plain, status="", total_time=None, drivers=tuple(people)))
    return TimingTable(layout="B", cars=tuple(cars))


def timed_file(session: Session, car_numbers: Sequence[str]) -> bytes:
    return write_timed(timed_table(session, car_numbers))
