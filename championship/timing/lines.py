"""From text to rows: one line is one row, so that a quotation mark that is not closed swallows none."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from championship.timing.limits import LONGEST_CELL, LONGEST_LINE, MOST_COLUMNS, MOST_LINES
from championship.timing.problems import USE_THE_ORIGINAL, Problems, shown

DELIMITERS = (";", ",", "\t")
"""The provider writes the first; a spreadsheet may write the second, and the third with UTF-16."""

_NEWLINE = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a file that is not empty; `number` counts from 1."""

    number: int
    text: str


def lines_of(text: str, problems: Problems) -> list[Line]:
    """The lines that hold anything; refuses more or longer ones than a timing file has."""
    texts = _NEWLINE.split(text)
    if len(texts) > MOST_LINES:
        found = f"The file has {len(texts):,} lines; at most {MOST_LINES} are read, and a classification has one a car."
        problems.refuse(0, "", found, "Choose the classification: the file whose name begins with 03_.")
    lines = [
        Line(number=number, text=line)
        for number, line in enumerate(texts, start=1)
        if line.strip("".join((*DELIMITERS, " ")))
    ]
    for line in lines:
        if len(line.text) > LONGEST_LINE:
            message = f"The line has {len(line.text):,} characters; at most {LONGEST_LINE:,} are read."
            problems.report(line.number, "", message, USE_THE_ORIGINAL)
    if problems.found:
        raise problems.error()
    if not lines:
        problems.refuse(0, "", "The file holds no cars: only empty lines.", "Download it again.")
    return lines


def cells_of(line: Line, delimiter: str, problems: Problems) -> list[str] | None:
    """The cells, in composed letters (NFC); None for a line whose quotation marks do not pair, or that is too large."""
    cells = list(_split(line.text, delimiter))
    if None in cells:
        message = "A quotation mark opens a cell and does not close it on this line."
        mend = 'Remove the mark, or close it at the end of the cell; inside quotes a mark is written twice: "".'
        problems.report(line.number, "", message, mend)
        return None
    if len(cells) > MOST_COLUMNS:
        message = f"The line has {len(cells):,} cells; at most {MOST_COLUMNS} are read."
        problems.report(line.number, "", message, USE_THE_ORIGINAL)
        return None
    texts = [cell for cell in cells if cell is not None]
    for place, cell in enumerate(texts, start=1):
        if len(cell) > LONGEST_CELL:
            message = f"Cell {place} has {len(cell):,} characters, {shown(cell)}; at most {LONGEST_CELL} are read."
            problems.report(line.number, "", message, f"Shorten it. {USE_THE_ORIGINAL}")
            return None
    # Not the whole text: to order the accents of a very long letter takes the square of their number.
    return [unicodedata.normalize("NFC", cell) for cell in texts]


def _split(text: str, delimiter: str) -> Iterator[str | None]:
    """The cells of a line; None, as the last one, where quotation marks do not pair."""
    position = 0
    while position <= len(text):
        if text.startswith('"', position):
            cell, position = _quoted(text, position + 1)
            if cell is None or not (position == len(text) or text.startswith(delimiter, position)):
                yield None
                return
        else:
            end = text.find(delimiter, position)
            end = len(text) if end < 0 else end
            cell, position = text[position:end], end
        yield cell
        position += len(delimiter)


def _quoted(text: str, position: int) -> tuple[str | None, int]:
    """What stands between quotation marks, and where it ends; a mark inside is written twice."""
    parts = []
    while (end := text.find('"', position)) >= 0:
        parts.append(text[position:end])
        position = end + 1
        if not text.startswith('"', position):
            return "".join(parts), position
        parts.append('"')
        position += 1
    return None, len(text)
