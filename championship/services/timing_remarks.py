"""What a person should look at in a timing file beside what the file itself gives away; it blocks nothing."""

from collections.abc import Mapping
from dataclasses import replace

from championship.models import Driver, EventEntry, Session
from championship.rules.text import fold
from championship.services.timing_matching import Matched
from championship.timing.cross_checks import remarks
from championship.timing.tables import Remark, TimedCar, TimingTable


def results_remarks(
    session: Session,
    table: TimingTable,
    cars: Mapping[str, EventEntry],
    *,
    matched: tuple[Matched, Matched],
    people: Mapping[str, Driver],
) -> tuple[Remark, ...]:
    """The cross-checks of the file, then what differs from the entries, car by car; `matched` are classes, drivers."""
    classes, drivers = matched
    group = {row.slug: row.name for row in session.race_classes.all()}
    in_file = {car.car_number for car in table.cars}
    classes_in_file = {classes.slug(car.race_class, car.car_number) for car in table.cars}
    # A file of one class says nothing about the cars of the others.
    entered = {
        number: car.entry.race_class.name
        for number, car in cars.items()
        if number in in_file
        or (car.status == EventEntry.Status.ENTERED and car.entry.race_class.slug in classes_in_file)
    }
    names = {car.entry.race_class.slug: car.entry.race_class.name for car in cars.values()}
    found = list(remarks(_with_classes(table, classes, names), entered=entered, planned=session.duration_minutes))
    for car in table.cars:
        texts = []
        race_class = classes.slug(car.race_class, car.car_number)
        if group and race_class and race_class not in group:
            texts.append(f"It is not of the classes of this session ({', '.join(group.values())}).")
        if car.car_number in cars:
            texts += _against_entry(car, cars[car.car_number], drivers, people)
        found += [Remark(line=car.line, car_number=car.car_number, text=text) for text in texts]
    return tuple(found)


def _with_classes(table: TimingTable, classes: Matched, names: Mapping[str, str]) -> TimingTable:
    """The table with its classes under their own names as far as they are known, so that an alias is no difference."""
    cars = (
        replace(car, race_class=names.get(classes.slug(car.race_class, car.car_number), car.race_class))
        for car in table.cars
    )
    return replace(table, cars=tuple(cars))


def _against_entry(car: TimedCar, entered: EventEntry, drivers: Matched, people: Mapping[str, Driver]) -> list[str]:
    found = []
    if car.team and fold(car.team) != fold(entered.team_name):
        found.append(f"The file calls the team “{car.team}”; it is entered as “{entered.team_name}”.")
    if car.vehicle and fold(car.vehicle) != fold(entered.car_model.name):
        found.append(f"The file calls the car “{car.vehicle}”; it is entered as “{entered.car_model.name}”.")
    crew = {seat.driver.slug: str(seat.driver) for seat in entered.crew.all() if seat.driver}
    drove = [drivers.slug(driver.name, car.car_number) for driver in car.drivers]
    for slug in drove:
        if slug and slug not in crew:
            found.append(f"{people[slug]} is not in the crew of the car at this event.")
    if all(drove):
        missing = [name for slug, name in crew.items() if slug not in drove]
        found += [f"{name} is in the crew of the car and not in the file." for name in missing]
    if not car.drivers:
        found.append("The file names no driver. Its points would go to nobody in the drivers’ titles.")
    return found
