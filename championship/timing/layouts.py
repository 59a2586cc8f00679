"""The four layouts, told apart by their headers: what each column is called in each, and which must be there."""

import re
from dataclasses import dataclass

from championship.timing.tables import Layout

SEATS = (1, 2, 3, 4, 5, 6)
SEAT_CELLS = 11
EMPTY_SEAT_CELLS = 6
"""In B, C and D a driver takes 11 cells, an empty seat 6: rows are shorter than the header."""
TEAM_IDS = ("ECM TEAM ID", "IMSA_TEAMID")
DRIVER_IDS = ("ECM DRIVER ID", "IMSA_DRIVERID")
_SHARED = ("TEAM", "CLASS", "VEHICLE", "GAP_FIRST", "GAP_PREVIOUS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The names of a layout's columns, in upper case; "" is what the layout does not have."""

    position: str
    best_lap_number: str
    best_lap_time: str
    speed: str
    tyres: str
    first_driver: tuple[str, ...]
    status: str = ""
    total_time: str = ""

    @property
    def required(self) -> tuple[str, ...]:
        """What a header must name; the rest may be missing: later seats, tyres, groups and the provider's numbers."""
        own = (self.position, "NUMBER", "LAPS", self.status, self.total_time)
        best_lap = (self.best_lap_number, self.best_lap_time, self.speed)
        return (*(name for name in own if name), *best_lap, *_SHARED, *self.first_driver)


_SEAT_1 = ("DRIVER1_FIRSTNAME", "DRIVER1_SECONDNAME")
_RACE_A = Columns(
    position="POSITION",
    status="STATUS",
    total_time="TOTAL_TIME",
    best_lap_number="FL_LAPNUM",
    best_lap_time="FL_TIME",
    speed="FL_KPH",
    tyres="TYRES",
    first_driver=("DRIVER_1",),
)
_RACE_C = Columns(
    position="POSITION",
    status="STATUS",
    total_time="TOTAL_TIME",
    best_lap_number="FL_LAPNUM",
    best_lap_time="FL_TIME",
    speed="FL_KPH",
    tyres="TIRES",
    first_driver=_SEAT_1,
)
_TIMED = Columns(
    position="POS",
    best_lap_number="LAP",
    best_lap_time="TIME",
    speed="KPH",
    tyres="TIRES",
    first_driver=_SEAT_1,
)
COLUMNS: dict[Layout, Columns] = {"A": _RACE_A, "B": _TIMED, "C": _RACE_C, "D": _TIMED}

# Cups with one driver do not number the seat; layout A has DRIVER_1.
_SINGLE_SEAT = re.compile(r"^DRIVER_(?![0-9])")
# The first that fits counts; IMSA names its own numbers of cars and teams.
_SIGNS: tuple[tuple[Layout, frozenset[str]], ...] = (
    ("A", frozenset({"POSITION", "DRIVER_1"})),
    ("C", frozenset({"POSITION", "DRIVER1_FIRSTNAME"})),
    ("D", frozenset({"POS", "DRIVER1_FIRSTNAME", "IMSA_CARID"})),
    ("D", frozenset({"POS", "DRIVER1_FIRSTNAME", "IMSA_TEAMID"})),
    ("B", frozenset({"POS", "DRIVER1_FIRSTNAME"})),
)


def normalised(cell: str) -> str:
    """The name of a column as it is compared: without spaces around it, in upper case, a single driver as the first.

    >>> normalised(" LAPS"), normalised("DRIVER1_ECM Driver Id"), normalised("DRIVER_FIRSTNAME")
    ('LAPS', 'DRIVER1_ECM DRIVER ID', 'DRIVER1_FIRSTNAME')
    """
    return _SINGLE_SEAT.sub("DRIVER1_", " ".join(cell.split()).upper())


def layout_of(header: list[str]) -> Layout | None:
    """The layout of a normalised header, wherever its columns stand; None for any other header."""
    names = set(header)
    return next((layout for layout, signs in _SIGNS if signs <= names), None)
