"""The officials' pages. One file per noun; Django's autodiscovery imports this package."""

from championship.admin import (
    cars,
    circuits,
    classes,
    classifications,
    decisions,
    drivers,
    entries,
    entry_lists,
    event_entries,
    events,
    pictures,
    points,
    poles,
    seasons,
    standings,
    teams,
)

__all__ = [
    "cars",
    "circuits",
    "classes",
    "classifications",
    "decisions",
    "drivers",
    "entries",
    "entry_lists",
    "event_entries",
    "events",
    "pictures",
    "points",
    "poles",
    "seasons",
    "standings",
    "teams",
]
