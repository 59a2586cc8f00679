"""A classification as somebody types it, instead of a timing file: rows of cells, as text or as JSON. Times are whole
milliseconds.

Cells are read as people write them. “=” is what the row above has. An empty status is that of the row above, and
“Classified” in the first row; in a race, empty laps of a classified car are those of the classified car above.
`+12.345` is a gap to the first car, `1 lap` how many laps a car is behind it. What is typed and not understood is a
`CellProblem`, what is not typed yet is None.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from championship.rules.decisions import CLASSIFIED
from championship.rules.durations import duration, read_duration
from championship.rules.names import CAR_NUMBER, SLUG

MOST_ROWS = 200
MOST_DRIVERS = 6
LONGEST_STATUS = 30
LONGEST_SLUG = 80

SAME = "="
STATUSES = {"c": CLASSIFIED, "nc": "Not classified"}
"""What officials type in short."""

LABELS = {
    "car_number": "number",
    "laps": "laps",
    "total_time": "time",
    "status": "status",
    "best_lap_time": "best lap",
    "best_lap_number": "lap number",
    "drivers": "drivers",
}
"""The columns in the order in which they are typed, and how messages call them."""

_WHOLE = re.compile(r"[0-9]{1,4}", re.ASCII)
_LAPS_DOWN = re.compile(r"\+? ?([0-9]{1,3}) ?(?:laps?|l)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """A row as it was typed; `drivers` are slugs in the order of their seats, None for the crew of the event."""

    car_number: str = ""
    laps: str = ""
    total_time: str = ""
    status: str = ""
    best_lap_time: str = ""
    best_lap_number: str = ""
    drivers: tuple[str, ...] | None = None

    @property
    def is_empty(self) -> bool:
        return self == TypedRow()


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedCar:
    """What a row says about a car; `row` counts from 1 as it was typed. `laps` None are not typed yet."""

    row: int
    car_number: str
    laps: int | None
    total_time: int | None
    status: str
    best_lap_time: int | None
    best_lap_number: int | None
    drivers: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem:
    """A cell that cannot be read: where it is, what is wrong and how to mend it. `column` is a key of LABELS."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"Row {self.row}, {LABELS[self.column]}: {self.message}"


def read_rows(rows: Sequence[TypedRow], *, is_race: bool) -> tuple[tuple[TypedCar, ...], tuple[CellProblem, ...]]:
    """The cars of these rows in their order, and every cell that is not understood; empty rows say nothing."""
    reader = _Reader(is_race)
    cars = [reader.car(number, row) for number, row in enumerate(rows, start=1) if not row.is_empty]
    places = list(LABELS)
    return tuple(cars), tuple(sorted(reader.problems, key=lambda problem: (problem.row, places.index(problem.column))))


