"""What a timing file says, as plain values. Times are whole milliseconds; text that the file leaves empty is ""."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Layout = Literal["A", "B", "C", "D"]
"""A race and B timed session of the ACO series, C race and D timed session of the same provider at IMSA."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedDriver:
    """A driver of a car, in the file's order. `name` is the whole name as the file has it, without spaces around it.

    `rating` is bronze, silver, gold, platinum or "", `nationality` ISO 3166 alpha-2 or "" (races name neither);
    `provider_id` is the provider's own number for the person. A licence or a country that the reader does not know is
    kept as the file has it in `unknown_rating` and `unknown_nationality`, for a person to look at.
    """

    name: str
    given_name: str
    family_name: str
    rating: str = ""
    nationality: str = ""
    provider_id: str = ""
    unknown_rating: str = ""
    unknown_nationality: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedCar:
    """One line of a timing file; `line` counts from 1, the header. Gaps are kept as the file writes them.

    `position` is None where the file leaves it empty. `status` is kept as given, "" where the layout has none.
    `speed` is that of the best lap in km/h.
    """

    line: int
    position: int | None
    car_number: str
    team: str
    race_class: str
    vehicle: str
    status: str
    laps: int
    total_time: int | None
    best_lap_number: int | None
    best_lap_time: int | None
    drivers: tuple[TimedDriver, ...]
    group: str = ""
    division: str = ""
    tyres: str = ""
    gap_first: str = ""
    gap_previous: str = ""
    speed: Decimal | None = None
    team_provider_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingTable:
    """A whole timing file."""

    layout: Layout
    cars: tuple[TimedCar, ...]

    @property
    def is_race(self) -> bool:
        return self.layout in ("A", "C")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingProblem:
    """What is wrong in a file, where, and how to mend it. `line` 0 is the file as a whole, `column` "" the line."""

    file: str
    line: int
    column: str
    message: str
    mend: str

    def __str__(self) -> str:
        place = self.file + (f", line {self.line}" if self.line else "") + (f", {self.column}" if self.column else "")
        return f"{place}: {self.message} {self.mend}".strip()


class TimingFileError(Exception):
    """The file cannot be used as it is; `problems` are all that was found, in the order of the file."""

    def __init__(self, problems: tuple[TimingProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something in a readable file that a person should look at; nothing is refused for it. `car_number` may be ""."""

    line: int
    car_number: str
    text: str
