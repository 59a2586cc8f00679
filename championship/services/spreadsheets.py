"""Tables in files that people made: CSV and XLSX in, as lines of CSV; CSV and XLSX out, harmless in a spreadsheet.

A file is measured before it is parsed: a small archive may hold a huge table.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet._reader import WorkSheetParser

MOST_BYTES = 2_000_000
MOST_UNPACKED_BYTES = 20_000_000
MOST_RATIO = 100
"""How many times its size a file may grow when it is unpacked; real workbooks stay below 20."""
MOST_PARTS = 200
MOST_ROWS = 1_000
MOST_COLUMNS = 60

_ARCHIVES = (".zip", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".docx", ".gz", ".7z", ".rar")
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What a spreadsheet reads as a formula at the beginning of a cell, also in its wide forms.
_FORMULA = "[=+\\-@\t\r＝＋－＠]"
_HARMFUL = re.compile(f"'*{_FORMULA}")
_NEUTRALISED = re.compile(f"'+{_FORMULA}")


class FileRefusedError(Exception):
    """The file cannot be read as a table; the message says why, and what to do."""


def csv_lines(content: bytes) -> bytes:
    """The table of a CSV or XLSX file as CSV, one line for each of its rows. What it is, the content itself says.

    The rows of an XLSX keep their numbers. Raises FileRefusedError.
    """
    if len(content) > MOST_BYTES:
        raise FileRefusedError(f"The file has more than {MOST_BYTES // 1_000_000} MB. An entry list has far less.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefusedError("This is an old or protected Excel file. Save it as .xlsx without a password.")
    if content.startswith(b"PK"):
        return "".join(f"{line}\n" for line in _xlsx_lines(content)).encode()
    _check_csv(content)
    return content


def _check_csv(content: bytes) -> None:
    if not content.strip():
        raise FileRefusedError("The file is empty.")
    if content.count(b"\n") > MOST_ROWS + 1:
        raise FileRefusedError(f"The file has more than {MOST_ROWS} rows. Import it in parts.")
    header = content.split(b"\n", 1)[0]
    if b"," not in header and (b";" in header or b"\t" in header):
        raise FileRefusedError(
            "Its columns are not separated by commas. Save it as “CSV UTF-8 (comma delimited)”, or as .xlsx."
        )


def _xlsx_lines(content: bytes) -> list[str]:
    _check_archive(content)
    try:
        with warnings.catch_warnings():
            # About parts of the workbook that are not read here.
            warnings.simplefilter("ignore")
            rows = list(_xlsx_rows(content))
    except FileRefusedError:
        raise
    except Exception as error:
        # A damaged workbook raises whatever its many parsers stumble over.
        raise FileRefusedError("The workbook is damaged. Open it in your spreadsheet and save it again.") from error
    width = max((number for number, cell in enumerate(rows[0], start=1) if cell), default=0) if rows else 0
    if not width:
        raise FileRefusedError("The first row of the workbook is empty. It must hold the names of the columns.")
    while not any(rows[-1]):
        rows.pop()
    return [_csv_line(_padded(row, width)) if any(row) else "" for row in rows]


def _padded(row: list[str], width: int) -> list[str]:
    """The row as wide as the header; what stands further right stays, so that it is refused and not lost."""
    filled = max((number for number, cell in enumerate(row, start=1) if cell), default=0)
    return [*row, *[""] * (width - len(row))][: max(width, filled)]


def _check_archive(content: bytes) -> None:
    """Raise FileRefusedError when the workbook's parts are too many, too large, packed too tightly, or archives."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise FileRefusedError("The workbook is damaged. Open it in your spreadsheet and save it again.") from error
    if len(parts) > MOST_PARTS:
        raise FileRefusedError(f"The workbook has {len(parts)} parts. Copy the table into a new workbook.")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED_BYTES or unpacked > MOST_RATIO * len(content):
        raise FileRefusedError("The workbook is far too large once it is unpacked. Copy the table into a new workbook.")
    for part in parts:
        if part.filename.lower().endswith(_ARCHIVES):
            raise FileRefusedError(f"The workbook holds another file ({part.filename[:60]}). Remove it.")
        if part.flag_bits & 1 or part.compress_type not in _METHODS:
            raise FileRefusedError("The workbook is protected or packed in an unusual way. Save it again as .xlsx.")
    if len({part.filename for part in parts}) < len(parts):
        raise FileRefusedError("The workbook holds a part twice. Open it in your spreadsheet and save it again.")


