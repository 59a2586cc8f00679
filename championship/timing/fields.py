"""One row of a timing file, read cell by cell: what a cell may hold, and what to say when it holds something else."""

import re
from decimal import Decimal

from championship.rules.names import CAR_NUMBER
from championship.timing.encodings import refuse_wrong_letters
from championship.timing.limits import LONGEST_TEAM, MOST_LAPS, MOST_POSITION
from championship.timing.problems import USE_THE_ORIGINAL, Problems, shown

_WHOLE = re.compile(r"[0-9]{1,6}")
_TIME = re.compile(r"(?:(?:([0-9]{1,3}):)?([0-9]{1,2})[':’])?([0-9]{1,2})\.([0-9]{3})")
_SPEED = re.compile(r"[0-9]{1,3}(\.[0-9]{1,3})?")
# What spreadsheets make of times and speeds: 01:42.2 of 1:42.179, and a comma of the point.
_CHANGED_TIME = re.compile(r"[0-9:'’]+[.,][0-9]{1,3}|[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")
_CHANGED_SPEED = re.compile(r"[0-9]+,[0-9]+")


def milliseconds(text: str) -> int | None:
    """A time of the provider: apostrophe or colon after the minutes, any number of hours, always thousandths.

    >>> milliseconds("3:43'26.017"), milliseconds("1:42.179"), milliseconds("24:00'42.784"), milliseconds("16.000")
    (13406017, 102179, 86442784, 16000)
    >>> milliseconds("1:42.1"), milliseconds("1:75.000"), milliseconds("3:5'01.000"), milliseconds("١:42.179")
    (None, None, None, None)
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    hours, minutes, seconds, thousandths = match.groups()
    if (minutes and (len(seconds) < 2 or int(seconds) > 59)) or (hours and (len(minutes) < 2 or int(minutes) > 59)):
        return None
    return ((int(hours or 0) * 60 + int(minutes or 0)) * 60 + int(seconds)) * 1000 + int(thousandths)


class Row:
    """The cells of one car by normalised column; wrong ones are reported, and read as empty."""

    def __init__(self, line: int, cells: dict[str, str], labels: dict[str, str], problems: Problems) -> None:
        self.line = line
        self.cells = cells
        self.labels = labels
        self.problems = problems

    def report(self, column: str, message: str, mend: str) -> None:
        """Note what is wrong in a cell."""
        self.problems.report(self.line, self.labels[column], message, mend)

    def raw(self, column: str) -> str:
        """The cell as it is written; "" for a column that the file does not have, or a row that ends before it."""
        return self.cells.get(column, "")

    def text(self, column: str, longest: int = LONGEST_TEAM, *, required: bool = False) -> str:
        """A cell without spaces around it; what is longer than the database keeps, or spoilt, is reported."""
        text = self.raw(column).strip()
        if text:
            refuse_wrong_letters(self.line, self.labels[column], text, self.problems)
        if len(text) > longest:
            found = f"Found {len(text)} characters, {shown(text)}; expected at most {longest}."
            self.report(column, found, "Shorten it.")
            return ""
        if required and not text:
            self.report(column, "The cell is empty.", f"Write it in. {USE_THE_ORIGINAL}")
        return text

    def car_number(self) -> str:
        """A car number, which is text: 007 is another car than 7."""
        text = self.raw("NUMBER").strip()
        if not CAR_NUMBER.fullmatch(text):
            found = f"Found {shown(text)}; expected a car number: one to three digits, then at most one capital."
            self.report("NUMBER", found, "Write the number as it stands on the car: 7, 007 or 22A.")
        return text

    def whole(self, column: str, *, least: int, most: int, required: bool = False) -> int | None:
        """A whole number in digits 0 to 9; None when the cell is empty."""
        text = self.raw(column).strip()
        if not text and not required:
            return None
        if _WHOLE.fullmatch(text) and least <= int(text) <= most:
            return int(text)
        found = f"Found {shown(text)}; expected a whole number from {least} to {most}."
        self.report(column, found, f"Write the number in digits. {USE_THE_ORIGINAL}")
        return None

    def position(self, column: str) -> int | None:
        """A place, from 1; None for a car that the file does not place."""
        return self.whole(column, least=1, most=MOST_POSITION)

    def laps(self, column: str, *, required: bool = False) -> int | None:
        """A number of laps, or of one lap."""
        return self.whole(column, least=0, most=MOST_LAPS, required=required)

    def time(self, column: str, example: str) -> int | None:
        """A time in milliseconds; None when the cell is empty."""
        text = self.raw(column).strip()
        time = milliseconds(text)
        if text and time is None:
            expected = f"expected a time such as {example}, with three digits of a second"
            self._report_measure(column, text, expected, _CHANGED_TIME)
        return time

    def speed(self, column: str) -> Decimal | None:
        """A speed in km/h; None when the cell is empty."""
        text = self.raw(column).strip()
        if _SPEED.fullmatch(text):
            return Decimal(text)
        if text:
            self._report_measure(column, text, "expected a speed in km/h such as 174.4", _CHANGED_SPEED)
        return None

    def _report_measure(self, column: str, text: str, expected: str, changed: re.Pattern[str]) -> None:
        why = "A spreadsheet has changed it. " if changed.fullmatch(text) else ""
        self.report(column, f"Found {shown(text)}; {expected}.", f"{why}{USE_THE_ORIGINAL}")
