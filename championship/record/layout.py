"""Which files a season consists of, and which columns its tables have."""

from __future__ import annotations

import re

SEASON = "season.toml"
CIRCUITS = "circuits.toml"
EVENTS = "events.toml"
ENTRY_LISTS = "entry_lists.toml"
MANUFACTURERS = "manufacturers.csv"
CAR_MODELS = "car_models.csv"
TEAMS = "teams.csv"
DRIVERS = "drivers.csv"
ENTRIES = "entries.csv"
EVENT_ENTRIES = "event_entries.csv"

COLUMNS: dict[str, tuple[str, ...]] = {
    MANUFACTURERS: ("slug", "name", "source"),
    CAR_MODELS: ("slug", "manufacturer", "name", "source"),
    TEAMS: ("slug", "name", "aliases", "country", "source"),
    DRIVERS: ("slug", "given_name", "family_name", "aliases", "country", "source"),
    ENTRIES: (
        *("car_number", "race_class", "team", "car_model"),
        *("status", "withdrawn_on", "withdrawal_reason", "source"),
    ),
    EVENT_ENTRIES: (
        *("event", "car_number", "listed_name", "listed_country", "car_model"),
        *("status", "withdrawn_on", "withdrawal_reason", "source"),
    ),
}
LINE_COLUMNS = (
    *("car_number", "race_class", "race_class_name", "team", "team_name", "team_country"),
    *("car_model", "car_model_name", "status", "withdrawn_on", "withdrawal_reason"),
)
"""The columns of a published entry list, before its crews."""

SEAT_COLUMNS = ("driver", "rating", "nationality")
FROZEN_SEAT_COLUMNS = ("driver", "given_name", "family_name", "rating", "nationality")
FEWEST_SEATS = 3
MOST_SEATS = 6
TO_BE_ANNOUNCED = "TBA"

FILES = (SEASON, CIRCUITS, EVENTS, ENTRY_LISTS, *COLUMNS)
"""The files that every season has; published entry lists come on top."""

IGNORED = "README.md"
ENTRY_LIST_FOLDER = "entry_lists"
SEASON_LIST = "season"
"""Stands for the season's own list in file names, so no event may have this slug."""

_ENTRY_LIST_FILE = re.compile(rf"{ENTRY_LIST_FOLDER}/[a-z0-9]+(?:-[a-z0-9]+)*-r[1-9][0-9]*\.csv")


def entry_list_file(event: str, revision: int) -> str:
    """The file with the lines of a revision: `entry_lists/sepang-r1.csv`; the season's is `season-r1.csv`."""
    return f"{ENTRY_LIST_FOLDER}/{event or SEASON_LIST}-r{revision}.csv"


def is_entry_list_file(name: str) -> bool:
    """Whether a relative name is that of a published entry list."""
    return _ENTRY_LIST_FILE.fullmatch(name) is not None


def seat_columns(parts: tuple[str, ...], seats: int) -> tuple[str, ...]:
    """The columns of so many seats: `driver_1`, `rating_1`, ... `driver_2`, ..."""
    return tuple(f"{part}_{seat}" for seat in range(1, seats + 1) for part in parts)
