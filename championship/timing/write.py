"""Writing timing files of layouts A and B as the provider writes them, byte for byte: for tests and trials of the desk.

What a TimingTable does not hold (the provider's numbers of cars and brands, driving times) is left empty.
"""

from collections.abc import Iterable

from championship.timing.driver_names import split_name
from championship.timing.layouts import EMPTY_SEAT_CELLS, SEATS
from championship.timing.nationalities import code_of
from championship.timing.tables import Layout, TimedCar, TimedDriver, TimingTable

_RACE_HEADER = (
    "POSITION;NUMBER;TEAM;DRIVER_1;DRIVER_2;DRIVER_3;DRIVER_4;VEHICLE;TYRES;CLASS;GROUP;DIVISION;STATUS;LAPS;"
    "TOTAL_TIME;GAP_FIRST;GAP_PREVIOUS;FL_LAPNUM;FL_TIME;FL_KPH;DRIVER_5;"
)
_CAR_HEADER = (
    "POS;NUMBER;LAP;TIME;GAP_FIRST;GAP_PREVIOUS;KPH; LAPS;TEAM;CLASS;GROUP;DIVISION;VEHICLE;TIRES;ECM Participant Id;"
    "ECM Team Id;ECM Category Id;ECM Car Id;ECM Brand Id;ECM Country Id;*Extra 7;*Extra 8;*Extra 9;Sort Key;"
)
_SEAT_HEADER = (
    "DRIVER{0}_FIRSTNAME;DRIVER{0}_SECONDNAME;DRIVER{0}_LICENSE;DRIVER{0}_HOMETOWN;DRIVER{0}_COUNTRY;"
    "DRIVER{0}_SHORTNAME;DRIVER{0}_ECM Driver Id;DRIVER{0}_ECM Country Id;DRIVER{0}_*Extra 3;DRIVER{0}_*Extra 4;"
    "DRIVER{0}_*Extra 5;"
)
_TIMED_HEADER = _CAR_HEADER + "".join(_SEAT_HEADER.format(seat) for seat in SEATS)
_LICENCES = {"": "", "bronze": "B", "silver": "S", "gold": "G", "platinum": "P"}
_SEATS_OF_A = 5


def write_race(table: TimingTable) -> bytes:
    """A race classification, layout A. Raises ValueError for a table that the layout cannot say."""
    return _file(table, "A", _RACE_HEADER, (_race_cells(car) for car in table.cars))


def write_timed(table: TimingTable) -> bytes:
    """A timed session, layout B. Raises ValueError for a table that the layout cannot say."""
    return _file(table, "B", _TIMED_HEADER, (_timed_cells(car) for car in table.cars))


def written_time(milliseconds: int | None, mark: str) -> str:
    """A time as the provider writes it, with `mark` behind the minutes; "" for none.

    >>> written_time(13406017, "'"), written_time(102179, ":"), written_time(705, "'"), written_time(None, ":")
    ("3:43'26.017", '1:42.179', '0.705', '')
    """
    if milliseconds is None:
        return ""
    minutes, rest = divmod(milliseconds, 60_000)
    hours, minutes = divmod(minutes, 60)
    seconds, thousandths = divmod(rest, 1_000)
    if hours:
        return f"{hours}:{minutes:02}{mark}{seconds:02}.{thousandths:03}"
    if minutes:
        return f"{minutes}{mark}{seconds:02}.{thousandths:03}"
    return f"{seconds}.{thousandths:03}"


def _file(table: TimingTable, layout: Layout, header: str, rows: Iterable[list[str]]) -> bytes:
    if table.layout != layout:
        raise ValueError(f"This writes layout {layout}, and the table is of layout {table.layout}.")
    lines = [header]
    for cells in rows:
        for cell in cells:
            if ";" in cell or "\r" in cell or "\n" in cell or cell.startswith('"'):
                raise ValueError(f"The provider writes no quotes, so that no file can hold {cell!r}.")
        lines.append("".join(f"{cell};" for cell in cells))
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _race_cells(car: TimedCar) -> list[str]:
    drivers = [_race_driver(driver) for driver in car.drivers]
    drivers += [""] * (_SEATS_OF_A - len(drivers))
    if len(drivers) > _SEATS_OF_A:
        raise ValueError(f"Car {car.car_number} has {len(drivers)} drivers; layout A has {_SEATS_OF_A} seats.")
    return [
        _number(car.position),
        car.car_number,
        car.team,
        *drivers[:4],
        car.vehicle,
        car.tyres,
        car.race_class,
        car.group,
        car.division,
        car.status,
        str(car.laps),
        written_time(car.total_time, "'"),
        car.gap_first,
        car.gap_previous,
        _number(car.best_lap_number),
        written_time(car.best_lap_time, "'"),
        _speed(car),
        drivers[4],
    ]


def _race_driver(driver: TimedDriver) -> str:
    cell = driver.name if driver.given_name else f" {driver.name}"
    if split_name(cell) != (driver.given_name, driver.family_name):
        raise ValueError(f"Write the family name of {driver.name} in capitals: only they tell it from the given name.")
    return cell


def _timed_cells(car: TimedCar) -> list[str]:
    if len(car.drivers) > len(SEATS):
        raise ValueError(f"Car {car.car_number} has {len(car.drivers)} drivers; layout B has {len(SEATS)} seats.")
    cells = [
        _number(car.position),
        car.car_number,
        str(car.best_lap_number or 0),
        written_time(car.best_lap_time, ":"),
        car.gap_first,
        car.gap_previous,
        _speed(car),
        str(car.laps),
        car.team,
        car.race_class,
        car.group,
        car.division,
        car.vehicle,
        car.tyres,
        "",
        car.team_provider_id,
        *[""] * 8,
    ]
    for driver in car.drivers:
        cells += [
            driver.given_name,
            driver.family_name,
            _LICENCES[driver.rating] or driver.unknown_rating,
            "",
            code_of(driver.nationality) or driver.unknown_nationality,
            "",
            driver.provider_id,
            *[""] * 4,
        ]
    return cells + [""] * EMPTY_SEAT_CELLS * (len(SEATS) - len(car.drivers))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _speed(car: TimedCar) -> str:
    return "" if car.speed is None else f"{car.speed:f}"
