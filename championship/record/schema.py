"""The record of a season as plain values: what the files of `data/<season>/` say, and nothing else.

Text that is not on record is "". Numbers that the sport computes with are `Decimal`. References are slugs
(or car numbers); `championship.record.read` guarantees that each of them leads somewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from championship.record.result_rows import (
    AdjustmentRow,
    ClassificationRow,
    DecisionRow,
    EligibilityRow,
    PoleRow,
    Precision,
)
from championship.rules.entry_lists import ListLine

Contender = Literal["teams", "drivers"]
CountBack = Literal["all_classified", "none"]
EntryListStatus = Literal["provisional", "final", "amended"]
EntryStatus = Literal["entered", "withdrawn"]
EventEntryStatus = Literal["entered", "reserve", "withdrawn", "not_admitted"]
InvitationKind = Literal["invitation", "priority"]
Rating = Literal["bronze", "silver", "gold", "platinum"]
SessionKind = Literal["practice", "qualifying", "race"]
SessionState = Literal["scheduled", "postponed", "cancelled"]
StartStatus = Literal["confirmed", "to_be_confirmed", "not_on_record"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonRow:
    """The season itself; `label` is how it is written for people, `2023/24`."""

    slug: str
    label: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsRow:
    """How the season scores; `scale` gives the points of scoring position 1, 2, ...; further back is nothing.

    `classified_share` is the share of the class winner's laps (0 to 1) that a classified car has covered.
    `count_back` says over which places a tie is broken. `late_joiners_score` is the default for entries that
    join during the season. `dropped_scores` is how many worst rounds do not count. A race that covered less than
    `short_race_share` of its distance pays `short_race_factor` of the scale; both are None where none does.
    """

    scale: tuple[Decimal, ...]
    pole_points: Decimal
    classified_share: Decimal
    count_back: CountBack
    late_joiners_score: bool
    dropped_scores: int
    short_race_share: Decimal | None
    short_race_factor: Decimal | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RaceClassRow:
    """A class of the season; `position` orders the classes from 1, colours are `#RRGGBB`."""

    slug: str
    name: str
    position: int
    for_overall_victory: bool
    plate_colour: str
    plate_ink: str
    accent_on_dark: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRow:
    """A championship title; `group` names a smaller prize inside the class (Am), "" the class itself."""

    race_class: str
    contender: Contender
    group: str
    source: str

    @property
    def key(self) -> str:
        """The title's name in the files: `lmp2-teams`, with a group `lmp2-am-teams`."""
        group = self.group.lower().replace(" ", "-")
        return "-".join(part for part in (self.race_class, group, self.contender) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRow:
    """What the winner of a title (its key) is given: a place in `race` of `year`, or priority for one."""

    title: str
    kind: InvitationKind
    race: str
    year: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CircuitRow:
    """A circuit; degrees in WGS 84, an IANA `time_zone`, `outline` as one SVG path in a box of 200 x 140."""

    slug: str
    name: str
    layout: str
    location: str
    country: str
    length_m: int
    turns: int
    latitude: Decimal
    longitude: Decimal
    time_zone: str
    outline: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManufacturerRow:
    """A make of car."""

    slug: str
    name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarModelRow:
    """A car as entry lists name it, with its engine where they do: `Oreca 07 - Gibson`."""

    slug: str
    manufacturer: str
    name: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """A team under one name; `aliases` are the other spellings that lists and timing files use."""

    slug: str
    name: str
    aliases: tuple[str, ...]
    country: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DriverRow:
    """A person; `country` is "" for one who is listed without a country."""

    slug: str
    given_name: str
    family_name: str
    aliases: tuple[str, ...]
    country: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRow:
    """A timed period of an event; `starts_at` is naive and means the clock at the track.

    `date` is the day, which may be known without a time. `race_classes` is empty when the session is for all
    classes. A race has the number of its `round`, the slugs of the qualifying sessions of its grid, and, when it
    was stopped for good, the share of its distance (0 to 1).
    """

    slug: str
    name: str
    kind: SessionKind
    start_status: StartStatus
    date: date | None
    starts_at: datetime | None
    duration_minutes: int | None
    state: SessionState
    state_reason: str
    race_classes: tuple[str, ...]
    round: int | None
    grid_from: tuple[str, ...]
    distance_share: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """A race weekend at one circuit, first to last day, with what fans look for on the day."""

    slug: str
    name: str
    circuit: str
    starts_on: date
    ends_on: date
    is_cancelled: bool
    live_timing_url: str
    broadcast_url: str
    tickets_url: str
    note: str
    source: str
    sessions: tuple[SessionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewSeat:
    """A seat of a crew, numbered from 1; driver "" is to be announced, and the rating is known already."""

    seat: int
    driver: str
    rating: Rating
    nationality: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """A car number of the season in a class for a team: the contender of the teams' titles."""

    car_number: str
    race_class: str
    team: str
    car_model: str
    status: EntryStatus
    withdrawn_on: date | None
    withdrawal_reason: str
    source: str
    crew: tuple[CrewSeat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventEntryRow:
    """An entry at one event; `listed_name` and `listed_country` are "" where they are the team's own."""

    event: str
    car_number: str
    listed_name: str
    listed_country: str
    car_model: str
    status: EventEntryStatus
    withdrawn_on: date | None
    withdrawal_reason: str
    source: str
    crew: tuple[CrewSeat, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryListRow:
    """A published revision of who is entered: of one event, or of the season (event "").

    `published_at` is an aware UTC time that is exact to `published_precision`; "latest" says that the
    list was out by then at the latest.
    """

    event: str
    revision: int
    status: EntryListStatus
    published_at: datetime
    published_precision: Precision
    note: str
    source: str
    lines: tuple[ListLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonRecord:
    """Everything that the files of one season say."""

    season: SeasonRow
    points: PointsRow
    race_classes: tuple[RaceClassRow, ...]
    titles: tuple[TitleRow, ...]
    invitations: tuple[InvitationRow, ...]
    circuits: tuple[CircuitRow, ...]
    manufacturers: tuple[ManufacturerRow, ...]
    car_models: tuple[CarModelRow, ...]
    teams: tuple[TeamRow, ...]
    drivers: tuple[DriverRow, ...]
    events: tuple[EventRow, ...]
    entries: tuple[EntryRow, ...]
    event_entries: tuple[EventEntryRow, ...]
    entry_lists: tuple[EntryListRow, ...]
    poles: tuple[PoleRow, ...]
    decisions: tuple[DecisionRow, ...]
    eligibility: tuple[EligibilityRow, ...]
    adjustments: tuple[AdjustmentRow, ...]
    classifications: tuple[ClassificationRow, ...]
