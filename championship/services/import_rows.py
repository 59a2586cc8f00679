"""The rows of an imported table: read strictly, completed with what is stored, names turned into slugs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet

from championship.models import Driver, Entry, Event, EventEntry, Season, Team
from championship.record.csv_file import CsvRow, decoded, read_csv, split_cells
from championship.record.draft import Draft, Placed
from championship.record.errors import RecordProblem
from championship.record.fields import shown, twice
from championship.record.layout import MOST_SEATS, SEAT_COLUMNS, TO_BE_ANNOUNCED, seat_columns
from championship.record.read_tables import read_tables
from championship.record.write import write_table
from championship.rules.names import CAR_NUMBER, car_number_key
from championship.rules.text import fold
from championship.services import names
from championship.services.import_tables import ImportTable
from championship.services.names import Names, UnknownNameError
from championship.services.rows import driver_row, entry_row, event_entry_row, team_row
from championship.services.spreadsheets import as_meant, csv_text

_SEAT_COLUMNS = seat_columns(SEAT_COLUMNS, MOST_SEATS)
_LOWER = ("status", "rating")
_UPPER = ("country", "listed_country", "nationality")
# Stands for a name that leads nowhere, which is reported: the rest of its row can be read all the same.
_UNKNOWN = "x"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Whose rows a file holds: those of a season or of an event, or all teams or drivers."""

    table: ImportTable
    season: Season | None = None
    event: Event | None = None

    @property
    def required_season(self) -> Season:
        """The season, directly or through the event. Raises ValueError for a table of neither."""
        season = self.event.season if self.event else self.season
        if season is None:
            raise ValueError(f"The table {self.table.name} needs a season or an event.")
        return season


def stored_rows(scope: Scope, *, lock: bool = False) -> list[Any]:
    """What is stored now, as rows of the record in the order of the season's files.

    With `lock` nobody else changes it before the transaction ends.
    """
    match scope.table.name:
        case "entries":
            entries = _locked(Entry.objects.filter(season=scope.season), lock).for_list()
            return [entry_row(row) for row in sorted(entries, key=_by_class_and_number)]
        case "event_entries":
            here = _locked(EventEntry.objects.filter(event=scope.event), lock).for_list().select_related("event")
            return [event_entry_row(row) for row in sorted(here, key=lambda row: _by_class_and_number(row.entry))]
        case "teams":
            return [team_row(row) for row in _locked(Team.objects.order_by("slug"), lock).prefetch_related("aliases")]
        case _:
            drivers = _locked(Driver.objects.order_by("slug"), lock).prefetch_related("aliases")
            return [driver_row(row) for row in drivers]


def _locked(rows: QuerySet[Any], lock: bool) -> Any:
    return rows.select_for_update(of=("self",)) if lock else rows


def _by_class_and_number(entry: Entry) -> tuple[int, tuple[int, str]]:
    return entry.race_class.position, car_number_key(entry.car_number)


def table_rows(table: ImportTable, rows: Sequence[Any]) -> list[list[str]]:
    """The header and the rows of the table, as its file writes them."""
    return list(csv.reader(io.StringIO(write_table(table.file, rows), newline="")))


def table_cells(table: ImportTable, row: Any) -> dict[str, str]:
    """The cells of a row by column, as the table's file writes them."""
    header, cells = table_rows(table, [row])
    return dict(zip(header, cells, strict=True))


def read_rows(
    scope: Scope, content: bytes, stored: Mapping[str, Any], problems: list[RecordProblem]
) -> list[Placed[Any]]:
    """The rows of a table in CSV; what is wrong with them goes to `problems`, under the name of the season's own file.

    `stored` are the rows that are there, by key: they fill in the columns that the file leaves out.
    """
    table = scope.table
    rows, header = _strict_rows(table, content, problems)
    if problems:
        return []
    missing = [column for column in table.columns if column not in header]
    if table.has_crew and not set(header) & set(_SEAT_COLUMNS):
        missing += _SEAT_COLUMNS
    matcher = _Matcher(scope)
    lines = [[*header, *missing]]
    for row in rows:
        cells = {column: _as_written(column, cell) for column, cell in row.cells.items()}
        kept = stored.get(cells[table.key])
        filled = table_cells(table, kept) if missing and kept is not None else dict(matcher.defaults(cells))
        if scope.event is not None:
            filled["event"] = scope.event.slug
        found = [matcher.matched(row, column, cells[column]) for column in header]
        lines.append([*found, *(filled.get(column, "") for column in missing)])
    draft = Draft(problems=problems)
    read_tables({table.file: csv_text(lines).encode()}, draft)
    placed = [_with_sorted_aliases(one) for one in getattr(draft, table.name)]
    if not problems:
        _check(scope, placed)
    return [] if problems else placed


