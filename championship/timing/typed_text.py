"""Typed rows as text and as JSON: what a page sends, and a table that is pasted from elsewhere.

As text there is a line for each car: `24 90 4:01:39.212 Classified 1:46.000 12 @ada-driver @ben-driver`, or the same
cells with tabs between, as a spreadsheet copies them. “-” stands for an empty cell; cells at the end may be left out.
A first line of headings with tabs says which columns a table has, in any order.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

from championship.rules.names import CAR_NUMBER
from championship.timing.typed import LABELS, MOST_ROWS, SAME, TypedRow

CELLS = tuple(name for name in LABELS if name != "drivers")
EMPTY = "-"
_LONGEST_CELL = 200
_HEADINGS = {
    "car_number": ("number", "no", "no.", "nr", "nr.", "#", "car", "car number", "car no", "car no."),
    "laps": ("laps",),
    "total_time": ("time", "total time", "total_time", "gap"),
    "status": ("status",),
    "best_lap_time": ("best lap", "best", "fastest lap", "best time", "best_lap_time", "fl_time"),
    "best_lap_number": ("lap number", "on lap", "lap", "best lap number", "best_lap_number", "fl_lapnum"),
}
_BY_HEADING = {heading: name for name, headings in _HEADINGS.items() for heading in headings}
_WHOLE = re.compile(r"[0-9]{1,4}", re.ASCII)
_TIME = re.compile(r"\+.*|.*[0-9][:.][0-9].*", re.ASCII)
_LAPS_WORD = re.compile(r"laps?|l", re.IGNORECASE)
_DOWN = re.compile(r"\+?[0-9]{1,3}(?:laps?|l)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedText:
    """The rows of a text; `ignored` are headings of columns that nobody here reads."""

    rows: tuple[TypedRow, ...]
    ignored: tuple[str, ...] = ()


class TypedTextError(Exception):
    """The text cannot be read at all; the message says why and what to do."""


def read_text(text: str) -> TypedText:
    """The rows of a text, in its order; lines without anything are left out. TypedTextError for more than MOST_ROWS."""
    lines = [line for line in text.splitlines() if line.strip()]
    columns: tuple[str, ...] = CELLS
    ignored: tuple[str, ...] = ()
    if lines and "\t" in lines[0]:
        headings = [cell.strip() for cell in lines[0].split("\t")]
        names = [_BY_HEADING.get(heading.casefold(), "") for heading in headings]
        # A car has a number, whatever its other cells say.
        if "car_number" in names and not any(CAR_NUMBER.fullmatch(heading) for heading in headings):
            columns, lines = tuple(names), lines[1:]
            ignored = tuple(heading for heading, name in zip(headings, names, strict=True) if heading and not name)
    _check_count(len(lines))
    return TypedText(
        rows=tuple(_tabbed(line, columns) if "\t" in line else _spaced(line) for line in lines), ignored=ignored
    )


def as_text(rows: Sequence[TypedRow]) -> str:
    """The rows as text, which `read_text` gives back: a line for each, with spaces where that says the same as tabs."""
    return "\n".join(_line(row) for row in rows)


def read_json(text: str) -> tuple[TypedRow, ...]:
    """The rows that the grid of the desk sends: a list with a list for each row, its cells and its drivers or null.

    TypedTextError for anything else, which is not typed by a person.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TypedTextError("The page sent something that is no table. Load it again; your typing is kept.") from error
    if not isinstance(found, list):
        raise TypedTextError("The page sent something that is no table. Load it again; your typing is kept.")
    _check_count(len(found))
    return tuple(_from_json(row) for row in found)


def as_json(rows: Sequence[TypedRow]) -> list[list[object]]:
    """The rows as `read_json` reads them, before they are written."""
    return [
        [*(getattr(row, name) for name in CELLS), None if row.drivers is None else list(row.drivers)] for row in rows
    ]


def _check_count(rows: int) -> None:
    if rows > MOST_ROWS:
        raise TypedTextError(f"There are {rows} rows, and a session has at most {MOST_ROWS} cars. Take some out.")