def _xlsx_rows(content: bytes) -> Iterator[list[str]]:
    """The rows of the only sheet, from row 1 on; rows that the file leaves out are empty."""
    workbook = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    if len(workbook.worksheets) != 1:
        raise FileRefusedError(f"The workbook has {len(workbook.worksheets)} sheets. Keep only the one to import.")
    sheet = workbook.worksheets[0]
    # Not through the sheet's own rows: those drop rows that are out of order, and fill in a million that are not there.
    with sheet._get_source() as source:
        parser = WorkSheetParser(
            source,
            sheet._shared_strings,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,
            timedelta_formats=workbook._timedelta_formats,
        )
        last = 0
        for number, cells in parser.parse():
            if number > MOST_ROWS + 1:
                if any(cell["value"] is not None for cell in cells):
                    raise FileRefusedError(f"The workbook has more than {MOST_ROWS} rows. Import it in parts.")
                continue
            if number <= last:
                raise FileRefusedError(f"The workbook holds row {number} twice. Copy the table into a new workbook.")
            for _ in range(last + 1, number):
                yield []
            yield _row(number, cells)
            last = number


def _row(number: int, cells: Iterable[dict[str, Any]]) -> list[str]:
    found: dict[int, str] = {}
    for cell in cells:
        column, value = cell["column"], cell["value"]
        if value is None:
            continue
        if not 1 <= column <= MOST_COLUMNS:
            raise FileRefusedError(f"Row {number} has more than {MOST_COLUMNS} columns. Remove what is not the table.")
        if column in found or cell["row"] != number:
            raise FileRefusedError(f"Row {number} holds a cell twice. Copy the table into a new workbook.")
        found[column] = _text(number, column, value, cell["data_type"])
    return [found.get(column, "") for column in range(1, max(found, default=0) + 1)]


def _text(row: int, column: int, value: Any, data_type: str) -> str:
    """A cell as the text that CSV would hold. Dates are written 2024-02-04, whole numbers without a point."""
    place = f"Row {row}, column {column}"
    if data_type == "f":
        raise FileRefusedError(f"{place} holds a formula. Paste its value instead.")
    if data_type == "e":
        raise FileRefusedError(f"{place} holds the error {value}. Mend it in your spreadsheet.")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    text = value.isoformat() if isinstance(value, date | time) else str(value)
    if "\n" in text or "\r" in text:
        raise FileRefusedError(f"{place} holds a line break. Write the cell on one line.")
    return text


def _csv_line(cells: Sequence[str]) -> str:
    return csv_text([cells]).removesuffix("\n")


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV with `\\n` line ends."""
    file = io.StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


# Out, and back in


def neutral(text: str) -> str:
    """The text with an apostrophe before it when a spreadsheet would take it for a formula.

    >>> neutral("=1+1"), neutral("-"), neutral("'=1"), neutral("7"), neutral("'s Heeren")
    ("'=1+1", "'-", "''=1", '7', "'s Heeren")
    """
    return f"'{text}" if _HARMFUL.match(text) else text


def as_meant(text: str) -> str:
    """What `neutral` was given.

    >>> as_meant("'=1+1"), as_meant("''=1"), as_meant("=1"), as_meant("'s Heeren")
    ('=1+1', "'=1", '=1', "'s Heeren")
    """
    return text[1:] if _NEUTRALISED.match(text) else text


def export_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file; with the mark by which spreadsheets know UTF-8."""
    return csv_text([neutral(cell) for cell in row] for row in rows).encode("utf-8-sig")


def export_xlsx(rows: Iterable[Sequence[str]]) -> bytes:
    """A workbook of one sheet in which every cell is text, so that 007 stays 007 and nothing is a formula."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.freeze_panes = "A2"
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column, neutral(text))
            cell.data_type, cell.number_format = "s", "@"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()
