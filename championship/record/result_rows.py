"""The results of a season as plain values: what the files of `data/<season>/results/` say.

Races are named by event and session, so that the number of a round may be corrected. Times are whole milliseconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from championship.rules.classifications import Effect

AdjustmentKind = Literal["deduction", "exclusion"]
ClassificationStatus = Literal["provisional", "official", "revised"]
DecisionStatus = Literal["imposed", "served", "applied", "suspended", "withdrawn"]
EffectKind = Literal[
    "time_added",
    "drive_through",
    "stop_and_go",
    "laps_removed",
    "positions_dropped",
    "lap_time_deleted",
    "disqualified",
    "reinstated",
    "grid_dropped",
    "fine",
    "reprimand",
]
Pending = Literal["investigation", "protest", "appeal"]
Precision = Literal["minute", "day", "month", "latest"]
SetBy = Literal["best_lap", "second_best_lap", "not_on_record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PoleRow:
    """Who starts a race first in a class; driver "" and lap_time None are not on record."""

    event: str
    session: str
    race_class: str
    car_number: str
    driver: str
    set_by: SetBy
    lap_time: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionRow:
    """A decision of the stewards about one car in one session; decisions of a session are applied by `order`.

    `is_contained` says that the timekeeper's next file will have it applied already: it is for drafts that are still to
    be begun, since published timing lines contain no decision. An effect has only what its kind needs.
    """

    event: str
    session: str
    slug: str
    car_number: str
    order: int
    status: DecisionStatus
    is_contained: bool
    number: str
    fact_at: datetime | None
    fact: str
    offence: str
    reason: str
    source: str
    effects: tuple[Effect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppliedRow:
    """A decision that counts in a published version, as its readers were told; "" is not on record."""

    slug: str
    car_number: str
    number: str
    reason: str
    effects: tuple[Effect, ...]


def as_told(decision: DecisionRow) -> AppliedRow:
    """What a version that is published now says of the decision."""
    return AppliedRow(
        slug=decision.slug,
        car_number=decision.car_number,
        number=decision.number,
        reason=decision.reason,
        effects=decision.effects,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class EligibilityRow:
    """Whether a car scores, against the season's default, from a race on ("" for both: from the first)."""

    car_number: str
    scores_points: bool
    event: str
    session: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentRow:
    """Points taken from a car or a driver from a race on, or (points None) an exclusion from the title.

    `number` counts, from 1, what one contender of a title was given from the same race on.
    """

    title: str
    car_number: str
    driver: str
    event: str
    session: str
    number: int
    kind: AdjustmentKind
    points: Decimal | None
    reason: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingRow:
    """One car as timed, before decisions, with the slugs of who drove it, in the order of their seats."""

    position: int
    car_number: str
    status: str
    laps: int
    total_time: int | None
    best_lap_time: int | None
    best_lap_number: int | None
    drivers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassificationRow:
    """A published version of a session's classification: its timing lines, and the decisions applied, in order.

    The decisions are those of then, which may say something else by now.

    `published_at` and `recalled_at` are aware UTC times. `pending` says what is open about it.
    """

    event: str
    session: str
    version: int
    status: ClassificationStatus
    published_at: datetime
    published_precision: Precision
    document_number: str
    cause: str
    decisions: tuple[AppliedRow, ...]
    pending: tuple[Pending, ...]
    recalled_at: datetime | None
    recall_reason: str
    source: str
    lines: tuple[TimingRow, ...]
