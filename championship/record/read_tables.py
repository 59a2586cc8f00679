"""The CSV files: makes, car models, teams, drivers, entries with their crews, published lines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import get_args

from championship.record.csv_file import CsvRow, read_csv
from championship.record.draft import Draft, Placed
from championship.record.fields import SLUG_MEND
from championship.record.layout import (
    CAR_MODELS,
    COLUMNS,
    DRIVERS,
    ENTRIES,
    EVENT_ENTRIES,
    FROZEN_SEAT_COLUMNS,
    LINE_COLUMNS,
    MANUFACTURERS,
    SEAT_COLUMNS,
    TEAMS,
    TO_BE_ANNOUNCED,
)
from championship.record.schema import (
    CarModelRow,
    CrewSeat,
    DriverRow,
    EntryRow,
    EntryStatus,
    EventEntryRow,
    EventEntryStatus,
    ManufacturerRow,
    Rating,
    TeamRow,
)
from championship.rules.entry_lists import ListLine, ListSeat
from championship.rules.names import SLUG


def read_tables(files: dict[str, bytes], draft: Draft) -> None:
    """Read those of the CSV files that are there into the draft."""
    draft.manufacturers = [_manufacturer(row) for row in _rows(files, MANUFACTURERS, draft)]
    draft.car_models = [_car_model(row) for row in _rows(files, CAR_MODELS, draft)]
    draft.teams = [_team(row) for row in _rows(files, TEAMS, draft)]
    draft.drivers = [_driver(row) for row in _rows(files, DRIVERS, draft)]
    draft.entries = [_entry(row) for row in _rows(files, ENTRIES, draft)]
    draft.event_entries = [_event_entry(row) for row in _rows(files, EVENT_ENTRIES, draft)]


def read_lines(file: str, content: bytes, draft: Draft) -> None:
    """Read the lines of one published entry list into the draft."""
    rows = read_csv(file, content, LINE_COLUMNS, FROZEN_SEAT_COLUMNS, draft.problems)
    draft.lines[file] = [_line(row) for row in rows]


def _rows(files: dict[str, bytes], file: str, draft: Draft) -> Iterator[CsvRow]:
    if file in files:
        seats = SEAT_COLUMNS if file in (ENTRIES, EVENT_ENTRIES) else ()
        yield from read_csv(file, files[file], COLUMNS[file], seats, draft.problems)


def _manufacturer(row: CsvRow) -> Placed[ManufacturerRow]:
    return Placed(
        ManufacturerRow(slug=row.slug("slug"), name=row.text("name"), source=row.text("source", required=False)),
        row,
    )


def _car_model(row: CsvRow) -> Placed[CarModelRow]:
    return Placed(
        CarModelRow(
            slug=row.slug("slug"),
            manufacturer=row.slug("manufacturer"),
            name=row.text("name"),
            source=row.text("source", required=False),
        ),
        row,
    )


def _team(row: CsvRow) -> Placed[TeamRow]:
    return Placed(
        TeamRow(
            slug=row.slug("slug"),
            name=row.text("name"),
            aliases=row.aliases("aliases"),
            country=row.country("country"),
            source=row.text("source", required=False),
        ),
        row,
    )


def _driver(row: CsvRow) -> Placed[DriverRow]:
    return Placed(
        DriverRow(
            slug=row.slug("slug"),
            given_name=row.text("given_name"),
            family_name=row.text("family_name"),
            aliases=row.aliases("aliases"),
            country=row.country("country", required=False),
            source=row.text("source", required=False),
        ),
        row,
    )


def _entry(row: CsvRow) -> Placed[EntryRow]:
    status = row.choice("status", get_args(EntryStatus))
    withdrawn_on, reason = _withdrawal(row, status)
    return Placed(
        EntryRow(
            car_number=row.car_number("car_number"),
            race_class=row.slug("race_class"),
            team=row.slug("team"),
            car_model=row.slug("car_model"),
            status=status,
            withdrawn_on=withdrawn_on,
            withdrawal_reason=reason,
            source=row.text("source", required=False),
            crew=_crew(row),
        ),
        row,
    )


def _event_entry(row: CsvRow) -> Placed[EventEntryRow]:
    status = row.choice("status", get_args(EventEntryStatus))
    withdrawn_on, reason = _withdrawal(row, status)
    return Placed(
        EventEntryRow(
            event=row.slug("event"),
            car_number=row.car_number("car_number"),
            listed_name=row.text("listed_name", required=False),
            listed_country=row.country("listed_country", required=False),
            car_model=row.slug("car_model"),
            status=status,
            withdrawn_on=withdrawn_on,
            withdrawal_reason=reason,
            source=row.text("source", required=False),
            crew=_crew(row),
        ),
        row,
    )


def _line(row: CsvRow) -> Placed[ListLine]:
    status = row.choice("status", get_args(EventEntryStatus))
    withdrawn_on, reason = _withdrawal(row, status)
    return Placed(
        ListLine(
            car_number=row.car_number("car_number"),
            race_class=row.slug("race_class"),
            race_class_name=row.text("race_class_name"),
            team=row.slug("team"),
            team_name=row.text("team_name"),
            team_country=row.country("team_country"),
            car_model=row.slug("car_model"),
            car_model_name=row.text("car_model_name"),
            status=status,
            withdrawn_on=withdrawn_on,
            withdrawal_reason=reason,
            crew=_frozen_crew(row),
        ),
        row,
    )


def _withdrawal(row: CsvRow, status: str) -> tuple[date | None, str]:
    """The day and the reason, which only a withdrawn car can have, and need not have on record."""
    withdrawn_on = row.day("withdrawn_on")
    reason = row.text("withdrawal_reason", required=False)
    for column, value in (("withdrawn_on", withdrawn_on), ("withdrawal_reason", reason)):
        if value and status != "withdrawn":
            row.report(column, f"The status is {status}.", "Write withdrawn as the status, or leave this blank.")
    return withdrawn_on, reason


def _crew(row: CsvRow) -> tuple[CrewSeat, ...]:
    return tuple(
        CrewSeat(
            seat=seat,
            driver=_seat_driver(row, seat),
            rating=row.choice(f"rating_{seat}", get_args(Rating)),
            nationality=row.country(f"nationality_{seat}", required=False),
        )
        for seat in _taken_seats(row, ("rating", "nationality"))
    )


def _frozen_crew(row: CsvRow) -> tuple[ListSeat, ...]:
    return tuple(
        ListSeat(
            seat=seat,
            driver=_seat_driver(row, seat),
            given_name=row.text(f"given_name_{seat}", required=False),
            family_name=row.text(f"family_name_{seat}", required=row.value(f"driver_{seat}") != TO_BE_ANNOUNCED),
            rating=row.choice(f"rating_{seat}", get_args(Rating)),
            nationality=row.country(f"nationality_{seat}", required=False),
        )
        for seat in _taken_seats(row, ("given_name", "family_name", "rating", "nationality"))
    )


def _seat_driver(row: CsvRow, seat: int) -> str:
    """The driver's slug; "" for a seat that is to be announced."""
    column = f"driver_{seat}"
    if row.value(column) == TO_BE_ANNOUNCED:
        return ""
    mend = f"{SLUG_MEND} For a driver to be announced write {TO_BE_ANNOUNCED}."
    return row.matching(column, SLUG, "a driver's slug", mend)


def _taken_seats(row: CsvRow, others: tuple[str, ...]) -> range:
    """The seats 1 to n that have a driver; what stands behind an empty one is reported."""
    seats = range(1, row.seats + 1)
    taken = [seat for seat in seats if row.value(f"driver_{seat}")]
    last = max(taken, default=0)
    for seat in seats:
        column = f"driver_{seat}"
        if seat < last and seat not in taken:
            mend = f"Move the crew up, or write {TO_BE_ANNOUNCED}."
            row.report(column, f"Seat {seat} is empty, and seat {last} is not.", mend)
        elif seat > last and (filled := [o for o in others if row.value(f"{o}_{seat}")]):
            mend = f"Fill in the driver, or {TO_BE_ANNOUNCED}, or clear the cell."
            row.report(f"{filled[0]}_{seat}", f"Seat {seat} has no driver.", mend)
    if len(taken) < last:
        return range(0)
    return range(1, last + 1)
