"""Reading a TOML file strictly, with the line that every table and key stands on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from datetime import UTC, date, datetime
from decimal import Decimal

from championship.record.csv_file import decoded
from championship.record.errors import RecordProblem
from championship.record.fields import Fields, shown
from championship.record.limits import LARGEST_SMALL_NUMBER
from championship.record.toml_lines import Path, toml_lines
from championship.rules.names import SLUG

_AT_LINE = re.compile(r"\s*\(at (?:line ([0-9]+), column [0-9]+|end of document)\)")


class TomlTable(Fields):
    """A table of a file; keys that nobody asked for are reported by `close`."""

    exact_numbers = "in quotes, "

    def __init__(
        self,
        file: str,
        problems: list[RecordProblem],
        content: dict[str, object],
        path: Path,
        lines: dict[Path, int],
    ) -> None:
        kind = ".".join(name for name in path if isinstance(name, str))
        super().__init__(file, problems, kind)
        self.content = content
        self.path = path
        self.lines = lines
        self.asked: set[str] = set()

    def line_of(self, column: str) -> int:
        """The line of the key; of the table when the key is not there."""
        path: Path = (*self.path, column)
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def value(self, column: str) -> object:
        """What stands behind the key, None when the key is not there."""
        self.asked.add(column)
        return self.content.get(column)

    def close(self) -> None:
        """Report the keys that no field of the record is read from."""
        for key in self.content:
            if key not in self.asked:
                known = ", ".join(sorted(self.asked))
                self.report(key, f"The key {shown(key)} is not known.", f"The keys here are: {known}.")

    def table(self, key: str) -> TomlTable | None:
        """The table `[key]`, None and a problem when there is none."""
        value = self.value(key)
        if isinstance(value, dict):
            return TomlTable(self.file, self.problems, value, (*self.path, key), self.lines)
        self.report(key, f"There is no table [{key}].", f"Add [{key}] with its keys.")
        return None

    def tables(self, key: str) -> list[TomlTable]:
        """The tables `[[key]]`, in the order of the file."""
        value = self.value(key)
        if value is None:
            return []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.report(key, f"{shown(key)} is not a list of tables.", f"Head each of them with [[{key}]].")
            return []
        return [
            TomlTable(self.file, self.problems, item, (*self.path, key, index), self.lines)
            for index, item in enumerate(value)
        ]

    def integer(
        self, key: str, *, minimum: int = 1, maximum: int = LARGEST_SMALL_NUMBER, required: bool = True
    ) -> int | None:
        """A whole number between two bounds; None when it is not there or wrong."""
        value = self.value(key)
        if value is None:
            if required:
                self.report(key, "It is missing.", "Fill it in.")
            return None
        if type(value) is not int or not minimum <= value <= maximum:
            self.report(
                key,
                f"Found {shown(value)}.",
                f"Write a whole number from {minimum} to {maximum}, without quotes.",
            )
            return None
        return value

    def decimals(self, key: str, minimum: int, maximum: int) -> tuple[Decimal, ...]:
        """A list of at least one exact number."""
        value = self.value(key)
        if not isinstance(value, list) or not value:
            self.report(key, "There is no list of numbers.", 'Write a list such as ["25", "18", "15"].')
            return ()
        numbers = [self.exact(key, item, minimum, maximum) for item in value]
        for item, number in zip(value, numbers, strict=True):
            if number is None:
                self.report(key, f"Found {shown(item)} in the list.", self.exact_mend(key, minimum, maximum))
        return tuple(number for number in numbers if number is not None)

    def flag(self, key: str) -> bool:
        """Yes or no."""
        value = self.value(key)
        if not isinstance(value, bool):
            found = "It is missing." if value is None else f"Found {shown(value)}."
            self.report(key, found, "Write true or false, without quotes.")
            return False
        return value

    def day(self, key: str, *, required: bool = True) -> date | None:
        """A date; None when it is not there or wrong."""
        value = self.value(key)
        if value is None and not required:
            return None
        if type(value) is not date:
            found = "It is missing." if value is None else f"Found {shown(value)}, which is not a date."
            self.report(key, found, "Write year-month-day without quotes: 2024-02-04.")
            return None
        return value

    def local_moment(self, key: str) -> datetime | None:
        """A date and time by the clock at the track; None when it is not there or wrong."""
        value = self.value(key)
        if value is None:
            return None
        if not isinstance(value, datetime) or value.tzinfo is not None:
            self.report(
                key,
                f"Found {shown(value)}, which is not a time at the track.",
                "Write date and time without quotes and without an offset: 2024-02-04T13:00:00.",
            )
            return None
        return value

    def moment(self, key: str) -> datetime:
        """A date and time with its offset, as UTC."""
        value = self.value(key)
        if isinstance(value, datetime) and value.tzinfo is not None:
            try:
                return value.astimezone(UTC)
            except OverflowError:
                pass
        found = "It is missing." if value is None else f"Found {shown(value)}."
        self.report(key, found, "Write date and time with Z for UTC, without quotes: 2024-01-24T00:00:00Z.")
        return datetime(1, 1, 1, tzinfo=UTC)

    def moment_if_any(self, key: str) -> datetime | None:
        """The same, None when the key is not there."""
        return None if self.value(key) is None else self.moment(key)

    def slugs(self, key: str) -> tuple[str, ...]:
        """A list of slugs, empty when the key is not there."""
        value = self.value(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) and SLUG.fullmatch(v) for v in value):
            self.report(key, f"Found {shown(value)}.", 'Write a list of slugs such as ["qualifying"].')
            return ()
        return self.once(key, tuple(value))


def read_toml(file: str, content: bytes, keys: Collection[str], problems: list[RecordProblem]) -> TomlTable | None:
    """The file as one table that may have `keys`; None, and a problem, when it is no TOML."""
    text = decoded(file, content, problems)
    if text is None:
        return None
    text = text.replace("\r\n", "\n")
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        place = _AT_LINE.search(str(error))
        line = int(place[1]) if place and place[1] else max(1, len(text.rstrip("\n").split("\n")))
        problems.append(
            RecordProblem(
                file=file,
                line=line,
                column="",
                message=f"The file is not TOML: {_AT_LINE.sub('', str(error))}.",
                mend="Correct this line, or the one before it.",
            )
        )
        return None
    table = TomlTable(file, problems, document, (), toml_lines(text))
    table.asked.update(keys)
    table.close()
    return table
