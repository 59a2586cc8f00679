"""What one record of a season says beyond another: the diff that is shown before anything is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from championship.record.schema import SeasonRecord

# Every table of a record: the file that holds it and what tells its rows apart.
TABLES: dict[str, tuple[str, Callable[[Any], str]]] = {
    "season": ("season.toml", lambda row: row.slug),
    "points": ("season.toml", lambda _row: "points"),
    "race_classes": ("season.toml", lambda row: row.slug),
    "titles": ("season.toml", lambda row: row.key),
    "invitations": ("season.toml", lambda row: f"{row.title}, {row.race} {row.year}"),
    "circuits": ("circuits.toml", lambda row: row.slug),
    "manufacturers": ("manufacturers.csv", lambda row: row.slug),
    "car_models": ("car_models.csv", lambda row: row.slug),
    "teams": ("teams.csv", lambda row: row.slug),
    "drivers": ("drivers.csv", lambda row: row.slug),
    "events": ("events.toml", lambda row: row.slug),
    "entries": ("entries.csv", lambda row: row.car_number),
    "event_entries": ("event_entries.csv", lambda row: f"{row.event}, car {row.car_number}"),
    "entry_lists": ("entry_lists.toml", lambda row: f"{row.event or 'season'} r{row.revision}"),
    "poles": ("results/poles.csv", lambda row: f"{row.event} {row.session}, {row.race_class}"),
    "decisions": ("results/decisions.toml", lambda row: f"{row.event} {row.session}, {row.slug}"),
    "eligibility": ("results/eligibility.csv", lambda row: row.car_number),
    "adjustments": (
        "results/adjustments.csv",
        lambda row: f"{row.title}, {row.car_number or row.driver}, {row.event} {row.session}, {row.number}",
    ),
    "classifications": ("results/classifications.toml", lambda row: f"{row.event} {row.session} v{row.version}"),
}

MOST_PARTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A row that the other record lacks (`old` is None) or has otherwise; `fields` names what differs."""

    table: str
    key: str
    old: Any
    new: Any
    fields: tuple[str, ...]

    @property
    def file(self) -> str:
        return TABLES[self.table][0]

    def __str__(self) -> str:
        if self.old is None:
            return f"+ {self.table} {self.key}"
        changes = "; ".join(
            f"{name}: {_text(getattr(self.old, name))} -> {_text(getattr(self.new, name))}" for name in self.fields
        )
        return f"~ {self.table} {self.key}: {changes}"


def compare(old: Mapping[str, Iterable[Any]], new: SeasonRecord) -> list[Difference]:
    """Rows of `new` that the tables `old` lack or have otherwise, in the order in which they can be loaded.

    `old` maps names of tables to their rows. Rows that only `old` has are no difference: what a file does not
    mention stays as it is.
    """
    differences = []
    for table, (_, key_of) in TABLES.items():
        before = {key_of(row): row for row in old.get(table, ())}
        for row in _rows(new, table):
            known = before.get(key_of(row))
            if known != row:
                changed = tuple(
                    field.name
                    for field in fields(row)
                    if known is not None and getattr(known, field.name) != getattr(row, field.name)
                )
                differences.append(Difference(table=table, key=key_of(row), old=known, new=row, fields=changed))
    return differences


def _rows(record: SeasonRecord, table: str) -> Iterable[Any]:
    rows = getattr(record, table)
    return rows if isinstance(rows, tuple) else (rows,)


def _text(value: Any) -> str:
    """A value for one line of the diff; long ones (crews, sessions, lines) by what they hold, not by their parts."""
    if isinstance(value, tuple):
        parts = [getattr(part, "driver", None) or getattr(part, "slug", None) or str(part) for part in value]
        return f"[{', '.join(str(part) for part in parts)}]" if len(parts) <= MOST_PARTS else f"[{len(parts)} parts]"
    return f"“{value}”" if isinstance(value, str) else str(value)
