"""From the timing order and the stewards' decisions to the classification. Times are whole milliseconds."""

from dataclasses import dataclass

CLASSIFIED = "Classified"
DISQUALIFIED = "Disqualified"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimingLine:
    """One car as timed. `position` is its place in the timekeeper's list, from 1; `status` is kept as given."""

    car_number: str
    race_class: str
    position: int
    status: str
    laps: int
    total_time: int | None
    best_lap_time: int | None
    best_lap_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """One thing that a decision does.

    `kind` is time_added (`time`), laps_removed (`laps`), positions_dropped (`positions`, in the class),
    lap_time_deleted (`best_lap_time`, `best_lap_number`: the best lap that remains, None for none), disqualified,
    reinstated (`status_before`: the status that the car gets back), fine or reprimand (which move nobody).
    `status_before` of a disqualification is the status without it, needed to undo one that a file contains.
    """

    kind: str
    time: int | None = None
    laps: int | None = None
    positions: int | None = None
    best_lap_time: int | None = None
    best_lap_number: int | None = None
    status_before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """A decision about one car. `is_contained` says that the timing lines have it applied already."""

    key: str
    car_number: str
    effects: tuple[Effect, ...]
    is_contained: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassifiedLine:
    """One car as classified. `class_position` is None for a car that is not classified."""

    car_number: str
    race_class: str
    position: int
    class_position: int | None
    status: str
    laps: int
    total_time: int | None
    best_lap_time: int | None
    best_lap_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """How far behind: whole `laps`, or on the same lap `time` in milliseconds. None where it cannot be said."""

    laps: int
    time: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gaps:
    """Gap to the first car and interval to the car in front: among all cars, and among those of the class."""

    gap: Gap | None
    interval: Gap | None
    class_gap: Gap | None
    class_interval: Gap | None
