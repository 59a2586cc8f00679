"""The rows of a timing file by the names of its columns, once its layout is known."""

from dataclasses import dataclass

from championship.timing.encodings import refuse_unseen_signs, refuse_wrong_letters
from championship.timing.fields import Row
from championship.timing.layouts import COLUMNS, EMPTY_SEAT_CELLS, SEAT_CELLS, SEATS, layout_of, normalised
from championship.timing.lines import DELIMITERS, Line, cells_of
from championship.timing.problems import USE_THE_ORIGINAL, Problems, shown
from championship.timing.tables import Layout

_HEADERS = "POSITION;NUMBER;TEAM;DRIVER_1 of a race or POS;NUMBER;LAP;TIME of another session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The first line: columns by their normalised names, as they are labelled, and what is between them.

    `width` counts all cells, also the nameless ones at the end.
    """

    line: int
    layout: Layout
    delimiter: str
    names: list[str]
    labels: dict[str, str]
    width: int

    @property
    def seats(self) -> list[int]:
        """The seats that have columns, in B, C and D."""
        return [seat for seat in SEATS if f"DRIVER{seat}_FIRSTNAME" in self.names]

    @property
    def first_seat(self) -> int:
        """Where the cells of the drivers begin, in B, C and D."""
        return self.names.index("DRIVER1_FIRSTNAME")


def read_header(line: Line, problems: Problems) -> Header:
    """The header with the delimiter that makes a known one of it; refuses every other, with what was found."""
    for delimiter in DELIMITERS:
        cells = cells_of(line, delimiter, Problems(problems.file)) or []
        names = [normalised(cell) for cell in cells]
        while names and not names[-1]:
            names.pop()
        layout = layout_of(names)
        if layout is not None:
            labels = {name: cell.strip() for name, cell in zip(names, cells, strict=False)}
            header = Header(
                line=line.number, layout=layout, delimiter=delimiter, names=names, labels=labels, width=len(cells)
            )
            _refuse_faults(header, problems)
            return header
    refuse_wrong_letters(line.number, "", line.text, problems)
    refuse_unseen_signs(line.number, "", line.text, problems)
    found = f"Found {shown(line.text)} as the header; expected {_HEADERS}, separated by “;”."
    problems.report(line.number, "", found, "Choose the provider's 03_Classification or 03_Results, a CSV file.")
    raise problems.error()


def _refuse_faults(header: Header, problems: Problems) -> None:
    for name in COLUMNS[header.layout].required:
        if name not in header.names:
            message = f"The column {name} is missing; this is layout {header.layout}."
            problems.report(header.line, name, message, USE_THE_ORIGINAL)
    read = {*COLUMNS[header.layout].required, *(name for name in header.names if name.startswith("DRIVER"))}
    for name in sorted(read):
        if header.names.count(name) > 1:
            problems.report(header.line, name, "The column is there twice.", "Remove the wrong one.")
    if problems.found:
        raise problems.error()


def read_rows(header: Header, lines: list[Line], problems: Problems) -> list[Row]:
    """The rows below the header that are whole; all others are reported."""
    rows = []
    for line in lines:
        cells = cells_of(line, header.delimiter, problems)
        if cells is None:
            continue
        for place, cell in enumerate(cells) if not line.text.isprintable() else ():
            label = header.labels.get(header.names[place], "") if place < len(header.names) else ""
            refuse_unseen_signs(line.number, label, cell, problems)
        by_name = {name: cell for name, cell in zip(header.names, cells, strict=False) if name}
        row = Row(line.number, by_name, header.labels, problems)
        if _is_whole(header, cells, row):
            rows.append(row)
            continue
        cell = "cell" if len(cells) == 1 else "cells"
        message = f"The row has {len(cells)} {cell}, the header names {len(header.names)} columns."
        mend = f"The row was cut off, or a cell holds a “{header.delimiter}”, which needs quotes. {USE_THE_ORIGINAL}"
        problems.report(line.number, "", message, mend)
    return rows


def _is_whole(header: Header, cells: list[str], row: Row) -> bool:
    """Whether a row has all its cells and no more, by the rules of its layout.

    The provider ends each line with a delimiter. In B, C and D each absent driver makes the row five cells shorter; a
    spreadsheet fills the rows up, or leaves empty cells away at the end.
    """
    width, length = len(header.names), len(cells)
    if length >= width:
        return length <= max(width + 1, header.width) and not any(cells[width:])
    if header.layout == "A":
        return length > max(header.names.index(name) for name in COLUMNS["A"].required)
    seats, start = len(header.seats), header.first_seat
    taken = sum(1 for seat in header.seats if has_driver(row, seat))
    ragged = start + SEAT_CELLS * taken + EMPTY_SEAT_CELLS * (seats - taken)
    filled = [start + SEAT_CELLS * number for number in range(taken, seats)]
    return length in (ragged, ragged + 1, *filled)


def has_driver(row: Row, seat: int) -> bool:
    """Whether somebody is named on a seat, in B, C and D."""
    return bool((row.raw(f"DRIVER{seat}_FIRSTNAME") + row.raw(f"DRIVER{seat}_SECONDNAME")).strip())
