"""From the record of a season to its files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import tomli_w

from championship.record.layout import (
    ADJUSTMENTS,
    CAR_MODELS,
    CIRCUITS,
    CLASSIFICATIONS,
    COLUMNS,
    DECISIONS,
    DRIVERS,
    DURATIONS,
    ELIGIBILITY,
    ENTRIES,
    ENTRY_LISTS,
    EVENT_ENTRIES,
    EVENTS,
    FEWEST_SEATS,
    FROZEN_SEAT_COLUMNS,
    LINE_COLUMNS,
    MANUFACTURERS,
    POLES,
    SEASON,
    SEAT_COLUMNS,
    TEAMS,
    TIMING_COLUMNS,
    TO_BE_ANNOUNCED,
    entry_list_file,
    seat_columns,
    timing_file,
)
from championship.record.order import in_order
from championship.record.read import read_season
from championship.record.result_rows import AppliedRow, ClassificationRow, DecisionRow, TimingRow, as_told
from championship.record.schema import EventRow, SeasonRecord
from championship.rules.durations import duration

_CHILDREN = ("sessions", "lines", "effects")
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
    files |= _results(ordered)
    content = {name: text.encode() for name, text in files.items()}
    again = read_season(content)
    for table in fields(record):
        if getattr(again, table.name) != getattr(ordered, table.name):
            raise ValueError(f"The files cannot hold these {table.name} as they are.")
    return content


def _results(record: SeasonRecord) -> dict[str, str]:
    """The files of `results/`, each of them only when there is something to say in it."""
    files: dict[str, str] = {}
    for file, rows in (
        (POLES, record.poles),
        (ELIGIBILITY, record.eligibility),
        (ADJUSTMENTS, record.adjustments),
    ):
        if rows:
            files[file] = write_table(file, rows)
    if record.decisions:
        files[DECISIONS] = "\n".join(_decision(row) for row in record.decisions)
    if record.classifications:
        tables = []
        known = {(row.event, row.session, row.slug): as_told(row) for row in record.decisions}
        first_with: dict[tuple[str, str, tuple[TimingRow, ...]], int] = {}
        for row in sorted(record.classifications, key=lambda row: row.version):
            first_with.setdefault((row.event, row.session, row.lines), row.version)
        for row in record.classifications:
            timing = first_with[row.event, row.session, row.lines]
            if timing == row.version:
                files[timing_file(row.event, row.session, timing)] = _timing(row.lines)
            tables.append(_classification(row, timing, known))
        files[CLASSIFICATIONS] = "\n".join(tables)
    return files


def _classification(row: ClassificationRow, timing: int, known: Mapping[tuple[str, str, str], AppliedRow]) -> str:
    """One version; `timing` is the earliest version that has the same timing lines.

    Of its decisions the slugs are enough as long as they are what the version told, which is what `known` is for.
    """
    values = _values(row) | {"decisions": tuple(decision.slug for decision in row.decisions)}
    source = values.pop("source")
    parts = [
        _written("[[classification]]", values | {"timing": timing if timing != row.version else None, "source": source})
    ]
    for decision in row.decisions:
        if decision != known.get((row.event, row.session, decision.slug)):
            parts.append(_table("[[classification.told]]", decision))
            parts += [_table("[[classification.told.effect]]", effect) for effect in decision.effects]
    return "\n".join(parts)


def _decision(row: DecisionRow) -> str:
    effects = (_table("[[decision.effect]]", effect) for effect in row.effects)
    return "\n".join([_table("[[decision]]", row), *effects])


def _timing(lines: Sequence[TimingRow]) -> str:
    """Timing lines, with as many columns of drivers as the fullest car needs."""
    width = max(FEWEST_SEATS, *(len(line.drivers) for line in lines)) if lines else FEWEST_SEATS
    rows = [
        [*(_cell(column, getattr(line, column)) for column in TIMING_COLUMNS), *line.drivers]
        + [""] * (width - len(line.drivers))
        for line in lines
    ]
    return _csv_text([[*TIMING_COLUMNS, *seat_columns(("driver",), width)], *rows])


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
    return _written(heading, _values(row))


def _values(row: Any) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(row) if field.name not in _CHILDREN}


def _written(heading: str, values: dict[str, Any]) -> str:
    filled = {key: _toml(key, value) for key, value in values.items() if value not in (None, "", ())}
    return f"{heading}\n{tomli_w.dumps(filled)}"


def _toml(key: str, value: Any) -> Any:
    if key in DURATIONS:
        return duration(value)
    if isinstance(value, tuple):
        return [_toml(key, item) for item in value]
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
    lines = [[*columns, *(seat_columns(parts, width) if parts else ())]]
    for row in rows:
        cells = [_cell(column, getattr(row, column)) for column in columns]
        if parts:
            cells += [_seat_cell(seat, part) for seat in row.crew for part in parts]
            cells += [""] * (len(parts) * (width - len(row.crew)))
        lines.append(cells)
    return _csv_text(lines)


def _csv_text(lines: Iterable[Sequence[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows(lines)
    return file.getvalue()


def _seat_cell(seat: Any, part: str) -> str:
    value = _cell(part, getattr(seat, part))
    return value or (TO_BE_ANNOUNCED if part == "driver" else "")


def _cell(column: str, value: Any) -> str:
    if value is None:
        return ""
    if column in DURATIONS:
        return duration(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(value)
    if isinstance(value, Decimal):
        return _plain(value)
    return value.isoformat() if isinstance(value, date) else str(value)
