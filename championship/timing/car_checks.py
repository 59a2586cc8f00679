"""Whether the numbers of a car fit together, and with those of the other cars."""

from collections.abc import Iterator
from fractions import Fraction

from championship.rules.durations import duration
from championship.timing.gaps import expected_gaps
from championship.timing.problems import shown
from championship.timing.tables import Remark, TimedCar, TimingTable

# Time and speed of a best lap give the length of the track. Speeds have one decimal: 0.06 % at most were seen.
_TOLERANCE = Fraction(1, 1000)
_FEWEST_TO_COMPARE = 3


def gaps(table: TimingTable) -> Iterator[Remark]:
    """Gaps follow from laps and times; where they do not, one of the three was changed, or an hour was mixed."""
    for car, (first, previous) in zip(table.cars, expected_gaps(table), strict=True):
        for name, found, expected in (("first", car.gap_first, first), ("previous", car.gap_previous, previous)):
            if _plain(found) != _plain(expected):
                text = f"The gap to the {name} car is {shown(found)}; laps and times make {shown(expected)} of it."
                yield Remark(line=car.line, car_number=car.car_number, text=text)


def _plain(gap: str) -> str:
    """A gap without what the layouts write differently: plus signs, colons, and a dash for none."""
    return gap.removeprefix("+").replace(":", "'").replace("’", "'").removesuffix("s") if gap != "-" else ""


def speeds(table: TimingTable) -> Iterator[Remark]:
    """Time and speed of the best lap make the same length of track for every car."""
    lengths = {car: length for car in table.cars if (length := _track_length(car))}
    if len(lengths) < _FEWEST_TO_COMPARE:
        return
    usual = sorted(lengths.values())[len(lengths) // 2]
    for car, length in lengths.items():
        if abs(length - usual) > usual * _TOLERANCE:
            text = (
                f"Its best lap of {duration(car.best_lap_time or 0)} at {car.speed} km/h makes a track of "
                f"{_kilometres(length)}; the other cars make {_kilometres(usual)} of it."
            )
            yield Remark(line=car.line, car_number=car.car_number, text=text)


def _track_length(car: TimedCar) -> Fraction | None:
    """Kilometres, None without a best lap and its speed."""
    if car.best_lap_time is None or car.speed is None:
        return None
    return Fraction(car.speed) * car.best_lap_time / 3_600_000


def _kilometres(length: Fraction) -> str:
    return f"{round(length * 1000) / 1000:.3f} km"


def laps(table: TimingTable) -> Iterator[Remark]:
    """No lap is driven faster than the best one, and the best one is one of those that were driven."""
    for car in table.cars:
        if car.best_lap_number is not None and car.best_lap_number > car.laps:
            text = f"Its best lap is number {car.best_lap_number}, and it has {car.laps}: was a lap taken away?"
            yield Remark(line=car.line, car_number=car.car_number, text=text)
        if car.total_time is not None and car.best_lap_time is not None:
            # The first lap begins on the grid, and may be shorter.
            least = (car.laps - 1) * car.best_lap_time
            if car.total_time < least:
                text = f"{car.laps} laps in {duration(car.total_time)} are faster than its best lap: "
                text += f"one lap less at {duration(car.best_lap_time)} each makes {duration(least)}."
                yield Remark(line=car.line, car_number=car.car_number, text=text)


def best_laps(table: TimingTable) -> Iterator[Remark]:
    """Number, time and speed of the best lap are all there or all empty."""
    for car in table.cars:
        parts = {"number": car.best_lap_number, "time": car.best_lap_time, "speed": car.speed}
        empty = [name for name, value in parts.items() if value is None]
        if 0 < len(empty) < len(parts):
            text = f"Its best lap has no {' and no '.join(empty)}."
            yield Remark(line=car.line, car_number=car.car_number, text=text)


def empty_cells(table: TimingTable) -> Iterator[Remark]:
    """Team, class, car and drivers are named, and whoever drove laps has a time."""
    for car in table.cars:
        named = {"team": car.team, "class": car.race_class, "vehicle": car.vehicle, "driver": car.drivers}
        empty = [name for name, value in named.items() if not value]
        if table.is_race and car.laps and car.total_time is None:
            empty.append("total time")
        if empty:
            yield Remark(line=car.line, car_number=car.car_number, text=f"The file names no {' and no '.join(empty)}.")
