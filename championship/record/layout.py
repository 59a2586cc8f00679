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
CLASSIFICATIONS = "results/classifications.toml"
DECISIONS = "results/decisions.toml"
POLES = "results/poles.csv"
ELIGIBILITY = "results/eligibility.csv"
ADJUSTMENTS = "results/adjustments.csv"

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
    POLES: ("event", "session", "race_class", "car_number", "driver", "set_by", "lap_time", "source"),
    ELIGIBILITY: ("car_number", "scores_points", "event", "session", "reason", "source"),
    ADJUSTMENTS: (
        *("title", "car_number", "driver", "event", "session", "number"),
        *("kind", "points", "reason", "source"),
    ),
}
LINE_COLUMNS = (
    *("car_number", "race_class", "race_class_name", "team", "team_name", "team_country"),
    *("car_model", "car_model_name", "status", "withdrawn_on", "withdrawal_reason"),
)
"""The columns of a published entry list, before its crews."""

TIMING_COLUMNS = (
    *("position", "car_number", "status", "laps"),
    *("total_time", "best_lap_time", "best_lap_number"),
)
"""The columns of the timing lines of a classification, before who drove."""

DURATIONS = frozenset({"time", "lap_time", "total_time", "best_lap_time"})
"""Columns and keys with a time of a lap or a race, `3:43:26.017`, which the record keeps in milliseconds."""

SEAT_COLUMNS = ("driver", "rating", "nationality")
FROZEN_SEAT_COLUMNS = ("driver", "given_name", "family_name", "rating", "nationality")
FEWEST_SEATS = 3
MOST_SEATS = 6
TO_BE_ANNOUNCED = "TBA"

OPTIONAL_FILES = (CLASSIFICATIONS, DECISIONS, POLES, ELIGIBILITY, ADJUSTMENTS)
"""The files that a season has when there is something to say in them."""

FILES = (SEASON, CIRCUITS, EVENTS, ENTRY_LISTS, *(file for file in COLUMNS if file not in OPTIONAL_FILES))
"""The files that every season has; published entry lists and timing lines come on top."""

IGNORED = "README.md"
ENTRY_LIST_FOLDER = "entry_lists"
RESULT_FOLDER = "results"
SEASON_LIST = "season"
"""Stands for the season's own list in file names, so no event may have this slug."""

_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_ENTRY_LIST_FILE = re.compile(rf"{ENTRY_LIST_FOLDER}/{_SLUG}-r[1-9][0-9]*\.csv")
_TIMING_FILE = re.compile(rf"{RESULT_FOLDER}/{_SLUG}/{_SLUG}-v[1-9][0-9]*\.csv")


def entry_list_file(event: str, revision: int) -> str:
    """The file with the lines of a revision: `entry_lists/sepang-r1.csv`; the season's is `season-r1.csv`."""
    return f"{ENTRY_LIST_FOLDER}/{event or SEASON_LIST}-r{revision}.csv"


def is_entry_list_file(name: str) -> bool:
    """Whether a relative name is that of a published entry list."""
    return _ENTRY_LIST_FILE.fullmatch(name) is not None


def timing_file(event: str, session: str, version: int) -> str:
    """The file with the timing lines of a version of a classification: `results/sepang/race-1-v1.csv`."""
    return f"{RESULT_FOLDER}/{event}/{session}-v{version}.csv"


def is_timing_file(name: str) -> bool:
    """Whether a relative name is that of timing lines."""
    return _TIMING_FILE.fullmatch(name) is not None


def is_known_file(name: str) -> bool:
    """Whether a relative name is that of a file of a season."""
    return name in FILES or name in OPTIONAL_FILES or is_entry_list_file(name) or is_timing_file(name)


def kind_of(file: str) -> str:
    """What the columns of a CSV file are those of: the file itself, or the folder of all files of its kind."""
    if is_entry_list_file(file):
        return ENTRY_LIST_FOLDER
    return RESULT_FOLDER if is_timing_file(file) else file


def seat_columns(parts: tuple[str, ...], seats: int) -> tuple[str, ...]:
    """The columns of so many seats: `driver_1`, `rating_1`, ... `driver_2`, ..."""
    return tuple(f"{part}_{seat}" for seat in range(1, seats + 1) for part in parts)
