"""The gaps that the provider writes: to the first car and to the row above, whatever its class or status."""

from championship.timing.tables import TimedCar, TimingTable
from championship.timing.write import written_time


def expected_gaps(table: TimingTable) -> tuple[tuple[str, str], ...]:
    """Gap to the first and to the row above of each car, in the provider's form of a race or of a timed session."""
    gap, none = (_race_gap, "") if table.is_race else (_timed_gap, "-")
    gaps = []
    for index, car in enumerate(table.cars):
        if not table.is_race and (car.best_lap_time is None or car.position is None):
            gaps.append(("", ""))
        elif index == 0:
            gaps.append((none, none))
        else:
            gaps.append((gap(car, table.cars[0]), gap(car, table.cars[index - 1])))
    return tuple(gaps)


def _race_gap(car: TimedCar, ahead: TimedCar) -> str:
    """`7 Laps` (always plural, and negative behind a car with fewer), `1'01.543`, or "" when a time is missing."""
    if car.laps != ahead.laps:
        return f"{ahead.laps - car.laps} Laps"
    if car.total_time is None or ahead.total_time is None:
        return ""
    difference = car.total_time - ahead.total_time
    return ("-" if difference < 0 else "") + written_time(abs(difference), "'")


def _timed_gap(car: TimedCar, ahead: TimedCar) -> str:
    """`+0.484`, or "" when a time is missing."""
    if car.best_lap_time is None or ahead.best_lap_time is None:
        return ""
    difference = car.best_lap_time - ahead.best_lap_time
    return ("-" if difference < 0 else "+") + written_time(abs(difference), ":")
