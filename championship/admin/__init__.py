"""The officials' pages. One file per noun; Django's autodiscovery imports this package."""

from championship.admin import (
    cars,
    circuits,
    classes,
    drivers,
    entries,
    entry_lists,
    event_entries,
    events,
    points,
    seasons,
    teams,
)

__all__ = [
    "cars",
    "circuits",
    "classes",
    "drivers",
    "entries",
    "entry_lists",
    "event_entries",
    "events",
    "points",
    "seasons",
    "teams",
]