def _strict_rows(
    table: ImportTable, content: bytes, problems: list[RecordProblem]
) -> tuple[list[CsvRow], tuple[str, ...]]:
    """The rows of a file that has all the columns it needs and no others, with its header."""
    text = decoded(table.file, content, problems)
    if text is None:
        return [], ()
    header = tuple(split_cells(text.split("\n", 1)[0].removesuffix("\r")) or ())
    columns = tuple(column for column in table.columns if column in header or column in table.required)
    seats = SEAT_COLUMNS if table.has_crew and set(header) & set(_SEAT_COLUMNS) else ()
    rows = list(read_csv(table.file, content, columns, seats, problems))
    if not rows and not problems:
        message = "There is no row below the header."
        problems.append(RecordProblem(file=table.file, line=1, column="", message=message, mend="Add the rows."))
    return rows, header


def _as_written(column: str, cell: str) -> str:
    """The cell without what spreadsheets and people add to it: spaces around it, an apostrophe, capitals."""
    text = as_meant(cell.strip())
    part = column.rpartition("_")[0] if column in _SEAT_COLUMNS else column
    if part == "driver" and text.upper() == TO_BE_ANNOUNCED:
        return TO_BE_ANNOUNCED
    if not text.isascii():
        return text
    return text.lower() if part in _LOWER else text.upper() if part in _UPPER else text


def _with_sorted_aliases(placed: Placed[Any]) -> Placed[Any]:
    if not hasattr(placed.row, "aliases"):
        return placed
    return replace(placed, row=replace(placed.row, aliases=tuple(sorted(placed.row.aliases))))


class _Matcher:
    """Turns the names in a row's cells into slugs; what leads nowhere is reported."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.names: dict[str, Names] = {}
        self.car_models: dict[str, str] = {}
        if scope.table.name == "entries":
            self.names = {"race_class": names.class_names(scope.required_season), "team": names.team_names()}
        if scope.event is not None:
            entries = Entry.objects.filter(season=scope.required_season)
            self.car_models = dict(entries.values_list("car_number", "car_model__slug"))
        if scope.table.has_crew:
            drivers = names.driver_names()
            self.names["car_model"] = names.car_model_names()
            self.names |= {f"driver_{seat}": drivers for seat in range(1, MOST_SEATS + 1)}

    def defaults(self, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """What a new row has in columns that the file leaves out."""
        yield from self.scope.table.defaults
        if self.scope.event is not None:
            yield "car_model", self.car_models.get(cells["car_number"], _UNKNOWN)

    def matched(self, row: CsvRow, column: str, text: str) -> str:
        """The slug that a cell of the file means; any other cell as it is."""
        if not text or (text == TO_BE_ANNOUNCED and column.startswith("driver_")):
            return text
        if column in self.names:
            try:
                return self.names[column].slug_of(text)
            except UnknownNameError as error:
                row.report(column, error.message, error.mend)
                return _UNKNOWN
        if self.scope.event is not None and column == "event":
            return self._event(row, text, self.scope.event)
        if self.scope.event is not None and column == "car_number":
            self._check_entry(row, text)
        return text

    def _event(self, row: CsvRow, text: str, event: Event) -> str:
        if fold(text) not in (event.slug, fold(event.name)):
            mend = "Import the rows of one event at a time."
            row.report("event", f"Found {shown(text)}, but the import is for {event.name}.", mend)
        return event.slug

    def _check_entry(self, row: CsvRow, car_number: str) -> None:
        if CAR_NUMBER.fullmatch(car_number) and car_number not in self.car_models:
            message = f"The season {self.scope.required_season.label} has no entry {shown(car_number)}."
            row.report("car_number", message, "Correct it, or add the entry of the season first.")


def _check(scope: Scope, placed: Sequence[Placed[Any]]) -> None:
    """Report what no single cell can say: a row or a driver that is there twice."""
    first: dict[str, int] = {}
    for one in placed:
        key, line = scope.table.key_of(one.row), one.fields.line_of("")
        if key in first:
            message = f"{shown(key)} is there already, on line {first[key]}."
            one.fields.report(scope.table.key, message, "Keep one of the two.")
        first.setdefault(key, line)
        drivers = tuple(seat.driver for seat in getattr(one.row, "crew", ()) if seat.driver)
        for driver in twice(drivers):
            seat = max(seat.seat for seat in one.row.crew if seat.driver == driver)
            one.fields.report(f"driver_{seat}", f"{shown(driver)} is in the crew twice.", "Name each driver once.")
