"""Reading a CSV file strictly: every line is a row, every row has every column."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from championship.record.errors import RecordProblem
from championship.record.fields import Fields, shown
from championship.record.layout import FEWEST_SEATS, MOST_SEATS, kind_of, seat_columns
from championship.record.limits import LARGEST_SMALL_NUMBER

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^",]*))(,|$)')
_WHOLE = re.compile(r"0|[1-9][0-9]*")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class CsvRow(Fields):
    """A row with its cells by column; `seats` is the number of crew seats that the file has columns for."""

    def __init__(self, file: str, problems: list[RecordProblem], line: int, cells: dict[str, str], seats: int) -> None:
        super().__init__(file, problems, kind_of(file))
        self.line = line
        self.cells = cells
        self.seats = seats

    def line_of(self, column: str) -> int:
        """The line of the row."""
        return self.line

    def value(self, column: str) -> str:
        """The cell, "" when it is blank."""
        return self.cells[column]

    def day(self, column: str) -> date | None:
        """A date as `2024-02-04`, None when the cell is blank."""
        text = self.text(column, required=False)
        if not text:
            return None
        try:
            if _DAY.fullmatch(text):
                return date.fromisoformat(text)
        except ValueError:
            pass
        self.report(column, f"Found {shown(text)}, which is not a date.", "Write year-month-day: 2024-02-04.")
        return None

    def integer(self, column: str, *, minimum: int = 1, required: bool = True) -> int | None:
        """A whole number of a small column from `minimum` on; None when the cell is blank or wrong."""
        text = self.text(column, required=required)
        if not text:
            return None
        # A number of more digits than the largest is too large, whatever they are.
        if _WHOLE.fullmatch(text) and len(text) <= 5 and minimum <= int(text) <= LARGEST_SMALL_NUMBER:
            return int(text)
        mend = f"Write a whole number from {minimum} to {LARGEST_SMALL_NUMBER}."
        self.report(column, f"Found {shown(text)}.", mend)
        return None

    def aliases(self, column: str) -> tuple[str, ...]:
        """Other spellings, separated by "; "."""
        text = self.text(column, required=False)
        aliases = tuple(text.split("; ")) if text else ()
        if any(not alias or ";" in alias or alias != alias.strip() for alias in aliases):
            self.report(column, f"Found {shown(text)}.", 'Separate the names by a semicolon and one space: "A; B".')
            return ()
        too_long = [alias for alias in aliases if not self.fits(column, alias, "alias")]
        if too_long:
            return ()
        return self.once(column, aliases)


def read_csv(
    file: str,
    content: bytes,
    columns: tuple[str, ...],
    seat_parts: tuple[str, ...],
    problems: list[RecordProblem],
) -> Iterator[CsvRow]:
    """The rows of a file that can be read; all others are reported.

    `columns` are those that the file must have, in any order, with the columns of 3 to 6 seats when
    `seat_parts` names what a seat consists of. Cells hold one line: a quote that is not closed on its line
    would swallow the rows below, and is refused.
    """
    text = decoded(file, content, problems)
    if text is None:
        return
    lines = [line.removesuffix("\r") for line in text.removesuffix("\n").split("\n")]
    header = split_cells(lines[0]) or []
    seats = _seats(header) if seat_parts else 0
    faults = list(_header_faults(header, (*columns, *seat_columns(seat_parts, seats))))
    for column, message, mend in faults:
        problems.append(RecordProblem(file=file, line=1, column=column, message=message, mend=mend))
    if faults:
        return
    for number, line in enumerate(lines[1:], start=2):
        cells = split_cells(line)
        if cells is not None and len(cells) == len(header):
            yield CsvRow(file, problems, number, dict(zip(header, cells, strict=True)), seats)
            continue
        message, mend = _row_fault(line, cells, len(header))
        problems.append(RecordProblem(file=file, line=number, column="", message=message, mend=mend))


def _header_faults(header: list[str], wanted: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Column, message and mend for everything that is wrong with line 1."""
    for column in wanted:
        if column not in header:
            yield column, "The column is missing.", "Add the column to line 1, in lower case and without quotes."
    for place, column in enumerate(header, start=1):
        if column not in wanted:
            yield column, f"Column {place} is not known.", f"The columns are: {', '.join(wanted)}."
        elif column in header[: place - 1]:
            yield column, "The column is there twice.", "Remove one of the two."


def _row_fault(line: str, cells: list[str] | None, width: int) -> tuple[str, str]:
    """Message and mend for a line that is no row."""
    if not line:
        return "The line is empty.", "Remove the line."
    if cells is None:
        return (
            "A quote is not closed on this line, or stands inside a cell.",
            'Put the whole cell in quotes, on one line, and write a quote inside it twice: "say ""go""".',
        )
    return (
        f"The row has {len(cells)} cells; the header has {width}.",
        "Count the commas; put a cell that holds a comma in quotes.",
    )


def decoded(file: str, content: bytes, problems: list[RecordProblem]) -> str | None:
    """The text of a file in UTF-8, with or without a byte order mark; anything else is reported, and None."""
    try:
        return content.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        problems.append(
            RecordProblem(
                file=file,
                line=content.count(b"\n", 0, error.start) + 1,
                column="",
                message=f"The byte 0x{content[error.start]:02x} is not UTF-8.",
                mend="Save the file as UTF-8.",
            )
        )
        return None


def split_cells(line: str) -> list[str] | None:
    """The cells of one line by RFC 4180, None when its quotes do not pair."""
    cells: list[str] = []
    position = 0
    while True:
        cell = _CELL.match(line, position)
        if cell is None:
            return None
        quoted, plain, end = cell.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        position = cell.end()
        if not end:
            return cells


def _seats(header: list[str]) -> int:
    """How many seats the header means: up to the last that it names any column of."""
    named = [int(match[1]) for column in header if (match := re.fullmatch(rf"[a-z_]+_([1-{MOST_SEATS}])", column))]
    return max([FEWEST_SEATS, *named])
