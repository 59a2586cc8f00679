"""Reading a timing file: bytes in, a TimingTable out, or a TimingFileError that tells all that is to be mended."""

from championship.timing.driver_names import joined_name, split_name
from championship.timing.encodings import decoded
from championship.timing.fields import Row
from championship.timing.layouts import COLUMNS, DRIVER_IDS, TEAM_IDS, Columns
from championship.timing.limits import (
    LONGEST_CLASS,
    LONGEST_CODE,
    LONGEST_GAP,
    LONGEST_NAME,
    LONGEST_STATUS,
    LONGEST_VEHICLE,
)
from championship.timing.lines import lines_of
from championship.timing.nationalities import nationalities
from championship.timing.other_files import refuse_other_kinds
from championship.timing.problems import Problems
from championship.timing.sheets import Header, has_driver, read_header, read_rows
from championship.timing.tables import TimedCar, TimedDriver, TimingTable

# The series writes letters, IMSA words, once misspelt.
RATINGS = {
    "B": "bronze",
    "S": "silver",
    "G": "gold",
    "P": "platinum",
    "BRONZE": "bronze",
    "SILVER": "silver",
    "GOLD": "gold",
    "PLATINUM": "platinum",
    "PLATINIUM": "platinum",
}
_SEATS_OF_A = ("DRIVER_1", "DRIVER_2", "DRIVER_3", "DRIVER_4", "DRIVER_5")


def read_timing(content: bytes, *, file_name: str) -> TimingTable:
    """The cars of a result file of layout A, B, C or D, in the order of the file.

    Raises TimingFileError for everything else, and for a file in which anything is wrong; nothing else is raised,
    whatever the bytes are. Statuses, licences and countries that are not known are kept, not refused.
    """
    problems = Problems(file_name)
    refuse_other_kinds(content, problems)
    first, *rest = lines_of(decoded(content, problems), problems)
    header = read_header(first, problems)
    rows = read_rows(header, rest, problems)
    if not rest:
        problems.refuse(0, "", "The file holds no cars: there is nothing below the header.", "Download it again.")
    read = _Reader(header, rows)
    cars = tuple(read.car(row) for row in rows)
    _refuse_doubles(cars, header, problems)
    if problems.found:
        raise problems.error()
    return TimingTable(layout=header.layout, cars=cars)


def _refuse_doubles(cars: tuple[TimedCar, ...], header: Header, problems: Problems) -> None:
    lines: dict[str, int] = {}
    for car in cars:
        if car.car_number and lines.setdefault(car.car_number, car.line) != car.line:
            message = f"Car {car.car_number} stands on line {lines[car.car_number]} already."
            mend = "Remove the line that does not belong there, or correct the number."
            problems.report(car.line, header.labels["NUMBER"], message, mend)


class _Reader:
    """Rows of one layout into cars."""

    def __init__(self, header: Header, rows: list[Row]) -> None:
        self.columns: Columns = COLUMNS[header.layout]
        self.is_race = bool(self.columns.status)
        self.example = "3:43'26.017" if header.layout == "A" else "1:42.179"
        self.seats = header.seats
        self.team_id = next((name for name in TEAM_IDS if name in header.names), "")
        codes = [row.raw(f"DRIVER{seat}_COUNTRY").strip() for row in rows for seat in self.seats]
        self.countries = nationalities(codes)

    def car(self, row: Row) -> TimedCar:
        """One car; of a row with problems, as much as could be read."""
        names = self.columns
        best_lap_time = row.time(names.best_lap_time, self.example)
        # Without a time the gaps of another session's car are left in the cells.
        has_gaps = self.is_race or best_lap_time is not None
        return TimedCar(
            line=row.line,
            position=row.position(names.position),
            car_number=row.car_number(),
            team=row.text("TEAM"),
            race_class=row.text("CLASS", LONGEST_CLASS),
            vehicle=row.text("VEHICLE", LONGEST_VEHICLE),
            status=row.text(names.status, LONGEST_STATUS, required=True) if self.is_race else "",
            laps=row.laps("LAPS", required=True) or 0,
            total_time=row.time(names.total_time, self.example) if self.is_race else None,
            best_lap_number=row.laps(names.best_lap_number) or None,
            best_lap_time=best_lap_time,
            drivers=self._drivers(row),
            group=row.text("GROUP", LONGEST_CLASS),
            division=row.text("DIVISION", LONGEST_CLASS),
            tyres=row.text(names.tyres, LONGEST_CODE),
            gap_first=row.text("GAP_FIRST", LONGEST_GAP) if has_gaps else "",
            gap_previous=row.text("GAP_PREVIOUS", LONGEST_GAP) if has_gaps else "",
            speed=row.speed(names.speed),
            team_provider_id=row.text(self.team_id, LONGEST_CODE),
        )

    def _drivers(self, row: Row) -> tuple[TimedDriver, ...]:
        if self.seats:
            return tuple(self._driver(row, f"DRIVER{seat}_") for seat in self.seats if has_driver(row, seat))
        drivers = []
        for column in _SEATS_OF_A:
            name = row.text(column, 2 * LONGEST_NAME)
            if name:
                given_name, family_name = split_name(row.raw(column))
                drivers.append(TimedDriver(name=name, given_name=given_name, family_name=family_name))
        return tuple(drivers)

    def _driver(self, row: Row, seat: str) -> TimedDriver:
        name, given_name, family_name = joined_name(
            row.text(f"{seat}FIRSTNAME", LONGEST_NAME), row.text(f"{seat}SECONDNAME", LONGEST_NAME)
        )
        licence = row.text(f"{seat}LICENSE", LONGEST_CODE)
        rating = RATINGS.get(licence.upper(), "")
        country = row.text(f"{seat}COUNTRY", LONGEST_CODE)
        nationality = self.countries.get(country)
        return TimedDriver(
            name=name,
            given_name=given_name,
            family_name=family_name,
            rating=rating,
            nationality=nationality or "",
            provider_id=next((text for name in DRIVER_IDS if (text := row.text(seat + name, LONGEST_CODE))), ""),
            unknown_rating="" if rating else licence,
            unknown_nationality=country if nationality is None else "",
        )