class _Reader:
    """Reads rows from the first to the last; a cell may refer to the row above, or to the first car."""

    def __init__(self, is_race: bool) -> None:
        self.is_race = is_race
        self.problems: list[CellProblem] = []
        self.above: TypedCar | None = None
        self.first: TypedCar | None = None

    def car(self, number: int, row: TypedRow) -> TypedCar:
        self._row = number
        cells = {name: " ".join(getattr(row, name).split()) for name in LABELS if name != "drivers"}
        status = self._status(cells["status"])
        laps = self._laps(cells["laps"], cells["total_time"], status)
        laps, total_time = self._time(cells["total_time"], cells["laps"], laps)
        car = TypedCar(
            row=number,
            car_number=self._number(cells["car_number"]),
            laps=laps,
            total_time=total_time,
            status=status,
            best_lap_time=self._best_lap(cells["best_lap_time"]),
            best_lap_number=self._best_lap_number(cells["best_lap_number"]),
            drivers=self._drivers(row.drivers),
        )
        self.above = car
        self.first = self.first or car
        return car

    def _report(self, column: str, message: str) -> None:
        self.problems.append(CellProblem(row=self._row, column=column, message=message))

    def _number(self, cell: str) -> str:
        number = cell.upper()
        if not number:
            self._report("car_number", "Type the number of the car, or empty the row.")
        elif not CAR_NUMBER.fullmatch(number):
            self._report("car_number", f"“{_short(cell)}” is no car number. Type it as on the plate: 7, 007, 22A.")
        return number

    def _status(self, cell: str) -> str:
        if cell in ("", SAME):
            return self.above.status if self.above else CLASSIFIED
        if len(cell) > LONGEST_STATUS or not cell.isprintable():
            self._report("status", f"“{_short(cell)}” is too long. Type at most {LONGEST_STATUS} characters.")
            return cell[:LONGEST_STATUS]
        return STATUSES.get(cell.casefold(), cell)

    def _laps(self, cell: str, time: str, status: str) -> int | None:
        above = self.above
        if cell == SAME:
            if above is None or above.laps is None:
                self._report("laps", "There are no laps in the row above. Type how many laps it drove, such as 90.")
                return None
            return above.laps
        if cell:
            if not _WHOLE.fullmatch(cell):
                self._report("laps", f"“{_short(cell)}” is no number of laps. Type a whole number, such as 90.")
                return None
            return int(cell)
        carries = self.is_race and above is not None and status == above.status == CLASSIFIED
        return above.laps if carries and above is not None else None

    def _time(self, cell: str, laps_cell: str, laps: int | None) -> tuple[int | None, int | None]:
        """Laps and time of the row: a gap may say both."""
        if cell == SAME:
            return laps, self._same_time("total_time", self.above.total_time if self.above else None)
        if down := _LAPS_DOWN.fullmatch(cell):
            return self._laps_down(int(down[1]), laps_cell, laps), None
        if not cell.startswith("+"):
            return laps, self._duration("total_time", cell)
        gap = self._gap("total_time", cell, self.first.total_time if self.first else None)
        if gap is None or self.first is None or self.first.laps is None or not self.is_race:
            return laps, gap
        if laps_cell and laps not in (None, self.first.laps):
            self._report(
                "total_time",
                f"A gap in time is one to the first car, which drove {self.first.laps} laps and not {laps}. "
                "Type the time, or how many laps it is behind: 1 lap.",
            )
            return laps, None
        return self.first.laps, gap

    def _laps_down(self, down: int, laps_cell: str, laps: int | None) -> int | None:
        first = self.first.laps if self.first else None
        if not self.is_race or first is None:
            self._report("total_time", "Laps behind need the laps of the first car. Type the time or the laps instead.")
        elif not 0 < down <= first:
            self._report("total_time", f"The first car drove {first} laps. Type from 1 lap to {first} laps.")
        elif laps_cell and laps not in (None, first - down):
            self._report(
                "total_time",
                f"{down} laps behind the first car are {first - down} laps and not {laps}. Empty one of the two cells.",
            )
        else:
            return first - down
        return laps

    def _best_lap(self, cell: str) -> int | None:
        if cell == SAME:
            return self._same_time("best_lap_time", self.above.best_lap_time if self.above else None)
        if cell.startswith("+"):
            return self._gap("best_lap_time", cell, self.first.best_lap_time if self.first else None)
        return self._duration("best_lap_time", cell)

    def _same_time(self, column: str, time: int | None) -> int | None:
        if time is None:
            self._report(column, "There is no time in the row above. Type the time.")
        return time

    def _gap(self, column: str, cell: str, first: int | None) -> int | None:
        gap = read_duration(cell[1:])
        if gap is None:
            self._report(column, f"“{_short(cell)}” is no gap. Type it such as +12.345, or 1 lap.")
            return None
        if first is None:
            self._report(column, "A gap needs the time of the first car. Type that one, or a time here.")
            return None
        return first + gap

    def _duration(self, column: str, cell: str) -> int | None:
        if not cell:
            return None
        time = read_duration(cell)
        if time is None:
            example = "4:01:39.212" if column == "total_time" else "1:46.000"
            self._report(column, f"“{_short(cell)}” is no time. Type a time such as {example}, or a gap: +12.345.")
        return time

    def _best_lap_number(self, cell: str) -> int | None:
        if not cell:
            return None
        if not _WHOLE.fullmatch(cell) or not int(cell):
            self._report("best_lap_number", f"“{_short(cell)}” is no number of a lap. Type a whole number from 1.")
            return None
        return int(cell)

    def _drivers(self, drivers: tuple[str, ...] | None) -> tuple[str, ...] | None:
        if drivers is None:
            return None
        known = [slug for slug in drivers if len(slug) <= LONGEST_SLUG and SLUG.fullmatch(slug)]
        if len(known) < len(drivers) or len(known) > MOST_DRIVERS:
            self._report(
                "drivers",
                f"Choose up to {MOST_DRIVERS} drivers from the list, or type them as in the addresses of their pages: "
                "@louis-deletraz.",
            )
        return tuple(known[:MOST_DRIVERS])


def as_rows(cars: Sequence[TypedCar]) -> tuple[TypedRow, ...]:
    """The rows that say exactly this, with every cell written out."""
    return tuple(
        TypedRow(
            car_number=car.car_number,
            laps=_whole_text(car.laps),
            total_time=_time_text(car.total_time),
            status=car.status,
            best_lap_time=_time_text(car.best_lap_time),
            best_lap_number=_whole_text(car.best_lap_number),
            drivers=car.drivers,
        )
        for car in cars
    )


def _time_text(value: int | None) -> str:
    return "" if value is None else duration(value)


def _whole_text(value: int | None) -> str:
    return "" if value is None else str(value)


def _short(cell: str) -> str:
    """A cell as a message quotes it."""
    shown = "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in cell)
    return shown if len(shown) <= 40 else f"{shown[:40]}…"
