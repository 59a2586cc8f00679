"""Whether the order of the cars is the one that the provider makes: positions, status blocks, laps and times."""

from collections.abc import Iterator
from itertools import pairwise

from championship.rules.durations import duration
from championship.timing.tables import Remark, TimedCar, TimingTable

CLASSIFIED = "Classified"
# Share of the most laps of a class; the fewest seen of a car that is classified after a whole race is 0.69.
_FEW = (6, 10)
# No race of so many cars was seen that all of them finished.
_MANY = 20
_MINUTE, _HOUR = 60_000, 3_600_000
# A leader crosses the line within a lap after a full hour, behind a safety car too.
_SOON_AFTER = 6 * _MINUTE


def earlier_hour(table: TimingTable) -> Iterator[Remark]:
    """In the files of the first hours every car is “Classified”, whatever it has driven. IMSA writes it of all cars."""
    if table.layout != "A":
        return
    most: dict[str, int] = {}
    for car in table.cars:
        most[car.race_class] = max(most.get(car.race_class, 0), car.laps)
    few = [
        car for car in table.cars if car.status == CLASSIFIED and car.laps * _FEW[1] < most[car.race_class] * _FEW[0]
    ]
    if all(car.status == CLASSIFIED for car in table.cars) and (few or len(table.cars) >= _MANY):
        even = ", even those that hardly drove" if few else ""
        text = f"All {len(table.cars)} cars are “Classified”{even}. That is how "
        text += f"the files of an earlier hour are; the leader's time is {duration(table.cars[0].total_time or 0)}. "
        yield Remark(line=0, car_number="", text=f"{text}Import the file of the last hour.")
    for car in few:
        text = f"It is “Classified” with {_laps(car.laps)}; the most in its class are {most[car.race_class]}."
        yield Remark(line=car.line, car_number=car.car_number, text=text)


def planned_length(table: TimingTable, minutes: int) -> Iterator[Remark]:
    """A race that is over took as long as planned. One that was stopped may end at any time, but seldom just after a
    full hour, when the files of the hours are written."""
    time = table.cars[0].total_time if table.is_race and table.cars else None
    if time is None or time >= minutes * _MINUTE or time < _HOUR or time % _HOUR >= _SOON_AFTER:
        return
    text = f"The leader's time is {duration(time)}, just after a full hour, and the race was planned for "
    text += f"{duration(minutes * _MINUTE)}. Import the file of the last hour, unless the race was stopped then."
    yield Remark(line=0, car_number="", text=text)


def positions(table: TimingTable) -> Iterator[Remark]:
    """Positions run from 1 without holes, in the order of the file."""
    lines: dict[int, int] = {}
    last = 0
    for car in table.cars:
        if car.position is None:
            text = "The file gives it no position"
            text += ", but a time: was it taken out of the session?" if car.best_lap_time is not None else "."
        elif car.position in lines:
            text = f"Position {car.position} stands on line {lines[car.position]} already."
        elif car.position != last + 1:
            text = f"Position {car.position} follows position {last}." if last else f"The first is {car.position}."
            text += " A line is missing, or stands elsewhere."
        else:
            text = ""
        if text:
            yield Remark(line=car.line, car_number=car.car_number, text=text)
        if car.position is not None:
            lines.setdefault(car.position, car.line)
            last = car.position


def statuses(table: TimingTable) -> Iterator[Remark]:
    """All cars of a status stand together, the classified ones first."""
    ended: set[str] = set()
    for above, car in pairwise(table.cars):
        if car.status != above.status:
            ended.add(above.status)
            if car.status in ended:
                text = f"“{car.status}” stands below “{above.status}”, apart from the others of its status."
                yield Remark(line=car.line, car_number=car.car_number, text=text)
            elif car.status == CLASSIFIED:
                text = f"“{CLASSIFIED}” stands below “{above.status}”."
                yield Remark(line=car.line, car_number=car.car_number, text=text)


def laps_and_times(table: TimingTable) -> Iterator[Remark]:
    """Laps fall within a status and times rise on equal laps; in a timed session best laps rise."""
    for above, car in pairwise(table.cars):
        text = _order_fault(above, car) if table.is_race else _timed_order_fault(above, car)
        if text:
            yield Remark(line=car.line, car_number=car.car_number, text=text)


def _order_fault(above: TimedCar, car: TimedCar) -> str:
    if car.status != above.status:
        return ""
    if car.laps > above.laps:
        return f"It has {_laps(car.laps)}, more than car {above.car_number} above it ({above.laps})."
    if car.status != CLASSIFIED or car.laps < above.laps or car.total_time is None or above.total_time is None:
        return ""
    if car.total_time < above.total_time:
        times = f"{duration(car.total_time)}, car {above.car_number} above it {duration(above.total_time)}"
        return f"Its time is the better one on equal laps: {times}."
    return ""


def _timed_order_fault(above: TimedCar, car: TimedCar) -> str:
    if car.position is None or car.best_lap_time is None:
        return ""
    if above.best_lap_time is None:
        return f"It has a time, and stands below car {above.car_number}, which has none."
    if car.best_lap_time < above.best_lap_time:
        return f"Its best lap is better than that of car {above.car_number} above it."
    return ""


def _laps(number: int) -> str:
    return f"{number} lap" if number == 1 else f"{number} laps"
