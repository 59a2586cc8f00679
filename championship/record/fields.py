"""Reading one row or table field by field, and saying what is wrong with it.

A field that is wrong is reported and read as a neutral value, so that one pass finds every problem; the
record with such a value in it is never handed out.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import TypeVar

from championship.record.countries import COUNTRIES
from championship.record.errors import RecordProblem
from championship.record.limits import LARGEST_NUMBER, LONGEST, MOST_PLACES
from championship.rules.durations import duration
from championship.rules.names import CAR_NUMBER, SLUG

Choice = TypeVar("Choice", bound=str)

_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
_DURATION = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,2}):([0-9]{2})\.([0-9]{3})")
COUNTRY = re.compile(r"[A-Z]{2}")
SLUG_MEND = 'Use lower-case letters a to z, digits and single hyphens, such as "team-motopark".'
COUNTRY_MEND = 'Write the two capital letters of the country, such as "DE".'
CAR_NUMBER_MEND = 'Write one to three digits, with a capital letter behind them if need be, such as "7" or "99A".'


class Fields(ABC):
    """A row of a CSV file or a table of a TOML file; `problems` collects what is wrong with it.

    `kind` is its key in `limits`.
    """

    exact_numbers = ""
    """How an exact number has to stand in files of this kind, as the mend says it."""

    def __init__(self, file: str, problems: list[RecordProblem], kind: str) -> None:
        self.file = file
        self.problems = problems
        self.longest = LONGEST.get(kind, {})
        self.places = MOST_PLACES.get(kind, {})

    @abstractmethod
    def line_of(self, column: str) -> int:
        """The line of the file that a value stands on, or would have to stand on."""

    @abstractmethod
    def value(self, column: str) -> object:
        """What the file holds there, None when there is nothing."""

    def report(self, column: str, message: str, mend: str) -> None:
        """Note a problem at a column."""
        line = self.line_of(column)
        self.problems.append(RecordProblem(file=self.file, line=line, column=column, message=message, mend=mend))

    def text(self, column: str, *, required: bool = True, several_lines: bool = False) -> str:
        """A text of one line, "" when it is blank and may be."""
        value = self.value(column)
        if value is None or value == "":
            if required:
                self.report(column, "Nothing is filled in." if value == "" else "It is missing.", "Fill it in.")
            return ""
        if not isinstance(value, str):
            self.report(column, f"Found {shown(value)}, which is not text.", "Write it in quotes.")
            return ""
        inside = value.replace("\n", "") if several_lines else value
        if any(_is_unprintable(character) for character in inside):
            self.report(column, f"Found {shown(value)} with a character that cannot be seen.", "Type the text again.")
            return ""
        if value != value.strip():
            self.report(column, f"Found {shown(value)} with a space around it.", "Remove the space.")
            return ""
        return value if self.fits(column, value, column) else ""

    def fits(self, column: str, text: str, limit: str) -> bool:
        """Whether a text of a column is not longer than `limit` allows; if it is, that is reported."""
        longest = self.longest.get(limit)
        if longest is None or len(text) <= longest:
            return True
        message = f"Found {shown(text)}, which has {len(text)} characters."
        self.report(column, message, f"Write at most {longest} characters.")
        return False

    def matching(self, column: str, pattern: re.Pattern[str], what: str, mend: str, *, required: bool = True) -> str:
        """A text of a given form, "" when it is blank and may be."""
        text = self.text(column, required=required)
        if text and not pattern.fullmatch(text):
            self.report(column, f"Found {shown(text)}, which is not {what}.", mend)
            return ""
        return text

    def slug(self, column: str, *, required: bool = True) -> str:
        """A name as it stands in addresses."""
        return self.matching(column, SLUG, "a slug", SLUG_MEND, required=required)

    def country(self, column: str, *, required: bool = True) -> str:
        """An ISO 3166 alpha-2 code of a country that exists."""
        code = self.matching(column, COUNTRY, "a country code", COUNTRY_MEND, required=required)
        if code and code not in COUNTRIES:
            self.report(column, f"Found {shown(code)}, which is no country's code.", COUNTRY_MEND)
            return ""
        return code

    def car_number(self, column: str) -> str:
        """A car number, which is text: `007` is not `7`."""
        return self.matching(column, CAR_NUMBER, "a car number", CAR_NUMBER_MEND)

    def choice(self, column: str, choices: tuple[Choice, ...]) -> Choice:
        """One of some words; the first of them stands for a wrong one."""
        text = self.text(column)
        for choice in choices:
            if text == choice:
                return choice
        if text:
            self.report(column, f"Found {shown(text)}.", f"Write one of: {', '.join(choices)}.")
        return choices[0]

    def decimal(self, column: str, minimum: int, maximum: int) -> Decimal:
        """An exact number between two bounds, written as text."""
        value = self.value(column)
        number = self.exact(column, value, minimum, maximum)
        if number is None:
            found = "It is missing." if value is None else f"Found {shown(value)}."
            self.report(column, found, self.exact_mend(column, minimum, maximum))
        return number or Decimal()

    def decimal_if_any(self, column: str, minimum: int, maximum: int) -> Decimal | None:
        """The same, None when it is blank."""
        return self.decimal(column, minimum, maximum) if self.value(column) not in (None, "") else None

    def exact(self, column: str, value: object, minimum: int, maximum: int) -> Decimal | None:
        """The number that a text says, None when it says none, or one that the column cannot keep."""
        if not isinstance(value, str) or not _DECIMAL.fullmatch(value):
            return None
        number = Decimal(value)
        fits = len(value.partition(".")[2]) <= self.places[column] and minimum <= number <= maximum
        return number if fits else None

    def exact_mend(self, column: str, minimum: int, maximum: int) -> str:
        """How to write an exact number of a column."""
        return (
            f"Write a number from {minimum} to {maximum} {self.exact_numbers}"
            f'with a point and at most {self.places[column]} digits behind it: "0.5".'
        )

    def duration(self, column: str, *, required: bool = False) -> int | None:
        """A time of a lap or a race in milliseconds; None when it is blank or wrong."""
        text = self.text(column, required=required)
        if not text:
            return None
        if parts := _DURATION.fullmatch(text):
            hours, minutes, seconds, thousandths = (int(part or 0) for part in parts.groups())
            milliseconds = ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths
            if milliseconds <= LARGEST_NUMBER and duration(milliseconds) == text:
                return milliseconds
        mend = 'Write minutes, seconds and thousandths, with hours where there are any: "1:52.991", "3:43:26.017".'
        self.report(column, f"Found {shown(text)}, which is not a time.", mend)
        return None

    def once(self, column: str, values: tuple[str, ...]) -> tuple[str, ...]:
        """The values of one field, each of which may be named only once."""
        for value in twice(values):
            self.report(column, f"{shown(value)} is named twice.", "Name it once.")
        return values


def shown(value: object) -> str:
    """A value as a message quotes it: in double quotes when it is text, cut when it is long."""
    if not isinstance(value, str):
        return str(value)[:60]
    text = "".join(c if not _is_unprintable(c) else f"\\u{ord(c):04x}" for c in value)
    return f'"{text}"' if len(text) <= 60 else f'"{text[:57]}..."'


def nearest(value: str, known: Collection[str], file: str) -> str:
    """How to mend a reference that leads nowhere: the known name that is spelt most alike, if there is one."""
    close = difflib.get_close_matches(value, sorted(known), n=1, cutoff=0.5)
    return f'Did you mean "{close[0]}"? If not, add it to {file}.' if close else f"Add it to {file}, or correct it."


def twice(values: tuple[str, ...]) -> Iterator[str]:
    """The values that occur more than once, each time but the first."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            yield value
        seen.add(value)


def _is_unprintable(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character == "\ufeff"
