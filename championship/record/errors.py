"""What the reader says about files that it refuses: mendable by the person who wrote them, unlike a bug."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

# One wrong column can make a problem of every row: more than a screen of them helps nobody.
MOST_SHOWN = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProblem:
    """One fault of one file.

    `line` is the real line of the file, from 1 (0: the file as a whole, for one that is missing). `column`
    is the CSV column or the TOML key, "" when the fault is not in one of them. `message` says what was
    found, `mend` what to do about it.
    """

    file: str
    line: int
    column: str
    message: str
    mend: str

    def __str__(self) -> str:
        place = self.file
        if self.line:
            place += f", line {self.line}"
        if self.column:
            place += f", {self.column}"
        return f"{place}: {self.message} {self.mend}".rstrip()


class RecordError(Exception):
    """The files are no record; `problems` holds all that was found, in file and line order."""

    of = "the season"
    """Whose files they are, for the message."""

    def __init__(self, problems: Iterable[RecordProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        count = "1 problem" if len(self.problems) == 1 else f"{len(self.problems)} problems"
        lines = [f"  {problem}" for problem in self.problems[:MOST_SHOWN]]
        if len(self.problems) > MOST_SHOWN:
            lines.append(f"  and {len(self.problems) - MOST_SHOWN} more. Mend these first.")
        return "\n".join([f"{count} in the files of {self.of}:", *lines])
