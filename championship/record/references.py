"""What checks of references and of duplicates have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from championship.record.draft import Draft, Placed
from championship.record.fields import Fields, nearest, shown

Row = TypeVar("Row")


class Known:
    """The names that a file defines, for the rows that refer to it.

    A file that could not be read whole may hold the name in a line that was refused: then references to it
    are not held against anybody until it can be read.
    """

    def __init__(self, file: str, names: Iterable[str], draft: Draft) -> None:
        self.file = file
        self.names = frozenset(names)
        self.is_whole = not any(problem.file == file for problem in draft.problems)

    def require(self, fields: Fields, column: str, name: str, what: str) -> None:
        """Report a reference that leads nowhere."""
        if name and self.is_whole and name not in self.names:
            mend = nearest(name, self.names, self.file)
            fields.report(column, f"There is no {what} {shown(name)} in {self.file}.", mend)


def report_twice(rows: Iterable[Placed[Row]], column: str, key: Callable[[Row], str]) -> None:
    """Report every row whose key an earlier row has; a blank key was reported when it was read."""
    first: dict[str, int] = {}
    for placed in rows:
        name = key(placed.row)
        line = placed.fields.line_of(column)
        if name and name in first:
            placed.fields.report(
                column, f"{shown(name)} is there already, on line {first[name]}.", "Remove or rename one."
            )
        first.setdefault(name, line)
