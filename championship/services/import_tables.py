"""Which tables can be imported, and which of their columns a file may leave out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from championship.record.layout import COLUMNS, DRIVERS, ENTRIES, EVENT_ENTRIES, TEAMS


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportTable:
    """A table of the record that officials import and export.

    `required` are the columns without which nothing can be read; any other column may be missing, and then keeps what
    is stored, with `defaults` for a new row. `has_crew`: the table also has the columns of 3 to 6 seats, or none.
    `of_season`, `of_event`: whose rows the file holds is chosen beside it.
    """

    name: str
    file: str
    required: tuple[str, ...]
    key: str
    name_of: Callable[[Any], str]
    defaults: tuple[tuple[str, str], ...] = ()
    has_crew: bool = False
    of_season: bool = False
    of_event: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        return COLUMNS[self.file]

    def key_of(self, row: Any) -> str:
        """What tells a row of the record apart from the others of the same file."""
        return str(getattr(row, self.key))


TABLES = {
    "entries": ImportTable(
        name="entries",
        file=ENTRIES,
        required=("car_number", "race_class", "team", "car_model"),
        key="car_number",
        name_of=lambda row: f"{row.car_number} {row.team}",
        defaults=(("status", "entered"),),
        has_crew=True,
        of_season=True,
    ),
    "event_entries": ImportTable(
        name="event_entries",
        file=EVENT_ENTRIES,
        required=("car_number",),
        key="car_number",
        name_of=lambda row: row.car_number,
        defaults=(("status", "entered"),),
        has_crew=True,
        of_event=True,
    ),
    "teams": ImportTable(
        name="teams", file=TEAMS, required=("slug", "name", "country"), key="slug", name_of=lambda row: row.name
    ),
    "drivers": ImportTable(
        name="drivers",
        file=DRIVERS,
        required=("slug", "given_name", "family_name"),
        key="slug",
        name_of=lambda row: f"{row.given_name} {row.family_name}",
    ),
}
"""By name: that of the record's table."""
