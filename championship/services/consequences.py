"""What follows from an official's change of one row: scores and tables that have to say something else now."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

from championship.models import (
    Adjustment,
    Classification,
    EligibilityOverride,
    Entry,
    Event,
    EventEntry,
    PointsSettings,
    PolePosition,
    Season,
    StandingList,
    Title,
)
from championship.services import standings


def follow(row: Model, *, done: str) -> list[StandingList]:
    """Bring scores and tables up to date after a change of `row`, with all rows below it; returns the new tables.

    Call it in the transaction of the change, once everything is written. `done` is what happened to the row, in words
    that readers see: added, changed, deleted, restored. Rows that no table follows from, and changes that no table
    follows from, write nothing.
    """
    kind = type(row)
    if kind not in _SEASON_OF:
        return []
    return follow_in(_SEASON_OF[kind](row), cause=f"{_WORDS[kind](row)} {done}")


def follow_in(season: Season, *, cause: str) -> list[StandingList]:
    """The same after a change of many rows of the season; readers see `cause`."""
    if not Classification.objects.of_season(season).exists():
        return []
    longest = StandingList._meta.get_field("cause").max_length
    return standings.refresh(season, cause=cause[:longest])


def _contender(row: Adjustment) -> str:
    return str(row.driver) if row.driver else f"car {row.entry.car_number}"


_SEASON_OF: Mapping[type[Model], Callable[[Any], Season]] = {
    Adjustment: lambda row: row.title.race_class.season,
    EligibilityOverride: lambda row: row.entry.season,
    # Who joined later, and in which class (sporting-rules 2.3).
    Entry: lambda row: row.season,
    EventEntry: lambda row: row.event.season,
    # With its sessions, which may be called off, and its rounds, which may be shortened.
    Event: lambda row: row.season,
    PointsSettings: lambda row: row.season,
    PolePosition: lambda row: row.round.season,
    Title: lambda row: row.race_class.season,
}
_WORDS: Mapping[type[Model], Callable[[Any], str]] = {
    Adjustment: lambda row: f"Adjustment of {_contender(row)} in {row.title.name}",
    EligibilityOverride: lambda row: f"Eligibility of car {row.entry.car_number}",
    Entry: lambda row: f"Entry of car {row.car_number}",
    EventEntry: lambda row: f"Car {row.entry.car_number} at {row.event.name}",
    Event: lambda row: row.name,
    PointsSettings: lambda _row: "Points settings",
    PolePosition: lambda row: f"Pole position of {row.race_class.name} in round {row.round.number}",
    Title: lambda row: f"Title {row.name}",
}
