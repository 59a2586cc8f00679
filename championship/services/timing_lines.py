"""The lines of a timing file as a draft has them."""

from collections import Counter
from collections.abc import Sequence

from championship.rules.classifications import CLASSIFIED, TimingLine
from championship.rules.merging import merged
from championship.services.results import DraftLine
from championship.services.timing_matching import Matched
from championship.timing.tables import TimedCar, TimingTable

NOT_CLASSIFIED = "Not classified"


def file_lines(table: TimingTable, classes: Matched, drivers: Matched) -> tuple[DraftLine, ...]:
    """The lines of the file as a draft has them, in the file's order.

    They are numbered 1..n: a car without a position stands behind all that have one. A timed session knows no status:
    a car with a position and a time is classified, any other is not (docs/importing.md).
    """
    placed = sorted(table.cars, key=lambda car: (car.position is None, car.position or 0))
    return tuple(
        DraftLine(
            timing=TimingLine(
                car_number=car.car_number,
                race_class=classes.slug(car.race_class, car.car_number),
                position=number,
                status=car.status or status_of(table, car),
                laps=car.laps,
                total_time=car.total_time,
                best_lap_time=car.best_lap_time,
                best_lap_number=car.best_lap_number,
            ),
            drivers=tuple(drivers.slug(driver.name, car.car_number) for driver in car.drivers),
        )
        for number, car in enumerate(placed, start=1)
    )


def status_of(table: TimingTable, car: TimedCar) -> str:
    is_timed = not table.is_race and car.position is not None and car.best_lap_time is not None
    return CLASSIFIED if is_timed else NOT_CLASSIFIED


def others(before: Sequence[DraftLine], own: Sequence[DraftLine]) -> tuple[DraftLine, ...]:
    """Lines of before whose class the file does not have: another file's."""
    classes = {line.timing.race_class for line in own}
    numbers = {line.timing.car_number for line in own}
    if "" in classes:
        return ()
    return tuple(
        line for line in before if line.timing.race_class not in classes and line.timing.car_number not in numbers
    )


def together(kept: Sequence[DraftLine], own: Sequence[DraftLine], by_best_lap: bool) -> tuple[DraftLine, ...]:
    crews = {line.timing.car_number: line.drivers for line in (*kept, *own)}
    order = merged([line.timing for line in kept], [line.timing for line in own], by_best_lap=by_best_lap)
    return tuple(DraftLine(timing=line, drivers=crews[line.car_number]) for line in order)


def counts(table: TimingTable) -> tuple[tuple[str, str, int], ...]:
    """How many cars there are by class and status, as the file calls them."""
    counted = Counter((car.race_class, car.status or status_of(table, car)) for car in table.cars)
    return tuple((race_class, status, number) for (race_class, status), number in counted.items())
