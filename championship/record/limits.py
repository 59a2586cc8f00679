"""How long a text and how fine a number may be: what the database keeps, so that the reader refuses more.

The keys are the CSV file, or the heading of the TOML table; `entry_lists` are the lines of all published lists,
`results` the timing lines of all classifications.
"""

from __future__ import annotations

from championship.record.layout import (
    ADJUSTMENTS,
    CAR_MODELS,
    DRIVERS,
    ELIGIBILITY,
    ENTRIES,
    ENTRY_LIST_FOLDER,
    EVENT_ENTRIES,
    MANUFACTURERS,
    MOST_SEATS,
    POLES,
    RESULT_FOLDER,
    TEAMS,
    seat_columns,
)

_SOURCE = 500
_REASON = 200
_CAUSE = 300
_TEAM_NAME = 100
_CAR_MODEL_NAME = 80
_CLASS_NAME = 20
_PART_OF_A_NAME = 60
_STATUS = 30
_URL = 200

LONGEST: dict[str, dict[str, int]] = {
    "season": {"label": 20, "source": _SOURCE},
    "points": {"source": _SOURCE},
    "race_class": {"slug": 20, "name": _CLASS_NAME, "source": _SOURCE},
    "title": {"group": 20, "source": _SOURCE},
    "invitation": {"race": 80, "source": _SOURCE},
    "circuit": {"slug": 50, "name": 100, "layout": 60, "location": 100, "time_zone": 60, "source": _SOURCE},
    "event": {
        "slug": 50,
        "name": 100,
        "live_timing_url": _URL,
        "broadcast_url": _URL,
        "tickets_url": _URL,
        "source": _SOURCE,
    },
    "event.session": {"slug": 50, "name": 60, "state_reason": _REASON},
    "entry_list": {"note": 500, "source": _SOURCE},
    "classification": {"document_number": 20, "cause": _CAUSE, "recall_reason": _CAUSE, "source": _SOURCE},
    "classification.told": {"slug": 50, "number": 20, "reason": 500},
    "classification.told.effect": {"status_before": _STATUS, "race": 60, "currency": 3},
    "decision": {
        "slug": 50,
        "number": 20,
        "fact": _CAUSE,
        "offence": _CAUSE,
        "reason": 500,
        "source": _SOURCE,
    },
    "decision.effect": {"status_before": _STATUS, "race": 60, "currency": 3},
    MANUFACTURERS: {"slug": 50, "name": 60, "source": _SOURCE},
    CAR_MODELS: {"slug": 60, "name": _CAR_MODEL_NAME, "source": _SOURCE},
    TEAMS: {"slug": 60, "name": _TEAM_NAME, "alias": _TEAM_NAME, "source": _SOURCE},
    DRIVERS: {
        "slug": 80,
        "given_name": _PART_OF_A_NAME,
        "family_name": _PART_OF_A_NAME,
        "alias": 120,
        "source": _SOURCE,
    },
    ENTRIES: {"withdrawal_reason": _REASON, "source": _SOURCE},
    EVENT_ENTRIES: {"listed_name": _TEAM_NAME, "withdrawal_reason": _REASON, "source": _SOURCE},
    ENTRY_LIST_FOLDER: {
        "race_class_name": _CLASS_NAME,
        "team_name": _TEAM_NAME,
        "car_model_name": _CAR_MODEL_NAME,
        "withdrawal_reason": _REASON,
        **dict.fromkeys(seat_columns(("given_name", "family_name"), MOST_SEATS), _PART_OF_A_NAME),
    },
    POLES: {"source": _SOURCE},
    ELIGIBILITY: {"reason": _CAUSE, "source": _SOURCE},
    ADJUSTMENTS: {"reason": _CAUSE, "source": _SOURCE},
    RESULT_FOLDER: {"status": _STATUS},
}
"""Characters of a text by its column; `alias` is one of the `aliases`. What refers to a row needs none."""

MOST_PLACES: dict[str, dict[str, int]] = {
    "points": {"scale": 2, "pole_points": 2, "classified_share": 3, "short_race_share": 3, "short_race_factor": 3},
    "event.session": {"distance_share": 3},
    ADJUSTMENTS: {"points": 2},
    "circuit": {"latitude": 7, "longitude": 7},
}
"""Digits behind the point of every exact number."""

LARGEST_SMALL_NUMBER = 32_767
"""The largest whole number that every supported database keeps in a small column."""

LARGEST_NUMBER = 2_147_483_647
"""The same for a column of ordinary size."""