def _from_json(row: object) -> TypedRow:
    if not isinstance(row, list) or len(row) != len(CELLS) + 1:
        raise TypedTextError("The page sent a row that is none. Load it again; your typing is kept.")
    *cells, drivers = row
    texts = [*cells, *(drivers if isinstance(drivers, list) else [])]
    if not all(isinstance(text, str) and len(text) <= _LONGEST_CELL for text in texts) or not (
        drivers is None or isinstance(drivers, list)
    ):
        raise TypedTextError(
            f"A cell is longer than {_LONGEST_CELL} characters, or no text. Shorten it; your typing is kept."
        )
    return TypedRow(
        **{name: _clean(cell) for name, cell in zip(CELLS, cells, strict=True)},
        drivers=None if drivers is None else tuple(_clean(slug) for slug in drivers),
    )


def _clean(cell: str) -> str:
    """One line, and nothing that no page could show again: half of a character."""
    return " ".join(cell.encode("utf-8", "replace").decode().split())


def _line(row: TypedRow) -> str:
    cells = [getattr(row, name) or EMPTY for name in CELLS]
    drivers = [] if row.drivers is None else [f"@{slug}" for slug in row.drivers] or ["@"]
    while not drivers and cells and cells[-1] == EMPTY:
        cells.pop()
    spaced = " ".join([*cells, *drivers])
    if cells and _spaced(spaced) == row:
        return spaced
    return "\t".join([*(getattr(row, name) for name in CELLS), " ".join(drivers)])


def _tabbed(line: str, columns: Sequence[str]) -> TypedRow:
    parts = [part.strip() for part in line.split("\t")]
    tokens = " ".join(part for part in parts if part.startswith("@")).split()
    parts = ["" if part == EMPTY or part.startswith("@") else part for part in parts]
    # Of two columns of one name the first one that says something counts.
    cells: dict[str, str] = {}
    for name, part in zip(columns, parts, strict=False):
        if name and part:
            cells.setdefault(name, part[:_LONGEST_CELL])
    return TypedRow(**cells, drivers=_drivers(tokens))


def _spaced(line: str) -> TypedRow:
    """A line with spaces: what a cell looks like tells which it is, since a status may have several words."""
    tokens = line.split()
    names = [token for token in tokens if token.startswith("@")]
    rest = [token for token in tokens if not token.startswith("@")]
    cells = {"car_number": rest.pop(0)} if rest else {}
    down = _is_down(rest)
    if rest and not down and (_WHOLE.fullmatch(rest[0]) or rest[0] in (SAME, EMPTY)):
        cells["laps"] = rest.pop(0)
        down = _is_down(rest)
    if down:
        cells["total_time"] = " ".join(rest[:down])
        rest = rest[down:]
    elif rest and (_TIME.fullmatch(rest[0]) or rest[0] in (SAME, EMPTY)):
        cells["total_time"] = rest.pop(0)
    end = next((index for index, token in enumerate(rest) if index and _ends_status(token)), len(rest))
    if rest and _ends_status(rest[0]) and rest[0] not in (SAME, EMPTY):
        end = 0
    cells["status"] = " ".join(rest[:end])
    rest = rest[end:]
    cells["best_lap_time"] = rest.pop(0) if rest else ""
    # What is left over makes a cell that cannot be read, which is better than to leave it out.
    cells["best_lap_number"] = " ".join(rest)
    return TypedRow(
        **{name: "" if cell == EMPTY else cell[:_LONGEST_CELL] for name, cell in cells.items()},
        drivers=_drivers(names),
    )


def _is_down(tokens: Sequence[str]) -> int:
    """How many of the first tokens say how many laps a car is behind: `1 lap`, `+2laps`."""
    if tokens and _DOWN.fullmatch(tokens[0]):
        return 1
    if len(tokens) > 1 and _LAPS_WORD.fullmatch(tokens[1]) and _WHOLE.fullmatch(tokens[0].removeprefix("+")):
        return 2
    return 0


def _ends_status(token: str) -> bool:
    return bool(_TIME.fullmatch(token) or _WHOLE.fullmatch(token) or token in (SAME, EMPTY))


def _drivers(tokens: Sequence[str]) -> tuple[str, ...] | None:
    """`@ada @ben` as slugs, None without any; a single `@` is nobody."""
    return tuple(slug for token in tokens for slug in token.split("@") if slug) if tokens else None
