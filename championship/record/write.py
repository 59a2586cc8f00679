"""From the record of a season to its files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import tomli_w

from championship.record.layout import (
    CAR_MODELS,
    CIRCUITS,
    COLUMNS,
    DRIVERS,
    ENTRIES,
    ENTRY_LISTS,
    EVENT_ENTRIES,
    EVENTS,
    FEWEST_SEATS,
    FROZEN_SEAT_COLUMNS,
    LINE_COLUMNS,
    MANUFACTURERS,
    SEASON,
    SEAT_COLUMNS,
    TEAMS,
    TO_BE_ANNOUNCED,
    entry_list_file,
    seat_columns,
)
from championship.record.order import in_order
from championship.record.read import read_season
from championship.record.schema import EventRow, SeasonRecord

_CHILDREN = ("sessions", "lines")
"""Fields that have tables or files of their own."""


def write_season(record: SeasonRecord) -> dict[str, bytes]:
    """The files of a record, UTF-8 with `\\n` line ends, by their relative names: `read_season` gives it back.

    Equal records are written as the same bytes. Raises RecordError, with the places in the files as they
    would be, when the reader would refuse them, and ValueError when they would say something else.
    """
    ordered = in_order(record)
    files = {
        SEASON: _season(ordered),
        CIRCUITS: _tables("circuit", ordered.circuits),
        EVENTS: "\n".join(_event(row) for row in ordered.events),
        ENTRY_LISTS: _tables("entry_list", ordered.entry_lists),
        MANUFACTURERS: write_table(MANUFACTURERS, ordered.manufacturers),
        CAR_MODELS: write_table(CAR_MODELS, ordered.car_models),
        TEAMS: write_table(TEAMS, ordered.teams),
        DRIVERS: write_table(DRIVERS, ordered.drivers),
        ENTRIES: write_table(ENTRIES, ordered.entries),
        EVENT_ENTRIES: write_table(EVENT_ENTRIES, ordered.event_entries),
    }
    for row in ordered.entry_lists:
        files[entry_list_file(row.event, row.revision)] = _csv(LINE_COLUMNS, row.lines, FROZEN_SEAT_COLUMNS)
    content = {name: text.encode() for name, text in files.items()}
    again = read_season(content)
    for table in fields(record):
        if getattr(again, table.name) != getattr(ordered, table.name):
            raise ValueError(f"The files cannot hold these {table.name} as they are.")
    return content


def write_table(file: str, rows: Sequence[Any]) -> str:
    """One of the CSV files that `layout.COLUMNS` names, with these rows in this order."""
    return _csv(COLUMNS[file], rows, SEAT_COLUMNS if file in (ENTRIES, EVENT_ENTRIES) else ())


def _season(record: SeasonRecord) -> str:
    parts = [_table("[season]", record.season), _table("[points]", record.points)]
    for heading, rows in (
        ("race_class", record.race_classes),
        ("title", record.titles),
        ("invitation", record.invitations),
    ):
        if rows:
            parts.append(_tables(heading, rows))
    return "\n".join(parts)


def _event(row: EventRow) -> str:
    sessions = (_table("[[event.session]]", session) for session in row.sessions)
    return "\n".join([_table("[[event]]", row), *sessions])


def _tables(heading: str, rows: Iterable[object]) -> str:
    return "\n".join(_table(f"[[{heading}]]", row) for row in rows)


def _table(heading: str, row: Any) -> str:
    """One table; what is blank or not on record has no key. Small tables stay tables, one key a line."""
    values = {field.name: getattr(row, field.name) for field in fields(row) if field.name not in _CHILDREN}
    filled = {key: _toml(value) for key, value in values.items() if value not in (None, "", ())}
    return f"{heading}\n{tomli_w.dumps(filled)}"


def _toml(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_toml(item) for item in value]
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(UTC)
    return value


def _plain(number: Decimal) -> str:
    """The number without an exponent and without zeros at its end: a column of a database may add those."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _csv(columns: Sequence[str], rows: Sequence[Any], parts: tuple[str, ...] = ()) -> str:
    """A header and one line for each row, with the columns of as many seats as the fullest crew has."""
    seats = max((len(row.crew) for row in rows), default=0) if parts else 0
    width = max(FEWEST_SEATS, seats)
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*columns, *(seat_columns(parts, width) if parts else ())])
    for row in rows:
        cells = [_cell(getattr(row, column)) for column in columns]
        if parts:
            cells += [_seat_cell(seat, part) for seat in row.crew for part in parts]
            cells += [""] * (len(parts) * (width - len(row.crew)))
        writer.writerow(cells)
    return file.getvalue()


def _seat_cell(seat: Any, part: str) -> str:
    value = _cell(getattr(seat, part))
    return value or (TO_BE_ANNOUNCED if part == "driver" else "")


def _cell(value: Any) -> str:
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return value or ""
